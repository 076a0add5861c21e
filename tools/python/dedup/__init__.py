# SPDX-License-Identifier: Apache-2.0
"""Turns scraped Chinese text into clean text.

    >>> import dedup
    >>> dedup.clean("城裡開了夜市。\\n責任編輯：林小滿\\n")
    '城裡開了夜市。\\n'

Repeats, boilerplate and dirt go; each removal has its reason and, where it repeats something, the
earlier copy. ``Cleaner`` remembers what it has seen from page to page, and an ``Index`` in a file
from run to run. ``dedup.tables`` cleans Arrow tables and Parquet files, ``dedup.datasets`` is for
``map`` of Hugging Face's datasets, ``dedup.scrapy`` is an item pipeline, ``dedup.shards`` cleans a
corpus in parts, ``dedup.spark`` does so on Apache Spark; they import what they are for, this module
nothing.
"""
from ._dedup import (BoilerplateLearner, Cleaned, Cleaner, Count, Damage, EarlierDocument, Edit,
                     Encoding, Error, FormatError, Index, IndexFacts, IndexFileError, InvalidOption,
                     KeyRecorder, Misuse, PageFacts, Position, ScratchError, Stats, StructureLine,
                     check_index, compact_index, converts_scripts, forget_documents, icu_version,
                     index_facts, key_recipe, merge_indexes, structure_of, unicode_version, version)
from .options import Options

__version__ = version()

__all__ = [
    "BoilerplateLearner", "Cleaned", "Cleaner", "Count", "Damage", "EarlierDocument", "Edit",
    "Encoding", "Error", "FormatError", "Index", "IndexFacts", "IndexFileError", "InvalidOption",
    "KeyRecorder", "Misuse", "Options", "PageFacts", "Position", "ScratchError", "Stats",
    "StructureLine", "check_index", "clean", "compact_index", "converts_scripts",
    "forget_documents", "icu_version", "index_facts", "key_recipe", "merge_indexes",
    "structure_of", "unicode_version", "version",
]


def clean(page, **options):
    """The clean text of a single document.

    Parameters
    ----------
    page : str or bytes
        Text or HTML; bytes in any charset, packed or not.
    **options
        See Options.

    Returns
    -------
    str
    """
    with Cleaner(**options) as cleaner:
        return cleaner.clean(page).text

for _name in __all__:  # what they are called, in messages and for pickle
    if isinstance(globals()[_name], type):
        globals()[_name].__module__ = __name__
del _name
