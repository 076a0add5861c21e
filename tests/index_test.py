#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/index_test.py DEDUP

--index and dedup index as a user meets them: what a run has seen the next one knows, in whatever
form it comes; nothing is remembered of a run whose output did not come to be; one run writes at a
time; a full disk leaves the index as it was.
"""
import json
import os
import random
import resource
import signal
import subprocess
import time
import unittest

from command_case import DEDUP, CommandCase

WORDS = ["漁港", "燈塔", "清晨", "碼頭", "魚販", "海鷗", "屋脊", "豆漿", "婦人", "孩子", "書包", "巷口",
         "作坊", "匠人", "竹篾", "河堤", "渡船", "茶館", "集市", "雨棚"]


def paragraph(draw):
    return "，".join("".join(draw.choices(WORDS, k=4)) for _ in range(10)) + "。\n"


def documents(count, seed=1):
    """Of which many repeat others, or parts of them, or say nearly the same."""
    draw = random.Random(seed)
    made = []
    for _ in range(count):
        text = "\n".join(paragraph(draw) for _ in range(draw.randint(3, 6)))
        kind = draw.random()
        if made and kind < .15:
            text = draw.choice(made)
        elif made and kind < .3:
            text += "\n" + draw.choice(made).split("\n\n")[0] + "\n"
        elif made and kind < .45:
            text = draw.choice(made).replace("燈塔", "灯台", 1)
        made.append(text)
    return made


def distinct(count):
    draw = random.Random(9)
    return ["\n".join(paragraph(draw) for _ in range(4)) for _ in range(count)]


def records(texts, first=0):
    return "".join(json.dumps({"id": f"d{first + i}", "text": text}, ensure_ascii=False) + "\n"
                   for i, text in enumerate(texts))


class WithIndex(CommandCase):
    def dedup(self, *args, given="", status=0, **more):
        run = subprocess.run([DEDUP, *args], input=given.encode(), cwd=self.folder,
                             capture_output=True, timeout=120, check=False, **more)
        self.assertEqual(run.returncode, status, (args, run.stderr))
        return run.stdout.decode(), run.stderr.decode()

    def edits(self, text):
        """The edits of a list, but for numbers, which each run counts from 0."""
        lines = [json.loads(line) for line in text.splitlines()]
        for line in lines:
            line.pop("document", None)
            line.get("first", {}).pop("document", None)
        return [line for line in lines if "start" in line]

    def info(self, path="seen"):
        return json.loads(self.dedup("index", "info", "--json", path)[0])


class SeveralRuns(WithIndex):
    def test_thousand_documents_in_random_splits(self):
        texts = documents(1000)
        draw = random.Random(5)
        for options in ([], ["--documents=near"]):
            whole = ["-f", "jsonl", *options]
            self.dedup(*whole, "-o", "one", "--removed=one.list", given=records(texts))
            with open(self.path("one"), encoding="utf-8") as file:
                expected = file.read()
            with open(self.path("one.list"), encoding="utf-8") as file:
                removed = self.edits(file.read())
            self.assertGreater(len(removed), 200)
            for runs in (1, 2, 5):
                borders = sorted(draw.randint(0, len(texts)) for _ in range(runs - 1))
                output, lists = "", []
                for start, end in zip([0, *borders], [*borders, len(texts)]):
                    self.dedup(*whole, "--index=seen", "-o", "part", "--removed=part.list",
                               given=records(texts[start:end], start))
                    with open(self.path("part"), encoding="utf-8") as file:
                        output += file.read()
                    with open(self.path("part.list"), encoding="utf-8") as file:
                        lists += self.edits(file.read())
                self.assertEqual(output, expected)
                self.assertEqual(lists, removed)
                self.dedup("index", "check", "seen")
                os.unlink(self.path("seen"))

    def test_the_earlier_document_is_named(self):
        text = documents(1)[0]
        self.file("a.txt", text)
        self.file("b.txt", text)
        self.dedup("--index=seen", "a.txt")
        output, _ = self.dedup("--index=seen", "--removed=list", "-o", "clean", "b.txt")
        with open(self.path("list"), encoding="utf-8") as file:
            edit = json.loads(file.read().splitlines()[1])
        self.assertEqual(edit["first"], {"name": "a.txt", "block": 0})
        self.assertEqual(self.dedup("restore", "--removed=list", "clean")[0], text)
        self.assertIn("(first at a.txt, line 1, in an earlier run)",
                      self.dedup("-v", "--index=seen", "b.txt")[1])
        record = records([text])
        output, _ = self.dedup("-f", "jsonl", "--index=seen", "--verdicts", given=record)
        self.assertEqual(json.loads(output)["first"], {"name": "a.txt"})
        self.assertIn("a.txt:1", self.dedup("diff", "--index=seen", "b.txt")[0])

    def test_outputs_of_all_kinds(self):
        texts = documents(40)
        for i, text in enumerate(texts):
            self.file(f"in/{i:02}.txt", text)
            self.file(f"place/{i:02}.txt", text)
        self.dedup("-q", "-r", "--index=seen", "--output-dir=out", "in")
        self.assertEqual(self.info()["documents"], 40)
        self.dedup("-q", "-r", "--index=seen", "-i", "place")
        self.assertEqual(self.info()["documents"], 80)
        for i in range(40):
            with open(self.path(f"place/{i:02}.txt"), encoding="utf-8") as file:
                self.assertEqual(file.read().strip(), "", i)


class WhatIsNotRemembered(WithIndex):
    def setUp(self):
        super().setUp()
        self.text = documents(1)[0]
        self.file("a.txt", self.text)

    def test_dry_runs_and_looks(self):
        self.dedup("-n", "--index=seen", "a.txt")
        self.dedup("diff", "--index=seen", "a.txt")
        self.assertFalse(os.path.exists(self.path("seen")))
        self.dedup("--index=seen", "a.txt")
        before = self.read("seen")
        self.dedup("-n", "--index=seen", "a.txt")
        self.assertEqual(self.dedup("--index=seen", "--index-mode=read-only", "a.txt")[0], "")
        self.assertEqual(self.read("seen"), before)

    def test_a_run_that_fails(self):
        with open("/dev/full", "wb") as full:
            run = subprocess.run([DEDUP, "--index=seen", "a.txt"], cwd=self.folder, stdout=full,
                                 stderr=subprocess.PIPE, check=False)
        self.assertEqual(run.returncode, 2)
        self.assertFalse(os.path.exists(self.path("seen")))
        self.dedup("--index=seen", "-o", "none/x", "a.txt", status=2)
        self.assertEqual(self.dedup("--index=seen", "a.txt")[0], self.text)

    def test_a_run_that_is_killed(self):
        """It has told what it cleaned to nobody: the same text comes again, and must stay."""
        with subprocess.Popen([DEDUP, "--index=seen", "-o", "x"], cwd=self.folder,
                              stdin=subprocess.PIPE) as run:
            run.stdin.write(self.text.encode())
            run.stdin.flush()
            time.sleep(.2)
            run.kill()
        self.assertEqual(self.dedup("--index=seen", "a.txt")[0], self.text)

    def test_a_stream_commits_as_it_goes(self):
        with subprocess.Popen([DEDUP, "--index=seen", "-f", "jsonl", "--line-buffered"],
                              cwd=self.folder, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE) as run:
            for i, text in enumerate(distinct(4)):
                run.stdin.write(records([text], i).encode())
                run.stdin.flush()
                self.assertTrue(run.stdout.readline())
                time.sleep(2)
            run.kill()
        self.assertGreaterEqual(self.info()["documents"], 3)


class Together(WithIndex):
    def setUp(self):
        super().setUp()
        self.file("a.txt", documents(1)[0])
        self.dedup("--index=seen", "a.txt")

    def writer(self):
        run = subprocess.Popen([DEDUP, "--index=seen", "--index-wait=60", "-"], cwd=self.folder,
                               stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        self.addCleanup(run.wait)
        self.addCleanup(run.stdin.close)
        run.stdin.write(b"\n" * 100_000)  # before which it does not know what it is to read
        run.stdin.flush()
        for _ in range(500):  # until it has the lock
            if "is being written" in self.dedup_fails():
                return run
            time.sleep(.01)
        self.fail("it does not lock")

    def dedup_fails(self):
        return subprocess.run([DEDUP, "--index=seen", "a.txt"], cwd=self.folder, check=False,
                              capture_output=True).stderr.decode()

    def test_a_second_writer_is_told_of_the_first(self):
        first = self.writer()
        self.assertEqual(self.dedup("--index=seen", "a.txt", status=2)[1],
                         f"dedup: seen: is being written by process {first.pid}\n")
        self.dedup("index", "compact", "seen", status=2)
        for _ in range(8):
            self.dedup("--index=seen", "--index-mode=read-only", "a.txt")
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        self.dedup("--index=seen", "a.txt")

    def test_readers_that_die_leave_nothing_behind(self):
        """Eight look while another writes; two are killed, and the rest see what they saw at first:
        what is written meanwhile is new to them. Then its space is used again."""
        texts = distinct(300)
        readers = [subprocess.Popen([DEDUP, "--index=seen", "--index-mode=read-only", "-f", "jsonl",
                                     "--line-buffered", "--verdicts"], cwd=self.folder,
                                    stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                   for _ in range(8)]

        def ask(reader, text):
            reader.stdin.write(records([text]).encode())
            reader.stdin.flush()
            return json.loads(reader.stdout.readline()).get("dropped")

        for number, reader in enumerate(readers):
            self.assertIsNone(ask(reader, texts[number]))
        for reader in readers[:2]:
            reader.kill()
            reader.wait()
        for round_ in range(6):
            self.dedup("-f", "jsonl", "--index=seen", given=records(texts[50 * round_:][:50]))
            self.dedup("index", "check", "seen")
        for number, reader in enumerate(readers[2:]):
            self.assertIsNone(ask(reader, texts[100 + number]))
            self.assertEqual(ask(reader, texts[100 + number]), "duplicate-document")
        for reader in readers:
            reader.stdin.close()
            reader.stdout.close()
            reader.wait()
        self.dedup("index", "compact", "seen")
        self.assertEqual(self.dedup("-f", "jsonl", "--index=seen", given=records(texts))[0], "")

    def test_or_waits(self):
        first = self.writer()
        with subprocess.Popen([DEDUP, "--index=seen", "--index-wait=60", "a.txt"],
                              cwd=self.folder, stdout=subprocess.PIPE) as second:
            time.sleep(.3)
            self.assertIsNone(second.poll())
            first.stdin.close()
            self.assertEqual(second.wait(), 0)

    def test_a_link_is_the_same_index(self):
        os.symlink("seen", self.path("link"))
        first = self.writer()
        self.assertIn(str(first.pid), self.dedup("--index=link", "a.txt", status=2)[1])

    def test_a_file_that_may_only_be_read(self):
        os.chmod(self.path("seen"), 0o400)
        self.dedup("--index=seen", "--index-mode=read-only", "a.txt")
        self.dedup("index", "info", "seen")


class TheFile(WithIndex):
    """It is what a run writes, and no text."""

    def setUp(self):
        super().setUp()
        self.file("in/a.txt", documents(1)[0])
        self.dedup("--index=in/seen", "in/a.txt")
        self.before = self.read("in/seen")

    def test_no_output_takes_its_place(self):
        for output in ("-o", "--removed", "--report"):
            more = [] if output == "-o" else ["-n"]
            with self.subTest(output):
                self.dedup("--index=in/seen", output, "in/seen", *more, "in/a.txt", status=64)
                self.assertEqual(self.read("in/seen"), self.before)
        self.dedup("--index=in/seen", "-i", "in/seen", "in/a.txt", status=64)
        self.assertEqual(self.read("in/seen"), self.before)

    def test_a_tree_that_it_stands_in_is_read_without_it(self):
        _, told = self.dedup("-r", "--index=in/seen", "--output-dir=out", "in")
        self.assertEqual((told, os.listdir(self.path("out/in"))), ("", ["a.txt"]))


class FullDisk(WithIndex):
    def after(self, run, words):
        self.assertEqual(run.returncode, 2, run.stderr)
        self.assertIn(words, run.stderr.decode())
        self.assertIn("seen: ", run.stderr.decode())

    def test_a_limit_of_size(self):
        self.dedup("-f", "jsonl", "--index=seen", given=records(documents(20)))
        before = self.info()

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        run = subprocess.run([DEDUP, "-f", "jsonl", "--index=seen"], cwd=self.folder, check=False,
                             input=records(documents(600, seed=2)).encode(), capture_output=True,
                             preexec_fn=limit)
        self.after(run, "File too large")
        self.dedup("index", "check", "seen")
        after = self.info()
        for fact in ("documents", "blocks", "commits"):
            self.assertEqual(after[fact], before[fact])

    def test_outputs_stay_as_they_were(self):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        self.file("b.txt", documents(1)[0])
        self.dedup("-f", "jsonl", "--index=seen", given=records(documents(600, seed=2)))
        self.assertGreater(os.path.getsize(self.path("seen")), 100_000)
        _, told = self.dedup("--index=seen", "-o", "out", "b.txt", status=2, preexec_fn=limit)
        self.assertEqual(told, "dedup: seen: File too large\n")
        self.assertFalse(os.path.exists(self.path("out")))
        self.assertEqual(self.dedup("--index=seen", "b.txt")[0], documents(1)[0])

    def test_a_full_file_system(self):
        os.mkdir(self.path("disk"))
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "none",
                                  self.path("disk")], capture_output=True, check=False)
        if mounted.returncode != 0:
            self.skipTest("no right to mount")
        self.addCleanup(subprocess.run, ["umount", self.path("disk")], check=True)
        self.dedup("-f", "jsonl", "--index=disk/seen", given=records(documents(20)))
        before = self.info("disk/seen")
        run = subprocess.run([DEDUP, "-f", "jsonl", "--index=disk/seen"], cwd=self.folder,
                             input=records(documents(900, seed=2)).encode(), capture_output=True,
                             check=False)
        self.after(run, "No space left on device")
        self.dedup("index", "check", "disk/seen")
        self.assertEqual(self.info("disk/seen")["documents"], before["documents"])


class Upkeep(WithIndex):
    def test_actions(self):
        texts = documents(30)
        self.dedup("-f", "jsonl", "--index=seen", "--documents=near", given=records(texts))
        table = self.dedup("index", "info", "seen")[0]
        self.assertRegex(table, r"documents +30\n")
        export = self.dedup("index", "export", "seen")[0]
        self.dedup("index", "export", "seen", "-o", "export.jsonl.gz")
        self.dedup("index", "import", "again", "export.jsonl.gz")
        self.assertEqual(self.dedup("index", "export", "again")[0], export)
        self.dedup("index", "import", "empty", given=export.splitlines(True)[0])
        self.dedup("-f", "jsonl", "--index=empty", "--documents=near",
                   given=records(documents(5, seed=8), 30))
        self.dedup("index", "merge", "both", "seen", "empty")
        self.assertEqual(self.info("both")["documents"], 35)
        self.dedup("index", "compact", "both")
        self.dedup("index", "check", "both")
        _, told = self.dedup("index", "forget", "--name=nobody", "both")
        self.assertEqual(told, "dedup: no document was seen so, and nothing is forgotten\n")
        self.dedup("index", "forget", "--before=2100-01-01", "both")
        self.assertEqual(self.info("both")["blocks"], 0)
        self.assertEqual(sorted(os.listdir(self.folder)),
                         ["again", "both", "empty", "export.jsonl.gz", "seen"])

    def test_damage_is_found(self):
        self.dedup("-f", "jsonl", "--index=seen", given=records(documents(200)))
        with open(self.path("seen"), "r+b") as file:
            file.seek(3 * 4096 + 100)
            byte = file.read(1)[0]
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte ^ 1]))
        _, told = self.dedup("index", "check", "seen", status=2)
        self.assertEqual(told, "dedup: seen: damaged at byte 12288\n")


if __name__ == "__main__":
    unittest.main()
