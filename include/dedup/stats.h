// SPDX-License-Identifier: Apache-2.0
// Counters of a cleaning run. Plain numbers, so that shards can be added up.
#pragma once

#include <array>
#include <cstdint>

#include "dedup/edit.h"
#include "dedup/export.h"

namespace dedup {

/// How much was taken out or changed for one reason.
struct Count {
  std::uint64_t items = 0;  ///< edits
  std::uint64_t bytes = 0;  ///< bytes of the decoded documents they cover
  /// Member by member.
  friend bool operator==(const Count&, const Count&) = default;
};

/// What became of one document, or of many together. All numbers are sums and start at 0; bytes are
/// of UTF-8. A value: any thread, as for any plain struct.
///
/// Of a document that was abandoned, or whose sink threw before it heard end_document(), nothing is
/// counted.
struct DEDUP_EXPORT Stats {
  std::uint64_t documents = 0;          ///< that ended, also those of which nothing was left
  std::uint64_t input_bytes = 0;        ///< as given to the Cleaner
  std::uint64_t decoded_bytes = 0;      ///< after U+FFFD took the place of broken bytes
  std::uint64_t output_bytes = 0;       ///< of the clean text, with what replacements brought in
  std::uint64_t blocks = 0;             ///< lines with a visible character
  std::uint64_t blocks_kept = 0;        ///< of these, kept whole or in part
  std::uint64_t broken_sequences = 0;   ///< byte sequences that did not decode
  std::uint64_t damaged_sentences = 0;  ///< sentences that got no key because they are damaged
  std::uint64_t mojibake_lines = 0;  ///< lines that were read in a wrong charset before they came
                                     ///< here and cannot be put right; with Options::repair
  std::array<Count, kReasonCount> removed{};               ///< by Reason
  std::array<std::uint64_t, kRepairKindCount> repaired{};  ///< repairs by RepairKind

  /// Adds the counts of other documents: of another shard, or another Cleaner.
  Stats& operator+=(const Stats& other) noexcept;
  /// Member by member.
  friend bool operator==(const Stats&, const Stats&) = default;
};

}  // namespace dedup
