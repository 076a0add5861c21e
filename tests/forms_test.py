#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The sample page in every form in which it may come gives the same clean text.

    forms_test.py DEDUP SAMPLE      SAMPLE: testdata/sample.txt, UTF-8
"""
import gzip
import html
import json
import lzma
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

DEDUP, SAMPLE = map(os.path.abspath, sys.argv[1:3])
CHARSETS = {"gb18030": "gb18030", "utf-16": "utf-16", "utf-16-be": "utf-16-be", "utf-32": "utf-32",
            "utf-8 with its mark": "utf-8-sig"}


def page_of(text, charset):
    """A page without a frame: one element for each line, blank ones aside."""
    lines = [line for line in text.split("\n") if line.strip()]
    head = f'<!DOCTYPE html><meta charset="{charset}"><title>x</title>'
    return head + "".join(f"<div>{html.escape(line)}</div>\n" for line in lines)


def archive_of(page):
    response = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
                b"Content-Encoding: gzip\r\n\r\n")
    body = gzip.compress(page)
    half = len(body) // 2
    for piece in (body[:half], body[half:], b""):
        response += b"%x\r\n%s\r\n" % (len(piece), piece)
    head = ("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n"
            "WARC-Date: 2026-11-26T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            "Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(response)}\r\n\r\n")
    return head.encode() + response + b"\r\n\r\n"


class Forms(unittest.TestCase):
    def setUp(self):
        with open(SAMPLE, "rb") as sample:
            self.bytes = sample.read()
        self.text = self.bytes.decode()
        self.clean = self.run_dedup(self.bytes)
        self.assertNotEqual(self.clean, self.bytes)

    def run_dedup(self, given, *options):
        done = subprocess.run([DEDUP, "-q", *options], input=given, capture_output=True,
                              check=False)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return done.stdout

    def lines(self, clean):
        return [line for line in clean.decode().split("\n") if line.strip()]

    def test_charsets(self):
        for name, charset in CHARSETS.items():
            with self.subTest(name):
                clean = self.run_dedup(self.text.encode(charset)).decode().removeprefix("\ufeff")
                self.assertEqual(clean.encode(), self.clean)
        with self.subTest("big5, what it has of the text"):
            text = self.text.encode("big5", "ignore").decode("big5")
            self.assertEqual(self.run_dedup(text.encode("big5")), self.run_dedup(text.encode()))

    def test_compressed(self):
        packed = {"gzip": gzip.compress(self.bytes), "xz": lzma.compress(self.bytes)}
        packed["two members"] = gzip.compress(self.bytes[:100]) + gzip.compress(self.bytes[100:])
        packed["gzip, of UTF-16"] = gzip.compress(self.text.encode("utf-16"))
        if shutil.which("zstd"):
            packed["zstd"] = subprocess.run(["zstd", "-qc"], input=self.bytes, capture_output=True,
                                            check=True).stdout
        for name, given in packed.items():
            with self.subTest(name):
                self.assertEqual(self.run_dedup(given), self.clean)

    def test_jsonl(self):
        record = json.dumps({"id": 1, "text": self.text}).encode() + b"\n"
        clean = json.loads(self.run_dedup(record, "-f", "jsonl"))
        self.assertEqual(clean, {"id": 1, "text": self.clean.decode()})

    def test_html(self):
        rules = "--boilerplate=rules"
        for charset in ("utf-8", "gb18030", "utf-16"):
            page = page_of(self.text, charset).encode(charset)
            with self.subTest(charset):
                self.assertEqual(self.lines(self.run_dedup(page, rules)), self.lines(self.clean))

    def test_archive(self):
        for charset in ("utf-8", "gb18030"):
            archive = archive_of(page_of(self.text, charset).encode(charset))
            for name, given in {"plain": archive, "gzip": gzip.compress(archive)}.items():
                with self.subTest(name, charset=charset):
                    clean = self.run_dedup(given, "-f", "warc", "--boilerplate=rules")
                    self.assertEqual(self.lines(clean), self.lines(self.clean))

    def test_output_compressed_by_its_name(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, unpack in {"a.gz": gzip.decompress, "a.xz": lzma.decompress}.items():
                path = os.path.join(folder, name)
                self.run_dedup(self.bytes, "-o", path)
                with open(path, "rb") as file:
                    self.assertEqual(unpack(file.read()), self.clean)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
