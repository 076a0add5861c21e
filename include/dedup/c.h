// SPDX-License-Identifier: Apache-2.0
//
// The library for C, and for whatever calls C: Go, Java, Rust, Python.
//
//   dedup_cleaner* cleaner = NULL;
//   if (dedup_cleaner_new(NULL, NULL, &cleaner) != DEDUP_OK) puts(dedup_cleaner_message(cleaner));
//   dedup_page page = {.size = sizeof page, .bytes = {data, length}};
//   dedup_cleaned* cleaned = NULL;
//   if (dedup_clean(cleaner, &page, &cleaned) == DEDUP_OK) {
//     dedup_bytes text = dedup_cleaned_text(cleaned);
//     fwrite(text.data, 1, text.size, stdout);
//   }
//   dedup_cleaned_free(cleaned);
//   dedup_cleaner_free(cleaner);
//
// This is the one face of the library whose binary form is promised: a program that was compiled
// against this header works with every later library of the same DEDUP_C_ABI. Names, numbers and
// the order of members stay; a struct grows at its end alone, and its first member says how much of
// it the caller knows:
//
//   in   set `size` to sizeof of the struct; what lies behind it has its default. A caller that
//        knows more than the library, and sets something there, is refused.
//   out  set `size` likewise; no byte behind it is written. Of one that is not set nothing is, and
//        DEDUP_INVALID_OPTION comes back.
//
// Text is UTF-8 where it comes out, and has an explicit length: it may hold NUL, and need not end
// with one. A dedup_bytes of {NULL, 0} is "none". What a function returns a view of lives as long
// as the handle it came from, unless said otherwise.
//
// No exception leaves a function. Each that can fail returns a code, and the handle has the
// message. Handles are made by _new and given back by _free, which takes NULL. Damaged data is no
// failure.
//
// Thread rule: a dedup_cleaner and a dedup_cleaned belong to one thread at a time; a dedup_index
// may be shared by cleaners on any threads.
#ifndef DEDUP_C_H
#define DEDUP_C_H

// NOLINTBEGIN: this is C, with the names of C.

#include <stddef.h>
#include <stdint.h>

#include "dedup/export.h"

/// The number of this binary form.
#define DEDUP_C_ABI 1

