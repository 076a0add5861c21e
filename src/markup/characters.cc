// SPDX-License-Identifier: Apache-2.0
#include "markup/characters.h"

#include <algorithm>
#include <optional>

#include "text/ascii.h"
#include "text/repair/entity_names.h"
#include "walls/utf8.h"

namespace dedup::markup {
namespace {

constexpr bool is_alphanumeric(char c) noexcept { return text::is_letter(c) || text::is_digit(c); }

/// What may stand without its semicolon.
constexpr bool is_old(char32_t c) noexcept {
  return (c >= 0xA0 && c <= 0xFF) || c == U'&' || c == U'<' || c == U'>' || c == U'"';
}

/// A character of text, or U+FFFD for what is none. Tabs and line feeds are white space here.
constexpr char32_t welcome(char32_t c) noexcept {
  const bool blank = c == U'\t' || c == U'\n' || c == U'\r' || c == U'\f';
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
  return (control && !blank) || surrogate || c > 0x10FFFF ? utf8::kReplacement : c;
}

/// Digits of any number; the value stops counting by itself.
Character numbered(std::string_view text) noexcept {
  std::size_t end = 2;
  if (end < text.size() && text::lower(text[end]) == 'x') {
    ++end;
  }
  const bool hexadecimal = end == 3;
  const auto is_of_number = [&](char c) {
    const char small = text::lower(c);
    return text::is_digit(c) || (hexadecimal && small >= 'a' && small <= 'f');
  };
  while (end < text.size() && is_of_number(text[end])) {
    ++end;
  }
  const auto c = text::meaning_of_reference(text.substr(1, end - 1));
  if (!c) {
    return {};
  }
  return {end + (end < text.size() && text[end] == ';' ? 1 : 0), welcome(*c)};
}

}  // namespace

/// Of names without a semicolon the longest: &notin is the sign ¬ and "in".
Character character_at(std::string_view text, bool attribute) noexcept {
  if (text.size() > 1 && text[1] == '#') {
    return numbered(text);
  }
  const std::size_t most = std::min(text.size(), text::kLongestEntityName + 2);
  std::size_t end = 1;
  while (end < most && is_alphanumeric(text[end])) {
    ++end;
  }
  if (end < text.size() && text[end] == ';') {
    if (const auto c = text::entity(text.substr(1, end - 1))) {
      return {end + 1, *c};
    }
  }
  for (; end > 1; --end) {
    const auto c = text::entity(text.substr(1, end - 1));
    if (!c || !is_old(*c)) {
      continue;
    }
    const char next = end < text.size() ? text[end] : ' ';
    const bool means_itself = attribute && (next == '=' || is_alphanumeric(next));
    return means_itself ? Character{} : Character{end, *c};
  }
  return {};
}

std::string decoded(std::string_view value, std::size_t most) {
  value = value.substr(0, most);
  value = value.substr(0, utf8::whole_size(value));
  std::string text;
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t end = std::min(value.find('&', at), value.size());
    text += value.substr(at, end - at);
    at = end;
    if (at == value.size()) {
      break;
    }
    const Character character = character_at(value.substr(at), true);
    if (character.size == 0) {
      text += value[at++];
    } else {
      utf8::append(text, character.c);
      at += character.size;
    }
  }
  return text;
}

}  // namespace dedup::markup
