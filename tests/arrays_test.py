# SPDX-License-Identifier: Apache-2.0
"""Arrays in JSON through the command: what it writes of their elements, against what it writes of
the same records as lines, and against Python's reading; and the way back.

    arrays_test.py DEDUP
"""
import gzip
import json
import os
import random
import subprocess
import unittest

from command_case import DEDUP, CommandCase

LONG = ("春天的早晨我們沿著河岸慢慢走過去看見遠處的山坡上開滿了白色的小花孩子們在草地上放風箏老人坐在"
        "樹下喝茶聊天說起很多年以前這裡還是一片荒地的時候大家怎樣一起修路種樹")
COPY = LONG + LONG[::-1]  # long enough to go as a document
OTHER = LONG[::-1] + "後來" + LONG[3:]
NOTE = "looks like an array in JSON, and is read as records: -f text reads it as text\n"


def array(*texts, **how):
    return json.dumps([{"id": at, "text": text} for at, text in enumerate(texts)],
                      ensure_ascii=False, **how).encode()


class Case(CommandCase):
    def run_dedup(self, *args, given=b"", status=0):
        done = self.run_command(*args, given=given, status=status)
        self.said = done.stderr.decode()
        return done.stdout

    def clean(self, given, *args, status=0, back=None):
        """What is written, from which the input is restored: so every use of it tests that."""
        written = self.run_dedup("-f", "json", "--removed=list", *args, given=given, status=status)
        said = self.said
        self.file("clean", written)
        self.assertEqual(self.run_dedup("restore", "--removed=list", "clean"), back or given)
        self.said = said
        return written

    def ids(self, written):
        return [each["id"] for each in json.loads(written)]


