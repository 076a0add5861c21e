// SPDX-License-Identifier: Apache-2.0
// The texts of -h and --help. Written by hand: examples first, options in groups, 100 columns at
// most. A test asks for every option named here.
#pragma once

#include <string_view>

namespace dedup::tool {

inline constexpr std::string_view kShortHelp =
    R"(Usage: dedup [OPTIONS] [FILE]...
Cleans scraped Chinese text: removes what repeats and what belongs to the site, repairs the dirt.

  dedup page.txt > clean.txt                    a page; without FILE, or with -, standard input
  dedup page.txt -o page.txt                    in its own place, safely
  dedup -f jsonl --field=content < in > out     a stream of records, each one a document
  dedup --output-dir=clean pages/*.txt          many files, compared with one another
  dedup -n -v page.txt                          what would go, and why

  -r, --recursive                  a directory stands for the files below it
  -f, --format=text|html|jsonl|json|warc
                                   what is read [by names and first bytes, else text]
      --field=NAME|/POINTER        the JSONL field that holds the text; or several of them [text]
      --boilerplate=rules|page|off page: menus, teasers and footers, too [of HTML page, else rules]
      --near                       near-duplicate documents and paragraphs, too
      --scope=document|corpus      look for repeats in each document, or in all input [corpus]
  -o, --output=FILE                write FILE; old or new, never half of it
      --to=jsonl                   a record for each document: url or name, title, text
      --removed=FILE               list what was removed; dedup restore brings it back
      --stats                      counts
  -n, --dry-run   -v, --verbose   -q, --quiet

All options: dedup --help. Also: dedup restore -h, dedup learn -h.
)";

inline constexpr std::string_view kHelp = R"(Usage: dedup [OPTIONS] [FILE]...
       dedup restore --removed=LIST [-o FILE] [CLEAN]  (see dedup restore --help)
       dedup learn [OPTIONS] FILE... -o MODEL          (see dedup learn --help)
Removes what repeats and what belongs to the site rather than the article from scraped Chinese
text, and repairs the dirt of scraping. Without FILE, or where FILE is -, reads standard input.

Examples:
  dedup page.txt > clean.txt                      a page
  dedup page.txt -o page.txt                      in its own place, safely
  dedup -f jsonl --field=content < in > out       a stream of records, each one a document
  dedup --field=content a.json -o a.json          an array of records, in its own place
  dedup --output-dir=clean pages/*.txt            many files, compared with one another
  dedup -r --output-dir=clean pages               a whole tree of them
  dedup --to=jsonl crawl.warc > clean.jsonl       a record for each page of an archive
  dedup --removed=list.jsonl page.txt > clean.txt ; dedup restore --removed=list.jsonl clean.txt
  dedup -n -v page.txt                            what would go, and why
  dedup learn site/*.txt -o site.model ; dedup --boilerplate-model=site.model site/new.txt

Input:
  -r, --recursive                a directory stands for the files below it, in the order of their
                                 names; links in it are not followed
      --files-from=LIST          files named in LIST, one on each line; - for standard input
      --files0-from=LIST         the same with a NUL byte behind each: find -print0
  -f, --format=auto|text|html|jsonl|json|warc
                                 auto: jsonl for *.jsonl and *.ndjson, json for *.json and what
                                 starts as an array of objects does, warc for *.warc and *.wet, html
                                 for *.html and *.htm and what starts as a page does, else text;
                                 what was told by its start is noted on standard error, and where
                                 text looks like JSONL or an archive, that is noted, too, and
                                 changes nothing. What gzip, zstd or xz made is unpacked whatever
                                 its name, and *.jsonl.gz is jsonl. Of json each element of an
                                 array is a record, as a line of jsonl is, and so is an object that
                                 stands by itself; arrays come out as arrays, those of several files
                                 one behind the other. A *.json with an object in each line is jsonl
      --field=NAME|/POINTER      the JSONL field that holds the text; may be given several times.
                                 What starts with / is a JSON pointer (RFC 6901), in which * stands
                                 for every element or member: /data/paras/*. All texts of a record
                                 are one document, in the order of the line, and each gets back what
                                 is left of it. A member whose name starts with / is /~1name [text]
      --markup=auto|text|html    what the one field holds; auto: HTML if it starts as a page does.
                                 Of a page the text takes its place, and restore gives back that,
                                 but records that were left out as they came [text]
      --encoding=auto|NAME       charset of text: utf-8, gb18030 (gbk, gb2312), big5 (big5-hkscs),
                                 euc-tw, utf-16, utf-32 and what else they are called. auto: by each
                                 document's mark or bytes, and a guess is told on standard error.
                                 UTF-8 comes out; what does not decode becomes U+FFFD [auto]
      --document-separator=LINE  in text, a line that is LINE ends a document; it stays, unless
                                 its document goes. An empty LINE is any line of nothing but white
                                 space: of several in a row the first

What to remove:
      --boilerplate=auto|rules|page|off[,-CLASS]...
                                 disclaimers, bylines, share bars, licence lines; with page also
                                 the menus, teasers and footers of a whole page; auto: page for
                                 HTML, rules for text [auto]. Classes of rules can be left out by
                                 name: --boilerplate=auto,-byline
      --boilerplate-rules=FILE   further rules of your own; may be given several times
      --boilerplate-model=FILE   what dedup learn found to recur on a site
      --documents=exact|near|off
                                 documents that occurred before; near: at a resemblance of 0.8
                                 under titles that agree, so that dated versions of one text merge
                                 [exact]
      --paragraphs=exact|near|off
                                 paragraphs that occurred before; near: nearly so, and saying
                                 nothing else, but one ideograph may be a typing error [exact]
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
      --replace-damaged          let -o replace a FILE that is read though not all of it decodes, or
                                 its charset is a guess
      --output-dir=DIR           write each FILE to the same path below DIR, with .txt or .jsonl
                                 behind a name that says another format: page.html.txt
                                 (what is called *.gz, *.zst or *.xz is written compressed, here and
                                 with -o and --removed)
      --removed=FILE             list all that was removed or changed, as JSON lines; see restore
      --to=text|jsonl            jsonl: a record for each document, with "url", "date", "title" and
                                 "text" for archives, "name", "title" and "text" for text files; one
                                 that repeats another has none. Archives come out as text else, a
                                 blank line between documents [text; JSONL stays JSONL]
      --line-buffered            write what is done behind each record, and behind each piece that
                                 is read of a text. Without it that happens where the input has
                                 nothing to read at the moment, so that an exchange of records with
                                 another program works by itself
      --verdicts                 in JSONL, write a line for each record that is left out, too:
                                 {"dropped":"duplicate-document","document":7,"name":"its id",
                                 "first":{"document":2,"name":"the id of the earlier one"}}
                                 where name and first are known. Documents count from 0, bad lines
                                 among them; all other records are written as without it
      --drop-empty               in JSONL, leave out records of whose text nothing is left;
                                 --removed has their lines, and --verdicts tells "empty"
      --stats[=json]             counts on standard error
  -n, --dry-run                  write no clean text
  -v, --verbose                  a line on standard error for each removed paragraph: file:line,
                                 file:line:line of the text in a record, or file:record:line in an
                                 archive, of which it also names what is passed over; all count
                                 from 1
  -q, --quiet                    no messages about damaged or skipped input

Running:
  -T, --threads=N                threads, at most 1024; 0: one for each processor. The output is
                                 the same [0]
      --memory=SIZE|PCT%         memory for what is remembered, as 512M or 25%; the rest goes to
                                 --tmpdir, the output stays the same. A quarter may go to unpacking
                                 [50% of the machine's]
      --tmpdir=DIR               for what has no room in memory, and for standard input and pipes
                                 that --keep=none reads again [$TMPDIR, else /tmp]
      --progress=auto|never      no progress is shown yet [auto]
  -h                             the options that are needed most
      --help                     this text
      --version                  versions of dedup, ICU, Unicode and the key recipe

An option that takes a value is given once, unless it says otherwise. Files called restore, learn or
index are given as ./restore.

Exit status: 0 all well; 1 finished, but some input was damaged or skipped; 2 failed, files named as
output are untouched (with --output-dir, all but those of input that was read to its end); 3 a limit
was reached; 4 outputs are new, but not all or perhaps not for good, which the message says; 64 the
command line makes no sense.
)";

inline constexpr std::string_view kShortRestoreHelp =
    R"(Usage: dedup restore --removed=LIST [--name=FILE] [-o FILE] [CLEAN]
Writes the decoded input again, from the clean text and the list of --removed.

  dedup --removed=list.jsonl page.txt > clean.txt
  dedup restore --removed=list.jsonl clean.txt > page.again

      --removed=LIST   the list that dedup --removed wrote
      --name=FILE      restore this file of the run alone
  -o, --output=FILE    write FILE, replaced in one step and only on success [standard output]

More: dedup restore --help
)";

inline constexpr std::string_view kRestoreHelp =
    R"(Usage: dedup restore --removed=LIST [--name=FILE] [-o FILE] [CLEAN]
Writes the decoded input again, byte for byte, from the clean text and the list of --removed. CLEAN
is all that the run wrote, of all its files; without it, or where it is -, standard input. With
--name that of one FILE alone, from the clean text of all or, after --output-dir, from its own.

Example:
  dedup --removed=list.jsonl page.txt > clean.txt
  dedup restore --removed=list.jsonl clean.txt > page.again

      --removed=LIST             the list that dedup --removed wrote
      --name=FILE                restore this file of the run alone
  -o, --output=FILE              write FILE, replaced in one step and only on success [stdout]
  -h                             a shorter text
      --help                     this text

What did not decode became U+FFFD and stays so. Of JSONL the text fields are restored, and the
records that were left out; of an archive its texts, behind one another or as records. Exit status:
as for dedup; 2 where list and clean text do not belong together.
)";

inline constexpr std::string_view kShortLearnHelp =
    R"(Usage: dedup learn [OPTIONS] FILE... -o MODEL
Learns what belongs to a site rather than to its articles, for dedup --boilerplate-model=MODEL.

  dedup learn site/*.txt -o site.model ; dedup --boilerplate-model=site.model site/new.txt

  -f, --format=text|html|jsonl|json
                            what is read [by names and first bytes, else text]
      --field=NAME          the JSONL field that holds the text; or several, as for dedup [text]
      --min-documents=N     least number of documents that a block occurs in [5]
  -o, --output=MODEL        write MODEL [standard output]

More: dedup learn --help
)";

inline constexpr std::string_view kLearnHelp = R"(Usage: dedup learn [OPTIONS] FILE... -o MODEL
Learns which blocks belong to a site rather than to its articles: those that occur in many documents
and stand beside the same other blocks there. dedup --boilerplate-model=MODEL then removes them.
A FILE of text or HTML is a document, and so is each record of a JSONL FILE; one page is best shown
once, and pages of all sections of a site. Where records have a URL, as "id" or as "url", a block is
learned for the host it occurs on, and for all hosts if it occurs on two.

Example:
  dedup learn --field=content crawl.jsonl -o crawl.model
  dedup --field=content --boilerplate-model=crawl.model crawl.jsonl > clean.jsonl

  -r, --recursive                a directory stands for the files below it, in the order of their
                                 names
      --files-from=LIST          files named in LIST, one on each line; - for standard input
      --files0-from=LIST         the same with a NUL byte behind each
  -f, --format=auto|text|html|jsonl|json
                                 auto: jsonl for *.jsonl and *.ndjson, json for *.json and files
                                 that start as an array of objects does, html for *.html and *.htm
                                 and what starts as a page does, else text (also on stdin)
      --field=NAME|/POINTER      the JSONL field that holds the text; or several, as for dedup
                                 [text]
      --encoding=auto|NAME       charset of text, as for dedup [auto]
      --min-documents=N          least number of documents that a block occurs in [5]
      --memory=SIZE|PCT%         memory for what is counted; rarer blocks make room [50%]
  -o, --output=MODEL             write MODEL, replaced in one step and only on success [stdout]
  -q, --quiet                    no messages about damaged or skipped input
  -h                             a shorter text
      --help                     this text

Copies of a document count once. What is on three of five documents goes wherever it stands, except
for what could be a headline from elsewhere on the site; so do lines like | between blocks that go.
A date or a counter is learned by its frame. Clauses, numbered items, Markdown headings and table
rows are never learned.
Exit status: as for dedup.
)";

}  // namespace dedup::tool
