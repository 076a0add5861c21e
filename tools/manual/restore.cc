// SPDX-License-Identifier: Apache-2.0
// The manual of dedup restore.
#include "manual/common_options.h"
#include "manual/option_table.h"

namespace dedup::tool {
namespace {

constexpr std::string_view kSynopsis[] = {
    "dedup restore --removed=LIST [--name=FILE] [-o FILE] [CLEAN]"};

constexpr Example kExamples[] = {
    {"dedup --removed=list.jsonl page.txt > clean.txt", "the clean text and the list", true},
    {"dedup restore --removed=list.jsonl clean.txt > page.again", "and back", true},
};

constexpr OptionEntry kOptions[] = {
    {.name = "removed",
     .argument = "LIST",
     .text = "the list that dedup --removed wrote",
     .brief = "the list that dedup --removed wrote",
     .group = Group::input},
    {.name = "name",
     .argument = "FILE",
     .text = "restore this file of the run alone",
     .brief = "restore this file of the run alone",
     .group = Group::input},
    {.letter = 'o',
     .name = "output",
     .argument = "FILE",
     .standard = "standard output",
     .text = "write FILE, replaced in one step and only on success",
     .brief = "write FILE, in one step and only on success",
     .group = Group::output},
    common::kBriefHelp,
    common::kHelp,
};

constexpr Manual kManual = {
    .name = "restore",
    .synopsis = kSynopsis,
    .purpose =
        "Writes the decoded input again, byte for byte, from the clean text and the list of "
        "--removed. CLEAN is all that the run wrote, of all its files; without it, or where "
        "it is -, standard input. With --name that of one FILE alone, from the clean text "
        "of all or, after --output-dir, from its own.",
    .brief_purpose =
        "Writes the decoded input again, from the clean text and the list of --removed.",
    .examples = kExamples,
    .options = kOptions,
    .notes =
        "What did not decode became U+FFFD and stays so. Of JSONL the text fields are "
        "restored, and the records that were left out; of an archive its texts, behind one "
        "another or as records. Exit status: as for dedup; 2 where list and clean text do not "
        "belong together.",
    .brief_ending = "More: dedup restore --help",
};

}  // namespace

const Manual& restore_manual() noexcept { return kManual; }

}  // namespace dedup::tool
