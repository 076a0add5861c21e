# SPDX-License-Identifier: Apache-2.0
"""Arrow tables, Parquet files, python -m dedup and datasets.map."""
import gzip
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

datasets.disable_progress_bars()


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
        self.assertEqual((edits[0][0]["block"], edits[0][0]["first_block"]), (1, None))
        for drop, ids in (("duplicates", [1, 2, 4]), ("empty", [1, 2])):
            self.assertEqual(dedup.tables.clean_table(table, drop=drop)["id"].to_pylist(), ids)

    def test_every_type_of_text_keeps_its_type(self):
        for kind in (pa.string(), pa.large_string(), pa.binary(), pa.large_binary()):
            with self.subTest(kind):
                texts = [NEWS + BYLINE, None, OTHER]
                if kind in (pa.binary(), pa.large_binary()):
                    texts = [text and text.encode("gb18030") for text in texts]
                table = pa.table({"text": pa.array(texts, kind)})
                clean = dedup.tables.clean_table(table)
                self.assertEqual(clean.schema, table.schema)
                self.assertEqual([text.decode() if isinstance(text, bytes) else text
                                  for text in clean["text"].to_pylist()], [NEWS, None, OTHER])

    def test_a_dictionary_of_texts_comes_out_plain(self):
        texts = [f"第{number}頁。" + NEWS for number in range(128)]
        table = pa.table({"text": pa.array(texts + texts[:1]).cast(
            pa.dictionary(pa.int16(), pa.string()))})
        clean = dedup.tables.clean_table(table, drop="none")
        self.assertEqual(clean.schema.field("text").type, pa.string())
        self.assertEqual(clean["text"].to_pylist(), texts + [""])

    def test_parts_of_pages_are_html_where_that_is_said(self):
        table = pa.table({"text": ["<p>燈塔&amp;夜景</p>"]})
        clean = dedup.tables.clean_table(table, content_type="text/html")
        self.assertEqual(clean["text"][0].as_py().strip(), "燈塔&夜景")

    def test_other_columns_may_be_of_any_type(self):
        table = pa.table({"text": [NEWS, NEWS, OTHER], "view": pa.array(["a", "b", "c"]).cast(
            pa.string_view()), "list": [[1], None, [{"a": 2}["a"]]], "none": pa.nulls(3)})
        clean = dedup.tables.clean_table(table)
        self.assertEqual(clean["view"].to_pylist(), ["a", "c"])
        self.assertEqual(clean.schema, table.schema)

    def test_what_is_called_a_string_and_is_not_utf_8_is_damaged(self):
        def strings(*values):
            return pa.array(values, pa.binary()).view(pa.string())

        table = pa.table({"text": strings(NEWS.encode() + b"\xff", NEWS.encode(), OTHER.encode()),
                          "name": strings(b"\xe9.html", None, b"c")})
        with dedup.tables.TableCleaner(name_column="name", edits_column="edits",
                                       drop="none") as cleaner:
            clean = cleaner.clean(table)
            self.assertEqual(clean["text"].to_pylist(), [NEWS + "\ufffd", "", OTHER])
            self.assertEqual(clean["edits"][1].as_py()[0]["first_name"], "\ufffd.html")
            self.assertEqual(cleaner.damaged, 1)

    def test_names_in_bytes_are_names(self):
        table = pa.table({"text": [NEWS, NEWS], "url": [b"https://a.example/", b"b"]})
        clean = dedup.tables.clean_table(table, url_column="url", edits_column="e", drop="none")
        self.assertEqual(clean["e"][1].as_py()[0]["first_name"], "https://a.example/")

    def test_what_could_not_be_read_is_counted_and_not_taken_for_empty(self):
        packed = gzip.compress(NEWS.encode())
        bomb = gzip.compress(bytes(200 << 20))
        table = pa.table({"text": [NEWS.encode(), packed[:20], bomb, OTHER.encode() + b"\xe7"]})
        with dedup.tables.TableCleaner(drop="empty") as cleaner:
            self.assertEqual(cleaner.clean(table).num_rows, 4)
            self.assertEqual(cleaner.damaged, 3)

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
        self.assertEqual(pa.concat_tables(parts)["text"].to_pylist(),
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
        done = dedup.tables.clean_parquet(source, self.path("b.parquet"))
        self.assertEqual((done.stats.documents, done.damaged), (100, 0))
        self.assertEqual((done.rows, done.rows_kept), (100, 80))
        clean = pq.ParquetFile(self.path("b.parquet"))
        self.assertEqual(clean.metadata.row_group(0).column(1).compression, "ZSTD")
        self.assertLessEqual(clean.num_row_groups, 4)
        for codec in ("none", {"url": "none", "text": "gzip"}):
            source = self.write("a.parquet", compression=codec)
            dedup.tables.clean_parquet(source, source)
            self.assertEqual(pq.ParquetFile(source).metadata.row_group(0).column(0).compression,
                             "UNCOMPRESSED")
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

    def test_a_link_is_followed_and_what_is_no_file_is_left(self):
        source = self.write("a.parquet")
        os.symlink("b.parquet", self.path("link"))
        dedup.tables.clean_parquet(source, self.path("link"))
        self.assertTrue(os.path.islink(self.path("link")))
        self.assertEqual(pq.read_table(self.path("b.parquet")).num_rows, 80)
        os.mkfifo(self.path("pipe"))
        for target in (self.path("pipe"), self.place):
            with self.assertRaisesRegex(OSError, "no regular file"):
                dedup.tables.clean_parquet(source, target)
        self.assertTrue(stat.S_ISFIFO(os.stat(self.path("pipe")).st_mode))

    def test_long_rows_are_cleaned_few_at_a_time(self):
        source = self.path("long.parquet")
        pq.write_table(pa.table({"text": [f"第{row}頁。" + NEWS * 3000 for row in range(64)]}), source)
        self.assertLess(dedup.tables._batch_rows(pq.ParquetFile(source)), 32)

    def test_a_run_that_fails_leaves_nothing_seen_that_exists_nowhere(self):
        source = self.write("a.parquet", row_group_size=10, compression="zstd")
        with open(source, "r+b") as file:
            file.seek(os.path.getsize(source) // 2)
            file.write(bytes(200))
        with self.assertRaisesRegex(dedup.Misuse, "commit by itself"):
            dedup.tables.clean_parquet(source, self.path("b"),
                                       index=dedup.Index.open(self.path("index")))
        index = dedup.Index.open(self.path("index"), commit_documents=0, commit_seconds=0)
        with self.assertRaises((OSError, pa.ArrowException)):
            dedup.tables.clean_parquet(source, self.path("b"), index=index)
        with self.assertRaisesRegex(dedup.Misuse, "closed"):
            index.commit()
        self.assertEqual(sorted(os.listdir(self.place)), ["a.parquet"])

    def test_an_empty_file(self):
        source = self.write("a.parquet", rows=0)
        dedup.tables.clean_parquet(source, self.path("b.parquet"))
        self.assertEqual(pq.read_table(self.path("b.parquet")).num_rows, 0)

    def command(self, *arguments):
        return subprocess.run([sys.executable, "-m", "dedup", *arguments], capture_output=True,
                              text=True, errors="surrogateescape", cwd=self.place)

    def test_the_command(self):
        self.write("a.parquet")
        for run, kept in enumerate((80, 0)):
            done = self.command("a.parquet", "-o", "b.parquet", "--name-column=url", "--drop=empty",
                                "--index=seen.index", "--documents=exact", "--no-runs", "--stats")
            self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
            said = json.loads(done.stderr)
            self.assertEqual((said["documents"], said["rows_kept"]), (100, kept))
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
                (["a.parquet", "-o", "b", "--threads=-1"], 64, "threads"),
                (["a.parquet", "-o", "b", "--colum=x"], 64, "--colum"),
                (["a.parquet", "-o", "b", "--encoding=gbk"], 64, "encoding=gbk"),
                (["a.parquet", "-o", "b", "--boilerplate-rules=a.parquet"], 64, "a.parquet: not"),
                (["none.parquet", "-o", "b"], 2, "none.parquet"), (["text", "-o", "b"], 2, "text"),
                (["a.parquet", "-o", "none/b"], 2, "none/b: No such"),
                (["a.parquet", "-o", "b", "--index=i\udce9/x"], 2, r"i\udce9/x: No such")):
            done = self.command(*arguments)
            self.assertEqual(done.returncode, status, done.stderr)
            self.assertIn(message, done.stderr)
            self.assertNotIn("Traceback", done.stderr)
            self.assertFalse(os.path.exists(self.path("b")))
        table = pa.table({"text": [NEWS.encode() + b"\xe7"]})
        pq.write_table(table, self.path("damaged.parquet"))
        done = self.command("damaged.parquet", "-o", "b")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("damaged.parquet: 1 row could not be read in full", done.stderr)
        with open(self.path("damaged.parquet"), "rb") as file:
            before = file.read()
        done = self.command("damaged.parquet", "-o", "damaged.parquet")
        self.assertEqual(done.returncode, 2)
        self.assertIn("not replaced", done.stderr)
        with open(self.path("damaged.parquet"), "rb") as file:
            self.assertEqual(file.read(), before)
        done = self.command("damaged.parquet", "-o", "damaged.parquet", "--replace-damaged")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(self.command("damaged.parquet", "-o", "b").returncode, 0)


class Datasets(Place):
    def test_map_gives_what_the_table_gives(self):
        data = datasets.Dataset.from_dict({"text": pages(50) + [None], "id": list(range(51))})
        clean = data.map(dedup.datasets.Cleaning("text", drop="none"), batched=True, batch_size=7)
        table = dedup.tables.clean_table(pa.table({"text": pages(50) + [None]}), drop="none")
        self.assertEqual(clean["text"][:], table["text"].to_pylist())
        fresh = data.map(dedup.datasets.Cleaning("text"), batched=True)
        self.assertEqual(fresh["id"][:], [number for number in range(51) if number % 5 != 4])

    def test_what_would_remember_too_little_is_refused(self):
        data = datasets.Dataset.from_dict({"text": pages(50)})
        with self.assertRaisesRegex(dedup.Misuse, "batched=True"):
            data.map(dedup.datasets.Cleaning())
        with self.assertRaisesRegex(Exception, "num_proc"):
            data.map(dedup.datasets.Cleaning(), batched=True, num_proc=2)
        with self.assertRaisesRegex(dedup.Misuse, "read twice"):
            next(iter(data.to_iterable_dataset().map(dedup.datasets.Cleaning(), batched=True)))
        with self.assertRaisesRegex(dedup.Misuse, "without a format"):
            data.with_format("arrow").map(dedup.datasets.Cleaning(), batched=True)

    def test_nothing_is_taken_from_the_cache(self):
        data = datasets.Dataset.from_dict({"text": pages(50)})
        for _ in range(2):
            cleaning = dedup.datasets.Cleaning()
            for rows in (40, 0):  # those that it has seen are repeats
                self.assertEqual(data.map(cleaning, batched=True).num_rows, rows)


if __name__ == "__main__":
    unittest.main()
