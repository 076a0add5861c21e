#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/unpack_test.py UNPACK_FRAMES

Unpacking against those who know: Python's gzip and lzma, the zstd command. A small file of each
kind is cut short at every byte, and every bit of it is flipped. Wherever the other one finds fault
we must, what we give is right as far as it goes, and where we find no fault it is all there.
"""
import gzip
import lzma
import shutil
import struct
import subprocess
import sys
import unittest
import zlib

TEXT = "".join(f"第{i}條\u3000凡{i * i}者，從其規定。\n" for i in range(12)).encode()
FRAMES = sys.argv.pop(1)


def ours(streams):
    """(state, offset, text) for each stream."""
    given = b"".join(struct.pack("<I", len(stream)) + stream for stream in streams)
    told = subprocess.run([FRAMES], input=given, stdout=subprocess.PIPE, check=True).stdout
    lines = told.decode().splitlines()
    assert len(lines) == len(streams)
    return [(state, int(offset), bytes.fromhex(text[1:]))
            for state, offset, text in map(str.split, lines)]


def by_gzip(stream):
    try:
        return gzip.decompress(stream)
    except (OSError, EOFError, zlib.error, struct.error):
        return None


def by_lzma(stream):
    try:
        return lzma.decompress(stream, lzma.FORMAT_XZ)
    except (lzma.LZMAError, EOFError):
        return None


def by_zstd(stream):
    run = subprocess.run(["zstd", "-dcq"], input=stream, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, check=False)
    return run.stdout if run.returncode == 0 else None


def is_text(stream):
    try:
        stream.decode()
        return True
    except UnicodeDecodeError:
        return False


class Against(unittest.TestCase):
    def check(self, whole, other, flips_every=1):
        self.assertEqual(ours([whole]), [("whole", len(whole), TEXT)])
        cut = [whole[:size] for size in range(len(whole))]
        for stream, (state, offset, text) in zip(cut, ours(cut)):
            with self.subTest(size=len(stream)):
                # Too short to be told: the stage that reads files sees to that.
                self.assertEqual(state, "none" if len(stream) < 6 and state == "none"
                                 else "truncated")
                self.assertTrue(TEXT.startswith(text))
                self.assertLessEqual(offset, len(stream))
        flipped = []
        for bit in range(0, 8 * len(whole), flips_every):
            stream = bytearray(whole)
            stream[bit // 8] ^= 1 << bit % 8
            flipped.append(bytes(stream))
        for bit, (stream, (state, _, text)) in enumerate(zip(flipped, ours(flipped))):
            with self.subTest(bit=bit * flips_every):
                expected = other(stream)
                if state == "whole":
                    self.assertEqual(text, expected)
                elif state == "none":  # read as a text, and a broken one, which is told
                    self.assertFalse(is_text(stream))

    def test_gzip(self):
        self.check(gzip.compress(TEXT, mtime=1), by_gzip)

    def test_gzip_with_name_and_two_members(self):
        half = len(TEXT) // 2
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        body = packer.compress(TEXT[:half]) + packer.flush()
        named = (b"\x1f\x8b\x08\x08" + bytes(6) + b"a.txt\0" + body +
                 struct.pack("<II", zlib.crc32(TEXT[:half]), half))
        self.check_members(named, gzip.compress(TEXT[half:]), by_gzip, TEXT[:half])

    def check_members(self, first, second, other, head):
        """Damage to the second leaves the first whole."""
        cut = [first + second[:size] for size in range(1, len(second))]
        for state, offset, text in ours(cut):
            self.assertIn(state, ("truncated", "trailing"))
            self.assertGreaterEqual(offset, len(first))
            self.assertTrue(text.startswith(head) and TEXT.startswith(text))
        self.assertEqual(ours([first + second])[0][2], TEXT)
        self.assertEqual(other(first + second), TEXT)

    def test_xz(self):
        self.check(lzma.compress(TEXT), by_lzma)
        self.check(lzma.compress(TEXT, check=lzma.CHECK_SHA256), by_lzma, 7)

    def test_two_streams_of_xz(self):
        half = len(TEXT) // 2
        self.check_members(lzma.compress(TEXT[:half]), lzma.compress(TEXT[half:]), by_lzma,
                           TEXT[:half])

    @unittest.skipUnless(shutil.which("zstd"), "no zstd")
    def test_zstd(self):
        packed = subprocess.run(["zstd", "-cq", "--check"], input=TEXT, stdout=subprocess.PIPE,
                                check=True).stdout
        self.check(packed, by_zstd, 3)

    def test_thousand_members(self):
        pieces = [TEXT[at:at + 3] for at in range(0, len(TEXT), 3)]
        for pack in (gzip.compress, lzma.compress):
            stream = b"".join(map(pack, pieces * 10))
            self.assertEqual(ours([stream]), [("whole", len(stream), TEXT * 10)])


if __name__ == "__main__":
    unittest.main()
