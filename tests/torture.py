#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Faults from outside: makes the n-th call of read, write, malloc and more fail in small runs.

    tests/torture.py DEDUP SHIM [--all] [--only=RUN[:CALL]]     calls fail
    tests/torture.py DEDUP SHIM --kill=COUNT                    runs are killed at a random moment

Each run is first counted, then made once for each call and each way to fail. It may fail, or come
out right; it must not crash, hang, end well with a wrong result, touch an output that it does not
finish, or leave a file behind. Of the thousands of allocations of a run only a part is made to fail
unless --all is given: the first, the last and some in between.
"""
import errno
import gzip
import json
import lzma
import os
import random
import shutil
import signal
import sys
import tempfile

REPORT = 200
CALLS = {
    "read": errno.EIO, "pread": errno.EIO, "write": errno.ENOSPC, "pwrite": errno.ENOSPC,
    "fdatasync": errno.EIO, "open": errno.EMFILE,
    "fsync": errno.EIO, "rename": errno.EIO, "ftruncate": errno.EIO, "mmap": errno.ENOMEM,
    "malloc": errno.ENOMEM, "linkat": errno.EIO, "close": errno.EIO, "poll": errno.ENOMEM,
    "mkdir": errno.ENOSPC,
}
TRANSFERS = ("read", "pread", "write", "pwrite")
INTERRUPTED = ("read", "pread", "write", "pwrite", "fsync", "fdatasync", "open")
MOST_ALLOCATIONS = 100  # of a run and a way to fail, without --all

LONG = ("春天的早晨我們沿著河岸慢慢走過去看見遠處的山坡上開滿了白色的小花孩子們在草地上放風箏老人坐在"
        "樹下喝茶聊天說起很多年以前這裡還是一片荒地的時候大家怎樣一起修路種樹\n")
OTHER = ("秋天收割以後田野忽然安靜下來稻草堆在路邊麻雀成群地落下又飛起傍晚時分村口的燈一盞一盞亮了歸"
         "家的人推著車從橋上經過水面上映著最後一點晚霞和遠處鐘樓的影子\n")
PAGE = LONG + "他說&amp;她笑著走了\n" + OTHER + LONG


def records(*texts):
    return "".join(json.dumps({"id": i, "text": text}, ensure_ascii=False) + "\n"
                   for i, text in enumerate(texts))


def paragraphs(count):
    """Enough of them that a budget of a byte spills."""
    return "".join(f"{'山中人家水邊花開' * 8}第{i * 7919 % (count * 5 // 6)}段。\n"
                   for i in range(count))


class Run:
    def __init__(self, name, arguments, files, outputs=(), stdin=None, operands=(), tree=None,
                 sparse=False, apart=False):
        self.name = name
        self.arguments = arguments
        self.files = {path: text if isinstance(text, bytes) else text.encode()
                      for path, text in files.items()}
        self.outputs = outputs
        self.stdin = stdin
        self.operands = operands  # of which one may be skipped
        self.tree = tree          # their outputs stand below this directory
        self.sparse = sparse      # too slow for many cases
        self.apart = apart        # each operand is replaced in its place, whatever others come to


OLD = {"out.txt": "old text\n", "list": "old list\n"}
RUNS = [
    Run("stdin", ["-T1"], {"in": PAGE}, stdin="in"),
    Run("in-place", ["-T1", "x.txt", "-o", "x.txt"], {"x.txt": PAGE}, ["x.txt"]),
    Run("each-in-place", ["-T1", "-i", "x.txt", "b/y.txt"],
        {"x.txt": PAGE, "b/y.txt": "短&amp;句\n" + OTHER}, ["x.txt", "b/y.txt"],
        operands=["x.txt", "b/y.txt"], apart=True),
    Run("list", ["-T1", "a.txt", "-o", "out.txt", "--removed=list"], {"a.txt": PAGE, **OLD},
        ["out.txt", "list"]),
    Run("directory", ["-T1", "--output-dir=tidy", "--removed=list", "a.txt", "b/c.txt"],
        {"a.txt": PAGE, "b/c.txt": OTHER + "短\n", "tidy/a.txt": "old\n", "list": "old list\n"},
        ["tidy/a.txt", "tidy/b/c.txt", "list"], operands=["a.txt", "b/c.txt"], tree="tidy"),
    Run("two-files", ["-T1", "-v", "-o", "out.txt", "a.txt", "b.txt"],
        {"a.txt": PAGE, "b.txt": OTHER + "短\n", **OLD}, ["out.txt"], operands=["a.txt", "b.txt"]),
    Run("packed", ["-T1", "a.gz", "b.xz", "-o", "out.zst"],
        {"a.gz": gzip.compress(PAGE.encode(), mtime=0), "b.xz": lzma.compress(OTHER.encode()),
         "out.zst": "old\n"}, ["out.zst"], operands=["a.gz", "b.xz"]),
    Run("keep-none", ["-T1", "--keep=none", "--tmpdir=tmp", "-o", "out.txt", "-", "b.txt"],
        {"in": PAGE, "b.txt": OTHER + "短\n", **OLD}, ["out.txt"], stdin="in",
        operands=["-", "b.txt"]),
    Run("jsonl", ["-T1", "-f", "jsonl", "--removed=list", "-o", "out.txt", "a"],
        {"a": records(PAGE, "短", OTHER, PAGE) + "\n", **OLD}, ["out.txt", "list"]),
    Run("jsonl-stdin", ["-T1", "-f", "jsonl", "--stats=json"], {"in": records(PAGE, OTHER)},
        stdin="in"),
    Run("near", ["-T1", "--near", "--boilerplate=page", "a.txt"], {"a.txt": PAGE + OTHER}),
    Run("learn", ["learn", "--min-documents=2", "-o", "model", "1", "2", "3"],
        {str(i): f"網站首頁\n本地要聞\n第{i}頁的標題\n{LONG}讀者熱線\n" for i in (1, 2, 3)} |
        {"model": "old model"}, ["model"], operands=["1", "2", "3"]),
    Run("restore", ["restore", "--removed=list", "-o", "back", "clean"],
        {"list": "", "clean": "", "back": "old\n"}, ["back"]),
    Run("threads", ["-T2", "a.txt", "-o", "out.txt"], {"a.txt": PAGE, **OLD}, ["out.txt"]),
    Run("spill", ["-T1", "--memory=1", "--tmpdir=tmp", "a.txt", "-o", "out.txt"],
        {"a.txt": paragraphs(9000), **OLD}, ["out.txt"], sparse=True),
    Run("index", ["-T1", "--index=seen", "-o", "out.txt", "a.txt"], {"a.txt": PAGE, **OLD},
        ["out.txt"]),
]


class Result:
    def __init__(self, status, out, err, files, report):
        self.status = status  # negative: the signal
        self.out = out
        self.err = err
        self.files = files
        self.report = report


class Bench:
    """A directory in which runs are made, one after the other."""

    def __init__(self, dedup, shim):
        self.dedup = dedup
        self.shim = shim
        self.work = tempfile.mkdtemp(prefix="torture-")
        self.place = os.path.join(self.work, "place")
        # Read as files, but in memory.
        self.out, self.err, self.report = (os.memfd_create(name) for name in ("out", "err", "rep"))

    def close(self):
        shutil.rmtree(self.work)

    def lay_out(self, run):
        shutil.rmtree(self.place, ignore_errors=True)
        os.makedirs(os.path.join(self.place, "tmp"))
        for path, content in run.files.items():
            full = os.path.join(self.place, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as file:
                file.write(content)

    def content(self):
        found = {}
        for directory, folders, names in os.walk(self.place):
            for name in names:
                path = os.path.join(directory, name)
                with open(path, "rb") as file:
                    found[os.path.relpath(path, self.place)] = file.read()
            for name in folders:
                found[os.path.relpath(os.path.join(directory, name), self.place) + "/"] = None
        return found

    def start(self, arguments, stdin, torture):
        for file in (self.out, self.err, self.report):
            os.ftruncate(file, 0)
            os.lseek(file, 0, os.SEEK_SET)
        here = os.getcwd()
        os.chdir(self.place)
        source = os.open(stdin or "/dev/null", os.O_RDONLY)
        environment = {"LD_PRELOAD": self.shim, "TORTURE": torture, "LC_ALL": "C"}
        try:
            return os.posix_spawn(self.dedup, [self.dedup, *arguments], environment, file_actions=[
                (os.POSIX_SPAWN_DUP2, source, 0), (os.POSIX_SPAWN_DUP2, self.out, 1),
                (os.POSIX_SPAWN_DUP2, self.err, 2), (os.POSIX_SPAWN_DUP2, self.report, REPORT)])
        finally:
            os.close(source)
            os.chdir(here)

    def result(self, child):
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        out, err, report = (os.pread(file, os.fstat(file).st_size, 0)
                            for file in (self.out, self.err, self.report))
        return Result(status, out, err.decode(errors="replace"), self.content(), report.decode())

    def make(self, run, torture, arguments=None):
        self.lay_out(run)
        return self.result(self.start(arguments or run.arguments, run.stdin, torture))

    def start_again(self, run):
        """The same run on what it left."""
        return self.result(self.start(run.arguments, run.stdin, ""))


class Reference:
    """What a run must come to: without a fault, and with an operand that is not there."""

    def __init__(self, bench, run):
        self.whole = bench.make(run, "count")
        assert self.whole.status == 0, (run.name, self.whole.err)
        self.old = dict(run.files)
        self.counts = {name: int(count) for name, count in
                       (line.split() for line in self.whole.report.splitlines())}
        self.skipped = []
        for operand in run.operands if len(run.operands) > 1 else ():
            others = ["none" if word == operand else word for word in run.arguments]
            self.skipped.append(bench.make(run, "", others))

    def right(self, run, result, path):
        """Whether an output is as a run would make it, maybe without an operand."""
        wanted = [self.whole] + (self.skipped if result.status in (1, 2) else [])
        content = result.files.get(path)
        if path == "model" and content is not None:  # has a secret of its own
            return any(len(content) == len(other.files.get(path, b"")) for other in wanted)
        if path == "list" and len(wanted) > 1:  # names the options, and the operands with a fault
            return content is not None and is_list(content)
        return any(content == other.files.get(path) for other in wanted)


def is_list(content):
    try:
        lines = content.decode().splitlines()
        return content.endswith(b"\n") and all(json.loads(line) for line in lines)
    except ValueError:
        return False


def fault(run, call, how, reference, result):
    """What is wrong with a result; nothing if it may be."""
    status = result.status
    whole = reference.whole
    if status not in (0, 1, 2, 4, 64):
        return f"status {status}"
    if (how in ("short", "often") and status != 0):
        return f"status {status}, but nothing failed for good"
    if status == 0 and (result.out, result.err) != (whole.out, whole.err):
        return "ended well with another output"
    if status != 0 and not result.err and call != "write":
        return f"status {status} without a word"
    if call == "malloc" and status != 0 and (status != 2 or "memory" not in result.err):
        return f"status {status} is not for a lack of memory"
    late = run.name == "index" and "it does not know of them" in result.err
    if status == 4 and not late and call not in ("fsync", "rename", "open", "malloc"):
        return "halfway"
    return fault_in_files(run, reference, result)


def fault_in_files(run, reference, result):
    fresh = [path for path in run.outputs if result.files.get(path) != reference.old.get(path)]
    for path in fresh:
        if not reference.right(run, result, path):
            return f"{path} is neither old nor right"
    if result.status == 0 and len(fresh) != len(run.outputs):
        return "an output is old"
    if result.status == 4 and not fresh:
        return "status 4, but all is as it was"
    if result.status in (2, 64) and fresh and not run.tree and not run.apart:
        return f"{fresh[0]} is new"
    if run.tree and result.status != 4:
        texts = [path for path in fresh if path != "list"]
        if bool(texts) != ("list" in fresh):
            return "the list and the text do not belong together"
    for path, content in reference.old.items():
        if path not in run.outputs and result.files.get(path) != content:
            return f"{path} was changed"
    known = set(reference.old) | set(reference.whole.files)
    if not fresh:
        known = {path for path in known if path in reference.old or not path.startswith("tidy/b")}
    extra = set(result.files) - known
    return f"left behind: {sorted(extra)}" if extra else None


def numbers(total, most):
    """All from 1 to total, or the first, the last and some in between."""
    if most is None or total <= most:
        return list(range(1, total + 1))
    tenth = most // 5
    middle = (total - 3 * tenth) / (most - 3 * tenth)
    return sorted({*range(1, tenth + 1), *range(total - 2 * tenth + 1, total + 1),
                   *(tenth + 1 + int(i * middle) for i in range(most - 3 * tenth))})


def cases(run, counts, everything):
    for call, error in CALLS.items():
        most = 12 if run.sparse else MOST_ALLOCATIONS
        if run.name == "threads":
            counts = counts | {"malloc": int(counts["malloc"] * 0.9)}  # not the same each time
        for number in numbers(counts[call], None if everything else most):
            yield call, number, "once", error
            yield call, number, "ever", error
        if call in TRANSFERS and counts[call]:
            yield call, 1, "short", 0
        if call in INTERRUPTED and counts[call]:
            yield call, 1, "often", errno.EINTR


def prepare_restore(bench):
    run = next(run for run in RUNS if run.name == "restore")
    made = bench.make(Run("", [], {"a": PAGE}), "",
                      ["-T1", "a", "-o", "clean", "--removed=list"])
    run.files.update(list=made.files["list"], clean=made.files["clean"])


def work(bench, wanted, share, of, everything):
    """The share-th of the cases. Returns how many were made, and what is wrong."""
    made, faults = 0, []
    for run in RUNS:
        if wanted and wanted.split(":")[0] != run.name:
            continue
        reference = Reference(bench, run)
        for index, (call, number, how, error) in enumerate(cases(run, reference.counts,
                                                                 everything)):
            if index % of != share or (":" in wanted and wanted.split(":")[1] != call):
                continue
            torture = f"{call}:{number}:{how}:{error}"
            result = bench.make(run, torture)
            wrong = fault(run, call, how, reference, result)
            if not result.report and run.name not in ("threads", "spill"):  # each time another
                wrong = wrong or "the call was never made"
            made += 1
            if wrong:
                faults.append(f"{run.name}: TORTURE={torture}: {wrong}: {result.err.strip()}")
    return made, faults


def kill(bench, count, seed):
    """Runs killed at a random call: outputs are old or new, and the next run clears up."""
    made, traces, faults = 0, 0, []
    chance = random.Random(seed)
    # What is killed with an index, and made again, may find what it has seen: see index_file_test.cc.
    runs = [run for run in RUNS if run.outputs and run.name not in ("threads", "spill", "index")]
    references = {run.name: Reference(bench, run) for run in runs}
    while made < count:
        run = chance.choice(runs)
        reference = references[run.name]
        call = chance.choice([c for c in ("write", "fsync", "rename", "linkat", "close", "open",
                                          "mkdir", "read", "malloc") if reference.counts[c]])
        number = chance.randint(1, reference.counts[call])
        result = bench.make(run, f"{call}:{number}:kill:0")
        made += 1
        wrong = None
        for path in run.outputs:
            old = result.files.get(path) == reference.old.get(path)
            if not old and not reference.right(run, result, path):
                wrong = f"{path} is neither old nor new"
        left = [path for path in result.files if ".dedup-" in path]
        traces += bool(left)
        # A file cleaned in its own place is another input by now.
        again = bench.start_again(run)
        if run.name != "in-place" and not run.apart and again.status == 0:
            wrong = wrong or fault(run, "", "once", reference, again)
        if any(".dedup-" in path for path in again.files):
            wrong = wrong or "the next run did not clear up"
        wrong = wrong or (f"killed: status {result.status}" if result.status != -9 else None)
        wrong = wrong or (f"not well afterwards: {again.err}" if again.status != 0 else None)
        if wrong:
            faults.append(f"{run.name}: TORTURE={call}:{number}:kill:0: {wrong} (left: {left})")
    if not traces:
        faults.append("no killed run left a temporary: nothing was shown of the next one")
    return made, faults


def in_parallel(job, count):
    """job(i, count) in as many processes; returns the sums."""
    readers = []
    for i in range(count):
        reader, writer = os.pipe()
        if os.fork() == 0:
            status = 1
            try:
                with os.fdopen(writer, "w") as out:
                    json.dump(job(i, count), out)
                status = 0
            finally:
                os._exit(status)
        os.close(writer)
        readers.append(reader)
    made, faults = 0, []
    for reader in readers:
        with os.fdopen(reader) as file:
            answer = file.read()
        assert answer, "a part of the cases broke off"
        made += json.loads(answer)[0]
        faults += json.loads(answer)[1]
    for _ in readers:
        os.wait()
    return made, faults


def main():
    dedup, shim = (os.path.abspath(path) for path in sys.argv[1:3])
    options = dict(word.lstrip("-").partition("=")[::2] for word in sys.argv[3:])

    def job(share, of):
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        bench = Bench(dedup, shim)
        try:
            prepare_restore(bench)
            if "kill" in options:
                return kill(bench, int(options["kill"]) // of, share + 1)
            return work(bench, options.get("only", ""), share, of, "all" in options)
        finally:
            bench.close()

    made, faults = in_parallel(job, os.cpu_count() or 1)
    for line in faults:
        print("FAILED:", line)
    print(f"torture: {made} cases, {len(faults)} failed")
    return 1 if faults or made == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
