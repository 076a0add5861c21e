// SPDX-License-Identifier: Apache-2.0
// The manual of dedup shard.
#include "manual/common_options.h"
#include "manual/option_table.h"

namespace dedup::tool {
namespace {

constexpr std::string_view kSynopsis[] = {
    "dedup shard keys --secret=FILE -o KEYS [OPTIONS] [FILE]...",
    "dedup shard first -o FIRST [--of=WHICH] [--slice=I/N] KEYS...",
    "dedup shard settle --after=FIRST --part=N -o KEYS KEYS",
    "dedup shard apply --secret=FILE --first=FIRST --part=N [OPTIONS] [FILE]...",
    "dedup shard index --secret=FILE -o NEW KEYS...",
};

constexpr Example kExamples[] = {
    {"head -c 32 /dev/urandom > secret", "once for a corpus"},
    {"dedup shard keys --secret=secret -o 0.keys 0.jsonl", "each part, on any machine", true},
    {"dedup shard keys --secret=secret -o 1.keys 1.jsonl", "..."},
    {"dedup shard first -o first 0.keys 1.keys", "all parts together, in their order", true},
    {"dedup shard apply --secret=secret --first=first --part=0 0.jsonl > 0.clean",
     "each part once more", true},
    {"dedup shard apply --secret=secret --first=first --part=1 1.jsonl > 1.clean", "..."},
    {"cat 0.clean 1.clean", "what dedup 0.jsonl 1.jsonl writes"},
    {"dedup shard index --secret=secret -o seen.index 0.keys 1.keys",
     "remembers what they had, as dedup --index does", true},
    {"dedup shard keys --index=seen.index -o 2.keys 2.jsonl",
     "takes out what it knows: so for apply, too", true},
};

constexpr OptionEntry kOptions[] = {
    {.name = "secret",
     .argument = "FILE",
     .text = "32 bytes that nobody can guess, the same for all parts. With --index it is the "
             "index's own",
     .brief = "32 bytes, the same for all parts",
     .group = Group::running},
    {.name = "range",
     .argument = "START-END",
     .text = "of the one FILE these bytes alone, which begin and end with a line of JSONL; without "
             "END to where it ends",
     .brief = "of the one FILE these bytes alone",
     .group = Group::input},
    {.name = "part",
     .argument = "N",
     .text = "settle and apply: which part this is, in the order in which first was given them, "
             "from 0",
     .brief = "settle, apply: which part this is, from 0",
     .group = Group::input},
    {.name = "first",
     .argument = "FILE",
     .text = "apply: what shard first wrote; may be given several times",
     .brief = "apply: what shard first wrote",
     .group = Group::input,
     .value = Value::many},
    {.name = "of",
     .argument = "company|documents|blocks|all",
     .standard = "all",
     .text = "first: which keys. Where many machines are to do it at once: documents, then settle "
             "for each part, then blocks of what that wrote. With --documents=near company comes "
             "before, which says what documents there is to look at",
     .brief = "first: which keys [all]",
     .group = Group::removal},
    {.name = "slice",
     .argument = "I/N",
     .standard = "0/1",
     .text = "first: one of N shares of the keys, I from 0, so that N machines can do it at once; "
             "the next step takes all N files. Documents of --documents=near are one share",
     .brief = "first: one of N shares of the keys [0/1]",
     .group = Group::removal},
    {.name = "after",
     .argument = "FILE",
     .text = "settle: what first --of=documents wrote; first --of=documents, for "
             "--documents=near: what --of=company wrote; may be given several times",
     .brief = "settle: what first --of=documents wrote",
     .group = Group::input,
     .value = Value::many},
    {.letter = 'o',
     .name = "output",
     .argument = "FILE",
     .standard = "standard output",
     .text = "the file that the next step reads; of apply the clean text; of index the new index, "
             "which must not be there yet. Written in one step and only on success",
     .brief = "what the step writes, in one step and only on success",
     .group = Group::output},
    common::kBriefHelp,
    common::kHelp,
};

constexpr Manual kManual = {
    .name = "shard",
    .synopsis = kSynopsis,
    .purpose =
        "Cleans a corpus in parts, on any number of machines, with the result of one: what apply "
        "writes of the parts, joined in their order, is what dedup writes of all their files, and "
        "so are the lists of --removed; but where the last line has no end and nothing is left of "
        "the texts behind it, it gets one (in text, and with --drop-empty). A part is some files, "
        "or a range of one; keys reads each "
        "by itself, first finds out where each key was first, and apply reads each part again. No "
        "text leaves a part: 41 bytes for each distinct paragraph and run of paragraphs do, and "
        "the names of documents, and with --documents=near up to 5 kB a document. settle is for "
        "many machines: it leaves out the keys of documents that first --of=documents found to "
        "repeat another, and all but the first of a key. With --index, for keys and apply, what "
        "that file knows goes, too, as with dedup --index=PATH --index-mode=read-only: it must lie "
        "where the parts are cleaned, and is only read. index makes such a file of the KEYS of all "
        "parts in their order, as they were before settle: the one that dedup --index=NEW leaves "
        "behind; with --index of what that knew, too.",
    .brief_purpose = "Cleans a corpus in parts, on any number of machines, with the result of one.",
    .examples = kExamples,
    .options = kOptions,
    .notes =
        "keys and apply take the options of dedup, too, the same for all parts in all that decides "
        "what goes: files made with others, by another version or with another secret are refused. "
        "Not --keep=none, --scope=wide, --documents=near with --index, --output-dir and -i; texts "
        "and JSONL, and archives with --to=jsonl. keys holds 60 bytes in memory for each of its "
        "keys, "
        "first 80 for each of its slice. Exit status: 2 also for keys of a part that could not be "
        "read to its end; else as for dedup.",
    .brief_ending = "And the options of dedup. More: dedup shard --help",
    .takes_main_options = true,
};

}  // namespace

const Manual& shard_manual() noexcept { return kManual; }

}  // namespace dedup::tool
