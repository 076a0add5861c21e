#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/layering_symbols.py OBJECT...

Layering as the linker sees it. An include can be sound and the link still run upward: a header of a
low floor whose functions are written on a higher one. Fails, naming object and symbol, where

  - an object needs a symbol that is defined on a floor above its own, or in a room beside its own;
  - a symbol speaks of a type (namespace) of such a room, be it a template or an inline function;
  - a namespace of a room has its functions written in another room.

An OBJECT is src/ROOM/FILE.cc.o below a folder named *.dir; one made from a generated source belongs
to the room whose namespace it fills. A class with a key function has its vtable where that is
written; without one the vtable is everybody's, and only the types in its name count.
"""
import collections
import os
import pathlib
import re
import subprocess
import sys

FLOORS = pathlib.Path(__file__).parent / 'floors.txt'
STRONG, NEEDED = 'TDBRGS', 'U'


def read_floors(path):
    """The floor of each room, and the room that a folder is a part of."""
    level, parts = {}, {}
    rows = [row.split() for row in path.read_text().splitlines() if not row.startswith('#')]
    for number, row in enumerate(rows):
        if '=' in row:
            parts[row[0]] = row[2]
        else:
            level.update(dict.fromkeys(row, number))
    return level, parts


class House:
    """Who defines what, and who may see whom."""

    def __init__(self, objects):
        self.level, self.parts = read_floors(FLOORS)
        self.symbols = {path: list(symbols_of(path)) for path in objects}
        self.rooms = {path: self.room_of_path(path) for path in objects}
        self.namespaces = self.find_namespaces()
        for path, room in self.rooms.items():
            if room is None:
                self.rooms[path] = self.room_of_content(path)
        self.homes = {name: path for path in objects for kind, name in self.symbols[path]
                      if kind in STRONG}

    def room_of_path(self, path):
        folder = 'src/' + re.sub(r'^.*\.dir/', '', path).rpartition('/')[0]
        folder = self.parts.get(folder, folder)
        return folder if folder in self.level else None

    def find_namespaces(self):
        """How many definitions each namespace has in each room."""
        count = collections.defaultdict(collections.Counter)
        for path, room in self.rooms.items():
            for kind, name in self.symbols[path]:
                if kind in STRONG and room and namespace_of(name):
                    count[namespace_of(name)][room] += 1
        return count

    def own_room(self, namespace):
        """The room of the namespace's name, else (walls) where most of it is written."""
        if f'src/{namespace}' in self.level:
            return f'src/{namespace}'
        rooms = self.namespaces.get(namespace)
        return rooms.most_common(1)[0][0] if rooms else None

    def room_of_content(self, path):
        rooms = {self.own_room(namespace_of(name)) for kind, name in self.symbols[path]
                 if kind in STRONG} - {None}
        if len(rooms) != 1:
            sys.exit(f'{path}: on no floor')
        return rooms.pop()

    def sees(self, room, other):
        return other is None or room == other or self.level[other] < self.level[room]

    def faults(self):
        for path, room in self.rooms.items():
            for kind, name in self.symbols[path]:
                home = self.homes.get(name)
                spoken = [self.own_room(space) for space in re.findall(r'\bdedup::([a-z_]\w*)::',
                                                                       name)]
                if kind in NEEDED and home and not self.sees(room, self.rooms[home]):
                    yield f'{path}: needs what {self.rooms[home]} defines: {name}'
                elif not all(self.sees(room, other) for other in spoken):
                    yield f'{path}: speaks of a room it does not see: {name}'
                elif kind in STRONG and not self.sees_home(room, name):
                    yield f'{path}: written outside of its room: {name}'

    def sees_home(self, room, name):
        own = self.own_room(namespace_of(name))
        return own is None or own == room


def namespace_of(name):
    """`text` of `dedup::text::fold(…)`: what is named, not what its parameters are of."""
    match = re.match(r'(?:[a-z ]+ for )?(?:[\w: ]+ )?dedup::([a-z_]\w*)::', name.split('(')[0])
    return match[1] if match else None


def symbols_of(path):
    """Kind and demangled name of each symbol of an object that other objects can see."""
    listing = subprocess.run(['nm', '-C', path], check=True, capture_output=True, text=True).stdout
    for line in listing.splitlines():
        kind, name = line[17:].split(' ', 1)
        if 'dedup::' in name and (kind.isupper() or kind == 'u'):
            yield kind, name


def main():
    objects = [os.path.normpath(path) for path in sys.argv[1:]]
    house = House(objects)
    faults = list(house.faults())
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f'{len(objects)} objects, {len(house.homes)} symbols')
    return 1 if faults or not house.homes else 0


sys.exit(main())
