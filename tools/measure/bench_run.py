# SPDX-License-Identifier: Apache-2.0
"""The measurements of tools/bench: whole commands, in turn, so that a slow minute of the machine
hurts all alike. Each figure is the median of the runs after one that warms up."""
import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time

import bench_corpus
import html_peers
import instructions
from instructions import EXACT

PAGES = os.path.join(html_peers.ROOT, "testdata", "html")


class Run:
    """One run of a command: seconds, seconds of all processors, peak memory in bytes."""

    def __init__(self, command, source=None, feed=None):
        environment = dict(os.environ, LC_ALL="C")
        stdin = open(source, "rb") if source else subprocess.PIPE
        start = time.perf_counter()
        child = subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL, env=environment)
        if feed:
            feed(child.stdin)
            child.stdin.close()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        self.seconds = time.perf_counter() - start
        if source:
            stdin.close()
        if child.returncode not in (0, 1):
            sys.exit(f"tools/bench: {command[0]} failed with status {child.returncode}")
        self.returncode = child.returncode
        self.processor = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss * 1024


def median(runs, of):
    return statistics.median(getattr(run, of) for run in runs)


def commands(dedup, two):
    """Names, threads and commands; all read standard input."""
    listed = [("cat", 1, ["cat"]), ("wc -l", 1, ["wc", "-l"]), ("sort -u", 2, ["sort", "-u"]),
              ("mawk '!s[$0]++'", 1, ["mawk", "!s[$0]++"]),
              ("uconv -x nfkc", 1, ["uconv", "-f", "utf-8", "-t", "utf-8", "-x", "nfkc"])]
    for name, options in (("exact blocks only", EXACT), ("defaults", []), ("--near", ["--near"])):
        for threads in (2, 1) if two else (1,):
            listed.append((f"dedup, {name}", threads, [dedup, f"-T{threads}", *options]))
    return listed


def compare(listed, corpus, rounds):
    runs = [[] for _ in listed]
    for turn in range(rounds + 1):
        for results, (_, _, command) in zip(runs, listed):
            run = Run(command, corpus)
            if turn > 0:
                results.append(run)
    return runs


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        models = [line.split(":", 1)[1].strip() for line in info if line.startswith("model name")]
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return (f"{models[0] if models else platform.machine()}, {os.cpu_count()} cores, "
            f"{memory:.0f} GiB, Linux {platform.release().split('-')[0]}, "
            f"{time.strftime('%Y-%m-%d')}")


def table(listed, runs, size):
    base = median(runs[2], "seconds")
    rows = ["| command | threads | seconds | CPU seconds | MB/s | × `sort -u` | memory, MiB |",
            "|---|--:|--:|--:|--:|--:|--:|"]
    for (name, threads, _), results in zip(listed, runs):
        seconds = median(results, "seconds")
        rows.append(f"| `{name}` | {threads} | {seconds:.2f} | {median(results, 'processor'):.2f} "
                    f"| {size / seconds / 1e6:.0f} | {base / seconds:.2f} "
                    f"| {median(results, 'memory') / 2**20:.0f} |")
    return "\n".join(rows)


def chart(listed, runs, size, caption):
    """Horizontal bars of MB/s, plain SVG that takes its colours from the viewer's mode."""
    bars = [(name, threads, size / median(results, "seconds") / 1e6)
            for (name, threads, _), results in zip(listed, runs) if name not in ("cat", "wc -l")]
    scale = 440 / max(speed for _, _, speed in bars)
    height = 66 + 26 * len(bars)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="760" height="{height}" '
           f'viewBox="0 0 760 {height}" font-family="sans-serif" font-size="13">',
           "<style>text{fill:#222}.d{fill:#2a78c2}.d1{fill:#8dbce6}.o{fill:#9a9a9a}"
           "@media(prefers-color-scheme:dark){text{fill:#ddd}.d{fill:#4c9be8}.d1{fill:#27598a}"
           ".o{fill:#777}}</style>",
           '<text x="10" y="20" font-weight="bold">MB/s of UTF-8 text, standard input to '
           '/dev/null</text>']
    for i, (name, threads, speed) in enumerate(bars):
        y = 34 + 26 * i
        kind = "o" if not name.startswith("dedup") else "d" if threads == 2 else "d1"
        label = name.replace("&", "&amp;").replace("<", "&lt;")
        plural = "thread" if threads == 1 else "threads"
        out.append(f'<text x="228" y="{y + 14}" text-anchor="end">'
                   f'{label}, {threads} {plural}</text>'
                   f'<rect class="{kind}" x="236" y="{y}" width="{speed * scale:.1f}" height="19"/>'
                   f'<text x="{242 + speed * scale:.1f}" y="{y + 14}">{speed:.0f}</text>')
    out.append(f'<text x="10" y="{height - 12}" font-size="11">{caption}</text></svg>')
    return "\n".join(out) + "\n"


