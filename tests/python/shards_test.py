# SPDX-License-Identifier: Apache-2.0
"""dedup.shards: a corpus in parts comes out as it does as a whole. The cluster is a dictionary."""
import random
import unittest

import pyarrow as pa

import dedup
from dedup import shards
from dedup.tables import TableCleaner
from package_test import BYLINE, NEWS, OTHER

SECRET = bytes(range(32))
LINES = [f"這是第{number}段新聞的正文，講的是河邊的老橋在修了{number * 7}個月之後重新開放，附近的居民"
         f"都出來看熱鬧，有人還帶來了自家做的點心，分給{number + 3}位修橋的師傅們吃。\n"
         for number in range(40)]


def corpus_of(seed):
    """Documents that repeat one another, and parts of one another; some rows are no documents."""
    random.seed(seed)
    texts = []
    for _ in range(random.randrange(3, 30)):
        way = random.random()
        if texts and way < .2:
            texts.append(random.choice(texts))
        elif way < .3:
            texts.append(None)
        elif way < .4:
            texts.append((NEWS if random.random() < .5 else OTHER) + BYLINE)
        else:
            first = random.randrange(len(LINES) - 6)
            texts.append("".join(LINES[first:first + random.randrange(1, 6)]))
    return pa.table({"text": pa.array(texts, pa.string()),
                     "name": [f"n{number}" for number in range(len(texts))]})


