// SPDX-License-Identifier: Apache-2.0
#include "numbers/signature.h"

#include "numbers/batches.h"
#include "numbers/shingles.h"

namespace dedup::numbers {

/// A set whose every hash is kEmptyBin would have no donor: it stays as it is after so many
/// attempts.
Donors Signature::donors(const Kernels& kernels) const noexcept {
  constexpr std::size_t kMostAttempts = 10'000;
  Donors donors;
  if (kernels.find_donors(components_.data(), donors.data())) {
    return donors;
  }
  for (std::size_t bin = 0; bin < kComponents; ++bin) {
    std::size_t attempt = kTabledAttempts;
    while (components_[donors[bin]] == kEmptyBin && attempt < kMostAttempts) {
      donors[bin] = static_cast<std::uint8_t>(donor(bin, attempt++));
    }
  }
  return donors;
}

std::array<std::uint32_t, kComponents> Signature::components() const noexcept {
  const Donors from = donors(kernels());
  std::array<std::uint32_t, kComponents> full;
  for (std::size_t bin = 0; bin < kComponents; ++bin) {
    full[bin] = components_[from[bin]];
  }
  return full;
}

Bands Signature::bands(const Kernels& kernels) const noexcept {
  const Donors from = donors(kernels);
  Bands bands{};
  for (std::size_t band = 0; band < kBands; ++band) {
    std::uint64_t hash = 0x2D358DCCAA6C78A5;
    for (std::size_t row = 0; row < kBandSize; ++row) {
      const std::uint32_t component = components_[from[band * kBandSize + row]];
      hash = multiply_and_fold(hash ^ component, 0x9FB21C651E98DF25);
    }
    bands[band] = static_cast<std::uint32_t>(hash >> 32);
  }
  return bands;
}

Bands bands_of(std::u16string_view key, const Kernels& kernels) {
  Signature signature;
  for_each_shingle(key, kernels, [&](std::uint64_t shingle) { signature.add(shingle); });
  return signature.bands(kernels);
}

}  // namespace dedup::numbers
