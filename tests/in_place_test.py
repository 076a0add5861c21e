#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/in_place_test.py DEDUP

Files that are replaced where they stand: -i.
"""
import gzip
import json
import os
import signal
import stat
import subprocess
import time
import unittest

from command_case import DEDUP, CommandCase

BYLINE = "責任編輯：林小滿\n"
STORY = ("漁港的清晨總是從燈塔熄滅的那一刻開始，船一條接一條靠上碼頭，魚販們蹲在筐邊挑揀，"
         "海鷗落在屋脊上等著，賣豆漿的婦人推著車沿街叫賣，孩子們背著書包從巷口跑出來。\n")
BAD = "一行好字。\n".encode() + b"\xe4\xb8\xff\n"


class Case(CommandCase):
    def text(self, name):
        return self.read(name).decode()

    def names(self, folder="."):
        return sorted(os.listdir(self.path(folder)))

    def run_dedup(self, *args, status=0, said="^$", given=b""):
        done = self.run_command(*args, status=status, given=given)
        self.assertRegex(done.stderr.decode(), said)
        self.assertEqual([name for _, folders, files in os.walk(self.folder)
                          for name in folders + files if name.startswith(".dedup-")], [])
        return done.stdout.decode()


class Replacing(Case):
    def test_each_file_becomes_its_clean_text(self):
        self.file("a.txt", "甲。\n" + STORY + BYLINE)
        self.file("b/b.txt", "乙。\n" + STORY)
        self.assertEqual(self.run_dedup("-i", "a.txt", "b/b.txt"), "")
        self.assertEqual(self.text("a.txt"), "甲。\n" + STORY)
        self.assertEqual(self.text("b/b.txt"), "乙。\n")
        self.assertEqual(self.names(), ["a.txt", "b"])

    def test_the_ways_to_type_it(self):
        for typed in (["-i"], ["--in-place"], ["-qi"], ["-i*"]):
            self.file("a.txt", "甲。\n" + BYLINE)
            self.run_dedup(*typed, "a.txt")
            self.assertEqual(self.text("a.txt"), "甲。\n")
            self.assertEqual(self.names(), ["a.txt"])
        for typed, backup in (("-i.bak", "a.txt.bak"), ("--in-place=.bak", "a.txt.bak"),
                              ("-ri~", "a.txt~"), ("-iold-*", "old-a.txt"),
                              ("-i*-*", "a.txt-a.txt")):
            with self.subTest(typed):
                self.file("a.txt", "甲。\n" + BYLINE)
                self.run_dedup(typed, "a.txt")
                self.assertEqual(self.text("a.txt"), "甲。\n")
                self.assertEqual(self.text(backup), "甲。\n" + BYLINE)
                self.assertEqual(self.names(), sorted(["a.txt", backup]))
                os.unlink(self.path(backup))

    def test_a_tree_and_a_list(self):
        for name in ("t/a", "t/s/b"):
            self.file(name, name + "。\n" + BYLINE)
        self.run_dedup("-r", "-i", "t")
        self.assertEqual([self.text("t/a"), self.text("t/s/b")], ["t/a。\n", "t/s/b。\n"])
        self.file("t/a", "甲。\n" + BYLINE)
        self.run_dedup("-i", "--files-from=-", given=b"t/a\n")
        self.assertEqual(self.text("t/a"), "甲。\n")

    def test_records_stay_records(self):
        self.file("a.jsonl", json.dumps({"id": 1, "text": "甲。\n" + BYLINE}) + "\n")
        self.run_dedup("-i", "a.jsonl")
        self.assertEqual(json.loads(self.text("a.jsonl")), {"id": 1, "text": "甲。\n"})
        self.file("b.json", json.dumps([{"text": "甲。\n" + BYLINE}]))
        self.run_dedup("-i", "b.json")
        self.assertEqual(json.loads(self.text("b.json")), [{"text": "甲。\n"}])

    def test_more_files_than_a_group_and_than_descriptors(self):
        for i in range(600):
            self.file(f"t/{i % 40}/{i}", f"第{i}篇。\n" + BYLINE)
        script = 'ulimit -n 16; "$0" -r -i.bak --removed=list --joblog=log t'
        self.assertEqual(subprocess.run(["bash", "-c", script, DEDUP], cwd=self.folder,
                                        check=False).returncode, 0)
        for i in range(600):
            self.assertEqual(self.text(f"t/{i % 40}/{i}"), f"第{i}篇。\n")
            self.assertEqual(self.text(f"t/{i % 40}/{i}.bak"), f"第{i}篇。\n" + BYLINE)

    def test_a_dry_run_replaces_nothing(self):
        self.file("a.txt", BYLINE)
        self.run_dedup("-n", "-i.bak", "--removed=list", "a.txt")
        self.assertEqual(self.text("a.txt"), BYLINE)
        self.assertEqual(self.names(), ["a.txt", "list"])


class Manners(Case):
    def test_the_mode_stays_and_the_time_is_new(self):
        self.file("a.txt", BYLINE)
        os.chmod(self.path("a.txt"), 0o640)
        os.utime(self.path("a.txt"), (1, 1))
        self.run_dedup("-i.bak", "a.txt")
        self.assertEqual(stat.S_IMODE(os.stat(self.path("a.txt")).st_mode), 0o640)
        self.assertGreater(os.stat(self.path("a.txt")).st_mtime, time.time() - 600)
        self.assertEqual(os.stat(self.path("a.txt.bak")).st_mtime, 1)

    @unittest.skipIf(os.geteuid() != 0, "only root can give files away")
    def test_the_owner_stays(self):
        self.file("a.txt", BYLINE)
        os.chown(self.path("a.txt"), 12345, 23456)
        self.run_dedup("-i", "a.txt")
        found = os.stat(self.path("a.txt"))
        self.assertEqual((found.st_uid, found.st_gid), (12345, 23456))

    def test_a_link_stays_and_what_it_leads_to_is_replaced(self):
        self.file("far/a.txt", BYLINE)
        os.symlink("far/a.txt", self.path("link"))
        self.run_dedup("-i.bak", "link")
        self.assertEqual(os.readlink(self.path("link")), "far/a.txt")
        self.assertEqual(self.names("far"), ["a.txt", "a.txt.bak"])
        self.assertEqual(self.text("far/a.txt"), "")

    def test_other_names_of_a_file_keep_the_old_text(self):
        self.file("a.txt", "甲。\n" + BYLINE)
        os.link(self.path("a.txt"), self.path("other"))
        self.run_dedup("-i", "a.txt",
                       said=r"^dedup: a.txt: has other names \(hard links\), under which the old "
                            r"text stays\n$")
        self.assertEqual([self.text("a.txt"), self.text("other")], ["甲。\n", "甲。\n" + BYLINE])
        self.run_dedup("-qi", "other")

    def test_what_is_compressed_stays_so(self):
        self.file("a.txt.gz", gzip.compress(("甲。\n" + BYLINE).encode()))
        self.run_dedup("-i", "a.txt.gz")
        self.assertEqual(gzip.decompress(self.read("a.txt.gz")).decode(), "甲。\n")
        packed = gzip.compress(("甲。\n" + BYLINE).encode())
        self.file("b.txt", packed)
        self.file("c.gz", "丙。\n" + BYLINE)
        self.run_dedup("-i", "b.txt", "c.gz", status=2,
                       said="b.txt: not replaced, as it is compressed.*\n"
                            "dedup: c.gz: not replaced, as it is not compressed, and would be")
        self.assertEqual([self.read("b.txt"), self.text("c.gz")], [packed, "丙。\n" + BYLINE])


class Refusals(Case):
    """Nothing is read or written."""

    def test_what_has_no_place(self):
        self.file("a.txt", BYLINE)
        self.file("t/b.txt", BYLINE)
        os.mkfifo(self.path("pipe"))
        for typed, said in (
                (["-i"], "no place for standard input"),
                (["-i", "a.txt", "-"], "no place for standard input"),
                (["-i", "a.txt", "t"], "t: Is a directory; -r reads"),
                (["-i", "a.txt", "pipe"], "pipe: --in-place replaces regular files only"),
                (["-i", "a.txt", "x.html"], "x.html: --in-place would leave the text of a page"),
                (["-i", "-fhtml", "a.txt"], "a.txt: --in-place would leave the text of a page"),
                (["-i", "a.warc.gz"], "leaves files in their format"),
                (["-i", "--to=jsonl", "a.txt"], "leaves files in their format"),
                (["-i", "a.txt", "./a.txt"], "a.txt: --in-place takes each file once"),
                (["-i", "-o", "x", "a.txt"], "--in-place and --output exclude each other"),
                (["-i", "--output-dir=x", "a.txt"], "--output-dir and --in-place exclude"),
                (["-ibak/*", "a.txt"], "a backup stands beside its file"),
                (["-i", "-i.bak", "a.txt"], "--in-place is given twice"),
                (["--in-place=", "a.txt"], "--in-place needs a value"),
                (["-i", "--removed=x.gz", "a.txt"], "x.gz: a list that grows .* not compressed")):
            with self.subTest(typed):
                self.run_dedup(*typed, status=64, said=said)
        self.assertEqual(self.text("a.txt"), BYLINE)
        self.assertEqual(self.names(), ["a.txt", "pipe", "t"])

    def test_a_list_that_may_lead_back_is_not_written_over(self):
        self.file("a.txt", "甲。\n" + BYLINE)
        self.run_dedup("-i", "--removed=list", "a.txt")
        list_before = self.read("list")
        self.run_dedup("-i", "--removed=list", "a.txt", status=64, said="list: is there already")
        self.assertEqual(self.read("list"), list_before)


class Backups(Case):
    def test_what_tells_of_the_run_is_not_written_over_one(self):
        for option in "--report", "--removed":
            self.file("c.txt", "丙。\n" + BYLINE)
            self.run_dedup("-i.bak", f"{option}=./c.txt.bak", "c.txt", status=64,
                           said=f"^dedup: {option} names the file that keeps what c.txt holds")
            self.assertEqual(self.text("c.txt"), "丙。\n" + BYLINE)
            self.assertEqual(self.names(), ["c.txt"])


class StayingAsTheyAre(Case):
    """A file that cannot be replaced is named, and those around it are."""

    def setUp(self):
        super().setUp()
        for name in ("a.txt", "b.txt", "c.txt"):
            self.file(name, name + "。\n" + BYLINE)

    def assert_left(self, *typed, said, stays="b.txt", status=2):
        old = self.read(stays)
        self.run_dedup("-i", *typed, "a.txt", "b.txt", "c.txt", status=status, said=said)
        self.assertEqual([self.text("a.txt"), self.read(stays), self.text("c.txt")],
                         ["a.txt。\n", old, "c.txt。\n"])

    def test_bytes_that_do_not_decode(self):
        self.file("b.txt", BAD)
        self.assert_left(said="\ndedup: b.txt: not replaced, as not all of it decodes")
        self.run_dedup("-i", "--replace-damaged", "b.txt", status=1, said="2 broken byte")
        self.assertEqual(self.text("b.txt"), "一行好字。\n\ufffd\ufffd\n")

    def test_a_charset_that_is_a_guess(self):
        self.file("b.txt", (STORY * 2).encode("gb18030"))
        self.assert_left(said="b.txt: not replaced, as its charset is a guess")
        self.run_dedup("-i", "--encoding=gb18030", "b.txt")
        self.assertEqual(self.text("b.txt"), STORY)

    def test_a_page_known_by_its_start(self):
        self.file("b.txt", "<!DOCTYPE html><title>題</title><p>" + STORY)
        self.assert_left(said="b.txt: not replaced, as of its HTML only the text would be left")

    def test_a_file_that_cannot_be_read_to_its_end(self):
        self.file("b.txt", gzip.compress(STORY.encode())[:-4])
        self.assert_left(said="b.txt: offset .* ends too early")

    def test_a_file_that_is_not_there(self):
        self.run_dedup("-i", "a.txt", "none", "c.txt", status=1, said="none: No such file")
        self.assertEqual([self.text("a.txt"), self.text("c.txt")], ["a.txt。\n", "c.txt。\n"])

    def test_a_backup_that_is_there_is_not_written_over(self):
        self.file("b.txt.bak", "舊。\n")
        self.run_dedup("-i.bak", "a.txt", "b.txt", "c.txt", status=2,
                       said="^dedup: b.txt: not replaced, as b.txt.bak is there already\n$")
        self.assertEqual([self.text("b.txt"), self.text("b.txt.bak")],
                         ["b.txt。\n" + BYLINE, "舊。\n"])
        self.assertEqual([self.text("a.txt"), self.text("c.txt")], ["a.txt。\n", "c.txt。\n"])

    def test_a_backup_that_is_the_file_itself_was_left_by_a_kill(self):
        os.link(self.path("a.txt"), self.path("a.txt.bak"))
        self.run_dedup("-i.bak", "a.txt")
        self.assertEqual([self.text("a.txt"), self.text("a.txt.bak")],
                         ["a.txt。\n", "a.txt。\n" + BYLINE])

    def test_backups_of_a_tree_are_not_read(self):
        self.file("t/a", "甲。\n" + BYLINE)
        self.run_dedup("-r", "-i.bak", "t")
        self.run_dedup("-r", "-i.bak", "t", status=2, said="^dedup: t/a: not .*bak is there al.*\n$")
        self.assertEqual(self.names("t"), ["a", "a.bak"])

    def test_a_file_that_may_not_be_written(self):
        if os.geteuid() == 0:
            self.skipTest("root may write everything")
        os.chmod(self.path("b.txt"), 0o444)
        self.assert_left(said="b.txt: not replaced, as Permission denied")

    def test_a_file_that_changes_while_the_run_goes_on(self):
        """The third file is so large that the second can be changed before both are settled."""
        self.file("c.txt", "".join(f"第{i}段。\n" for i in range(1_000_000)))
        run = subprocess.Popen([DEDUP, "-i", "-T1", "a.txt", "b.txt", "c.txt"], cwd=self.folder,
                               stderr=subprocess.PIPE)
        try:
            while not any(name.startswith(".dedup-") and
                          len(os.listdir(self.path(name))) == 3 for name in self.names()):
                self.assertIsNone(run.poll(), "over too soon")
                time.sleep(0.001)
            run.send_signal(signal.SIGSTOP)
            with open(self.path("b.txt"), "a", encoding="utf-8") as file:
                file.write("新的一行。\n")
        finally:
            run.send_signal(signal.SIGCONT)
            said = run.communicate()[1].decode()
        self.assertEqual(said, "dedup: b.txt: not replaced, as it changed since it was opened\n")
        self.assertEqual(run.returncode, 2)
        self.assertEqual(self.text("b.txt"), "b.txt。\n" + BYLINE + "新的一行。\n")
        self.assertEqual(self.text("a.txt"), "a.txt。\n")

    def test_what_a_file_that_stays_holds_counts_as_seen(self):
        self.file("b.txt", "乙。\n".encode() + STORY.encode() + b"\xff\n")
        self.file("c.txt", "丙。\n" + STORY)
        self.run_dedup("-i", "b.txt", "c.txt", status=2, said="b.txt: not replaced")
        self.assertEqual(self.text("c.txt"), "丙。\n")


class Lists(Case):
    def test_the_list_leads_back_to_every_file(self):
        texts = {f"{i}.txt": f"第{i}篇。\n" + STORY + (BYLINE if i % 2 else "") for i in range(9)}
        for name, text in texts.items():
            self.file(name, text)
        self.run_dedup("-i", "--removed=list", *texts)
        for name, text in texts.items():
            self.assertEqual(self.run_dedup("restore", "--removed=list", "--name=" + name, name),
                             text)

    def test_to_standard_output(self):
        self.file("a.txt", "甲。\n" + BYLINE)
        out = self.run_dedup("-i", "--removed=-", "a.txt")
        self.assertIn('"separate":true', out.splitlines()[0])
        self.assertIn("責任編輯", out)

    def test_statistics_are_those_of_any_run(self):
        for name in ("a.txt", "b.txt"):
            self.file(name, name + "。\n" + STORY + BYLINE)
        told = self.run_command("--stats=json", "-n", "a.txt", "b.txt").stderr
        self.assertEqual(self.run_command("--stats=json", "-i", "a.txt", "b.txt").stderr, told)


class Leftovers(Case):
    def test_what_a_killed_run_left_is_cleared_away(self):
        self.file("t/a.txt", "甲。\n" + BYLINE)
        self.file("t/.dedup-0123456789/0", "半")
        self.run_dedup("-i", "t/a.txt")
        self.assertEqual(self.names("t"), ["a.txt"])


class FullDisk(Case):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("small"))
        if self.mount("size=256k").returncode != 0:
            self.skipTest("no file system can be mounted here")
        self.addCleanup(subprocess.run, ["umount", self.path("small")], check=True)

    def mount(self, options):
        return subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs",
                               self.path("small")], check=False, stderr=subprocess.DEVNULL)

    def test_it_is_told_with_the_file_and_nothing_changes(self):
        texts = {f"small/{name}": "".join(f"{name}第{i}段在此。\n" for i in range(count))
                 for name, count in (("a", 100), ("b", 9000))}
        for name, text in texts.items():
            self.file(name, text)
        self.run_dedup("-i", *texts, status=2, said="^dedup: small/b: No space left on device\n$")
        for name, text in texts.items():
            self.assertEqual(self.text(name), text)

    def test_what_was_replaced_before_stays_so_and_the_job_can_be_gone_on_with(self):
        self.mount("remount,size=1m")
        texts = {self.file(f"small/{i:03}", f"第{i}篇。\n" + BYLINE): f"第{i}篇。\n"
                 for i in range(70)}
        texts[self.file("small/x", "".join(f"第{i}段在此。\n" for i in range(15000)))] = None
        job = ["-i.bak", "--joblog=log", "--removed=list", *texts]
        self.run_dedup(*job, status=4,
                       said="^dedup: small/x: No space left on device; [0-9]+ files were written")
        self.assertEqual([self.text(f"small/{i:03}") for i in (0, 63)], ["第0篇。\n", "第63篇。\n"])
        self.assertIn("第14999段在此。", self.text("small/x"))
        self.mount("remount,size=8m")
        self.run_dedup("--resume", *job)
        for name, text in texts.items():
            self.assertEqual(self.text(name), text or self.text("small/x.bak"))
            self.assertEqual(self.run_dedup("restore", "--removed=list", "--name=" + name, name),
                             self.text(name + ".bak"))


if __name__ == "__main__":
    unittest.main()
