# SPDX-License-Identifier: Apache-2.0
"""Rows as documents: what tables and datasets have in common."""
import os

from . import InvalidOption

_WORDS = ("duplicates", "empty", "none")


def checked(drop):
    """The word, if it is one. Raises InvalidOption."""
    if drop not in _WORDS:
        raise InvalidOption(f"drop must be one of {', '.join(_WORDS)}, and is {drop}")
    return drop


def is_damaged(page):
    """Whether some of a Cleaned page could not be read."""
    return bool(page.damage.sequences or page.damage.unread or page.unpacking != "whole")


def is_dropped(page, text, drop):
    """Whether the row of a Cleaned page is left out, of which this text stays. What could not be
    read is not known to be empty."""
    if drop == "none":
        return False
    return (page.duplicate is not None
            or drop == "empty" and not text.strip() and not is_damaged(page))


def clean_rows(cleaner, pages, drop, **columns):
    """Cleans a list of pages, of which those that are None are no documents; columns are lists as
    long, or one value for all: see Cleaner.clean_all(). Gives the texts, the Cleaned pages and
    which rows stay, each by row."""
    rows = [row for row, page in enumerate(pages) if page is not None]
    columns = {column: values if isinstance(values, str) else [values[row] for row in rows]
               for column, values in columns.items()}
    texts, cleaned, kept = [None] * len(pages), [None] * len(pages), [True] * len(pages)
    for row, page in zip(rows, cleaner.clean_all([pages[row] for row in rows], **columns)):
        texts[row], cleaned[row] = page.text, page
        kept[row] = not is_dropped(page, texts[row], drop)
    return texts, cleaned, kept


def edit_row(edit):
    """An Edit as plain values, all of them there; None for what it has not."""
    first = edit.first
    return {"block": edit.block, "start": edit.start, "end": edit.end, "text": edit.text,
            "replacement": edit.replacement, "reason": edit.reason, "rule": edit.rule,
            "score": edit.score, "first_document": first and first.document,
            "first_block": first and first.block, "first_name": edit.first_name or None,
            "similarity": edit.similarity}


def name(value):
    """What a row is called: "" for None."""
    if isinstance(value, bytes):
        return os.fsdecode(value)
    return "" if value is None else str(value)
