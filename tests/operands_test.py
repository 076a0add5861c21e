#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/operands_test.py DEDUP

What is read, and in which order: directories with -r, lists of names.
"""
import os
import shutil
import subprocess
import unittest

from command_case import DEDUP, CommandCase


class Case(CommandCase):
    def path(self, name):
        return os.path.join(os.fsencode(self.folder), os.fsencode(name))

    def file(self, name, text=None):
        text = text or f"{os.fsdecode(name)}在此。\n"
        return super().file(name, text.encode(errors="surrogateescape"))

    def text(self, name):
        return self.read(name).decode()

    def run_dedup(self, *args, given=b"", status=0, said="^$"):
        done = self.run_command(*args, given=given, status=status)
        self.assertRegex(done.stderr.decode(), said)
        return done.stdout.decode(errors="surrogateescape")

    def assert_read(self, names, *args, **more):
        self.assertEqual(self.run_dedup(*args, **more),
                         "".join(f"{name}在此。\n" for name in names))


class Trees(Case):
    def test_names_in_the_order_of_their_bytes_depth_first(self):
        names = ["t/.hidden", "t/B", "t/a/b/c", "t/a/z", "t/a.txt", "t/é", "t/乙", "t/甲"]
        for name in reversed(names):
            self.file(name)
        self.assert_read(names, "-r", "t")
        self.assert_read(names, "--recursive", "t/")
        self.assert_read(["t/a/z", *names], "-r", "t/a/z", "t")

    def test_of_two_copies_the_first_stays(self):
        text = ("春天的早晨我們沿著河岸慢慢走過去，看見遠處的山坡上開滿了白色的小花，孩子們在草地上放風箏，"
                "老人坐在樹下喝茶聊天，說起很多年以前這裡還是一片荒地的時候，大家怎樣一起修路種樹。\n")
        self.file("t/2", text)
        self.file("t/1", text)
        self.assertEqual(self.run_dedup("-r", "t", "--output-dir=out"), "")
        self.assertEqual([self.text("out/t/1"), self.text("out/t/2")], [text, ""])

    def test_links_and_what_is_no_file_are_passed_over(self):
        self.file("t/a")
        self.file("other/b")
        os.symlink("../other", self.path("t/link"))
        os.symlink("..", self.path("t/loop"))
        os.symlink("a", self.path("t/same"))
        os.mkfifo(self.path("t/pipe"))
        self.assert_read(["t/a"], "-r", "t")

    def test_an_operand_that_is_a_link_is_followed(self):
        self.file("other/b", "乙在此。\n")
        os.symlink("other", self.path("link"))
        self.assertEqual(self.run_dedup("-r", "link"), "乙在此。\n")

    def test_what_an_earlier_run_wrote_there_is_no_input(self):
        self.file("t/a")
        self.file("t/b")
        self.file("t/.dedup-0123456789")
        for said in ("^$", "^dedup: t/out is where outputs go, and is not read\n$"):
            self.run_dedup("-r", "t", "--output-dir=t/out", "--removed=list", said=said)
            self.assertEqual(sorted(os.listdir(self.path("t/out/t"))), [b"a", b"b"])
        self.run_dedup("-r", "t", "--output-dir=t", status=64, said="cannot be the output direct")

    def test_no_file_of_a_tree_is_written_unread(self):
        self.file("t/a")
        self.file("t/b")
        for option in ("-o", "--removed", "--output"):
            self.run_dedup("-r", "t", option, "t/a", status=64, said="t/a would be written, and")
        self.run_dedup("learn", "-r", "t", "-o", "t/b", status=64, said="t/b would be written, and")
        self.assertEqual(self.text("t/a"), "t/a在此。\n")
        self.run_dedup("-r", "t", "-o", "t/all")
        self.assertEqual(self.text("t/all"), "t/a在此。\nt/b在此。\n")
        self.run_dedup("-r", "t", "-o", "t/all", status=64, said="t/all would be written")

    def test_any_name(self):
        names = ["t/-n", "t/a b", "t/a\nb", "t/[a]", "t/\udcff\udcfe"]
        for name in names:
            self.file(name, "字。\n")
        self.assertEqual(self.run_dedup("-r", "t"), "字。\n" * 5)
        self.assertEqual(self.run_dedup("-r", "--", "t"), "字。\n" * 5)

    def test_what_cannot_be_read_is_told_and_the_rest_is_read(self):
        for name in ("t/a/x", "t/b/y", "t/c", "t/d/z"):
            self.file(name)
        os.chmod(self.path("t/a"), 0o111)  # may not be listed
        os.chmod(self.path("t/d"), 0o444)  # may be listed, and nothing in it be looked at
        shutil.copy(DEDUP, self.path("dedup"))  # where anyone may run it
        os.chmod(self.folder, 0o755)
        try:
            done = subprocess.run([self.path("dedup"), "-r", "t"], cwd=self.folder, check=False,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  user=65534 if os.geteuid() == 0 else None)
        except PermissionError:
            self.skipTest("root may read everything, and may be nobody else here")
        finally:
            os.chmod(self.path("t/a"), 0o700)
            os.chmod(self.path("t/d"), 0o700)
        self.assertEqual(done.stdout.decode(), "t/b/y在此。\nt/c在此。\n")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.decode(), "dedup: t/a: Permission denied\n"
                                               "dedup: t/d/z: Permission denied\n")

    def test_deep(self):
        name = "t" + "/d" * 300
        os.makedirs(self.path("t"))
        here = os.open(self.path("t"), os.O_RDONLY)
        for _ in range(300):
            os.mkdir("d", dir_fd=here)
            below = os.open("d", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
        with os.fdopen(os.open("f", os.O_CREAT | os.O_WRONLY, dir_fd=here), "wb") as file:
            file.write("深。\n".encode())
        os.close(here)
        self.assertLess(len(name), 4000)
        self.assertEqual(self.run_dedup("-r", "t"), "深。\n")

    def test_nothing_to_read(self):
        os.makedirs(self.path("t/a"))
        self.run_dedup("-r", "t", status=2, said="t: no file is below it")
        self.run_dedup("-r", status=64, said="needs a directory")
        self.run_dedup("t", status=1, said="t: Is a directory")
        self.run_dedup("-r", "none", status=1, said="none: No such file")

    def test_a_file_too_many_formats(self):
        self.file("t/a.txt")
        self.file("t/b.jsonl", '{"text":"b"}\n')
        self.run_dedup("-r", "t", status=64, said="differ in format")

    def test_few_descriptors(self):
        for i in range(300):
            self.file(f"t/{i % 7}/{i}")
        self.assertEqual(subprocess.run(
            ["bash", "-c", 'ulimit -n 16; "$0" -r t --output-dir=out', DEDUP], cwd=self.folder,
            check=False).returncode, 0)
        self.assertEqual(sum(len(files) for _, _, files in os.walk(self.path("out"))), 300)

    def test_learn(self):
        shared = "版权所有，未经许可不得转载本站内容，违者必究。\n"
        for i in range(12):
            self.file(f"t/{i}", f"第{i}篇文章的正文，各不相同的内容在这里。\n" + shared)
        self.run_dedup("learn", "-r", "t", "-o", "model")
        self.assertEqual(self.run_dedup("--boilerplate-model=model", "t/3").count("版权"), 0)


class Lists(Case):
    def setUp(self):
        super().setUp()
        for name in ("b", "a", "c d"):
            self.file(name)

    def test_lines(self):
        self.file("list", "b\na\n\nc d\n")
        self.assert_read(["b", "a", "c d"], "--files-from=list")
        self.assert_read(["b", "a"], "--files-from=-", given=b"b\na")

    def test_nul(self):
        self.file("new\nline")
        self.assert_read(["b", "c d", "new\nline"], "--files0-from=-",
                         given=b"b\0c d\0new\nline\0")
        self.file("list", "a\0b")
        self.assert_read(["a", "b"], "--files0-from", "list")

    def test_find_and_sort(self):
        pipe = 'find . -name "[ab]" -print0 | LC_ALL=C sort -z | "$0" --files0-from=-'
        done = subprocess.run(["bash", "-c", pipe, DEDUP], check=False, cwd=self.folder,
                              stdout=subprocess.PIPE)
        self.assertEqual(done.stdout.decode(), "a在此。\nb在此。\n")

    def test_directories_of_a_list(self):
        self.file("t/x")
        self.assert_read(["t/x", "a"], "-r", "--files-from=-", given=b"t\na\n")

    def test_a_compressed_list(self):
        packed = subprocess.run(["gzip", "-c"], input=b"a\nb\n", stdout=subprocess.PIPE,
                                check=True).stdout
        self.assert_read(["a", "b"], "--files-from=-", given=packed)

    def test_refusals(self):
        self.run_dedup("--files-from=-", "a", status=64, said="exclude each other")
        self.run_dedup("--files-from=-", "--files0-from=-", status=64, said="exclude each other")
        self.run_dedup("--files-from=a", "--files-from=b", status=64, said="given twice")
        self.run_dedup("--files0-from=-", given=b"a\0\0b", status=64, said="name 2 is empty")
        self.run_dedup("--files-from=-", given=b"a\0b\0", status=64, said="NUL.*--files0-from")
        self.run_dedup("--files0-from=-", given=b"a\nb\n", status=64, said="lines.*--files-from")
        self.run_dedup("--files-from=-", given=b"a\r\nb\r\n", status=64, said="tr -d")
        self.run_dedup("--files-from=-", given=b"a\n-\n", status=64, said="read for names")
        self.run_dedup("--files-from=-", status=2, said="standard input: names no file")
        self.run_dedup("--files-from=none", status=2, said="none: No such file")

    def test_a_name_that_leads_nowhere(self):
        self.assert_read(["a"], "--files-from=-", given=b"none\na\n", status=1,
                         said="none: No such file")


if __name__ == "__main__":
    unittest.main()