def growth(dedup, directory, quick):
    """Seconds per gigabyte of a tenth of the text, and of all of it."""
    sizes = (20_000_000, 200_000_000) if quick else (100_000_000, 1_000_000_000)
    figures = []
    for size in sizes:
        path = os.path.join(directory, f"grown-{size}")
        with open(path, "wb") as out:
            bench_corpus.write(out, size, seed=2)
        runs = [Run([dedup], path) for _ in range(3)]
        figures.append((size, median(runs, "seconds") / size * 1e9))
        os.remove(path)
    (small, first), (large, second) = figures
    return (f"Time per byte: {first:.2f} s/GB at {small // 10**6} MB, {second:.2f} s/GB at "
            f"{large // 10**6} MB, {second / first:.2f} ×.")


def cold_start(dedup, directory):
    path = os.path.join(directory, "page")
    with open(path, "wb") as out:
        bench_corpus.write(out, 5000)
    runs = [Run([dedup], path) for _ in range(50)]
    return f"A page of 5 kB: {median(runs, 'seconds') * 1000:.1f} ms from start to end."


def per_block(dedup, quick):
    empty = Run([dedup, "-T1", *EXACT], feed=lambda out: bench_corpus.write_unique(out, 400_000))
    told = []
    for count in (10**6,) if quick else (10**6, 10**7):
        run = Run([dedup, "-T1", *EXACT], feed=lambda out: bench_corpus.write_unique(out, count))
        told.append(f"{(run.memory - empty.memory) / (count - 400_000):.1f} bytes at {count:,}")
    return "Memory for each distinct block, exact blocks only: " + ", ".join(told) + "."


def bounded(dedup, directory, quick):
    """How much longer distinct blocks take when what is remembered has no room in memory."""
    count = 400_000 if quick else 4_000_000
    path = os.path.join(directory, "distinct")
    with open(path, "wb") as out:
        bench_corpus.write_unique(out, count)
    whole = median([Run([dedup, *EXACT], path) for _ in range(3)], "seconds")
    told = []
    for limit in (64, 16, 4):
        runs = [Run([dedup, f"--memory={limit}M", *EXACT], path) for _ in range(3)]
        told.append(f"{median(runs, 'seconds') / whole:.1f} × within {limit} MiB "
                    f"(peak {median(runs, 'memory') / 2**20:.0f})")
    os.remove(path)
    return (f"{count:,} distinct blocks, whose state takes {count * 21 // 2**20} MiB or so: "
            + ", ".join(told) + " as long as without a limit.")


def speed(name, seconds, pages, size):
    return f"| {name} | {seconds / pages * 1000:.2f} | {size / seconds / 1e6:.1f} |"


def html(dedup, directory, quick):
    """Pages with extraction, on one core, and what other tools take for some of them if
    html_peers.py has set them up."""
    folder = os.path.join(directory, "pages")
    os.makedirs(folder)
    paths = bench_corpus.write_pages(folder, (10 if quick else 30) * 10**6, PAGES)
    size = sum(map(os.path.getsize, paths))
    command = [dedup, "-q", "-T1", "-f", "html", "--scope=document", "--documents=off", *paths]
    runs = [Run(command, os.devnull) for _ in range(4)][1:]
    seconds = median(runs, "processor")
    rows = [f"HTML with extraction, {len(paths)} pages of {size / len(paths) / 1000:.0f} kB:\n",
            "| tool | CPU ms a page | MB of page bytes a CPU second |", "|---|--:|--:|",
            speed("`dedup -f html -T1`", seconds, len(paths), size)]
    texts = [html_peers.read_page(path) for path in paths[:6 if quick else 60]]
    size = sum(map(os.path.getsize, paths[:len(texts)]))
    with open(os.path.join(directory, "pages.json"), "w", encoding="utf-8") as file:
        json.dump(texts, file)
    for name in html_peers.PEERS if os.path.exists(html_peers.PYTHON) else ():
        if result := html_peers.peer(name, directory):
            rows.append(speed(html_peers.PEERS[name][0], result["seconds"], len(texts), size))
    return "\n".join(rows) + "\n"


