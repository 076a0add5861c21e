# SPDX-License-Identifier: Apache-2.0
"""For ``map`` of Hugging Face's datasets.

    clean = dataset.map(dedup.datasets.Cleaning("text"), batched=True)
"""
import uuid
from collections.abc import Mapping
from itertools import compress

from . import Cleaner, Misuse
from .rows import checked, clean_rows, name

__all__ = ["Cleaning"]


class Cleaning:
    """Cleans the rows of a dataset, which ``map`` hands over batch by batch, in their order.

    It remembers what it has seen: each dataset that is to be cleaned by itself has one of its own,
    and what was cached of an earlier run is not used.
    Raises Misuse where it would remember too little, or too much: with ``num_proc``, since each
    process would know rows of its own only (it has threads instead), and for a stream
    (IterableDataset), which may be read a second time, or looked into, without a word.

    Parameters
    ----------
    column : str
        Of the text; None stays None.
    name_column, url_column : str, optional
        What a row is called, and where it is from.
    content_type : str
        Of all rows, such as "text/html" for parts of pages.
    drop : str
        Which rows are left out: "duplicates", those that repeat another as a whole; "empty", also
        others of whose text nothing is left; "none": their text is empty.
    index : Index, optional
        What was seen before; who gives one commits it.
    **options
        See dedup.Options; threads is 0 here, one for each processor.
    """

    def __init__(self, column="text", *, name_column=None, url_column=None, content_type="",
                 drop="duplicates", index=None, **options):
        self._column, self._name, self._url = column, name_column, url_column
        self._type, self._drop = content_type, checked(drop)
        self._own = uuid.uuid4().hex
        options.setdefault("threads", 0)
        self._cleaner = Cleaner(index, **options)

    def __call__(self, batch):
        if self._cleaner is None:
            raise Misuse("this copy of dedup.datasets.Cleaning has no memory: map without num_proc")
        if type(batch) is dict:
            raise Misuse("dedup.datasets.Cleaning is for a Dataset; a stream may be read twice")
        if not isinstance(batch, Mapping):
            raise Misuse("dedup.datasets.Cleaning is for a dataset without a format")
        pages = batch[self._column]
        if isinstance(pages, (str, bytes)) or pages is None:
            raise Misuse("dedup.datasets.Cleaning takes batches: map with batched=True")
        texts, _, kept = clean_rows(self._cleaner, pages, self._drop,
                                    names=_names(batch, self._name),
                                    urls=_names(batch, self._url), content_types=self._type)
        result = {**batch, self._column: texts}
        return {column: list(compress(values, kept)) for column, values in result.items()}

    # What datasets knows a result by in its cache is the pickled function. A result depends on what
    # was seen before, and one that comes from the cache is not seen: none may be found there.
    def __getstate__(self):
        state = {name: value for name, value in vars(self).items() if name != "_cleaner"}
        state["_seen"] = self._cleaner.stats.documents if self._cleaner is not None else 0
        return state

    def __setstate__(self, state):
        vars(self).update(state, _cleaner=None)


def _names(batch, column):
    return "" if column is None else [name(value) for value in batch[column]]
