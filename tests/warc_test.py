# SPDX-License-Identifier: Apache-2.0
"""Archives through the command: against warcio on files made by it, broken off and damaged files,
and what is told of them.

warc_test.py DEDUP FOLDER: warcio is installed to FOLDER, from PyPI; without a network the test
goes on without it, and says so."""
import gzip
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import unittest
import zlib

DEDUP = os.path.abspath(sys.argv[1])
PACKAGES = os.path.join(os.path.abspath(sys.argv[2]), "warcio-1.8.1")
del sys.argv[1:3]
if not os.path.isdir(PACKAGES):
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target", PACKAGES,
                    "warcio==1.8.1"], capture_output=True)
sys.path.insert(0, PACKAGES)
try:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter
except ImportError:
    WARCWriter = None
    print("skipped: comparisons with warcio, which cannot be installed")

PLAIN = ["--boilerplate=off", "--repair=off", "--documents=off", "--paragraphs=off",
         "--sentences=off"]
LONG = ("春天的早晨我們沿著河岸慢慢走過去看見遠處的山坡上開滿了白色的小花孩子們在草地上放風箏老人坐在"
        "樹下喝茶聊天說起很多年以前這裡還是一片荒地的時候大家怎樣一起修路種樹")


def run(*args, given=b"", folder=None):
    return subprocess.run([DEDUP, *args], input=given, cwd=folder, capture_output=True)


def record(kind, body, fields="", url="http://a/"):
    body = body if isinstance(body, bytes) else body.encode()
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n{fields}"
            f"Content-Length: {len(body)}\r\n\r\n")
    return head.encode() + body + b"\r\n\r\n"


def response(body, fields="Content-Type: text/plain\r\n", status="200 OK", **others):
    body = body if isinstance(body, bytes) else body.encode()
    return record("response", f"HTTP/1.1 {status}\r\n{fields}\r\n".encode() + body,
                  "Content-Type: application/http; msgtype=response\r\n", **others)


def documents(data, *args):
    """What --to=jsonl makes of an archive: its exit status and pairs of URL and text."""
    done = run("-q", "-f", "warc", "--to=jsonl", *PLAIN, *args, given=data)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    return done.returncode, [(each["url"], each["text"]) for each in records]


