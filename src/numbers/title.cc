// SPDX-License-Identifier: Apache-2.0
#include "numbers/title.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "numbers/resemblance.h"

namespace dedup::numbers {
namespace {

constexpr double kAlike = 0.5;

constexpr bool is_ascii_digit(char16_t unit) noexcept { return unit >= u'0' && unit <= u'9'; }

/// Letters of scripts that write words: what stands below ideographs and is no digit or sign.
constexpr bool is_word_letter(char16_t unit) noexcept {
  return (unit >= u'a' && unit <= u'z') || (unit >= 0xC0 && unit < 0x2000);
}

/// Words and identifiers, one behind the other: runs of letters and digits with a letter in them.
std::u16string identifiers(std::u16string_view key) {
  std::u16string all;
  for (std::size_t at = 0; at < key.size();) {
    const std::size_t start = at;
    while (at < key.size() && (is_word_letter(key[at]) || is_ascii_digit(key[at]))) ++at;
    const std::u16string_view run = key.substr(start, at - start);
    if (std::ranges::any_of(run, is_word_letter)) {
      all += run;
      all += u' ';
    }
    at += run.empty() ? 1 : 0;
  }
  return all;
}

/// Distinct and ascending; a number counts as one digit, whichever it is.
std::vector<std::uint32_t> pairs(std::u16string_view key) {
  std::u16string units;
  for (const char16_t unit : key) {
    const char16_t seen = is_ascii_digit(unit) ? u'0' : unit;
    if (seen != u'0' || units.empty() || units.back() != u'0') units += seen;
  }
  std::vector<std::uint32_t> result;
  for (std::size_t i = 0; i == 0 || i + 1 < units.size(); ++i) {
    result.push_back(std::uint32_t{units[i]} << 16 | (i + 1 < units.size() ? units[i + 1] : 0U));
  }
  std::ranges::sort(result);
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

}  // namespace

bool titles_agree(std::u16string_view a, std::u16string_view b) {
  if (a.empty() || b.empty() || a == b) {
    return true;
  }
  if (identifiers(a) != identifiers(b)) {
    return false;
  }
  const auto here = pairs(a);
  const auto there = pairs(b);
  std::vector<std::uint32_t> both;
  std::ranges::set_intersection(here, there, std::back_inserter(both));
  const Resemblance found{.common = both.size(), .all = here.size() + there.size() - both.size()};
  return found.reaches(Threshold(kAlike));
}

}  // namespace dedup::numbers