class Elements(Case):
    def test_what_goes_takes_its_comma_along(self):
        table = [
            ("none", [LONG, OTHER], [0, 1]),
            ("the first", [COPY, COPY, "乙"], [2]),
            ("those in the middle", ["甲", COPY, COPY, COPY, "乙"], [0, 4]),
            ("the last", ["甲", COPY, COPY], [0]),
            ("first and last", [COPY, "甲", "乙", COPY], [1, 2]),
            ("all", [COPY, COPY], []),
            ("all of one", [""], [0]),
        ]
        for name, texts, stay in table:
            for indent in None, 0, 2:
                with self.subTest(name, indent=indent):
                    written = self.clean(array(*texts, indent=indent), "--keep=none")
                    self.assertEqual(self.ids(written), stay)

    def test_bytes_of_what_is_left(self):
        first, second, third = ('{"text":"%s"}' % text for text in (COPY, "甲", "乙"))
        self.assertEqual(
            self.clean(f"\ufeff\n[ {first} ,\t{second},\n\n  {first}\r\n, {third} ]\n ".encode(),
                       "--keep=none").decode(), f"\ufeff\n[ {second}\r\n, {third} ]\n ")
        self.assertEqual(self.clean(f"[\n{first},\n{first}\n]".encode(), "--keep=none"),
                         b"[\n\n]")

    def test_more_blanks_between_values_than_are_held(self):
        """Whether the comma among them stays is not known before they are written."""
        text = "".join(map(chr, range(0x4E00, 0x4E78))) + "。"
        record = json.dumps({"text": text}, ensure_ascii=False)
        for blanks in (65535, 65536):
            for parting in ("," + " " * blanks, " " * blanks + ","):
                given = f"[{record}{parting}{record}]".encode()
                if blanks < 65536:
                    self.assertEqual(len(json.loads(self.clean(given))), 1)
                else:
                    self.run_dedup("-f", "json", "-o", "out", given=given, status=3)
                    self.assertFalse(os.path.exists(os.path.join(self.folder, "out")))

    def test_what_stays_is_as_it_was(self):
        for given in (b"[]", b" [ ] ", b"", b"\n\n", b"\xef\xbb\xbf", array(LONG), array(LONG, OTHER, indent=4),
                      array(LONG, separators=(",", ":")), array("甲", "乙").replace(b", {", b",{") * 2,
                      b'{"text":"x"}', b'{"text":\n"x"}{"text":"y"}\n', b'\t{"text":"x"} {"text":"y"}',
                      b'[{"text":"x"}]\n[]\n[{"text":"y"},\r\n{"text":"z"}]',
                      b'[{"text":"\\u7532]},[{\\"","a":[[{"b":"}"}]]}]',
                      array("甲") + b" " * 200000, b"\n" * 200000 + array("甲", "乙")):
            with self.subTest(given[:60]):
                self.assertEqual(self.clean(given), given)

    def test_texts_are_cleaned_as_those_of_lines(self):
        records = [{"id": 1, "text": f"甲\n{LONG}", "n": 1.50}, {"id": 2, "text": f"{LONG}\n乙"},
                   {"id": 3, "text": "創(chuàng)新。https://a.b/ \u200b丙"}]
        lines = "".join(json.dumps(each) + "\n" for each in records).encode()
        expected = [json.loads(line) for line in
                    self.run_dedup("-f", "jsonl", given=lines).splitlines()]
        for indent in None, 1:
            written = self.clean(json.dumps(records, indent=indent).encode())
            self.assertEqual(json.loads(written), expected)
            self.assertNotEqual(json.loads(written), records)

    def test_objects_outside_of_arrays(self):
        texts = [json.dumps({"text": text}, indent=1, ensure_ascii=False) for text in (COPY, "甲", COPY)]
        self.assertEqual(self.clean("\n".join(texts + [""]).encode()).decode(),
                         "\n".join(texts[:2] + [""]))
        self.assertEqual(self.clean("\n".join(texts + [""]).encode(), "--keep=none").decode(),
                         texts[1] + "\n")

    def test_several_arrays(self):
        given = array(COPY, "甲") + b"\n" + array(COPY) + b"\n" + array("乙", COPY)
        written = self.clean(given).split(b"\n")
        self.assertEqual([self.ids(each) for each in written], [[0, 1], [], [0]])

    def test_emptied_records(self):
        given = array("甲", LONG, LONG, "乙")
        empty = json.loads(self.clean(given, "--scope=corpus"))
        self.assertEqual([each["text"] for each in empty], ["甲", LONG, "", "乙"])
        self.assertEqual(self.ids(self.clean(given, "--drop-empty")), [0, 1, 3])

    def test_verdicts(self):
        written = self.run_dedup("-f", "json", "--verdicts", "--keep=none", given=array(COPY, "甲", COPY))
        self.assertEqual([list(each)[0] for each in json.loads(written)], ["dropped", "id", "dropped"])

    def test_long_elements(self):
        blank = " " * (2 << 20)
        big = json.dumps({"text": COPY, "a": "[{" * (1 << 20)}, ensure_ascii=False)
        given = f'[{big},{{"text":"甲",{blank}"b":1}},{big}]'.encode()
        self.assertEqual(self.clean(given), given[:given.rindex(b",{")] + b"]")

    def test_an_element_that_is_too_long_passes(self):
        record = b'{"text":"' + b"x" * (65 << 20) + b'"}'
        given = b'[{"text":"x"},' + record + b"," + array(COPY, COPY)[1:]
        written = self.clean(given, "--keep=none", status=3)
        self.assertIn("standard input:1: line at offset 14 is longer than 64 MiB", self.said)
        self.assertEqual(written, b'[{"text":"x"},' + record + b"]")

    @unittest.skipIf("DEDUP_SANITIZED" in os.environ, "sanitizers take much memory themselves")
    def test_an_array_of_any_length_takes_no_memory(self):
        peaks = []
        for count in 2000, 60000:
            records = b",\n".join(b'{"id":%d,"text":"%d"}' % (at, at * at) for at in range(count))
            self.file("a.json", b"[" + records + b"]")
            with open(os.path.join(self.folder, "out"), "wb") as out:
                child = subprocess.Popen([DEDUP, "-T1", "--documents=off", "--paragraphs=off",
                                          "a.json"], cwd=self.folder, stdout=out)
                _, status, used = os.wait4(child.pid, 0)
                child.returncode = status
            self.assertEqual((status, self.read("out")), (0, self.read("a.json")))
            peaks.append(used.ru_maxrss)
        self.assertLess(peaks[1], peaks[0] + 12 * 1024, peaks)  # KiB


