# SPDX-License-Identifier: Apache-2.0
"""A spider over a local site, which stores what it is handed on at once: its argument `site`."""
import json
import os

import scrapy
from scrapy import signals
from scrapy.extensions.feedexport import BlockingFeedStorage


class Storage:
    """Behind DedupPipeline: a line for each item, on the disk before the next comes."""

    @classmethod
    def from_crawler(cls, crawler):
        storage = cls()
        storage.descriptor = os.open(crawler.settings["STORAGE"],
                                     os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        crawler.signals.connect(storage.dropped, signal=signals.item_dropped)
        return storage

    def write(self, item, **more):
        os.write(self.descriptor, json.dumps({**item, **more}).encode() + b"\n")

    def dropped(self, item, exception):
        self.write(item, dropped=str(exception))

    def process_item(self, item):
        self.write(item)
        return item


class BrokenStorage(BlockingFeedStorage):
    """Of a feed that is stored at its end, and cannot be."""

    def __init__(self, uri, *, feed_options=None):
        pass

    def _store_in_thread(self, file):
        raise OSError("the other side is down")


class SiteSpider(scrapy.Spider):
    name = "site"

    def __init__(self, site=None, **arguments):
        super().__init__(**arguments)
        self.start_urls = [site]

    def parse(self, response):
        for link in response.css("nav a::attr(href)"):
            yield response.follow(link.get(), self.page)

    def page(self, response):
        yield {"url": response.url, "text": response.body}
