#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/many_files_test.py DEDUP

Many small files: read ahead, judged in order, written in groups by two threads. However many there
are, all comes out as with one thread, which does one thing after the other.
"""
import gzip
import json
import os
import random
import re
import shutil
import subprocess
import unittest

from command_case import DEDUP, CommandCase

WORDS = ["漁港", "燈塔", "清晨", "碼頭", "魚販", "海鷗", "屋脊", "豆漿", "婦人", "孩子", "書包", "巷口",
         "作坊", "匠人", "竹篾", "河堤", "渡船", "茶館", "集市", "雨棚"]
LEDGER = ("第{}號漁船今日進港，卸下十二筐鮮魚，由碼頭的行家過秤後分送集市各處，船上的人歇了一個時辰，補足淡水與"
          "糧食，又趕在潮水退去以前出了海，直到掌燈時分還沒有回來。\n")
HELD = 32 << 10  # bytes of a file that is read ahead


def prose(draw, size):
    """About so many bytes, of which some repeat what other files have."""
    text = ""
    while len(text.encode()) < size:
        if draw.random() < .2:
            text += LEDGER.format(draw.randrange(40))
        text += "，".join("".join(draw.choices(WORDS, k=3)) for _ in range(4)) + "。\n"
    return text.encode()[:size].decode(errors="ignore")


class ManyFiles(CommandCase):
    def setUp(self):
        super().setUp()
        draw = random.Random(7)
        for i in range(400):
            self.file(f"t/{i // 50}/{i:03}.txt", prose(draw, draw.choice([1, 90, 700, 2000])))
        self.file("t/1/060 large.txt", prose(draw, 300_000))
        self.file("t/1/061 just held.txt", prose(draw, HELD - 9).encode().ljust(HELD, b"."))
        self.file("t/1/062 not held.txt", prose(draw, HELD + 9))
        self.file("t/2/110 empty.txt", "")
        self.file("t/2/111 damaged.txt", prose(draw, 900).encode() + b"\xe4\xb8\xff\n")
        self.file("t/2/112 packed.txt.gz", gzip.compress(prose(draw, 3000).encode(), mtime=0))
        self.file("t/2/113 torn.txt.gz", gzip.compress(prose(draw, 3000).encode(), mtime=0)[:-9])
        self.file("t/3/170 page.html", f"<html><body><p>{prose(draw, 600)}</p></body></html>")
        self.file("t/3/171 big5.txt", "漁港的清晨總是從燈塔熄滅的那一刻開始。\n".encode("big5") * 9)
        os.symlink("nowhere", self.path("t/4/220 gone.txt"))
        self.names = [os.path.join(folder, name) for folder, _, names in os.walk(self.path("t"))
                      for name in names]
        self.names = sorted(os.path.relpath(name, self.folder) for name in self.names)

    def result(self, threads, *args, status):
        """All that a run leaves and says, but for what differs from run to run."""
        for name in ("out", "log", "list"):
            path = self.path(name)
            shutil.rmtree(path) if os.path.isdir(path) else os.path.exists(path) and os.unlink(path)
        done = self.run_command("-f", "text", f"--threads={threads}", "--removed=list",
                                "--stats=json", *args, *self.names, status=status)
        said = done.stderr.decode().splitlines()
        log = self.read("log").decode() if os.path.exists(self.path("log")) else ""
        left = [name for _, folders, files in os.walk(self.folder)
                for name in folders + files if name.startswith(".dedup-")]
        return {
            "text": done.stdout,
            "list": re.sub(rb'"options":"[^"]*"', b"", self.read("list")),
            "statistics": [line for line in said if line.startswith("{")],
            "messages": sorted(line for line in said if not line.startswith("{")),
            "log": re.sub(r'"(seconds|mtime)":[^,}]*|"typed":"[^"]*"', "", log),
            "left": left,
        }

    def files(self, folder):
        found = {}
        for at, _, names in os.walk(self.path(folder)):
            for name in names:
                path = os.path.join(at, name)
                if not os.path.islink(path):
                    found[os.path.relpath(path, self.path(folder))] = self.read(path)
        return found

    def check(self, *args, status, folder=None, again=lambda: None):
        alone = None
        for threads in (1, 2, 5):
            again()
            result = self.result(threads, *args, status=status)
            result["files"] = self.files(folder) if folder else {}
            alone = alone or result
            self.assertEqual(result["left"], [])
            for part, value in result.items():
                self.assertEqual(value, alone[part], f"{part} with {threads} threads")
        return alone

    def test_together(self):
        self.names = [name for name in self.names if "torn" not in name]  # else nothing is written
        alone = self.check("--output=text", status=1)
        self.assertIn(b"\xef\xbf\xbd", self.read("text"))
        self.assertEqual(alone["left"], [])
        text = self.read("text")
        self.check(status=1)
        self.assertEqual(self.run_command("-f", "text", *self.names, status=1).stdout, text)

    def test_apart(self):
        alone = self.check("--output-dir=out", status=2, folder="out")
        removed = json.loads(alone["statistics"][0])["removed"]
        self.assertGreater(removed["repeated-block"]["items"], 100)
        self.assertEqual(len(alone["files"]), len(self.names) - 2)  # without the torn and the gone

    def test_apart_with_a_log(self):
        alone = self.check("--output-dir=out", "--joblog=log", status=2, folder="out")
        told = [json.loads(line) for line in self.read("log").decode().splitlines()[1:]]
        self.assertEqual([line["number"] for line in told], list(range(len(self.names))))
        self.assertEqual([line["file"] for line in told if line["status"]],
                         [name for name in self.names
                          if re.search("damaged|torn|gone", name)])
        self.assertIn("t/1/060 large.txt", alone["files"])

    def test_in_place(self):
        shutil.copytree(self.path("t"), self.path("kept"), symlinks=True)

        def again():
            shutil.rmtree(self.path("t"))
            shutil.copytree(self.path("kept"), self.path("t"), symlinks=True)

        alone = self.check("-i.bak", "--joblog=log", status=2, folder="t", again=again)
        before = self.files("kept")
        for name in before:
            stays = re.search("damaged|torn|big5", name)
            self.assertEqual(alone["files"].get(name + ".bak"), None if stays else before[name])
            if stays:
                self.assertEqual(alone["files"][name], before[name])

    # The sanitizers open pipes of their own to look at memory, and call it bad where they cannot.
    @unittest.skipIf(os.environ.get("DEDUP_SANITIZED"), "takes the last descriptor")
    def test_with_sixteen_descriptors(self):
        for how in (["--output-dir=out"], ["-i.bak"]):
            self.file("fresh/x", "")  # a folder of their own, for the accounts
            accounts = ["--removed=fresh/list", "--joblog=fresh/log", "--report=fresh/report"]
            done = subprocess.run(
                ["bash", "-c", 'ulimit -n 16; exec "$0" "$@"', DEDUP, "-f", "text", "-qT64", *how,
                 *accounts, *(name for name in self.names if "torn" not in name)],
                cwd=self.folder, check=False, stderr=subprocess.PIPE)
            self.assertNotIn(b"Too many", done.stderr)
            self.assertIn(done.returncode, (1, 2), done.stderr)  # damaged and gone
            self.assertIn(b'"number":400', self.read("fresh/log"))
            shutil.rmtree(self.path("fresh"))

    def test_counted_beforehand(self):
        self.check("--keep=none", "--output-dir=out", status=2, folder="out")

    def test_in_little_memory(self):
        self.check("--memory=64M", "--output-dir=out", status=2, folder="out")


if __name__ == "__main__":
    unittest.main()
