// SPDX-License-Identifier: Apache-2.0
// Numbers in the file: the lowest byte first, on any machine.
#pragma once

#include <cstddef>
#include <cstdint>

namespace dedup::stored {

/// Writes the lowest `N` bytes of a number.
template <std::size_t N>
inline void put(std::byte* to, std::uint64_t value) noexcept {
  static_assert(N <= 8);
  for (std::size_t i = 0; i < N; ++i) {
    to[i] = static_cast<std::byte>(value >> (8 * i));
  }
}

template <std::size_t N>
[[nodiscard]] inline std::uint64_t get(const std::byte* from) noexcept {
  static_assert(N <= 8);
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < N; ++i) {
    value |= static_cast<std::uint64_t>(from[i]) << (8 * i);
  }
  return value;
}

}  // namespace dedup::stored
