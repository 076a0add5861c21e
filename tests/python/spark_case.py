# SPDX-License-Identifier: Apache-2.0
"""What tests of dedup.spark share."""
import glob
import json
import os
import random
import subprocess
import sys
import tempfile
import unittest
import warnings

os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
os.environ["PYSPARK_PYTHON"] = sys.executable

import pyspark.sql

from dedup import command
from package_test import BYLINE, NEWS
from shards_test import LINES


def texts_of(seed, count):
    """Documents that repeat one another, and parts of one another."""
    draw = random.Random(seed)
    texts = []
    for _ in range(count):
        way = draw.random()
        first = draw.randrange(len(LINES) - 6)
        texts.append(draw.choice(texts) if texts and way < .2 else
                     NEWS + BYLINE if way < .25 else
                     "".join(LINES[first:first + draw.randrange(1, 6)]))
    return texts


def lines_of(seed, count):
    """Lines of JSONL, some bad, some blank."""
    draw = random.Random(seed)
    lines = [json.dumps({"id": f"n{seed}-{number}", "text": text}, ensure_ascii=False) + "\n"
             for number, text in enumerate(texts_of(seed, count))]
    lines.insert(draw.randrange(len(lines)), "not a record\n")
    lines.insert(draw.randrange(len(lines)), "\n")
    return "".join(lines)


class SparkCase(unittest.TestCase):
    """With a session for all tests of a class, and folders of their own."""
    master = "local[2]"
    settings = {}

    @classmethod
    def setUpClass(cls):
        warnings.simplefilter("ignore", ResourceWarning)  # of Spark's own sockets
        builder = (pyspark.sql.SparkSession.builder.master(cls.master)
                   .config("spark.ui.enabled", "false")
                   .config("spark.ui.showConsoleProgress", "false")
                   .config("spark.sql.shuffle.partitions", "3"))
        for name, value in cls.settings.items():
            builder = builder.config(name, value)
        cls.session = builder.getOrCreate()
        cls.session.sparkContext.setLogLevel("OFF")
        cls.addClassCleanup(cls.session.stop)

    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.place = place.name
        self.source, self.target = self.path("crawl"), self.path("clean")
        os.mkdir(self.source)

    def path(self, *names):
        return os.path.join(self.place, *names)

    def parts(self, folder=""):
        return sorted(glob.glob(os.path.join(self.target, folder, "part-*")))

    def bytes_of(self, paths):
        made = []
        for path in paths:
            with open(path, "rb") as file:
                made.append(file.read())
        return made

    def command(self, *words):
        """What the command writes of all files of the source, its list, and what it says."""
        files = sorted(glob.glob(os.path.join(self.source, "*")))
        done = subprocess.run([command.path(), *words, "--removed=" + self.path("list"), "-o",
                               self.path("whole"), *files],
                              capture_output=True, check=False)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        whole, edits = self.bytes_of([self.path("whole"), self.path("list")])
        return whole, edits, done.stderr.decode().splitlines()
