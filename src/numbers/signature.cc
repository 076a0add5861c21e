// SPDX-License-Identifier: Apache-2.0
#include "numbers/signature.h"

#include "numbers/shingles.h"

namespace dedup::numbers {
namespace {

/// The bin that an empty bin looks at next: the same for all sets, so that sets which resemble each
/// other mostly borrow from the same bins.
constexpr std::size_t donor(std::size_t bin, std::size_t attempt) noexcept {
  const std::uint64_t hash = multiply_and_fold((bin << 32 | attempt) ^ 0x632BE59BD9B4E019,  //
                                               0x8BB84B93962EACC9);
  return (hash >> 32) * kComponents >> 32;
}

/// The donors of the first attempts, which nearly all bins make do with.
constexpr std::size_t kTabled = 16;
using Donors = std::array<std::array<std::uint8_t, kComponents>, kTabled>;
constexpr Donors kDonors = [] {
  Donors donors{};
  for (std::size_t attempt = 0; attempt < kTabled; ++attempt) {
    for (std::size_t bin = 0; bin < kComponents; ++bin) {
      donors[attempt][bin] = static_cast<std::uint8_t>(donor(bin, attempt));
    }
  }
  return donors;
}();

}  // namespace

/// All empty bins make an attempt, then those that are left the next: which bins are empty cannot
/// be foreseen, so nothing here branches on it.
std::array<std::uint32_t, kComponents> Signature::components() const noexcept {
  std::array<std::uint32_t, kComponents> full = components_;
  std::array<std::uint8_t, kComponents> empty;
  std::size_t left = 0;
  for (std::size_t bin = 0; bin < kComponents; ++bin) {
    empty[left] = static_cast<std::uint8_t>(bin);
    left += components_[bin] == kEmpty ? 1 : 0;
  }
  // A set whose every hash is kEmpty would have no donor: it stays as it is after so many attempts.
  constexpr std::size_t kMostAttempts = 10'000;
  for (std::size_t attempt = 0; left != 0 && attempt < kMostAttempts; ++attempt) {
    const std::size_t asking = left;
    left = 0;
    for (std::size_t i = 0; i < asking; ++i) {
      const std::uint8_t bin = empty[i];
      const std::size_t from = attempt < kTabled ? kDonors[attempt][bin] : donor(bin, attempt);
      full[bin] = components_[from];
      empty[left] = bin;
      left += full[bin] == kEmpty ? 1 : 0;
    }
  }
  return full;
}

Bands Signature::bands() const noexcept {
  const auto full = components();
  Bands bands{};
  for (std::size_t band = 0; band < kBands; ++band) {
    std::uint64_t hash = 0x2D358DCCAA6C78A5;
    for (std::size_t row = 0; row < kBandSize; ++row) {
      hash = multiply_and_fold(hash ^ full[band * kBandSize + row], 0x9FB21C651E98DF25);
    }
    bands[band] = static_cast<std::uint32_t>(hash >> 32);
  }
  return bands;
}

Bands bands_of(std::u16string_view key) noexcept {
  Signature signature;
  for_each_shingle(key, [&](std::uint64_t shingle) { signature.add(shingle); });
  return signature.bands();
}

}  // namespace dedup::numbers
