// The texts of --help. Written by hand: examples first, options in groups, 100 columns at most.
// A test asks for every option named here.
#pragma once

#include <string_view>

namespace dedup::tool {

inline constexpr std::string_view kShortHelp =
    R"(Usage: dedup [OPTIONS] [FILE]...
Cleans scraped Chinese text: dedup page.txt > clean.txt
Options, examples and exit statuses: dedup --help
)";

inline constexpr std::string_view kHelp = R"(Usage: dedup [OPTIONS] [FILE]...
       dedup restore --removed=LIST [-o FILE] [CLEAN]
Removes what repeats and what belongs to the site rather than the article from scraped Chinese
text, and repairs the dirt of scraping. Without FILE, or where FILE is -, reads standard input.

Examples:
  dedup page.txt > clean.txt                      a page
  dedup page.txt -o page.txt                      in its own place, safely
  dedup -f jsonl --field=content < in > out       a stream of records, each one a document
  dedup --output-dir=clean pages/*.txt            many files, compared with one another
  dedup --removed=list.jsonl page.txt > clean.txt ; dedup restore --removed=list.jsonl clean.txt
  dedup -n -v page.txt                            what would go, and why

Input:
  -f, --format=auto|text|jsonl   auto: jsonl for *.jsonl and *.ndjson, else text (also on stdin)
      --field=NAME               the JSONL field that holds the text [text]
      --encoding=auto|utf-8      both mean UTF-8; bytes that are not become U+FFFD

What to remove:
      --boilerplate=rules|off    disclaimers, bylines, share bars, licence lines [rules]
      --boilerplate-rules=FILE   further rules of your own
      --paragraphs=exact|off     paragraphs that occurred before [exact]
      --runs=on|off              three paragraphs in a row that occurred before
                                 [on; off with --paragraphs=off]
      --sentences=exact|off      three sentences in a row that occurred before in their
                                 document [exact]
      --documents=off            whole documents are not compared yet [off]
      --scope=corpus|document    look for repeats in all input, or within each document [corpus]
      --keep=first               of equal copies the first stays [first]
      --min-block=N              least length of a repeated paragraph in one document [40]
      --min-block-across=N       the same across documents [60]
                                 (lengths count an ideograph as 1, and so a foreign word or number)

Text:
      --repair=on|off            controls, entities, stray spaces, injected pinyin and more [on]
      --normalise=off            no normalisation of what is written [off]
      --script=keep              Simplified and Traditional stay as they are [keep]

Output:
  -o, --output=FILE              write FILE, replaced in one step and only on success
      --output-dir=DIR           write each FILE to the same path below DIR
      --removed=FILE             list all that was removed or changed, as JSON lines; see restore
      --stats[=json]             counts on standard error
  -n, --dry-run                  write no clean text
  -v, --verbose                  a line on standard error for each removed paragraph
  -q, --quiet                    no messages about damaged or skipped input

Running:
  -T, --threads=1                one thread [1]
      --progress=auto|never      no progress is shown yet [auto]
  -h, --help                     this text
      --version                  versions of dedup, ICU, Unicode and the key recipe

restore writes the decoded input again, from the clean text and the list of --removed. Files called
restore, learn or index are given as ./restore.

Exit status: 0 all well; 1 finished, but some input was damaged or skipped; 2 failed, files named as
output are untouched; 3 a limit was reached; 64 the command line makes no sense.
)";

}  // namespace dedup::tool
