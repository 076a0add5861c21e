#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/recipes_test.py DEDUP

The recipes of both READMEs, word by word: each line of a block of sh, a block of bash as a script,
of make as a Makefile, and the command of a crontab in the environment that cron gives. A page of
the web is one of a server here, and the other machine is this one. A recipe whose program is
missing is skipped, by name.
"""
import gzip
import http.server
import json
import os
import re
import shutil
import subprocess
import threading
import unittest

from command_case import DEDUP, CommandCase

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")

NEWS = "七月起，濱海海洋館每週五、六開放夜遊，每晚限二百人，遊客可在海底隧道旁搭帳篷過夜，看魚群在微光裡洄遊，清晨再由講解員帶領餵食企鵝。"
OTHER = "山城博物館昨天展出一批清代的地圖，館員說其中三幅從未公開，觀眾可以在二樓的展廳裡看到它們，展期到九月底為止，週一休館。"
BYLINE = "責任編輯：林小滿"
TEXT = f"{NEWS}\n\n{OTHER}\n\n{NEWS}\n{BYLINE}\n"
PAGE = ("<!DOCTYPE html><html lang=zh><head><meta charset=utf-8><title>夜遊</title></head><body>"
        "<nav><a href=/>首頁</a> <a href=/n>新聞</a></nav><article><h1>濱海海洋館開放夜遊</h1>"
        f"<p>{NEWS}</p><p>{OTHER}</p></article><footer>版權所有</footer></body></html>\n")


def warc_record(url, page):
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
    head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n")
    return head.encode() + b"\r\n" + body + b"\r\n\r\n"


def record(**fields):
    return json.dumps(fields, ensure_ascii=False) + "\n"


def blocks(readme):
    """(language, text) of each fenced block that is to be run."""
    with open(os.path.join(ROOT, readme), encoding="utf-8") as file:
        found = re.findall(r"(?m)^```(sh|bash|make|crontab)\n([\s\S]*?)^```$", file.read())
    return [(language, text) for language, text in found]


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *args):
        pass


class Recipes(CommandCase):
    @classmethod
    def setUpClass(cls):
        cls.server = http.server.HTTPServer(("127.0.0.1", 0), Server)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def lay_out(self, command):
        """The files that the recipes name. Of a record only the field that is meant is dirty."""
        field = "content" if "--field=content" in command else "text"
        dirty = {} if "--markup" in command else {field: TEXT}
        for name in "page.txt", "whole-page.txt", "in", "one.txt", "new.txt", "pages.txt":
            self.file(name, TEXT)
        for number in range(6):
            article = f"{OTHER}{number}\n第{number}則：{NEWS}\n{BYLINE}\n首頁 新聞 論壇 關於本站 聯絡我們\n"
            self.file(f"site/{number}.txt", article)
            self.file(f"pages/{number}.txt", article)
        self.file("pages/z.txt.gz", gzip.compress(TEXT.encode()))
        self.file("page.html", PAGE)
        self.file("page-in-gbk.txt", TEXT.encode("gb18030"))
        self.file("in-big5.txt", TEXT.encode("big5"))
        records = "".join(record(id=number, url=f"https://example.org/{number}", lang="zh",
                                 html=PAGE, title=f"標題{number}", **fields)
                          for number, fields in enumerate([dirty, {field: OTHER * 2}, dirty]))
        for name in "in.jsonl", "crawl-1.jsonl", "crawl-2.jsonl", "crawl.jsonl":
            self.file(name, records)
            self.file(f"crawl/{name}", records)
        self.file("crawl.jsonl.gz", gzip.compress(records.encode()))
        packed = subprocess.run(["zstd", "-q"], input=records.encode(), check=True,
                                stdout=subprocess.PIPE).stdout
        self.file("crawl.jsonl.zst", packed)
        self.file("news.jsonl", record(title="夜遊", content={"paras": [NEWS, OTHER, BYLINE]}))
        self.file("articles.json", json.dumps([{"content": TEXT}], ensure_ascii=False) + "\n")
        self.file("in.csv", f"id,content\n1,{NEWS}{OTHER}\n2,{NEWS}{OTHER}\n")
        self.file("crawl.warc.gz", b"".join(
            gzip.compress(warc_record(f"https://example.org/{n}", PAGE)) for n in range(2)))
        self.file("bin/ssh", '#!/bin/sh\nshift\nexec sh -c "$*"\n')  # the other machine is this one
        os.chmod(self.path("bin/ssh"), 0o755)
        os.symlink(DEDUP, self.path("bin/dedup"))

    def before(self, command):
        """What a recipe takes from the one above it."""
        made = {"diff --removed": "dedup --removed=list.jsonl page.txt > clean.txt",
                "restore": "dedup --removed=list.jsonl page.txt > clean.txt",
                "--name=": "dedup --removed=list.jsonl one.txt two.txt > clean.txt",
                "--boilerplate-model=": "dedup learn site/*.txt -o site.model",
                "--index-mode=": "dedup --index=seen.index site/1.txt",
                "-o clean/": "mkdir clean"}
        if "--name=" in command:
            self.file("two.txt", f"{OTHER}另一篇\n")
        if "< in " in command and "jsonl" in command:
            shutil.copy(self.path("in.jsonl"), self.path("in"))
        if "new.txt" in command or "< page.txt" in command and "model" in command:
            self.file("page.txt", self.read("site/0.txt"))
        for sign in ["diff --removed", "--name=", "restore", "--boilerplate-model=", "--index-mode=",
                     "-o clean/"]:
            if sign in command:
                self.shell(made[sign])
                break

    def shell(self, command, **environment):
        path = self.path("bin") + ":/usr/bin:/bin:" + os.environ["PATH"]
        url = f"http://127.0.0.1:{self.server.server_port}/page"
        done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=self.folder,
                              check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL,
                              env={**os.environ, "PATH": path, "URL": url, "HOME": self.folder,
                                   "no_proxy": "127.0.0.1", **environment})
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stderr}")
        return done

    def check(self, command, done):
        """Something was written, of the text and not of the byline."""
        said = [line for line in done.stderr.split("\n") if line.startswith("dedup: ")
                and not re.search("read as a page|and is read so", line)]
        self.assertEqual(said, [], command)
        written = done.stdout
        if "dedup shard" in command:
            self.shell("cat clean/crawl-*.jsonl | cmp - <(dedup --near crawl-*.jsonl)")
            return
        for name in re.findall(r"(?:> ?|-o |--output-dir=)([\w./{}-]+)", command):
            name = {"{}": "pages/1.txt", "clean/{}": "clean/crawl-1.jsonl"}.get(name, name)
            self.assertTrue(os.path.exists(self.path(name)), f"{command}: no {name}")
            written += self.contents(name)
        if " -i" in command:
            written += self.contents("pages/1.txt")
        if "--dry-run" in command or " -n " in command:
            return
        self.assertNotEqual(written + done.stderr, "", f"{command}: nothing came out")
        keeps = any(word in command for word in ("restore", "-byline", "--boilerplate=off", "diff",
                                                 "--report"))
        if not keeps and "learn" not in command:
            self.assertNotIn(BYLINE, written, command)

    def contents(self, name):
        if os.path.isdir(self.path(name)):
            below = [os.path.join(folder, file) for folder, _, files in os.walk(self.path(name))
                     for file in files]
            self.assertTrue(below, f"nothing below {name}")
            return "".join(self.contents(file) for file in below)
        data = self.read(name)
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        return data.decode(errors="replace")

    def run_recipe(self, language, text):
        if language == "sh":
            self.before(text)
            self.check(text, self.shell(text))
        elif language == "bash":
            self.check(text, self.shell(text))
        elif language == "make":
            self.file("Makefile", text)
            self.shell("make -s")
            self.assertNotIn(BYLINE, self.contents("clean"))
            self.assertEqual(len(os.listdir(self.path("clean"))), 6)
        else:
            command = re.fullmatch(r"(?:\S+ +){5}(.*)\n", text).group(1)
            done = subprocess.run(["/bin/sh", "-c", command], cwd=self.folder, check=False,
                                  capture_output=True, stdin=subprocess.DEVNULL, text=True,
                                  env={"HOME": self.folder, "SHELL": "/bin/sh",
                                       "PATH": self.path("bin") + ":/usr/bin:/bin"})
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
            self.assertNotIn(BYLINE, self.contents("crawl/new.jsonl"))

    def recipes(self, readme):
        for language, text in blocks(readme):
            if language != "sh":
                yield language, text
                continue
            for line in text.split("\n"):
                command = re.sub(r" +# .*$", "", line)
                if command:
                    yield language, command

    def try_all(self, readme):
        number = 0
        for language, text in self.recipes(readme):
            number += 1
            programs = set(re.findall(r"\b(curl|jq|mlr|parallel|make|zstd)\b", text))
            missing = [program for program in programs | ({"make"} if language == "make" else set())
                       if not shutil.which(program)]
            with self.subTest(text):
                if missing:
                    self.skipTest(f"{missing[0]} is missing")
                shutil.rmtree(self.folder)
                os.mkdir(self.folder)
                self.lay_out(text)
                self.run_recipe(language, text)
        self.assertGreater(number, 30)

    def test_readme(self):
        self.try_all("README.md")

    def test_chinese_readme(self):
        self.try_all("README.zh.md")

    def test_both_have_the_same(self):
        english, chinese = (sorted(text.split("  #")[0].strip()
                                   for _, text in self.recipes(readme))
                            for readme in ("README.md", "README.zh.md"))
        self.assertEqual(english, chinese)


if __name__ == "__main__":
    unittest.main()
