// SPDX-License-Identifier: Apache-2.0
// The manual of dedup diff.
#include "manual/common_options.h"
#include "manual/option_table.h"

namespace dedup::tool {
namespace {

constexpr std::string_view kSynopsis[] = {
    "dedup diff [OPTIONS] [FILE]...",
    "dedup diff --removed=LIST [--name=FILE] [CLEAN]",
};

constexpr Example kExamples[] = {
    {"dedup diff page.txt", "what would go, and why", true},
    {"dedup diff --near -f jsonl in.jsonl", "with the options of dedup", true},
    {"dedup --removed=list.jsonl page.txt > clean.txt", "a run that leaves a list"},
    {"dedup diff --removed=list.jsonl clean.txt", "what that run did", true},
    {"dedup diff --removed=list.jsonl -U0", "the same without the lines around"},
    {"dedup diff -r --color=always site | less -R", "a whole tree, in a pager of one's own"},
};

constexpr OptionEntry kOptions[] = {
    {.name = "removed",
     .argument = "LIST",
     .text = "show what the run did that wrote LIST; - for standard input",
     .brief = "show what the run did that wrote LIST",
     .group = Group::input},
    {.name = "name",
     .argument = "FILE",
     .text = "with --removed: of this file of the run alone",
     .brief = "of this file of the run alone",
     .group = Group::input},
    {.letter = 'U',
     .name = "context",
     .argument = "N",
     .standard = "3",
     .text = "lines that stay, around those that do not",
     .brief = "lines that stay, around those that do not [3]",
     .group = Group::output},
    {.name = "color",
     .argument = "auto|always|never",
     .standard = "auto",
     .text = "auto: colours on a terminal, unless $NO_COLOR is set or $TERM is dumb",
     .brief = "auto: on a terminal, unless $NO_COLOR is set [auto]",
     .group = Group::output},
    {.name = "no-pager",
     .text = "write to the terminal itself. Otherwise it is a pager that shows it there: "
             "$DEDUP_PAGER, else $PAGER, else less -FRX; none where that is empty or cat",
     .brief = "write to the terminal itself",
     .group = Group::output,
     .value = Value::none},
    common::kBriefHelp,
    common::kHelp,
};

constexpr Manual kManual = {
    .name = "diff",
    .synopsis = kSynopsis,
    .purpose =
        "Shows what dedup takes out of text and what it changes there, each with its reason, its "
        "rule and the place of the earlier copy. Reads FILEs, or standard input, as dedup would "
        "with the same options, and writes no clean text. With --removed it reads the list of a "
        "run that is done, and the clean text that the run wrote of all its files; without CLEAN "
        "what went is shown without the lines around. CLEAN may be -, standard input.",
    .brief_purpose = "Shows what dedup takes out of text and what it changes there, and why.",
    .examples = kExamples,
    .options = kOptions,
    .notes =
        "Takes the options of dedup, too, but those that say where to write; with --removed only "
        "those above. Lines that begin with - went, those with + came in their place, those with a "
        "blank stay, and # says why. What stays in a long line is shortened, what does not never "
        "is; what does not show is spelled out: <U+200B>. Exit status: as for dedup, and 0 whether "
        "or not there is a difference.",
    .brief_ending = "And the options of dedup. More: dedup diff --help",
    .takes_main_options = true,
};

}  // namespace

const Manual& diff_manual() noexcept { return kManual; }

}  // namespace dedup::tool
