// SPDX-License-Identifier: Apache-2.0
// Features in whole numbers: no verdict may depend on a machine's arithmetic, which differs in its
// last digits wherever a logarithm is taken.
#pragma once

#include <bit>
#include <cstdint>

namespace dedup::boilerplate {

/// Features are in parts of this.
inline constexpr std::int32_t kFeatureOne = 256;

/// log2(1 + n), on a straight line between powers of two: 0 of 0, 256 of 1, 512 of 3.
[[nodiscard]] constexpr std::int32_t log2_of(std::uint32_t n) noexcept {
  const std::uint64_t m = std::uint64_t{n} + 1;
  const int exponent = static_cast<int>(std::bit_width(m)) - 1;
  const std::uint64_t rest = m - (std::uint64_t{1} << exponent);
  return exponent * kFeatureOne + static_cast<std::int32_t>((rest * kFeatureOne) >> exponent);
}

/// A part of a whole; of nothing, nothing.
[[nodiscard]] constexpr std::int32_t share(std::uint64_t part, std::uint64_t whole) noexcept {
  return whole == 0 ? 0 : static_cast<std::int32_t>(part * kFeatureOne / whole);
}

[[nodiscard]] constexpr std::int32_t is(bool holds) noexcept { return holds ? kFeatureOne : 0; }

}  // namespace dedup::boilerplate
