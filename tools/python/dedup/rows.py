# SPDX-License-Identifier: Apache-2.0
"""Which rows of a table a caller wants to be left out."""
from . import InvalidOption

_WORDS = ("duplicates", "empty", "none")


def checked(drop):
    """The word, if it is one. Raises InvalidOption."""
    if drop not in _WORDS:
        raise InvalidOption(f"drop must be one of {', '.join(_WORDS)}, and is {drop}")
    return drop


def is_dropped(page, text, drop):
    """Whether the row of a Cleaned page is left out, of which this text stays."""
    if drop == "none":
        return False
    return page.duplicate is not None or drop == "empty" and not text.strip()
