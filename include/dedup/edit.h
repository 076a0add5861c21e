// SPDX-License-Identifier: Apache-2.0
// The edit: the one record of everything that was taken away or changed, and why.
//
//   decoded document   甲甲甲甲\n免責聲明\n乙(yǐ)乙乙\n
//   offsets (bytes)    0           13        26 29    34
//   edits                          [13, 26) boilerplate    [29, 34) repair "pinyin"
//
// Edits of a document never overlap and come in offset order; applied to the decoded document they
// give the clean text, undone on the clean text they give the decoded document.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "dedup/export.h"

namespace dedup {

/// The verdict on a span of text. Each span has exactly one.
enum class Reason : std::uint8_t {
  boilerplate,         ///< a rule, page mode or a model took the block for boilerplate
  duplicate_document,  ///< the whole document repeats an earlier one
  repeated_block,      ///< the block occurred before
  repeated_run,        ///< the block and its neighbours occurred before, in this order
  near_duplicate,      ///< the block resembles an earlier one, or is contained in it
  repeated_sentences,  ///< sentences within a block that occurred before
  repair,              ///< dirt: the span is replaced rather than judged, see RepairKind
  blank_lines,         ///< blank lines around blocks that went
};
/// How many there are: they are numbered from 0.
inline constexpr std::size_t kReasonCount = 8;

/// The name used in edit lists and statistics, e.g. "repeated-block".
[[nodiscard]] DEDUP_EXPORT std::string_view name(Reason reason) noexcept;
/// The reason of that name; nothing where none has it.
[[nodiscard]] DEDUP_EXPORT std::optional<Reason> reason_named(std::string_view name) noexcept;

/// What a repair put right, and the two changes of how a text is written that are made on request.
enum class RepairKind : std::uint8_t {
  control,      ///< C0 and C1 controls other than tab and line ends
  invisible,    ///< zero-width and format characters, orphaned joiners and variation selectors
  bidi,         ///< text stored backwards under a right-to-left override
  entity,       ///< HTML character references
  pinyin,       ///< injected readings: 創(chuàng)新
  space,        ///< spaces between ideographs of a spaced line, or before full-width marks
  indent,       ///< ideographic and no-break spaces around a line
  radical,      ///< radical code points standing for ideographs
  private_use,  ///< private-use code points of GBK standing for characters that Unicode has
  mojibake,     ///< a line that was read in a wrong charset before it came here
  script,       ///< written in the other script, see Options::script
  nfc,          ///< brought to Unicode's form NFC, see Options::normalise
};
/// How many there are: they are numbered from 0.
inline constexpr std::size_t kRepairKindCount = 12;

/// The name used as Edit::rule of a repair and in statistics, e.g. "invisible".
[[nodiscard]] DEDUP_EXPORT std::string_view name(RepairKind kind) noexcept;

/// A place in the input: ordinals count from 0; a block's number is that of its line.
struct Position {
  /// In place of a number, in lists of edits: of a document that an earlier run was shown.
  static constexpr std::uint64_t kOtherRun = ~std::uint64_t{0};
  std::uint64_t document = 0;  ///< the number that the index gave it
  std::uint64_t block = 0;     ///< its line within the document
  /// Member by member.
  friend bool operator==(const Position&, const Position&) = default;
};

/// One span of the decoded document and what stands in its place. The views live as long as the
/// call that hands the edit over.
struct Edit {
  std::uint64_t block = 0;           ///< number of the line in which the span starts
  std::uint64_t start = 0;           ///< first byte in the decoded, unrepaired document
  std::uint64_t end = 0;             ///< one past the last byte
  std::string_view text;             ///< the bytes [start, end)
  std::string_view replacement;      ///< empty: removed without replacement
  Reason reason = Reason::repair;    ///< the verdict
  std::string_view rule;             ///< what fired: class and cue of a rule, kind of a repair
  std::optional<double> score;       ///< how strongly a boilerplate rule spoke
  std::optional<Position> first;     ///< the earlier copy, for the reasons that have one
  std::string_view first_name;       ///< the name of its document; empty where it is not remembered
  std::optional<double> similarity;  ///< to it, for near-duplicates: 1 is the same
};

}  // namespace dedup
