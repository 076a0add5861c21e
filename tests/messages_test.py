#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/messages_test.py DEDUP

Messages are in Chinese where the locale says so, and nothing else changes: not what comes out, not
the status, not what programs read.
"""
import glob
import gzip
import os
import re
import subprocess
import time
import unittest

from command_case import DEDUP, CommandCase

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
CHINESE = {"LC_MESSAGES": "zh_CN.UTF-8"}
NEWS = "七月起，濱海海洋館每週五、六開放夜遊，每晚限二百人，遊客可在海底隧道旁搭帳篷過夜。\n"


class Case(CommandCase):
    def setUp(self):
        super().setUp()
        self.file("a.txt", NEWS)
        self.file("b.txt", NEWS)
        self.file("broken.txt", b"\xe4\xbd\xa0\xff" + NEWS.encode() * 9)
        self.file("gbk.txt", NEWS.encode("gb18030"))
        self.file("a.jsonl", '{"text":"甲"}\n[]\n{}\n{"text":1}\nx\n\n{"text":"\\ud800"}\n')
        self.file("page", "<!doctype html><p>" + NEWS)
        self.file("array", '[{"text":"甲"}]\n')
        self.file("packed.gz", gzip.compress(NEWS.encode())[:-6])
        self.file("trailing.gz", gzip.compress(NEWS.encode()) + b"x")
        self.file("twice.gz", gzip.compress(gzip.compress(NEWS.encode())))
        self.file("table.csv", "a,b\n")
        self.file("lines", "a.txt\n\nb.txt\n")
        self.file("nul", "a.txt\0b.txt\0")
        self.file("bad.rules", "class mine\nloud x\n")
        self.file("folder/c.txt", NEWS)
        os.mkdir(self.path("none"))

    def run_in(self, language, args, given=b""):
        environment = {name: value for name, value in os.environ.items()
                       if name not in ("LANG", "LC_ALL", "LC_MESSAGES")}
        return subprocess.run([DEDUP, *args], cwd=self.folder, input=given, check=False,
                              capture_output=True, env={**environment, **language})


# Each line is what is typed; what it reads from standard input is text.
TYPED = """
--boilerplat=off a.txt
--boilerplate=rules,-x a.txt
--boilerplate=rules,x a.txt
--boilerplate-rules=bad.rules a.txt
--boilerplate-rules=gone a.txt
--boilerplate-model=a.txt a.txt
--keep=frist a.txt
--keep=x a.txt
--removed=
--near=3
--min-block=x
--min-block=9 --min-block-across=3
--threads=9999
--near-threshold=2
--memory=0
--encoding=latin9 a.txt
--encoding=gbk a.jsonl
--document-separator=--- a.jsonl
--document-separator=--- -f html page
--document-separator=--- -f warc page
--field=x a.txt
--field=/~2 a.jsonl
--markup=html a.txt
--markup=html --field=a --field=b a.jsonl
--to=text a.jsonl
--to=jsonl -f json array
--verdicts a.txt
--drop-empty -f html page
--verdicts --removed=x a.jsonl
--index=a.txt a.txt
--index=folder a.txt
--index=folder/gone/x a.txt
--index=b.txt -o b.txt a.txt
--index=x --removed=x -o y a.txt
--index=x --report=x -o y a.txt
-i.b --joblog=x --index=x a.txt
--output-dir=y --index=y/a.txt a.txt
--index-mode=read-only a.txt
--index-mode=x --index=x a.txt
--index=x --index-wait=y a.txt
--index=gone --index-mode=read-only a.txt
--index=x --keep=none a.txt
--index=x --scope=document a.txt
--index=x --scope=wide --near a.txt
shard
shard frist
shard first
shard first a.txt
shard first --near a.txt
shard first --secret=a.txt a.txt
shard first --after=a.txt a.txt
shard settle
shard settle --after=a.txt --part=0
shard settle --after=a.txt --part=0 a b
shard settle --of=all --after=a.txt --part=0 a
shard settle --part=0 a.txt
shard first --slice=0/2 a.txt
shard first --slice=2/2 a.txt
shard first --of=some a.txt
shard keys a.txt
shard keys --secret=gone a.txt
shard keys --secret=a.txt a.txt
shard keys --secret=a.txt --of=all a.txt
shard keys --secret=a.txt --index=x a.txt
shard keys --index=gone a.txt
shard keys --index=a.txt a.txt
shard keys --index=gone --index-mode=update a.txt
shard index
shard index --secret=a.txt a.keys
shard index --secret=a.txt -o x
shard index --secret=a.txt -o x a.txt
shard index -o x a.txt
shard index --secret=a.txt --index=x -o x a.txt
shard index --secret=a.txt --near -o x a.txt
shard keys --secret=a.txt --removed=x a.txt
shard keys --secret=a.txt --keep=none a.txt
shard keys --secret=a.txt --range=x a.txt
shard apply --secret=a.txt a.txt
shard apply --secret=a.txt --first=x --part=x a.txt
--output=x --output-dir=y a.txt
-i
-i -
-i page.html
-i a.warc
-i folder
-i a.txt ./a.txt
-i/x a.txt
-i --removed=list.gz a.txt
-i --removed=lines a.txt
-i broken.txt
-i gbk.txt
-i page
-i packed.gz
-ib* a.txt --resume
--joblog=j a.txt
-i --joblog=j a.txt
-i.b --joblog=- a.txt
-i.b --joblog=j -n a.txt
-i.b --joblog=a.txt a.txt
-i.b --joblog=a.txt --resume a.txt
-i.b --joblog=lines --resume a.txt
-i.b --joblog=j --removed=j a.txt
--output-dir=y -
--output-dir=y ../x
--output-dir=. a.txt
--output-dir=folder -r folder
--removed=x -o x a.txt
--report=x --removed=x a.txt
--report=a.txt a.txt
--report=- a.txt
--report=- --removed=- -n a.txt
--removed=a.txt a.txt
--removed=- a.txt
--output-dir=y --removed=y/a.txt a.txt
-o page -f html page
-o a.txt a.txt -o b.txt
-r
-r none
--files-from=nul
--files0-from=lines
--files-from=lines --files0-from=nul
--files-from=lines a.txt
--files-from=gone
--boilerplate-model=x --boilerplate=off
- -
a.txt a.jsonl
gone a.txt
folder
lern
restore
restore --removed=- -
restore --removed=a.txt a.txt
restore a b --removed=x
diff --removed=x a b
diff --removed=- -
diff --removed=x --near
diff --name=x a.txt
diff -o x a.txt
diff --removed=a.txt
diff gone
learn a.txt --format=warc
index
index inf x
index info
index info gone
index info a.txt
index info a.txt b.txt
index check empty
index compact gone
index merge x
index merge a.txt gone
index merge x gone
index forget x
index forget --before=2025-02-30 x
index forget --name=a gone
index info --name=a x
index import x a.txt
index import x gone
index export --json x
index export gone -o x
broken.txt
broken.txt -o broken.txt
gbk.txt
gbk.txt -o gbk.txt
a.jsonl
page
array
packed.gz
trailing.gz
twice.gz
table.csv
-o none a.txt
-o /dev/full a.txt
"""


class Messages(Case):
    def cases(self):
        for line in TYPED.strip().split("\n"):
            yield line.split()

    def test_each_is_translated(self):
        for args in self.cases():
            with self.subTest(" ".join(args)):
                english = self.run_in({}, args)
                self.setUp()
                chinese = self.run_in(CHINESE, args)
                self.assertEqual((english.returncode, english.stdout),
                                 (chinese.returncode, chinese.stdout))
                lines = english.stderr.decode().splitlines()
                told = chinese.stderr.decode().splitlines()
                self.assertEqual(len(lines), len(told))
                self.assertTrue(lines)
                for before, after in zip(lines, told):
                    self.assertTrue(before.startswith("dedup: ") and after.startswith("dedup: "))
                    self.assertRegex(after, "[\u4e00-\u9fff]", before)
                    self.assertNotRegex(after, r"\b(is|are|the|not|and|for|takes|needs)\b", before)
                self.assertNotRegex(english.stderr.decode().replace("，", ""), "[\u4e00-\u9fff]",
                                    "English is spoken where nothing else is asked for")

    def test_what_programs_read_is_the_same(self):
        for args in (["--stats=json", "-n", "a.txt"], ["--version"], ["--removed=-", "-n", "a.txt"]):
            english, chinese = (self.run_in(language, args) for language in ({}, CHINESE))
            self.assertEqual((english.stdout, english.stderr), (chinese.stdout, chinese.stderr))

    def test_which_variable_counts(self):
        for language, expected in [({"LANG": "zh_TW.UTF-8"}, True),
                                   ({"LANG": "en_GB.UTF-8"}, False),
                                   ({"LANG": "zh_CN", "LC_MESSAGES": "C"}, False),
                                   ({"LANG": "zh_CN", "LC_MESSAGES": ""}, True),
                                   ({"LC_ALL": "C", "LC_MESSAGES": "zh_CN"}, False),
                                   ({"LC_ALL": "zh_CN", "LC_MESSAGES": "C"}, True)]:
            said = self.run_in(language, ["gone"]).stderr.decode()
            self.assertEqual("没有" in said, expected, (language, said))

    def test_names_stay_whole(self):
        for name in "a: b: c", "takes x, not \"y\"", "a; did you mean b?", "damaged", "{*}: {}":
            said = self.run_in(CHINESE, [name]).stderr.decode()
            self.assertEqual(said, f"dedup: {name}：没有这个文件或目录\n")

    def test_a_name_made_to_be_parted_in_many_ways_costs_no_time(self):
        start = time.monotonic()
        for piece in ": ", "; did you mean ", ", not \"", " and ":
            self.run_in(CHINESE, [(piece * 300)[:250]])
            self.run_in(CHINESE, ["--" + piece * 1000])
            self.run_in(CHINESE, ["--" + (piece * 300)[:900]])
        self.assertLess(time.monotonic() - start, 20)


class Table(unittest.TestCase):
    def test_no_form_is_stale(self):
        """The longest piece of each form between holes stands in a source."""
        sources = ""
        for name in glob.glob(f"{ROOT}/tools/**/*.[ch]*", recursive=True) + \
                glob.glob(f"{ROOT}/src/**/*.[ch]*", recursive=True):
            if not name.endswith("catalogue.cc"):
                with open(name, encoding="utf-8") as file:
                    sources += re.sub(r'"\s*\n\s*"', "", file.read())
        with open(f"{ROOT}/tools/listeners/catalogue.cc", encoding="utf-8") as file:
            table = re.sub(r'"\s*\n\s*"', "", file.read())
        table = table[table.index("kMessages[]"):table.index("// -- the system")]
        forms = re.findall(r'\{"((?:[^"\\]|\\.)*)",\s*"', table)
        self.assertGreater(len(forms), 100)
        for form in forms:
            longest = max(re.split(r"\{\*?\}", form), key=len)
            words = longest.strip("; ,:?(").split(" ")
            found = any(" ".join(words[at:at + 3]) in sources for at in range(len(words)))
            self.assertTrue(found, form)


if __name__ == "__main__":
    unittest.main()
