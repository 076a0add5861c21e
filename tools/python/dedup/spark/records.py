# SPDX-License-Identifier: Apache-2.0
"""Splits of JSONL files: ranges of lines, or whole files where they are compressed, read and
written by the command."""
import json
import os
import tempfile

from .. import InvalidOption
from .job import facts_of, run_step

ENDINGS = tuple(name + packed for packed in ("", ".gz", ".zst", ".xz")
                for name in (".jsonl", ".ndjson"))
_PACKED = (".gz", ".zst", ".xz")
_BLOCK = 1 << 20
_FILES = ("--boilerplate-rules", "--boilerplate-model")
_OURS = ("-h", "--help", "-o", "--output", "--removed", "--stats", "--threads", "-T", "--secret",
         "--part", "--first", "--range", "--index", "--index-mode", "--index-wait")


def facts(files, words, edits, split_bytes, index=None):
    """What is frozen of such a job. What is wrong is told before anything is made."""
    for word in words:
        if not word.startswith("-") or word == "--":
            raise InvalidOption(f"{word} is no option: values are joined to theirs by =")
        if word.split("=")[0] in _OURS or word.startswith(("-T", "-o")):
            raise InvalidOption(f"{word} is what the job says itself")
    words = [_absolute(word) for word in words]
    with tempfile.TemporaryDirectory() as folder:  # the command looks at them, before all else
        with open(os.path.join(folder, "secret"), "wb") as secret:
            secret.write(bytes(32))
        run_step(folder, "keys", *_common(words, index), "-o", os.devnull, os.devnull)
    packed = os.path.splitext(files[0]["path"])[1]
    return {"words": words, "edits": edits, "files": files, "index": index and facts_of(index),
            "splits": _splits(files, split_bytes), "packed": packed if packed in _PACKED else ""}


def _absolute(word):
    name, _, value = word.partition("=")
    return f"{name}={os.path.abspath(value)}" if name in _FILES and value else word


def _common(words, index=None):
    return [f"--index={index}" if index else "--secret=secret", "-T1", "--format=jsonl", *words]


def _part(job, split):
    """What is read of a file."""
    wanted = job.splits[split]
    path = job.file_of(split)
    if "start" not in wanted:
        return [path]
    return [f"--range={wanted['start']}-{wanted['end']}", path]


def keys(job, split):
    name = job.keys(split)
    if not os.path.exists(job.path(name)):
        job.run("keys", *_common(job.facts["words"], job.index), "-o", name, *_part(job, split))


def apply(job, split, firsts):
    outputs = [os.path.join(job.target, f"part-{split:05}.jsonl{job.facts['packed']}")]
    if job.facts["edits"]:
        outputs.append(os.path.join(job.target, "_edits", f"part-{split:05}.jsonl"))
    return job.applied(split, outputs, lambda: _apply(job, split, firsts, *outputs))


def _apply(job, split, firsts, part, edits=None):
    if edits:
        os.makedirs(os.path.dirname(edits), exist_ok=True)
    told = job.run("apply", *_common(job.facts["words"], job.index),
                   *(f"--first={name}" for name in firsts), f"--part={split}", "--stats=json",
                   *([f"--removed={edits}"] if edits else []),
                   "-o", part, *_part(job, split))
    return {"messages": told[:-1], **json.loads(told[-1])}


def _splits(files, split_bytes):
    splits = []
    for number, file in enumerate(files):
        if file["path"].endswith(_PACKED):
            splits.append({"file": number})
            continue
        start = 0
        while start < file["size"]:
            end = _line_end(file, start + split_bytes)
            splits.append({"file": number, "start": start, "end": end})
            start = end
        if file["size"] == 0:
            splits.append({"file": number})
    return splits


def _line_end(file, at):
    """Behind the first record that ends at `at` or later. Not behind blank lines, which belong to
    what comes after them."""
    if at >= file["size"]:
        return file["size"]
    with open(file["path"], "rb") as text:
        text.seek(at - 1)
        before = b""
        while block := text.read(_BLOCK):
            block = before + block
            ends = [end for end in (block.find(b"}\n"), block.find(b"}\r\n")) if end >= 0]
            if ends:
                end = block.index(b"\n", min(ends)) + 1
                return text.tell() - len(block) + end
            before = block[-2:]
    return file["size"]
