#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/script_test.py DEDUP

One script for what stays, and one form of Unicode: the same verdicts, an account of every change,
and the same characters as OpenCC's own program, where that is installed.
"""
import json
import shutil
import subprocess
import sys
import unittest

from command_case import DEDUP, CommandCase

CONVERTS = "needs OpenCC" not in subprocess.run(
    [DEDUP, "--script=simplified"], stdin=subprocess.DEVNULL, check=False,
    stdout=subprocess.PIPE, stderr=subprocess.PIPE).stderr.decode()

SIMPLIFIED = """滨海海洋馆今夏开放夜游
七月起，滨海海洋馆每周五、六开放夜游，每晚限二百人。游客可在海底隧道旁搭帐篷过夜，看鱼群在微光里穿行，清晨再由讲解员带领喂食企鹅。
馆方表示，夜间开放以来&hellip;&hellip;一位难求 ，八月场次已于昨日售完，皇后号游船的发动机也在检修。
免责声明：本网转载此文出于传递更多信息之目的，并不代表本网赞同其观点。
七月起，濱海海洋館每週五、六開放夜遊，每晚限二百人。遊客可在海底隧道旁搭帳篷過夜，看魚群在微光裡穿行，清晨再由講解員帶領餵食企鵝。
他的头发白了，面包很干燥，只有一只表还在里面走。
"""
TRADITIONAL = """濱海海洋館今夏開放夜遊
七月起，濱海海洋館每週五、六開放夜遊，每晚限二百人。遊客可在海底隧道旁搭帳篷過夜，看魚群在微光裡穿行，清晨再由講解員帶領餵食企鵝。
館方表示，夜間開放以來……一位難求，八月場次已於昨日售完，皇后號遊船的發動機也在檢修。
他的頭髮白了，麵包很乾燥，只有一隻表還在裡面走。
"""


def removals(listing):
    """What was removed, and why; without the changes of what stays."""
    edits = [json.loads(line) for line in listing.splitlines()]
    return [{key: value for key, value in edit.items() if key != "replacement"}
            for edit in edits if "start" in edit and edit["reason"] != "repair"]


@unittest.skipUnless(CONVERTS, "a build without OpenCC")
class Scripts(CommandCase):
    def test_what_stays_is_written_in_the_script_that_is_asked_for(self):
        self.file("in", SIMPLIFIED)
        self.assertEqual(self.run_command("--script=traditional", "in").stdout.decode(),
                         TRADITIONAL)
        self.assertEqual(self.run_command("--script=simplified", "in").stdout,
                         self.run_command("in").stdout)

    def test_verdicts_are_the_same_and_restore_gives_back_all(self):
        self.file("in", SIMPLIFIED)
        plain = self.run_command("--removed=plain.list", "in").stdout
        clean = self.run_command("--script=traditional", "--removed=list", "in").stdout
        self.assertNotEqual(plain, clean)
        self.assertEqual(removals(self.read("list")), removals(self.read("plain.list")))
        self.assertTrue(removals(self.read("list")))
        restored = self.run_command("restore", "--removed=list", given=clean).stdout
        self.assertEqual(restored.decode(), SIMPLIFIED)

    def test_it_may_be_done_again(self):
        for script in ("simplified", "traditional"):
            once = self.run_command(f"--script={script}", given=SIMPLIFIED.encode()).stdout
            self.assertEqual(self.run_command(f"--script={script}", given=once).stdout, once)

    def test_each_record_is_a_document_of_its_own(self):
        records = [{"id": 1, "text": "这里说的话都是简体写的。"},
                   {"id": 2, "text": "皇后與里長在公里牌旁說話。"}, {"id": 3, "text": ""}]
        lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records)
        done = self.run_command("--script=traditional", "-f", "jsonl", given=lines.encode())
        texts = [json.loads(line)["text"] for line in done.stdout.splitlines()]
        self.assertEqual(texts, ["這裡說的話都是簡體寫的。", records[1]["text"], ""])

    def test_neither_threads_nor_pieces_of_input_matter(self):
        text = "".join(f"第{i}段：{line}\n" for i in range(3000)
                       for line in ("他在里面说话", "皇后與里長", "头发白了"))
        self.file("in", text)
        one = self.run_command("-T1", "--script=traditional", "in").stdout
        self.assertIn("第2999段：頭髮白了".encode(), one)
        self.assertEqual(self.run_command("-T4", "--script=traditional", "in").stdout, one)
        self.assertEqual(self.run_command("-T4", "--script=traditional",
                                          given=text.encode()).stdout, one)

    @unittest.skipUnless(shutil.which("opencc"), "there is no opencc")
    def test_the_program_of_opencc_writes_the_same(self):
        text = "".join(TRADITIONAL.splitlines(keepends=True)[1:])
        both = (("traditional", "s2tw", SIMPLIFIED.splitlines()[1] + "\n" +
                 "以后他只好干等着，台风吹坏了一只钟，面条里有发菜。\n"),
                ("simplified", "t2s", text))
        for script, configuration, given in both:
            expected = subprocess.run(["opencc", "-c", configuration], input=given.encode(),
                                      stdout=subprocess.PIPE, check=True).stdout
            done = self.run_command("--repair=off", f"--script={script}", given=given.encode())
            self.assertEqual(done.stdout.decode(), expected.decode())
            self.assertNotEqual(done.stdout.decode(), given)


class Refused(CommandCase):
    @unittest.skipIf(CONVERTS, "a build with OpenCC")
    def test_without_opencc_the_option_is_refused_by_name(self):
        done = self.run_command("--script=traditional", "no such file", status=64)
        self.assertIn(b"--script=traditional needs OpenCC", done.stderr)
        self.assertIn(b"libopencc-dev", done.stderr)

    def test_what_is_no_script_and_no_form(self):
        self.run_command("--script=latin", status=64)
        self.run_command("--normalise=nfkc", status=64)


class Forms(CommandCase):
    TEXT = "Cafe\u0301 在 \uF900 旁邊，cafe\u0301 也是。\n"

    def test_nfc_is_written_and_told(self):
        self.file("in", self.TEXT)
        done = self.run_command("--normalise=nfc", "--removed=list", "in")
        self.assertEqual(done.stdout.decode(), "Caf\u00E9 在 \u8C48 旁邊，caf\u00E9 也是。\n")
        self.assertEqual(self.read("list").count(b'"rule":"nfc"'), 3)
        restored = self.run_command("restore", "--removed=list", given=done.stdout).stdout
        self.assertEqual(restored.decode(), self.TEXT)

    def test_without_it_nothing_is_composed(self):
        self.assertEqual(self.run_command(given=self.TEXT.encode()).stdout.decode(), self.TEXT)


if __name__ == "__main__":
    unittest.main(argv=sys.argv)
