# SPDX-License-Identifier: Apache-2.0
"""The options of a Cleaner, which are those of dedup/options.h in the library."""
import os
from typing import Sequence, TypedDict, Union

_Path = Union[str, "os.PathLike[str]"]


class Options(TypedDict, total=False):
    """What a Cleaner can be told, as keyword arguments; None is the default.

    Lengths are weights: an ideograph counts 1, and so does each run of other letters and digits.

    Parameters
    ----------
    """

    boilerplate: str
    boilerplate_rules: str
    boilerplate_model: bytes
    boilerplate_without: Sequence[str]
    documents: str
    paragraphs: str
    runs: bool
    sentences: str
    scope: str
    min_block: int
    min_block_across: int
    near_threshold: float
    encoding: str
    repair: bool
    script: str
    script_dictionaries: _Path
    normalise: str
    first_positions: bool
    first_names: bool
    memory: int
    scratch: _Path
    threads: int
    secret: bytes


TEXTS = {
    "boilerplate": "[auto] drops disclaimers, bylines, share bars: auto (page for HTML, rules for "
                   "text), off, rules, or page for the furniture of a whole scraped page, too",
    "boilerplate_rules": "further rules: the text of a file of rules",
    "boilerplate_model": "what a BoilerplateLearner made, or dedup learn",
    "boilerplate_without": "classes of rules that do not fire, such as byline",
    "documents": "[exact] drops a document that repeats an earlier one: exact, near or off",
    "paragraphs": "[exact] drops a repeated block: exact, near or off",
    "runs": "[True] drops three blocks in a row that repeat an earlier three",
    "sentences": "[exact] drops three repeated sentences in a row: exact, lone (also a single one) "
                 "or off",
    "scope": "[corpus] where copies are looked for: document (in each by itself), corpus, or wide "
             "(sentences and near-duplicates in all documents, too)",
    "min_block": "[40] least weight of a repeated block within one document",
    "min_block_across": "[60] least weight of a block that repeats one of an earlier document",
    "near_threshold": "[0.8] least resemblance of near-duplicates, from 0.5 to 1",
    "encoding": "[auto] the charset of all bytes; auto: found for each document",
    "repair": "[True] puts injected pinyin, invisible characters, entities and other dirt right",
    "script": "[keep] simplified or traditional: converts documents in the other script",
    "script_dictionaries": "the directory of OpenCC's dictionaries; else those that came along",
    "normalise": "[off] nfc: brings what stays to that form of Unicode",
    "first_positions": "[True] remembers where each block was first, for 16 bytes a block",
    "first_names": "[True] remembers the names of documents",
    "memory": "[0, no limit] most bytes for what is remembered and worked on; the rest goes to "
              "scratch",
    "scratch": "the directory for that; else the one for temporary files",
    "threads": "[1] that analyse; 0: one for each processor. The result does not depend on it",
    "secret": "key of the fingerprints, 32 bytes; else drawn at random",
}
Options.__doc__ = Options.__doc__.rstrip() + "".join(
    f"\n    {name} : {getattr(kind, '__name__', 'path')}\n        {TEXTS[name]}"
    for name, kind in Options.__annotations__.items()) + "\n"
