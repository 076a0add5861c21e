// SPDX-License-Identifier: Apache-2.0
#include "numbers/kernels.h"

#include <array>

#include "numbers/shingles.h"

namespace dedup::numbers {
namespace {

void hash_singly(const char16_t* units, std::size_t count, std::uint64_t* hashes) noexcept {
  Shingler shingler;
  shingler.feed({units, count + kShingleLength - 1}, [&](std::uint64_t hash) { *hashes++ = hash; });
}

/// All empty bins make an attempt, then those that are left the next: which bins are empty cannot
/// be foreseen, so nothing here branches on it.
bool find_donors_singly(const std::uint32_t* components, std::uint8_t* donors) noexcept {
  std::array<std::uint8_t, kComponents> empty;
  std::size_t left = 0;
  for (std::size_t bin = 0; bin < kComponents; ++bin) {
    donors[bin] = empty[left] = static_cast<std::uint8_t>(bin);
    left += components[bin] == kEmptyBin ? 1 : 0;
  }
  for (std::size_t attempt = 0; left != 0 && attempt < kTabledAttempts; ++attempt) {
    const std::size_t asking = left;
    left = 0;
    for (std::size_t i = 0; i < asking; ++i) {
      const std::uint8_t bin = empty[i];
      const std::uint8_t from = kTabledDonors[attempt][bin];
      donors[bin] = from;
      empty[left] = bin;
      left += components[from] == kEmptyBin ? 1 : 0;
    }
  }
  return left == 0;
}

constexpr Kernels kSingly{hash_singly, find_donors_singly};

}  // namespace

const Kernels& kernels(Simd wanted) noexcept {
  const Kernels* const wide = wanted == Simd::none ? nullptr : wide_kernels();
  return wide == nullptr ? kSingly : *wide;
}

}  // namespace dedup::numbers
