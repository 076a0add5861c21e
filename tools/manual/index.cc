// SPDX-License-Identifier: Apache-2.0
// The manual of dedup index.
#include "manual/common_options.h"
#include "manual/option_table.h"

namespace dedup::tool {
namespace {

constexpr std::string_view kSynopsis[] = {
    "dedup index info|check|compact INDEX",
    "dedup index forget [--name=NAME] [--before=DATE] INDEX",
    "dedup index merge NEW INDEX INDEX...",
    "dedup index export INDEX [-o FILE]",
    "dedup index import NEW [FILE]",
};

constexpr Example kExamples[] = {
    {"dedup --index=seen.index today/*.txt --output-dir=clean", "what no run has seen before",
     true},
    {"dedup index info seen.index", "what is in it", true},
    {"dedup index forget --before=2025-01-01 seen.index", "as if it had not been seen"},
    {"dedup index export seen.index | head -n 1 | dedup index import other.index",
     "an empty one that can be merged with it"},
};

constexpr OptionEntry kOptions[] = {
    {.name = "name",
     .argument = "NAME",
     .text = "forget what was first seen in documents called so: the path of a file as it was "
             "given, the URL or the id of a record",
     .brief = "forget documents called so",
     .group = Group::removal},
    {.name = "before",
     .argument = "DATE",
     .text = "forget what was first seen before that day, in UTC: 2025-01-31",
     .brief = "forget documents seen before that day",
     .group = Group::removal},
    {.letter = 'o',
     .name = "output",
     .argument = "FILE",
     .standard = "standard output",
     .text = "write the export to FILE, replaced in one step and only on success",
     .brief = "write the export to FILE",
     .group = Group::output},
    {.name = "json",
     .text = "info as an object of JSON",
     .brief = "info as an object of JSON",
     .group = Group::output,
     .value = Value::none},
    common::kBriefHelp,
    common::kHelp,
};

constexpr Manual kManual = {
    .name = "index",
    .synopsis = kSynopsis,
    .purpose =
        "Looks after the files of --index. info says what is in one, check reads all of it and "
        "looks whether it is as it was written. compact writes it anew without what is free, and "
        "forget without some documents: both make another file beside it, NEW, and put that in its "
        "place in one step, when no other process has it open. merge makes a new index of several, "
        "as if their documents had been shown in that order; they must have one secret, as copies "
        "of one file have. export writes all of it as lines of JSON, its secret among them, and "
        "import makes an index of such lines, or of the first alone one that is empty.",
    .brief_purpose = "Looks after the files of --index: what is in them, and is it sound.",
    .examples = kExamples,
    .options = kOptions,
    .notes =
        "Exit status: 2 for an index that is damaged, in use, or cannot be read; else as for "
        "dedup.",
    .brief_ending = "More: dedup index --help",
};

}  // namespace

const Manual& index_manual() noexcept { return kManual; }

}  // namespace dedup::tool
