// SPDX-License-Identifier: Apache-2.0
// A window of a document after analysis: what the layers of rules judge, and what they say of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "boilerplate/page_markup.h"
#include "numbers/fingerprint.h"
#include "numbers/sample.h"
#include "numbers/signature.h"
#include "structure/kind.h"
#include "text/lines.h"
#include "text/repair/changes.h"

namespace dedup::cleaner {

/// A sentence of a block; offsets in the repaired content of the block.
struct Sentence {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  std::uint32_t weight = 0;
  bool keyed = false;  ///< damaged sentences have no key
  numbers::Fingerprint key;
  numbers::Fingerprint
      run;  ///< of the keys of the two before it in the window and its own, if is_run()
};

/// A line, a piece of an overlong one, or several blank lines in a row. Lines that mean something
/// only together are a group, judged as one: the first of them that layer 1 left is its head, which
/// carries key, weight and verdict of all; those behind it are members.
///
///   | 级别 | 天数 |     head      asked about by rules 2 to 4
///   |---|---|           member    goes where the head goes
///   | 错误 | 180 |      member
struct Block {
  /// Of the values below. Written out, or the compiler would clear all of it beforehand.
  Block() noexcept {}  // NOLINT(modernize-use-equals-default)

  text::Line line;
  std::uint32_t first_change = 0;  ///< in Window::changes; all lie within the content
  std::uint32_t change_count = 0;
  std::uint32_t first_sentence = 0;  ///< in Window::sentences
  std::uint32_t sentence_count = 0;
  std::uint32_t first_unit = 0;  ///< of its key in Window::keys, where those are kept
  std::uint32_t unit_count = 0;
  std::uint32_t near = kNoNear;  ///< in Window::near_bands
  std::uint32_t weight = 0;
  structure::Kind kind = structure::Kind::prose;
  std::uint8_t level = structure::kUnmarkedLevel;  ///< if it is a heading
  bool blank = false;
  bool quoted = false;     ///< behind the > of Markdown
  bool announces = false;  ///< a heading, or it ends in a colon
  bool joins = false;      ///< of one group with the entry before
  bool grouped = false;    ///< of a group of several lines
  bool member = false;     ///< goes with the head before it
  bool keyed = false;
  bool dated = false;  ///< begins a history, of entries with their dates
  bool whole = false;  ///< begins a procedure, of steps with what is shown to them
  /// The two blocks that rule 4 is shown before it are at hand, and is_run().
  bool has_run = false;
  float boilerplate_score = 0;   ///< the cover that decided, 0 to 1
  std::string_view boilerplate;  ///< the rule that judged it so; empty if none did
  numbers::Fingerprint key;
  numbers::Fingerprint run;  ///< of their keys and its own

  static constexpr std::uint32_t kNoNear = ~std::uint32_t{0};
};

struct Window {
  text::Stretch stretch;
  std::shared_ptr<const boilerplate::PageMarkup> page;  ///< of which this is text; null: of none
  text::Changes changes;                                ///< repairs, in offsets of the stretch
  std::vector<Block> blocks;
  std::vector<Sentence> sentences;
  std::u16string keys;  ///< of what layer 1 left, where near-duplicates are looked for
  std::vector<numbers::Bands> near_bands;  ///< for Paragraphs::near only
  numbers::Sample sample;                  ///< of the prose in them, for Documents::near only
  /// The first block that prose is in: its key if it may be a title, else empty; none without
  /// prose.
  std::optional<std::u16string> title;
  std::uint64_t damaged_sentences = 0;
  std::uint64_t mojibake_lines = 0;  ///< that look like it and could not be put right
  std::uint64_t first_mojibake = 0;  ///< the number of the first of these
  bool dense = false;  ///< too much for one window: analysed part by part, see dense.h
  bool tail = false;   ///< the last blocks of one that was judged, see cut_tail()

