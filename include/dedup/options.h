// SPDX-License-Identifier: Apache-2.0
// What a Cleaner removes and repairs. Plain values with the defaults in place; lengths are weights:
// an ideograph or kana counts 1, and so does each run of other letters and digits in a key.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dedup/index.h"
#include "dedup/scratch.h"

namespace dedup {

/// Which rules judge a block to be boilerplate, at its first occurrence too.
enum class Boilerplate {
  automatic,  ///< `page` for HTML, `rules` for text
  off,        ///< none is judged to be; the model, if there is one, is silent too
  rules,      ///< scored cue phrases and bylines: the block by itself decides
  page,  ///< also the furniture of a whole scraped page: by shape, position and neighbourhood of
         ///< its lines, for HTML by its mark-up, too
};

/// How documents are compared with earlier ones, from weight 100.
enum class Documents {
  off,    ///< not at all: no document is held back
  exact,  ///< the same sequence of block keys
  near,   ///< also prose of estimated resemblance 0.8 under titles that agree: dated versions merge
};

/// How paragraphs are compared with earlier ones.
enum class Paragraphs {
  off,    ///< not at all
  exact,  ///< the same key
  near,   ///< also true resemblance or containment, where the later says nothing else
};

/// How sentences are compared with earlier ones of the same document.
enum class Sentences {
  off,    ///< not at all: text is not cut into sentences, which is quicker
  exact,  ///< three in a row
  lone,   ///< also a single one of weight 60
};

/// How far back repeats are looked for.
enum class Scope {
  document,  ///< each document by itself; documents are not compared
  corpus,    ///< blocks and runs of blocks in all documents, the rest within each
  wide,      ///< near-duplicates and sentences in all documents, too
};

/// Which copy of repeated blocks and documents stays.
enum class Keep {
  first,  ///< the one that comes first in the input
  none,   ///< all copies of exact repeats go; the input must be shown more than once
};

/// The script that Chinese is written in.
enum class Script {
  keep,         ///< the one that it comes in
  simplified,   ///< documents in Traditional are converted
  traditional,  ///< documents in Simplified are converted, to the standard of Taiwan
};

/// The form of Unicode that text is written in.
enum class Normalise {
  off,  ///< the one that it comes in
  nfc,  ///< composed: é is one character. Compatibility ideographs (U+F900 …) become the unified
        ///< ones that they are equal to, as this form demands
};

/// The widest vectors that are used, of those that the processor has.
enum class Simd {
  automatic,  ///< the widest there are
  none,       ///< byte by byte, on any processor
  wide,       ///< 32 bytes: AVX2
};

/// A text of boilerplate rules and what it is called, such as the path of its file.
struct RuleFile {
  std::string name;  ///< for errors
  std::string text;  ///< in the grammar of Options::boilerplate_rules
};

/// All that a Cleaner can be told. A plain value, copied by the Cleaner; the defaults stand
/// in place. The Cleaner's constructor refuses what makes no sense with InvalidOption.
struct Options {
  // -- what is removed ------------------------------------------------------------------------

  /// Drops disclaimers, bylines, share bars, licence lines; `page` menus and teasers, too.
  /// Cost: one pass over each short block.
  Boilerplate boilerplate = Boilerplate::automatic;

  /// Further rules in the grammar of src/boilerplate/rules.txt, added to the built-in ones; UTF-8.
  /// A `keep` rule among them protects a block from every rule, also from page mode and the model.
  std::string boilerplate_rules;

  /// Still further rules, each text with a name for the error that says what is wrong in it. A
  /// class ends with its text.
  std::vector<RuleFile> boilerplate_rule_files;

  /// A model that a BoilerplateLearner made: the bytes, not a path. Bytes that are no model, none
  /// at all included, are refused.
  std::optional<std::string> boilerplate_model;

  /// Classes of rules that do not fire: a class is the word in Edit::rule before ": ".
  /// "learned" is the class of the model; "page" that of page mode and of the rules for the frame
  /// of a page. Unknown names are refused with the list of those there are.
  std::vector<std::string> boilerplate_without;

  /// Drops a document that repeats an earlier one. Cost of `exact`: 32 bytes a document; of `near`:
  /// up to about 5 kB a document. A document is held back to its end to be judged, with some five
  /// times its text; one of more than 64 MiB is not compared.
  Documents documents = Documents::exact;

