# SPDX-License-Identifier: Apache-2.0
"""Splits of Parquet files: row groups, read and written by pyarrow."""
import base64
import hashlib
import json
import os

import pyarrow as pa
import pyarrow.parquet as pq

from .. import InvalidOption
from ..shard_files import told_in, write_keys
from ..shards import KEYS, KeyReader, index_of
from ..tables import TableCleaner, names_of
from .job import appearing

_BATCH = 4096  # rows
_COUNTS = ("rows", "rows_kept", "damaged")


def facts(files, columns, options, split_bytes):
    """What is frozen of such a job. What is wrong is told before anything is made."""
    options = {name: value for name, value in options.items() if value is not None}
    for name in ("memory", "scratch", "secret"):
        if name in options:
            raise InvalidOption(f"{name} is no option of a job")
    KeyReader(columns["column"], secret=bytes(32), **options)
    with TableCleaner(**columns) as cleaner:
        for file in files:
            cleaner.schema(pq.read_schema(file["path"]))
    return {"columns": columns, "files": files, "splits": _splits(files, split_bytes),
            "options": {name: _plain(value) for name, value in options.items()}}


def keys(job, split):
    path = job.path(job.keys(split))
    if os.path.exists(path):
        return
    columns, options = job.facts["columns"], _options(job)
    called = columns["name_column"] or columns["url_column"]
    reader = KeyReader(columns["column"], secret=job.secret, url_column=columns["url_column"],
                       content_type=columns["content_type"], **options)
    rows, names = [], []
    documents = {"document": b"", "groups": [], "facts": []} \
        if options.get("documents") == "near" else None
    for batch in _batches(job, split):
        rows.append(reader.read(batch))
        names += _names(batch, columns["column"], called)
        if documents is not None:
            for name, more in reader.take_documents().items():
                documents[name] += more
    with appearing(path) as made, open(made, "wb") as file:
        write_keys(file, pa.concat_tables([KEYS.empty_table(), *rows]), names, secret=job.secret,
                   documents=documents, near_threshold=options.get("near_threshold", .8),
                   settings=[f"{name}={_short(value)}" for name, value in
                             sorted(job.facts["options"].items())])


def _short(value):
    """A value as a line of a heading has it."""
    text = json.dumps(value)
    return text if len(text) < 100 else hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _names(batch, column, called):
    """What the documents of a batch are called, as bytes; all are empty where nothing says it."""
    texts = batch.column(batch.schema.get_field_index(column)).is_valid().to_pylist()
    names = names_of(batch, called) if called else [""] * len(texts)
    return [_bytes_of(name or "") for name, text in zip(names, texts) if text]


def _bytes_of(name):
    try:
        return name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # other surrogates: no name that could ever be looked up
        return name.encode("utf-8", "replace")


def apply(job, split, firsts):
    path = os.path.join(job.target, f"part-{split:05}.parquet")
    return job.applied(split, [path], lambda: _apply(job, split, firsts, path))


def _apply(job, split, firsts, path):
    options, columns = _options(job), dict(job.facts["columns"])
    told = [told_in(job.path(name), split) for name in firsts]
    rows = pa.concat_tables([each[0] for each in told])
    named = columns["name_column"] or columns["url_column"]
    index = index_of(rows, secret=job.secret, first_document=told[0][2],
                     near_threshold=options.get("near_threshold", .8),
                     names={document: name for each in told
                            for document, name in each[1].items()} if named else {})
    if options.get("documents") == "near":
        index.remember_verdicts(**{name: b"".join(each[3][name] for each in told)
                                   for name in ("document", "first", "similarity")})
    with TableCleaner(columns.pop("column"), index=index, **columns, **options) as cleaner:
        schema = cleaner.schema(_schema(job, split))
        with appearing(path) as made, pq.ParquetWriter(made, schema) as writer:
            for batch in _batches(job, split):
                writer.write_table(cleaner.clean(batch))
    return {name: getattr(cleaner, name) for name in _COUNTS}


def _options(job):
    options = {name: _valued(value) for name, value in job.facts["options"].items()}
    return {"threads": 1, **options}


def _plain(value):
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    return os.fspath(value) if isinstance(value, os.PathLike) else value


def _valued(value):
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value


def _schema(job, split):
    return pq.read_schema(job.file_of(split))


def _batches(job, split):
    """Record batches of the text of a split, of which other columns come along."""
    wanted = job.splits[split]
    with pq.ParquetFile(job.file_of(split)) as file:
        yield from file.iter_batches(_BATCH, row_groups=list(range(wanted["first"],
                                                                   wanted["end"])))


def _splits(files, split_bytes):
    splits = []
    for number, file in enumerate(files):
        metadata = pq.read_metadata(file["path"])
        first = size = 0
        if metadata.num_row_groups == 0:
            splits.append({"file": number, "first": 0, "end": 0})
        for group in range(metadata.num_row_groups):
            size += metadata.row_group(group).total_byte_size
            if size >= split_bytes or group + 1 == metadata.num_row_groups:
                splits.append({"file": number, "first": first, "end": group + 1})
                first, size = group + 1, 0
    return splits
