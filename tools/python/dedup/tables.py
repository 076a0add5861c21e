# SPDX-License-Identifier: Apache-2.0
"""Arrow tables and Parquet files, whose rows are documents.

    dedup.tables.clean_parquet("crawl.parquet", "clean.parquet", name_column="url")
"""
import contextlib
import os
import tempfile

import pyarrow as pa
import pyarrow.parquet as pq

from . import Cleaner
from .rows import checked as _checked, is_dropped

_EDIT = pa.struct([
    ("start", pa.int64()), ("end", pa.int64()), ("text", pa.string()),
    ("replacement", pa.string()), ("reason", pa.string()), ("rule", pa.string()),
    ("first_document", pa.int64()), ("first_block", pa.int64()), ("first_name", pa.string()),
    ("similarity", pa.float64())])


class TableCleaner:
    """Cleans batches of one table after the other; rows see those of earlier batches.

    Parameters
    ----------
    column : str
        Of the text: strings, or binary pages, which come out as UTF-8. A null stays null.
    name_column, url_column : str, optional
        What lists call a row, and where it is from; the name is else the URL.
    edits_column : str, optional
        A column that is added: for each row the list of what went and what was changed.
    drop : str
        Which rows are left out: "duplicates", those that repeat another as a whole, as the command
        does; "empty", also others of whose text nothing is left; "none": their text is empty.
    index : Index, optional
        What was seen before.
    **options
        See dedup.Options; threads is 0 here, one for each processor.
    """

    def __init__(self, column="text", *, name_column=None, url_column=None, edits_column=None,
                 drop="duplicates", index=None, **options):
        self._column, self._name, self._url = column, name_column, url_column
        self._edits, self._drop = edits_column, _checked(drop)
        options.setdefault("threads", 0)
        self._cleaner = Cleaner(index, **options)

    @property
    def stats(self):
        """Sums over all rows so far."""
        return self._cleaner.stats

    def schema(self, schema):
        """Of what becomes of tables of this schema. Raises ValueError where it does not fit."""
        for column in filter(None, (self._column, self._name, self._url)):
            if schema.get_field_index(column) < 0:
                raise ValueError(f"there is no column '{column}', or it is there twice; there are "
                                 + ", ".join(schema.names))
        if not _is_text(schema.field(self._column).type):
            raise ValueError(f"column '{self._column}' is {schema.field(self._column).type}, "
                             "neither string nor binary")
        if self._edits:
            if self._edits in schema.names:
                raise ValueError(f"there is a column '{self._edits}' already")
            schema = schema.append(pa.field(self._edits, pa.list_(_EDIT)))
        return schema

    def clean(self, table):
        """A table or a record batch; gives one of the same kind."""
        schema = self.schema(table.schema)
        at = table.schema.get_field_index(self._column)
        field = table.schema.field(at)
        given = _plain(table.column(at))
        rows = [row for row, page in enumerate(given) if page is not None]
        cleaned = self._cleaner.clean_all(
            [given[row] for row in rows],
            names=_strings(table, self._name, rows), urls=_strings(table, self._url, rows))

        texts = [None] * len(given)
        edits = [None] * len(given)
        kept = [True] * len(given)
        for row, page in zip(rows, cleaned):
            texts[row] = page.text
            kept[row] = not is_dropped(page, texts[row], self._drop)
            if self._edits:
                edits[row] = [_edit(edit) for edit in page.edits]
        columns = list(table.columns)
        columns[at] = _like(pa.array(texts, pa.large_string()), field.type)
        if self._edits:
            columns.append(pa.array(edits, pa.list_(_EDIT)))
        result = type(table).from_arrays(columns, schema=schema)
        return result if all(kept) else result.filter(pa.array(kept))

    def close(self):
        self._cleaner.close()

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        self.close()


def clean_table(table, column="text", **options):
    """A table of Arrow, cleaned; see TableCleaner for the options."""
    with TableCleaner(column, **options) as cleaner:
        return cleaner.clean(table)


def clean_parquet(source, target, column="text", *, index=None, batch_rows=4096, **options):
    """Cleans a Parquet file, batch by batch, in the memory of a few. Rows, columns, metadata and
    compression stay.

    Parameters
    ----------
    source, target : path
        The target appears when it is whole; it may be the source.
    index : Index, optional
        What was seen before; committed when the target is there.
    **options
        See TableCleaner.

    Returns
    -------
    Stats
    """
    target = os.fspath(target)
    with pq.ParquetFile(source) as file, \
            TableCleaner(column, index=index, **options) as cleaner, _replacement(target) as made:
        schema = cleaner.schema(file.schema_arrow)
        with pq.ParquetWriter(made, schema, compression=_compression(file)) as writer:
            for batch in file.iter_batches(batch_rows):
                writer.write_batch(cleaner.clean(batch))
        if index is not None:
            index.prepare()  # what can fail for space fails before the target is there
        stats = cleaner.stats
    if index is not None:
        index.commit()
    return stats


@contextlib.contextmanager
def _replacement(target):
    """The path of a file that takes the target's place if all goes well."""
    directory = os.path.dirname(target) or "."
    descriptor, path = tempfile.mkstemp(prefix=".dedup-", suffix=".parquet", dir=directory)
    os.close(descriptor)
    try:
        yield path
        try:
            mode = os.stat(target).st_mode & 0o7777
        except FileNotFoundError:
            mask = os.umask(0)
            os.umask(mask)
            mode = 0o666 & ~mask
        os.chmod(path, mode)
        with open(path, "rb") as file:
            os.fsync(file.fileno())
        os.replace(path, target)
    except BaseException:
        os.unlink(path)
        raise


def _compression(file):
    """Of each column, as the file has it."""
    if file.metadata.num_row_groups == 0:
        return "snappy"
    group = file.metadata.row_group(0)
    columns = (group.column(number) for number in range(group.num_columns))
    return {column.path_in_schema: column.compression for column in columns}


def _is_text(kind):
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return (pa.types.is_string(kind) or pa.types.is_large_string(kind)
            or pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def _plain(column):
    """As a list of str or bytes."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    return column.to_pylist()


def _like(texts, kind):
    """Texts in the type that their column had."""
    if pa.types.is_dictionary(kind):
        return texts.cast(kind.value_type).dictionary_encode().cast(kind)
    return texts.cast(kind)


def _strings(table, column, rows):
    if column is None:
        return ""
    values = table.column(table.schema.get_field_index(column)).to_pylist()
    return ["" if values[row] is None else str(values[row]) for row in rows]


def _edit(edit):
    first = edit.first
    return {"start": edit.start, "end": edit.end, "text": edit.text,
            "replacement": edit.replacement, "reason": edit.reason, "rule": edit.rule,
            "first_document": first and first.document, "first_block": first and first.block,
            "first_name": edit.first_name or None, "similarity": edit.similarity}
