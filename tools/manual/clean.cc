// SPDX-License-Identifier: Apache-2.0
// The manual of the main job.
//
// Texts are written to be read from top to bottom once: what an option is for, then what its values
// mean, then what could surprise. They begin in small letters and end without a point, as half
// sentences do; what stands where the option is not given is a field of its own, since the parser
// takes it from there. Options of a group follow one another by how often they are wanted.
#include "manual/common_options.h"
#include "manual/option_table.h"

namespace dedup::tool {
namespace {

constexpr std::string_view kSynopsis[] = {
    "dedup [OPTIONS] [FILE]...",
    "dedup restore --removed=LIST [-o FILE] [CLEAN]  (see dedup restore --help)",
    "dedup learn [OPTIONS] FILE... -o MODEL          (see dedup learn --help)",
    "dedup diff [OPTIONS] [FILE]...                  (see dedup diff --help)",
};

/// From a page to a corpus; the brief ones are all that a newcomer needs on the first day.
constexpr Example kExamples[] = {
    {"dedup page.txt > clean.txt", "a page; without FILE, or with -, standard input", true},
    {"dedup page.txt -o page.txt", "in its own place, safely", true},
    {"dedup -f jsonl --field=content < in > out", "a stream of records, each one a document", true},
    {"dedup --field=content a.json -o a.json", "an array of records, in its own place"},
    {"dedup --output-dir=clean pages/*.txt", "many files, compared with one another", true},
    {"dedup -r --output-dir=clean pages", "a whole tree of them"},
    {"dedup -r -i.bak --removed=list.jsonl pages", "... in its own place; the old ones stay"},
    {"dedup --to=jsonl crawl.warc > clean.jsonl", "a record for each page of an archive"},
    {"dedup --removed=list.jsonl page.txt > clean.txt", "keep an account ..."},
    {"dedup restore --removed=list.jsonl clean.txt", "... and undo it, byte for byte"},
    {"dedup diff page.txt", "what would go, and why", true},
    {"dedup -n --report=report.html pages/*.txt", "the same of many files, as a page"},
    {"dedup learn site/*.txt -o site.model", "what belongs to a site ..."},
    {"dedup --boilerplate-model=site.model new.txt", "... goes"},
};

/// `excludes` names one option alone: what excludes several, or only at times, is judged where
/// the job is known (args.cc, plan.cc, replaced.cc).
constexpr OptionEntry kOptions[] = {
    // -- input
    {.letter = 'r',
     .name = "recursive",
     .text = "a directory stands for the files below it, in the order of their names; links in it "
             "are not followed",
     .brief = "a directory stands for the files below it",
     .group = Group::input,
     .value = Value::none},
    common::kFilesFrom,
    common::kFiles0From,
    {.letter = 'f',
     .name = "format",
     .argument = "auto|text|html|jsonl|json|warc",
     .standard = "auto",
     .text =
         "auto: jsonl for *.jsonl and *.ndjson, json for *.json and what starts as an array of "
         "objects does, warc for *.warc and *.wet, html for *.html and *.htm and what starts as a "
         "page does, else text; what was told by its start is noted on standard error, and where "
         "text looks like JSONL or an archive, that is noted, too, and changes nothing. What gzip, "
         "zstd or xz made is unpacked whatever its name, and *.jsonl.gz is jsonl. Of json each "
         "element of an array is a record, as a line of jsonl is, and so is an object that stands "
         "by itself; arrays come out as arrays, those of several files one behind the other. A "
         "*.json with an object in each line is jsonl",
     .brief = "text, html, jsonl, json or warc [by names and first bytes]",
     .brief_argument = "FORMAT",
     .group = Group::input},
    {.name = "field",
     .argument = "NAME|/POINTER",
     .standard = "text",
     .text = "the JSONL field that holds the text; may be given several times. What starts with / "
             "is a JSON pointer (RFC 6901), in which * stands for every element or member: "
             "/data/paras/*. All texts of a record are one document, in the order of the line, and "
             "each gets back what is left of it. A member whose name starts with / is /~1name",
     .brief = "the JSONL field that holds the text; or several [text]",
     .group = Group::input,
     .value = Value::many},
    {.name = "markup",
     .argument = "auto|text|html",
     .standard = "text",
     .text = "what the one field holds; auto: HTML if it starts as a page does. Of a page the text "
             "takes its place, and restore gives back that, but records that were left out as they "
             "came",
     .group = Group::input},
    {.name = "encoding",
     .argument = "auto|NAME",
     .standard = "auto",
     .text = "charset of text: utf-8, gb18030 (gbk, gb2312), big5 (big5-hkscs), euc-tw, utf-16, "
             "utf-32 and what else they are called. auto: by each document's mark or bytes, and a "
             "guess is told on standard error. UTF-8 comes out; what does not decode becomes "
             "U+FFFD",
     .group = Group::input},
    {.name = "document-separator",
     .argument = "LINE",
     .text = "in text, a line that is LINE ends a document; it stays, unless its document goes. An "
             "empty LINE is any line of nothing but white space: of several in a row the first",
     .group = Group::input,
     .may_be_empty = true},

    // -- what to remove
    {.name = "boilerplate",
     .argument = "auto|rules|page|off[,-CLASS]...",
     .standard = "auto",
     .text = "disclaimers, bylines, share bars, licence lines; with page also the menus, teasers "
             "and footers of a whole page; auto: page for HTML, rules for text. Classes of rules "
             "can be left out by name: --boilerplate=auto,-byline",
     .brief = "what belongs to the site [page for HTML, else rules]",
     .brief_argument = "rules|page|off",
     .group = Group::removal},
    {.name = "boilerplate-rules",
     .argument = "FILE",
     .text = "further rules of your own; may be given several times",
     .group = Group::removal,
     .value = Value::many},
    {.name = "boilerplate-model",
     .argument = "FILE",
     .text = "what dedup learn found to recur on a site",
     .group = Group::removal},
    {.name = "documents",
     .argument = "exact|near|off",
     .standard = "exact",
     .text = "documents that occurred before; near: at a resemblance of 0.8 under titles that "
             "agree, so that dated versions of one text merge",
     .group = Group::removal},
    {.name = "paragraphs",
     .argument = "exact|near|off",
     .standard = "exact",
     .text = "paragraphs that occurred before; near: nearly so, and saying nothing else, but one "
             "ideograph may be a typing error",
     .group = Group::removal},
    {.name = "near",
     .text = "short for --documents=near --paragraphs=near",
     .brief = "near-duplicate documents and paragraphs, too",
     .group = Group::removal,
     .value = Value::none},
    {.name = "near-threshold",
     .argument = "N",
     .standard = "0.8",
     .text = "least resemblance for near, from 0.5 to 1",
     .group = Group::removal},
    {.name = "runs",
     .argument = "on|off",
     .standard = "on; off with --paragraphs=off",
     .text = "three paragraphs in a row that occurred before",
     .group = Group::removal},
    {.name = "sentences",
     .argument = "exact|lone|off",
     .standard = "exact",
     .text = "three sentences in a row that occurred before in their document; lone: also single "
             "long ones (0.02 % more of a body of law)",
     .group = Group::removal},
    {.name = "scope",
     .argument = "document|corpus|wide",
     .standard = "corpus",
     .text = "look for repeats within each document; in all input; there for near paragraphs and "
             "sentences, too",
     .brief = "look for repeats in each, or in all input [corpus]",
     .brief_argument = "document|corpus",
     .group = Group::removal},
    {.name = "keep",
     .argument = "first|none",
     .standard = "first",
     .text = "of equal documents and paragraphs the first stays, or none, for which the input is "
             "read more than once",
     .group = Group::removal},
    {.name = "min-block",
     .argument = "N",
     .standard = "40",
     .text = "least length of a repeated paragraph in one document; an ideograph counts 1, and so "
             "does a foreign word or number",
     .group = Group::removal},
    {.name = "min-block-across",
     .argument = "N",
     .standard = "60",
     .text = "the same across documents",
     .group = Group::removal},

    // -- text
    {.name = "repair",
     .argument = "on|off",
     .standard = "on",
     .text = "controls, entities, stray spaces, injected pinyin and more",
     .group = Group::text},
    {.name = "normalise",
     .argument = "off|nfc",
     .standard = "off",
     .text = "write what stays in Unicode's composed form; nfc makes unified ideographs of "
             "compatibility ones (U+F900 and others), as that form demands",
     .group = Group::text},
    {.name = "script",
     .argument = "keep|simplified|traditional",
     .standard = "keep",
     .text = "write documents in the other script in this one, by OpenCC; traditional is that of "
             "Taiwan. The first 4 MiB of a document tell its script; one that is in this one, or "
             "shows neither, stays as it is, and so do lines in this one, Japanese, code, tags and "
             "addresses",
     .group = Group::text},

    // -- output
    {.letter = 'o',
     .name = "output",
     .argument = "FILE",
     .text = "write FILE, replaced in one step and only on success",
     .brief = "write FILE; old or new, never half of it",
     .excludes = "output-dir",
     .group = Group::output},
    {.letter = 'i',
     .name = "in-place",
     .argument = "SUFFIX",
     .text =
         "replace each FILE where it stands, in one step; files become new in groups, as the run "
         "goes. With SUFFIX, which is joined to -i as in GNU sed, the old one is kept as FILE with "
         "SUFFIX behind its name, or as SUFFIX says where each * in it stands for the name. Unlike "
         "sed, dedup writes over no such file that is there already: FILE then stays as it is and "
         "is named, as one is that is damaged or changes meanwhile; the others are replaced. With "
         "-r, what is called as the old ones are is not read",
     .excludes = "output",
     .group = Group::output,
     .value = Value::optional},
    {.name = "replace-damaged",
     .text = "let -o and -i replace a FILE that is read though not all of it decodes, or its "
             "charset is a "
             "guess",
     .group = Group::output,
     .value = Value::none},
    {.name = "output-dir",
     .argument = "DIR",
     .text = "write each FILE to the same path below DIR, with .txt or .jsonl behind a name that "
             "says another format: page.html.txt (what is called *.gz, *.zst or *.xz is written "
             "compressed, here and with -o, --removed and --report)",
     .excludes = "in-place",
     .group = Group::output},
    {.name = "removed",
     .argument = "FILE",
     .text = "list all that was removed or changed, as JSON lines; see restore",
     .brief = "list what was removed; dedup restore brings it back",
     .group = Group::output},
    {.name = "report",
     .argument = "FILE",
     .text = "a page to look at, in HTML: counts by reason, rule and site, and samples of what "
             "went, drawn at random, beside the earlier copies and with what would have kept them; "
             "under 5 MB whatever the run",
     .group = Group::output},
    {.name = "to",
     .argument = "text|jsonl",
     .standard = "text; JSONL stays JSONL",
     .text =
         "jsonl: a record for each document, with \"url\", \"date\", \"title\" and \"text\" for "
         "archives, \"name\", \"title\" and \"text\" for text files; one that repeats another has "
         "none. Archives come out as text else, a blank line between documents",
     .brief = "a record for each document: url or name, title, text",
     .brief_argument = "jsonl",
     .group = Group::output},
    {.name = "line-buffered",
     .text = "write what is done behind each record, and behind each piece that is read of a text. "
             "Without it that happens where the input has nothing to read at the moment, so that "
             "an exchange of records with another program works by itself",
     .group = Group::output,
     .value = Value::none},
    {.name = "verdicts",
     .text = "in JSONL, write a line for each record that is left out, too:\n"
             "{\"dropped\":\"duplicate-document\",\"document\":7,\"name\":\"its id\",\n"
             "\"first\":{\"document\":2,\"name\":\"the id of the earlier one\"}}\n"
             "where name and first are known. Documents count from 0, bad lines among them; all "
             "other records are written as without it",
     .group = Group::output,
     .value = Value::none},
    {.name = "drop-empty",
     .text =
         "in JSONL, leave out records of whose text nothing is left; --removed has their lines, "
         "and --verdicts tells \"empty\"",
     .group = Group::output,
     .value = Value::none},
    {.name = "stats",
     .argument = "json",
     .text = "counts on standard error",
     .group = Group::output,
     .value = Value::optional},
    {.letter = 'n',
     .name = "dry-run",
     .text = "write no clean text",
     .brief = "write no clean text",
     .group = Group::output,
     .value = Value::none},
    {.letter = 'v',
     .name = "verbose",
     .text =
         "a line on standard error for each removed paragraph: file:line, file:line:line of the "
         "text in a record, or file:record:line in an archive, of which it also names what is "
         "passed over; all count from 1",
     .brief = "a line for each removed paragraph: where it stood, and why",
     .group = Group::output,
     .value = Value::none},
    common::kQuiet,

    // -- running; a log is of the run, not of the text
    {.name = "index",
     .argument = "PATH",
     .text =
         "remember in the file PATH what was seen, and take out what another run has seen: it is "
         "made where it is not there, is written when the outputs are in their places, and is for "
         "one choice of the options that decide what counts as a repeat. With -n and for diff it "
         "is only read. See dedup index",
     .brief = "remember from run to run what was seen",
     .brief_argument = "FILE",
     .group = Group::running},
    {.name = "index-mode",
     .argument = "update|read-only",
     .standard = "update",
     .text = "whether the index is written, too; read-only: take out what it knows, and leave it "
             "as it is. Any number of runs may do so while one updates it",
     .group = Group::running},
    {.name = "index-wait",
     .argument = "SECONDS",
     .standard = "0",
     .text = "wait so long for another run that updates the index",
     .group = Group::running},
    // What an interrupted job needs stands together.
    {.name = "joblog",
     .argument = "FILE",
     .text =
         "tell in FILE, in a line of JSON for each file, what was read and written of it; for "
         "-iSUFFIX and --output-dir, whose files then appear in groups, as the run goes. A FILE "
         "that is there already needs --resume",
     .group = Group::running},
    {.name = "resume",
     .text =
         "go on with the job of --joblog, with the same options and files, where it was "
         "interrupted: what is done is read for what it holds and not written again, and all that "
         "comes out equals the work of one run. Without such a FILE the job is begun",
     .group = Group::running,
     .value = Value::none},
    {.letter = 'T',
     .name = "threads",
     .argument = "N",
     .standard = "0",
     .text = "threads, at most 1024; 0: one for each processor. The output is the same",
     .group = Group::running},
    {.name = "memory",
     .argument = "SIZE|PCT%",
     .standard = "50%",
     .text = "memory for what is remembered, as 512M or 25% of the machine's; the rest goes to "
             "--tmpdir, the output stays the same. A quarter may go to unpacking",
     .group = Group::running},
    {.name = "tmpdir",
     .argument = "DIR",
     .standard = "$TMPDIR, else /tmp",
     .text = "for what has no room in memory, and for standard input and pipes that --keep=none "
             "reads again",
     .group = Group::running},
    {.name = "progress",
     .argument = "auto|always|never",
     .standard = "auto",
     .text = "a line on standard error that says how far the run is, from the first second on; "
             "auto: on a terminal where the clean text does not appear too, and without --quiet. "
             "The signal USR1 asks for such a line at any time",
     .group = Group::running},
    {.name = "color",
     .argument = "auto|always|never",
     .standard = "auto",
     .text = "colours of -v; auto: on a terminal, unless $NO_COLOR is set or $TERM is dumb",
     .group = Group::running},
    {.letter = 'h',
     .text = "the options that are needed most",
     .group = Group::running,
     .value = Value::none},
    common::kHelp,
    {.name = "version",
     .text = "versions of dedup, ICU, Unicode and the key recipe",
     .group = Group::running,
     .value = Value::none},
    {.name = "generate",
     .argument = "man|bash|zsh|fish|markdown",
     .text = "write the manual page, what completes these options in a shell, or a list of them",
     .group = Group::running},
};

constexpr Manual kManual = {
    .name = "",
    .synopsis = kSynopsis,
    .purpose =
        "Removes what repeats and what belongs to the site rather than the article from "
        "scraped Chinese text, and repairs the dirt of scraping. Without FILE, or where "
        "FILE is -, reads standard input.",
    .brief_purpose =
        "Cleans scraped Chinese text: removes what repeats and what belongs to the "
        "site, repairs the dirt.",
    .examples = kExamples,
    .options = kOptions,
    .notes =
        "An option that takes a value is given once, unless it says otherwise. Files called "
        "restore, learn, diff, index or shard are given as ./restore.",
    .brief_ending =
        "All options: dedup --help. Also: dedup restore, learn, diff, index or shard -h.",
};

}  // namespace

const Manual& clean_manual() noexcept { return kManual; }

}  // namespace dedup::tool
