#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/resume_test.py DEDUP [KILLS [SEED]]

Runs over many files that are killed and gone on with: --joblog and --resume.
"""
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import unittest

from command_case import DEDUP, CommandCase

KILLS = int(sys.argv.pop(1)) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 20
SEED = int(sys.argv.pop(1)) if len(sys.argv) > 1 and sys.argv[1].isdigit() else 20261126
BYLINE = "責任編輯：林小滿\n"
STORIES = [f"第{i}個故事：" + text for i, text in enumerate((
    "磨坊旁的水車轉了一百年，木輪換過三次，水聲卻從來沒有變過，來借宿的客人說夜裡總夢見大雨。\n",
    "鐵匠鋪的徒弟第一次打出一把完整的鐮刀，師傅看了半天，只說火候還差一點，第二天卻掛在了門口。\n",
    "山路在第七個彎之後就沒有了欄杆，司機們經過時都會按一聲喇叭，說是給從前修路的人打個招呼。\n",
    "圖書館的燈壞了半個月，來看書的人自己帶了蠟燭，管理員起初反對，後來也帶了一支坐在角落裡。\n"))]


class Case(CommandCase):
    def text(self, name):
        return self.read(name).decode()

    def run_dedup(self, *args, status=0, said="^$"):
        done = self.run_command(*args, status=status)
        self.assertRegex(done.stderr.decode(), said)
        return done.stdout.decode()

    def corpus(self, count=200):
        """Files with repeats of one another, some damaged; returns them by name."""
        texts = {}
        for i in range(count):
            text = f"第{i}篇文章。\n" + STORIES[i % 4] * 2 + BYLINE * (i % 3)
            data = text.encode() + (b"\xff\n" if i % 50 == 49 else b"")
            texts[self.file(f"t/{i % 7}/{i:03}.txt", data)] = data
        return texts

    def tree(self, folder):
        """All files below a folder, by name."""
        found = {}
        for path, _, files in os.walk(self.path(folder)):
            for name in files:
                whole = os.path.join(path, name)
                with open(whole, "rb") as file:
                    found[os.path.relpath(whole, self.path(folder))] = file.read()
        return found

    def lines(self, log="log"):
        return [json.loads(line) for line in self.text(log).splitlines()]


class Logs(Case):
    def test_a_line_for_each_file(self):
        self.file("a.txt", "甲。\n" + BYLINE)
        self.file("b.txt", b"\xff\n")
        self.run_dedup("-i.bak", "--joblog=log", "a.txt", "b.txt", "none", status=2, said="none")
        head, a, b, none = self.lines()
        self.assertEqual((head["files"], head["options"]), (3, ["--in-place=.bak"]))
        self.assertEqual((a["number"], a["file"], a["status"], a["fault"]), (0, "a.txt", 0, ""))
        self.assertEqual((a["input"]["bytes"], a["output"]["bytes"]), (32, 7))
        self.assertEqual(a["output"]["mtime"], self.mtime("a.txt"))
        self.assertGreaterEqual(a["seconds"], 0)
        self.assertEqual((b["output"], b["status"]), (None, 2))
        self.assertIn("not replaced, as not all of it decodes", b["fault"])
        self.assertEqual((none["input"], none["output"], none["status"]), (None, None, 1))
        self.assertEqual(none["fault"], "none: No such file or directory")

    def mtime(self, name):
        seconds, rest = divmod(os.stat(self.path(name)).st_mtime_ns, 10**9)
        return f"{seconds}.{rest:09}"

    def test_refusals(self):
        self.file("a.txt", "甲。\n")
        for typed, said in (
                (["--resume", "-i.b", "a.txt"], "--resume needs --joblog"),
                (["--joblog=log", "a.txt"], "--joblog is for"),
                (["--joblog=log", "-i", "a.txt"], "needs the originals"),
                (["--joblog=log", "-n", "-i.b", "a.txt"], "--dry-run writes nothing"),
                (["--joblog=-", "-i.b", "a.txt"], "--joblog needs a file"),
                (["--joblog=log", "-i.b", "--removed=log", "a.txt"], "name the same file"),
                (["--joblog=log", "--output-dir=o", "--removed=x.gz", "a.txt"], "not compressed"),
                (["--joblog=a.txt", "-i.b", "a.txt"], "a.txt: is there already"),
                (["--joblog=a.txt", "--resume", "-i.b", "a.txt"], "a.txt: is no log of a job")):
            with self.subTest(typed):
                self.run_dedup(*typed, status=64, said=said)
        self.assertEqual(os.listdir(self.folder), ["a.txt"])

    def test_a_log_that_is_there_is_gone_on_with_or_refused(self):
        self.file("a.txt", "甲。\n" + BYLINE)
        self.run_dedup("-i.b", "--joblog=log", "--resume", "a.txt")  # none is there: anew
        log = self.read("log")
        self.run_dedup("-i.b", "--joblog=log", "a.txt", status=64, said="log: is there already")
        self.run_dedup("-i.b", "--joblog=log", "--resume", "a.txt")
        self.assertEqual(self.read("log"), log)
        self.assertEqual([self.text("a.txt"), self.text("a.txt.b")], ["甲。\n", "甲。\n" + BYLINE])

    def test_another_job_is_refused_by_name(self):
        self.file("a.txt", "甲。\n")
        self.file("b.txt", "乙。\n")
        self.file("rules", "class disclaimer\nstrong 本站新規\n")
        base = ["-i.b", "--boilerplate-rules=rules", "--joblog=log"]
        self.run_dedup(*base, "a.txt")
        again = [*base, "--resume"]
        for typed, said in (
                ([*again, "--near", "a.txt"], "log was begun without --near"),
                ([*again[1:], "-i.c", "a.txt"], "log was begun without --in-place=.c"),
                (["-i.b", "--joblog=log", "--resume", "a.txt"], "begun with --boilerplate-rules"),
                ([*again, "a.txt", "b.txt"], "log was begun for other files, 1 of them"),
                ([*again, "b.txt"], "log was begun for other files")):
            with self.subTest(typed):
                self.run_dedup(*typed, status=64, said=said)
        self.run_dedup(*again, "-T1", "--memory=64M", "-v", "--stats", "a.txt", said="documents")
        self.file("rules", "class disclaimer\nstrong 本站舊規\n")
        self.run_dedup(*again, "a.txt", status=64, said="log was begun without rules=")

    def test_an_input_that_changed_is_refused_by_name(self):
        for option in ("-i.b", "--output-dir=out"):
            for name in ("a.txt", "b.txt"):
                self.file(name, name + "。\n" + BYLINE)
            self.run_dedup(option, "--joblog=log", "a.txt", "b.txt")
            name = "b.txt.b" if option == "-i.b" else "b.txt"
            with open(self.path(name), "a", encoding="utf-8") as file:
                file.write("新。\n")
            self.run_dedup(option, "--joblog=log", "--resume", "a.txt", "b.txt", status=2,
                           said="^dedup: b.txt: changed since log told of it")
            os.unlink(self.path("log"))

    def test_a_log_cut_short(self):
        texts = self.corpus(6)
        self.run_dedup("-r", "--output-dir=out", "--joblog=log", "t")
        log, out = self.read("log"), self.tree("out")
        os.rename(self.path("out"), self.path("first"))
        for cut in range(0, len(log), 97):
            self.file("log", log[:cut])
            shutil.rmtree(self.path("out"), ignore_errors=True)
            shutil.copytree(self.path("first"), self.path("out"))  # with its times
            self.run_dedup("-r", "--output-dir=out", "--joblog=log", "--resume", "t")
            self.assertEqual([line["number"] for line in self.lines()[1:]], list(range(6)))
            self.assertEqual(self.tree("out"), out)
        self.assertEqual(self.tree("t"), {name[2:]: data for name, data in texts.items()})

    def test_an_output_that_went_is_written_again(self):
        self.corpus(6)
        self.run_dedup("-r", "--output-dir=out", "--joblog=log", "t")
        out = self.tree("out")
        os.unlink(self.path("out/t/3/003.txt"))
        kept = os.stat(self.path("out/t/2/002.txt")).st_ino
        self.run_dedup("-r", "--output-dir=out", "--joblog=log", "--resume", "t")
        self.assertEqual(self.tree("out"), out)
        self.assertEqual(os.stat(self.path("out/t/2/002.txt")).st_ino, kept)

    def test_two_runs_do_not_write_one_log(self):
        self.corpus(3)
        self.run_dedup("-r", "--output-dir=out", "--joblog=log", "t")
        script = 'exec 9<log; flock 9; "$0" -r --output-dir=out --joblog=log --resume t'
        done = subprocess.run(["bash", "-c", script, DEDUP], cwd=self.folder, check=False,
                              stderr=subprocess.PIPE)
        self.assertEqual((done.returncode, done.stderr.decode()),
                         (64, "dedup: log: another run writes it\n"))


class Equal(Case):
    def test_files_without_a_last_line_end(self):
        """Regression: what is not written again was read into one target for all files."""
        for i in range(3):
            self.file(f"f{i}.txt", f"第{i}頁，沒有最後的換行")
        job = ["--output-dir=out", "--joblog=log", "--removed=list", "f0.txt", "f1.txt", "f2.txt"]
        self.run_dedup(*job)
        listed = self.read("list")
        self.run_dedup(*job, "--resume")
        self.assertEqual(self.read("list"), listed)

    def test_options_in_another_order(self):
        self.file("a.jsonl", '{"a":"甲","b":"乙"}\n')
        job = ["--output-dir=out", "--joblog=log", "a.jsonl"]
        self.run_dedup("--field=a", "--field=b", *job)
        self.run_dedup("--field=b", "--field=a", *job, "--resume", status=64,
                       said="^dedup: log was begun with its options in another order")

    def test_what_could_not_be_read_is_tried_again(self):
        self.file("a.txt", "甲\n")
        self.file("b.txt.gz", b"\x1f\x8b\x08")
        job = ["--keep=none", "--output-dir=out", "--joblog=log", "a.txt", "b.txt.gz"]
        self.run_dedup(*job, status=2, said="b.txt.gz")
        self.assertNotEqual(self.lines()[2]["status"], 0)
        self.run_dedup(*job, "--resume", status=2, said="b.txt.gz: offset")


class Killed(Case):
    """Runs are killed until one gets through, many times over; all equals a run left in peace."""

    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)
        self.originals = self.corpus()
        shutil.copytree(self.path("t"), self.path("fresh"))

    def whole(self, options):
        """The result of a run that nobody kills, and how long it took."""
        start = time.monotonic()
        done = subprocess.run([DEDUP, *options], cwd=self.folder, check=False,
                              stderr=subprocess.PIPE)
        taken = time.monotonic() - start
        return (done.returncode, done.stderr), taken

    def renew(self):
        for name in ("t", "out", "list", "log"):
            path = self.path(name)
            shutil.rmtree(path) if os.path.isdir(path) else os.path.exists(path) and os.unlink(path)
        shutil.copytree(self.path("fresh"), self.path("t"))

    def kill_at_random(self, options, check, longest):
        """Runs it until it ends by itself, killed after ever more time; checks behind each kill."""
        kills, patience = 0, longest
        while True:
            with subprocess.Popen([DEDUP, *options], cwd=self.folder,
                                  stderr=subprocess.PIPE) as run:
                try:
                    said = run.communicate(timeout=self.random.uniform(0.001, patience))[1]
                except subprocess.TimeoutExpired:
                    run.send_signal(signal.SIGKILL)
                    said = run.communicate()[1]
            if run.returncode != -signal.SIGKILL:
                return (run.returncode, said), kills
            kills += 1
            patience *= 1.1
            check()

    def run_killed(self, options, check):
        """KILLS kills in all, each series ending in the result of an uninterrupted run."""
        wanted, taken = self.whole(options)
        tree, edits = self.tree("out" if "-i.bak" not in options else "t"), self.read("list")
        lines = [line["output"] and line["output"]["bytes"] for line in self.lines()[1:]]
        kills = 0
        while kills < KILLS:
            self.renew()
            ended, count = self.kill_at_random([*options, "--resume"], check, taken)
            kills += count
            self.assertEqual(ended, wanted)
            self.assertEqual(self.tree("out" if "-i.bak" not in options else "t"), tree)
            self.assertEqual(self.read("list"), edits)
            last = {line["number"]: line["output"] and line["output"]["bytes"]
                    for line in self.lines()[1:]}
            self.assertEqual([last[i] for i in sorted(last)], lines)

    def test_in_place(self):
        options = ["-r", "-i.bak", "--removed=list", "--joblog=log", "--stats=json", "t"]
        self.whole(options)
        new = self.tree("t")
        self.renew()

        def check():
            for name, old in self.originals.items():
                name = name[2:]
                found = self.tree_file("t/" + name)
                self.assertIn(found, (old, new[name]), name)
                if found != old:  # then the old one is beside it, and the list tells of it
                    self.assertEqual(self.tree_file(f"t/{name}.bak"), old)
                    self.assertIn(f'"name":"t/{name}"'.encode(), self.read("list"))

        self.run_killed(options, check)
        self.assertEqual([name for path, folders, _ in os.walk(self.path("t"))
                          for name in folders if name.startswith(".dedup-")], [])

    def test_apart(self):
        options = ["-r", "--output-dir=out", "--removed=list", "--joblog=log", "--stats=json", "t"]

        def check():
            for name, old in self.originals.items():
                self.assertEqual(self.tree_file(name), old)

        self.run_killed(options, check)

    def tree_file(self, name):
        return self.read(name)


if __name__ == "__main__":
    unittest.main()
