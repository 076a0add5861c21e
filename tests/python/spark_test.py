# SPDX-License-Identifier: Apache-2.0
"""dedup.spark against one Cleaner, on Spark with two local processes for tasks."""
import glob
import json
import os
import shutil
import sys
import tempfile
import unittest
import warnings

os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
os.environ["PYSPARK_PYTHON"] = sys.executable

import pyarrow as pa
import pyarrow.parquet as pq
import pyspark.sql

import dedup
import dedup.spark
from dedup.tables import TableCleaner
from shards_test import corpus_of

COLUMNS = {"name_column": "name", "edits_column": "edits"}


class Jobs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        warnings.simplefilter("ignore", ResourceWarning)  # of Spark's own sockets
        cls.session = (pyspark.sql.SparkSession.builder.master("local[2]")
                       .config("spark.ui.enabled", "false")
                       .config("spark.ui.showConsoleProgress", "false")
                       .config("spark.sql.shuffle.partitions", "3").getOrCreate())
        cls.session.sparkContext.setLogLevel("OFF")
        cls.addClassCleanup(cls.session.stop)

    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.place = place.name
        self.source, self.target = self.path("crawl"), self.path("clean")
        os.mkdir(self.source)
        self.tables = [corpus_of(400 + number) for number in range(4)]
        for number, table in enumerate(self.tables):
            pq.write_table(table, os.path.join(self.source, f"{number}.parquet"), row_group_size=9)

    def path(self, name):
        return os.path.join(self.place, name)

    def clean(self, **options):
        return dedup.spark.clean(self.session, self.source, self.target,
                                 **{"split_bytes": 1, **COLUMNS, **options})

    def parts(self):
        return sorted(glob.glob(os.path.join(self.target, "part-*.parquet")))

    def bytes_of_parts(self):
        return [open(part, "rb").read() for part in self.parts()]

    def cleaned(self):
        return pa.concat_tables([pq.read_table(part) for part in self.parts()])

    def test_the_parts_are_what_one_cleaner_makes(self):
        for options in ({"drop": "none"}, {"paragraphs": "near", "near_threshold": .9}):
            with self.subTest(**options):
                counts = self.clean(**options)
                with TableCleaner(**options, **COLUMNS) as one:
                    whole = one.clean(pa.concat_tables(self.tables))
                self.assertEqual(self.cleaned().to_pylist(), whole.to_pylist())
                self.assertGreater(len(self.parts()), 6)
                self.assertEqual(counts, {"documents": one.stats.documents, "rows": one.rows,
                                          "rows_kept": one.rows_kept, "damaged": 0})
                edits = [edit for row in self.cleaned()["edits"].to_pylist() for edit in row or ()]
                self.assertTrue(any(edit["first_name"] for edit in edits))
                shutil.rmtree(self.target)

    def test_a_run_that_was_broken_off_goes_on(self):
        counts = self.clean()
        whole, parts = self.bytes_of_parts(), self.parts()
        self.assertEqual(self.clean(), counts)
        for lost in ([parts[2], os.path.join(self.target, "_SUCCESS")],
                     [*parts, os.path.join(self.target, "_dedup", "blocks")],
                     [*parts, *glob.glob(os.path.join(self.target, "_dedup", "keys-00001*")),
                      os.path.join(self.target, "_dedup", "documents"),
                      os.path.join(self.target, "_dedup", "called")]):
            for path in lost:
                shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)
            self.assertEqual(self.clean(), counts)
            self.assertEqual(self.bytes_of_parts(), whole)

    def test_what_is_not_the_same_job_is_refused(self):
        self.clean(secret=bytes(32))
        for other in ({"min_block": 50}, {"drop": "none"}, {"secret": bytes(range(32))},
                      {"split_bytes": 1 << 20}):
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
                dedup.spark._Job(self.target).load()
            with open(path, "w", encoding="utf-8") as file:
                json.dump(facts, file)

    def test_wrong_options_are_told_before_anything_is_made(self):
        for wrong in ({"documents": "near"}, {"memory": 1}, {"min_block": 0}):
            with self.assertRaises(dedup.InvalidOption):
                self.clean(**wrong)
            self.assertFalse(os.path.exists(self.target))
        with self.assertRaisesRegex(ValueError, "no column 'title'"):
            self.clean(name_column="title")
        self.assertFalse(os.path.exists(self.target))


if __name__ == "__main__":
    unittest.main()