def parts_of(table, count):
    ends = [len(table) * part // count for part in range(count + 1)]
    return [table.slice(start, end - start) for start, end in zip(ends, ends[1:])]


def numbers_of(parts):
    """How many documents come before each part."""
    first, numbers = 0, []
    for part in parts:
        numbers.append(first)
        first += len(part) - part["text"].null_count
    return numbers


def place(row):
    return row["document"], row["block"], row["second"], row["third"]


def dictionary(tables):
    """The rule of dedup.shards, and nothing else: {(kind, key): row}."""
    rows = [row for table in tables for row in table.to_pylist()]
    first = {}

    def add(row):
        at = first.setdefault((row["kind"], row["key"]), row)
        if place(row) < place(at):
            first[row["kind"], row["key"]] = row

    for row in rows:
        if row["kind"] == shards.DOCUMENT:
            add(row)
    removed = {row["document"] for row in rows if row["kind"] == shards.DOCUMENT
               and place(first[row["kind"], row["key"]]) < place(row)}
    for row in rows:
        if row["kind"] != shards.DOCUMENT and row["document"] not in removed:
            add(row)
    return first


def told(first, rows, before):
    """What a part is told of the dictionary."""
    keys = {(row["kind"], row["key"]) for row in rows.to_pylist()}
    return pa.Table.from_pylist(
        [row for key, row in first.items() if key in keys and row["document"] < before],
        schema=shards.KEYS)


class Parts(unittest.TestCase):
    def clean(self, part, index=None, **options):
        with TableCleaner("text", name_column="name", edits_column="edits", drop="none",
                          index=index, **options) as cleaner:
            return cleaner.clean(part)

    def check(self, table, count, **options):
        whole = self.clean(table, **options)
        parts = parts_of(table, count)
        numbers = numbers_of(parts)
        rows = [shards.KeyReader("text", secret=SECRET, first_document=number, **options).read(part)
                for part, number in zip(parts, numbers)]
        first = dictionary(rows)
        names = [row["name"] for row in table.to_pylist() if row["text"] is not None]
        cleaned = []
        for part, number, keys in zip(parts, numbers, rows):
            index = shards.index_of(told(first, keys, number), secret=SECRET,
                                    first_document=number, names=dict(enumerate(names[:number])),
                                    near_threshold=options.get("near_threshold", .8))
            cleaned.append(self.clean(part, index, **options))
        self.assertEqual(pa.concat_tables(cleaned).to_pylist(), whole.to_pylist())
        return rows, first

    def test_a_corpus_in_parts_is_what_it_is_as_a_whole(self):
        removed = 0
        for seed in range(30):
            for count in (1, 2, 7):
                with self.subTest(seed=seed, count=count):
                    options = {"min_block": 4, "min_block_across": 8} if seed % 3 == 0 else {}
                    self.check(corpus_of(seed), count, threads=1 + seed % 2, **options)
            removed += sum(len(edits or ()) for edits in
                           self.clean(corpus_of(seed))["edits"].to_pylist())
        self.assertGreater(removed, 300)

    def test_the_first_places_in_memory_are_those_of_the_dictionary(self):
        for seed in range(10):
            table = corpus_of(seed)
            rows, first = self.check(table, 3)
            found = shards.first_places(rows)
            self.assertEqual(found.schema, shards.KEYS)
            self.assertEqual(sorted(map(str, found.to_pylist())), sorted(map(str, first.values())))
            for part, number in zip(rows, numbers_of(parts_of(table, 3))):
                self.assertEqual(
                    sorted(map(str, shards.earlier_places(found, part, number).to_pylist())),
                    sorted(map(str, told(first, part, number).to_pylist())))

    def test_a_part_without_documents_has_no_rows(self):
        reader = shards.KeyReader("text", secret=SECRET, first_document=5)
        rows = reader.read(pa.table({"text": pa.array([None, None], pa.string())}))
        self.assertEqual((rows.num_rows, reader.documents), (0, 0))
        self.assertEqual(shards.first_places([rows]).num_rows, 0)
        index = shards.index_of(rows, secret=SECRET, first_document=5)
        self.assertEqual(index.documents, 5)

    def test_rows_of_another_secret_or_option_are_other_rows(self):
        table = pa.table({"text": [NEWS, OTHER]})
        rows = shards.KeyReader("text", secret=SECRET).read(table)
        self.assertGreater(rows.num_rows, 1)
        self.assertEqual(rows, shards.KeyReader("text", secret=SECRET).read(table))
        self.assertNotEqual(rows, shards.KeyReader("text", secret=bytes(32)).read(table))
        self.assertEqual(shards.KeyReader("text", secret=SECRET, documents="off", paragraphs="off",
                                          runs=False).read(table).num_rows, 0)

    def test_all_options_go_along(self):
        table = corpus_of(7)
        self.check(table, 3, paragraphs="near", near_threshold=.9)
        self.check(table, 3, scope="document")
        self.check(table, 3, first_positions=False, sentences="lone")

    def test_what_cannot_have_been_seen_elsewhere_is_refused(self):
        good = {"kind": b"\1", "key": bytes(16), "document": bytes(8), "block": bytes(8),
                "second": bytes(4), "third": bytes(4)}
        index = dedup.Index(secret=SECRET, first_document=1)
        index.remember(**good)
        for wrong in ({"kind": b"\3"}, {"key": bytes(15)}, {"third": bytes(5)}):
            with self.assertRaises(ValueError):
                index.remember(**{**good, **wrong})
        for document in (1, 5, -1):
            with self.assertRaises(dedup.InvalidOption):
                index.remember(**{**good, "document": document.to_bytes(8, "little", signed=True)})
        rows = [shards.KeyReader("text", secret=SECRET, first_document=number).read(part)
                for number, part in ((0, corpus_of(1)), (50, corpus_of(1)))]
        with self.assertRaises(dedup.InvalidOption):
            shards.index_of(pa.concat_tables(rows), secret=SECRET, first_document=50)

    def test_what_compares_more_than_keys_is_refused(self):
        told = shards.index_of(shards.KEYS.empty_table(), secret=SECRET, first_document=0)
        for option in ({"documents": "near"}, {"scope": "wide"}):
            with self.assertRaises(dedup.InvalidOption):
                dedup.Cleaner(told, **option)
        with self.assertRaises(dedup.InvalidOption):
            shards.KeyReader("text", secret=SECRET, scope="wide")
        told.remember_verdicts(document=b"", first=b"", similarity=b"")
        dedup.Cleaner(told, documents="near")
        with self.assertRaises(dedup.InvalidOption):
            shards.KeyReader("text", secret=b"short")

    def test_a_column_that_is_not_there_is_told(self):
        table = pa.table({"text": [NEWS], "url": ["a"]})
        with self.assertRaisesRegex(ValueError, "no column 'txet'; there are text, url"):
            shards.KeyReader("txet", secret=SECRET).read(table)
        with self.assertRaisesRegex(ValueError, "no column 'x'"):
            shards.KeyReader("text", secret=SECRET, url_column="x").read(table)
        with self.assertRaisesRegex(ValueError, "no column 'third'"):
            shards.index_of(shards.KEYS.empty_table().drop_columns(["third"]), secret=SECRET,
                            first_document=0)


if __name__ == "__main__":
    unittest.main()
