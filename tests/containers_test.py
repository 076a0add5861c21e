#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/containers_test.py DEDUP

Compressed files through the command: read whatever their names, written as the names of the outputs
say, and never silently cut short.
"""
import contextlib
import gzip
import json
import lzma
import os
import shutil
import stat
import struct
import subprocess
import tempfile
import threading
import unittest
import zlib

from command_case import DEDUP, CommandCase

LONG = ("春天的早晨我們沿著河岸慢慢走過去看見遠處的山坡上開滿了白色的小花孩子們在草地上放風箏老人坐在"
        "樹下喝茶聊天說起很多年以前這裡還是一片荒地的時候大家怎樣一起修路種樹\n")
OTHER = ("秋天收割以後田野忽然安靜下來稻草堆在路邊麻雀成群地落下又飛起傍晚時分村口的燈一盞一盞亮了歸"
         "家的人推著車從橋上經過水面上映著最後一點晚霞和遠處鐘樓的影子\n")
PAGE = (LONG + OTHER + LONG).encode()
CLEAN = (LONG + OTHER).encode()
MIB = 1 << 20


def zstd(data, *options):
    return subprocess.run(["zstd", "-cq", *options], input=data, stdout=subprocess.PIPE,
                          check=True).stdout


def unzstd(data):
    return subprocess.run(["zstd", "-dcq"], input=data, stdout=subprocess.PIPE, check=True).stdout


def zstd_frame(exponent, text=b"abc"):
    """One that asks for a window of 2 to the exponent bytes."""
    block = struct.pack("<I", len(text) << 3 | 1)[:3]
    return b"\x28\xb5\x2f\xfd\0" + bytes([exponent - 10 << 3]) + block + text


KINDS = {".gz": (gzip.compress, gzip.decompress), ".xz": (lzma.compress, lzma.decompress),
         ".zst": (zstd, unzstd)}


def zeros_by_gzip(size):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(bytes(MIB)) for _ in range(size // MIB)), packer.flush()])


class Case(CommandCase):
    def run_dedup(self, *args, given=b"", status=0, said=None):
        done = self.run_command(*args, given=given, status=status)
        self.assertRegex(done.stderr.decode(), said or "^$")
        return done.stdout


class Reading(Case):
    def test_whatever_the_name_and_the_way_in(self):
        for ending, (pack, _) in KINDS.items():
            packed = pack(PAGE)
            with self.subTest(ending):
                self.file("page" + ending, packed)
                self.file("page", packed)
                self.assertEqual(self.run_dedup("page" + ending), CLEAN)
                self.assertEqual(self.run_dedup("page"), CLEAN)
                self.assertEqual(self.run_dedup(given=packed), CLEAN)
                self.assertEqual(self.run_dedup("-f", "text", given=packed), CLEAN)
                self.assertEqual(self.run_dedup("--keep=none", given=packed), OTHER.encode())

    def test_plain_text_in_a_packed_name(self):
        self.file("page.gz", PAGE)
        self.assertEqual(self.run_dedup("page.gz"), CLEAN)

    def test_format_by_the_name_below(self):
        record = json.dumps({"text": PAGE.decode()}, ensure_ascii=False).encode() + b"\n"
        for ending, (pack, _) in KINDS.items():
            self.file("a.jsonl" + ending, pack(record * 2))
            out = self.run_dedup("a.jsonl" + ending)
            self.assertEqual([json.loads(line)["text"].encode() for line in out.splitlines()],
                             [CLEAN])

    def test_what_looks_like_something_else_inside(self):
        self.run_dedup(given=gzip.compress(b'{"text":"a"}\n'), said="looks like JSONL")

    def test_what_is_packed_twice(self):
        for ending, (pack, _) in KINDS.items():
            self.file("a", pack(gzip.compress(PAGE)))
            self.assertEqual(self.run_dedup("a", status=2, said="twice, by gzip .*cat"), b"")

    def test_a_line_typed_by_hand_passes_at_once(self):
        for typed in (b"(\n", b"P*M\n", b"\x1f\n", b"\n"):
            child = subprocess.Popen([DEDUP, "--line-buffered"], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE)
            child.stdin.write(typed[:1])
            child.stdin.flush()
            child.stdin.write(typed[1:])
            child.stdin.close()
            self.assertEqual(child.stdout.read().lstrip(b"\x1f"), typed.lstrip(b"\x1f"))
            child.stdout.close()
            child.wait()

    def child(self, *args):
        """One that is killed where it does not end by itself."""
        child = subprocess.Popen([DEDUP, *args], cwd=self.folder, stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        watch = threading.Timer(20, child.kill)
        watch.start()
        self.addCleanup(watch.cancel)
        for pipe in (child.stdin, child.stdout, child.stderr):
            self.addCleanup(pipe.close)
        return child

    def test_what_is_there_is_cleaned_while_more_is_awaited(self):
        record = json.dumps({"text": "一"}).encode() + b"\n"
        for threads in ("-T1", "-T2", "-T4"):
            packer = zlib.compressobj(6, zlib.DEFLATED, 31)
            child = self.child("-f", "jsonl", threads)
            for _ in range(3):
                child.stdin.write(packer.compress(record) + packer.flush(zlib.Z_SYNC_FLUSH))
                child.stdin.flush()
                self.assertEqual(child.stdout.readline(), record)
            child.stdin.write(packer.flush())
            child.stdin.close()
            self.assertEqual(child.wait(), 0)

    def test_an_end_while_more_is_awaited(self):
        """Nobody reads on, and the thread that reads ahead hears of it, though no input comes."""
        for threads in ("-T1", "-T2"):
            text = b"".join(f"第{i * i}段的文字，各不相同。\n".encode() for i in range(90000))
            packer = zlib.compressobj(1, zlib.DEFLATED, 31)
            child = self.child(threads)
            child.stdout.close()
            with contextlib.suppress(BrokenPipeError):  # it may have gone before it took all
                child.stdin.write(packer.compress(text) + packer.flush(zlib.Z_SYNC_FLUSH))
                child.stdin.flush()
            self.assertNotIn(child.wait(), (0, -9), child.stderr.read())

    def test_the_same_with_and_without_reading_ahead(self):
        text = b"".join(f"第{i * i}段的文字，各不相同。\n".encode() for i in range(90000))
        for ending, (pack, _) in KINDS.items():
            packed = pack(text)
            for whole in (True, False):
                self.file("a" + ending, packed if whole else packed[:-9])
                said, status = ("^$", 0) if whole else ("ends too early", 2)
                ways = {self.run_dedup(threads, "a" + ending, status=status, said=said)
                        for threads in ("-T1", "-T2", "-T3")}
                self.assertEqual(len(ways), 1)
                self.assertGreater(len(ways.pop()), len(text) // 2)

    def test_rules_and_models(self):
        self.file("rules.gz", gzip.compress("keep 鐘樓\n".encode()))
        self.run_dedup("--boilerplate-rules=rules.gz", given=b"a\n")
        pages = [f"網站首頁\n本地要聞\n第{i}頁的標題\n{LONG}讀者熱線\n".encode() for i in range(3)]
        names = [self.file(f"{i}.gz", gzip.compress(page)) for i, page in enumerate(pages)]
        self.run_dedup("learn", "--min-documents=2", "-o", "model.xz", *names)
        self.assertTrue(lzma.decompress(self.read("model.xz")))
        self.run_dedup("--boilerplate-model=model.xz", "0.gz")


class Faults(Case):
    """What was unpacked is cleaned; the status is that of a read that failed."""

    def test_are_told_with_their_place(self):
        for ending, (pack, _) in KINDS.items():
            packed = pack(PAGE)
            broken = bytearray(packed)
            broken[len(packed) // 2] ^= 16
            for data, said in ((packed[:-3], f"offset {len(packed) - 3} of .* ends too early"),
                               (packed[:4], "offset 4 of .* ends too early"),
                               (packed + b"x", f"offset {len(packed)} of .* something else"),
                               (bytes(broken), "offset [0-9]+ of .* damaged")):
                with self.subTest(ending, said=said):
                    self.file("a" + ending, data)
                    self.file("out", b"old")
                    said = f"(?m)^dedup: a{ending}: {said}"
                    self.run_dedup("a" + ending, "-o", "out", status=2, said=said)
                    self.assertEqual(self.read("out"), b"old")
                    self.run_dedup("-q", "a" + ending, status=2)

    def test_what_comes_before_is_cleaned(self):
        whole = gzip.compress(PAGE)
        self.assertEqual(self.run_dedup(given=whole + whole[:20], status=2, said="too early"), CLEAN)
        self.assertEqual(self.run_dedup(given=whole + b"<html>", status=2, said="else"), CLEAN)

    def test_too_short_to_tell(self):
        for name, data in (("a.gz", b""), ("a.gz", b"\x1f"), ("a", b"\x1f\x8b"), ("a.zst", b"("),
                           ("a", b"\xfd7zX"), ("a.xz", b"")):
            self.file(name, data)
            self.run_dedup(name, status=2, said="ends too early")
        for name, data in (("a", b""), ("a", b"("), ("a", b"P*M"), ("b.txt", b"\x1f")):
            self.file(name, data)
            self.run_dedup(name)

    def test_other_files_come_through(self):
        self.file("in/a.gz", gzip.compress(PAGE)[:-1])
        self.file("in/b.gz", gzip.compress(OTHER.encode()))
        self.run_dedup("--output-dir=out", "in/a.gz", "in/b.gz", status=2, said="a.gz: offset")
        self.assertEqual(os.listdir(self.path("out/in")), ["b.gz"])

    def test_no_model_of_half_a_file(self):
        self.file("a.gz", gzip.compress(PAGE)[:-1])
        self.run_dedup("learn", "-o", "model", "a.gz", status=2, said="ends too early")
        self.assertFalse(os.path.exists(self.path("model")))


@unittest.skipIf("DEDUP_SANITIZED" in os.environ, "sanitizers take much memory themselves")
class Limits(Case):
    def peak(self, *args, given=None, status, said):
        """Peak of memory in MiB."""
        with open(os.path.join(self.folder, given) if given else os.devnull, "rb") as source, \
                tempfile.TemporaryFile() as err:
            child = os.fork()
            if child == 0:
                os.chdir(self.folder)
                os.dup2(source.fileno(), 0)
                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
                os.dup2(err.fileno(), 2)
                os.execv(DEDUP, [DEDUP, *args])
            _, ended, usage = os.wait4(child, 0)
            err.seek(0)
            self.assertRegex(err.read().decode(), said)
            self.assertEqual(os.waitstatus_to_exitcode(ended), status)
            return usage.ru_maxrss / 1024

    def test_bombs(self):
        self.file("a.gz", zeros_by_gzip(1 << 28))
        self.file("a.zst", zstd(bytes(1 << 28)))
        self.file("a.xz", lzma.compress(bytes(1 << 28), preset=0))
        self.file("out", b"old")
        for name in ("a.gz", "a.zst", "a.xz"):
            peak = self.peak("--memory=64M", name, "-o", "out", status=3,
                             said="offset .* more than 1000 times .*cat and pipe")
            self.assertLess(peak, 64 + 64)
            self.assertEqual(self.read("out"), b"old")
        self.peak("learn", "-o", "out", "a.zst", status=3, said="1000 times")
        self.assertEqual(self.read("out"), b"old")

    def test_windows(self):
        self.file("small", zstd_frame(23))
        self.file("large", zstd_frame(27))
        self.file("huge", zstd_frame(41))
        self.file("nine.xz", lzma.compress(PAGE, preset=9))
        self.run_dedup("--memory=64M", "small")
        for name in ("large", "nine.xz"):
            for threads in ("-T1", "-T2"):
                self.run_dedup(threads, "--memory=64M", name, status=3,
                               said="MiB of memory.*16 MiB are.*--memory")
                self.run_dedup(threads, "--memory=600M", name)
        self.run_dedup("--memory=600M", "huge", status=3, said="MiB of memory")

    def test_a_window_counts_for_the_limit(self):
        """Random lines fill both what is remembered and the window."""
        line = "".join(chr(0x4E00 + i * 7919 % 20000) for i in range(60))
        text = b"".join(f"{i}{line[i % 50:]}{i * i}\n".encode() for i in range(900000))
        self.file("a.zst", zstd(text, "--long=26", "-1"))
        self.assertLess(self.peak("--memory=300M", "a.zst", status=0, said="^$"), 300 + 64)


class Writing(Case):
    def test_by_name(self):
        self.file("page", PAGE)
        for ending, (_, unpack) in KINDS.items():
            self.run_dedup("page", "-o", "out" + ending)
            first = self.read("out" + ending)
            self.assertEqual(unpack(first), CLEAN)
            self.run_dedup("page", "-o", "out" + ending)
            self.assertEqual(self.read("out" + ending), first)
        self.assertEqual(self.read("out.gz")[3:8], bytes(5))  # no name, no time

    def test_bytes_do_not_depend_on_threads_or_pieces(self):
        text = b"".join(f"第{i * i}段的文字，各不相同。\n".encode() for i in range(40000))
        for ending in KINDS:
            written = set()
            for how in (["-T1"], ["-T2"], ["-T2", "--line-buffered"]):
                self.run_dedup(*how, "-o", "out" + ending, given=text)
                written.add(self.read("out" + ending))
            self.assertEqual(len(written), 1)

    def test_nothing_at_all(self):
        for ending, (_, unpack) in KINDS.items():
            self.run_dedup("-o", "out" + ending)
            self.assertEqual(unpack(self.read("out" + ending)), b"")

    def test_mirrored_names(self):
        for ending, (pack, unpack) in KINDS.items():
            self.file("a/page.txt" + ending, pack(PAGE))
            self.run_dedup("--output-dir=out", "a/page.txt" + ending)
            self.assertEqual(unpack(self.read("out/a/page.txt" + ending)), CLEAN)

    def test_list_and_restoring(self):
        for ending, (pack, unpack) in KINDS.items():
            self.file("page" + ending, pack(PAGE))
            self.run_dedup("page" + ending, "-o", "out" + ending, "--removed=list.jsonl" + ending)
            self.assertTrue(unpack(self.read("list.jsonl" + ending)).startswith(b'{"dedup":'))
            restore = ["restore", "--removed=list.jsonl" + ending, "out" + ending]
            self.assertEqual(self.run_dedup(*restore), PAGE)
            self.run_dedup(*restore, "-o", "back" + ending)
            self.assertEqual(unpack(self.read("back" + ending)), PAGE)
            self.file("cut" + ending, self.read("list.jsonl" + ending)[:-1])
            self.run_dedup("restore", "--removed=cut" + ending, "out" + ending, status=2,
                           said="ends too early")

    def test_restoring_records(self):
        record = json.dumps({"text": PAGE.decode()}, ensure_ascii=False).encode() + b"\n"
        self.file("a.jsonl.gz", gzip.compress(record))
        self.run_dedup("a.jsonl.gz", "-o", "out.jsonl.xz", "--removed=list.zst")
        self.assertEqual(self.run_dedup("restore", "--removed=list.zst", "out.jsonl.xz"), record)

    def test_in_place(self):
        for ending, (pack, unpack) in KINDS.items():
            name = self.file("page" + ending, pack(PAGE))
            os.chmod(self.path(name), 0o640)
            self.run_dedup(name, "-o", name)
            self.assertEqual(unpack(self.read(name)), CLEAN)
            self.assertEqual(stat.S_IMODE(os.stat(self.path(name)).st_mode), 0o640)

    def test_not_in_place_where_it_would_not_be_packed(self):
        packed = gzip.compress(PAGE)
        self.file("page", packed)
        self.run_dedup("page", "-o", "page", status=2, said="not replaced, as it is compressed")
        self.assertEqual(self.read("page"), packed)

    def test_along_a_pipe(self):
        """Whoever reads along can unpack what there is."""
        os.mkfifo(self.path("pipe.gz"))
        child = subprocess.Popen([DEDUP, "-f", "jsonl", "-o", "pipe.gz"], stdin=subprocess.PIPE,
                                 cwd=self.folder)
        watch = threading.Timer(20, child.kill)
        watch.start()
        record = json.dumps({"text": "一"}).encode() + b"\n"
        with open(self.path("pipe.gz"), "rb", buffering=0) as pipe:
            unpacker = zlib.decompressobj(31)
            for _ in range(2):
                child.stdin.write(record)
                child.stdin.flush()
                text = b""
                while not text:
                    text = unpacker.decompress(pipe.read(4096))
                self.assertEqual(text, record)
            child.stdin.close()
            unpacker.decompress(pipe.read())
            self.assertTrue(unpacker.eof)
        self.assertEqual(child.wait(), 0)
        watch.cancel()


if __name__ == "__main__":
    if not shutil.which("zstd"):
        del KINDS[".zst"]
    unittest.main()
