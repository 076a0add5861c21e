# SPDX-License-Identifier: Apache-2.0
"""dedup.spark on Parquet against one Cleaner, on Spark with two tasks at a time."""
import json
import os
import shutil
import unittest

import pyarrow as pa
import pyarrow.parquet as pq

import dedup
import dedup.spark
from dedup.tables import TableCleaner
from shards_test import corpus_of
from spark_case import SparkCase

COLUMNS = {"name_column": "name", "edits_column": "edits"}


class Tables(SparkCase):
    def setUp(self):
        super().setUp()
        self.tables = [corpus_of(400 + number) for number in range(4)]
        for number, table in enumerate(self.tables):
            pq.write_table(table, os.path.join(self.source, f"{number}.parquet"), row_group_size=9)

    def clean(self, **options):
        return dedup.spark.clean_parquet(self.session, self.source, self.target,
                                 **{"split_bytes": 1, **COLUMNS, **options})

    def cleaned(self):
        return pa.concat_tables([pq.read_table(part) for part in self.parts()])

    def test_the_parts_are_what_one_cleaner_makes(self):
        texts = [text and text.replace("師傅", "工匠") for text in self.tables[0]["text"].to_pylist()]
        self.tables.append(self.tables[0].set_column(0, "text", pa.array(texts)))
        pq.write_table(self.tables[-1], os.path.join(self.source, "4.parquet"), row_group_size=9)
        for options in ({"drop": "none"}, {"paragraphs": "near", "near_threshold": .9},
                        {"documents": "near"}):
            with self.subTest(**options):
                counts = self.clean(**options)
                with TableCleaner(**options, **COLUMNS) as one:
                    whole = one.clean(pa.concat_tables(self.tables))
                self.assertEqual(self.cleaned().to_pylist(), whole.to_pylist())
                self.assertGreater(len(self.parts()), 6)
                self.assertEqual(counts, {"rows": one.rows, "rows_kept": one.rows_kept,
                                          "damaged": 0})
                edits = [edit for row in self.cleaned()["edits"].to_pylist() for edit in row or ()]
                self.assertTrue(any(edit["first_name"] for edit in edits))
                shutil.rmtree(self.target)

    def test_a_run_that_was_broken_off_goes_on(self):
        counts = self.clean()
        parts = self.parts()
        whole = self.bytes_of(parts)
        self.assertEqual(self.clean(), counts)
        job = os.path.join(self.target, "_dedup")
        applied = [name for name in os.listdir(job) if name.startswith("applied-")]
        for lost in (applied[:1], [*applied, "blocks-00000"],
                     [*applied, "keys-00001", "documents-00000", "settled-00001", "blocks-00000"]):
            for name in lost:
                os.unlink(os.path.join(job, name))
            os.unlink(os.path.join(self.target, "_SUCCESS"))
            self.assertEqual(self.clean(), counts)
            self.assertEqual(self.bytes_of(parts), whole)

    def test_files_without_rows_are_parts_without_rows(self):
        empty = self.tables[0].slice(0, 0)
        pq.write_table(empty, os.path.join(self.source, "0.parquet"))
        pq.ParquetWriter(os.path.join(self.source, "9.parquet"), empty.schema).close()
        self.clean()
        with TableCleaner(**COLUMNS) as one:
            whole = one.clean(pa.concat_tables(self.tables[1:]))
        self.assertEqual(self.cleaned().to_pylist(), whole.to_pylist())

    def test_a_part_that_is_gone_is_made_again(self):
        self.clean()
        parts = self.parts()
        whole = self.bytes_of(parts)
        os.unlink(parts[1])
        self.clean()
        self.assertEqual(self.bytes_of(parts), whole)

    def test_a_frame_in_its_order(self):
        rows = [row for table in self.tables for row in table.to_pylist()]
        given = [(number, row["text"], row["name"]) for number, row in enumerate(rows)]
        frame = self.session.createDataFrame(given[::-1], "at int, text string, name string")
        clean = dedup.spark.clean_frame(frame, self.target, "at", name_column="name")
        with self.assertRaisesRegex(dedup.Misuse, "is there already"):
            dedup.spark.clean_frame(frame.limit(1), self.target, "at", name_column="name")
        with TableCleaner(name_column="name") as one:
            whole = one.clean(pa.Table.from_pylist(rows, self.tables[0].schema))
        self.assertEqual([(row["text"], row["name"]) for row in clean.orderBy("at").collect()],
                         [(row["text"], row["name"]) for row in whole.to_pylist()])

    def test_what_is_not_the_same_job_is_refused(self):
        self.clean(secret=bytes(32))
        for other in ({"min_block": 50}, {"drop": "none"}, {"secret": bytes(range(32))},
                      {"split_bytes": 1 << 20}, {"slice_bytes": 1}):
            with self.assertRaisesRegex(dedup.Misuse, "of a job with other"):
                self.clean(**other)
        table = self.tables[0]
        pq.write_table(table.slice(1), os.path.join(self.source, "0.parquet"))
        with self.assertRaisesRegex(dedup.Misuse, "of a job with other files"):
            self.clean()
        os.unlink(os.path.join(self.target, "_dedup", "job.json"))
        with self.assertRaisesRegex(dedup.Misuse, "no job made it"):
            self.clean()

    def test_a_worker_that_is_not_like_the_job_refuses_it(self):
        self.clean()
        path = os.path.join(self.target, "_dedup", "job.json")
        for name, message in (("recipe", "the job is of recipe other"),
                              ("version", "the job is of version other")):
            with open(path, encoding="utf-8") as file:
                facts = json.load(file)
            with open(path, "w", encoding="utf-8") as file:
                json.dump({**facts, name: "other"}, file)
            with self.assertRaisesRegex(dedup.Error, message):
                dedup.spark.job.Job(self.target).load()
            with open(path, "w", encoding="utf-8") as file:
                json.dump(facts, file)

    def test_wrong_options_are_told_before_anything_is_made(self):
        os.makedirs(os.path.join(self.target, "_dedup"))  # somebody died early
        self.clean()
        shutil.rmtree(self.target)
        for wrong in ({"scope": "wide"}, {"memory": 1}, {"min_block": 0}):
            with self.assertRaises(dedup.InvalidOption):
                self.clean(**wrong)
            self.assertFalse(os.path.exists(self.target))
        with self.assertRaisesRegex(ValueError, "no column 'title'"):
            self.clean(name_column="title")
        self.assertFalse(os.path.exists(self.target))


if __name__ == "__main__":
    unittest.main()
