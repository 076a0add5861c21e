// What a Cleaner removes and repairs. Plain values with the defaults in place; lengths are weights:
// an ideograph or kana counts 1, and so does each run of other letters and digits in a key.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace dedup {

/// Which rules judge a block to be boilerplate, by itself and at its first occurrence too.
enum class Boilerplate {
  off,
  rules,  ///< scored cue phrases and bylines
};

/// How paragraphs are compared with earlier ones.
enum class Paragraphs { off, exact };

/// How runs of sentences are compared with earlier ones of the same document.
enum class Sentences { off, exact };

/// How far back repeated blocks and runs of blocks are looked for.
enum class Scope {
  document,  ///< each document by itself
  corpus,    ///< every document the Cleaner has seen
};

struct Options {
  // -- what is removed ------------------------------------------------------------------------

  /// Drops disclaimers, bylines, share bars, licence lines. Cost: one pass over each short block.
  Boilerplate boilerplate = Boilerplate::rules;

  /// Further rules in the grammar of src/memory/boilerplate_rules.txt, added to the built-in ones.
  std::string boilerplate_rules;

  /// Drops a block whose key occurred before.
  Paragraphs paragraphs = Paragraphs::exact;

  /// Drops three blocks in a row that repeat an earlier three in the same order.
  bool runs = true;

  /// Drops three sentences in a row that repeat an earlier three of the same document.
  /// Cost: one set entry a sentence, freed at the end of the document.
  Sentences sentences = Sentences::exact;

  Scope scope = Scope::corpus;

  /// Least weight of a repeated block within one document.
  std::uint32_t min_block = 40;

  /// Least weight of a block that repeats one of an earlier document; not below min_block.
  std::uint32_t min_block_across = 60;

  // -- what is repaired -----------------------------------------------------------------------

  /// Removes invisible characters, injected pinyin and the other dirt named in RepairKind.
  bool repair = true;

  // -- what is remembered ---------------------------------------------------------------------

  /// Fills Edit::first. Cost: 16 more bytes for each remembered block; off, `first` stays empty.
  bool first_positions = true;

  // -- identity -------------------------------------------------------------------------------

  /// Key of the fingerprints. Unset: drawn at random for each Cleaner, so that no text can be made
  /// to collide with another. The output does not depend on it; set it only to pin fingerprints.
  using Secret = std::array<std::byte, 32>;
  std::optional<Secret> secret;
};

}  // namespace dedup
