// SPDX-License-Identifier: Apache-2.0
// The names under which edit lists and statistics speak of reasons and repairs, and the sum of
// statistics. The names are part of the formats: they never change, new ones may join.
#include "dedup/edit.h"
#include "dedup/stats.h"

namespace dedup {

std::string_view name(Reason reason) noexcept {
  switch (reason) {
    case Reason::boilerplate:
      return "boilerplate";
    case Reason::duplicate_document:
      return "duplicate-document";
    case Reason::repeated_block:
      return "repeated-block";
    case Reason::repeated_run:
      return "repeated-run";
    case Reason::near_duplicate:
      return "near-duplicate";
    case Reason::repeated_sentences:
      return "repeated-sentences";
    case Reason::repair:
      return "repair";
    case Reason::blank_lines:
      return "blank-lines";
  }
  return {};
}

std::optional<Reason> reason_named(std::string_view wanted) noexcept {
  for (std::size_t i = 0; i < kReasonCount; ++i) {
    if (name(static_cast<Reason>(i)) == wanted) return static_cast<Reason>(i);
  }
  return std::nullopt;
}

std::string_view name(RepairKind kind) noexcept {
  switch (kind) {
    case RepairKind::control:
      return "control";
    case RepairKind::invisible:
      return "invisible";
    case RepairKind::bidi:
      return "bidi";
    case RepairKind::entity:
      return "entity";
    case RepairKind::pinyin:
      return "pinyin";
    case RepairKind::space:
      return "space";
    case RepairKind::indent:
      return "indent";
    case RepairKind::radical:
      return "radical";
    case RepairKind::private_use:
      return "private-use";
    case RepairKind::mojibake:
      return "mojibake";
    case RepairKind::script:
      return "script";
    case RepairKind::nfc:
      return "nfc";
  }
  return {};
}

Stats& Stats::operator+=(const Stats& other) noexcept {
  documents += other.documents;
  input_bytes += other.input_bytes;
  decoded_bytes += other.decoded_bytes;
  output_bytes += other.output_bytes;
  blocks += other.blocks;
  blocks_kept += other.blocks_kept;
  broken_sequences += other.broken_sequences;
  damaged_sentences += other.damaged_sentences;
  mojibake_lines += other.mojibake_lines;
  for (std::size_t i = 0; i < removed.size(); ++i) {
    removed[i].items += other.removed[i].items;
    removed[i].bytes += other.removed[i].bytes;
  }
  for (std::size_t i = 0; i < repaired.size(); ++i) repaired[i] += other.repaired[i];
  return *this;
}

}  // namespace dedup
