// SPDX-License-Identifier: Apache-2.0
// Batches: the shingles of a text by a kernel, many at a time. Where there are surrogates, which no
// kernel reads, one at a time: they are rare.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "numbers/kernels.h"
#include "numbers/shingles.h"

namespace dedup::numbers {

/// Whether any unit is half a character.
inline bool has_surrogates(std::u16string_view units) noexcept {
  unsigned any = 0;
  for (const char16_t unit : units) {
    any |= (unit & 0xF800U) == 0xD800U ? 1U : 0U;
  }
  return any != 0;
}

/// Calls `visit(std::span<const std::uint64_t> hashes)` for the windows of so many units, which are
/// at least five and no surrogates.
template <typename Visit>
void for_each_batch(std::u16string_view units, const Kernels& kernels, Visit&& visit) {
  constexpr std::size_t kBatch = 128;
  std::uint64_t hashes[kBatch];
  const std::size_t windows = most_shingles(units);
  for (std::size_t at = 0; at < windows; at += kBatch) {
    const std::size_t count = std::min(kBatch, windows - at);
    kernels.hash_shingles(units.data() + at, count, hashes);
    visit(std::span<const std::uint64_t>(hashes, count));
  }
}

/// Visits the shingles of a whole key.
template <typename Visit>
void for_each_shingle(std::u16string_view key, const Kernels& kernels, Visit&& visit) {
  if (key.size() < kShingleLength || has_surrogates(key)) {
    for_each_shingle(key, visit);
  } else {
    for_each_batch(key, kernels, [&](std::span<const std::uint64_t> hashes) {
      for (const std::uint64_t hash : hashes) {
        visit(hash);
      }
    });
  }
}

}  // namespace dedup::numbers
