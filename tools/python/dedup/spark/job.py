# SPDX-License-Identifier: Apache-2.0
"""A job: what all machines are told, and where they find what the others made.

    job.json                    what was frozen when it began: version, recipe of keys, options,
                                files with their size and time, splits
    secret                      key of the fingerprints
    keys-00012                  of a split          dedup shard keys
    company-00003               of a share of keys  dedup shard first --of=company (near-duplicates)
documents-00003             of a share of keys  dedup shard first --of=documents
settled-00012               of a split          dedup shard settle
blocks-00003                of a share of keys  dedup shard first --of=blocks
    applied-00012.json          of a split: its part is there, and counts
    indexing                    what is at the path of the new index is this job's

A file appears when it is whole, with the same bytes whoever makes it: so a task may run twice, at
once or after another that was lost, and what is there is not made again.
"""
import contextlib
import json
import os
import secrets
import subprocess

from .. import Error, InvalidOption, Misuse, command, key_recipe, version
from ..shard_headings import heading_of

_USAGE = 64  # exit status
_MOST_SPLITS = 90_000  # names of five digits, which are all operands of one command


class Job:
    """Where the files of a job are; what it is about is frozen in one of them."""

    def __init__(self, target):
        self.target = os.path.abspath(target)
        self.folder = os.path.join(self.target, "_dedup")
        self.facts = {}

    def begin(self, facts, secret):
        """Freezes what the job is about, or goes on with one that was begun so."""
        if len(facts["splits"]) > _MOST_SPLITS:
            raise Misuse(f"there would be {len(facts['splits'])} splits, and {_MOST_SPLITS} is the "
                         "most: their size is split_bytes")
        facts = {"version": version(), "recipe": key_recipe(), **facts}
        path = self.path("job.json")
        if os.path.exists(self.target) and not self._is_hardly_begun():
            self._must_be(facts, secret)
        else:
            os.makedirs(self.folder, exist_ok=True)
            with appearing(self.path("secret")) as made, \
                    open(os.open(made, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
                file.write(secret or secrets.token_bytes(32))
            with appearing(path) as made, open(made, "w", encoding="utf-8") as file:
                json.dump(facts, file)
        self.load()

    def _is_hardly_begun(self):
        """Whether the target is empty, or nothing but a secret was made before somebody died."""
        if set(os.listdir(self.target)) - {"_dedup"}:
            return False
        made = os.listdir(self.folder) if os.path.isdir(self.folder) else []
        return all(name == "secret" or name.endswith(".tmp") for name in made)

    def _must_be(self, facts, secret):
        try:
            with open(self.path("job.json"), encoding="utf-8") as file:
                there = json.load(file)
        except FileNotFoundError:
            raise Misuse(f"{self.target} is there, and no job made it") from None
        differing = [name for name in facts
                     if there.get(name) != json.loads(json.dumps(facts[name]))]
        if secret and secret != self.secret:
            differing.append("secret")
        if differing:
            raise Misuse(f"{self.target} is of a job with other {', '.join(differing)}")

    def load(self):
        """Reads what was frozen; raises Error where this machine is not like the one that did."""
        with open(self.path("job.json"), encoding="utf-8") as file:
            self.facts = json.load(file)
        for name, here in (("version", version()), ("recipe", key_recipe())):
            if self.facts[name] != here:
                raise Error(f"the job is of {name} {self.facts[name]}, and this worker has {here}")
        return self

    @property
    def splits(self):
        return self.facts["splits"]

    @property
    def secret(self):
        with open(self.path("secret"), "rb") as file:
            return file.read()

    def path(self, name):
        return os.path.join(self.folder, name)

    def file_of(self, split):
        """The path of a split's file; raises Error where that is another than when the job
        began."""
        return _unchanged(self.facts["files"][self.splits[split]["file"]])

    @property
    def index(self):
        """The path of an index of what was seen before the job, which is only read; None without.
        Raises Error as file_of() does."""
        known = self.facts.get("index")
        return known and _unchanged(known)

    # -- names of files below the folder

    @staticmethod
    def keys(split):
        return f"keys-{split:05}"

    @staticmethod
    def settled(split):
        return f"settled-{split:05}"

    def firsts(self, stage):
        return [f"{stage}-{number:05}" for number in range(self.slices(stage))]

    def slices(self, stage):
        """In how many shares the keys of a stage are looked at: by how many there are, so that it
        is the same for whoever goes on with the job."""
        if stage == "documents" and self.is_near():
            return 1
        parts, fields, width = {
            "documents": (self.keys, ["rows-of-documents"], 41),
            "company": (self.keys, ["members"], 9),
            "blocks": (self.settled, ["rows-of-blocks", "rows-of-runs"], 41)}[stage]
        headings = [heading_of(self.path(parts(split)), "keys")[0]
                    for split in range(len(self.splits))]
        size = sum(width * int(heading[field][0]) for heading in headings for field in fields)
        return max(1, -(-size // self.facts["slice_bytes"]))

    def is_near(self):
        """Whether near-duplicate documents are looked for."""
        return "near-documents" in heading_of(self.path(self.keys(0)), "keys")[0]

    # -- steps

    def find_first(self, stage, number, slices, after=()):
        """The first places of the keys of a share."""
        name = f"{stage}-{number:05}"
        parts = self.settled if stage == "blocks" else self.keys
        if not os.path.exists(self.path(name)):
            self.run("first", f"--of={stage}", f"--slice={number}/{slices}",
                     *(f"--after={file}" for file in after), "-o", name,
                     *map(parts, range(len(self.splits))))

    def settle(self, split, after):
        """The keys of a split that are left when its removed documents are known."""
        name = self.settled(split)
        if not os.path.exists(self.path(name)):
            self.run("settle", *(f"--after={file}" for file in after), f"--part={split}", "-o",
                     name, self.keys(split))

    def may_write_index(self, path):
        """Raises Misuse where an index is there that this job has not made."""
        if path and os.path.exists(path) and not self._wrote_index(path):
            raise Misuse(f"{path} is there already")

    def _wrote_index(self, path):
        with contextlib.suppress(FileNotFoundError), open(self.path("index.json"),
                                                          encoding="utf-8") as file:
            return json.load(file) == facts_of(path)
        return False

    def write_index(self):
        """An index of all that the job has seen, where one is wanted, and not there yet."""
        path = self.facts.get("index_output")
        if not path or self._wrote_index(path):
            return
        self.may_write_index(path)
        with appearing(path) as made:
            self.run("index", f"--index={self.index}" if self.index else "--secret=secret", "-o",
                     made, *map(self.keys, range(len(self.splits))))
        with appearing(self.path("index.json")) as made, open(made, "w", encoding="utf-8") as file:
            json.dump(facts_of(path), file)

    def run(self, step, *words):
        return run_step(self.folder, step, *words)

    def applied(self, split, outputs, make):
        """Counts of a split whose outputs are there; make() makes them and counts, if not."""
        path = self.path(f"applied-{split:05}.json")
        with contextlib.suppress(FileNotFoundError), open(path, encoding="utf-8") as file:
            known = json.load(file)
            if known["sizes"] == [os.stat(output).st_size for output in outputs]:
                return known["counts"]
        counts = make()
        with appearing(path) as made, open(made, "w", encoding="utf-8") as file:
            json.dump({"sizes": [os.stat(output).st_size for output in outputs],
                       "counts": counts}, file)
        return counts

    def end(self):
        with appearing(os.path.join(self.target, "_SUCCESS")) as made, open(made, "wb"):
            pass


def run_step(folder, step, *words):
    """Runs a step of dedup shard in a folder; what it said. Raises Error where it failed."""
    done = subprocess.run([command.path(), "shard", step, *words], cwd=folder, check=False,
                          stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C"})
    told = done.stderr.decode(errors="replace").splitlines()
    if done.returncode < 0:  # killed, as for memory: elsewhere there may be more of it
        raise OSError(f"dedup shard {step} was ended by signal {-done.returncode}")
    if done.returncode not in (0, 1):
        fault = told[-1].removeprefix("dedup: ") if told else f"ended with {done.returncode}"
        raise (InvalidOption if done.returncode == _USAGE else Error)(fault)
    return told


def _unchanged(known):
    if facts_of(known["path"]) != known:
        raise Error(f"{known['path']} has changed since the job began")
    return known["path"]


def facts_of(path):
    stat = os.stat(path)
    return {"path": path, "size": stat.st_size, "mtime": stat.st_mtime_ns}


def files_in(source, endings):
    """The facts of files, and of those in folders whose names end so; in the order of their
    paths."""
    paths = set()
    for path in [source] if isinstance(source, (str, os.PathLike)) else source:
        path = os.path.abspath(path)
        paths.update(os.path.join(path, name) for name in os.listdir(path)
                     if name.endswith(endings)) if os.path.isdir(path) else paths.add(path)
    if not paths:
        raise Error(f"there is no file of {' or '.join(endings)} to clean")
    return [facts_of(path) for path in sorted(paths, key=os.fsencode)]


@contextlib.contextmanager
def appearing(path):
    """A file that is written under another name, of this attempt alone, until it is whole."""
    made = f"{path}.{secrets.token_hex(8)}.tmp"
    try:
        yield made
        with open(made, "rb") as file:
            os.fsync(file.fileno())
        os.replace(made, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(made)
        raise


def run_job(session, job, steps):
    """All stages of a job; gives the counts of the splits. `steps` has keys(job, split) and
    apply(job, split, firsts), and is sent to the machines."""
    target, splits = job.target, range(len(job.splits))
    _map(session, splits, lambda split: steps.keys(Job(target).load(), split))

    def first(stage, after=()):
        slices = job.slices(stage)
        _map(session, range(slices), lambda number:
             Job(target).load().find_first(stage, number, slices, after))
        return job.firsts(stage)

    documents = first("documents", first("company") if job.is_near() else ())
    _map(session, splits, lambda split: Job(target).load().settle(split, documents))
    firsts = [*documents, *first("blocks")]
    counts = _map(session, splits, lambda split: steps.apply(Job(target).load(), split, firsts))
    job.write_index()
    job.end()
    return counts


def _map(session, numbers, step):
    """What a step gives for each number, in their order; one task each. What the step itself says
    is wrong is so on every machine, and is raised here; all else Spark tries again."""
    def told(number):
        try:
            return step(number), None
        except (Error, ValueError, FileNotFoundError) as fault:
            return None, str(fault)

    results = session.sparkContext.parallelize(numbers, len(numbers)).map(told).collect()
    for _, fault in results:
        if fault is not None:
            raise Error(fault)
    return [result for result, _ in results]
