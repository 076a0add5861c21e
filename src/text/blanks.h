// SPDX-License-Identifier: Apache-2.0
// Blanks and full-width marks: the few characters around which spaces are judged.
#pragma once

#include <string_view>

namespace dedup::text {

/// ASCII space, no-break space, ideographic space: what is removed between and around ideographs.
[[nodiscard]] constexpr bool is_blank(char32_t c) noexcept {
  return c == U' ' || c == 0xA0 || c == 0x3000;
}

/// The blanks that no code is indented with.
[[nodiscard]] constexpr bool is_wide_blank(char32_t c) noexcept { return c == 0xA0 || c == 0x3000; }

/// Any white space within a line: the blanks, tab, and the other space separators of Unicode.
[[nodiscard]] constexpr bool is_white(char32_t c) noexcept {
  if (c > 0x3000) {
    return false;  // nearly all characters
  }
  if (c < 0x80) {
    return c == U' ' || c == U'\t';
  }
  return is_wide_blank(c) || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
         c == 0x205F;
}

/// Whether white space may begin or end `text`, not empty: no is sure, and what bytes of letters,
/// ideographs and the marks beside them say at once. White space is ASCII, C2 A0, or begins with
/// E1, E2 or E3, of which E3 80 80 alone is.
[[nodiscard]] constexpr bool may_begin_blank(std::string_view text) noexcept {
  const auto lead = static_cast<unsigned char>(text.front());
  return lead <= ' ' || (lead >= 0xC2 && lead <= 0xE3);
}
[[nodiscard]] constexpr bool may_end_blank(std::string_view text) noexcept {
  const auto last = static_cast<unsigned char>(text.back());
  if (last < 0x80) {
    return last <= ' ';
  }
  if (text.size() < 3) {
    return true;
  }
  const auto lead = static_cast<unsigned char>(text[text.size() - 3]);
  return lead < 0xE3 || (lead == 0xE3 && last == 0x80);
}

[[nodiscard]] constexpr bool is_opening(char32_t c) noexcept {
  switch (c) {
    case U'“':
    case U'‘':
    case U'「':
    case U'『':
    case U'（':
    case U'《':
    case U'〈':
    case U'【':
      return true;
    default:
      return false;
  }
}

[[nodiscard]] constexpr bool is_closing(char32_t c) noexcept {
  switch (c) {
    case U'”':
    case U'’':
    case U'」':
    case U'』':
    case U'）':
    case U'》':
    case U'〉':
    case U'】':
      return true;
    default:
      return false;
  }
}

[[nodiscard]] constexpr bool is_stop(char32_t c) noexcept {
  switch (c) {
    case U'，':
    case U'。':
    case U'、':
    case U'；':
    case U'：':
    case U'？':
    case U'！':
      return true;
    default:
      return false;
  }
}

/// Marks that belong to the sentence before them. Straight quotation marks do where one is open.
[[nodiscard]] constexpr bool is_closer(char32_t c) noexcept {
  // What most often stands there, so that nobody searches a list for it.
  if (c >= 0x4E00 && c < 0xA000) {
    return false;
  }
  constexpr std::u32string_view kClosers = U"」』”’）】》〉〕］｝｣)]}";
  return kClosers.find(c) != std::u32string_view::npos;
}

/// Quotation marks that Latin text uses too, and in which “ and ” get mixed up.
[[nodiscard]] constexpr bool is_shared_quote(char32_t c) noexcept { return c >= U'‘' && c <= U'”'; }

/// Where a line ends a sentence inside itself: VT, FF, NEL, LS, PS. They are kept as they are.
[[nodiscard]] constexpr bool is_inner_line_end(char32_t c) noexcept {
  return c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029;
}

}  // namespace dedup::text
