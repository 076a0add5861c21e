# SPDX-License-Identifier: Apache-2.0
"""Corpora cleaned on Apache Spark, with the result of one machine.

    session = pyspark.sql.SparkSession.builder.getOrCreate()
    dedup.spark.clean_jsonl(session, "crawl/", "clean/", ["--field=content"])
    dedup.spark.clean_parquet(session, "crawl/", "clean/", name_column="url")

The target is a folder of parts; joined in the order of their names they are what one machine makes
of all files, in the order of theirs. Text is never sent from one machine to another:

    keys        each split by itself       its keys, sorted, in a file
    documents   each share of the keys     where each document was first; near-duplicates: which
                                           have company, and of these in one task which go
    settle      each split's keys          without those of removed documents, each once
    blocks      each share of them         where each paragraph was first, and run of paragraphs
    apply       each split once more       the parts
    index       all keys, on the driver    an index of what was seen, where it is wanted

These are the steps of `dedup shard`; Spark sends them to machines, and runs them again where one is
lost. Of a key no more rows come together than there are splits, so that no task is skewed, however
often one paragraph occurs. What is done is not done again: after a failed run call it once more.

The source, the target and the folder of the job in it (_dedup) must be at the same paths on all
machines. Workers refuse a job of another version or another recipe of keys, and a source that has
changed since the job began.
"""
import os
import types

from .. import Error, InvalidOption, Misuse
from . import records
from .job import Job, files_in, run_job

__all__ = ["clean_frame", "clean_jsonl", "clean_parquet"]

PARQUET = (".parquet",)  # how the names of such files end
_SPLIT_BYTES = 128 << 20
_SLICE_BYTES = 256 << 20


def clean_jsonl(session, source, target, words=(), *, edits=False, secret=None, index=None,
                index_output=None, split_bytes=_SPLIT_BYTES, slice_bytes=_SLICE_BYTES):
    """Cleans JSONL into a folder of parts, which are compressed as the first file is.

    Parameters
    ----------
    session : pyspark.sql.SparkSession
        Its workers have this package.
    source : path, or list of paths
        Files, and folders whose files of JSONL (*.jsonl, *.ndjson, each also .gz, .zst or .xz) are
        meant; all in the order of their paths.
    target : path
        A folder, which is made; or that of a run of the same job that did not come to its end.
    words : list of str
        Options of the command, such as "--near" or "--field=content", which decide what comes out.
    edits : bool
        Lists what went and what was changed below _edits in the target: joined in the order of
        their names, the list of --removed.
    secret : bytes, optional
        Key of the fingerprints, 32 bytes; else drawn at random. It lies in the folder of the job.
        Not with an index, which has one of its own.
    index : path, optional
        An index of what was seen before: what it knows goes, as with dedup --index=PATH
        --index-mode=read-only. It is only read, and must be the same file at this path on all
        machines, not on a file system of the network: cp -p makes such copies.
    index_output : path, optional
        A new index of what this job has seen, and of what was in index; the one that dedup
        --index=PATH leaves behind. The driver makes it, when all else is done; nothing else may be
        there, and it must not be on a file system of the network.
    split_bytes : int
        A split is about so long: what one task reads. Files that are compressed are not split.
    slice_bytes : int
        So many bytes of keys are compared by one task, which takes twice as much memory.

    Returns
    -------
    dict
        What --stats=json says of all parts together, and messages: what the command says of
        damaged lines, in the order of the parts.

    Raises
    ------
    Misuse
        The target is there, and is of no such job; or index_output is.
    Error
        A file cannot be read to its end, or a machine is not like this one.
    """
    job = Job(target)
    if secret and index:
        raise InvalidOption("secret makes no sense with index, which has one of its own")
    index, index_output = (path and os.path.abspath(path) for path in (index, index_output))
    job.may_write_index(index_output)
    files = files_in(source, records.ENDINGS)
    job.begin({**records.facts(files, list(words), edits, split_bytes, index),
               "index_output": index_output, "slice_bytes": slice_bytes}, secret)
    counts = run_job(session, job, _steps(records))
    messages = [message for part in counts for message in part.pop("messages")]
    return {**_sum(counts), "messages": messages}


def clean_parquet(session, source, target, column="text", *, name_column=None, url_column=None,
                  edits_column=None, content_type="", drop="duplicates", secret=None,
                  split_bytes=_SPLIT_BYTES, slice_bytes=_SLICE_BYTES, _frame=None, **options):
    """Cleans Parquet files into a folder of parts.

    Parameters
    ----------
    session, target, secret, slice_bytes
        As in clean_jsonl().
    source : path, or list of paths
        Files, and folders whose *.parquet files are meant; all in the order of their paths.
    column, name_column, url_column, edits_column, content_type, drop
        As in TableCleaner.
    split_bytes : int
        A split is some row groups of one file, together about so long: what one task reads.
    **options
        See dedup.Options. Not scope="wide", and no limit of memory.

    Returns
    -------
    dict
        rows, rows_kept and damaged: see TableCleaner.

    Raises
    ------
    Misuse, Error
        As in clean_jsonl().
    """
    from . import tables  # takes pyarrow, which tasks on JSONL need not wait for
    columns = {"column": column, "name_column": name_column, "url_column": url_column,
               "edits_column": edits_column, "content_type": content_type, "drop": drop}
    job = Job(target)
    files = files_in(source, PARQUET)
    job.begin({**tables.facts(files, columns, options, split_bytes), "frame": _frame,
               "slice_bytes": slice_bytes}, secret)
    return _sum(run_job(session, job, _steps(tables)))


def clean_frame(frame, target, order, column="text", **options):
    """Cleans a DataFrame of documents. Gives a DataFrame of what stays.

    Parameters
    ----------
    frame : pyspark.sql.DataFrame
        Its rows are documents.
    target : path
        As in clean_parquet(). Beside it, in target.rows, the rows are first written in their
        order; they may be deleted afterwards.
    order : str, or list of str
        Columns that say which of equal documents is the earlier one; no two rows may have the same
        values in all of them, or a run is not as the one before.
    column, **options
        As in clean_parquet().
    """
    session = frame.sparkSession
    rows = os.path.abspath(target) + ".rows"
    about = {"order": [order] if isinstance(order, str) else list(order),
             "schema": frame.schema.json()}
    if os.path.exists(os.path.join(target, "_SUCCESS")):
        raise Misuse(f"{target} is there already, of this frame or another")
    if not os.path.exists(Job(target).path("job.json")):  # else they are the job's
        frame.orderBy(order).write.mode("overwrite").parquet(rows)
    clean_parquet(session, rows, target, column, **options, _frame=about)
    return session.read.parquet(os.path.join(os.path.abspath(target), "part-*.parquet"))


def is_parquet(source):
    """Whether the files of a source are Parquet, by their names. Raises Error where there is
    neither kind, or both are."""
    kinds = [any(file["path"].endswith(endings)
                 for file in files_in(source, PARQUET + records.ENDINGS))
             for endings in (PARQUET, records.ENDINGS)]
    if all(kinds) or not any(kinds):
        raise Error(f"{source}: files of JSONL or of Parquet are meant, and of one kind")
    return kinds[0]


def _steps(module):
    """What is sent to the machines: names that they import, and no code."""
    return types.SimpleNamespace(keys=module.keys, apply=module.apply)


def _sum(counts):
    """Of dicts of numbers, and of such dicts."""
    total = {}
    for part in counts:
        for name, value in part.items():
            total[name] = _sum([total.get(name, {}), value]) if isinstance(value, dict) else \
                value if name == "schema" else total.get(name, 0) + value
    return total
