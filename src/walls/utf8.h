// SPDX-License-Identifier: Apache-2.0
// UTF-8: reading and writing code points of text that is known to be valid.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dedup::utf8 {

inline constexpr char32_t kReplacement = 0xFFFD;
inline constexpr std::string_view kReplacementBytes = "\xEF\xBF\xBD";

/// What some writers put before a text. It says nothing, but belongs to the bytes.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// The code point at `at`, which moves behind it. Requires: valid UTF-8, at < text.size(), on a
/// boundary.
[[nodiscard]] inline char32_t next(std::string_view text, std::size_t& at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const char32_t lead = byte(at);
  if (lead < 0x80) {
    at += 1;
    return lead;
  }
  if (lead < 0xE0) {
    const char32_t c = (lead & 0x1FU) << 6 | (byte(at + 1) & 0x3FU);
    at += 2;
    return c;
  }
  if (lead < 0xF0) {
    const char32_t c = (lead & 0x0FU) << 12 | (byte(at + 1) & 0x3FU) << 6 | (byte(at + 2) & 0x3FU);
    at += 3;
    return c;
  }
  const char32_t c = (lead & 0x07U) << 18 | (byte(at + 1) & 0x3FU) << 12 |
                     (byte(at + 2) & 0x3FU) << 6 | (byte(at + 3) & 0x3FU);
  at += 4;
  return c;
}

/// The code point that ends at `at`, which moves to its first byte. Requires: at > 0.
[[nodiscard]] inline char32_t previous(std::string_view text, std::size_t& at) noexcept {
  do {
    --at;
  } while ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
  std::size_t forward = at;
  return next(text, forward);
}

/// Whether such a byte begins a character of U+4000 to U+9FFF, which are ideographs all but 64.
[[nodiscard]] constexpr bool leads_ideograph(char byte) noexcept {
  const auto lead = static_cast<unsigned char>(byte);
  return lead >= 0xE4 && lead <= 0xE9;
}

/// Whether such a byte begins one of U+5000 to U+9FFF, all of them ideographs of the main block:
/// most are told so without being decoded.
[[nodiscard]] constexpr bool leads_main_ideograph(char byte) noexcept {
  const auto lead = static_cast<unsigned char>(byte);
  return lead >= 0xE5 && lead <= 0xE9;
}

/// How much of `text` is whole characters: all but a last one whose end is still to come.
[[nodiscard]] inline std::size_t whole_size(std::string_view text) noexcept {
  for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    const unsigned byte = static_cast<unsigned char>(text[text.size() - back]);
    if ((byte & 0xC0U) == 0x80U) continue;
    const std::size_t size = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    return size > back ? text.size() - back : text.size();
  }
  return text.size();
}

/// Appends a code point. Requires: a Unicode scalar value.
inline void append(std::string& text, char32_t c) {
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0U | c >> 6);
    text += static_cast<char>(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0U | c >> 12);
    text += static_cast<char>(0x80U | (c >> 6 & 0x3FU));
    text += static_cast<char>(0x80U | (c & 0x3FU));
  } else {
    text += static_cast<char>(0xF0U | c >> 18);
    text += static_cast<char>(0x80U | (c >> 12 & 0x3FU));
    text += static_cast<char>(0x80U | (c >> 6 & 0x3FU));
    text += static_cast<char>(0x80U | (c & 0x3FU));
  }
}

}  // namespace dedup::utf8
