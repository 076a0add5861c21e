# SPDX-License-Identifier: Apache-2.0
"""Parquet files cleaned on Apache Spark, with the result of one machine.

    session = pyspark.sql.SparkSession.builder.getOrCreate()
    dedup.spark.clean(session, "crawl/", "clean/", name_column="url")

The target is a folder of parts; joined in the order of their names they are what clean_table()
makes of all files, joined in the order of theirs. Text is never sent from one machine to another:

    keys       each split by itself          rows of keys, in the folder of the job
    documents  first places of documents     ┐ shuffles; each split sends a key once, so a group
    blocks     the same of blocks and runs   ┘ has no more rows than there are splits
    called     names of documents that are pointed to
    apply      each split once more          the parts

A stage that is done is not done again: after a failed run call clean() once more. A task that runs
twice, as after a lost machine, writes the same bytes, and a file appears when it is whole. The
source, the target and the folder of the job in it (_dedup) must be at the same paths on all
machines. Workers refuse a job of another version or another recipe of keys, and a source that has
changed since the job began.
"""
import base64
import contextlib
import glob
import itertools
import json
import os
import secrets

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyspark.sql import functions as sql

from . import Error, InvalidOption, Misuse, key_recipe, version
from .shards import BLOCK, DOCUMENT, KEYS, RUN, KeyReader, first_of_each, index_of
from .tables import TableCleaner, names_of

__all__ = ["clean"]

_SPLIT_BYTES = 128 << 20
_BATCH = 4096  # rows
_PLACE = "document bigint, block bigint, second int, third int"
_ROWS = f"split int, kind tinyint, key binary, {_PLACE}"
_NAMES = pa.schema([("document", pa.int64()), ("name", pa.string())])


def clean(session, source, target, column="text", *, name_column=None, url_column=None,
          edits_column=None, content_type="", drop="duplicates", secret=None,
          split_bytes=_SPLIT_BYTES, **options):
    """Cleans Parquet files into a folder of parts.

    Parameters
    ----------
    session : pyspark.sql.SparkSession
        Its workers have this package.
    source : path, or list of paths
        Files, and folders whose *.parquet files are meant; all in the order of their paths.
    target : path
        A folder, which is made; or that of a run of the same job that did not come to its end.
    column, name_column, url_column, edits_column, content_type, drop
        As in TableCleaner.
    secret : bytes, optional
        Key of the fingerprints, 32 bytes; else drawn at random. It lies in the folder of the job.
    split_bytes : int
        A split is some row groups of one file, together about so long: what one task reads.
    **options
        See dedup.Options. Not documents="near" and scope="wide", and no limit of memory.

    Returns
    -------
    dict
        documents, rows, rows_kept and damaged: see TableCleaner.

    Raises
    ------
    Misuse
        The target is there, and is of no such job.
    """
    columns = {"column": column, "name_column": name_column, "url_column": url_column,
               "edits_column": edits_column, "content_type": content_type, "drop": drop}
    job = _Job.begin(source, target, columns, options, secret, split_bytes)
    job.documents = _map(session, _read_keys, job)
    before = [0, *itertools.accumulate(job.documents)][:-1]
    _find_first(session, job, before, "documents", [DOCUMENT])
    _find_first(session, job, before, "blocks", [BLOCK, RUN])
    if name_column or url_column:
        _find_names(session, job, before)
    counts = _map(session, _apply, job, before)
    job.end()
    return {"documents": sum(job.documents),
            **{name: sum(count[name] for count in counts) for name in counts[0]}}


