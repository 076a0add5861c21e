#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/memory_test.py DEDUP [--slow] [--list] [--all] [--strict] [WORD]...

The promise of bounded memory (P10): the peak of the process is at most --memory + 64 MiB, whatever
the input. Runs the command over each option and over hostile shapes, made on the fly and fed to its
standard input, so nothing large is stored; the peak is the kernel's figure for the child.

Prints what is over and fails; --all prints every case. WORDs choose the cases that have all of them
in their names; --slow takes the large ones, too; --list only names the cases. What is known to fail
is told and does not count, unless --strict.
"""
import concurrent.futures
import itertools
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time

MIB = 1 << 20
OVER = 64  # MiB that the promise allows beyond the limit
CHUNK = 256 << 10
MOST_DESCRIPTORS = 16

# -- shapes: each yields pieces of bytes, without end unless they end by themselves ---------------


def characters(seed, count):
    """Ideographs at random."""
    source = random.Random(seed)
    return "".join(chr(source.randrange(0x4E00, 0x9000)) for _ in range(count))


def repeated(unit):
    """One line of nothing but `unit`."""
    data = unit if isinstance(unit, bytes) else unit.encode()
    piece = data * max(1, CHUNK // len(data))
    while True:
        yield piece


def distinct(length, end="\n", start=0):
    """Distinct lines: a number in ideographs, padded to `length` of them."""
    digits = [chr(0x4E00 + 7 * i) for i in range(1000)]
    filler = characters(1, length)
    lines = []
    for number in itertools.count(start):
        word = "".join(digits[number // unit % 1000] for unit in (1000000, 1000, 1))
        lines.append(word + filler[3:] + end)
        if len(lines) == 1000:
            yield "".join(lines).encode()
            lines.clear()


def prose():
    """Paragraphs of sentences, of which some repeat, with a little of everything that is looked for."""
    source = random.Random(2)
    bank = characters(3, 200000)

    def sentence():
        at = source.randrange(len(bank) - 60)
        return bank[at:at + source.randrange(8, 50)] + "。"

    kept = ["".join(sentence() for _ in range(6)) for _ in range(50)]
    extras = ["責任編輯：林小滿", "免責聲明：本網轉載此文出於傳遞更多信息之目的。", "", "\u3000\u3000縮進的一段",
              "創(chuàng)新的遊(yóu)記", "a&hellip;&amp;b", "標題"]
    while True:
        text = []
        for _ in range(200):
            draw = source.random()
            text.append(source.choice(kept) if draw < .1 else source.choice(extras) if draw < .2
                        else "".join(sentence() for _ in range(source.randrange(1, 12))))
        yield ("\n".join(text) + "\n").encode()


def near_prose():
    """Paragraphs that resemble one another, all different."""
    source = random.Random(4)
    base = [characters(i, 120) for i in range(50)]
    while True:
        text = []
        for _ in range(200):
            line = list(source.choice(base))
            for _ in range(6):
                line[source.randrange(len(line))] = chr(source.randrange(0x4E00, 0x9000))
            text.append("".join(line))
        yield ("\n".join(text) + "\n").encode()


def records(texts, field="text"):
    """A record for each piece of text."""
    for text in texts:
        body = text.decode().replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        yield f'{{"{field}":"{body}"}}\n'.encode()


def tiny_records():
    number = 0
    while True:
        yield "".join(f'{{"text":"第{i}條"}}\n' for i in range(number, number + 2000)).encode()
        number += 2000


def parted(pieces, every):
    """Text of documents of `every` bytes each, parted by lines of =."""
    size = 0
    for piece in pieces:
        yield piece
        size += len(piece)
        if size >= every:
            yield b"=\n"
            size = 0


def record_around(before, pieces, after, size):
    """One record of `size` bytes, then a small one."""
    yield before.encode()
    left = size
    for piece in pieces:
        if len(piece) > left:
            break
        yield piece
        left -= len(piece)
    yield after.encode()
    yield '{"text":"第二條"}\n'.encode()


def waiting():
    """Copies below new headings, which every rule may have to wait for, and between them as many
    short lines as a wait may reach over: little text, but much is known of it."""
    copies = [(characters(i, 70) + "。").encode() for i in range(3)]
    between = "版权所有\n\n" * (4 * MIB * 97 // 100 // len("版权所有\n\n".encode()))
    yield "## 标题一\n".encode() + b"\n".join(copies) + b"\n"
    for i in itertools.count():
        yield (f"新的第{i}句话，哪里都没有。\n{between}## 第{i}题\n").encode()
        for copy in copies:
            yield copy + b"\n" + between.encode()


def joined(make):
    """Pieces of make(i) for i from 0."""
    at = 0
    while True:
        yield "".join(make(i) for i in range(at, at + 5000)).encode()
        at += 5000


def first(size, pieces):
    """The first `size` bytes, to the end of a piece."""
    for piece in pieces:
        if size <= 0:
            return
        size -= len(piece)
        yield piece


def several(count, make):
    for i in range(count):
        yield from make(i)


# One line, or lines, of nothing but these.
UNITS = {
    "radicals": "\u2f00", "radicals-between": "山\u2f00", "ideographic-spaces": "\u3000",
    "nbsp": "\u00a0", "entities": "&amp;", "entities-numeric": "&#20013;", "entities-long": "&hellip;",
    "pinyin": "創(chuàng)", "combining": "\u0301", "letters-combining": "a\u0301",
    "full-stops": "。", "quotes-open": "「", "quotes": "「」", "quotes-straight": '"',
    "digits": "7", "digits-parted": "7,", "columns": "1 ", "spaced": "山 水 ", "spaces": " ",
    "tabs": "\t", "zero-width": "\u200b", "zero-width-between": "山\u200b", "soft-hyphens": "\u00ad",
    "bidi": "\u202eab\u202c", "bidi-open": "\u202e", "isolates": "\u2067山",
    "space-before-mark": " ，", "private": "\ue000", "replacement": "\ufffd", "controls": "\x01",
    "nul": "\x00", "cr": "\r", "crlf": "\r\n", "line-separators": "\u2028", "vt": "\x0b",
    "sentences": "山水。", "latin": "a", "words": "ab ", "emoji": "\U0001f600", "joiners": "\u200d",
    "brackets": "（", "fences": "```", "compatibility": "\uf900", "marks-closing": "。」",
    "labels": "責任編輯：", "cue": "免責聲明「", "list": "1. ", "rule": "-", "bom": "\ufeff",
    "astral": "\U00020000", "ellipsis": "…", "variation": "山\ufe0f", "feff-mid": "山\ufeff",
}
DAMAGE = {"broken": b"\xff", "truncated": b"\xe5\xb1", "overlong": b"\xc0\x80", "gbk": b"\xc9\xbd\xcb\xae",
          "broken-between": "山".encode() + b"\xff"}


class Case:
    def __init__(self, name, options, pieces, size, memory=16, slow=False, status=(0, 1)):
        self.name = name
        self.options = options
        self.pieces = pieces  # a function, since generators are used up
        self.size = size
        self.memory = memory
        self.slow = slow
        self.status = status


OPTIONS = [
    "", "-T1", "-T2", "--documents=off", "--documents=near", "--paragraphs=off",
    "--paragraphs=near", "--runs=off", "--sentences=off", "--sentences=lone", "--scope=document",
    "--scope=wide", "--keep=none", "--boilerplate=off", "--boilerplate=page", "--repair=off", "-v",
    "--removed=%d/list", "-o %d/out", "--near", "--near --scope=wide", "--near --scope=wide -T2",
    "-n", "--min-block=1 --min-block-across=1", "--near --scope=wide --sentences=lone -T1",
    "--document-separator==", "--index=%d/seen", "--index=%d/seen --documents=near",
]
JSONL_OPTIONS = ["", "-T2", "--near", "--scope=wide", "--keep=none", "-v", "--removed=%d/list",
                 "--boilerplate=page", "--documents=off", "--index=%d/seen"]
EVERYTHING = "-T2 --near --scope=wide --sentences=lone --boilerplate=page --removed=%d/list"


def option_cases():
    for option in OPTIONS:
        yield Case(f"prose {option}", option, prose, 24 * MIB)
        yield Case(f"distinct-short {option}", option, lambda: distinct(5), 12 * MIB)
        yield Case(f"distinct-long {option}", option, lambda: distinct(90), 24 * MIB, slow=True)
        yield Case(f"near-prose {option}", option, near_prose, 6 * MIB, slow="near" not in option)
    for option in JSONL_OPTIONS:
        typed = f"-f jsonl {option}"
        yield Case(f"records {typed}", typed, lambda: records(prose()), 24 * MIB)
        yield Case(f"tiny-records {typed}", typed, tiny_records, 6 * MIB)


def set_cases():
    """What is remembered outgrows the limit many times over and goes to disk."""
    for option in ("", "--near", "--removed=%d/list", "--keep=none", "--scope=wide",
                   "--index=%d/seen"):
        size = 24 * MIB if option == "--near" else 100 * MIB
        yield Case(f"sets {option}", option, lambda: distinct(45), size, memory=4,
                   slow=option == "--scope=wide")


def unit_cases():
    for name, unit in {**UNITS, **DAMAGE}.items():
        def line(unit=unit):
            return repeated(unit)

        def lines(unit=unit):
            end = b"\n" if isinstance(unit, bytes) else "\n"
            return repeated(unit * max(1, 40 // len(unit)) + end)

        for options, slow in (("", False), ("-T1", True), (EVERYTHING, True)):
            yield Case(f"line-of {name} {options}", options, line, 24 * MIB, slow=slow)
            yield Case(f"lines-of {name} {options}", options, lines, 24 * MIB, slow=slow)
    yield Case("blank-lines", "", lambda: repeated("\n"), 64 * MIB)
    yield Case("blank-lines --keep=none", "--keep=none", lambda: repeated("\n"), 64 * MIB)
    yield Case("short-blocks --keep=none", "--keep=none", lambda: distinct(12), 48 * MIB)
    yield Case("short-waits", "", waiting, 48 * MIB)
    yield Case("short-waits -T1", "-T1", waiting, 48 * MIB)
    yield Case("many-held-back", "--document-separator== -T2",
               lambda: parted(distinct(50), 20 * MIB), 100 * MIB)
    yield Case("many-held-back-T1", "--document-separator== -T1",
               lambda: parted(prose(), 20 * MIB), 60 * MIB)
    yield Case("tiny-documents", "--document-separator==",
               lambda: parted((b"x\n" for _ in itertools.count()), 1), 8 * MIB)
    yield Case("tiny-documents --index", "--document-separator== --index=%d/seen",
               lambda: parted((b"x\n" for _ in itertools.count()), 1), 8 * MIB)
    yield Case("tiny-documents -v", "--document-separator== -v",
               lambda: parted((b"x\n" for _ in itertools.count()), 1), 8 * MIB)


def record_cases():
    small = '{"text":"第一條","n":'
    numbers = {
        "numbers": (small + "[1", lambda: joined(lambda i: f",{i % 10}"), "]}\n"),
        "floats": (small + "[1", lambda: joined(lambda i: f",{i}.5e-3"), "]}\n"),
        "nested": (small + "[0", lambda: repeated("," + "[" * 500 + "]" * 500), "]}\n"),
        "too-deep": (small, lambda: repeated("["), "}\n"),
        "objects": (small + "[0", lambda: repeated(',{"a":{}}'), "]}\n"),
        "members": ('{"text":"第一條"', lambda: joined(lambda i: f',"a{i}":{i % 10}'), "}\n"),
        "strings": (small + "[0", lambda: repeated(',"山"'), "]}\n"),
        "escapes": (small + '"', lambda: repeated("\\u5c71"), '"}\n'),
        "huge-other": (small + '"', lambda: repeated("山"), '"}\n'),
        "huge-id": ('{"text":"第一條","id":"', lambda: repeated("山"), '"}\n'),
        "huge-number-id": ('{"text":"第一條","id":1', lambda: repeated("0"), '}\n'),
        "huge-key": ('{"text":"第一條","', lambda: repeated("山"), '":1}\n'),
        "huge-text": ('{"text":"', lambda: repeated("山水。"), '"}\n'),
        "huge-text-lines": ('{"text":"', lambda: joined(lambda i: f"第{i}行\\n"), '"}\n'),
        "huge-text-escaped": ('{"text":"', lambda: repeated("\\u5c71\\n"), '"}\n'),
        "huge-text-quotes": ('{"text":"', lambda: repeated('\\"'), '"}\n'),
        "huge-text-radicals": ('{"text":"', lambda: repeated("\u2f00"), '"}\n'),
        "not-json": ("x", lambda: repeated("山"), "\n"),
        "broken-at-end": (small + "[1", lambda: joined(lambda i: f",{i % 10}"), "\n"),
        "damage": ('{"text":"', lambda: repeated(b"\xff"), '"}\n'),
        "blank-inside": (small + "1", lambda: repeated(" "), "}\n"),
        "too-long": ('{"text":"', lambda: repeated("山"), '"}\n'),
    }
    for name, (before, middle, after) in numbers.items():
        size = 70 * MIB if name == "too-long" else 60 * MIB
        for options in ("-T1", "-T2 --near --removed=%d/list"):
            def pieces(before=before, middle=middle, after=after, size=size):
                return record_around(before, middle(), after, size)
            yield Case(f"record {name} {options}", f"-f jsonl {options}", pieces, 1 << 40,
                       status=(0, 1, 3), slow=options != "-T1")
    yield Case("blank-long-lines", "-f jsonl",
               lambda: several(4, lambda i: itertools.chain(first(40 * MIB, repeated(" ")), [b"\n"])),
               1 << 40)
    yield Case("several-huge-records", "-f jsonl -T2",
               lambda: several(4, lambda i: record_around('{"text":"' + str(i), repeated("山水。"),
                                                          '"}\n', 40 * MIB)), 1 << 40)
    yield Case("blank-records", "-f jsonl", lambda: repeated("\n"), 100 * MIB)
    yield Case("marks-only-records", "-f jsonl", lambda: repeated("\ufeff\n"), 32 * MIB)
    yield Case("bad-records", "-f jsonl", lambda: repeated("x\n"), 8 * MIB)
    yield Case("damaged-records", "-f jsonl", lambda: repeated(b"\xff\n"), 8 * MIB)


def values_cases():
    """Several fields: places are kept of each value, and of the line no more than of others."""
    fields = "-f jsonl --field=title --field=/a/*"
    for options, slow in (("-T1", False), ("-T2 --near --removed=%d/list", True)):
        typed = f"{fields} {options}"
        yield Case(f"values many-in-line {options}", typed,
                   lambda: record_around('{"title":"x","a":["x"', repeated(',"' + "山水。" * 110 + '"'),
                                         "]}\n", 60 * MIB), 1 << 40, slow=slow)
        yield Case(f"values one-huge {options}", typed,
                   lambda: record_around('{"a":["x","', repeated("\\u5c71\\n"), '"]}\n', 60 * MIB),
                   1 << 40, slow=slow)
        yield Case(f"values too-many {options}", typed,
                   lambda: record_around('{"title":"x","a":[""', repeated(',""'), "]}\n", 60 * MIB),
                   1 << 40, slow=slow)
        yield Case(f"values empty {options}", typed,
                   lambda: repeated('{"a":[""' + ',""' * 60000 + "]}\n"), 24 * MIB, slow=slow)
        yield Case(f"values short {options}", typed,
                   lambda: repeated('{"a":["x"' + ',"山"' * 60000 + "]}\n"), 24 * MIB, slow=slow)
        yield Case(f"values broken {options}", typed,
                   lambda: repeated('{"a":["x"' + ',"\\q"' * 60000 + "]}\n"), 24 * MIB, slow=slow)


def learn_cases():
    for name, pieces in (("distinct", lambda: distinct(8)), ("prose", prose),
                         ("one-line", lambda: repeated("山")), ("radicals", lambda: repeated("\u2f00")),
                         ("blank", lambda: repeated("\n"))):
        yield Case(f"learn {name}", "learn", pieces, 80 * MIB)
    yield Case("learn records", "learn -f jsonl", lambda: records(distinct(8)), 80 * MIB)
    yield Case("learn tiny-records", "learn -f jsonl", tiny_records, 32 * MIB)
    yield Case("learn numbers", "learn -f jsonl",
               lambda: record_around('{"text":"x","n":[1', repeated(",2"), "]}\n", 60 * MIB), 1 << 40)


def page_cases():
    """A page is gathered whole, up to 12 MiB; what is known of its lines and elements is bounded."""
    units = {"paragraphs": "<p>" + characters(5, 60) + "。</p>\n", "breaks": "山<br>", "empty": "<p>",
             "deep": "<div>", "rows": "<tr><td>山<td>水", "items": "<li>山", "links": "<a href=x>山</a>",
             "plain": characters(6, 100), "references": "&nbsp;", "comment": "<!-- ", "names":
             '<div class="a b c" id=d>山</div>', "quote": '<p title="', "pre": "<pre>山\n"}
    for name, unit in units.items():
        for options, slow in (("-T1", False), ("-T2", True), ("-T2 --near --removed=%d/list", True)):
            yield Case(f"page {name} {options}", f"-f html {options}", lambda u=unit: repeated(u),
                       11 * MIB, slow=slow)
        yield Case(f"long-page {name}", "-f html", lambda u=unit: repeated(u), 40 * MIB, slow=True,
                   status=(3,))


def cases():
    yield from page_cases()
    yield from option_cases()
    yield from set_cases()
    yield from unit_cases()
    yield from record_cases()
    yield from values_cases()
    yield from learn_cases()


# What is known to fail, and why. An entry goes when its cases pass.
KNOWN = []


# -- running --------------------------------------------------------------------------------------


def command_of(dedup, case, directory):
    options = case.options.replace("%d", directory).split()
    if options[:1] == ["learn"]:
        return [dedup, *options, f"--memory={case.memory}M", "-q", "-o", directory + "/model"]
    return [dedup, *options, f"--memory={case.memory}M", f"--tmpdir={directory}"]


def feed(child, case):
    try:
        for piece in first(case.size, case.pieces()):
            child.stdin.write(piece)
        child.stdin.close()
    except BrokenPipeError:
        pass


class Watch(threading.Thread):
    """Counts the descriptors of a process now and then."""

    def __init__(self, process):
        super().__init__(daemon=True)
        self.process = process
        self.most = 0
        self.over = False

    def run(self):
        while not self.over:
            try:
                self.most = max(self.most, len(os.listdir(f"/proc/{self.process}/fd")))
            except OSError:
                return
            time.sleep(.01)


def run(dedup, case):
    """Peak in MiB, exit status, most descriptors."""
    with tempfile.TemporaryDirectory() as directory:
        child = subprocess.Popen(command_of(dedup, case, directory), stdin=subprocess.PIPE,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, bufsize=0)
        watch = Watch(child.pid)
        watch.start()
        feed(child, case)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)  # it is waited for
        watch.over = True
        return usage.ru_maxrss / 1024, child.returncode, watch.most


def judge(case, peak, status, descriptors):
    """What is wrong, or nothing."""
    if status not in case.status:
        return f"exit status {status}"
    if peak > case.memory + OVER:
        return f"peak {peak:.0f} MiB at {case.memory} MiB"
    if descriptors > MOST_DESCRIPTORS:
        return f"{descriptors} descriptors open"
    return ""


def main(arguments):
    flags = {a for a in arguments if re.fullmatch("--(slow|list|all|strict)", a)}
    dedup, *words = [a for a in arguments if a not in flags]
    chosen = [c for c in cases()
              if ("--slow" in flags or not c.slow) and all(w in c.name for w in words)]
    if "--list" in flags:
        print(*(c.name for c in chosen), sep="\n")
        return 0
    failed = known = 0
    started = time.monotonic()

    def measured(case):
        before = time.monotonic()
        return case, run(dedup, case), time.monotonic() - before

    # Most cases keep one processor busy, and a peak does not depend on what others do.
    pool = concurrent.futures.ThreadPoolExecutor(os.cpu_count())
    for case, (peak, status, descriptors), seconds in pool.map(measured, chosen):
        fault = judge(case, peak, status, descriptors)
        why = next((w for pattern, w in KNOWN if re.search(pattern, case.name)), None)
        if fault and why and "--strict" not in flags:
            known += 1
            fault += f"; known: {why}"
        else:
            failed += bool(fault)
        if fault or "--all" in flags:
            print(f"{case.name}: {fault or 'ok'} ({peak:.0f} MiB, {seconds:.1f} s)",
                  flush=True)
    print(f"{len(chosen)} cases, {failed} failed, {known} known to fail, {time.monotonic() - started:.0f} s")
    return 1 if failed or not chosen else 0


sys.exit(main(sys.argv[1:]))
