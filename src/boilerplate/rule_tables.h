// SPDX-License-Identifier: Apache-2.0
// The rules as matchers read them: lists of small records, whose words stand one behind another in
// two texts. A record says by numbers where its words are and holds no pointer, so that the
// built-in rules lie ready in the program: neither loading nor starting it touches them. The rules
// of users are laid out alike once they have been read:
//
//   rules.txt      → parse_rules() → LaidOut → make_rules → builtin_tables()    at build time
//   rules of users → parse_rules() → LaidOut                                    at run time
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "boilerplate/grammar.h"

namespace dedup::boilerplate {

/// Names and meanings are those of grammar.h.
namespace tables {

/// Where a word stands in the text of all.
struct Place {
  std::uint32_t at = 0;
  std::uint32_t size = 0;

  bool operator==(const Place&) const = default;
};

struct Part {
  Place literal;  ///< empty: a run of digits
  bool after_gap = false;

  bool operator==(const Part&) const = default;
};

struct Pattern {
  std::uint32_t first = 0;  ///< of its parts
  std::uint32_t count = 0;
  std::uint32_t anchor = 0;  ///< from the first
  boilerplate::Pattern::Lead lead = boilerplate::Pattern::Lead::anywhere;
  bool to_end = false;
  bool gap_before_end = false;

  bool operator==(const Pattern&) const = default;
};

/// Its pattern is the one at the same place among the cues.
struct Phrase {
  Place reason;
  PhraseRule::Kind kind = PhraseRule::Kind::strong;
  bool sign = false;

  bool operator==(const Phrase&) const = default;
};

struct Byline {
  Place reason;
  Place label;
  Place value_end;
  BylinePattern::Form form = BylinePattern::Form::marked;
  BylinePattern::Value value = BylinePattern::Value::name;
  bool open = false;
  bool fires = true;

  bool operator==(const Byline&) const = default;
};

struct BarWord {
  Place reason;
  Place word;
  bool button = false;

  bool operator==(const BarWord&) const = default;
};

/// Of an ornament or a dated line; or a sign, which is among the letters as it is.
struct NamedWord {
  Place reason;
  Place word;

  bool operator==(const NamedWord&) const = default;
};

/// By which a PhraseMatcher finds an anchor.
struct Entry {
  std::uint32_t pair = 0;    ///< two units of the anchor
  std::uint16_t offset = 0;  ///< their place in it
  char16_t last = 0;         ///< its last unit, which most texts with the pair do not have there,
  std::uint32_t behind = 0;  ///< so many units behind them
  std::uint32_t pattern = 0;

  bool operator==(const Entry&) const = default;
};

}  // namespace tables

/// What a PhraseMatcher looks for, and where it looks it up; all of it empty where it has nothing
/// to look for.
struct PhraseTables {
  std::span<const tables::Pattern> patterns;
  std::span<const tables::Entry> entries;  ///< ordered by pair
  std::span<const std::uint32_t> first;    ///< open hash table: 1 + first entry of a pair
  std::span<const std::uint64_t> pairs;    ///< bitmap of hashed pairs
  std::span<const std::uint64_t> triples;  ///< of the hashed first three units of anchors
};

/// The records, and the texts that their places are in.
struct RuleTables {
  std::u16string_view units;  ///< words of keys
  std::string_view letters;   ///< reasons, signs and the names of classes
  std::span<const tables::Part> parts;
  std::span<const tables::Phrase> phrases;
  PhraseTables cues;
  PhraseTables keeps;
  PhraseTables guards;
  std::span<const tables::Byline> bylines;
  std::span<const tables::Place> tails;
  std::span<const tables::BarWord> bar_words;
  std::span<const tables::NamedWord> signs;
  std::span<const tables::NamedWord> ornaments;
  std::span<const tables::NamedWord> dated;
  std::span<const tables::Place> classes;

  [[nodiscard]] std::u16string_view word(tables::Place place) const noexcept {
    return {units.data() + place.at, place.size};
  }
  [[nodiscard]] std::string_view text(tables::Place place) const noexcept {
    return {letters.data() + place.at, place.size};
  }
};

}  // namespace dedup::boilerplate
