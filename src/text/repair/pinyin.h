// SPDX-License-Identifier: Apache-2.0
// Injected pinyin: readings in parentheses that a machine put behind ideographs: 創(chuàng)新 -> 創新.
//
// Whether a document is spoilt is seen from the notes that give the character's real reading; notes
// of its author's stay: a gloss on a rare word, a reader for children, 公分(cm), 图(a). The cost of a
// document without such notes is nothing but the search for them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "text/repair/changes.h"
#include "text/repair/syllable.h"

namespace dedup::text {

/// Something of the shape of a reading behind an ideograph.
struct Note {
  std::size_t line = 0;   // ordinal of the line, as given to collect()
  std::size_t start = 0;  // of the bracket, in bytes of the line
  std::size_t end = 0;    // behind the closing bracket
  char32_t on = 0;        // the ideograph, a radical as its unified form
  Syllable syllable;
  bool verified = false;      // it is the reading of the ideograph
  bool cut_off = false;       // no closing bracket: the line breaks off within the note
  bool first = false;         // stands right behind the ideograph, not behind another note
  bool blank_behind = false;  // one blank follows
  std::size_t blank_end = 0;  // behind that blank
  bool at_line_end = false;
};

/// The notes of a document, collected line by line and then judged together.
class Notes {
 public:
  /// Adds those of one line. Linear.
  void collect(std::string_view line, std::size_t ordinal);

  /// Whether there are enough for a verdict. If not, none is to go.
  [[nodiscard]] bool are_suspicious() const;

  /// Of a document that is suspicious, what the verdict weighs the notes against.
  struct Ideographs {
    std::size_t all = 0;
    std::size_t annotated = 0;  ///< those that are annotated with their reading somewhere
  };

  /// Adds the ideographs of `text`, or takes them off again. Requires: all notes are collected.
  void weigh(std::string_view text, Ideographs& in) const;
  void unweigh(std::string_view text, Ideographs& in) const;

  /// The notes that are to go out of a document with such ideographs, in order; each reaches up to
  /// the end of the blank that goes with it.
  [[nodiscard]] std::vector<Note> injected(const Ideographs& ideographs) const;

 private:
  struct Tally {
    std::size_t annotated = 0;  // how often the ideograph has its reading behind it
    bool untoned = false;       // one of these without a tone
  };

  std::size_t collect_row(std::string_view line, std::size_t ordinal, std::size_t at, char32_t on);
  void count(const Note& note);
  [[nodiscard]] bool are_injected(const Ideographs& ideographs) const;
  [[nodiscard]] bool are_throughout(std::size_t occurrences) const;
  [[nodiscard]] bool goes(const Note& note) const;

  std::vector<Note> notes_;
  std::map<char32_t, Tally> verified_;
  std::map<char32_t, std::size_t> places_;  // of notes, by ideograph
  std::map<std::pair<char32_t, std::uint64_t>, std::size_t> unverified_;
  std::size_t rows_ = 0;  // annotated ideographs, each time they occur
  std::size_t verified_count_ = 0;
  std::size_t verified_on_traditional_ = 0;
  std::size_t whole_ = 0;  // notes that are not cut off
  std::size_t untoned_ = 0;
};

/// Whether a note may start at `at`, where a bracket stands: a quick look that misses none.
[[nodiscard]] bool may_be_note(std::string_view text, std::size_t at) noexcept;

}  // namespace dedup::text
