// SPDX-License-Identifier: Apache-2.0
// The order is that of shape.cc: what looks like two is the one that protects more, so a fence is
// asked for before a rule (~~~).
#include "structure/first_mark.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "structure/code_shape.h"
#include "text/ascii.h"
#include "text/blanks.h"
#include "text/code.h"
#include "text/literal.h"
#include "walls/utf8.h"

namespace dedup::structure {
namespace {

constexpr std::size_t kLeastRule = 3;

/// What lines are drawn of.
constexpr bool draws(char32_t c) noexcept {
  switch (c) {
    case U'-':
    case U'*':
    case U'_':
    case U'=':
    case U'~':
    case U'#':
    case U'+':
    case U'.':
    case 0x2014:  // em dash
    case 0x2026:  // ellipsis
    case 0x203B:  // reference mark
    case 0x2500:  // box drawing
    case 0x2501:
    case 0x2605:  // star
    case 0x3030:  // wavy dash
    case 0xFF0D:  // full-width - and =
    case 0xFF1D:
      return true;
    default:
      return false;
  }
}

/// --- *** ____ ======, also with blanks between. `mark`: the first character.
bool is_rule(std::string_view text, char32_t mark) noexcept {
  if (!draws(mark)) {
    return false;
  }
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::next(text, at);
    if (c != mark && !text::is_white(c)) {
      return false;
    }
    count += c == mark ? 1 : 0;
  }
  return count >= kLeastRule;
}

/// What a row of a table, or a frame drawn of characters, begins with: | │ ┌ +--
bool opens_row(std::string_view text, char32_t first) noexcept {
  return first == '|' || (first >= 0x2500 && first <= 0x257F) || text::begins_with(text, "+--") ||
         text::begins_with(text, "+==");
}

/// A bare address and nothing else, so that a sentence that ends in one is prose.
bool is_address(std::string_view text) noexcept {
  return (text::begins_with(text, "http://") || text::begins_with(text, "https://")) &&
         text.find_first_of(" \t") == std::string_view::npos &&
         std::ranges::all_of(text, text::is_ascii);
}

/// Images and links of Markdown and blanks, and nothing else: ![图](a.png), [甲](b), [1]: c
bool is_media(std::string_view text) noexcept {
  if (is_address(text)) {
    return true;
  }
  if (text.starts_with('[') && text.find("]: ") < 40) {
    return true;
  }
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == ' ' || text[at] == '|') {
      ++at;
      continue;
    }
    at += text[at] == '!' ? 1 : 0;
    const std::size_t middle = text.find("](", at);
    if (at >= text.size() || text[at] != '[' || middle == std::string_view::npos) {
      return false;
    }
    const std::size_t close = text.find(')', middle);
    if (close == std::string_view::npos) {
      return false;
    }
    at = close + 1;
  }
  return !text.empty();
}

/// A fence of a zone: ::: moniker range="a", ::: moniker-end, :::row:::. The kinds that have an end
/// by name; a bare ::: begins the parts of many a page, and is ended by nothing.
std::int8_t zone_of(std::string_view text) noexcept {
  static constexpr std::array<std::string_view, 4> kNames{"moniker", "zone", "row", "column"};
  text.remove_prefix(std::min(text.find_first_not_of(": "), text.size()));
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (!text.starts_with(kNames[i])) {
      continue;
    }
    const std::string_view rest = text.substr(kNames[i].size());
    const auto kind = static_cast<std::int8_t>(i + 1);
    if (rest.starts_with("-end")) {
      return static_cast<std::int8_t>(-kind);
    }
    return rest.empty() || rest[0] == ' ' || rest[0] == ':' ? kind : std::int8_t{0};
  }
  return 0;
}

/// What stands behind colons: a fence of a zone, a picture, source from a file, or none of these.
std::optional<Kind> kind_of_colons(std::string_view text) noexcept {
  const bool bare = text.find_first_not_of(':') == std::string_view::npos;
  if (bare || zone_of(text) != 0 || text.starts_with(":::code ")) {
    return Kind::markup;
  }
  return text.starts_with(":::image") ? std::optional(Kind::media) : std::nullopt;
}

/// A # with 7 or more, or with a letter behind it, begins no heading: #include, #hashtag.
std::optional<Kind> kind_of_hash(std::string_view text, Shape& shape) noexcept {
  const std::size_t marks = text.find_first_not_of('#');
  const bool heading = marks <= 6 && marks < text.size() && !text.starts_with("#!") &&
                       (text[marks] == ' ' || !text::is_ascii(text[marks]));
  if (!heading) {
    return std::nullopt;
  }
  shape.level = static_cast<std::uint8_t>(marks);
  return Kind::heading;
}

}  // namespace

std::optional<Kind> kind_by_first_mark(std::string_view text, char32_t first,
                                       Shape& shape) noexcept {
  if (first == '`' || first == '~') {
    if (const auto fence = text::fence(text)) {
      shape.fence = fence->mark;
      shape.fence_closes = fence->closes;
      return Kind::code;
    }
  }
  if (is_rule(text, first)) {
    return Kind::rule;
  }
  if (first == '#') {
    return kind_of_hash(text, shape);
  }
  if (text::begins_with(text, ":::")) {
    shape.zone = zone_of(text);
    return kind_of_colons(text);
  }
  if (opens_row(text, first)) {
    return Kind::row;
  }
  if ((first == '!' || first == '[' || first == 'h') && is_media(text)) {
    return Kind::media;
  }
  if (first == '<' && is_markup(text)) {
    shape.table = static_cast<std::int8_t>(open_tables(text));
    return Kind::markup;
  }
  return std::nullopt;
}

}  // namespace dedup::structure
