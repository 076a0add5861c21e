// SPDX-License-Identifier: Apache-2.0
// A set of ideographs that is asked for at each line or character, so not searched one by one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/characters.h"

namespace dedup::text {

/// Of the main block, a bit for each: 2.6 kB, made when the program is built.
class IdeographSet {
 public:
  /// Requires: all of `ideographs` are main ideographs.
  template <class Character>
  constexpr explicit IdeographSet(std::basic_string_view<Character> ideographs) {
    for (const char32_t c : ideographs) bits_[place_of(c) / 64] |= bit_of(c);
  }
  [[nodiscard]] constexpr bool has(char32_t c) const noexcept {
    return is_main_ideograph(c) && (bits_[place_of(c) / 64] & bit_of(c)) != 0;
  }

 private:
  static constexpr char32_t kFirst = 0x4E00;
  static constexpr char32_t kEnd = 0xA000;
  static constexpr std::size_t place_of(char32_t c) noexcept { return c - kFirst; }
  static constexpr std::uint64_t bit_of(char32_t c) noexcept {
    return std::uint64_t{1} << place_of(c) % 64;
  }
  std::array<std::uint64_t, (kEnd - kFirst) / 64> bits_{};
};

}  // namespace dedup::text
