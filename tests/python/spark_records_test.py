# SPDX-License-Identifier: Apache-2.0
"""dedup.spark on JSONL against the command, on Spark with two tasks at a time."""
import gzip
import json
import os
import subprocess
import sys
import unittest

import dedup
import dedup.shard_headings
import dedup.spark
from dedup import command
from spark_case import SparkCase, lines_of


class Records(SparkCase):
    def setUp(self):
        super().setUp()
        for number in range(3):
            self.write(f"{number}.jsonl", lines_of(number, 60))

    def write(self, name, text):
        with open(os.path.join(self.source, name), "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())

    def clean(self, words=(), **options):
        return dedup.spark.clean_jsonl(self.session, self.source, self.target, words,
                                       **{"split_bytes": 15000, "slice_bytes": 8000, "edits": True,
                                          **options})

    def must_be_the_commands(self, counts, *words):
        whole, edits, told = self.command(*words, "--stats=json")
        self.assertEqual(b"".join(self.bytes_of(self.parts())), whole)
        listed = b"".join(self.bytes_of(self.parts("_edits")))
        self.assertEqual(listed.splitlines()[1:], edits.splitlines()[1:])
        self.assertEqual(counts.pop("messages"), told[:-1])
        self.assertEqual(counts, json.loads(told[-1]))

    def test_the_parts_are_what_the_command_writes(self):
        self.write("3.jsonl", lines_of(3, 9)[:-1])
        self.write("4.jsonl", "")
        self.write("5.jsonl", "\n\n")
        near = lines_of(0, 60).replace("師傅", "工匠")
        self.write("6.jsonl", near)
        for words in ([], ["--near", "--min-block=20", "--min-block-across=20"]):
            with self.subTest(words=words):
                self.target = self.path("clean" + str(len(words)))
                counts = self.clean(words)
                self.assertGreater(len(self.parts()), 8)
                self.must_be_the_commands(counts, *words)

    def test_compressed_files_are_parts(self):
        for number in range(3):
            path = os.path.join(self.source, f"{number}.jsonl")
            with open(path, "rb") as file:
                self.write(f"{number}.jsonl.gz", gzip.compress(file.read()))
            os.unlink(path)
        counts = self.clean()
        self.assertEqual([os.path.basename(part) for part in self.parts()],
                         [f"part-0000{number}.jsonl.gz" for number in range(3)])
        whole, _, told = self.command()
        self.assertEqual(gzip.decompress(b"".join(self.bytes_of(self.parts()))), whole)
        self.assertEqual(counts["messages"], told)

    def test_a_run_that_was_broken_off_goes_on(self):
        self.clean()
        whole, edits = (self.bytes_of(self.parts(folder)) for folder in ("", "_edits"))
        job = os.path.join(self.target, "_dedup")
        stages = ("keys-00001", "documents-00000", "settled-00002", "blocks-00000")
        for first in (*stages, "applied-00003.json"):
            names = stages[stages.index(first):] if first in stages else (first,)
            for name in (*names, "applied-00003.json"):
                path = os.path.join(job, name)
                os.path.exists(path) and os.unlink(path)
            os.unlink(self.parts()[3])
            os.unlink(os.path.join(self.target, "_SUCCESS"))
            self.clean()
            self.assertEqual(self.bytes_of(self.parts()), whole)
            self.assertEqual(self.bytes_of(self.parts("_edits")), edits)

    def test_damage_fails_the_job_as_it_fails_the_command(self):
        with open(os.path.join(self.source, "2.jsonl"), "rb") as file:
            packed = gzip.compress(file.read())
        self.write("3.jsonl.gz", packed[:-20])
        with self.assertRaisesRegex(dedup.Error, "3.jsonl.gz: offset .* ends too early"):
            self.clean()
        self.assertFalse(os.path.exists(os.path.join(self.target, "_SUCCESS")))

    def test_what_is_wrong_is_told_before_anything_is_made(self):
        for words, message in ((["--keep=none"], "is not for shard"), (["--index=x"], "says itself"),
                               (["--min-block=x"], "a number"),
                               (["--field", "a"], "is no option"), (["-o", "x"], "says itself"),
                               (["--removed=x"], "says itself"), (["--gone"], "unknown option"),
                               (["--index=x"], "says itself")):
            with self.assertRaisesRegex(dedup.InvalidOption, message):
                self.clean(words)
            self.assertFalse(os.path.exists(self.target))

    def seen_before(self):
        """An index, and what to say to the command of it."""
        self.write("seen.txt", lines_of(1, 40))
        seen = os.path.join(self.source, "seen.txt")
        index = self.path("old.index")
        subprocess.run([command.path(), f"--index={index}", "-q", "-f", "jsonl", "-o",
                        self.path("seen"), seen], check=False)
        os.unlink(seen)
        return index

    def index_text(self, path):
        """All that it holds, but for the times."""
        told = subprocess.run([command.path(), "index", "export", path], capture_output=True,
                              check=True).stdout.splitlines()
        return [{name: value for name, value in json.loads(line).items() if name != "time"}
                for line in told]

    def test_an_index_was_there_before_and_another_comes_of_it(self):
        old, new = self.seen_before(), self.path("new.index")
        counts = self.clean(index=old, index_output=new)
        self.must_be_the_commands(counts, f"--index={old}", "--index-mode=read-only")
        kept = self.bytes_of([new])
        self.clean(index=old, index_output=new)
        self.assertEqual(self.bytes_of([new]), kept)
        os.unlink(new)
        os.unlink(os.path.join(self.target, "_SUCCESS"))
        self.clean(index=old, index_output=new)
        self.command(f"--index={old}")
        self.assertEqual(self.index_text(new), self.index_text(old))
        with self.assertRaisesRegex(dedup.Misuse, "of a job with other index"):
            self.clean(index=old, index_output=new)
        with self.assertRaisesRegex(dedup.Error, "old.index has changed since the job began"):
            dedup.spark.records.keys(self.lost("keys-00000"), 0)

    def test_an_index_without_one_before(self):
        new = self.path("new.index")
        self.clean(index_output=new)
        self.write("again.jsonl", lines_of(1, 40))
        self.target = self.path("second")
        self.must_be_the_commands(self.clean(index=new), f"--index={new}",
                                  "--index-mode=read-only")

    def test_what_is_wrong_with_an_index_is_told_before_anything_is_made(self):
        old = self.seen_before()
        for options, message in (({"index": self.path("gone")}, "gone"),
                                 ({"index": old, "words": ["--runs=off"]}, "runs=on"),
                                 ({"index": old, "secret": bytes(32)}, "no sense with index"),
                                 ({"index_output": old}, "is there already")):
            with self.assertRaisesRegex((dedup.Error, dedup.Misuse, dedup.InvalidOption), message):
                self.clean(**options)
            self.assertFalse(os.path.exists(self.target))

    def test_a_source_that_changes_is_refused(self):
        self.clean()
        self.write("0.jsonl", "{}\n")
        with self.assertRaisesRegex(dedup.Misuse, "of a job with other files, splits"):
            self.clean()
        with self.assertRaisesRegex(dedup.Error, "0.jsonl has changed since the job began"):
            dedup.spark.records.keys(self.lost("keys-00000"), 0)

    def lost(self, name):
        job = dedup.spark.job.Job(self.target).load()
        os.unlink(job.path(name))
        return job

    def test_one_paragraph_that_is_everywhere_skews_nothing(self):
        often = "版權聲明：本文僅代表作者個人觀點，與本站立場無關，轉載請註明出處並保留原文鏈接，謝謝合作與理解支持，" * 2
        lines = [json.dumps({"text": text + often + "\n"}, ensure_ascii=False) + "\n"
                 for seed in range(20) for text in lines_texts(seed)]
        self.write("3.jsonl", "".join(lines))
        self.clean(edits=False, split_bytes=60_000)
        groups = {}
        job = os.path.join(self.target, "_dedup")
        splits = [name for name in os.listdir(job) if name.startswith("settled-")]
        for name in splits:
            heading, body = dedup.shard_headings.heading_of(os.path.join(job, name), "keys")
            rows = int(heading["rows-of-blocks"][0]) + int(heading["rows-of-runs"][0])
            with open(os.path.join(job, name), "rb") as file:
                file.seek(body)
                for _ in range(rows):
                    key = file.read(41)[:17]
                    groups[key] = groups.get(key, 0) + 1
        self.assertLessEqual(max(groups.values()), len(splits))
        self.assertGreater(len(lines), 5 * len(splits))


def lines_texts(seed):
    from spark_case import texts_of
    return texts_of(seed, 20)


class Shell(SparkCase):
    def test_dedup_spark_is_the_command_on_a_cluster(self):
        for number in range(2):
            with open(os.path.join(self.source, f"{number}.jsonl"), "w", encoding="utf-8") as file:
                file.write(lines_of(number, 20))
        spark = [sys.executable, "-m", "dedup.spark", "clean", self.source, self.target,
                 "--master", "local[2]", "--split-bytes=4K", "--edits", "--stats", "--runs=off",
                 "--index-output=" + self.path("new.index")]
        done = subprocess.run(spark, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1, done.stderr)  # lines that are no records
        whole, edits, told = self.command("--runs=off")
        self.assertEqual(b"".join(self.bytes_of(self.parts())), whole)
        self.assertEqual(b"".join(self.bytes_of(self.parts("_edits"))).splitlines()[1:],
                         edits.splitlines()[1:])
        for line in told:
            self.assertIn(line, done.stderr)
        self.assertRegex(done.stderr, "(?m)^documents +42$")
        self.assertRegex(done.stderr, "(?m)^removed duplicate-document items +[1-9]")
        told = subprocess.run([command.path(), "index", "info", self.path("new.index")],
                              capture_output=True, text=True, check=True).stdout
        self.assertIn("runs=off", told)
        for words, status in (([*spark, "--keep=none"], 64), ([*spark, "--column=a"], 64),
                              ([*spark[:4], self.path("gone"), self.target], 2)):
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, status, done.stderr)

    def test_the_wheel_brings_the_command(self):
        self.assertEqual(os.path.dirname(command.path()),
                         os.path.join(os.path.dirname(dedup.__file__), "bin"))
        told = subprocess.run([os.path.join(os.path.dirname(sys.executable), "dedup"),
                               "--version"], capture_output=True, text=True, check=True)
        self.assertIn(dedup.version(), told.stdout)


if __name__ == "__main__":
    unittest.main()
