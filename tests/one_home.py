#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every predicate on characters or text, and every constant of text, has one home.

    one_home.py FOLDER...

Fails when two files under the same FOLDER define a function or lambda of the name is_…, has_…,
holds_… that takes characters or text, or constants that hold the same text under the same name, or
the same sign under any name (a byte order mark, U+FFFD). A declaration is no definition.
"""
import collections
import pathlib
import re
import sys

PREDICATE = re.compile(
    r"\b(?:bool|auto)\s+((?:is|has|holds)_\w+)\s*(?:=\s*\[[^\]]*\]\s*)?\(([^()]*)\)[^;{}]*\{")
TAKES_TEXT = re.compile(r"\bchar(?:16_t|32_t|8_t)?\b|\b(?:u16|u32)?string_view\b|\bCharacter\b|\bReader\b")
CONSTANT = re.compile(
    r"\bconstexpr\s+[\w:]*(?:string_view|char\w*)\s+(k\w+)\s*(?:=\s*|\{)([^;]*?)\}?;", re.S)
SIGNS = {r"\xEF\xBB\xBF": "the byte order mark", r"\xEF\xBF\xBD": "U+FFFD"}


def homes(folder):
    """What is defined, and in which files."""
    found = collections.defaultdict(set)
    for path in sorted(pathlib.Path(folder).rglob("*")):
        if path.suffix not in (".cc", ".h"):
            continue
        text = re.sub(r"//[^\n]*", "", path.read_text(encoding="utf-8"))
        # A header and its source are one home.
        home = str(path.with_suffix(""))
        for name, parameters in PREDICATE.findall(text):
            if TAKES_TEXT.search(parameters):
                found[f"{name}()"].add(home)
        for name, value in CONSTANT.findall(text):
            found[f"{name} = {' '.join(value.split())}"].add(home)
        for bytes_, sign in SIGNS.items():
            if bytes_ in text:
                found[sign].add(home)
    return found


def main(folders):
    faults = 0
    for folder in folders:
        if not pathlib.Path(folder).is_dir():
            sys.exit(f"{folder}: no folder")
        for what, where in sorted(homes(folder).items()):
            if len(where) > 1:
                faults += 1
                print(f"{what} has {len(where)} homes: {', '.join(sorted(where))}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
