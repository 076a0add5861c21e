// SPDX-License-Identifier: Apache-2.0
// Numbering: how a line is counted among its neighbours, by a number or a bullet at its start.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/ascii.h"
#include "text/ideograph_set.h"
#include "walls/utf8.h"

namespace dedup::text {

/// Items of one list have one style.
enum class Numbering : std::uint8_t {
  none,
  bullet,           ///< - 甲   * 甲   • 甲   ●甲
  digits,           ///< 1. 甲   1、甲   but neither 2024 nor 3.5
  digits_bracket,   ///< (1) 甲   1) 甲   （1）甲
  chinese,          ///< 一、甲
  chinese_bracket,  ///< （一）甲   三）甲
  circled,          ///< ① 甲
  letter,           ///< A. 甲   b) 甲
  reference,        ///< [1] 甲
  clause,           ///< 第三条 甲   第 3 條
  date,             ///< 2019年5月31日 甲: entries of a history
  chapter,          ///< 第一章 甲   第2节   第三回
};

struct Number {
  Numbering style = Numbering::none;
  std::size_t end = 0;      ///< where the text behind it begins
  std::uint16_t value = 0;  ///< 12 of 十二、; 0 for bullets
};

/// The ideographs that numbers begin with: numerals, and 第 of ordinals.
inline constexpr IdeographSet kBeginNumbers{
    std::u32string_view(U"零一二三四五六七八九十百千两壹贰叁肆伍第")};

/// The number at the start of `text`, a line (valid UTF-8) without its indent. Reads at most some
/// 40 bytes of it.
[[nodiscard]] Number number_of(std::string_view text) noexcept;

/// Whether number_of() may find one: no is sure, and what the first characters say at once of words
/// and of most ideographs. Requires: not empty.
[[nodiscard]] inline bool may_begin_number(std::string_view text) noexcept {
  const char first = text.front();
  if (is_letter(first)) {
    return text.size() > 1 && !is_letter(text[1]);
  }
  std::size_t at = 0;
  return !utf8::leads_ideograph(first) || kBeginNumbers.has(utf8::next(text, at));
}

/// Whether `text` begins with the month of a year, in ideographs or digits, also of the Republic's
/// years: 2019年5月, 中華民國九十九年二月.
[[nodiscard]] bool begins_with_date(std::string_view text) noexcept;

}  // namespace dedup::text
