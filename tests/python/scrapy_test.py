# SPDX-License-Identifier: Apache-2.0
"""The pipeline in a real crawl of a local site of 200 pages, each fifth a reprint."""
import http.server
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import dedup

HERE = os.path.dirname(os.path.abspath(__file__))
PAGES = 200


def article(number):
    """Each fifth is the one before it at another address, under another frame."""
    story = number - number % 5 // 4
    text = "".join(f"<p>第{story}號漁船在第{line}天的清晨離開港口，船上的人說風從東南來，浪有兩尺高，"
                   f"網裡的魚比昨天多了{story * 7 + line}條，傍晚時他們在燈塔下靠岸。</p>" for line in range(6))
    return (f"<!DOCTYPE html><html><head><title>{number}</title></head><body><nav><a href=/>首頁</a>"
            f"</nav><article>{text}<p>責任編輯：林小滿</p></article><footer>版權所有</footer></body></html>")


class Site(http.server.BaseHTTPRequestHandler):
    delay = 0.0

    def do_GET(self):
        if self.path == "/":
            links = "".join(f"<a href=/{number}.html>{number}</a>" for number in range(PAGES))
            page = f"<!DOCTYPE html><html><body><nav>{links}</nav></body></html>"
        elif self.path == "/robots.txt":
            page = ""
        else:
            time.sleep(self.delay)
            page = article(int(self.path[1:-5]))
        body = page.encode("gb18030")
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=gb18030")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        pass  # of a crawl that was killed


