#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/shard_command_test.py DEDUP

dedup shard as a user meets it: what apply writes of the parts, joined, is what one run writes of
all their files, to the byte, whatever the parts, and so are its lists; what does not belong
together is refused by name.
"""
import json
import os
import random
import re
import resource
import subprocess
import unittest

from command_case import DEDUP, CommandCase

WORDS = ["漁港", "燈塔", "清晨", "碼頭", "魚販", "海鷗", "屋脊", "豆漿", "婦人", "孩子", "書包", "巷口",
         "作坊", "匠人", "竹篾", "河堤", "渡船", "茶館", "集市", "雨棚"]
OPTIONS = [[], [], ["--scope=document"], ["--paragraphs=near"], ["--boilerplate=off", "--runs=off"],
           ["--documents=off"], ["--min-block=20", "--min-block-across=20"], ["--drop-empty"],
           ["--sentences=lone"], ["--field=/text", "--field=/more"], ["--near"],
           ["--documents=near", "--near-threshold=.6"], ["--near", "--verdicts"]]
NOT_WITH_INDEX = {"--scope=document", "--near", "--documents=near", "--verdicts"}
WITH_INDEX = [each for each in OPTIONS if not NOT_WITH_INDEX.intersection(each)]


def paragraph(draw):
    return "，".join("".join(draw.choices(WORDS, k=4)) for _ in range(draw.randint(4, 9))) + "。\n"


def texts(draw, count):
    """Of which many repeat others, or parts of them, or say nearly the same."""
    made = []
    for _ in range(count):
        lines = [paragraph(draw) for _ in range(draw.randint(1, 5))]
        kind = draw.random()
        if made and kind < .2:
            lines = draw.choice(made)
        elif made and kind < .5:
            lines = lines + draw.choice(made)[:3] + draw.choice(made)[-3:]
        elif made and kind < .6:
            lines = [line.replace("燈塔", "灯台", 1) for line in draw.choice(made)]
        made.append(lines)
    return ["".join(lines) for lines in made]


def line_of(draw, number, text):
    """A line of JSONL, most times a record of that text."""
    kind = draw.random()
    if kind < .04:
        return '{"text": broken\n'
    if kind < .08:
        return draw.choice(["\n", "  \n", "\r\n"])
    record = {"id": f"d{number}", "text": text, "more": "尾聲" if kind < .3 else text[:40]}
    mark = "\ufeff" if kind > .96 else ""
    return mark + json.dumps(record, ensure_ascii=kind > .9) + draw.choice(["\n"] * 9 + ["\r\n"])


def lists(name, options):
    """Verdicts and a list exclude each other."""
    return [] if "--verdicts" in options else [f"--removed={name}"]


class Shards(CommandCase):
    def dedup(self, *args, status=0):
        done = self.run_command(*args, status=status)
        return done.stdout, done.stderr.decode()

    def setUp(self):
        super().setUp()
        self.file("secret", bytes(range(32)))

    def statuses(self, *args):
        """Of a run in which some lines may be bad: what it wrote."""
        run = subprocess.run([DEDUP, *args], cwd=self.folder, capture_output=True, timeout=120,
                             check=False)
        self.assertIn(run.returncode, (0, 1), (args, run.stderr.decode()))
        return run.stdout, run.stderr.decode()

    def clean_parts(self, parts, options, slices=0, key="--secret=secret"):
        """The text and the list of all parts together; each part is a list of words: the files, or
        one and its --range. `key`: the secret, or an index."""
        names = []
        for number, part in enumerate(parts):
            names.append(f"{number}.keys")
            self.statuses("shard", "keys", key, "-q", "-o", names[-1],
                          *(word for word in options if word != "--verdicts"), *part)
        if slices == 0:
            self.dedup("shard", "first", "-o", "first", *names)
            firsts = ["--first=first"]
        else:
            near = any("near" in word for word in options if word != "--paragraphs=near")
            after, counts = [], {}
            for stage in (["company"] if near else []) + ["documents", "blocks"]:
                counts[stage] = 1 if near and stage == "documents" else slices
                made = [f"{stage}{number}" for number in range(counts[stage])]
                for number, name in enumerate(made):
                    self.dedup("shard", "first", f"--of={stage}",
                               f"--slice={number}/{counts[stage]}", *after, "-o", name, *names)
                after = [f"--after={name}" for name in made] if stage == "company" else []
                for number, name in enumerate(names if stage == "documents" else []):
                    self.dedup("shard", "settle", *(f"--after={file}" for file in made),
                               f"--part={number}", "-o", f"{number}.settled", name)
                if stage == "documents":
                    names = [f"{number}.settled" for number in range(len(parts))]
            firsts = [f"--first={stage}{number}" for stage in ("documents", "blocks")
                      for number in range(counts[stage])]
        text, told, edits = b"", "", b""
        for number, part in enumerate(parts):
            more = self.statuses("shard", "apply", key, *firsts, f"--part={number}",
                                 *lists("list", options), *options, *part)
            text, told = text + more[0], told + more[1]
            edits += b"" if "--verdicts" in options else self.read("list")
        return text, told, edits

    def must_equal_one_run(self, files, parts, options, slices=0, index=None):
        key, reading = "--secret=secret", []
        if index:
            key, reading = f"--index={index}", [f"--index={index}", "--index-mode=read-only"]
        text, told, edits = self.clean_parts(parts, options, slices, key)
        whole, whole_told = self.statuses(*lists("whole", options), *reading, *options, *files)
        self.assertEqual(text, whole)
        self.assertEqual(told, whole_told)
        if "--verdicts" in options:
            return
        self.assertEqual(edits.splitlines()[1:], self.read("whole").splitlines()[1:])

    def files_of_jsonl(self, draw, all_texts):
        """Their names, and parts of some of them each."""
        lines = [line_of(draw, i, text) for i, text in enumerate(all_texts)]
        count = draw.randint(1, 6)
        cuts = sorted(draw.choices(range(len(lines) + 1), k=count - 1))
        files = []
        for start, end in zip([0, *cuts], [*cuts, len(lines)]):
            body = "".join(lines[start:end])
            if draw.random() < .3:
                body = body.rstrip("\n")
            files.append(f"{len(files)}.jsonl")
            self.file(files[-1], body)
        groups = draw.choice([1, 2, 99])  # files of a part
        return files, [files[i:i + groups] for i in range(0, len(files), groups)]

    def test_files_of_jsonl(self):
        for seed in range(40):
            with self.subTest(seed=seed):
                draw = random.Random(seed)
                files, parts = self.files_of_jsonl(draw, texts(draw, draw.randint(2, 40)))
                self.must_equal_one_run(files, parts, draw.choice(OPTIONS) + ["-f", "jsonl"],
                                        draw.choice([0, 0, 1, 3]))

    # -- indexes

    def seen_before(self, draw, options):
        """An index of some texts; what is in the files that come later, some of it in it."""
        for name in ("old.index", "new.index", "one.index"):
            path = self.path(name)
            os.path.exists(path) and os.unlink(path)
        all_texts = texts(draw, draw.randint(4, 50))
        count = draw.randint(0, len(all_texts) - 1)
        lines = [json.dumps({"id": f"o{i}", "text": text, "more": text[:40]}) + "\n"
                 for i, text in enumerate(all_texts[:count])]
        self.file("old.jsonl", "".join(lines))
        self.dedup("--index=old.index", *options, "-f", "jsonl", "-o", "old", "old.jsonl")
        later = all_texts[count:]
        for text in draw.choices(all_texts[:count] or later, k=draw.randint(0, 6)):
            later.insert(draw.randint(0, len(later)), text)
        return later

    def export(self, name):
        """The head, and all else that an index holds, but for the times."""
        lines = [json.loads(line) for line in self.dedup("index", "export", name)[0].splitlines()]
        for line in lines:
            line.pop("time", None)
        return lines

    def info(self, name):
        told = json.loads(self.dedup("index", "info", "--json", name)[0])
        return {fact: value for fact, value in told.items()
                if fact not in ("bytes", "free_bytes", "commits")}

    def must_be_the_same_index(self, draw, options):
        """new.index and one.index."""
        self.dedup("index", "check", "new.index")
        self.assertEqual(self.info("new.index"), self.info("one.index"))
        self.assertEqual(self.export("new.index"), self.export("one.index"))
        self.file("later.jsonl", "".join(
            line_of(draw, i, text) for i, text in enumerate(texts(draw, 10))) + self.read(
                "old.jsonl").decode())
        told = [self.statuses(f"--index={name}", "--removed=list", "--to=jsonl", *options, "-f",
                              "jsonl", "later.jsonl") + (self.read("list").splitlines()[1:],)
                for name in ("new.index", "one.index")]
        self.assertEqual(*told)
        self.assertEqual(self.export("new.index"), self.export("one.index"))

    def test_what_an_index_knows_was_there_before_all_parts(self):
        for seed in range(30):
            with self.subTest(seed=seed):
                draw = random.Random(3000 + seed)
                options = draw.choice(WITH_INDEX)
                files, parts = self.files_of_jsonl(draw, self.seen_before(draw, options))
                there = self.read("old.index")
                self.must_equal_one_run(files, parts, [*options, "-f", "jsonl"],
                                        draw.choice([0, 0, 1, 3]), "old.index")
                self.assertEqual(self.read("old.index"), there)

    def test_the_index_of_all_parts_is_that_of_one_run(self):
        for seed in range(20):
            with self.subTest(seed=seed):
                draw = random.Random(4000 + seed)
                options = draw.choice(WITH_INDEX)
                files, parts = self.files_of_jsonl(draw, self.seen_before(draw, options))
                key = draw.choice(["--secret=secret", "--index=old.index"])
                self.clean_parts(parts, [*options, "-f", "jsonl"], 0, key)
                names = [f"{number}.keys" for number in range(len(parts))]
                self.dedup("shard", "index", key, "-o", "new.index", *names)
                if key == "--index=old.index":
                    self.file("one.index", self.read("old.index"))
                else:  # one of nothing, with the same secret
                    head = self.dedup("index", "export", "new.index")[0].split(b"\n")[0]
                    empty = json.dumps({**json.loads(head), "documents": 0})
                    self.file("head", empty + "\n")
                    self.dedup("index", "import", "one.index", "head")
                self.statuses("--index=one.index", "-o", "one", *options, "-f", "jsonl", *files)
                self.must_be_the_same_index(draw, options)

    def test_documents_that_an_index_knows_are_no_reason_for_a_line_end(self):
        known, other, last = (
            json.dumps({"text": "".join(paragraph(random.Random(seed)) for _ in range(4))})
            for seed in (6, 7, 8))
        self.file("known.jsonl", known)
        self.dedup("--index=i", "-o", "x", "known.jsonl")
        for bodies in ([other, known], [other, known + "\n" + last], [known, other, known],
                       [known, known], [other, other, known + "\n"]):
            names = [f"{number}.jsonl" for number in range(len(bodies))]
            for name, body in zip(names, bodies):
                self.file(name, body)
            for options in ([], ["--drop-empty"]):
                for slices in (0, 1):
                    with self.subTest(bodies=bodies, options=options, slices=slices):
                        self.must_equal_one_run(names, [[name] for name in names], options,
                                                slices, "i")

    def test_texts_beside_an_index(self):
        for seed in range(6):
            draw = random.Random(5000 + seed)
            all_texts = texts(draw, 8)
            files = [f"{number}.txt" for number in range(8)]
            for name, text in zip(files, all_texts):
                self.file(name, text[:-1] if seed % 2 else text)
            self.dedup(f"--index=i{seed}", "-o", "x", *files[:3])
            parts = [files[1:4], files[4:], files[:1]]
            for options in (["-q", "--to=jsonl"], ["-q"]):
                with self.subTest(seed=seed, options=options):
                    index = f"--index=i{seed}"
                    for number, part in enumerate(parts):
                        self.dedup("shard", "keys", index, *options, "-o", f"{number}.keys", *part)
                    self.dedup("shard", "first", "-o", "first", "0.keys", "1.keys", "2.keys")
                    made = [self.dedup("shard", "apply", index, "--first=first",
                                       f"--part={number}", *options, *part)[0]
                            for number, part in enumerate(parts)]
                    self.assertEqual(b"".join(made),
                                     self.dedup(index, "--index-mode=read-only", *options,
                                                *sum(parts, []))[0])

    def test_an_index_must_be_the_same_in_all_steps(self):
        draw = random.Random(1)
        self.file("a.jsonl", "".join(json.dumps({"text": text}) + "\n" for text in texts(draw, 9)))
        self.file("b.jsonl", "".join(json.dumps({"text": text}) + "\n" for text in texts(draw, 9)))
        self.dedup("--index=i", "-o", "x", "a.jsonl")
        self.dedup("--index=other", "-o", "x", "b.jsonl")
        self.dedup("shard", "keys", "--index=i", "-o", "i.keys", "b.jsonl")
        self.dedup("shard", "keys", "--secret=secret", "-o", "0.keys", "b.jsonl")
        self.dedup("shard", "first", "-o", "first", "i.keys")
        self.dedup("shard", "apply", "--index=i", "--index-mode=read-only", "--first=first",
                   "--part=0", "b.jsonl")
        new = ["shard", "index", "-o", "new"]
        read = ["--first=first", "--part=0", "b.jsonl"]
        for words, status, message in (
                (["shard", "first", "i.keys", "0.keys"], 2, "different options: none and index="),
                (["shard", "apply", "--index=other", *read], 2, "different options: index="),
                (["shard", "apply", "--secret=secret", *read], 2, "different options: index="),
                (["shard", "apply", *read], 64, "needs --secret"),
                (["shard", "apply", "--index=i", "--runs=off", *read], 2, "and --runs=off index="),
                (["shard", "apply", "--index=i", "--secret=secret", *read], 64, "no sense with"),
                (["shard", "apply", "--index=i", "--index-mode=update", *read], 64, "is not for"),
                (["shard", "keys", "--index=gone", "-o", "x", "b.jsonl"], 2, "gone"),
                (["shard", "keys", "--index=a.jsonl", "-o", "x", "b.jsonl"], 2, "a.jsonl"),
                (["shard", "keys", "--index=i", "-o", "i", "b.jsonl"], 64, "the same file"),
                (["shard", "keys", "--index=i", "--runs=off", "-o", "x", "b.jsonl"], 64, "runs=on"),
                (["shard", "first", "--index=i", "i.keys"], 64, "is not for shard first"),
                ([*new, "--index=i", "--secret=secret", "i.keys"], 64, "no sense with --index"),
                ([*new, "i.keys"], 64, "needs --secret"),
                ([*new, "--secret=secret", "i.keys"], 2, "different options: index="),
                ([*new, "--index=i", "0.keys"], 2, "different options: none and index="),
                ([*new, "--index=other", "i.keys"], 2, "different options: index="),
                ([*new, "--index=i", "--runs=off", "i.keys"], 64, "--runs is not for shard index"),
                ([*new, "--secret=secret"], 64, "needs KEYS"),
                (["shard", "index", "--secret=secret", "0.keys"], 64, "needs -o NEW")):
            fault = self.dedup(*words, status=status)[1]
            self.assertIn(message, fault)
            self.assertEqual(fault.count("\n"), 1, fault)
        self.assertFalse([name for name in os.listdir(self.folder) if name.startswith("new")])
        self.dedup(*new, "--index=i", "i.keys")
        self.assertIn("is there already", self.dedup(*new, "--index=i", "i.keys", status=2)[1])
        self.dedup("--index=i", "-o", "x", "b.jsonl")
        for words in ([*new[:2], "-o", "new2", "--index=i", "i.keys"],
                      ["shard", "apply", "--index=i", *read]):
            self.assertIn("different options", self.dedup(*words, status=2)[1])
        self.assertFalse([name for name in os.listdir(self.folder) if name.startswith("new2")])

    def test_an_index_appears_whole_or_not_at_all(self):
        draw = random.Random(2)
        self.file("a.jsonl", "".join(json.dumps({"text": text}) + "\n"
                                      for text in texts(draw, 90)))
        self.dedup("shard", "keys", "--secret=secret", "-o", "a.keys", "a.jsonl")
        there = sorted(os.listdir(self.folder))
        for size in (4096, 20_000, 40_000):
            limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            words = ["shard", "index", "--secret=secret", "-o", "new", "a.keys"]
            run = subprocess.run([DEDUP, *words], cwd=self.folder, capture_output=True,
                                 timeout=120, check=False, preexec_fn=limit,
                                 restore_signals=False)
            self.assertEqual(run.returncode, 2, run.stderr)
            self.assertIn(b"File too large", run.stderr)
            self.assertEqual(sorted(os.listdir(self.folder)), there)
        self.assertEqual(self.dedup("shard", "index", "--secret=secret", "-o", "gone/new", "a.keys",
                                    status=2)[1], "dedup: gone/new: No such file or directory\n")
        self.dedup("shard", "index", "--secret=secret", "-o", "new", "a.keys")
        self.assertGreater(os.path.getsize(self.path("new")), 40_000)

    # -- other forms

    def test_ranges_of_a_file(self):
        for seed in range(20):
            with self.subTest(seed=seed):
                draw = random.Random(1000 + seed)
                lines = [line_of(draw, i, text) for i, text in enumerate(texts(draw, 30))]
                ends = [sum(len(line.encode()) for line in lines[:i + 1])
                        for i, line in enumerate(lines) if line.endswith("}\n")]
                cuts = sorted(draw.sample(ends, min(len(ends), draw.randint(1, 5))))
                self.file("all.jsonl", "".join(lines))
                self.file("more.jsonl", "".join(lines[:3]))
                parts = [[f"--range={start}-{end}", "all.jsonl"]
                         for start, end in zip([0, *cuts], [*cuts, ""])] + [["more.jsonl"]]
                self.must_equal_one_run(["all.jsonl", "more.jsonl"], parts, draw.choice(OPTIONS))

    def test_texts_and_pages(self):
        for seed in range(10):
            with self.subTest(seed=seed):
                draw = random.Random(2000 + seed)
                files = []
                for text in texts(draw, 6):
                    page = draw.random() < .3
                    files.append(f"{len(files)}.{'html' if page else 'txt'}")
                    body = "<html><body><p>" + "</p><p>".join(text.splitlines()) + "</p>"
                    self.file(files[-1], body if page else text[:-1] if seed % 2 else text)
                self.must_equal_one_run(files, [[file] for file in files], ["-q", "--to=jsonl"])
                for number, file in enumerate(files):
                    self.dedup("shard", "keys", "--secret=secret", "-o", f"{number}.keys", file)
                self.dedup("shard", "first", "-o", "first",
                           *(f"{number}.keys" for number in range(len(files))))
                cleaned = [self.dedup("shard", "apply", "--secret=secret", "--first=first",
                                      f"--part={number}", file)[0]
                           for number, file in enumerate(files)]
                self.assertEqual(b"".join(cleaned), self.dedup(*files)[0])

    def test_archives_as_records(self):
        draw = random.Random(7)
        files = []
        for texts_of_file in (texts(draw, 3), texts(draw, 3)):
            body = b""
            for number, text in enumerate(texts_of_file):
                content = text.encode()
                body += (f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://a.cn/{number}"
                         f"\r\nContent-Type: text/plain\r\nContent-Length: {len(content)}\r\n\r\n"
                         ).encode() + content + b"\r\n\r\n"
            files.append(f"{len(files)}.wet")
            self.file(files[-1], body * 2)
        self.must_equal_one_run(files, [[file] for file in files], ["--to=jsonl"])

    def test_verdicts_point_into_other_parts(self):
        text = "".join(paragraph(random.Random(5)) for _ in range(4))
        for name in ("a", "b"):
            self.file(f"{name}.jsonl", json.dumps({"id": name, "text": text}) + "\n")
        parts = [["a.jsonl"], ["b.jsonl"]]
        for number, part in enumerate(parts):
            self.dedup("shard", "keys", "--secret=secret", "-o", f"{number}.keys", *part)
        self.dedup("shard", "first", "-o", "first", "0.keys", "1.keys")
        told = self.dedup("shard", "apply", "--secret=secret", "--first=first", "--part=1",
                          "--verdicts", "b.jsonl")[0]
        self.assertEqual(json.loads(told), {"dropped": "duplicate-document", "document": 1,
                                            "name": "b", "first": {"document": 0, "name": "a"}})

    def test_the_last_line_ends_as_it_does_in_one_run(self):
        text = "".join(paragraph(random.Random(6)) for _ in range(4))
        record = json.dumps({"text": text})
        for last in (record, record + "\n", "\n", "", '{"text": "另一篇"}'):
            self.file("a.jsonl", record)
            self.file("b.jsonl", last)
            self.must_equal_one_run(["a.jsonl", "b.jsonl"], [["a.jsonl"], ["b.jsonl"]], [])

    def test_what_does_not_belong_together_is_refused(self):
        self.file("a.jsonl", json.dumps({"text": paragraph(random.Random(8))}) + "\n")
        self.file("other", bytes(32))
        self.dedup("shard", "keys", "--secret=secret", "-o", "a.keys", "a.jsonl")
        self.dedup("shard", "keys", "--secret=secret", "--near", "-o", "near.keys", "a.jsonl")
        for words in (["--of=documents", "near.keys"], ["--of=company", "a.keys"],
                      ["--of=documents", "--slice=0/2", "--after=a.keys", "near.keys"]):
            self.dedup("shard", "first", "-o", "x", *words, status=2)
        self.dedup("shard", "keys", "--secret=secret", "--runs=off", "-o", "runs.keys", "a.jsonl")
        self.dedup("shard", "keys", "--secret=other", "-o", "other.keys", "a.jsonl")
        fault = self.dedup("shard", "first", "-o", "first", "a.keys", "runs.keys", status=2)[1]
        self.assertEqual(fault, "dedup: runs.keys and a.keys were made with different options: "
                                "--runs=off and none\n")
        fault = self.dedup("shard", "first", "-o", "first", "a.keys", "other.keys", status=2)[1]
        self.assertIn("different secrets", fault)
        self.file("old.keys", self.read("a.keys").replace(b"version 0", b"version 9", 1))
        fault = self.dedup("shard", "first", "-o", "first", "a.keys", "old.keys", status=2)[1]
        self.assertIn("different versions: 9", fault)
        self.assertFalse(os.path.exists(self.path("first")))
        self.dedup("shard", "first", "-o", "first", "a.keys")
        self.file("a.txt", "正文。\n")
        self.dedup("shard", "apply", "--secret=secret", "--first=first", "--part=0", "--removed=l",
                   "a.txt", status=64)
        for words, status, part in (
                (["--secret=secret", "--first=first", "--part=0", "--runs=off"], 2, "options"),
                (["--secret=other", "--first=first", "--part=0"], 2, "secrets"),
                (["--secret=secret", "--first=a.keys", "--part=0"], 2, "is not what dedup shard"),
                (["--secret=secret", "--first=first", "--part=1"], 64, "knows of 1 parts"),
                (["--secret=a.keys", "--first=first", "--part=0"], 64, "not 32"),
                (["--secret=secret", "--part=0"], 64, "needs --first"),
                (["--secret=secret", "--first=first", "--part=0", "--documents=near"], 2, "near"),
                (["--secret=secret", "--first=first", "--part=0", "--keep=none"], 64, "--keep"),
                (["--secret=secret", "--first=first", "--part=0", "--index=i"], 64, "--index")):
            fault = self.dedup("shard", "apply", *words, "a.jsonl", status=status)[1]
            self.assertIn(part, fault)
            self.assertEqual(fault.count("\n"), 1, fault)
        self.dedup("shard", "first", "--of=blocks", "-o", "x", "a.keys", status=2)
        for words in (["first", "-o", "x"], ["keys", "a.jsonl"], ["settle", "a.keys"],
                      ["first", "--slice=0/2", "a.keys"], ["first", "--slice=2/2", "a.keys"],
                      ["first", "--near", "a.keys"], ["first", "--after=a.keys", "a.keys"],
                      ["frist", "a.keys"], [],
                      ["keys", "--secret=secret", "--range=9", "a.jsonl"],
                      ["keys", "--secret=secret", "--of=blocks", "a.jsonl"]):
            self.dedup("shard", *words, status=64)

    def test_slices_must_all_be_there(self):
        self.file("a.jsonl", json.dumps({"text": paragraph(random.Random(9))}) + "\n")
        self.dedup("shard", "keys", "--secret=secret", "-o", "a.keys", "a.jsonl")
        for number in (0, 1):
            self.dedup("shard", "first", "--of=documents", f"--slice={number}/2", "-o",
                       f"d{number}", "a.keys")
        fault = self.dedup("shard", "settle", "--part=0", "--after=d0", "-o", "s", "a.keys",
                           status=2)[1]
        self.assertEqual(fault, "dedup: of documents there are 1 slices of 2\n")
        self.dedup("shard", "settle", "--part=0", "--after=d0", "--after=d1", "-o", "s", "a.keys")
        self.dedup("shard", "first", "--of=documents", "-o", "x", "s", status=2)
        self.dedup("shard", "first", "--of=blocks", "-o", "b", "s")
        apply = ["shard", "apply", "--secret=secret", "--part=0", "a.jsonl"]
        for firsts in (["d0", "b"], ["d0", "d1"], ["d0", "d0", "b"]):
            self.dedup(*apply, *(f"--first={first}" for first in firsts), status=2)
        self.dedup(*apply, "--first=d0", "--first=d1", "--first=b")

    def test_a_part_that_cannot_be_read_has_no_keys(self):
        self.file("a.jsonl", json.dumps({"text": paragraph(random.Random(9))}) + "\n")
        fault = self.dedup("shard", "keys", "--secret=secret", "-o", "a.keys", "a.jsonl",
                           "gone.jsonl", status=2)[1]
        self.assertIn("gone.jsonl", fault)
        self.assertFalse(os.path.exists(self.path("a.keys")))

    def three_parts(self):
        """KEYS of three parts, and what first makes of them in stages."""
        for number in range(3):
            self.file(f"{number}.jsonl", "".join(json.dumps({"text": text}) + "\n" for text in
                                                 texts(random.Random(number), 4)))
            self.dedup("shard", "keys", "--secret=secret", "-o", f"{number}.keys",
                       f"{number}.jsonl")
        keys = ["0.keys", "1.keys", "2.keys"]
        self.dedup("shard", "first", "-o", "all", *keys)
        self.dedup("shard", "first", "--of=documents", "-o", "documents", *keys)
        self.dedup("shard", "first", "--of=documents", "-o", "other", *keys[::-1])
        for number, name in enumerate(keys):
            self.dedup("shard", "settle", f"--part={number}", "--after=documents", "-o",
                       f"{number}.settled", name)
        self.dedup("shard", "first", "--of=blocks", "-o", "blocks",
                   *(f"{number}.settled" for number in range(3)))
        self.dedup("shard", "first", "--of=blocks", "-o", "fewer", "0.settled", "1.settled")

    def test_what_was_made_of_other_parts_is_refused(self):
        self.three_parts()
        apply = ["shard", "apply", "--secret=secret", "-o", "clean"]
        for words, fault in (
                (["--part=0", "--first=all", "1.jsonl"], None),  # as many documents: not to be told
                (["--part=0", "--first=other", "--first=blocks", "0.jsonl"], "are of other parts"),
                (["--part=0", "--first=documents", "--first=fewer", "0.jsonl"], "of other parts"),
                (["--part=0", "--first=all", "--first=documents", "0.jsonl"], "given twice"),
                (["--part=0", "--first=all", "0.jsonl", "1.jsonl"], "this is another text")):
            told = self.dedup(*apply, *words, status=2 if fault else 0)[1]
            self.assertIn(fault or "", told)
            self.assertEqual(os.path.exists(self.path("clean")), fault is None)
            fault is None and os.unlink(self.path("clean"))
        for words, fault in ((["--part=0", "--after=documents", "1.keys"], "is not part 0"),
                             (["--part=0", "--after=blocks", "0.keys"], "of another step")):
            told = self.dedup("shard", "settle", *words, "-o", "x", status=2)[1]
            self.assertIn(fault, told)

    def test_what_is_read_is_not_written_over(self):
        self.three_parts()
        before = {name: self.read(name) for name in os.listdir(self.folder)}
        for words in (["keys", "--secret=secret", "-o", "0.jsonl", "0.jsonl"],
                      ["keys", "--secret=secret", "-o", "secret", "0.jsonl"],
                      ["first", "-o", "1.keys", "0.keys", "1.keys"],
                      ["settle", "--part=0", "--after=documents", "-o", "documents", "0.keys"],
                      ["apply", "--secret=secret", "--first=all", "--part=0", "-o", "all",
                       "0.jsonl"]):
            self.assertIn("which is read", self.dedup("shard", *words, status=64)[1])
        self.assertEqual({name: self.read(name) for name in os.listdir(self.folder)}, before)

    def test_numbers_that_cannot_be_are_damage(self):
        self.three_parts()
        for kind, most in (("rows-of-documents", 2**64 // 41 + 1), ("rows-of-blocks", 2**64 - 1),
                           ("rows-of-runs", 10348173504763894809), ("documents", 2**61 - 1),
                           ("names-size", 2**64 - 1), ("documents", 0)):
            damaged = re.sub(rb"(?m)^%s \d+$" % kind.encode(), b"%s %d" % (kind.encode(), most),
                             self.read("0.keys"), count=1)
            self.file("bad.keys", damaged)
            self.assertIn("bad.keys", self.dedup("shard", "first", "-o", "x", "bad.keys",
                                                 status=2)[1])
        for kind, most in (("parts", 2**64 - 1), ("rows", 2**64 - 1), ("names-size", 1)):
            damaged = re.sub(rb"(?m)^%s \d+$" % kind.encode(), b"%s %d" % (kind.encode(), most),
                             self.read("all"), count=1)
            self.file("bad", damaged)
            self.assertIn("bad", self.dedup("shard", "apply", "--secret=secret", "--first=bad",
                                            "--part=0", "0.jsonl", status=2)[1])

    def test_a_file_cut_short_is_named(self):
        self.file("a.jsonl", json.dumps({"text": paragraph(random.Random(9)) * 3}) + "\n")
        self.dedup("shard", "keys", "--secret=secret", "-o", "a.keys", "a.jsonl")
        whole = self.read("a.keys")
        for size in (0, 20, len(whole) - 60):
            self.file("cut.keys", whole[:size])
            fault = self.dedup("shard", "first", "-o", "first", "cut.keys", status=2)[1]
            self.assertIn("cut.keys", fault)


if __name__ == "__main__":
    unittest.main(argv=["shard_command_test"])
