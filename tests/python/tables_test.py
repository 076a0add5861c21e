# SPDX-License-Identifier: Apache-2.0
"""Arrow tables, Parquet files, python -m dedup and datasets.map."""
import json
import os
import stat
import subprocess
import sys
import tempfile
import unittest

import datasets
import pyarrow as pa
import pyarrow.parquet as pq

import dedup
import dedup.datasets
import dedup.tables
from package_test import BYLINE, NEWS, OTHER


def pages(count):
    """Of which each fifth repeats the one before it."""
    return [f"第{number - number % 5 // 4}頁。" + NEWS + BYLINE for number in range(count)]


class Place(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.place = place.name

    def path(self, name):
        return os.path.join(self.place, name)


class Tables(Place):
    def test_the_text_changes_and_all_else_stays(self):
        table = pa.table({"id": [1, 2, 3, 4], "text": [NEWS + BYLINE, None, NEWS, ""],
                          "url": ["a", "b", "c", None]}).replace_schema_metadata({"made": "by us"})
        clean = dedup.tables.clean_table(table, name_column="url", edits_column="edits",
                                         drop="none")
        self.assertEqual(clean["text"].to_pylist(), [NEWS, None, "", ""])
        self.assertEqual(clean["id"], table["id"])
        self.assertEqual(clean.schema.metadata, {b"made": b"by us"})
        edits = clean["edits"].to_pylist()
        self.assertEqual([[edit["reason"] for edit in row or ()] for row in edits],
                         [["boilerplate"], [], ["duplicate-document"], []])
        self.assertEqual(edits[2][0]["first_name"], "a")
        for drop, ids in (("duplicates", [1, 2, 4]), ("empty", [1, 2])):
            self.assertEqual(dedup.tables.clean_table(table, drop=drop)["id"].to_pylist(), ids)

    def test_every_type_of_text_keeps_its_type(self):
        for kind in (pa.string(), pa.large_string(), pa.binary(), pa.large_binary(),
                     pa.dictionary(pa.int32(), pa.string())):
            with self.subTest(kind):
                texts = [NEWS + BYLINE, None, OTHER]
                if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
                    texts = [text and text.encode("gb18030") for text in texts]
                table = pa.table({"text": pa.array(texts, kind if not pa.types.is_dictionary(kind)
                                                   else pa.string()).cast(kind)})
                clean = dedup.tables.clean_table(table)
                self.assertEqual(clean.schema, table.schema)
                texts = [NEWS, None, OTHER]
                self.assertEqual([text.decode() if isinstance(text, bytes) else text
                                  for text in clean["text"].to_pylist()], texts)

    def test_columns_that_do_not_fit_are_named(self):
        table = pa.table({"text": [1], "page": ["a"]})
        for options, message in (({}, "'text' is int64"), ({"column": "x"}, "no column 'x'"),
                                 ({"column": "page", "url_column": "u"}, "no column 'u'"),
                                 ({"column": "page", "edits_column": "text"}, "'text' already"),
                                 ({"drop": "all"}, "drop must be one of duplicates, empty")):
            with self.assertRaisesRegex((ValueError, dedup.InvalidOption), message):
                dedup.tables.clean_table(table, **options)

    def test_batches_of_one_table_are_the_table(self):
        table = pa.table({"text": pages(100)})
        whole = dedup.tables.clean_table(table)
        with dedup.tables.TableCleaner() as cleaner:
            parts = [cleaner.clean(batch) for batch in table.to_batches(max_chunksize=7)]
        self.assertEqual(pa.Table.from_batches(parts)["text"].to_pylist(),
                         whole["text"].to_pylist())
        command = subprocess.run(
            [os.environ["DEDUP"], "-f", "jsonl"], check=True, capture_output=True,
            input="".join(json.dumps({"text": page}) + "\n" for page in pages(100)).encode())
        self.assertEqual([json.loads(line)["text"] for line in command.stdout.splitlines()],
                         whole["text"].to_pylist())


class Parquet(Place):
    def write(self, name, rows=100, **options):
        table = pa.table({"url": pa.array([str(row) for row in range(rows)], pa.string()),
                          "text": pa.array(pages(rows), pa.string())})
        pq.write_table(table, self.path(name), **options)
        return self.path(name)

    def test_a_file_is_cleaned_in_little_memory_and_keeps_its_form(self):
        source = self.write("a.parquet", compression="zstd", row_group_size=30)
        stats = dedup.tables.clean_parquet(source, self.path("b.parquet"), batch_rows=9)
        self.assertEqual(stats.documents, 100)
        clean = pq.ParquetFile(self.path("b.parquet"))
        self.assertEqual(clean.metadata.row_group(0).column(1).compression, "ZSTD")
        self.assertEqual(clean.schema_arrow, pq.ParquetFile(source).schema_arrow)
        self.assertEqual(clean.read()["text"].to_pylist(),
                         dedup.tables.clean_table(pq.read_table(source))["text"].to_pylist())
        self.assertEqual(sorted(os.listdir(self.place)), ["a.parquet", "b.parquet"])

    def test_a_file_may_be_its_own_target_and_a_failed_run_leaves_it(self):
        source = self.write("a.parquet")
        os.chmod(source, 0o640)
        with open(source, "rb") as file:
            before = file.read()
        with self.assertRaises(ValueError):
            dedup.tables.clean_parquet(source, source, "page")
        with open(source, "rb") as file:
            self.assertEqual(file.read(), before)
        dedup.tables.clean_parquet(source, source)
        self.assertEqual(pq.read_table(source).num_rows, 80)
        self.assertEqual(stat.S_IMODE(os.stat(source).st_mode), 0o640)
        self.assertEqual(os.listdir(self.place), ["a.parquet"])

    def test_an_empty_file(self):
        source = self.write("a.parquet", rows=0)
        dedup.tables.clean_parquet(source, self.path("b.parquet"))
        self.assertEqual(pq.read_table(self.path("b.parquet")).num_rows, 0)

    def command(self, *arguments):
        return subprocess.run([sys.executable, "-m", "dedup", *arguments], capture_output=True,
                              text=True, cwd=self.place)

    def test_the_command(self):
        self.write("a.parquet")
        for run, kept in enumerate((80, 0)):
            done = self.command("a.parquet", "-o", "b.parquet", "--name-column=url", "--drop=empty",
                                "--index=seen.index", "--documents=exact", "--no-runs", "--stats")
            self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
            self.assertEqual(json.loads(done.stderr)["documents"], 100)
            self.assertEqual(pq.read_table(self.path("b.parquet")).num_rows, kept)
        self.assertEqual(dedup.index_facts(self.path("seen.index")).documents, 200)

    def test_what_the_command_says_of_faults(self):
        self.write("a.parquet")
        with open(self.path("text"), "w") as file:
            file.write("no Parquet")
        for arguments, status, message in (
                (["a.parquet"], 64, "-o"), (["a.parquet", "-o", "b", "--scope=x"], 64, "scope must"),
                (["a.parquet", "-o", "b", "--column=x"], 64, "no column 'x'"),
                (["a.parquet", "-o", "b", "--min-block=x"], 64, "min-block"),
                (["none.parquet", "-o", "b"], 2, "none.parquet"), (["text", "-o", "b"], 2, "text"),
                (["a.parquet", "-o", "none/b"], 2, "none")):
            done = self.command(*arguments)
            self.assertEqual(done.returncode, status, done.stderr)
            self.assertIn(message, done.stderr)
            self.assertNotIn("Traceback", done.stderr)
            self.assertFalse(os.path.exists(self.path("b")))
        table = pa.table({"text": [NEWS.encode() + b"\xe7"]})
        pq.write_table(table, self.path("damaged.parquet"))
        done = self.command("damaged.parquet", "-o", "b")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("damaged.parquet: 1 byte sequence", done.stderr)


class Datasets(Place):
    def test_map_gives_what_the_table_gives(self):
        data = datasets.Dataset.from_dict({"text": pages(50) + [None], "id": list(range(51))})
        clean = data.map(dedup.datasets.Cleaning("text", drop="none"), batched=True, batch_size=7)
        table = dedup.tables.clean_table(pa.table({"text": pages(50) + [None]}), drop="none")
        self.assertEqual(clean["text"][:], table["text"].to_pylist())
        fresh = data.map(dedup.datasets.Cleaning("text"), batched=True)
        self.assertEqual(fresh["id"][:], [number for number in range(51) if number % 5 != 4])
        stream = data.to_iterable_dataset().map(dedup.datasets.Cleaning(), batched=True)
        self.assertEqual([row["text"] for row in stream], fresh["text"][:])

    def test_what_would_remember_too_little_is_refused(self):
        data = datasets.Dataset.from_dict({"text": pages(50)})
        with self.assertRaisesRegex(dedup.Misuse, "batched=True"):
            data.map(dedup.datasets.Cleaning())
        with self.assertRaisesRegex(Exception, "num_proc"):
            data.map(dedup.datasets.Cleaning(), batched=True, num_proc=2)

    def test_a_result_is_found_in_the_cache_by_its_options(self):
        dump = datasets.fingerprint.Hasher.hash
        same, other = dedup.datasets.Cleaning(), dedup.datasets.Cleaning(boilerplate="off")
        self.assertEqual(dump(dedup.datasets.Cleaning()), dump(same))
        self.assertNotEqual(dump(same), dump(other))
        index = dedup.Index()
        self.assertNotEqual(dump(dedup.datasets.Cleaning(index=index)), dump(same))


if __name__ == "__main__":
    unittest.main()
