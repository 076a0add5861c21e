# SPDX-License-Identifier: Apache-2.0
"""Lines of JSON through the command, against Python's own reading of them.

    json_test.py DEDUP

Random records, and what random damage makes of them, are read by both. A line that Python takes for
an object with a string under the field must be a record, of which the field alone changes; any
other must pass as it came. Where the two differ on purpose stands in DIFFERENCES.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
import unittest

DEDUP = os.path.abspath(sys.argv[1])
del sys.argv[1]

# The second copy of a paragraph goes, and nothing else can.
OPTIONS = ["-q", "-f", "jsonl", "--scope=document", "--boilerplate=off", "--repair=off",
           "--documents=off", "--runs=off", "--sentences=off"]
LONG = ("春天的早晨我們沿著河岸慢慢走過去看見遠處的山坡上開滿了白色的小花孩子們在草地上放風箏老人坐在"
        "樹下喝茶聊天說起很多年以前這裡還是一片荒地的時候大家怎樣一起修路種樹")
KIND = {True: "a record", False: "a line that passes"}

# Python takes these lines for records, dedup does not: what is written of each is what came.
DIFFERENCES = {
    "an integer beyond 64 bits": '{"text":"甲","n":18446744073709551616}',
    "a negative integer beyond 64 bits": '{"text":"甲","n":-9223372036854775809}',
    "a number beyond a double": '{"text":"甲","n":1e999}',
    "the field twice, of which Python takes the last": '{"text":"甲","text":"乙"}',
    "half of a surrogate pair in the text": '{"text":"甲\\ud83d"}',
    "half of a surrogate pair in the text, the other half": '{"text":"\\ude00甲"}',
}
# And these are told apart from such: they are records.
RECORDS = {
    "the largest integer": '{"text":"甲","n":18446744073709551615}',
    "the smallest integer": '{"text":"甲","n":-9223372036854775808}',
    "another field twice": '{"a":1,"text":"甲","a":"2"}',
    "half of a surrogate pair elsewhere": '{"a":"\\ud83d","text":"甲"}',
    "half of a surrogate pair in a key": '{"\\ude00":1,"text":"甲"}',
    "the name of the field within another value": '{"a":{"text":1},"text":"甲"}',
    "the name of the field in escapes": '{"te\\u0078t":"甲"}',
    "no number, as Python writes it": '{"text":"甲","n":[NaN,Infinity,-Infinity]}',
    "as deep as may be": '{"text":"甲","n":' + "[" * 900 + "1" + "]" * 900 + "}",
}


class Maker:
    """Lines of JSON in all the ways in which one may be written."""

    CHARACTERS = ["a", "text", "甲", "é", "😀", "\x7f", "\u0085", "\u2028", "\ufeff", "\ufffd",
                  "\uffff", "\U0010ffff", "{", "}", "[", "]", ":", ",", "NaN", "//", "/", "'", " "]
    ESCAPED = ['"', "\\", "\n", "\t", "\r", "\b", "\f", "\0", "\x1f", "\x0b"]
    NUMBERS = ["0", "-0", "7", "-12", "1.50", "1e5", "1E+05", "-2.5e-3", "0.0", "1e-400", "1e308",
               "18446744073709551615", "9223372036854775808", "-9223372036854775808",
               "0.1000000000000000055511151231257827", "123456789012345678901234567890.5",
               "NaN", "Infinity", "-Infinity"]

    def __init__(self, seed):
        self.random = random.Random(seed)

    def blank(self):
        return "" if self.random.random() < .8 else "".join(
            self.random.choices([" ", "\t", "\r"], k=self.random.randint(1, 3)))

    def unit(self, unit):
        made = f"\\u{unit:04x}"
        return made if self.random.random() < .7 else made[:2] + made[2:].upper()

    def escape(self, character):
        names = {'"': '"', "\\": "\\", "/": "/", "\b": "b", "\f": "f", "\n": "n", "\r": "r",
                 "\t": "t"}
        if character in names and self.random.random() < .7:
            return "\\" + names[character]
        code = ord(character)
        if code < 0x10000:
            return self.unit(code)
        return (self.unit(0xD800 + (code - 0x10000 >> 10))
                + self.unit(0xDC00 + (code - 0x10000 & 0x3FF)))

    def string(self, text, ascii_only=None):
        """Some characters must be escaped, others may be."""
        if ascii_only is None:
            ascii_only = self.random.random() < .3
        made = ""
        for each in text:
            must = ord(each) < 0x20 or each in '"\\' or (ascii_only and ord(each) > 0x7E)
            made += self.escape(each) if must or self.random.random() < .02 else each
        return f'"{made}"'

    def any_text(self):
        return "".join(self.random.choices(self.CHARACTERS + self.ESCAPED,
                                           k=self.random.choice([0, 1, 3, 20])))

    def any_string(self):
        made = self.string(self.any_text())
        if self.random.random() < .05:  # half of a pair, which is nobody's business elsewhere
            made = made[:-1] + self.random.choice([r"\ud83d", r"\uDE00", r"\ude00\ud83d"]) + '"'
        return made

    def value(self, depth=0):
        kind = self.random.random()
        if depth < 6 and kind < .15:
            return self.bracketed("[]", [self.value(depth + 1)
                                         for _ in range(self.random.randint(0, 4))])
        if depth < 6 and kind < .3:
            return self.bracketed("{}", [self.member(self.any_string(), self.value(depth + 1))
                                         for _ in range(self.random.randint(0, 4))])
        if kind < .6:
            return self.any_string()
        if kind < .63:
            deep = self.random.randint(1, 900)
            return "[" * deep + "1" + "]" * deep
        return self.random.choice(self.NUMBERS + ["true", "false", "null"] * 3)

    def bracketed(self, brackets, parts):
        return (brackets[0] + self.blank()
                + (self.blank() + "," + self.blank()).join(parts) + self.blank() + brackets[1])

    def member(self, key, value):
        return key + self.blank() + ":" + self.blank() + value

    def text(self):
        """A text of which the last paragraph goes."""
        middle = "".join(self.random.choices(["甲", "é", "😀", '"', "\\", "/", "\t", "\ufffd", "b"],
                                             k=self.random.randint(0, 12)))
        return f"甲{middle}乙\n{LONG}\n{LONG}\n"

    def line(self):
        parts = [self.member(self.random.choice(['""', '"id"', '"url"', '"a"', self.any_string()]),
                             self.value()) for _ in range(self.random.randint(0, 5))]
        if self.random.random() < .95:
            field = self.string("text") if self.random.random() < .1 else '"text"'
            value = self.string(self.text()) if self.random.random() < .9 else self.value()
            parts.insert(self.random.randint(0, len(parts)), self.member(field, value))
        return (self.blank() + self.bracketed("{}", parts) + self.blank()).encode()

    def damaged(self, line):
        at = self.random.randrange(len(line) + 1)
        kind = self.random.randrange(6)
        if kind == 0:
            return line[:at]
        if kind == 1 and at < len(line):
            return line[:at] + bytes([line[at] ^ 1 << self.random.randrange(8)]) + line[at + 1:]
        if kind == 2:
            return line[:at] + line[at + self.random.randint(1, 3):]
        if kind == 3:
            return line[:at] + line[at:at + 1] * 2 + line[at + 1:]
        # In JSON, and at its marks rather than within texts, of which most of a line is made.
        marks = [place for place, byte in enumerate(line) if byte in b'{}[]:,"\\u0123']
        at = self.random.choice(marks) if marks else at
        signs = [b'"', b"\\", b",", b":", b"{", b"}", b"[", b"]", b"\\u", b"\\x", b"-", b"+", b".",
                 b"e", b"0", b"00", b"N", b"tru", b"/**/", b"'", b"\0", b"\x01", b"\x0b", b"\x7f",
                 b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xef\xbb\xbf", b" ", b"\xc2\xa0", b"{}"]
        sign = self.random.choice(signs)
        return line[:at] + sign + line[at + (kind == 4):]

    def any_line(self):
        line = self.line()
        for _ in range(self.random.choice([0, 0, 1, 1, 1, 2])):
            line = self.damaged(line)
        return line.replace(b"\n", b"")


def place_of_field(line):
    """Where the value of the field stands in an object that Python reads."""
    decoder, at, places = json.JSONDecoder(), line.index("{") + 1, []

    def skip(at):
        return at + len(line[at:]) - len(line[at:].lstrip(" \t\r\n"))

    at = skip(at)
    while line[at] != "}":
        key, at = json.decoder.scanstring(line, at + 1, True)
        start = skip(skip(at) + 1)
        _, end = decoder.raw_decode(line, start)
        if key == "text":
            places.append((start, end))
        at = skip(end)
        at = skip(at + 1) if line[at] == "," else at
    return places


def differs(line, text, places):
    """Whether this is one of DIFFERENCES."""
    if len(places) > 1 or any("\ud800" <= each <= "\udfff" for each in text):
        return True
    found = []

    def number(written):
        found.append(written)
        return 0

    def float_number(written):
        if float(written) in (float("inf"), float("-inf")):
            found.append("1" * 30)
        return 0.

    json.loads(line, parse_int=number, parse_float=float_number)
    return any(not -2**63 <= int(each) < 2**64 for each in found)


def by_python(line):
    """The text of a record, and where it stands; nothing where the line is none."""
    try:
        line = line.decode().removeprefix("\ufeff")
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        # Of two fields Python has the last; be that no string, dedup still has no record.
        return None
    places = place_of_field(line)
    return None if differs(line, value["text"], places) else (value["text"], places[0])


def run(lines):
    """What is written for each line, what is listed of it, and the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        removed = os.path.join(folder, "list")
        done = subprocess.run([DEDUP, *OPTIONS, "--removed=" + removed],
                              input=b"".join(line + b"\n" for line in lines), capture_output=True,
                              check=False)
        with open(removed, encoding="utf-8") as file:
            listed = [json.loads(line) for line in file][1:]
    written = done.stdout.split(b"\n")
    assert written.pop() == b"", done.stderr
    documents = [[]]
    for each in listed:
        documents[-1].append(each)
        if "decoded" in each:
            documents.append([])
    return written, documents[:-1], done.returncode


