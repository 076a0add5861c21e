# SPDX-License-Identifier: Apache-2.0
"""The options of a Cleaner: the names and words are those of the command."""
import os
from typing import Sequence, TypedDict, Union


class Options(TypedDict, total=False):
    """What a Cleaner can be told, as keyword arguments; None is the default.

    Lengths are weights: an ideograph counts 1, and so does each run of other letters and digits.
    """

    boilerplate: str
    """Drops disclaimers, bylines, share bars: "auto" ("page" for HTML, "rules" for text), "off",
    "rules", or "page" for the furniture of a whole scraped page, too."""
    boilerplate_rules: str
    """Further rules: the text, not a path."""
    boilerplate_model: bytes
    """What a BoilerplateLearner made."""
    boilerplate_without: Sequence[str]
    """Classes of rules that do not fire."""
    documents: str
    """Drops a document that repeats an earlier one: "exact", "near" or "off"."""
    paragraphs: str
    """Drops a repeated block: "exact", "near" or "off"."""
    runs: bool
    """Drops three blocks in a row that repeat an earlier three; True."""
    sentences: str
    """Drops three repeated sentences in a row: "exact", "lone" (also a single one) or "off"."""
    scope: str
    """Where copies are looked for: "document", "corpus" or "wide"."""
    min_block: int
    """Least weight of a repeated block within one document; 40."""
    min_block_across: int
    """Least weight of a block that repeats one of an earlier document; 60."""
    near_threshold: float
    """Least resemblance of near-duplicates, from 0.5 to 1; 0.8."""
    encoding: str
    """The charset of all bytes; "auto": found for each document."""
    repair: bool
    """Puts injected pinyin, invisible characters, entities and other dirt right; True."""
    script: str
    """"simplified" or "traditional" converts documents in the other; "keep"."""
    script_dictionaries: Union[str, "os.PathLike[str]"]
    """The directory of OpenCC's dictionaries; else those that came with the package."""
    normalise: str
    """"nfc" brings what stays to that form; "off"."""
    first_positions: bool
    """Remembers where each block was first; True. Costs 16 bytes a block."""
    first_names: bool
    """Remembers the names of documents; True."""
    memory: int
    """Most bytes for what is remembered and worked on; 0: no limit. The rest goes to scratch."""
    scratch: Union[str, "os.PathLike[str]"]
    """The directory for that; else the one for temporary files."""
    threads: int
    """1; 0: one for each processor. The result does not depend on it."""
    secret: bytes
    """Key of the fingerprints, 32 bytes; drawn at random."""