class Crawls(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.place = place.name
        Site.delay = 0.0
        self.server = Server(("127.0.0.1", 0), Site)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def path(self, name):
        return os.path.join(self.place, name)

    def start(self, storage, **settings):
        settings = {"ITEM_PIPELINES": {"dedup.scrapy.DedupPipeline": 300,
                                       "site_spider.Storage": 400},
                    "STORAGE": self.path(storage), "LOG_LEVEL": "INFO", "LOG_FILE": self.path("log"),
                    "TELNETCONSOLE_ENABLED": False, "DEDUP_OPTIONS": {"boilerplate": "page"},
                    "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "DOWNLOAD_DELAY": 0, **settings}
        program = ("import json, sys\n"
                   "from scrapy.crawler import CrawlerProcess\n"
                   "from site_spider import SiteSpider\n"
                   "process = CrawlerProcess(json.loads(sys.argv[1]))\n"
                   "crawler = process.create_crawler(SiteSpider)\n"
                   "process.crawl(crawler, site=sys.argv[2])\n"
                   "process.start()\n"
                   "print(json.dumps({k: v for k, v in crawler.stats.get_stats().items()\n"
                   "                  if k.startswith(('dedup/', 'item_'))}))\n")
        return subprocess.Popen(
            [sys.executable, "-W", "error::DeprecationWarning:dedup", "-c", program,
             json.dumps(settings), f"http://127.0.0.1:{self.server.server_address[1]}/"],
            cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def crawl(self, storage, **settings):
        done = self.start(storage, **settings)
        out, _ = done.communicate(timeout=120)
        self.assertEqual(done.returncode, 0, self.log())
        return json.loads(out.splitlines()[-1])

    def log(self):
        with open(self.path("log"), encoding="utf-8") as file:
            return file.read()[-4000:]

    def stored(self, storage):
        try:
            with open(self.path(storage), encoding="utf-8") as file:
                return [json.loads(line) for line in file]
        except FileNotFoundError:
            return []

    def wait_for_items(self, storage, count):
        until = time.monotonic() + 60
        while len(self.stored(storage)) < count and time.monotonic() < until:
            time.sleep(.02)

    def distinct(self):
        return PAGES - PAGES // 5

    def test_reprints_are_dropped_and_counted(self):
        stats = self.crawl("all")
        items = self.stored("all")
        kept = [item for item in items if "dropped" not in item]
        self.assertEqual((len(items), len(kept)), (PAGES, self.distinct()), self.log())
        self.assertEqual(len({item["text"] for item in kept}), self.distinct())
        self.assertIn("號漁船", kept[0]["text"])
        for frame in ("首頁", "責任編輯", "版權所有", "<p>"):
            self.assertNotIn(frame, kept[0]["text"])
        gone = [item for item in items if "dropped" in item]
        self.assertTrue(all(item["dropped"].startswith("repeats http://127.0.0.1") for item in gone))
        self.assertEqual((stats["dedup/documents"], stats["dedup/duplicates"]), (PAGES, PAGES // 5))
        self.assertEqual(stats["dedup/removed/duplicate-document"], PAGES // 5)
        self.assertEqual(stats["item_scraped_count"], self.distinct())

    def test_the_settings_of_the_readme(self):
        from readme_test import examples
        settings = {}
        exec(next(program for program, _ in examples("README.md") if "ITEM_PIPELINES" in program),
             settings)
        del settings["__builtins__"]
        settings["DEDUP_INDEX"] = self.path(settings["DEDUP_INDEX"])
        settings["ITEM_PIPELINES"]["site_spider.Storage"] = 400
        self.assertEqual(self.crawl("all", **settings)["item_scraped_count"], self.distinct())
        self.assertEqual(dedup.index_facts(settings["DEDUP_INDEX"]).documents, PAGES)

    def test_who_wants_to_keep_them_has_reasons(self):
        self.crawl("all", DEDUP_DROP=False, DEDUP_EDITS_FIELD="edits")
        items = self.stored("all")
        self.assertEqual(len(items), PAGES)
        empty = [item for item in items if not item["text"]]
        self.assertEqual(len(empty), PAGES // 5)
        self.assertEqual(empty[0]["edits"][0]["reason"], "duplicate-document")
        self.assertTrue(empty[0]["edits"][0]["first_name"].startswith("http://127.0.0.1"))

    def test_a_feed_that_is_not_stored_is_not_remembered(self):
        settings = {"DEDUP_INDEX": self.path("seen.index"), "DEDUP_COMMIT_SECONDS": -1}
        self.crawl("one", FEED_STORAGES={"broken": "site_spider.BrokenStorage"},
                   FEEDS={"broken://feed": {"format": "jsonlines"}}, **settings)
        self.assertIn("a feed was not stored", self.log())
        self.assertFalse(os.path.exists(self.path("seen.index"))
                         and dedup.index_facts(self.path("seen.index")).documents, self.log())
        self.crawl("two", FEEDS={self.path("feed.jsonl"): {"format": "jsonlines"}}, **settings)
        self.assertEqual(dedup.index_facts(self.path("seen.index")).documents, PAGES)
        with open(self.path("feed.jsonl"), encoding="utf-8") as file:
            self.assertEqual(len(file.readlines()), self.distinct())

    def test_an_index_that_cannot_be_opened_is_told(self):
        with dedup.Index.open(self.path("seen.index")) as index:
            index.commit()
            crawl = self.start("all", DEDUP_INDEX=self.path("seen.index"))
            crawl.communicate(timeout=120)
        self.assertIn("seen.index: ", self.log())
        self.assertIn("IndexFileError", self.log())
        self.assertNotIn("AttributeError", self.log())
        self.assertEqual(self.stored("all"), [])

    def test_what_is_set_wrongly_is_told(self):
        crawl = self.start("all", DEDUP_OPTIONS={"scope": "x"})
        crawl.communicate(timeout=120)
        self.assertIn("InvalidOption: DEDUP_OPTIONS: scope must be one of", self.log())
        self.crawl("some", DEDUP_FIELD="txet")
        self.assertIn("200 items had nothing in the field 'txet'", self.log())

    def test_a_part_of_a_page_is_html_where_that_is_said(self):
        pipeline = self.pipeline(DEDUP_CONTENT_TYPE="text/html")
        item = pipeline.process_item({"text": "<div><p>燈塔&amp;夜景</p></div>"})
        self.assertEqual(item["text"].strip(), "燈塔&夜景")
        with self.assertRaisesRegex(TypeError, "the field 'text' is a list"):
            pipeline.process_item({"text": ["甲"]})
        pipeline.finish()

    def pipeline(self, **settings):
        from scrapy.utils.test import get_crawler
        from dedup.scrapy import DedupPipeline
        pipeline = DedupPipeline(get_crawler(settings_dict=settings))
        pipeline.open_spider()
        return pipeline

    def test_near_duplicates_by_a_threshold_of_ones_own_without_a_file(self):
        stats = self.crawl("all", DEDUP_OPTIONS={"documents": "near", "near_threshold": .9,
                                                 "boilerplate": None})
        self.assertGreaterEqual(stats["dedup/duplicates"], PAGES // 5)

    def test_an_item_that_cannot_hold_what_comes_out_is_not_remembered(self):
        import dataclasses
        import scrapy

        @dataclasses.dataclass(frozen=True)
        class Frozen:
            text: str

        class Narrow(scrapy.Item):
            text = scrapy.Field()

        pipeline = self.pipeline(DEDUP_EDITS_FIELD="edits")
        text = "".join(f"第{line}天，濱海海洋館開放夜遊，遊客可在海底隧道旁過夜。" for line in range(9))
        with self.assertRaises(dataclasses.FrozenInstanceError):
            pipeline.process_item(Frozen(text))
        with self.assertRaisesRegex(KeyError, "edits"):
            pipeline.process_item(Narrow(text=text))
        item = pipeline.process_item({"text": text})
        self.assertEqual((item["text"], item["edits"]), (text, []))
        self.assertEqual(pipeline.process_item({"text": None}), {"text": None})
        pipeline.finish()

    def test_the_next_crawl_knows_what_this_one_has_seen(self):
        self.crawl("first", DEDUP_INDEX=self.path("seen.index"))
        stats = self.crawl("second", DEDUP_INDEX=self.path("seen.index"))
        self.assertEqual(stats["dedup/duplicates"], PAGES)
        self.assertTrue(all("dropped" in item for item in self.stored("second")))

    def test_a_crawl_that_is_stopped_goes_on_where_it_was(self):
        Site.delay = .05
        job = {"JOBDIR": self.path("job")}
        first = self.start("all", **job)
        self.wait_for_items("all", 40)
        first.send_signal(signal.SIGINT)
        first.communicate(timeout=120)
        self.assertLess(len(self.stored("all")), PAGES, self.log())
        self.assertTrue(os.path.exists(self.path("job/dedup.index")))
        Site.delay = 0.0
        self.crawl("all", **job)
        kept = [item["text"] for item in self.stored("all") if "dropped" not in item]
        self.assertEqual((len(kept), len(set(kept))), (self.distinct(), self.distinct()), self.log())

    def test_a_crawl_that_is_killed_remembers_nothing_that_it_did_not_hand_on(self):
        Site.delay = .02
        index = self.path("seen.index")
        settings = {"DEDUP_INDEX": index, "DEDUP_COMMIT_SECONDS": .05}
        for kill, items in enumerate((30, 60, 90)):
            crawl = self.start(f"{kill}", **settings)
            self.wait_for_items(f"{kill}", items)
            crawl.kill()
            crawl.communicate()
            dedup.check_index(index)
            handed_on = {item["url"] for run in range(kill + 1) for item in self.stored(f"{run}")}
            with dedup.Index.open(index, read_only=True) as seen:
                self.assertGreater(seen.documents, 0)
                names = {seen.name_of(number) for number in range(seen.documents)}
            self.assertLessEqual(names, handed_on)
        Site.delay = 0.0
        self.crawl("last", **settings)
        kept = {item["text"] for run in ("0", "1", "2", "last") for item in self.stored(run)
                if "dropped" not in item}
        self.assertEqual(len(kept), self.distinct())  # nothing was lost


if __name__ == "__main__":
    unittest.main()
