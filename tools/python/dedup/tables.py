# SPDX-License-Identifier: Apache-2.0
"""Arrow tables and Parquet files, whose rows are documents.

    dedup.tables.clean_parquet("crawl.parquet", "clean.parquet", name_column="url")
"""
import contextlib
import errno
import os
import tempfile

import pyarrow as pa
import pyarrow.parquet as pq

from . import Cleaner, Error, Misuse
from .rows import checked, clean_rows, edit_row, is_damaged, name

_GROUP_BYTES = 64 << 20  # the longest row group that is held
_TEXTS = (pa.string(), pa.large_string(), pa.binary(), pa.large_binary())
_EDIT = pa.struct([
    ("block", pa.int64()), ("start", pa.int64()), ("end", pa.int64()), ("text", pa.string()),
    ("replacement", pa.string()), ("reason", pa.string()), ("rule", pa.string()),
    ("score", pa.float64()), ("first_document", pa.int64()), ("first_block", pa.int64()),
    ("first_name", pa.string()), ("similarity", pa.float64())])
__all__ = ["TableCleaner", "clean_parquet", "clean_table"]


class TableCleaner:
    """Cleans batches of one table after the other; rows see those of earlier batches.

    Parameters
    ----------
    column : str
        Of the text: strings, or binary pages, which come out as UTF-8. A null stays null; what was
        encoded as a dictionary comes out plain.
    name_column, url_column : str, optional
        What lists call a row, and where it is from; the name is else the URL.
    edits_column : str, optional
        A column that is added: for each row the list of what went and what was changed, with the
        members of Edit. Rows that are left out have none: drop="none" keeps them.
    content_type : str
        Of all rows, such as "text/html" for parts of pages. Without one whole pages are known by
        how they begin, and all else is text.
    drop : str
        Which rows are left out: "duplicates", those that repeat another as a whole, as the command
        does; "empty", also others of whose text nothing is left, such as short repeats; "none":
        their text is empty.
    index : Index, optional
        What was seen before.
    **options
        See dedup.Options; threads is 0 here, one for each processor.

    Attributes
    ----------
    rows, rows_kept : int
        How many came, and how many were not left out.
    damaged : int
        Rows of which some could not be read: bytes that do not decode or cannot be unpacked, and
        pages of HTML behind their first 12 MiB.
    """

    def __init__(self, column="text", *, name_column=None, url_column=None, edits_column=None,
                 content_type="", drop="duplicates", index=None, **options):
        self._column, self._name, self._url = column, name_column, url_column
        self._edits, self._type, self._drop = edits_column, content_type, checked(drop)
        options.setdefault("threads", 0)
        self._cleaner = Cleaner(index, **options)
        self.rows = self.rows_kept = self.damaged = 0
        self._stats = None

    @property
    def stats(self):
        """Sums over all rows so far, also when it is closed."""
        return self._stats or self._cleaner.stats

    def schema(self, schema):
        """Of what becomes of tables of this schema. Raises ValueError where it does not fit."""
        check_columns(schema, filter(None, (self._column, self._name, self._url)))
        at = schema.get_field_index(self._column)
        kind = schema.field(at).type
        if pa.types.is_dictionary(kind):
            kind = kind.value_type
            schema = schema.set(at, schema.field(at).with_type(kind))
        if kind not in _TEXTS:
            raise ValueError(f"column '{self._column}' is {schema.field(at).type}, and text is one "
                             f"of {', '.join(map(str, _TEXTS))}")
        if self._edits:
            if self._edits in schema.names:
                raise ValueError(f"there is a column '{self._edits}' already")
            schema = schema.append(pa.field(self._edits, pa.list_(_EDIT)))
        return schema

    def clean(self, table):
        """A table or a record batch; gives a table."""
        schema = self.schema(table.schema)
        batches = table.to_batches() if isinstance(table, pa.Table) else [table]
        return pa.concat_tables([schema.empty_table(),
                                 *(self._clean_batch(batch, schema) for batch in batches)])

    def _clean_batch(self, batch, schema):
        at = schema.get_field_index(self._column)
        given = pages_of(batch.column(at))
        texts, cleaned, kept = clean_rows(self._cleaner, given, self._drop,
                                          names=names_of(batch, self._name),
                                          urls=names_of(batch, self._url), content_types=self._type)
        self.damaged += sum(isinstance(page, _Damaged) or came is not None and is_damaged(came)
                            for page, came in zip(given, cleaned))
        columns = list(batch.columns)
        columns[at] = pa.array(texts, pa.large_string()).cast(schema.field(at).type)
        if self._edits:
            edits = [page and [_edit(edit) for edit in page.edits] for page in cleaned]
            columns.append(pa.array(edits, pa.list_(_EDIT)))
        self.rows += len(kept)
        self.rows_kept += sum(kept)
        return _filtered(pa.Table.from_arrays(columns, schema=schema), kept)

    def close(self):
        """Gives back what it holds, but for its counts."""
        self._stats = self.stats
        self._cleaner.close()

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        self.close()


def clean_table(table, column="text", **options):
    """A table of Arrow, cleaned; see TableCleaner for the options."""
    with TableCleaner(column, **options) as cleaner:
        return cleaner.clean(table)


