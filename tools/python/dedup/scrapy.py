# SPDX-License-Identifier: Apache-2.0
"""An item pipeline for Scrapy.

    ITEM_PIPELINES = {"dedup.scrapy.DedupPipeline": 300}

Settings:

DEDUP_FIELD
    The field of an item that holds the page or its text, as bytes or str; "text". Best is
    response.body: a whole page is known by how it begins, and read in its charset.
DEDUP_CONTENT_TYPE
    What the field holds, where that cannot be seen: "text/html" for a part of a page.
DEDUP_URL_FIELD
    The field of its address, which it is remembered by; "url". An item without has no name.
DEDUP_EDITS_FIELD
    A field for the list of what went and what was changed, as dictionaries with the members of
    Edit; none. An item of a class must have it.
DEDUP_INDEX
    The file of the index. Where it is not set: dedup.index in JOBDIR; without that, memory.
DEDUP_OPTIONS
    A dictionary: see dedup.Options. Paragraphs that were on earlier pages go from later ones;
    {"paragraphs": "off", "runs": False} drops whole pages and nothing else of them.
DEDUP_DROP
    Whether an item that repeats an earlier page, or of which nothing is left, is dropped; True.
    Else its text is empty. One that could not be read in full is kept. A page that an earlier crawl
    saw at the same address is one that repeats, too.
DEDUP_COMMIT_SECONDS
    How often what was seen is made last while the crawl goes on; 5. Below 0: at its end only.

A commit is made between items only: when each that was cleaned has left the pipelines behind this
one and was told to feeds. So a crawl that is killed remembers no page that it did not hand on. A
feed that is stored at its end, as on S3 or FTP, loses its items with the crawl: where the index is
not to know them then, DEDUP_COMMIT_SECONDS is -1. At the end what was seen is made last when the
feeds are stored, and not where one could not be.

Statistics are Scrapy's own, below "dedup/".
"""
import logging
import os
import time

from itemadapter import ItemAdapter
from scrapy import signals
from scrapy.exceptions import DropItem

from . import Cleaner, Error, Index
from .rows import edit_row, is_damaged

__all__ = ["DedupPipeline"]

logger = logging.getLogger(__name__)


class DedupPipeline:
    """Cleans the text of items, and drops those that say nothing new."""

    def __init__(self, crawler):
        settings = crawler.settings
        self._crawler = crawler
        self._stats = crawler.stats
        self._field = settings.get("DEDUP_FIELD", "text")
        self._type = settings.get("DEDUP_CONTENT_TYPE", "")
        self._url_field = settings.get("DEDUP_URL_FIELD", "url")
        self._edits_field = settings.get("DEDUP_EDITS_FIELD") or None
        self._drop = settings.getbool("DEDUP_DROP", True)
        self._seconds = settings.getfloat("DEDUP_COMMIT_SECONDS", 5)
        self._options = {name: value for name, value in settings.getdict("DEDUP_OPTIONS").items()
                         if value is not None}
        self._path = settings.get("DEDUP_INDEX") or None
        if self._path is None and settings.get("JOBDIR"):
            self._path = os.path.join(settings["JOBDIR"], "dedup.index")
        self._index = self._cleaner = None
        self._committed = 0.0

    @classmethod
    def from_crawler(cls, crawler):
        pipeline = cls(crawler)
        # Feeds are stored behind close_spider, and before this.
        crawler.signals.connect(pipeline.finish, signal=signals.engine_stopped)
        return pipeline

    def open_spider(self, spider=None):
        if self._path is not None:
            shared = {name: self._options[name]
                      for name in ("near_threshold", "memory", "scratch", "secret")
                      if name in self._options}
            self._index = Index.open(self._path, commit_documents=0, commit_seconds=0, **shared)
        try:
            self._cleaner = Cleaner(self._index, **self._options)
        except (Error, TypeError) as fault:
            raise type(fault)(f"DEDUP_OPTIONS: {fault}") from None
        self._committed = time.monotonic()

    def finish(self):
        """The crawl is over, and its feeds are stored, or could not be."""
        if self._index is not None:
            try:
                if any(name.startswith("feedexport/failed_count") and count
                       for name, count in self._stats.get_stats().items()):
                    logger.warning("%s: a feed was not stored, and what the crawl has seen since "
                                   "the last commit is not remembered", self._path)
                else:
                    self._index.commit()
            finally:
                self._index.close()
        if self._cleaner is not None:
            self._cleaner.close()
        without = self._stats.get_value("dedup/without_text", 0)
        if without:
            logger.warning("%d items had nothing in the field %r: see DEDUP_FIELD", without,
                           self._field)

    def process_item(self, item, spider=None):
        self._commit_between_items()
        adapter = ItemAdapter(item)
        page = adapter.get(self._field)
        if page is None:
            self._stats.inc_value("dedup/without_text")
            return item
        if isinstance(page, (list, tuple, dict)):
            raise TypeError(f"the field {self._field!r} is a {type(page).__name__}, and a page is "
                            "bytes or a str")
        adapter[self._field] = page  # what the item cannot hold is found out before it is seen
        if self._edits_field:
            adapter[self._edits_field] = []
        cleaned = self._cleaner.clean(page, url=adapter.get(self._url_field) or "",
                                      content_type=self._type)
        self._count(cleaned)
        adapter[self._field] = cleaned.text
        if self._edits_field:
            adapter[self._edits_field] = [edit_row(edit) for edit in cleaned.edits]
        if self._drop and cleaned.duplicate:
            earlier = cleaned.duplicate
            raise dropped(f"repeats {earlier.name or f'document {earlier.document}'}")
        if self._drop and not cleaned.text.strip() and not is_damaged(cleaned):
            raise dropped("nothing of it is new")
        return item

    def _count(self, cleaned):
        stats = cleaned.stats
        self._stats.inc_value("dedup/documents")
        self._stats.inc_value("dedup/duplicates", int(cleaned.duplicate is not None))
        self._stats.inc_value("dedup/decoded_bytes", stats.decoded_bytes)
        self._stats.inc_value("dedup/output_bytes", stats.output_bytes)
        if is_damaged(cleaned):
            self._stats.inc_value("dedup/damaged")
        for reason, count in stats.removed.items():
            if count.items:
                self._stats.inc_value(f"dedup/removed/{reason}", count.items)

    def _commit_between_items(self):
        """Where the item that comes is the only one in the pipelines, all before it were handed on.
        Nobody else knows that: a pipeline may put another item in the place of one."""
        if (self._index is None or self._seconds < 0
                or time.monotonic() - self._committed < self._seconds):
            return
        scraper = getattr(self._crawler.engine, "scraper", None)
        if getattr(getattr(scraper, "slot", None), "itemproc_size", None) == 1:
            self._index.commit()
            self._committed = time.monotonic()


def dropped(why):
    """An item that goes as it should is worth no warning."""
    fault = DropItem(why)
    fault.log_level = "INFO"
    return fault
