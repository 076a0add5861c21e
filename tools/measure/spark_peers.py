#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sets dedup.spark beside two jobs of Spark's own functions, in a table of Markdown.

    build/spark/venv/bin/python tools/measure/spark_peers.py CRAWL.jsonl

It runs on this machine, and wants dedup[spark] installed, and numpy. Each record has a `text`.

dedup     dedup.spark.clean_jsonl. Its bytes are those of its files of keys.
lines     exact: the first of equal lines by (document, line), by a groupBy of MD5 (16 bytes) of the
          trimmed line; a join of documents with the lines that stay makes the texts.
minhash   near: pyspark.ml's NGram of 5 characters, HashingTF, MinHashLSH of 5 tables, and
          approxSimilarityJoin at a Jaccard distance of .2; of two alike the later document goes.
          For its time it is given the first --share bytes alone, and dedup once more, too.
nothing   a session with five empty stages: what Spark takes to start and to end.

CPU seconds are those of all processes that a job starts, the JVM among them, until they have ended.
Bytes are those that Spark's log of events calls Shuffle Bytes Written, per paragraph: line that is
not blank. What the jobs remove differs: dedup goes for more than equal lines.
"""
import argparse
import ctypes
import glob
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

PR_SET_CHILD_SUBREAPER = 36


def session_of(log, master):
    import pyspark.sql
    return (pyspark.sql.SparkSession.builder.master(master)
            .config("spark.driver.memory", "4g")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.eventLog.enabled", "true")
            .config("spark.eventLog.dir", "file://" + log)
            .getOrCreate())


def documents(session, source):
    from pyspark.sql import functions as f
    return (session.read.schema("text string").json(source)
            .withColumn("document", f.monotonically_increasing_id()))


def nothing(session, _source, _target):
    for count in (8, 1, 8, 1, 8):
        session.sparkContext.parallelize(range(count), count).map(str).collect()


def dedup(session, source, target):
    from dedup.spark import clean_jsonl
    size = os.path.getsize(source)
    clean_jsonl(session, source, target, split_bytes=min(128 << 20, size // 8 + 1))


def lines(session, source, target):
    from pyspark.sql import functions as f
    read = documents(session, source).withColumn("lines", f.split("text", "\n"))
    first = (read.select("document", f.posexplode("lines").alias("line", "text"))
             .where(f.trim("text") != "")
             .groupBy(f.unhex(f.md5(f.trim("text"))).alias("key"))
             .agg(f.min(f.struct("document", "line")).alias("first"))
             .groupBy("first.document").agg(f.collect_set("first.line").alias("first")))
    kept = f.filter("lines", lambda text, line: (f.trim(text) == "")
                    | f.array_contains("first", line))
    (read.select("document", "lines").join(first, "document", "left")
     .withColumn("first", f.coalesce("first", f.array().cast("array<int>")))
     .select(f.array_join(kept, "\n").alias("text")).write.json(target))


def minhash(session, source, target):
    from pyspark.ml.feature import HashingTF, MinHashLSH, NGram
    from pyspark.sql import functions as f
    read = (documents(session, source).withColumn("characters", f.split("text", ""))
            .where(f.size("characters") > 5))
    grams = NGram(n=5, inputCol="characters", outputCol="grams").transform(read)
    table = (HashingTF(numFeatures=1 << 20, binary=True, inputCol="grams", outputCol="features")
             .transform(grams).select("document", "features"))
    model = MinHashLSH(numHashTables=5, seed=1, inputCol="features", outputCol="hashes").fit(table)
    gone = (model.approxSimilarityJoin(table, table, .2)
            .where("datasetA.document < datasetB.document")
            .select(f.col("datasetB.document").alias("document")).distinct())
    read.select("document", "text").join(gone, "document", "left_anti").select("text") \
        .write.json(target)


JOBS = {"nothing": nothing, "dedup": dedup, "lines": lines, "minhash": minhash}


def shuffled(log):
    total = 0
    for path in glob.glob(os.path.join(log, "*")):
        with open(path, encoding="utf-8") as file:
            for line in file:
                event = json.loads(line)
                if event["Event"] == "SparkListenerTaskEnd" and event.get("Task Metrics"):
                    total += event["Task Metrics"]["Shuffle Write Metrics"]["Shuffle Bytes Written"]
    return total


def processor():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(command):
    """CPU and wall seconds of a command and of all that it leaves behind, which comes to us."""
    before, start = processor(), time.perf_counter()
    done = subprocess.run(command, check=False, stderr=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL,
                          env={**os.environ, "PYSPARK_PYTHON": sys.executable,
                               "SPARK_LOCAL_IP": "127.0.0.1"})
    wall = time.perf_counter() - start
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} failed with status {done.returncode}")
    return processor() - before, wall


def measured(name, source, master):
    """CPU and wall seconds, and bytes that moved."""
    with tempfile.TemporaryDirectory() as place:
        log, target = os.path.join(place, "log"), os.path.join(place, "clean")
        os.mkdir(log)
        figures = run([sys.executable, os.path.abspath(__file__), source, "--worker", name, "--log",
                       log, "--target", target, "--master", master])
        moved = shuffled(log) + sum(
            os.path.getsize(path) for kind in ("keys", "documents", "settled", "blocks")
            for path in glob.glob(os.path.join(target, "_dedup", f"{kind}-*")))
        return (*figures, moved)


def share_of(source, size, path):
    """Whole records, the first of them; how many paragraphs there are."""
    paragraphs = 0
    with open(source, "rb") as whole, open(path, "wb") as made:
        for line in whole:
            if made.tell() >= size:
                break
            made.write(line)
            paragraphs += sum(not text.isspace() and text != ""
                              for text in json.loads(line)["text"].split("\n"))
    return paragraphs


def row(name, figures, base, paragraphs):
    cpu, wall, moved = figures
    return (f"| {name} | {cpu:.1f} | {cpu - base:.1f} | {wall:.1f} | {moved / 1e6:.1f} "
            f"| {moved / paragraphs:.1f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", help="JSONL")
    parser.add_argument("--share", type=int, default=20_000_000, help="bytes, of minhash")
    parser.add_argument("--master", default="local[2]")
    for hidden in ("--worker", "--log", "--target"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        session = session_of(options.log, options.master)
        JOBS[options.worker](session, options.source, options.target)
        session.stop()
        return
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    print("| job | CPU s | above nothing | wall s | MB that moved | bytes per paragraph |\n"
          "|---|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as place:
        share = os.path.join(place, "share.jsonl")
        whole = os.path.join(place, "whole.jsonl")
        small = share_of(options.source, options.share, share)
        large = share_of(options.source, os.path.getsize(options.source), whole)
        empty = measured("nothing", whole, options.master)
        print(row("nothing", empty, empty[0], large), flush=True)
        command = [os.path.join(os.path.dirname(sys.executable), "dedup"), "-T1", "-f", "jsonl"]
        for source, paragraphs, names in ((whole, large, ("dedup", "lines")),
                                          (share, small, ("dedup", "minhash"))):
            size = f"{os.path.getsize(source) / 1e6:.0f} MB"
            cpu, wall = run([*command, "-o", os.devnull, source])
            print(f"| `dedup -T1`, {size} | {cpu:.1f} | | {wall:.1f} | | |", flush=True)
            for name in names:
                print(row(f"{name}, {size}", measured(name, source, options.master), empty[0],
                          paragraphs), flush=True)


if __name__ == "__main__":
    main()