class Maker:
    """Archives of any records that a crawler may write."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.file = io.BytesIO()
        self.writer = WARCWriter(self.file, gzip=False,
                                 warc_version=self.random.choice(["WARC/1.0", "WARC/1.1"]))

    def text(self):
        words = ["春天", "的早晨", "abc", "\n", "\r\n", " ", "\n\n", "WARC/1.0\r\n", "\r\n\r\nWARC/1.1",
                 "\n5\r\n", "0\r\n\r\n", "，", "。\n"]
        # Begins with an ideograph: a body that is said to be chunked, and is not, shows it.
        return "文" + "".join(self.random.choices(words, k=self.random.choice([0, 3, 50, 5000])))

    def packed(self, text):
        body, headers = text.encode(), []
        coding = self.random.choice(["", "", "gzip", "deflate", "undone"])
        if coding == "gzip":
            body = gzip.compress(body)
        elif coding == "deflate":
            body = zlib.compress(body)
        if coding:
            headers = [("Content-Encoding", "gzip" if coding == "undone" else coding)]
        chunks = self.random.choice(["", "", "chunked", "undone"])
        if chunks:
            headers.append(("transfer-encoding", "chunked"))
        if chunks == "chunked":
            # In a chunk of a byte warcio loses the head of what is said to be gzip, and is not.
            size = self.random.choice([7, 64, 4096])
            parts = [body[at:at + size] for at in range(0, len(body), size)] + [b""]
            body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
        return body, headers

    def add(self, url):
        kind = self.random.choice(["response"] * 4 + ["conversion", "resource", "request",
                                                      "metadata", "revisit"])
        if kind in ("conversion", "resource"):
            self.write(url, kind, self.text().encode(), warc_content_type="text/plain")
            return
        type_ = self.random.choice(["text/plain"] * 3 + ["text/plain; charset=utf-8", "image/png"])
        status = self.random.choice(["200 OK"] * 4 + ["404 Not Found", "301 Moved"])
        body, headers = self.packed(self.text())
        first = "GET / HTTP/1.1" if kind == "request" else "HTTP/1.1 " + status
        version, rest = first.split(" ", 1)
        self.write(url, kind, body, http_headers=StatusAndHeaders(
            rest, [("Content-Type", type_)] + headers, protocol=version))

    def write(self, url, kind, body, **others):
        self.writer.write_record(self.writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), **others))

    def archive(self):
        for number in range(30):
            self.add(f"http://a/{number}")
        return self.file.getvalue()


def by_warcio(data):
    found = []
    for each in ArchiveIterator(io.BytesIO(data)):
        http = each.http_headers
        if each.rec_type == "response":
            wanted = (http.get_statuscode().startswith("2")
                      and http.get_header("Content-Type").startswith("text/plain"))
        else:
            wanted = each.rec_type in ("conversion", "resource")
        if wanted:
            found.append((each.rec_headers.get_header("WARC-Target-URI"),
                          each.content_stream().read().decode()))
    return found


@unittest.skipIf(WARCWriter is None, "no warcio")
class AgainstWarcio(unittest.TestCase):
    def test_files_made_by_it(self):
        for seed in range(40):
            with self.subTest(seed=seed):
                data = Maker(seed).archive()
                self.assertEqual(documents(data), (0, by_warcio(data)))

    def test_a_member_of_gzip_for_each_record(self):
        plain, packed = io.BytesIO(), io.BytesIO()
        for file, packs in (plain, False), (packed, True):
            writer = WARCWriter(file, gzip=packs)
            for number in range(20):
                writer.write_record(writer.create_warc_record(
                    f"http://a/{number}", "conversion", payload=io.BytesIO(LONG.encode()),
                    warc_content_type="text/plain"))
        self.assertEqual(documents(packed.getvalue()), documents(plain.getvalue()))


class Damage(unittest.TestCase):
    TEXTS = ["一" + LONG, "二" + LONG, "三" + LONG]
    FILE = b"".join(response(text, url=f"http://a/{at}") for at, text in enumerate(TEXTS))

    def test_a_file_that_breaks_off_anywhere_is_told_and_the_rest_is_read(self):
        whole = documents(self.FILE)[1]
        ends, at = [0], 0
        for text in range(3):
            at = self.FILE.find(b"\r\n\r\nWARC", at + 1) if text < 2 else len(self.FILE) - 4
            ends.append(at)
        for size in range(0, len(self.FILE), 7):
            status, found = documents(self.FILE[:size])
            records = sum(end <= size for end in ends) - 1
            self.assertEqual(found[:records], whole[:records], size)
            self.assertLessEqual(len(found), records + 1, size)
            between = any(end <= size <= end + 4 for end in ends)
            self.assertEqual(status, 0 if between else 1, size)

    def test_a_record_that_is_too_long_is_passed_over(self):
        data = record("conversion", b"x" * ((64 << 20) + 1)) + record("conversion", "y")
        done = run("-f", "warc", given=data)
        self.assertEqual((done.returncode, done.stdout), (3, b"y"))
        self.assertEqual(done.stderr, b"dedup: standard input: offset 0: a body of more than 64 MiB;"
                                      b" the record is passed over\n")

    def test_what_unpacks_to_too_much_is_cut_off(self):
        packed = gzip.compress(b"x" * (65 << 20))
        data = response(packed, "Content-Type: text/plain\r\nContent-Encoding: gzip\r\n")
        done = run("-f", "warc", *PLAIN, given=data)
        self.assertEqual((done.returncode, len(done.stdout)), (3, 64 << 20))
        self.assertIn(b"what follows is cut off", done.stderr)

    def test_broken_bytes_are_told_by_their_record(self):
        data = record("conversion", b"x\n") + record("conversion", b"a\xffb\xfe\n")
        for to in "text", "jsonl":
            done = run("-f", "warc", "--to=" + to, given=data)
            self.assertEqual(done.returncode, 1)
            self.assertEqual(done.stderr.decode(), "dedup: standard input: 2 broken byte sequences, "
                             f"the first in the record at offset {len(data) // 2 - 1}; "
                             "written as U+FFFD\n")


class Pages(unittest.TestCase):
    PAGE = ("<html><head><meta charset={}><title>海洋馆开放夜游</title></head><body>"
            "<nav><a href=/>首页</a> <a href=/b>财经</a></nav><article><h1>海洋馆开放夜游</h1>"
            "<p>濱海海洋館開放夜遊，每週五、六兩晚，限二百人。</p><p>" + LONG + "。</p></article></body></html>")

    def text(self, fields, body):
        data = response(body, "Content-Type: text/html" + fields + "\r\n", url="http://a/")
        done = run("-f", "warc", "--to=jsonl", given=data)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        page = json.loads(done.stdout)
        self.assertEqual((page["url"], page["title"]), ("http://a/", "海洋馆开放夜游"))
        return page["text"]

    def test_a_page_is_the_same_however_it_was_sent(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "a.html"), "w", encoding="utf-8") as file:
                file.write(self.PAGE.format("utf-8"))
            expected = json.loads(run("--to=jsonl", "a.html", folder=folder).stdout)["text"]
        self.assertIn(LONG, expected)
        gbk = self.PAGE.format("gbk").encode("gb18030")
        packed = gzip.compress(gbk)
        chunked = b"".join(b"%x\r\n%s\r\n" % (len(packed[at:at + 99]), packed[at:at + 99])
                           for at in range(0, len(packed), 99)) + b"0\r\n\r\n"
        for fields, body in (("", self.PAGE.format("utf-8").encode()), ("; charset=gbk", gbk),
                             ("", gbk), ("\r\nContent-Encoding: gzip", packed),
                             ("\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked",
                              chunked)):
            with self.subTest(fields=fields):
                self.assertEqual(self.text(fields, body), expected)


class Options(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.data = (record("warcinfo", "", url="") + response(LONG) + response("x", status="404 Not Found")
                     + response("二\n" + LONG, url="http://b/"))
        self.file("a.warc", self.data)

    def file(self, name, data):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(data)

    def run_here(self, *args, status=0):
        done = run(*args, folder=self.folder)
        self.assertEqual(done.returncode, status, done.stderr.decode())
        return done

    def test_they_are_known_by_name(self):
        clean = self.run_here("a.warc").stdout
        self.assertEqual(clean.decode(), LONG + "\n\n二\n")
        for name, data in ("a.wet", self.data), ("b.warc.gz", gzip.compress(self.data)):
            self.file(name, data)
            self.assertEqual(self.run_here(name).stdout, clean)

    def test_verbose_names_records(self):
        self.assertEqual(self.run_here("-n", "-v", "a.warc").stderr.decode().splitlines(),
                         ["a.warc:1: passed over: warcinfo",
                          "a.warc:3: passed over: status 404, http://a/",
                          "a.warc:4:2: repeated-block (first at a.warc:2:1)"])

    def test_statistics_count_what_is_passed_over(self):
        counts = json.loads(self.run_here("-n", "--stats=json", "a.warc").stderr)
        skipped = {kind: count for kind, count in counts["skipped_records"].items() if count}
        self.assertEqual(skipped, {"warcinfo": 1, "status": 1})

    def test_a_file_of_its_own_is_named_by_its_format(self):
        self.file("b.warc.gz", gzip.compress(self.data))
        self.run_here("--output-dir=o", "a.warc", "b.warc.gz")
        self.run_here("--output-dir=o", "--to=jsonl", "a.warc")
        self.assertEqual(sorted(os.listdir(os.path.join(self.folder, "o"))),
                         ["a.warc.jsonl", "a.warc.txt", "b.warc.txt.gz"])

    def test_it_is_not_replaced_by_its_text(self):
        done = self.run_here("a.warc", "-o", "a.warc", status=64)
        self.assertIn(b"would be of another format", done.stderr)

    def test_what_makes_no_sense_is_refused(self):
        self.file("a.jsonl", b'{"text":"x"}')
        for args in (["--to=text", "a.jsonl"], ["--document-separator==", "a.warc"],
                     ["--field=text", "a.warc"], ["--verdicts", "a.warc"],
                     ["--drop-empty", "a.warc"], ["a.warc", "a.jsonl"], ["--to=xml", "a.warc"],
                     ["--to=jsonl", "a.txt", "-o", "a.txt"], ["learn", "a.warc", "-o", "m"]):
            self.file("a.txt", b"x")
            self.run_here(*args, status=64)

    def test_a_model_is_learned_from_its_records(self):
        furniture = "频道一 频道二\n本站由某某公司运营，转载请联系编辑部。\n"
        self.file("b.warc", b"".join(
            response(f"{furniture}第{at}篇\n{chr(0x4e00 + at) * 30}", url=f"http://a/{at}")
            for at in range(9)))
        records = self.run_here("--to=jsonl", "--boilerplate=off", "--paragraphs=off",
                                "--sentences=off", "b.warc").stdout
        self.file("b.jsonl", records)
        self.run_here("learn", "b.jsonl", "-o", "model")
        clean = self.run_here("--boilerplate-model=model", "b.warc").stdout.decode()
        self.assertNotIn("频道", clean)
        self.assertIn("第8篇", clean)

    def test_one_file_of_several_is_restored(self):
        self.file("b.warc", record("conversion", "甲\n") + record("conversion", "乙"))
        clean = self.run_here("--removed=list", "a.warc", "b.warc").stdout
        self.file("clean", clean)
        back = self.run_here("restore", "--removed=list", "--name=b.warc", "clean").stdout
        self.assertEqual(back.decode(), "甲\n乙")
        back = self.run_here("restore", "--removed=list", "clean").stdout
        self.assertEqual(back.decode(), LONG + "二\n" + LONG + "甲\n乙")

    def test_records_of_a_text(self):
        self.file("a.txt", f"一\n===\n{LONG}\n===\n{LONG}\n".encode())
        args = "--to=jsonl", "--document-separator====", "--removed=list"
        clean = self.run_here(*args, "a.txt").stdout
        texts = [json.loads(line) for line in clean.splitlines()]
        self.assertEqual(texts, [{"name": "a.txt", "title": "", "text": "一\n"},
                                 {"name": "a.txt", "title": "", "text": LONG + "\n"},
                                 {"name": "a.txt", "title": "", "text": ""}])
        self.file("clean", clean)
        back = self.run_here("restore", "--removed=list", "clean").stdout
        self.assertEqual([json.loads(line)["text"] for line in back.splitlines()],
                         ["一\n", LONG + "\n", LONG + "\n"])

    def test_records_that_go(self):
        twice = response(LONG + LONG[::-1]) * 2
        self.file("b.warc", twice + response(LONG + LONG[::-1] + "\n\n" + LONG + LONG[::-1]))
        done = self.run_here("--to=jsonl", "--verdicts", "b.warc").stdout.splitlines()
        self.assertEqual([list(json.loads(line))[0] for line in done], ["url", "dropped", "url"])
        self.assertEqual(json.loads(done[1])["dropped"], "duplicate-document")
        done = self.run_here("--to=jsonl", "--drop-empty", "b.warc").stdout
        self.assertEqual(len(done.splitlines()), 1)

    def test_any_number_of_threads_gives_the_same(self):
        data = b"".join(response(f"第{at % 700}頁" + LONG) for at in range(3000))
        one = run("-f", "warc", "-T1", given=data).stdout
        self.assertEqual(run("-f", "warc", "-T4", given=data).stdout, one)


if __name__ == "__main__":
    unittest.main(warnings="ignore")  # warcio leaves files to the collector