class _Job:
    """What all machines are told, and where they find what the others made."""

    def __init__(self, target):
        self.target = target
        self.folder = os.path.join(target, "_dedup")

    @classmethod
    def begin(cls, source, target, columns, options, secret, split_bytes):
        job = cls(os.path.abspath(target))
        options = {name: value for name, value in options.items() if value is not None}
        for name in ("memory", "scratch", "secret"):
            if name in options:
                raise InvalidOption(f"{name} is no option of a job")
        files = _files(source)
        facts = {"version": version(), "recipe": key_recipe(), "columns": columns,
                 "options": {name: _plain(value) for name, value in options.items()},
                 "files": files, "splits": _splits(files, split_bytes)}
        if not facts["splits"]:
            raise Error("there are no rows to clean")
        # What is wrong is told before anything is made, and before any machine hears of it.
        KeyReader(columns["column"], secret=bytes(32), **options)
        with TableCleaner(**columns) as cleaner:
            for facts_of_file in files:
                cleaner.schema(pq.read_schema(facts_of_file["path"]))
        path = os.path.join(job.folder, "job.json")
        if os.path.exists(job.target) and os.listdir(job.target):
            job._continue(path, facts, secret)
        else:
            os.makedirs(job.folder)
            facts["secret"] = (secret or secrets.token_bytes(32)).hex()
            with _appearing(path) as made, open(os.open(made, os.O_WRONLY | os.O_CREAT, 0o600),
                                                "w", encoding="utf-8") as file:
                json.dump(facts, file)
        return job.load()

    def _continue(self, path, facts, secret):
        try:
            with open(path, encoding="utf-8") as file:
                there = json.load(file)
        except FileNotFoundError:
            raise Misuse(f"{self.target} is there, and no job made it") from None
        known = bytes.fromhex(there.pop("secret"))
        if there != json.loads(json.dumps(facts)) or (secret and secret != known):
            differing = [name for name in facts if there.get(name) != facts[name]] or ["secret"]
            raise Misuse(f"{self.target} is of a job with other {', '.join(differing)}")

    def load(self):
        """Reads what was frozen; raises Error where this machine is not like the one that did."""
        with open(os.path.join(self.folder, "job.json"), encoding="utf-8") as file:
            facts = json.load(file)
        for name, here in (("version", version()), ("recipe", key_recipe())):
            if facts[name] != here:
                raise Error(f"the job is of {name} {facts[name]}, and this worker has {here}")
        self.columns, self.splits = facts["columns"], facts["splits"]
        self.files = facts["files"]
        self.secret = bytes.fromhex(facts["secret"])
        self.options = {name: _valued(value) for name, value in facts["options"].items()}
        self.options.setdefault("threads", 1)
        return self

    def path(self, stage, split=None):
        return os.path.join(self.folder,
                            stage if split is None else f"{stage}-{split:05}.parquet")

    def part(self, split):
        return os.path.join(self.target, f"part-{split:05}.parquet")

    def batches(self, split):
        """Record batches of the text of a split, of which other columns come along."""
        wanted = self.splits[split]
        known = self.files[wanted["file"]]
        if _facts(known["path"]) != known:
            raise Error(f"{known['path']} has changed since the job began")
        with pq.ParquetFile(known["path"]) as file:
            groups = range(wanted["first"], wanted["end"])
            yield file.schema_arrow
            yield from file.iter_batches(_BATCH, row_groups=list(groups))

    def end(self):
        """Leaves the job file, for who asks how the parts came to be, and what they remember."""
        with _appearing(os.path.join(self.target, "_SUCCESS")) as made, open(made, "wb"):
            pass


def _plain(value):
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    return os.fspath(value) if isinstance(value, os.PathLike) else value


def _valued(value):
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value


def _facts(path):
    stat = os.stat(path)
    return {"path": path, "size": stat.st_size, "mtime": stat.st_mtime_ns}


def _files(source):
    paths = [source] if isinstance(source, (str, os.PathLike)) else list(source)
    files = []
    for path in map(os.path.abspath, paths):
        files += glob.glob(os.path.join(glob.escape(path), "*.parquet")) if os.path.isdir(path) \
            else [path]
    return [_facts(path) for path in sorted(set(files), key=os.fsencode)]


def _splits(files, split_bytes):
    splits = []
    for number, facts in enumerate(files):
        metadata = pq.read_metadata(facts["path"])
        first = size = 0
        for group in range(metadata.num_row_groups):
            size += metadata.row_group(group).total_byte_size
            if size >= split_bytes or group + 1 == metadata.num_row_groups:
                splits.append({"file": number, "first": first, "end": group + 1})
                first, size = group + 1, 0
    return splits


