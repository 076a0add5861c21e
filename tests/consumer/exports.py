#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/consumer/exports.py LIBRARY HEADERS

Fails, naming them, unless the shared LIBRARY exports exactly the face: what carries DEDUP_EXPORT in
the folder HEADERS and its members, nothing else of this project, and nothing of anybody else's.
"""
import pathlib
import re
import subprocess
import sys

CLASS = re.compile(r'^(?:class|struct) (DEDUP_EXPORT )?(\w+)[^;]*\{', re.M)
FUNCTION = re.compile(r'^(?:\[\[nodiscard\]\] )?(DEDUP_EXPORT )?(?!class|struct|enum|using|namespace'
                      r'|inline|constexpr|#)[\w:<>]+[ &*]+(\w+)\(', re.M)
C_FUNCTION = re.compile(r'^DEDUP_EXPORT [^;]*?\b(dedup_\w+)\(', re.M)
SYMBOL = re.compile(r'(?:(?:vtable|typeinfo|typeinfo name) for )?dedup::(\w+)(.*)')


def declared(headers):
    """The names that carry DEDUP_EXPORT; of these the interfaces, of which the library itself need
    hold nothing; and what lacks it."""
    names, interfaces, bare = set(), set(), []
    for header in sorted(headers.glob('*.h')):
        text = header.read_text(encoding='utf-8')
        for found in list(CLASS.finditer(text)) + list(FUNCTION.finditer(text)):
            export, name = found.groups()
            if export:
                names.add(name)
                if '= 0;' in text[found.start():text.find('\n};', found.start())]:
                    interfaces.add(name)
            elif not found.group(0).startswith('struct'):  # plain values need no symbol
                bare.append(f'{header.name}: {name} lacks DEDUP_EXPORT')
    return names, interfaces, bare


def main():
    library, headers = sys.argv[1], pathlib.Path(sys.argv[2])
    listing = subprocess.run(['nm', '-DC', '--defined-only', library], check=True,
                             capture_output=True, text=True).stdout
    symbols = [line.split(' ', 2)[2] for line in listing.splitlines()]
    names, interfaces, faults = declared(headers)
    of_c = set(C_FUNCTION.findall((headers / 'c.h').read_text(encoding='utf-8')))
    names -= of_c
    faults += [f'not exported: {name}' for name in sorted(of_c.difference(symbols))]
    exported = set()
    for symbol in symbols:
        if symbol in of_c:
            continue
        match = SYMBOL.fullmatch(symbol)
        if not match or match[1] not in names or match[2].startswith('::State'):
            faults.append(f'exported without need: {symbol}')
        else:
            exported.add(match[1])
    faults += [f'not exported: dedup::{name}' for name in sorted(names - interfaces - exported)]
    print(*faults, sep='\n', file=sys.stderr, end='\n' if faults else '')
    print(f'{len(symbols)} symbols of {len(exported)} names')
    return 1 if faults or not symbols else 0


sys.exit(main())
