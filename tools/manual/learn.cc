// SPDX-License-Identifier: Apache-2.0
// The manual of dedup learn.
#include "manual/common_options.h"
#include "manual/option_table.h"

namespace dedup::tool {
namespace {

constexpr std::string_view kSynopsis[] = {"dedup learn [OPTIONS] FILE... -o MODEL"};

constexpr Example kExamples[] = {
    {"dedup learn site/*.txt -o site.model", "the pages of a site", true},
    {"dedup --boilerplate-model=site.model site/new.txt", "and one more of them", true},
    {"dedup learn --field=content crawl.jsonl -o crawl.model", "the records of a crawl"},
};

constexpr OptionEntry kOptions[] = {
    {.letter = 'r',
     .name = "recursive",
     .text = "a directory stands for the files below it, in the order of their names",
     .group = Group::input,
     .value = Value::none},
    common::kFilesFrom,
    common::kFiles0From,
    {.letter = 'f',
     .name = "format",
     .argument = "auto|text|html|jsonl|json",
     .standard = "auto",
     .text = "auto: jsonl for *.jsonl and *.ndjson, json for *.json and files that start as an "
             "array of objects does, html for *.html and *.htm and what starts as a page does, "
             "else text (also on stdin)",
     .brief = "text, html, jsonl or json [by names and first bytes]",
     .brief_argument = "FORMAT",
     .group = Group::input},
    {.name = "field",
     .argument = "NAME|/POINTER",
     .standard = "text",
     .text = "the JSONL field that holds the text; or several, as for dedup",
     .brief = "the JSONL field that holds the text; or several [text]",
     .group = Group::input,
     .value = Value::many},
    {.name = "encoding",
     .argument = "auto|NAME",
     .standard = "auto",
     .text = "charset of text, as for dedup",
     .group = Group::input},
    {.name = "min-documents",
     .argument = "N",
     .standard = "5",
     .text = "least number of documents that a block occurs in",
     .brief = "least number of documents that a block occurs in [5]",
     .group = Group::removal},
    {.letter = 'o',
     .name = "output",
     .argument = "MODEL",
     .standard = "standard output",
     .text = "write MODEL, replaced in one step and only on success",
     .brief = "write MODEL [standard output]",
     .group = Group::output},
    common::kQuiet,
    {.name = "memory",
     .argument = "SIZE|PCT%",
     .standard = "50%",
     .text = "memory for what is counted; rarer blocks make room",
     .group = Group::running},
    common::kBriefHelp,
    common::kHelp,
};

constexpr Manual kManual = {
    .name = "learn",
    .synopsis = kSynopsis,
    .purpose =
        "Learns which blocks belong to a site rather than to its articles: those that occur in "
        "many documents and stand beside the same other blocks there. dedup "
        "--boilerplate-model=MODEL then removes them. A FILE of text or HTML is a document, and so "
        "is each record of a JSONL FILE; one page is best shown once, and pages of all sections of "
        "a site. Where records have a URL, as \"id\" or as \"url\", a block is learned for the "
        "host it occurs on, and for all hosts if it occurs on two.",
    .brief_purpose =
        "Learns what belongs to a site rather than to its articles, for dedup "
        "--boilerplate-model=MODEL.",
    .examples = kExamples,
    .options = kOptions,
    .notes =
        "Copies of a document count once. What is on three of five documents goes wherever it "
        "stands, except for what could be a headline from elsewhere on the site; so do lines "
        "like | between blocks that go. A date or a counter is learned by its frame. Clauses, "
        "numbered items, Markdown headings and table rows are never learned. Exit status: as "
        "for dedup.",
    .brief_ending = "More: dedup learn --help",
};

}  // namespace

const Manual& learn_manual() noexcept { return kManual; }

}  // namespace dedup::tool