class Damage(Case):
    GOOD = '{"text":"%s"}' % COPY

    def test_what_is_no_record_passes_in_its_place(self):
        """Each with what is told of it, and whether a copy behind it is still found."""
        good = self.GOOD
        table = [
            (f'[{good}, 5, "a,]", null, [1,{{}}], {good}]', 'not an object', True, 4),
            (f'[{good}, {{"a":1}}, {good}]', 'no field "text"', True, 1),
            (f'[{good}, {{"text":1}}, {good}]', 'field "text" is not a string', True, 1),
            (f'[{good}, {{"text":"a\nb"}}, {good}]', 'a control character', True, 1),
            (f'[{good}, {{"text":"a",}}, {good}]', 'not valid JSON', True, 1),
            (f'[{good}, {{"a":[1}}, {good}]', "", False, 2),
            (f'[{good}, some garbage, {good}]', 'not valid JSON', True, 1),
            (f'[{good} {good}]', 'a comma is missing', True, 1),
            (f'[{good},, {good}]', 'a value is missing', True, 1),
            (f'[,{good}, {good}]', 'a value is missing', True, 1),
            (f'[{good}, {good}, ]', 'a value is missing', True, 1),
            (f'[{good}, {good}', 'the array is cut short', True, 1),
            (f'[{good}, {good},', 'the array is cut short', True, 1),
            (f'[{good}, {good[:-9]}', 'a string without an end', False, 2),
            (f'[{good}]]\n[{good}]', 'not valid JSON', True, 1),
            (f'{good},\n{good}', 'not valid JSON', True, 1),
            (f'# a comment\n{good}\n{good}', 'not valid JSON', True, 1),
            (f'[{good}, {{"text":"a}}, {good}]', "", False, 2),
        ]
        for given, told, found, count in table:
            with self.subTest(given.replace(COPY, "…")):
                written = self.clean(given.encode(), status=1).decode()
                self.assertEqual(written.count(COPY), 1 if found else given.count(COPY))
                self.assertEqual(written.startswith(given[:given.rindex("{")].rstrip(" ,\n[")[:20]), True)
                self.assertIn(told, self.said)
                self.assertEqual(self.said.count("bad line at offset"), count, self.said)

    def test_valid_input_stays_valid_beside_strays(self):
        for given, expected in ((f"[{self.GOOD}, 5, {self.GOOD}]", [5]),
                                (f"[5, {self.GOOD}, {self.GOOD}]", [5]),
                                (f"[{self.GOOD}, {self.GOOD}, 5, [6]]", [5, [6]])):
            written = self.clean(given.encode(), "--keep=none", status=1)
            self.assertEqual(json.loads(written), expected)

    def test_places_are_told(self):
        self.file("a.json", b'[\n  {"text":"x"},\n  {"a":1},\n  5\n]\n')
        self.run_dedup("a.json", status=1)
        self.assertEqual(self.said.splitlines(), [
            'dedup: a.json:3: bad line at offset 20: no field "text"; passed through',
            'dedup: a.json:4: bad line at offset 31: JSON, but not an object; passed through'])

    def test_broken_bytes_become_replacement_characters(self):
        given = b'[{"text":"\xff"}, {"text":"x"}]'
        fixed = given.decode(errors="replace").encode()
        self.assertEqual(self.clean(given, status=1, back=fixed), fixed)


