// SPDX-License-Identifier: Apache-2.0
// Donors: the bins that an empty bin of a signature looks at, one attempt after the other, until
// one is full. The same for all sets, so that sets which resemble each other mostly borrow from the
// same bins.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "numbers/shingles.h"

namespace dedup::numbers {

inline constexpr std::size_t kBands = 20;
inline constexpr std::size_t kBandSize = 5;
inline constexpr std::size_t kComponents = kBands * kBandSize;

/// What an empty bin holds.
inline constexpr std::uint32_t kEmptyBin = 0xFFFFFFFF;

constexpr std::size_t donor(std::size_t bin, std::size_t attempt) noexcept {
  const std::uint64_t hash = multiply_and_fold((bin << 32 | attempt) ^ 0x632BE59BD9B4E019,  //
                                               0x8BB84B93962EACC9);
  return (hash >> 32) * kComponents >> 32;
}

/// For each bin the one that it gets its number from: itself, if it is full.
using Donors = std::array<std::uint8_t, kComponents>;

/// The donors of the first attempts, which nearly all bins make do with.
inline constexpr std::size_t kTabledAttempts = 16;
inline constexpr auto kTabledDonors = [] {
  std::array<Donors, kTabledAttempts> donors{};
  for (std::size_t attempt = 0; attempt < kTabledAttempts; ++attempt) {
    for (std::size_t bin = 0; bin < kComponents; ++bin) {
      donors[attempt][bin] = static_cast<std::uint8_t>(donor(bin, attempt));
    }
  }
  return donors;
}();

}  // namespace dedup::numbers
