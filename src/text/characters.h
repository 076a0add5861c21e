// SPDX-License-Identifier: Apache-2.0
// Properties of code points, from tables that tools/build/make_tables.cc writes at build time out
// of ICU.
// Immutable and free of set-up; every function is a table look-up and safe on any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "text/ascii.h"

namespace dedup::text {

/// Unified and compatibility ideographs, 〇, and radicals (which stand for ideographs in bad
/// scrapes).
[[nodiscard]] bool is_han(char32_t c) noexcept;
/// The main block of unified ideographs: most characters of most texts, told without a table.
[[nodiscard]] constexpr bool is_main_ideograph(char32_t c) noexcept {
  return c >= 0x4E00 && c < 0xA000;
}
/// CJK and Kangxi radicals and strokes that have an equivalent unified ideograph.
[[nodiscard]] bool is_radical(char32_t c) noexcept;
/// What is an ideograph in a text that is not repaired yet.
[[nodiscard]] inline bool is_han_or_radical(char32_t c) noexcept {
  return is_main_ideograph(c) || (c >= 0x2E80 && (is_han(c) || is_radical(c)));
}
/// The equivalent unified ideograph of a radical, else `c`.
[[nodiscard]] char32_t unified(char32_t c) noexcept;
/// An ideograph whose Simplified form is another one.
[[nodiscard]] bool is_traditional_only(char32_t c) noexcept;
/// An ideograph whose Simplified form is in level 1 of GB 2312, the 3,755 most used.
[[nodiscard]] bool is_common(char32_t c) noexcept;
/// The reading in pinyin, with its tone mark, NFC: "chuàng". ü is written ü. Empty if there is
/// none.
[[nodiscard]] std::string_view reading(char32_t c) noexcept;
/// Whether this is one of the syllables of Standard Chinese, written without tone, ü as ü or v.
[[nodiscard]] bool is_syllable(std::string_view toneless) noexcept;

/// A Latin letter, plain or with a diacritic.
[[nodiscard]] constexpr bool is_latin(char32_t c) noexcept {
  return is_letter(c) || (c >= 0xC0 && c < 0x250);
}
/// 0 to 9 and ０ to ９.
[[nodiscard]] constexpr bool is_digit_of_any_width(char32_t c) noexcept {
  return is_digit(c) || (c >= U'０' && c <= U'９');
}

[[nodiscard]] bool is_mark(char32_t c) noexcept;        ///< General_Category M*
[[nodiscard]] bool is_pictograph(char32_t c) noexcept;  ///< Extended_Pictographic
[[nodiscard]] bool is_rtl(char32_t c) noexcept;         ///< Bidi_Class R or AL
/// Letters and marks of scripts in which joiners shape words (Joining_Type other than U, or Indic).
[[nodiscard]] bool is_joining(char32_t c) noexcept;
/// The mirrored form under Bidi_Mirroring_Glyph, else `c`.
[[nodiscard]] char32_t mirrored(char32_t c) noexcept;

}  // namespace dedup::text