def is_record(document):
    return "passed" not in document[-1]


def edited(text, document):
    """The text with the edits that are listed."""
    text, made, at = text.encode(), b"", 0
    for edit in document[:-1]:
        assert text[edit["start"]:edit["end"]] == edit["text"].encode()
        made += text[at:edit["start"]] + edit.get("replacement", "").encode()
        at = edit["end"]
    return (made + text[at:]).decode()


class AgainstPython(unittest.TestCase):
    def check(self, lines):
        lines = [line for line in lines if line.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r")]
        records = [by_python(line) for line in lines]
        written, documents, status = run(lines)
        self.assertEqual((len(written), len(documents)), (len(lines), len(lines)))
        for line, record, out, document in zip(lines, records, written, documents):
            self.assertEqual(KIND[is_record(document)], KIND[record is not None], line)
            if record is None:  # what does not decode is written as U+FFFD
                self.assertEqual(out.decode(), line.decode(errors="replace"), line)
            else:
                self.check_record(line, record, out, document)
        self.assertEqual(status, 1 if None in records else 0)
        return sum(record is not None for record in records)

    def check_record(self, line, record, out, document):
        text, (start, end) = record
        if text.endswith(f"\n{LONG}\n{LONG}\n"):
            self.assertEqual(len(document), 2, line)
        if len(document) == 1:
            self.assertEqual(out, line)
        mark = "\ufeff" if line.startswith(b"\xef\xbb\xbf") else ""
        given, out = line.decode().removeprefix(mark), out.decode()
        before, behind = mark + given[:start], given[end:]
        self.assertEqual((out[:len(before)], out[len(out) - len(behind):]), (before, behind), line)
        field = json.loads(out[len(before):len(out) - len(behind)])
        self.assertEqual(field, edited(text, document), line)

    def test_random_lines(self):
        maker = Maker(1)
        lines = [maker.any_line() for _ in range(6000)]
        records = self.check(lines)
        self.assertGreater(records, 2000)  # both kinds are there in number
        self.assertLess(records, 5000)

    def test_random_lines_that_are_too_long_for_memory(self):
        maker = Maker(2)
        padding = b" " * (1 << 20)
        self.check([padding + maker.any_line() for _ in range(60)])

    def check_one(self, line, record):
        written, documents, status = run([line])
        self.assertEqual((written, status), ([line], 0 if record else 1))
        self.assertEqual([is_record(document) for document in documents], [record])

    def test_where_the_two_differ(self):
        for name, line in DIFFERENCES.items():
            for padding in "", " " * (1 << 20):
                with self.subTest(name, long=bool(padding)):
                    self.assertIsInstance(json.loads(line)["text"], str)
                    given = (padding + line).encode()
                    self.check_one(given, False)

    def test_where_they_do_not(self):
        for name, line in RECORDS.items():
            for padding in "", " " * (1 << 20):
                with self.subTest(name, long=bool(padding)):
                    given = (padding + line).encode()
                    self.check_one(given, True)

    def test_marks_on_lines_good_and_bad(self):
        good, bad, mark = b'{"text":"x"}', b"[]", b"\xef\xbb\xbf"
        for lines in ([mark + bad, mark + good], [mark + bad, bad, mark + good, mark + bad],
                      [mark + bad, mark + bad, good, mark + good]):
            with self.subTest(lines):
                self.assertEqual(run(lines)[0], lines)

    def test_depth(self):
        for depth, record in (1022, True), (1023, False):  # with the object, and what is within
            line = b'{"text":"x","n":' + b"[" * depth + b"1" + b"]" * depth + b"}"
            for padding in b"", b" " * (1 << 20):
                with self.subTest(depth=depth, long=bool(padding)):
                    self.check_one(padding + line, record)


if __name__ == "__main__":
    unittest.main()
