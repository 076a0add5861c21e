# SPDX-License-Identifier: Apache-2.0
"""A corpus that is cleaned in parts, on any number of machines, with the result of one.

    keys     each part by itself       rows = KeyReader(secret=secret, ...).read(batch)
    first    all rows together         the first place of each key, by whatever cluster there is
    apply    each part once more       TableCleaner(index=index_of(earlier, secret=secret, ...))

Documents are numbered through all parts, rows that are null not counted. The step between, in three
lines: a document whose row of kind DOCUMENT has an equal one in an earlier document goes, and its
other rows with it; of those that are left the first place of a kind and key is the least, by
document, block, second, third; a part is told the first places of its keys that lie in documents
before its own. first_places() and earlier_places() do it in memory, for tests and for what fits one
machine. Who knows only later how many documents come before a part reads its keys from 0 on, and
adds the number to the column document.
"""
import pyarrow as pa
import pyarrow.compute as pc

from . import Cleaner, Index, InvalidOption, KeyRecorder
from .rows import clean_rows
from .tables import check_columns, names_of, pages_of

__all__ = ["BLOCK", "DOCUMENT", "KEYS", "KeyReader", "RUN", "earlier_places", "first_of_each",
           "first_places", "index_of"]

DOCUMENT, BLOCK, RUN = range(3)

#: Of rows. No unsigned numbers, which many engines lack; documents and lines fit all the same.
KEYS = pa.schema([("kind", pa.int8()), ("key", pa.binary(16)), ("document", pa.int64()),
                  ("block", pa.int64()), ("second", pa.int32()), ("third", pa.int32())])


class KeyReader:
    """The keys of a part, batch by batch.

    Parameters
    ----------
    column : str
        Of the text, as in TableCleaner: what is null is no document.
    secret : bytes
        Key of the fingerprints, 32 bytes; the same for all parts.
    first_document : int
        How many documents come before this part.
    url_column, content_type
        As in TableCleaner, which must have the same.
    **options
        See dedup.Options; the same for all parts. Not scope="wide"; for documents="near" see
        dedup/shard.h.

    Attributes
    ----------
    documents : int
        How many it has read.
    """

    def __init__(self, column="text", *, secret, first_document=0, url_column=None,
                 content_type="", **options):
        self._column, self._url, self._type = column, url_column, content_type
        self._first = first_document
        threshold = options.get("near_threshold")
        self._recorder = KeyRecorder(secret=secret, first_document=first_document,
                                     near_threshold=.8 if threshold is None else threshold)
        options.setdefault("threads", 0)
        self._cleaner = Cleaner(self._recorder.index, **options)

    def take_documents(self):
        """See KeyRecorder.take_documents()."""
        return self._recorder.take_documents()

    @property
    def documents(self):
        return self._recorder.index.documents - self._first

    def read(self, batch):
        """The rows of a record batch or table, as a table of KEYS. Raises ValueError where there is
        no such column."""
        check_columns(batch.schema, filter(None, (self._column, self._url)))
        for part in batch.to_batches() if isinstance(batch, pa.Table) else [batch]:
            column = part.column(part.schema.get_field_index(self._column))
            clean_rows(self._cleaner, pages_of(column), "none", urls=names_of(part, self._url),
                       content_types=self._type)
        columns = self._recorder.take()
        rows = len(columns["kind"])
        arrays = [pa.Array.from_buffers(field.type, rows, [None, pa.py_buffer(columns[field.name])])
                  for field in KEYS]
        return pa.Table.from_arrays(arrays, schema=KEYS)


def index_of(places, *, secret, first_document, names=None, **options):
    """An Index for a part, told what was first before it.

    Parameters
    ----------
    places : table of KEYS
        First places in documents before `first_document`, of the keys of this part; those of other
        keys do no harm. A later document is refused (InvalidOption).
    secret, first_document
        As in KeyReader.
    names : mapping, optional
        Of these documents, by their numbers, for Edit.first_name.
    **options
        As in Index: near_threshold, memory, scratch.
    """
    check_columns(places.schema, KEYS.names)
    index = Index(secret=secret, first_document=first_document, **options)
    for batch in places.to_batches() or [pa.RecordBatch.from_pylist([], schema=KEYS)]:
        index.remember(**{field.name: _bytes(batch.column(batch.schema.get_field_index(
            field.name)).cast(field.type), field.type) for field in KEYS})
    for document, name in (names or {}).items():
        index.remember_name(document, name)
    return index


def first_places(tables):
    """The first place of each kind and key, of the rows of all parts: a table of KEYS."""
    rows = pa.concat_tables([KEYS.empty_table(), *tables]).combine_chunks()
    documents = rows.filter(pc.equal(rows["kind"], DOCUMENT))
    kept = first_of_each(documents)
    # What a removed document holds was not seen there.
    removed = documents.filter(_not_among(documents["document"], kept["document"]))
    others = rows.filter(pc.not_equal(rows["kind"], DOCUMENT))
    others = others.filter(_not_among(others["document"], removed["document"]))
    return pa.concat_tables([kept, first_of_each(others)])


def earlier_places(first, rows, first_document):
    """Of the first places those of the keys in `rows` that lie before a part."""
    before = first.filter(pc.less(first["document"], first_document))
    asked = rows.group_by(["kind", "key"]).aggregate([])
    return before.join(asked, ["kind", "key"], join_type="left semi").select(KEYS.names)


def _not_among(values, others):
    return pc.invert(pc.is_in(values, others.combine_chunks()))


def first_of_each(rows):
    """Of rows of KEYS one of each kind and key, that of the least place."""
    order = pc.sort_indices(rows, [(name, "ascending") for name in
                                   ("kind", "key", "document", "block", "second", "third")])
    rows = rows.take(order).combine_chunks()
    if rows.num_rows == 0:
        return rows
    kinds, keys = (rows[name].combine_chunks() for name in ("kind", "key"))
    fresh = pc.or_(*(pc.not_equal(values.slice(1), values.slice(0, len(values) - 1))
                     for values in (kinds, keys)))
    return rows.filter(pa.concat_arrays([pa.array([True]), fresh]))


def _bytes(array, kind):
    """The values of an array without nulls, one after the other."""
    if array.null_count:
        raise InvalidOption("rows of keys have no nulls")
    width = kind.bit_width // 8
    if len(array) == 0:
        return b""
    return memoryview(array.buffers()[1])[array.offset * width:(array.offset + len(array)) * width]