#ifdef __cplusplus
extern "C" {
#endif

// -- codes -------------------------------------------------------------------------------------

/// What became of a call: one of the numbers below.
typedef int32_t dedup_code;

/// The numbers of dedup_code.
enum {
  DEDUP_OK = 0,              ///< all was done
  DEDUP_STOPPED = 1,         ///< a callback wanted no more of the document; all else is done
  DEDUP_INVALID_OPTION = 2,  ///< an option makes no sense, or an argument: mend the caller
  DEDUP_MISUSE = 3,          ///< a call in a wrong order; nothing changed: mend the caller
  DEDUP_FORMAT = 4,          ///< rules or a model are not what they should be
  DEDUP_SCRATCH = 5,         ///< a disk did not do what it should: the handle is done with
  DEDUP_NO_MEMORY = 6,       ///< likewise
  DEDUP_FAULT = 7,           ///< a fault of the library itself: the message says what
  DEDUP_INDEX = 8  ///< an index in a file is in use, damaged, or cannot be written: likewise
};

/// Bytes that somebody else owns.
typedef struct dedup_bytes {
  const char* data;  ///< the first; NULL: none
  size_t size;       ///< how many
} dedup_bytes;

/// The version of the library, such as "0.2.0". Lives for ever.
DEDUP_EXPORT const char* dedup_version(void);
/// The DEDUP_C_ABI that the library was built with.
DEDUP_EXPORT int32_t dedup_c_abi(void);

// -- options -----------------------------------------------------------------------------------

/// For dedup_options.boilerplate: which rules judge a block.
enum {
  DEDUP_BOILERPLATE_AUTOMATIC = 0,  ///< page for HTML, rules for text
  DEDUP_BOILERPLATE_OFF = 1,        ///< none is judged to be
  DEDUP_BOILERPLATE_RULES = 2,      ///< the block by itself decides
  DEDUP_BOILERPLATE_PAGE = 3        ///< also the furniture of a whole page
};
/// For dedup_options.documents and dedup_options.paragraphs: how they are compared.
enum {
  DEDUP_COMPARE_OFF = 0,    ///< not at all
  DEDUP_COMPARE_EXACT = 1,  ///< by their keys
  DEDUP_COMPARE_NEAR = 2    ///< also by their resemblance
};
/// For dedup_options.sentences: which repeats go.
enum {
  DEDUP_SENTENCES_OFF = 0,    ///< none
  DEDUP_SENTENCES_EXACT = 1,  ///< three in a row
  DEDUP_SENTENCES_LONE = 2    ///< also a single long one
};
/// For dedup_options.scope: how far back repeats are looked for.
enum {
  DEDUP_SCOPE_DOCUMENT = 0,  ///< in each document by itself
  DEDUP_SCOPE_CORPUS = 1,    ///< blocks and runs of blocks in all documents, the rest within each
  DEDUP_SCOPE_WIDE = 2       ///< near-duplicates and sentences in all documents, too
};
/// For dedup_options.script: the script that comes out.
enum {
  DEDUP_SCRIPT_KEEP = 0,        ///< the one that came in
  DEDUP_SCRIPT_SIMPLIFIED = 1,  ///< documents in Traditional are converted
  DEDUP_SCRIPT_TRADITIONAL = 2  ///< documents in Simplified are converted
};
/// For dedup_options.normalise: the form of Unicode that comes out.
enum {
  DEDUP_NORMALISE_OFF = 0,  ///< the one that came in
  DEDUP_NORMALISE_NFC = 1   ///< composed
};

/// All that a cleaner can be told; each member is explained, with its cost, at the one of the same
/// name in dedup/options.h. Flags are 0 or 1. Fill it with dedup_options_init() first.
typedef struct dedup_options {
  size_t size;                      ///< sizeof this, as the caller knows it
  int32_t boilerplate;              ///< [DEDUP_BOILERPLATE_AUTOMATIC]
  int32_t documents;                ///< [DEDUP_COMPARE_EXACT]
  int32_t paragraphs;               ///< [DEDUP_COMPARE_EXACT]
  int32_t runs;                     ///< [1]
  int32_t sentences;                ///< [DEDUP_SENTENCES_EXACT]
  int32_t scope;                    ///< [DEDUP_SCOPE_CORPUS]
  int32_t repair;                   ///< [1]
  int32_t script;                   ///< [DEDUP_SCRIPT_KEEP]
  int32_t normalise;                ///< [DEDUP_NORMALISE_OFF]
  int32_t first_positions;          ///< [1]
  int32_t first_names;              ///< [1]
  uint32_t min_block;               ///< [40]
  uint32_t min_block_across;        ///< [60]
  uint32_t threads;                 ///< [1]; 0: one for each processor
  double near_threshold;            ///< [0.8]
  uint64_t memory;                  ///< bytes; [0]: no limit
  dedup_bytes scratch;              ///< a directory; needed where memory is limited
  dedup_bytes encoding;             ///< [auto]
  dedup_bytes boilerplate_rules;    ///< the text of further rules
  dedup_bytes boilerplate_model;    ///< the bytes of a learned model; {NULL, 0}: none
  dedup_bytes boilerplate_without;  ///< classes that do not fire, parted by commas
} dedup_options;

/// Fills the first `size` bytes, sizeof of what the caller knows, with the defaults, and with zeros
/// what the library does not know.
DEDUP_EXPORT void dedup_options_init(dedup_options* options, size_t size);

// -- the index ---------------------------------------------------------------------------------

/// What is remembered between documents, in memory, for several cleaners. It must outlive them.
typedef struct dedup_index dedup_index;

/// What an index in memory remembers, and where; as IndexOptions in dedup/index.h. Fill it with
/// dedup_index_options_init() first.
typedef struct dedup_index_options {
  size_t size;            ///< sizeof this, as the caller knows it
  int32_t places;         ///< [1] remembers where each key was first
  int32_t names;          ///< [1] and what its document is called
  double near_threshold;  ///< [0.8] that of all its cleaners
  uint64_t memory;        ///< bytes; [0]: no limit
  dedup_bytes scratch;    ///< a directory; needed where memory is limited
} dedup_index_options;

/// Likewise.
DEDUP_EXPORT void dedup_index_options_init(dedup_index_options* options, size_t size);

/// `options` may be NULL for the defaults. Where it fails `*index` is good for its message alone,
/// and to be given back; NULL where there was no memory even for that.
DEDUP_EXPORT dedup_code dedup_index_new(const dedup_index_options* options, dedup_index** index);

/// How an index in a file is opened; as IndexFileOptions in dedup/index.h, where the costs are.
/// Fill it with dedup_index_file_options_init() first.
typedef struct dedup_index_file_options {
  size_t size;                ///< sizeof this, as the caller knows it
  int32_t read_only;          ///< [0] asks only, and writes nothing
  int32_t remote;             ///< [0] on a file system of the network, too
  double near_threshold;      ///< [0.8] that of all its cleaners; of a file that is there the same
  uint64_t memory;            ///< bytes; [0]: no limit
  dedup_bytes scratch;        ///< a directory; needed where memory is limited and read_only is set
  uint64_t commit_documents;  ///< [10000] commits by itself after so many; 0: never
  uint64_t commit_seconds;    ///< [5] and after so long; 0: never
  uint64_t wait;              ///< [0] for another who writes it, in thousandths of a second
} dedup_index_file_options;

/// Likewise.
DEDUP_EXPORT void dedup_index_file_options_init(dedup_index_file_options* options, size_t size);

/// In a file, which remembers from run to run. `path` ends with NUL; the rest as dedup_index_new().
DEDUP_EXPORT dedup_code dedup_index_open(const char* path, const dedup_index_file_options* options,
                                         dedup_index** index);
/// What was cleaned so far is remembered from now on, whatever becomes of the process; in memory it
/// does nothing. `documents`, unless NULL: how many the file knows. Not to be left out: freeing an
/// index commits nothing. Any thread, one at a time.
DEDUP_EXPORT dedup_code dedup_index_commit(dedup_index* index, uint64_t* documents);
/// Why one of these failed; "" where it did not. Ends with NUL.
DEDUP_EXPORT const char* dedup_index_message(const dedup_index* index);
/// How many documents it was shown: the next gets this number. Any thread.
DEDUP_EXPORT uint64_t dedup_index_documents(const dedup_index* index);
/// Copies the name of a document into `buffer`, as far as there is room, without a NUL. Returns how
/// long it is: 0 for one that has none. Any thread.
DEDUP_EXPORT size_t dedup_index_name(const dedup_index* index, uint64_t document, char* buffer,
                                     size_t room);
/// Gives it back, after all its cleaners, and commits nothing. NULL is passed over.
DEDUP_EXPORT void dedup_index_free(dedup_index* index);

// -- what comes out ----------------------------------------------------------------------------

/// For dedup_edit.reason, and the places in dedup_stats.
enum {
  DEDUP_BOILERPLATE = 0,         ///< a rule, page mode or a model took the block for boilerplate
  DEDUP_DUPLICATE_DOCUMENT = 1,  ///< the whole document repeats an earlier one
  DEDUP_REPEATED_BLOCK = 2,      ///< the block occurred before
  DEDUP_REPEATED_RUN = 3,        ///< the block and its neighbours occurred before, in this order
  DEDUP_NEAR_DUPLICATE = 4,      ///< the block resembles an earlier one, or is contained in it
  DEDUP_REPEATED_SENTENCES = 5,  ///< sentences within a block that occurred before
  DEDUP_REPAIR = 6,              ///< dirt: the span is replaced rather than judged
  DEDUP_BLANK_LINES = 7          ///< blank lines around blocks that went
};

/// The name of a reason, as edit lists have it: "repeated-block"; "" for a number that is none.
DEDUP_EXPORT const char* dedup_reason_name(int32_t reason);

/// A span of the decoded document, and what stands in its place.
typedef struct dedup_edit {
  size_t size;              ///< sizeof this, as the caller knows it
  uint64_t line;            ///< in which it starts, from 0
  uint64_t start;           ///< first byte in the decoded document
  uint64_t end;             ///< one past the last
  dedup_bytes text;         ///< the bytes from start to end
  dedup_bytes replacement;  ///< empty: removed
  int32_t reason;           ///< DEDUP_BOILERPLATE, …
  int32_t has_first;        ///< 1: the earlier copy is known
  dedup_bytes rule;         ///< what fired
  uint64_t first_document;  ///< the number of the document in which it stands
  uint64_t first_line;      ///< and the line there, from 0
  dedup_bytes first_name;   ///< of its document; empty where it is not remembered
  double score;             ///< of a rule of boilerplate; NaN: it has none
  double similarity;        ///< of a near-duplicate to the earlier copy; NaN likewise
} dedup_edit;

/// Counts, of one document or many. There is room for reasons and repairs to come.
typedef struct dedup_stats {
  size_t size;                 ///< sizeof this, as the caller knows it
  uint64_t documents;          ///< that ended
  uint64_t input_bytes;        ///< as given to the cleaner
  uint64_t decoded_bytes;      ///< after U+FFFD took the place of broken bytes
  uint64_t output_bytes;       ///< of the clean text
  uint64_t blocks;             ///< lines with a visible character
  uint64_t blocks_kept;        ///< of these, kept whole or in part
  uint64_t broken_sequences;   ///< byte sequences that did not decode
  uint64_t damaged_sentences;  ///< that got no key because they are damaged
  uint64_t mojibake_lines;     ///< read in a wrong charset before, and past putting right
  uint64_t removed_items[16];  ///< edits, by reason
  uint64_t removed_bytes[16];  ///< likewise, of the decoded documents
  uint64_t repaired[32];       ///< by kind, in the order of RepairKind in dedup/edit.h
} dedup_stats;

/// The earlier document that a whole document repeats.
typedef struct dedup_earlier {
  size_t size;        ///< sizeof this, as the caller knows it
  uint64_t document;  ///< its number in the index
  dedup_bytes name;   ///< empty where the index remembers none
  double similarity;  ///< 1: the same sequence of blocks; else the estimated resemblance
} dedup_earlier;

// -- a cleaner ---------------------------------------------------------------------------------

/// Cleans documents one after the other and remembers what it has seen.
typedef struct dedup_cleaner dedup_cleaner;

/// `options` may be NULL for the defaults, `index` for one of its own. Where it fails `*cleaner` is
/// good for its message alone, and to be given back; NULL where there was no memory even for that.
DEDUP_EXPORT dedup_code dedup_cleaner_new(const dedup_options* options, dedup_index* index,
                                          dedup_cleaner** cleaner);
/// Why the last call failed, in one line that ends with NUL; "" where it did not. Valid until the
/// next call; dedup_cleaner_stats() leaves it alone.
DEDUP_EXPORT const char* dedup_cleaner_message(const dedup_cleaner* cleaner);
/// Sums over all documents so far.
DEDUP_EXPORT dedup_code dedup_cleaner_stats(const dedup_cleaner* cleaner, dedup_stats* stats);
/// Gives it back; of a document that is open nothing more is told. NULL is passed over.
DEDUP_EXPORT void dedup_cleaner_free(dedup_cleaner* cleaner);

/// A document and what is known of it; views that are read during the call alone.
typedef struct dedup_page {
  size_t size;               ///< sizeof this, as the caller knows it
  dedup_bytes bytes;         ///< text or HTML, in any charset, packed or not, for dedup_clean()
  dedup_bytes url;           ///< its host is what a learned model knows a site by; may be empty
  dedup_bytes name;          ///< empty: the URL is the name
  dedup_bytes content_type;  ///< as HTTP has it; empty: not known
} dedup_page;

/// All that there is to say of one cleaned document.
typedef struct dedup_cleaned dedup_cleaned;

/// Cleans a whole document, as a server gave it. `*cleaned` is to be given back; NULL after a
/// failure.
DEDUP_EXPORT dedup_code dedup_clean(dedup_cleaner* cleaner, const dedup_page* page,
                                    dedup_cleaned** cleaned);

/// The clean text.
DEDUP_EXPORT dedup_bytes dedup_cleaned_text(const dedup_cleaned* cleaned);
/// Its number in the index.
DEDUP_EXPORT uint64_t dedup_cleaned_document(const dedup_cleaned* cleaned);
/// 1, and `*earlier` is filled, if it repeats one as a whole: the text is empty then. Else 0.
/// `earlier` may be NULL.
DEDUP_EXPORT int32_t dedup_cleaned_duplicate(const dedup_cleaned* cleaned, dedup_earlier* earlier);
/// How many edits there are.
DEDUP_EXPORT size_t dedup_cleaned_edits(const dedup_cleaned* cleaned);
/// The edit of that number, in offset order. DEDUP_INVALID_OPTION where there is none.
DEDUP_EXPORT dedup_code dedup_cleaned_edit(const dedup_cleaned* cleaned, size_t number,
                                           dedup_edit* edit);
/// Of this document alone.
DEDUP_EXPORT dedup_code dedup_cleaned_stats(const dedup_cleaned* cleaned, dedup_stats* stats);
/// The charset that it was read in, such as "GB18030".
DEDUP_EXPORT dedup_bytes dedup_cleaned_encoding(const dedup_cleaned* cleaned);
/// 1 if it could be unpacked to its end, as what was not packed can; else 0, and what came out
/// before the fault was cleaned.
DEDUP_EXPORT int32_t dedup_cleaned_whole(const dedup_cleaned* cleaned);

/// For dedup_cleaned_fact(); as PageFacts in dedup/page_facts.h.
enum {
  DEDUP_FACT_TITLE = 0,        ///< what it is called
  DEDUP_FACT_DESCRIPTION = 1,  ///< what it is about
  DEDUP_FACT_DATE = 2,         ///< when it was published, as written
  DEDUP_FACT_AUTHOR = 3,       ///< who wrote it
  DEDUP_FACT_SITE = 4,         ///< what its site is called
  DEDUP_FACT_URL = 5,          ///< the canonical address
  DEDUP_FACT_LANGUAGE = 6      ///< as written: zh-CN
};
/// What a page of HTML says of itself; empty where it says nothing, and for other numbers.
DEDUP_EXPORT dedup_bytes dedup_cleaned_fact(const dedup_cleaned* cleaned, int32_t fact);
/// Gives it back, and all that was seen of it. NULL is passed over.
DEDUP_EXPORT void dedup_cleaned_free(dedup_cleaned* cleaned);

// -- a document in pieces ----------------------------------------------------------------------

/// Who hears of a document: called on the thread that calls the cleaner, with views that live
/// during the call. Each may be NULL. One that returns another number than 0 hears no more of the
/// document, which is judged and remembered all the same; the call under way returns DEDUP_STOPPED,
/// and so do dedup_feed() and dedup_end() from then on. A callback must neither throw nor use the
/// cleaner.
typedef struct dedup_sink {
  size_t size;  ///< sizeof this, as the caller knows it
  void* user;   ///< given to all of them
  /// A document begins: its number in the index, and its name.
  int32_t (*begin)(void* user, uint64_t document, dedup_bytes name);
  int32_t (*kept)(void* user, dedup_bytes text);         ///< bytes that stay
  int32_t (*edit)(void* user, const dedup_edit* edit);   ///< whose replacement is to be written
  int32_t (*end)(void* user, const dedup_stats* stats);  ///< of this document
} dedup_sink;

/// A document begins: (begin feed* (end | abandon))*. Of `page`, which may be NULL, the bytes are
/// not looked at; nothing is unpacked, and HTML is what the content type says is HTML. `sink` is
/// copied.
DEDUP_EXPORT dedup_code dedup_begin(dedup_cleaner* cleaner, const dedup_sink* sink,
                                    const dedup_page* page);
/// The next bytes of it, cut anywhere.
DEDUP_EXPORT dedup_code dedup_feed(dedup_cleaner* cleaner, dedup_bytes bytes);
/// The document is complete. The sink has heard all when it returns.
DEDUP_EXPORT dedup_code dedup_end(dedup_cleaner* cleaner);
/// Drops the document that is open.
DEDUP_EXPORT dedup_code dedup_abandon(dedup_cleaner* cleaner);

// -- learned boilerplate -----------------------------------------------------------------------

/// Counts in how many documents each block occurs: what recurs in many of a site belongs to it.
/// One thread at a time.
typedef struct dedup_learner dedup_learner;

/// What is learned, and at what cost; as LearnOptions in dedup/learn.h. Fill it with
/// dedup_learn_options_init() first.
typedef struct dedup_learn_options {
  size_t size;             ///< sizeof this, as the caller knows it
  uint64_t min_documents;  ///< [5] in which a block occurs that is learned; at least 2
  uint64_t max_keys;       ///< [10000000] counted at a time, about 100 bytes each
  uint64_t memory;         ///< [0, no limit] bytes for what is counted
  dedup_bytes encoding;    ///< [{NULL, 0}: found for each] of all documents
} dedup_learn_options;

/// Likewise.
DEDUP_EXPORT void dedup_learn_options_init(dedup_learn_options* options, size_t size);

/// `options` may be NULL for the defaults. Where it fails `*learner` is good for its message alone,
/// and to be given back; NULL where there was no memory even for that.
DEDUP_EXPORT dedup_code dedup_learner_new(const dedup_learn_options* options,
                                          dedup_learner** learner);
/// As dedup_cleaner_message().
DEDUP_EXPORT const char* dedup_learner_message(const dedup_learner* learner);
/// Counts a page, as dedup_clean() takes it; by its host where it has a URL.
DEDUP_EXPORT dedup_code dedup_learn(dedup_learner* learner, const dedup_page* page);
/// The model of what was shown so far, for dedup_options.boilerplate_model. It lives until the next
/// call of this function; more may be shown afterwards.
DEDUP_EXPORT dedup_code dedup_learner_model(dedup_learner* learner, dedup_bytes* model);
/// Gives it back. NULL is passed over.
DEDUP_EXPORT void dedup_learner_free(dedup_learner* learner);

#ifdef __cplusplus
}
#endif

// NOLINTEND

#endif
