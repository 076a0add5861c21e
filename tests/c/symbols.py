#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/c/symbols.py LIBRARY HEADER OLD-HEADER

Fails, naming them, unless the functions of C in LIBRARY are those that HEADER declares, and those
of the first header of this binary form, OLD-HEADER, are among them, with the same types.
"""
import pathlib
import re
import subprocess
import sys

DECLARED = re.compile(r"^DEDUP_EXPORT ([^;]*?\b(dedup_\w+)\([^;]*\));", re.M)
STRUCT = re.compile(r"^typedef struct (dedup_\w+) \{(.*?)^\}", re.M | re.S)
NUMBER = re.compile(r"\b(DEDUP_\w+) = (\d+)")


def functions(text):
    return {name: " ".join(whole.split()) for whole, name in DECLARED.findall(text)}


def members(text):
    """Of each struct the members in their order, without what is said of them."""
    return {name: [" ".join(member.split()) for member in re.sub("//.*", "", body).split(";")][:-1]
            for name, body in STRUCT.findall(text)}


def main():
    library, header, old_header = sys.argv[1:]
    new, old = (pathlib.Path(path).read_text(encoding="utf-8") for path in (header, old_header))
    listing = subprocess.run(["nm", "--defined-only", "--extern-only", library], check=True,
                             capture_output=True, text=True).stdout
    found = set(re.findall(r" T (dedup_\w+)$", listing, re.M))
    declared = functions(new)
    faults = [f"declared and not there: {name}" for name in sorted(declared.keys() - found)]
    faults += [f"there and not declared: {name}" for name in sorted(found - declared.keys())]
    for name, whole in functions(old).items():
        if declared.get(name) != whole:
            faults.append(f"not as it was: {whole}")
    for name, before in members(old).items():
        if members(new).get(name, [])[:len(before)] != before:
            faults.append(f"not as it was, at its beginning: struct {name}")
    numbers = dict(NUMBER.findall(new))
    for name, number in NUMBER.findall(old):
        if numbers.get(name) != number:
            faults.append(f"not as it was: {name} = {number}")
    print(*faults, sep="\n", file=sys.stderr, end="\n" if faults else "")
    print(f"{len(found)} functions, {len(members(new))} structs, {len(numbers)} numbers")
    return 1 if faults or not found or not numbers else 0


sys.exit(main())
