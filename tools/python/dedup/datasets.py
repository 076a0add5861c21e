# SPDX-License-Identifier: Apache-2.0
"""For ``map`` of Hugging Face's datasets.

    clean = dataset.map(dedup.datasets.Cleaning("text"), batched=True)
"""
from itertools import compress

from . import Cleaner, Misuse, key_recipe, version
from .rows import checked, is_dropped


class Cleaning:
    """Cleans the rows of a dataset, which ``map`` hands over batch by batch, in their order.

    ``map`` must not be given ``num_proc``: each process would remember rows of its own only, and so
    a call in another process raises Misuse. It has threads instead.

    Parameters
    ----------
    column : str
        Of the text; None stays None.
    name_column, url_column : str, optional
        What a row is called, and where it is from.
    drop : str
        Which rows are left out: "duplicates", those that repeat another as a whole; "empty", also
        others of whose text nothing is left; "none": their text is empty.
    index : Index, optional
        What was seen before; who gives one commits it.
    **options
        See dedup.Options; threads is 0 here, one for each processor.
    """

    def __init__(self, column="text", *, name_column=None, url_column=None, drop="duplicates",
                 index=None, **options):
        self._column, self._name, self._url = column, name_column, url_column
        self._drop = checked(drop)
        options.setdefault("threads", 0)
        self._options, self._index = options, index
        self._cleaner = Cleaner(index, **options)

    def __call__(self, batch):
        if self._cleaner is None:
            raise Misuse("dedup.datasets.Cleaning works in one process: map without num_proc")
        pages = batch[self._column]
        if isinstance(pages, (str, bytes)):
            raise Misuse("dedup.datasets.Cleaning takes batches: map with batched=True")
        rows = [row for row, page in enumerate(pages) if page is not None]
        cleaned = self._cleaner.clean_all([pages[row] for row in rows],
                                          names=self._strings(batch, self._name, rows),
                                          urls=self._strings(batch, self._url, rows))
        texts, kept = list(pages), [True] * len(pages)
        for row, page in zip(rows, cleaned):
            texts[row] = page.text
            kept[row] = not is_dropped(page, texts[row], self._drop)
        result = {**batch, self._column: texts}
        return {name: list(compress(values, kept)) for name, values in result.items()}

    @staticmethod
    def _strings(batch, column, rows):
        if column is None:
            return ""
        return ["" if batch[column][row] is None else str(batch[column][row]) for row in rows]

    # What datasets knows a result by in its cache is the pickled function. Without an index the
    # result depends on these alone; with one each is of its own.
    def __getstate__(self):
        state = {name: value for name, value in vars(self).items()
                 if name not in ("_cleaner", "_index")}
        state["_made_by"] = (version(), key_recipe(), id(self) if self._index is not None else 0)
        return state

    def __setstate__(self, state):
        vars(self).update(state, _cleaner=None, _index=None)
