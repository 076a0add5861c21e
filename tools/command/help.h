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
       dedup restore --removed=LIST [--name=FILE] [-o FILE] [CLEAN]
       dedup learn [OPTIONS] FILE... -o MODEL          (see dedup learn --help)
Removes what repeats and what belongs to the site rather than the article from scraped Chinese
text, and repairs the dirt of scraping. Without FILE, or where FILE is -, reads standard input.

Examples:
  dedup page.txt > clean.txt                      a page
  dedup page.txt -o page.txt                      in its own place, safely
  dedup -f jsonl --field=content < in > out       a stream of records, each one a document
  dedup --output-dir=clean pages/*.txt            many files, compared with one another
  dedup --removed=list.jsonl page.txt > clean.txt ; dedup restore --removed=list.jsonl clean.txt
  dedup -n -v page.txt                            what would go, and why
  dedup learn site/*.txt -o site.model ; dedup --boilerplate-model=site.model site/new.txt

Input:
  -f, --format=auto|text|jsonl   auto: jsonl for *.jsonl and *.ndjson, else text (also on stdin)
      --field=NAME               the JSONL field that holds the text [text]
      --encoding=auto|utf-8      both mean UTF-8; bytes that are not become U+FFFD
      --document-separator=LINE  in text, a line that is LINE ends a document; it stays, unless
                                 its document goes

What to remove:
      --boilerplate=rules|page|off
                                 disclaimers, bylines, share bars, licence lines; with page also
                                 the menus, teasers and footers of a whole page [rules]
      --boilerplate-rules=FILE   further rules of your own
      --boilerplate-model=FILE   what dedup learn found to recur on a site
      --documents=exact|near|off
                                 documents that occurred before; near: at a resemblance of 0.8, so
                                 that dated versions of one text merge [exact]
      --paragraphs=exact|near|off
                                 paragraphs that occurred before; near: nearly so, with the same
                                 figures (0.08 % more of a body of law) [exact]
      --near                     short for --documents=near --paragraphs=near
      --near-threshold=N         least resemblance for near, from 0.5 to 1 [0.8]
      --runs=on|off              three paragraphs in a row that occurred before
                                 [on; off with --paragraphs=off]
      --sentences=exact|lone|off
                                 three sentences in a row that occurred before in their document;
                                 lone: also single long ones (0.02 % more of a body of law)
                                 [exact]
      --scope=document|corpus|wide
                                 look for repeats within each document; in all input; there for
                                 near paragraphs and sentences, too [corpus]
      --keep=first|none          of equal documents and paragraphs the first stays, or none, for
                                 which the input is read more than once [first]
      --min-block=N              least length of a repeated paragraph in one document [40]
      --min-block-across=N       the same across documents [60]
                                 (lengths count an ideograph as 1, and so a foreign word or number)

Text:
      --repair=on|off            controls, entities, stray spaces, injected pinyin and more [on]
      --normalise=off            no normalisation of what is written [off]
      --script=keep              Simplified and Traditional stay as they are [keep]

Output:
  -o, --output=FILE              write FILE, replaced in one step and only on success
      --replace-damaged          let -o replace a FILE that is read though not all of it is UTF-8
      --output-dir=DIR           write each FILE to the same path below DIR
      --removed=FILE             list all that was removed or changed, as JSON lines; see restore
      --stats[=json]             counts on standard error
  -n, --dry-run                  write no clean text
  -v, --verbose                  a line on standard error for each removed paragraph
  -q, --quiet                    no messages about damaged or skipped input

Running:
  -T, --threads=N                threads; 0: one for each processor. The output is the same [0]
      --memory=SIZE|PCT%         memory for what is remembered, as 512M or 25%; the rest goes to
                                 --tmpdir, the output stays the same [50% of the machine's]
      --tmpdir=DIR               for what has no room in memory, and for standard input and pipes
                                 that --keep=none reads again [$TMPDIR, else /tmp]
      --progress=auto|never      no progress is shown yet [auto]
  -h, --help                     this text
      --version                  versions of dedup, ICU, Unicode and the key recipe

restore writes the decoded input again, from the clean text and the list of --removed; with --name
that of one FILE, from the clean text of all or, after --output-dir, from its own. Files called
restore, learn or index are given as ./restore.

Exit status: 0 all well; 1 finished, but some input was damaged or skipped; 2 failed, files named as
output are untouched (with --output-dir, all but those of input that was read to its end); 3 a limit
was reached; 4 outputs are new, but not all or perhaps not for good, which the message says; 64 the
command line makes no sense.
)";

inline constexpr std::string_view kLearnHelp = R"(Usage: dedup learn [OPTIONS] FILE... -o MODEL
Learns which blocks belong to a site rather than to its articles: those that occur in many documents
and stand beside the same other blocks there. dedup --boilerplate-model=MODEL then removes them.
A text FILE is a document, and so is each record of a JSONL FILE; one page is best shown once, and
pages of all sections of a site. Where records have a URL, as "id" or as "url", a block is learned
for the host it occurs on, and for all hosts if it occurs on two.

Example:
  dedup learn --field=content crawl.jsonl -o crawl.model
  dedup --field=content --boilerplate-model=crawl.model crawl.jsonl > clean.jsonl

  -f, --format=auto|text|jsonl   auto: jsonl for *.jsonl and *.ndjson, else text (also on stdin)
      --field=NAME               the JSONL field that holds the text [text]
      --min-documents=N          least number of documents that a block occurs in [5]
  -o, --output=MODEL             write MODEL, replaced in one step and only on success [stdout]
  -q, --quiet                    no messages about damaged or skipped input
  -h, --help                     this text

Copies of a document count once. Headings, clauses, numbered items and table rows are never learned.
Exit status: as for dedup.
)";

}  // namespace dedup::tool