def packed(dedup, corpus, directory):
    """Compressed input beside the unpackers, and what unpacking adds to the CPU time."""
    runs = [Run([dedup], corpus) for _ in range(4)][1:]
    plain = median(runs, "processor")
    rows = [f"Compressed input; plain: {median(runs, 'seconds'):.2f} s, {plain:.2f} CPU s.\n",
            "| input | unpacker | its seconds | dedup's | speed of dedup, of the unpacker's "
            "| CPU s | that dedup adds |", "|---|---|--:|--:|--:|--:|--:|"]
    path = os.path.join(directory, "packed")
    for pack in ("gzip", "zstd", "xz"):
        fast = ["-1"] if pack == "xz" else []
        with open(corpus, "rb") as source, open(path, "wb") as out:
            subprocess.run([pack, "-q", "-c", *fast], stdin=source, stdout=out, check=True)
        # In turn, so that a slow minute hurts both.
        turns = [(Run([pack, "-dc"], path), Run([dedup], path)) for _ in range(4)][1:]
        other, ours = zip(*turns)
        rows.append(f"| {pack} | `{pack} -dc` | {median(other, 'seconds'):.2f} "
                    f"| {median(ours, 'seconds'):.2f} "
                    f"| {median(other, 'seconds') / median(ours, 'seconds'):.2f} "
                    f"| {median(other, 'processor'):.2f} "
                    f"| {median(ours, 'processor') - plain:.2f} |")
    os.remove(path)
    return "\n".join(rows) + "\n"


def charsets(dedup, corpus, directory):
    path = os.path.join(directory, "gb18030")
    with open(corpus, encoding="utf-8") as source, open(path, "w", encoding="gb18030") as out:
        out.writelines(source)
    turns = [(Run([dedup, "-q", "-T1"], corpus), Run([dedup, "-q", "-T1"], path))
             for _ in range(4)][1:]
    utf8, gb18030 = (median(runs, "seconds") for runs in zip(*turns))
    size, its = os.path.getsize(corpus), os.path.getsize(path)
    os.remove(path)
    return (f"GB18030 on one thread: {utf8 / gb18030:.2f} of the speed of the same text in UTF-8 "
            f"({gb18030:.2f} s for {its / 1e6:.0f} MB, {utf8:.2f} s for {size / 1e6:.0f} MB).")


def main():
    parser = argparse.ArgumentParser(prog="tools/bench", description=__doc__)
    parser.add_argument("--build", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--corpus", help="a text file instead of a made-up one")
    parser.add_argument("--bytes", type=int, help="size of the made-up text")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="less of everything")
    parser.add_argument("--svg", default="dedup-bench.svg", help="the chart [dedup-bench.svg]")
    parser.add_argument("--stages", action="store_true", help="the stages instead")
    parser.add_argument("--instructions", action="store_true", help="instructions a byte instead")
    parser.add_argument("--check", action="store_true", help="and fail where a budget is exceeded")
    options = parser.parse_args()
    dedup = os.path.join(options.build, "dedup")
    if options.instructions:
        sys.exit(instructions.main(dedup, options.bytes or 4 * 10**6, options.check))
    with tempfile.TemporaryDirectory() as directory:
        corpus = options.corpus or os.path.join(directory, "corpus")
        if not options.corpus:
            with open(corpus, "wb") as out:
                bench_corpus.write(out, options.bytes or (50 if options.quick else 200) * 10**6)
        if options.stages:
            sys.exit(subprocess.call([os.path.join(options.build, "dedup_bench"), corpus]))
        size = os.path.getsize(corpus)
        listed = commands(dedup, (os.cpu_count() or 1) > 1)
        runs = compare(listed, corpus, options.runs)
        caption = f"{size // 10**6} MB; {machine()}; median of {options.runs}"
        print(f"{caption}\n\n{table(listed, runs, size)}\n")
        for line in (growth(dedup, directory, options.quick), cold_start(dedup, directory),
                     per_block(dedup, options.quick), bounded(dedup, directory, options.quick),
                     charsets(dedup, corpus, directory)):
            print(line, flush=True)
        print(f"\n{packed(dedup, corpus, directory)}\n{html(dedup, directory, options.quick)}")
    with open(options.svg, "w", encoding="utf-8") as out:
        out.write(chart(listed, runs, size, caption))


if __name__ == "__main__":
    main()
