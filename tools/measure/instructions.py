# SPDX-License-Identifier: Apache-2.0
"""What each mode of the command costs in instructions for each byte of text, by callgrind: a figure
that no other program on the machine changes. `--check` fails where a mode exceeds its budget.

  tools/bench --instructions [--check] [--bytes N]

The text is that of bench_corpus.py. A mode's figure is the difference of two runs on one thread, of
which one has a tenth of the text, so that the start counts for nothing; the start is a figure by
itself, for a page of 5 kB. The figures are those of processors with AVX2, and of the compiler and
the libraries of Debian 12: elsewhere they are told, but not held against the budgets."""
import os
import re
import subprocess
import sys
import tempfile

import bench_corpus

BUDGETS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "budgets.txt")
TOLERANCE = 1.02
EXACT = ["--boilerplate=off", "--repair=off", "--documents=off", "--sentences=off", "--runs=off"]
MODES = {"exact": EXACT, "defaults": [], "near": ["--near"]}
PAGE = 5000  # bytes
START = "start"  # millions of instructions, not instructions a byte


def instructions(command, source):
    """Those of one run."""
    with tempfile.TemporaryDirectory() as directory, open(source, "rb") as stdin:
        run = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={directory}/out", *command],
            stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    told = re.search(rb"Collected : (\d+)", run.stderr)
    if run.returncode not in (0, 1) or told is None:
        sys.exit(f"tools/bench: {' '.join(command)}: {run.stderr.decode(errors='replace')}")
    return int(told[1])


def measure(dedup, size):
    """The figure of each mode, and of the start."""
    with tempfile.TemporaryDirectory() as directory:
        paths = []
        for part in (size // 10, size, PAGE):
            paths.append(os.path.join(directory, str(part)))
            with open(paths[-1], "wb") as out:
                bench_corpus.write(out, part, seed=7)
        small, large = paths[:2]
        bytes_between = os.path.getsize(large) - os.path.getsize(small)
        figures = {}
        for mode, options in MODES.items():
            command = [dedup, "-q", "-T1", *options]
            between = instructions(command, large) - instructions(command, small)
            figures[mode] = between / bytes_between
        figures[START] = instructions([dedup, "-q"], paths[2]) / 1e6
        return figures


def read_budgets(text):
    """A line each: mode, budget; # begins a remark."""
    lines = (line.split("#")[0].split() for line in text.splitlines())
    return {line[0]: float(line[1]) for line in lines if line}


def exceeded(figures, budgets):
    """The modes that cost more than they may. A mode without a budget is one of them."""
    return [mode for mode, figure in figures.items()
            if figure > TOLERANCE * budgets.get(mode, 0)]


def is_reference():
    """Whether the budgets were measured on such a machine."""
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        avx2 = " avx2 " in info.read().replace("\n", " ")
    with open("/etc/os-release", encoding="utf-8") as release:
        return avx2 and 'VERSION_ID="12"' in release.read()


def main(dedup, size, check):
    """Tells the figures; the exit status."""
    with open(BUDGETS, encoding="utf-8") as file:
        budgets = read_budgets(file.read())
    figures = measure(dedup, size)
    print("| mode | instructions a byte | budget |\n|---|--:|--:|")
    for mode, figure in figures.items():
        name = "start, a page of 5 kB, millions" if mode == START else mode
        print(f"| {name} | {figure:.2f} | {budgets.get(mode, 0):.2f} |")
    over = exceeded(figures, budgets)
    if not check or not over:
        return 0
    if not is_reference():
        print("tools/bench: not held against the budgets, which are those of Debian 12 with AVX2")
        return 0
    print(f"tools/bench: over budget: {', '.join(over)} (see tools/measure/budgets.txt)",
          file=sys.stderr)
    return 1
