// Counters of a cleaning run. Plain numbers, so that shards can be added up.
#pragma once

#include <array>
#include <cstdint>

#include "dedup/edit.h"
#include "dedup/export.h"

namespace dedup {

struct Count {
  std::uint64_t items = 0;  ///< edits
  std::uint64_t bytes = 0;  ///< bytes of the decoded documents they cover
  friend bool operator==(const Count&, const Count&) = default;
};

struct DEDUP_EXPORT Stats {
  std::uint64_t documents = 0;
  std::uint64_t input_bytes = 0;    ///< as given to the Cleaner
  std::uint64_t decoded_bytes = 0;  ///< after U+FFFD took the place of broken bytes
  std::uint64_t output_bytes = 0;
  std::uint64_t blocks = 0;             ///< lines with a visible character
  std::uint64_t blocks_kept = 0;        ///< of these, kept whole or in part
  std::uint64_t broken_sequences = 0;   ///< byte sequences that did not decode
  std::uint64_t damaged_sentences = 0;  ///< sentences that got no key because they are damaged
  std::array<Count, kReasonCount> removed{};               ///< by Reason
  std::array<std::uint64_t, kRepairKindCount> repaired{};  ///< repairs by RepairKind

  Stats& operator+=(const Stats& other) noexcept;
  friend bool operator==(const Stats&, const Stats&) = default;
};

}  // namespace dedup