class AtRandom(Case):
    """Arrays in any layout, with copies in any places."""

    def layout(self, maker):
        def blank():
            return maker.choice(["", "", " ", "\n", "\r\n\t", "  \n "])
        values = []
        for at in range(maker.randint(0, 7)):
            text = maker.choice([COPY, OTHER, LONG, f"甲\n{LONG}", "", "創(chuàng)新", f"第{at}"])
            value = {"id": at, "text": text, "a": maker.choice([None, "]},[", {"b": [{}]}])}
            if maker.random() < .1:
                value = maker.choice([5, "a,]", [], {}, [{"text": COPY}], None])
            values.append(json.dumps(value, ensure_ascii=False,
                                     indent=maker.choice([None, 1])))
        inside = "".join((blank() + "," if at else "") + blank() + value
                         for at, value in enumerate(values))
        return f"{blank()}[{inside}{blank()}]{blank()}", values

    def test_layouts(self):
        for seed in range(60):
            maker = random.Random(seed)
            given, values = self.layout(maker)
            options = [maker.choice(["--keep=first", "--keep=none"])]
            options += maker.choice([[], ["--drop-empty"]])
            strays = any("id" not in value for value in values)
            with self.subTest(seed=seed, options=options):
                written = self.clean(given.encode(), *options, status=1 if strays else 0)
                lines = "".join(json.dumps(json.loads(value)) + "\n" for value in values)
                expected = self.run_dedup("-q", "-f", "jsonl", *options, given=lines.encode(),
                                          status=1 if strays else 0)
                self.assertEqual(json.loads(written), list(map(json.loads, expected.splitlines())))

    def test_damage(self):
        for seed in range(60):
            maker = random.Random(seed)
            given = "\n".join(self.layout(maker)[0] for _ in range(2))
            for _ in range(maker.randint(1, 3)):
                at = maker.randrange(len(given) + 1)
                given = given[:at] + maker.choice(['"', "[", "]", "{", "}", ",", "x", "\\", " "]) + \
                    given[at + maker.randint(0, 1):]
            with self.subTest(seed=seed):
                done = subprocess.run([DEDUP, "-q", "-f", "json", "--removed=list", "--keep=none"],
                                      input=given.encode(), cwd=self.folder, capture_output=True,
                                      check=False)
                self.file("clean", done.stdout)
                self.assertEqual(self.run_dedup("restore", "--removed=list", "clean").decode(), given)