def clean_parquet(source, target, column="text", *, index=None, replace_damaged=False, **options):
    """Cleans a Parquet file, batch by batch. Columns, metadata and compression stay, and row groups
    where they are not longer than 64 MiB. Memory: some ten times 16 MiB of text, or of the longest
    row, and two row groups.

    Parameters
    ----------
    source, target : path
        The target appears when it is whole. It may be the source, unless some of that is damaged.
    index : Index, optional
        What was seen before; of Index.open(path, commit_documents=0, commit_seconds=0). It is
        committed when the target is there, and closed where that fails: it would take for seen
        what exists nowhere.
    replace_damaged : bool
        Replaces a source of which some could not be read, too.
    **options
        See TableCleaner.

    Returns
    -------
    TableCleaner
        Closed, for its counts: rows, rows_kept, damaged and stats.
    """
    if index is not None and index.commits_by_itself:
        raise Misuse("an index for clean_parquet() must not commit by itself: open it with "
                     "commit_documents=0, commit_seconds=0")
    target = _regular(target)
    try:
        with pq.ParquetFile(source) as file, \
                TableCleaner(column, index=index, **options) as cleaner, \
                _replacement(target) as made:
            schema = cleaner.schema(file.schema_arrow)
            with pq.ParquetWriter(made, schema, compression=_compression(file)) as writer:
                batches = file.iter_batches(_batch_rows(file))
                for group in _groups(map(cleaner.clean, batches), file):
                    writer.write_table(pa.concat_tables(group))
            if cleaner.damaged and not replace_damaged and _is_same(source, target):
                raise Error(f"{os.fspath(source)}: {cleaner.damaged} rows are damaged, and it is "
                            "not replaced by what was made of it")
            if index is not None:
                index.prepare()  # what can fail for space fails before the target is there
    except BaseException:
        if index is not None:
            index.close()
        raise
    if index is not None:
        index.commit()
    return cleaner


def _regular(target):
    """The path of the file that is written, behind links."""
    path = os.path.realpath(target)
    if os.path.exists(path) and not os.path.isfile(path):
        raise FileExistsError(errno.EEXIST, "is no regular file", os.fspath(target))
    return path


def _is_same(source, target):
    return os.path.exists(target) and os.path.samefile(source, target)


@contextlib.contextmanager
def _replacement(target):
    """The path of a file that takes the target's place if all goes well."""
    directory = os.path.dirname(target)
    try:
        descriptor, path = tempfile.mkstemp(prefix=".dedup-", suffix=".parquet", dir=directory)
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, target) from None
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
        _sync(path)
        os.replace(path, target)
    except BaseException:
        os.unlink(path)
        raise
    _sync(directory)


def _sync(path):
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _batch_rows(file):
    """How many rows to clean at a time: some 16 MiB."""
    metadata = file.metadata
    groups = (metadata.row_group(number) for number in range(metadata.num_row_groups))
    size = sum(group.total_byte_size for group in groups)
    return max(1, min(4096, (16 << 20) * metadata.num_rows // max(size, 1)))


def _groups(batches, file):
    """Row groups of about the length that those of the file have: lists of tables."""
    counts = [file.metadata.row_group(number).num_rows
              for number in range(file.metadata.num_row_groups)]
    most = max(counts, default=0)
    group, rows, size = [], 0, 0
    for batch in batches:
        if group and (rows + batch.num_rows > most or size + batch.nbytes > _GROUP_BYTES):
            yield group
            group, rows, size = [], 0, 0
        group.append(batch)
        rows += batch.num_rows
        size += batch.nbytes
    if group:
        yield group


def _compression(file):
    """As the file has it: one for all, or by column."""
    if file.metadata.num_row_groups == 0:
        return "snappy"
    group = file.metadata.row_group(0)
    columns = [group.column(number) for number in range(group.num_columns)]
    kinds = {column.path_in_schema: column.compression.replace("UNCOMPRESSED", "NONE")
             for column in columns}
    return kinds if len(set(kinds.values())) > 1 else next(iter(kinds.values()))


def check_columns(schema, columns):
    """Raises ValueError for one that is not there exactly once."""
    for column in columns:
        count = schema.names.count(column)
        if count != 1:
            how = "no column" if count == 0 else "more than one column"
            raise ValueError(f"there is {how} '{column}'; there are {', '.join(schema.names)}")


class _Damaged(str):
    """A string that was not UTF-8, which it should have been."""


def pages_of(column):
    """A column of text as a list of str or bytes."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    try:
        return column.to_pylist()
    except UnicodeDecodeError:
        pages = column.cast(pa.large_binary()).to_pylist()
    return [page and _text(page) for page in pages]


def _text(page):
    try:
        return page.decode()
    except UnicodeDecodeError:
        return _Damaged(page.decode(errors="replace"))


def names_of(batch, column):
    """A column of names or URLs as a list of them; "" for None, no column."""
    if column is None:
        return ""
    values = batch.column(batch.schema.get_field_index(column))
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        values = values.cast(pa.large_binary())  # they need not be UTF-8
    return [name(value) for value in values.to_pylist()]


def _filtered(table, kept):
    if all(kept):
        return table
    try:
        return table.filter(pa.array(kept))
    except pa.ArrowNotImplementedError:  # not for columns of all types
        rows = [row for row, stays in enumerate(kept) if stays]
        return pa.concat_tables([table.slice(0, 0), *(table.slice(row, 1) for row in rows)])


def _shown(name):
    """Strings of Arrow are UTF-8, and names need not be."""
    return os.fsencode(name).decode(errors="replace")


def _edit(edit):
    row = edit_row(edit)
    row["first_name"] = row["first_name"] and _shown(row["first_name"])
    return row
