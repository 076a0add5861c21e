# SPDX-License-Identifier: Apache-2.0
"""The files of `dedup shard`, read and written from Python.

    keys     heading | rows of 41 bytes, sorted | offsets of the names | names
               | members of groups, sorted | documents, offsets of their facts | facts
    first    heading | 9 numbers for each part, and once more | rows | names

A heading is lines of a name and a value, and a blank line. Numbers are of 8 bytes, the lowest
first; those in rows have the highest first, so that rows compare as bytes. See tools/shards.
"""
import hashlib

import numpy as np
import pyarrow as pa

from . import Cleaner, KeyRecorder, key_recipe, version
from .shard_headings import heading_of
from .shards import KEYS

__all__ = ["told_in", "write_keys"]

_ROW = np.dtype([("kind", "u1"), ("key", "V16"), ("document", ">u8"), ("block", ">u8"),
                 ("second", ">u4"), ("third", ">u4")])
_MEMBER = np.dtype([("hash", ">u4"), ("band", "u1"), ("document", ">u4")])
_VERDICT = np.dtype([("document", "<u8"), ("similarity", "<f8")])
_KINDS = ("documents", "blocks", "runs")
_PART = 9  # numbers


def write_keys(file, rows, names, *, secret, near_threshold, settings=(), documents=None):
    """Writes the keys of a part: a table of shards.KEYS, documents counted from 0 in it, and the
    names of its documents, as bytes. `documents`: what KeyRecorder.take_documents() gave, where
    near-duplicates are looked for."""
    packed = np.zeros(rows.num_rows, _ROW)
    for name in KEYS.names:
        column = rows[name].combine_chunks()
        if name == "key":
            column = column.cast(pa.binary(16))
            packed[name] = np.frombuffer(column.buffers()[1], "V16", len(column),
                                         column.offset * 16)
        else:
            packed[name] = column.to_numpy()
    packed = packed[np.argsort(packed.view(f"S{_ROW.itemsize}"), kind="stable")]
    counts = np.bincount(packed["kind"], minlength=len(_KINDS))
    lines = ["dedup-keys 1", f"version {version()}", f"recipe {key_recipe()}",
             f"check {_check(secret)}", f"part {_identity(packed, names)}",
             *(f"option {setting}" for setting in settings), "start 0",
             "end 0", f"near-threshold {near_threshold!r}", f"documents {len(names)}",
             f"lines {len(names)}", "blanks 0",
             *(f"rows-of-{kind} {count}" for kind, count in zip(_KINDS, counts))]
    lines.append(f"names-size {sum(map(len, names))}")
    near = []
    if documents is not None:
        near = _near(documents)
        lines += [f"near-documents {len(documents['facts'])}",
                  f"members {len(near[0]) // _MEMBER.itemsize}",
                  f"facts-size {sum(map(len, documents['facts']))}"]
    offsets = np.zeros(len(names) + 1, "<u8")
    np.cumsum([len(name) for name in names], out=offsets[1:])
    for part in ("\n".join([*lines, "", ""]).encode(), packed.tobytes(), offsets.tobytes(),
                 *names, *near):
        file.write(part)


def _near(documents):
    numbers = np.frombuffer(documents["document"], "<u8")
    groups = [np.frombuffer(each, "<u8") for each in documents["groups"]]
    members = np.zeros(sum(map(len, groups)), _MEMBER)
    if groups:
        each = np.concatenate(groups)
        members["hash"], members["band"] = each & 0xFFFFFFFF, each >> 32
        members["document"] = np.repeat(numbers, [len(group) for group in groups])
    members = members[np.argsort(members.view(f"S{_MEMBER.itemsize}"), kind="stable")]
    table = np.zeros((len(numbers) + 1, 2), "<u8")
    table[:-1, 0], table[-1, 0] = numbers, np.iinfo("u8").max
    np.cumsum([len(facts) for facts in documents["facts"]], out=table[1:, 1])
    return [members.tobytes(), table.tobytes(), *documents["facts"]]


def _identity(packed, names):
    """What the part goes by: 16 digits that another text has not."""
    digest = hashlib.blake2b(packed.tobytes(), digest_size=8)
    digest.update(b"\n".join(names))
    return digest.hexdigest()


def _check(secret):
    """A key of the secret's: that of a text which is always the same."""
    recorder = KeyRecorder(secret=secret)
    Cleaner(recorder.index, boilerplate="off", threads=1).clean("一二三四五六七八九十" * 20)
    return recorder.take()["key"][:16].hex()


def told_in(path, part):
    """What a file of `dedup shard first` has for a part: a table of KEYS, {document: name}, how
    many documents come before the part, and of near-duplicates their verdicts, as columns."""
    heading, body = heading_of(path, "first")
    parts, rows = (int(heading[name][0]) for name in ("parts", "rows"))
    with open(path, "rb") as file:
        def numbers(at, count):
            file.seek(body + at)
            return np.frombuffer(file.read(8 * count), "<u8")

        lines = numbers(8 * _PART * part, 2 * _PART).reshape(2, _PART)
        all_rows = 8 * _PART * (parts + 1)
        all_names = all_rows + rows * _ROW.itemsize
        (before, *_, row, name), (*_, row_end, name_end) = lines.tolist()
        file.seek(body + all_rows + row * _ROW.itemsize)
        packed = np.frombuffer(file.read((row_end - row) * _ROW.itemsize), _ROW)
        file.seek(body + all_names + name)
        bytes_of_names = file.read(name_end - name)
    near = "near" in heading
    told = packed[packed["kind"] == 0] if near else packed[:0]
    verdicts = np.frombuffer(told["key"].tobytes(), _VERDICT)
    columns = {"document": verdicts["document"].tobytes(),
               "first": told["document"].astype("<u8").tobytes(),
               "similarity": verdicts["similarity"].tobytes()}
    packed = packed[packed["kind"] != 0] if near else packed
    arrays = [pa.array(packed["key"].tolist(), field.type) if field.name == "key" else
              pa.array(packed[field.name].astype(field.type.to_pandas_dtype())) for field in KEYS]
    names, at = {}, 0
    while at < len(bytes_of_names):
        document, size = np.frombuffer(bytes_of_names, "<u8", 2, at).tolist()
        names[document] = bytes_of_names[at + 16:at + 16 + size].decode(
            "utf-8", "surrogateescape")
        at += 16 + size
    return pa.Table.from_arrays(arrays, schema=KEYS), names, before, columns
