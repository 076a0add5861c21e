// SPDX-License-Identifier: Apache-2.0
// Titles are laid upon each other along their longest common subsequence; where they part, each has
// some units that the other has not:
//
//   河 东 渡 口 管 理 处 2013      common    河东 · 管理处
//   河 东 林 场 管 理 处 2018      parted    渡口 | 林场, 2013 | 2018
//
// Words on one side only are more or fewer of them. On both sides one stands in the other's place:
// that is another thing, unless all are figures and what says which version it is.
#include "numbers/title.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "numbers/resemblance.h"

namespace dedup::numbers {
namespace {

constexpr double kAlike = 0.5;

/// Beside ASCII digits, what may stand for another of its kind: of versions, and between words.
constexpr std::u16string_view kSaysVersion = u".-年月日修正订改版稿";
constexpr std::u16string_view kJoins = u"的之地得和与及暨";

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

/// How long the longest common subsequence is of what is left of both from (i, j) on.
class Common {
 public:
  Common(std::u16string_view a, std::u16string_view b) {
    for (std::size_t i = a.size(); i-- > 0;) {
      for (std::size_t j = b.size(); j-- > 0;) {
        left_[i][j] = a[i] == b[j] ? static_cast<std::uint8_t>(left_[i + 1][j + 1] + 1)
                                   : std::max(left_[i + 1][j], left_[i][j + 1]);
      }
    }
  }
  [[nodiscard]] std::uint8_t operator()(std::size_t i, std::size_t j) const noexcept {
    return left_[i][j];
  }

 private:
  std::array<std::array<std::uint8_t, kLongestTitle + 1>, kLongestTitle + 1> left_{};
};

/// So many units in a row are the same words; one may be in both by chance: 新竹 and 竹北.
constexpr std::size_t kAgreed = 2;

/// Whether these units may stand where the other title has others.
bool names_nothing(std::u16string_view units) noexcept {
  return std::ranges::all_of(units, [](char16_t unit) {
    return is_ascii_digit(unit) || kSaysVersion.find(unit) != std::u16string_view::npos ||
           kJoins.find(unit) != std::u16string_view::npos;
  });
}

/// Of two longest sequences the one found depends on which title is walked first: hence the order.
bool one_names_another(std::u16string_view a, std::u16string_view b) {
  a = a.substr(0, kLongestTitle);
  b = b.substr(0, kLongestTitle);
  if (b < a) {
    std::swap(a, b);
  }
  const Common common(a, b);
  std::size_t i = 0;
  std::size_t j = 0;
  const auto agree = [&] { return i < a.size() && j < b.size() && a[i] == b[j]; };
  while (i < a.size() || j < b.size()) {
    const std::size_t here = i;
    const std::size_t there = j;
    std::size_t same = 0;  // since they last parted
    while ((i < a.size() || j < b.size()) && same < kAgreed) {
      if (agree()) {
        ++same, ++i, ++j;
        continue;
      }
      same = 0;
      (j == b.size() || (i < a.size() && common(i + 1, j) >= common(i, j + 1)) ? i : j) += 1;
    }
    if (!names_nothing(a.substr(here, i - here - same)) &&
        !names_nothing(b.substr(there, j - there - same))) {
      return true;
    }
    while (agree()) ++i, ++j;
  }
  return false;
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
  return found.reaches(Threshold(kAlike)) && !one_names_another(a, b);
}

}  // namespace dedup::numbers
