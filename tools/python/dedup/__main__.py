# SPDX-License-Identifier: Apache-2.0
"""python -m dedup: cleans a Parquet file.

For text, JSONL, HTML and archives there is the command dedup itself.
"""
import argparse
import json
import signal
import sys

from . import Error, FormatError, Index, InvalidOption, Misuse, version
from .options import TEXTS, Options

USAGE, FAILED, DAMAGED = 64, 2, 1


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.exit(USAGE, f"{self.prog}: {message}\n")


def parser():
    made = Parser(
        prog="python -m dedup", allow_abbrev=False,
        description="Cleans a Parquet file whose rows are documents.",
        epilog="Exit statuses: 0 done; 1 done, and some rows could not be read in full; 2 failed, "
               "and nothing was written; 64 wrong usage.")
    made.add_argument("file", help="a Parquet file whose rows are documents")
    made.add_argument("-o", "--output", required=True, metavar="FILE",
                      help="the cleaned one; it may be the same")
    made.add_argument("--column", default="text", help="of the text; text")
    made.add_argument("--name-column", metavar="COLUMN", help="what a row is called")
    made.add_argument("--url-column", metavar="COLUMN", help="where it is from")
    made.add_argument("--edits-column", metavar="COLUMN",
                      help="adds a column that lists what went and what was changed")
    made.add_argument("--content-type", default="", metavar="TYPE",
                      help="of all rows, such as text/html for parts of pages")
    made.add_argument("--drop", default="duplicates", metavar="WHICH",
                      help="leaves out rows that repeat another (duplicates, the default), also "
                           "others of whose text nothing is left (empty), or none")
    made.add_argument("--index", metavar="PATH", help="remembers from run to run what was seen")
    made.add_argument("--replace-damaged", action="store_true",
                      help="replaces a file of which some could not be read by its own output, too")
    made.add_argument("--stats", action="store_true", help="writes counts to stderr, as JSON")
    made.add_argument("--version", action="version", version=f"dedup {version()}")
    group = made.add_argument_group("options of the Cleaner")
    for name, kind in Options.__annotations__.items():
        flag, text = "--" + name.replace("_", "-"), TEXTS[name].replace("%", "%%")
        if kind is bool:
            group.add_argument(flag, action=argparse.BooleanOptionalAction, help=text)
        elif name in ("boilerplate_rules", "boilerplate_model"):
            group.add_argument(flag, metavar="FILE", help=text)
        elif name == "boilerplate_without":
            group.add_argument(flag, metavar="CLASS,…", type=lambda list: list.split(","),
                               help=text)
        elif name != "secret":
            group.add_argument(flag, type=kind if kind in (int, float) else None, metavar="…",
                               help=text)
    return made


def options_of(arguments):
    given = {name: getattr(arguments, name, None) for name in Options.__annotations__}
    options = {name: value for name, value in given.items() if value is not None}
    for name in ("boilerplate_rules", "boilerplate_model"):
        if name in options:
            with open(options[name], "rb") as file:
                options[name] = file.read()
    if "boilerplate_rules" in options:
        try:
            options["boilerplate_rules"] = options["boilerplate_rules"].decode()
        except UnicodeDecodeError as fault:
            raise FormatError(f"{arguments.boilerplate_rules}: not UTF-8, from byte {fault.start} "
                              "on") from None
    return options


def counts(cleaner):
    stats = cleaner.stats
    numbers = ("documents", "input_bytes", "decoded_bytes", "output_bytes", "blocks", "blocks_kept",
               "broken_sequences", "damaged_sentences", "mojibake_lines")
    made = {name: getattr(stats, name) for name in numbers}
    made["rows"], made["rows_kept"] = cleaner.rows, cleaner.rows_kept
    made["removed"] = {reason: {"items": count.items, "bytes": count.bytes}
                       for reason, count in stats.removed.items()}
    made["repaired"] = stats.repaired
    return made


def run(arguments):
    try:
        from . import tables
        from pyarrow import ArrowException
    except ImportError as fault:
        raise Error(f"Parquet needs pyarrow: pip install pyarrow ({fault})") from None
    options = options_of(arguments)
    index = None
    if arguments.index is not None:
        index = Index.open(arguments.index, commit_documents=0, commit_seconds=0,
                           near_threshold=options.get("near_threshold", 0.8))
    try:
        return tables.clean_parquet(
            arguments.file, arguments.output, arguments.column, index=index,
            replace_damaged=arguments.replace_damaged, name_column=arguments.name_column,
            url_column=arguments.url_column, edits_column=arguments.edits_column,
            drop=arguments.drop, content_type=arguments.content_type, **options)
    except (ArrowException, OSError) as fault:
        if getattr(fault, "filename", None) is not None:
            raise Error(f"{fault.filename}: {fault.strerror}") from None
        raise Error(f"{arguments.file}: {str(fault).splitlines()[0]}") from None
    finally:
        if index is not None:
            index.close()


def fail(message, status):
    print(f"python -m dedup: {message}", file=sys.stderr)
    return status


def main():
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))  # nothing stays behind
    arguments = parser().parse_args()
    try:
        cleaner = run(arguments)
    except (InvalidOption, FormatError, Misuse, ValueError, TypeError) as fault:
        return fail(fault, USAGE)
    except (Error, OSError) as fault:
        return fail(fault, FAILED)
    except Exception as fault:
        return fail(f"{type(fault).__name__}: {fault}", FAILED)
    if arguments.stats:
        print(json.dumps(counts(cleaner)), file=sys.stderr)
    if cleaner.damaged:
        rows = "1 row" if cleaner.damaged == 1 else f"{cleaner.damaged} rows"
        return fail(f"{arguments.file}: {rows} could not be read in full", DAMAGED)
    return 0


if __name__ == "__main__":
    sys.exit(main())
