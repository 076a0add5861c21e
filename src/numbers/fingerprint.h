// SPDX-License-Identifier: Apache-2.0
// Fingerprints: what stands for a key, or for a run of keys, in memory.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "walls/hash.h"

namespace dedup::numbers {

using Fingerprint = hash::Hash128;

/// Makes fingerprints under one secret. By chance two of n different keys share one with
/// probability n² / 2^129: 1.5e-19 at 10^10 keys. Immutable, safe on any thread.
class Fingerprinter {
 public:
  explicit Fingerprinter(const hash::Hasher::Seed& seed) : hasher_(seed) {}

  [[nodiscard]] Fingerprint of(std::u16string_view key) const noexcept;

  /// Of three keys in a row.
  [[nodiscard]] Fingerprint of_run(const Fingerprint& first, const Fingerprint& second,
                                   const Fingerprint& third) const noexcept;

  /// Of the keys of a group of lines, in order. Of one key it is another than of().
  [[nodiscard]] Fingerprint of_group(std::span<const Fingerprint> keys) const noexcept;

 private:
  hash::Hasher hasher_;
};

}  // namespace dedup::numbers
