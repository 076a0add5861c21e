// SPDX-License-Identifier: Apache-2.0
// Characters of ASCII, in whatever unit a text is read by: bytes, units of a key, code points.
#pragma once

#include <string_view>

namespace dedup::text {

/// 0 to 9. Digits of other widths and scripts: is_digit_of_any_width().
template <class Character>
[[nodiscard]] constexpr bool is_digit(Character c) noexcept {
  return c >= Character{'0'} && c <= Character{'9'};
}

template <class Character>
[[nodiscard]] constexpr bool is_letter(Character c) noexcept {
  return (c >= Character{'a'} && c <= Character{'z'}) ||
         (c >= Character{'A'} && c <= Character{'Z'});
}

/// A byte that is a character by itself.
[[nodiscard]] constexpr bool is_ascii(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x80;
}

[[nodiscard]] constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace dedup::text
