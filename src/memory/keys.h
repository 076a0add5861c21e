// SPDX-License-Identifier: Apache-2.0
// Keys: the one question of rules 2 to 4, and with Scope::wide of 6: where was this key first?
//
//   rule  → asks of one kind, for one document      [key, place] [key, place] …
//   home  → answers, for those that were there       (number of the ask, first place)
//           and remembers the others as seen here
//
// The question has one form whatever holds the answers: the sets of this process (seen_keys.h), a
// map of a test, later a file, or rows that a cluster joined. Many keys are asked at a time, since
// a home may have to lock, to fetch from memory or to read.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dedup/edit.h"
#include "numbers/fingerprint.h"

namespace dedup::memory {

/// What a key stands for. Keys of different kinds never meet.
enum class Kind : std::uint8_t {
  document,      ///< the sequence of a document's block keys: rule 2
  block,         ///< rule 3
  run,           ///< three blocks in a row: rule 4
  sentence_run,  ///< three sentences in a row: rule 6
  sentence,      ///< a lone one
};
inline constexpr std::size_t kKindCount = 5;

/// Where a key stands in its document: the line of its block, or for a run of three the line of the
/// first and how far down the others are. A run reaches over a few MiB, so 32 bits hold that.
struct Lines {
  std::uint64_t first = 0;
  std::uint32_t second = 0;
  std::uint32_t third = 0;
  friend bool operator==(const Lines&, const Lines&) = default;
};

/// The same with the document. Plain: it is stored as it lies in memory.
struct Place {
  std::uint64_t document = 0;
  Lines lines;

  /// The place of the i-th of three.
  [[nodiscard]] Position position(std::size_t i) const noexcept {
    return {document, lines.first + (i == 0 ? 0 : i == 1 ? lines.second : lines.third)};
  }
  friend bool operator==(const Place&, const Place&) = default;
};

struct Ask {
  numbers::Fingerprint key;
  Lines here;
};

struct Answer {
  std::uint32_t ask = 0;  ///< the number of the ask that it is for
  Place first;            ///< empty where the home keeps no places
};

/// Where keys are remembered. Thread rule and errors are those of what implements it.
class KeyHome {
 public:
  KeyHome() = default;
  KeyHome(const KeyHome&) = delete;
  KeyHome& operator=(const KeyHome&) = delete;
  virtual ~KeyHome() = default;

  /// Asks where each key was first, in the order of `asks`, in which an earlier ask counts for a
  /// later one. Keys that are new are remembered as seen in `document`. Appends an answer for each
  /// of the others, in order.
  virtual void find_or_insert(Kind kind, std::uint64_t document, std::span<const Ask> asks,
                              std::vector<Answer>& answers) = 0;
};

}  // namespace dedup::memory