@contextlib.contextmanager
def _appearing(path):
    """A file that is written under another name, of this attempt alone, until it is whole."""
    made = f"{path}.{secrets.token_hex(8)}.tmp"
    try:
        yield made
        os.replace(made, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(made)
        raise


def _map(session, step, job, before=None):
    """What a step gives for each split, in their order; one task each."""
    target = job.target
    return session.sparkContext.parallelize(range(len(job.splits)), len(job.splits)).map(
        lambda split: step(_Job(target).load(), split, before)).collect()


def _read_keys(job, split, _before):
    """How many documents the split has; its keys and names are in files then."""
    path = job.path("keys", split)
    if not os.path.exists(path):
        columns = job.columns
        reader = KeyReader(columns["column"], secret=job.secret, url_column=columns["url_column"],
                           content_type=columns["content_type"], **job.options)
        batches = job.batches(split)
        next(batches)
        with _appearing(path) as made, _appearing(job.path("names", split)) as made_names, \
                pq.ParquetWriter(made, KEYS) as writer, \
                pq.ParquetWriter(made_names, _NAMES) as names:
            for batch in batches:
                first = reader.documents
                writer.write_table(reader.read(batch))
                names.write_table(_named(batch, columns, first))
            writer.add_key_value_metadata({"documents": str(reader.documents)})
    return int(pq.read_metadata(path).metadata[b"documents"])


def _named(batch, columns, first):
    """What the documents of a batch are called."""
    called = columns["name_column"] or columns["url_column"]
    if not called:
        return _NAMES.empty_table()
    texts = batch.column(batch.schema.get_field_index(columns["column"]))
    names = [os.fsencode(name).decode(errors="replace")
             for name, text in zip(names_of(batch, called), texts.is_valid()) if text.as_py()]
    return pa.table({"document": pa.array(range(first, first + len(names)), pa.int64()),
                     "name": pa.array(names, pa.string())}, _NAMES)


def _mapped(session, job, function, schema):
    """A DataFrame of the record batches that function(job, split) gives for each split."""
    target = job.target
    splits = session.sparkContext.parallelize(
        [(split,) for split in range(len(job.splits))], len(job.splits)).toDF("split int")

    def batches_of(given):
        for batch in given:
            for split in batch.column(0).to_pylist():
                yield from function(_Job(target).load(), split)

    return splits.mapInArrow(batches_of, schema)


def _find_first(session, job, before, stage, kinds):
    """For each split the first places of its keys that lie in splits before it."""
    path = job.path(stage)
    if os.path.exists(os.path.join(path, "_SUCCESS")):
        return
    rows = _mapped(session, job, lambda job, split: _sent(job, split, before[split], kinds), _ROWS)
    # Documents ascend with splits, so the least place is in the first split that has the key.
    place = sql.struct("document", "block", "second", "third", "split")
    first = rows.groupBy("kind", "key").agg(sql.min(place).alias("first"),
                                            sql.collect_list("split").alias("splits"))
    told = first.where(sql.size("splits") > 1).select(
        "kind", "key", "first.document", "first.block", "first.second", "first.third",
        sql.col("first.split").alias("owner"), sql.explode("splits").alias("split")).where(
            "split > owner").drop("owner")
    told.repartition("split").write.mode("overwrite").partitionBy("split").parquet(path)


def _sent(job, split, before, kinds):
    """The rows of a split, one for each key: the first. What a removed document holds was not seen
    there, and equal documents of the split itself show right here."""
    rows = pq.read_table(job.path("keys", split))
    rows = rows.set_column(rows.schema.get_field_index("document"), "document",
                           pc.add(rows["document"], before))
    if DOCUMENT not in kinds:
        documents = rows.filter(pc.equal(rows["kind"], DOCUMENT))
        kept = first_of_each(documents)
        kept = kept.filter(pc.invert(pc.is_in(kept["key"], _told(job, "documents", split)["key"]
                                              .combine_chunks())))
        removed = documents.filter(pc.invert(pc.is_in(documents["document"],
                                                      kept["document"].combine_chunks())))
        rows = rows.filter(pc.invert(pc.is_in(rows["document"],
                                              removed["document"].combine_chunks())))
    rows = first_of_each(rows.filter(pc.is_in(rows["kind"], pa.array(kinds, pa.int8()))))
    rows = rows.set_column(rows.schema.get_field_index("key"), "key",
                           rows["key"].cast(pa.binary()))
    rows = rows.add_column(0, "split", pa.array([split], pa.int32()).take(
        pa.array([0] * rows.num_rows, pa.int8())))
    yield from rows.to_batches(_BATCH)


def _told(job, stage, split):
    """What a stage has for a split, as rows of KEYS or _NAMES."""
    schema = _NAMES if stage == "called" else KEYS
    files = sorted(glob.glob(os.path.join(glob.escape(job.path(stage)), f"split={split}",
                                          "*.parquet")))
    tables = [pq.ParquetFile(file).read(columns=schema.names) for file in files]
    return pa.concat_tables([schema.empty_table(),
                             *(table.select(schema.names).cast(schema) for table in tables)])


def _find_names(session, job, before):
    """For each split the names of the documents that it is pointed to."""
    path = job.path("called")
    if os.path.exists(os.path.join(path, "_SUCCESS")):
        return
    pointed = _mapped(session, job, _pointed, "split int, document bigint")
    names = _mapped(session, job, lambda job, split: _numbered(job, split, before[split]),
                    "document bigint, name string")
    pointed.join(names, "document").repartition("split").write.mode("overwrite").partitionBy(
        "split").parquet(path)


def _pointed(job, split):
    rows = pa.concat_tables([_told(job, "documents", split), _told(job, "blocks", split)])
    documents = pc.unique(rows["document"].combine_chunks())
    yield pa.record_batch([pa.array([split] * len(documents), pa.int32()), documents],
                          names=["split", "document"])


def _numbered(job, split, before):
    names = pq.read_table(job.path("names", split))
    names = names.set_column(0, "document", pc.add(names["document"], before))
    yield from names.to_batches(_BATCH)


def _apply(job, split, before):
    """Writes the part, and counts."""
    path, counts = job.part(split), ("rows", "rows_kept", "damaged")
    if not os.path.exists(path):
        columns = dict(job.columns)
        places = pa.concat_tables([_told(job, "documents", split), _told(job, "blocks", split)])
        called = _told(job, "called", split)
        index = index_of(places, secret=job.secret, first_document=before[split],
                         near_threshold=job.options.get("near_threshold", .8),
                         names=dict(zip(called["document"].to_pylist(),
                                        called["name"].to_pylist())))
        batches = job.batches(split)
        with TableCleaner(columns.pop("column"), index=index, **columns,
                          **job.options) as cleaner, _appearing(path) as made:
            schema = cleaner.schema(next(batches))
            with pq.ParquetWriter(made, schema) as writer:
                for batch in batches:
                    writer.write_table(cleaner.clean(batch))
                writer.add_key_value_metadata(
                    {f"dedup.{name}": str(getattr(cleaner, name)) for name in counts})
    metadata = pq.read_metadata(path).metadata
    return {name: int(metadata[f"dedup.{name}".encode()]) for name in counts}
