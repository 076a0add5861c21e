# SPDX-License-Identifier: Apache-2.0
"""dedup-spark: cleans a corpus on the cluster that Spark is configured for.

    dedup-spark clean IN OUT [OPTIONS of dedup]

For spark-submit, which takes files of Python alone, tools/spark/README.md has one of three lines.
"""
import argparse
import json
import sys
import traceback

from .. import Error, InvalidOption, Misuse, version

USAGE, FAILED, DAMAGED = 64, 2, 1


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.exit(USAGE, f"{self.prog}: {message}\n")


def size(text):
    """A number of bytes, as the command has it: 64M."""
    factors = {"K": 10, "M": 20, "G": 30}
    number, factor = (text[:-1], factors[text[-1]]) if text[-1:] in factors else (text, 0)
    if not number.isdigit() or int(number) == 0:
        raise argparse.ArgumentTypeError(f"a size such as 64M, not {text!r}")
    return int(number) << factor


def parser():
    made = Parser(
        prog="dedup-spark", allow_abbrev=False,
        description="Cleans files of JSONL, or of Parquet, on Apache Spark, with the result of one "
                    "machine.",
        epilog="For JSONL all that decides what comes out is given as to dedup, values joined to "
               "their options by =: --near-threshold=.9. For Parquet: --column, --name-column, "
               "--url-column, --edits-column, and no other. Exit statuses: 0 done; 1 done, and "
               "some input was damaged; 2 failed: the same command goes on with it; 64 wrong "
               "usage.")
    made.add_argument("step", choices=["clean"], metavar="clean")
    made.add_argument("source", metavar="IN", help="a folder, or a file")
    made.add_argument("target", metavar="OUT",
                      help="a folder of parts, which joined in the order of their names are what "
                           "dedup writes of the files of IN in the order of theirs")
    made.add_argument("--master", help="of the cluster, where Spark is not told otherwise")
    made.add_argument("--edits", action="store_true",
                      help="JSONL: what went and what was changed, as dedup --removed has it, in "
                           "OUT/_edits")
    made.add_argument("--index", metavar="PATH",
                      help="JSONL: take out what this index of dedup knows, and only read it; the "
                           "same file on all machines")
    made.add_argument("--index-output", metavar="PATH",
                      help="JSONL: make this index of what was seen, and of what --index knows")
    made.add_argument("--split-bytes", type=size, default=128 << 20, metavar="SIZE",
                      help="what one task reads, about; 128M")
    made.add_argument("--slice-bytes", type=size, default=256 << 20, metavar="SIZE",
                      help="of keys, what one task compares; 256M")
    made.add_argument("--stats", nargs="?", const="table", choices=["table", "json"],
                      metavar="json", help="writes counts to stderr, as a table or as JSON")
    made.add_argument("--version", action="version", version=f"dedup {version()}")
    for name in ("column", "name-column", "url-column", "edits-column"):
        made.add_argument(f"--{name}", metavar="COLUMN", help=argparse.SUPPRESS)
    return made


def run(arguments, words):
    import pyspark.sql

    from . import clean_jsonl, clean_parquet, is_parquet
    builder = pyspark.sql.SparkSession.builder.appName("dedup")
    if arguments.master:
        builder = builder.master(arguments.master)
    columns = {name: getattr(arguments, name) for name in
               ("column", "name_column", "url_column", "edits_column")
               if getattr(arguments, name) is not None}
    sizes = {"split_bytes": arguments.split_bytes, "slice_bytes": arguments.slice_bytes}
    tables = is_parquet(arguments.source)
    records = [f"--{name.replace('_', '-')}" for name in ("edits", "index", "index_output")
               if getattr(arguments, name)]
    if tables and (words or records):
        raise InvalidOption(f"{(words or records)[0]} is not for Parquet")
    if columns and not tables:
        raise InvalidOption(f"--{next(iter(columns)).replace('_', '-')} is for Parquet")
    session = builder.getOrCreate()
    try:
        if tables:
            return clean_parquet(session, arguments.source, arguments.target, **columns, **sizes)
        return clean_jsonl(session, arguments.source, arguments.target, words,
                           edits=arguments.edits, index=arguments.index,
                           index_output=arguments.index_output, **sizes)
    finally:
        session.stop()


def table(counts, of=""):
    """Lines of a name and a number; those that are 0 are left out."""
    for name, value in counts.items():
        full = f"{of} {name}".strip().replace("_", " ")
        if isinstance(value, dict):
            yield from table(value, full)
        elif value and name != "schema":
            yield f"{full:<32}{value:>16,}"


def main(words=None):
    arguments, others = parser().parse_known_args(words)
    try:
        counts = run(arguments, others)
    except InvalidOption as fault:
        print(f"dedup-spark: {fault}", file=sys.stderr)
        return USAGE
    except Exception as fault:  # pylint: disable=broad-except # what Spark gives up on, too
        if not isinstance(fault, (Error, Misuse, OSError)):
            traceback.print_exc()
        print(f"dedup-spark: {fault}", file=sys.stderr)
        return FAILED
    messages = counts.pop("messages", [])
    for message in messages:
        print(message, file=sys.stderr)
    if arguments.stats == "json":
        print(json.dumps(counts), file=sys.stderr)
    elif arguments.stats:
        print("\n".join(table(counts)), file=sys.stderr)
    return DAMAGED if messages or counts.get("damaged") else 0


if __name__ == "__main__":
    sys.exit(main())
