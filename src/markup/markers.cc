// SPDX-License-Identifier: Apache-2.0
// How an item is counted is said, the later over the earlier, by the type of its list, by the
// style of that, and by its own; whether it has a marker at all is asked when its line is finished,
// since it may begin with a number of its own.
#include "markup/markers.h"

#include <algorithm>
#include <array>
#include <utility>

#include "markup/tokens.h"
#include "text/ascii.h"
#include "text/blanks.h"
#include "text/numbering.h"
#include "walls/utf8.h"

namespace dedup::markup {
namespace {

/// Greater numbers are none of items, and text must not outgrow its page; so Roman numbers, which
/// are long, end before browsers end them.
constexpr std::int64_t kMostItems = 9999;
constexpr std::int64_t kMostRoman = 399;

/// The part in front of any of `ends`, which is taken away with it.
std::string_view take_to(std::string_view& text, std::string_view ends) noexcept {
  const std::size_t end = std::min(text.find_first_of(ends), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

struct Named {
  std::string_view name;
  Counting counting;
};

constexpr std::array<Named, 11> kStyles{{
    {"none", Counting::none},
    {"disc", Counting::bullet},
    {"circle", Counting::bullet},
    {"square", Counting::bullet},
    {"decimal", Counting::decimal},
    {"lower-alpha", Counting::lower_alpha},
    {"lower-latin", Counting::lower_alpha},
    {"upper-alpha", Counting::upper_alpha},
    {"upper-latin", Counting::upper_alpha},
    {"lower-roman", Counting::lower_roman},
    {"upper-roman", Counting::upper_roman},
}};

std::optional<Counting> style_named(std::string_view name) noexcept {
  const auto found = std::find_if(kStyles.begin(), kStyles.end(),
                                  [name](const Named& one) { return is_spelt(name, one.name); });
  return found != kStyles.end() ? std::optional(found->counting) : std::nullopt;
}

/// A, B, … Z, AA, AB: there is no letter for naught.
std::string letters(std::int64_t item, char first) {
  std::string written;
  for (; item > 0; item = (item - 1) / 26) {
    written.insert(written.begin(), static_cast<char>(first + (item - 1) % 26));
  }
  return written;
}

std::string roman(std::int64_t item) {
  constexpr std::array<std::pair<std::int64_t, std::string_view>, 9> kParts{{{100, "c"},
                                                                             {90, "xc"},
                                                                             {50, "l"},
                                                                             {40, "xl"},
                                                                             {10, "x"},
                                                                             {9, "ix"},
                                                                             {5, "v"},
                                                                             {4, "iv"},
                                                                             {1, "i"}}};
  std::string written;
  for (const auto& [value, part] : kParts) {
    for (; item >= value; item -= value) written += part;
  }
  return written;
}

std::string number_in(Counting counting, std::int64_t item) {
  const bool is_roman = counting == Counting::lower_roman || counting == Counting::upper_roman;
  if (counting == Counting::decimal || item < 1 || (is_roman && item > kMostRoman)) {
    return std::to_string(item);
  }
  if (!is_roman) {
    return letters(item, counting == Counting::lower_alpha ? 'a' : 'A');
  }
  std::string written = roman(item);
  if (counting == Counting::upper_roman) {
    for (char& c : written) c = static_cast<char>(c - 'a' + 'A');
  }
  return written;
}

/// No-break spaces are kept at the start of a line.
std::string_view without_blanks(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    if (!text::is_white(utf8::next(text, at))) {
      return text.substr(start);
    }
  }
  return {};
}

bool begins_with_numeral(std::string_view text) noexcept {
  std::size_t at = 0;
  const char32_t first = text.empty() ? U'\0' : utf8::next(text, at);
  return first != U'第' && text::kBeginNumbers.has(first);
}

/// Whether the text begins with the letters of the marker, of any case: i. and I) are one number.
bool begins_with_letters(std::string_view text, std::string_view marker) noexcept {
  const std::string_view letters = marker.substr(0, marker.find('.'));
  const auto same = [](char a, char b) { return text::lower(a) == text::lower(b); };
  if (letters.empty() || !text::is_letter(letters.front()) || text.size() <= letters.size() ||
      !std::equal(letters.begin(), letters.end(), text.begin(), same)) {
    return false;
  }
  constexpr std::array<std::string_view, 5> kCloses{".", ")", "\uFF0E", "\u3001", "\uFF09"};
  const std::string_view rest = text.substr(letters.size());
  return std::any_of(kCloses.begin(), kCloses.end(), [rest](std::string_view close) {
    return rest.starts_with(close) &&
           !(rest.size() > close.size() && text::is_letter(rest[close.size()]));  // i.e.
  });
}

}  // namespace

std::optional<Counting> counting_of_type(std::string_view type) noexcept {
  if (type.size() != 1) {
    return style_named(type);
  }
  switch (type.front()) {
    case '1':
      return Counting::decimal;
    case 'a':
      return Counting::lower_alpha;
    case 'A':
      return Counting::upper_alpha;
    case 'i':
      return Counting::lower_roman;
    case 'I':
      return Counting::upper_roman;
    default:
      return std::nullopt;
  }
}

std::optional<Counting> counting_of_style(std::string_view style) noexcept {
  std::optional<Counting> counting;
  while (!style.empty()) {
    std::string_view value = take_to(style, ";");
    std::string_view name = take_to(value, ":");
    name.remove_prefix(std::min(name.find_first_not_of(kWhiteSpace), name.size()));
    name = take_to(name, kWhiteSpace);
    if (!is_spelt(name, "list-style") && !is_spelt(name, "list-style-type")) {
      continue;
    }
    while (!value.empty()) {
      const auto said = style_named(take_to(value, " \t\n\r\f!"));
      counting = said ? said : counting;
    }
  }
  return counting;
}

std::string marker_of(Counting counting, std::int64_t item) {
  if (counting == Counting::none) {
    return {};
  }
  const bool counted = counting != Counting::bullet && item >= -kMostItems && item <= kMostItems;
  return counted ? number_in(counting, item) + ". " : "- ";
}

/// Clauses and chapters are names, and years of four digits none of the list.
bool is_marked_already(std::string_view text, std::string_view marker) noexcept {
  constexpr std::uint16_t kMostOwn = 999;
  text = without_blanks(text);
  const text::Number number = text::number_of(text);
  switch (number.style) {
    case text::Numbering::digits:
    case text::Numbering::digits_bracket:
      return number.value <= kMostOwn;
    case text::Numbering::chinese:  // but 三、四月份 names two months
      return !begins_with_numeral(text.substr(number.end));
    case text::Numbering::chinese_bracket:
    case text::Numbering::circled:
    case text::Numbering::reference:
      return true;
    default:
      return begins_with_letters(text, marker);
  }
}

}  // namespace dedup::markup
