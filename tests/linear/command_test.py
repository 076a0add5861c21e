#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""P13 through the command: time is linear in hostile input of every format.

    command_test.py DEDUP

Eight times the input may take 2.2³ times the processor time of the command. What takes longer is
measured again and at larger sizes, as in judge.h; what still takes longer is counted in instructions
where there is valgrind: on a machine with other work, time alone says too little of one case in a
hundred.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

FACTOR = 8
MOST = 2.2**3
# Bytes. The largest input made of it is a window of 4 MiB: a line beyond that is also looked
# through for where it may be cut, which shows as a step at that size, not as growth.
FIRST = 32 << 10

# Seconds: what takes so much at all is not measured again.
TOO_LONG = 5

UNITS = ["\u3000\n", "天\u200b", "“", "免责声明“", "&", "創(chu", " ，", "\r", "天。", "\\", "\t|"]
WARC = ["-f", "warc"]
# name: how so many bytes of a unit become input, the options
CASES = {
    "text": (lambda unit, size: repeat(unit, size), []),
    "removed": (lambda unit, size: repeat(unit, size), ["--removed=/dev/null"]),
    "one long record": (lambda unit, size: record(repeat(unit, size)), ["-f", "jsonl"]),
    "many records": (lambda unit, size: repeat(record(unit), size), ["-f", "jsonl"]),
    "broken records": (lambda unit, size: repeat('{"text":"' + unit, size), ["-f", "jsonl"]),
    "deep record": (lambda unit, size: repeat('[{"a":', size), ["-f", "jsonl"]),
    "separators": (lambda unit, size: repeat(unit + "\n--\n", size), ["--document-separator=--"]),
    "nearly separators": (lambda unit, size: repeat(unit + "\n-- \n-", size),
                          ["--document-separator=--"]),
    "archive of long lengths": (lambda unit, size: repeat(archived(unit, 99999), size), WARC),
    "archive of short lengths": (lambda unit, size: repeat(archived(unit, 0), size), WARC),
    "archive that is quoted": (lambda unit, size: archived(repeat("\n\nWARC/1.0\n" + unit, size)),
                               WARC),
    "archive of headers": (lambda unit, size: repeat("WARC/1.0\n" + unit, size), WARC),
}
# Input that no unit changes.
FIXED = {"deep record"}


def repeat(unit, size):
    return unit * (size // len(unit.encode()) + 1)


def record(text):
    escaped = "".join(f"\\u{ord(c):04x}" if c in '\\"' or c < " " else c for c in text)
    return '{"text":"' + escaped + '"}\n'


def archived(text, length=None):
    length = len(text.encode()) if length is None else length
    return f"WARC/1.0\nWARC-Type: conversion\nContent-Length: {length}\n\n{text}\n\n"


def seconds(command, path, runs):
    """The least processor time of several runs."""
    least = float("inf")
    for _ in range(runs):
        with open(path, "rb") as text:
            child = subprocess.Popen(command, stdin=text, stdout=subprocess.DEVNULL,
                                     stderr=subprocess.DEVNULL)
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1, 3):
            sys.exit(f"{' '.join(command)}: status {child.returncode}")
        least = min(least, used.ru_utime + used.ru_stime)
    return least


def instructions(command, path):
    with open(path, "rb") as text:
        told = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
                               *command], stdin=text, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, check=False).stderr.decode()
    return int(re.search(r"Collected : (\d+)", told)[1])


def counted_growth(command, make, unit, size, folder):
    counts = []
    for bytes_ in (0, size, FACTOR * size):
        path = folder / "input"
        path.write_text(make(unit, bytes_) if bytes_ else "", encoding="utf-8", newline="")
        counts.append(instructions(command, path))
    return (counts[2] - counts[0]) / (counts[1] - counts[0])


def growth(command, make, unit, size, runs, start, folder):
    times = []
    for bytes_ in (size, FACTOR * size):
        path = folder / "input"
        path.write_text(make(unit, bytes_), encoding="utf-8", newline="")
        times.append(max(seconds(command, path, runs) - start, 1e-3))
    return times[1] / times[0], times[1]


def main(dedup):
    worst = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        empty = folder / "empty"
        empty.touch()
        for case, (make, options) in CASES.items():
            command = [dedup, "-T1", *options]
            start = seconds(command, empty, 5)  # what the command takes for nothing
            for unit in UNITS[:1] if case in FIXED else UNITS:
                for size, runs in ((FIRST, 2), (4 * FIRST, 4), (16 * FIRST, 4)):
                    grown, longest = growth(command, make, unit, size, runs, start, folder)
                    if grown <= MOST or longest > TOO_LONG:
                        break
                if grown > MOST and longest <= TOO_LONG and shutil.which("valgrind"):
                    grown = counted_growth(command, make, unit, size, folder)
                worst.append((grown, f"{case}: {unit!a}"))
    worst.sort(reverse=True)
    print(f"{len(worst)} cases; the fastest growing, of {MOST:.2f} allowed:")
    for grown, case in worst[:10]:
        print(f"  {grown:6.2f}  {case}")
    return 1 if worst[0][0] > MOST else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