  /// Drops a block whose key, or with `near` nearly the same key, occurred before. Cost of `near`:
  /// see src/memory/near_index.h; it works within windows of 4 MiB, except under Scope::wide.
  Paragraphs paragraphs = Paragraphs::exact;

  /// Drops three blocks in a row that repeat an earlier three in the same order.
  bool runs = true;

  /// Drops three sentences in a row that repeat an earlier three of the same document, or with
  /// Scope::wide of any. Cost: one set entry a sentence, freed at the end of the document.
  Sentences sentences = Sentences::exact;

  /// Where else copies are looked for. Cost of `wide`: what sentences and near-duplicates are
  /// found by is kept as long as the index.
  Scope scope = Scope::corpus;

  /// `none` needs the Cleaner to have an index of its own and the input to be shown more than once:
  /// see Cleaner::surveys().
  Keep keep = Keep::first;

  /// Least weight of a repeated block within one document; at least 1.
  std::uint32_t min_block = 40;

  /// Least weight of a block that repeats one of an earlier document; not below min_block.
  std::uint32_t min_block_across = 60;

  /// Least resemblance of near-duplicate blocks and documents: from 0.5 to 1.
  double near_threshold = 0.8;

  // -- how it is read -------------------------------------------------------------------------

  /// The charset of all documents, by any name people use: "gbk", "big5-hkscs", "utf-16" …; each
  /// alias is read as the widest of its kind, as GB18030 for "gb2312". "auto": found for each
  /// document, see EncodingSource. Cost of "auto": up to 64 KiB of a document wait for the choice,
  /// of one in UTF-8 a few characters. Unknown names are refused.
  std::string encoding = "auto";

  // -- what is repaired -----------------------------------------------------------------------

  /// Removes invisible characters, injected pinyin and the other dirt named in RepairKind.
  bool repair = true;

  // -- how it is written ----------------------------------------------------------------------

  /// Converts what stays of documents in the other script, phrase by phrase. Verdicts do not depend
  /// on it. Which script a document is in is decided by the characters of its first window (4 MiB)
  /// that only one script has; one that is in the script asked for, or shows neither, stays as it
  /// is. So do, in a document that is converted, lines in the script asked for, lines of Japanese,
  /// code, tags and addresses. Each change is told as a repair, "script". Refused where the library
  /// was built without OpenCC: see converts_scripts(). Cost: the dictionaries, up to 10 MB for each
  /// Cleaner, and time for what is converted.
  Script script = Script::keep;

  /// The directory of OpenCC's dictionaries, for who brings them along; empty: where they were when
  /// the library was built. Missing ones are refused.
  std::string script_dictionaries;

  /// Normalises what stays; what was in the form already does not change. Each change is told as a
  /// repair, "nfc". A line with more than 30 combining marks in a row stays as it is.
  Normalise normalise = Normalise::off;

  // -- what is remembered ---------------------------------------------------------------------

  /// Fills Edit::first. Cost: 16 more bytes for each remembered block; off, `first` stays empty.
  bool first_positions = true;

  /// Fills Edit::first_name, where the Cleaner has an index of its own. Cost: the name and 8 bytes
  /// for each document.
  bool first_names = true;

  /// Most bytes for what is remembered and for the windows being worked on, give or take 64 MiB.
  /// Beyond them the sets of seen blocks, runs, sentences and documents, what near-duplicates are
  /// found by and documents held back go on in `scratch`, and the result is the same. There are as
  /// many threads as leave half of it to what is remembered, one at least. 0: no limit.
  std::uint64_t memory = 0;

  /// Needed where memory is limited; else not used. See file_scratch().
  std::shared_ptr<Scratch> scratch;

  // -- how it runs ----------------------------------------------------------------------------

  /// Threads that analyse, the calling one included; 0: one for each processor; 1024 at most. The
  /// result does not depend on it. Cost: some 20 MiB a thread.
  unsigned threads = 1;

  /// Called on another thread, never on the caller's, when there is more for Cleaner::advance() to
  /// tell: for programs that wait for several things at once. It must be quick and must not throw.
  std::function<void()> on_ready;

  /// Instructions for several bytes at once. The result does not depend on it; for tests.
  Simd simd = Simd::automatic;

  // -- identity -------------------------------------------------------------------------------

  using Secret = dedup::Secret;  ///< key of the fingerprints
  /// Unset: drawn at random for each Cleaner, so that no text can be made to collide with another.
  /// The output does not depend on it; set it only to pin fingerprints.
  std::optional<Secret> secret;
};

}  // namespace dedup
