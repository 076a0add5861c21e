// SPDX-License-Identifier: Apache-2.0
#include "numbers/fingerprint.h"

#include <array>
#include <cstddef>
#include <span>

namespace dedup::numbers {

Fingerprint Fingerprinter::of(std::u16string_view key) const noexcept {
  return hasher_(std::as_bytes(std::span(key.data(), key.size())));
}

Fingerprint Fingerprinter::of_run(const Fingerprint& first, const Fingerprint& second,
                                  const Fingerprint& third) const noexcept {
  const std::array<Fingerprint, 3> run = {first, second, third};
  return hasher_(std::as_bytes(std::span(run)));
}

/// Behind the keys stands their number, so that a group of three is no run of three.
Fingerprint Fingerprinter::of_group(std::span<const Fingerprint> keys) const noexcept {
  const Fingerprint lines = hasher_(std::as_bytes(keys));
  const std::array<std::uint64_t, 3> counted = {lines.low, lines.high, keys.size()};
  return hasher_(std::as_bytes(std::span(counted)));
}

}  // namespace dedup::numbers