  /// Bytes that it takes, with what it holds spare.
  [[nodiscard]] std::size_t memory() const noexcept;
};

/// A document of more decoded bytes than this is not compared with others: it would be held back
/// until its end is known, and nothing would come out before.
inline constexpr std::uint64_t kLongestDocument = std::uint64_t{64} << 20;

/// A window may need so many repairs, or have so many sentences; what is known of each takes some
/// 50 bytes, and three times that while it is found. One that has more is dense, unless it is no
/// longer than a part, which can do no harm.
inline constexpr std::size_t kMostRepairs = std::size_t{1} << 17;
inline constexpr std::size_t kMostSentences = std::size_t{1} << 17;
inline constexpr std::size_t kPart = std::size_t{64} << 10;

inline constexpr std::uint32_t kRunWeight = 60;       // of three blocks or sentences together
inline constexpr std::uint32_t kRunBlockWeight = 20;  // of at least two of three blocks

/// Whether a stretch has to be taken apart before it can be analysed: the text of a page may.
[[nodiscard]] inline bool is_longer_than_window(const text::Stretch& stretch) noexcept {
  return stretch.text.size() > text::kWindow || stretch.lines > text::kWindowLines;
}

/// Whether three in a row, of these weights, are long enough for rule 4, or 6.
[[nodiscard]] constexpr bool is_block_run(std::uint32_t a, std::uint32_t b,
                                          std::uint32_t c) noexcept {
  const auto counts = [](std::uint32_t weight) { return weight >= kRunBlockWeight ? 1 : 0; };
  return std::uint64_t{a} + b + c >= kRunWeight && counts(a) + counts(b) + counts(c) >= 2;
}
[[nodiscard]] constexpr bool is_sentence_run(std::uint32_t a, std::uint32_t b,
                                             std::uint32_t c) noexcept {
  return std::uint64_t{a} + b + c >= kRunWeight;
}

/// Whether layer 1 left the block to the others.
[[nodiscard]] inline bool is_left(const Block& block) noexcept {
  return !block.blank && block.boilerplate.empty();
}

/// Whether rules 2 to 4 are asked about it.
[[nodiscard]] inline bool is_asked(const Block& block) noexcept {
  return is_left(block) && !block.member;
}

/// Whether it is prose of its own, the only thing that rules 5 and 6 look into.
[[nodiscard]] inline bool is_prose(const Block& block) noexcept {
  return structure::has_sentences(block.kind) && !block.grouped;
}

/// Whether it begins a section.
[[nodiscard]] inline bool is_heading(const Block& block) noexcept {
  return block.kind == structure::Kind::heading && !block.grouped;
}

/// Behind the group that the entry before `end` belongs to.
[[nodiscard]] inline std::size_t end_of_group(const std::vector<Block>& blocks,
                                              std::size_t end) noexcept {
  while (end < blocks.size() && blocks[end].joins) {
    ++end;
  }
  return end;
}

/// Takes the blocks from `first` on out of a window, with their text and all that belongs to them:
/// what waits behind the end of a window is mostly a few blocks, and would keep all of it alive.
/// Requires: a block begins a group there, and the window holds nothing for near-duplicates.
[[nodiscard]] std::unique_ptr<Window> cut_tail(Window& window, std::size_t first);

/// The key of a block, where the window keeps keys.
[[nodiscard]] inline std::u16string_view key_of(const Window& window, const Block& block) noexcept {
  return std::u16string_view(window.keys).substr(block.first_unit, block.unit_count);
}

/// The content of a block as it came: its line without the end.
[[nodiscard]] inline std::string_view content_of(const Window& window,
                                                 const Block& block) noexcept {
  return std::string_view(window.stretch.text)
      .substr(block.line.start, block.line.content_end - block.line.start);
}

/// The repairs of one block, in offsets of its content.
[[nodiscard]] text::Changes changes_of(const Window& window, const Block& block);

/// The content of a block after its repairs.
[[nodiscard]] std::string repaired_content(const Window& window, const Block& block);

}  // namespace dedup::cleaner