class Files(Case):
    def test_recognised(self):
        """By name or by the first bytes of a file."""
        twice, pretty = array(COPY, COPY), array(COPY, COPY, indent=2)
        table = [("a.json", twice), ("b.json", pretty), ("c.json.gz", gzip.compress(pretty)),
                 ("d", pretty), ("e.txt", twice), ("f.json", b"\xef\xbb\xbf \n" + pretty),
                 ("g", b"\xef\xbb\xbf\n [\n" + twice[1:]), ("h.gz", gzip.compress(twice))]
        for name, data in table:
            with self.subTest(name):
                self.file(name, data)
                written = self.run_dedup(name).decode("utf-8-sig")
                self.assertEqual(self.ids(written), [0])
                self.assertEqual(self.said, "" if ".json" in name else f"dedup: {name} " + NOTE)
        for data in twice, pretty, b"\xef\xbb\xbf \n" + twice, b"\n" * 3000 + twice:
            for args in [], ["--keep=none"]:
                written = self.run_dedup(*args, given=data)
                self.assertEqual(self.ids(written.decode("utf-8-sig")), [] if args else [0])
                self.assertEqual(self.said, "dedup: standard input " + NOTE)
        self.assertEqual(self.run_dedup(given=gzip.compress(twice)), twice)  # not by that head
        self.assertIn("give -f json for its records", self.said)
        self.assertEqual(self.ids(self.run_dedup("-f", "json", given=gzip.compress(twice))), [0])
        self.assertEqual(self.ids(self.run_dedup("-q", "-", given=twice)), [0])
        self.assertEqual(self.said, "")

    def test_options_of_records_where_the_input_shows_them(self):
        body = array("甲").replace(b"text", b"body")
        self.assertEqual(self.run_dedup("--field=body", "--drop-empty", given=body), body)
        self.run_dedup("--field=body", given=b"[]", status=64)

    def test_what_only_looks_alike_is_text(self):
        for given in ("[1] 甲\n", "[注] {甲}\n", "[{甲}]\n", "[\n", '["甲"]\n', "[{", '{"text":"甲"}乙\n'):
            self.file("a.txt", given.encode())
            self.assertEqual(self.run_dedup("-q", "a.txt").decode(), given)
            self.assertEqual(self.run_dedup("-q", given=given.encode()).decode(), given)
        self.file("a.txt", array(COPY))
        self.assertEqual(self.run_dedup("-f", "text", "a.txt"), array(COPY))

    def test_lines_in_a_file_called_json(self):
        bad = b'{"text":"a\n'
        lines = json.dumps({"text": COPY}).encode() + b"\n"
        self.file("a.json", lines + bad + lines)
        self.assertEqual(self.run_dedup("a.json", status=1), lines + bad)
        self.file("b.json", lines[:-1])
        self.assertEqual(self.run_dedup("b.json"), lines[:-1])
        self.file("c.jsonl", lines)  # which is one format with it
        self.run_dedup("b.json", "c.jsonl", status=64)
        self.assertEqual(self.run_dedup("-f", "json", given=lines * 2), lines)

    def test_several_files(self):
        self.file("a.json", array(COPY, "甲", indent=1))
        self.file("b.json", b"\n" + array("乙", COPY))
        self.file("c.json", array(COPY) + b"\n")
        self.file("d.json", array("丙"))
        names = "a.json", "b.json", "c.json", "d.json"
        written = self.run_dedup("--removed=list", *names)
        decoder, arrays = json.JSONDecoder(), []
        rest = written.decode()
        while rest := rest.lstrip():
            value, end = decoder.raw_decode(rest)
            arrays.append([each["text"] for each in value])
            rest = rest[end:]
        self.assertEqual(arrays, [[COPY, "甲"], ["乙"], [], ["丙"]])
        self.file("clean", written)
        for name in names:
            back = self.run_dedup("restore", "--removed=list", "--name=" + name, "clean")
            self.assertEqual(back.rstrip(b"\n"), self.read(name).rstrip(b"\n"))

    def test_files_of_their_own(self):
        self.file("a.json", array(COPY, "甲", indent=1))
        self.file("b.json.gz", gzip.compress(array("乙", COPY) + b"\n"))
        self.run_dedup("--output-dir=o", "--removed=list", "a.json", "b.json.gz")
        self.assertEqual(sorted(os.listdir(os.path.join(self.folder, "o"))), ["a.json", "b.json.gz"])
        self.assertEqual(self.read("o/a.json"), self.read("a.json"))
        self.assertEqual(self.ids(gzip.decompress(self.read("o/b.json.gz"))), [0])
        for name in "a.json", "b.json.gz":
            back = self.run_dedup("restore", "--removed=list", "--name=" + name, "o/" + name)
            original = self.read(name)
            self.assertEqual(back, gzip.decompress(original) if name.endswith("gz") else original)

    def test_in_its_own_place(self):
        self.file("a.json", array(COPY, COPY, "甲"))
        self.run_dedup("a.json", "-o", "a.json")
        self.assertEqual(self.ids(self.read("a.json")), [0, 2])

    def test_options(self):
        self.file("a.json", array("甲", indent=1).replace(b"text", b"body"))
        self.assertEqual(self.run_dedup("--field=body", "a.json"), self.read("a.json"))
        for args in (["--to=jsonl"], ["--to=text"], ["--document-separator=="], ["--encoding=gbk"]):
            self.run_dedup(*args, "--field=body", "a.json", status=64)

    def test_threads(self):
        given = array(*(f"第{at % 70}頁" + LONG * 2 for at in range(700)), indent=1)
        one = self.clean(given, "-T1", "--keep=none")
        self.assertEqual(self.clean(given, "-T4", "--keep=none"), one)

    def test_a_list_that_does_not_fit_is_refused(self):
        written = self.clean(array(COPY, COPY, f"甲\n{LONG}"))
        for clean in (written[:-1], written + b"[]x", written.replace("甲".encode(), "乙".encode()),
                      written.replace(b"{", b"5", 1), b""):
            if clean == written[:-1]:
                continue  # of brackets nothing is known but that they are there
            self.file("clean", clean)
            self.run_dedup("restore", "--removed=list", "clean", status=2)

    def test_a_model_is_learned(self):
        self.file("a.json", array(*(f"本站由某某公司运营，转载请联系编辑部。\n第{at}篇" for at in range(9)), indent=1))
        self.run_dedup("learn", "a.json", "-o", "model")
        self.assertTrue(self.read("model"))


if __name__ == "__main__":
    unittest.main()
