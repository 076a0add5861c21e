// SPDX-License-Identifier: Apache-2.0
#include "numbers/numerals.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "numbers/shingles.h"

namespace dedup::numbers {
namespace {

/// As the fold writes them: 貳 is 贰 in a key, 萬 is 万, ① is 1, ㊀ is 一.
constexpr std::u16string_view kNumerals =
    u"0123456789〇零一二三四五六七八九十百千万亿兆两半廿卄卅卌弌弍弎"
    u"壹贰叁肆伍陆柒捌玖拾佰仟〡〢〣〤〥〦〧〨〩"
    u"½⅓⅔¼¾⅛⅜⅝⅞.,:-~/+<>≤≥≠≈±%‰‱°$¥€£√×☐☑☒";  // a key has signs only where they count

/// 參 is 参 in a key, the 参 of 参加: a three only before these.
constexpr std::u16string_view kMaybeThree = u"参";
constexpr std::u16string_view kAfterThree = u"拾佰仟百千万亿";

/// A bit for each unit.
class UnitSet {
 public:
  constexpr explicit UnitSet(std::u16string_view units, std::u16string_view more = {}) {
    for (const std::u16string_view all : {units, more}) {
      for (const char16_t unit : all) {
        words_[unit / 64U] |= std::uint64_t{1} << unit % 64U;
      }
    }
  }
  [[nodiscard]] constexpr bool contains(char16_t unit) const noexcept {
    return (words_[unit / 64U] >> unit % 64U & 1) != 0;
  }

 private:
  std::array<std::uint64_t, 1024> words_{};
};

constexpr UnitSet kMayBeNumeral{kNumerals, kMaybeThree};

bool is_numeral(std::u16string_view key, std::size_t at) noexcept {
  return kMayBeNumeral.contains(key[at]) &&
         (key[at] != kMaybeThree[0] ||
          (at + 1 < key.size() && kAfterThree.find(key[at + 1]) != std::u16string_view::npos));
}

/// After these a 一 by itself says which one: 第一, 初一, 周一, 星期一, 礼拜一.
constexpr UnitSet kSaysWhich{u"第初周期拜"};

/// A run of numerals, and how often a 一 by itself came between it and the run before.
struct Run {
  std::u16string_view numerals;  ///< empty after the last
  std::size_t ones = 0;
};

class Runs {
 public:
  explicit Runs(std::u16string_view key) : key_(key) {}

  Run next() noexcept {
    Run run;
    while (true) {
      while (at_ < key_.size() && !is_numeral(key_, at_)) ++at_;
      const std::size_t start = at_;
      while (at_ < key_.size() && is_numeral(key_, at_)) ++at_;
      run.numerals = key_.substr(start, at_ - start);
      if (run.numerals != u"一" || (start > 0 && kSaysWhich.contains(key_[start - 1]))) {
        return run;
      }
      ++run.ones;
    }
  }

 private:
  std::u16string_view key_;
  std::size_t at_ = 0;
};

std::vector<std::u16string_view> sorted_runs(std::u16string_view key) {
  std::vector<std::u16string_view> all;
  Runs runs(key);
  for (Run run = runs.next(); !run.numerals.empty(); run = runs.next()) {
    all.push_back(run.numerals);
  }
  std::ranges::sort(all);
  return all;
}

}  // namespace

bool may_be_numeral(char16_t unit) noexcept { return kMayBeNumeral.contains(unit); }

std::uint64_t numerals_mask(std::u16string_view key) noexcept {
  std::uint64_t mask = 0;
  Runs runs(key);
  for (Run run = runs.next(); !run.numerals.empty(); run = runs.next()) {
    std::uint64_t hash = 0x243F6A8885A308D3;
    for (const char16_t unit : run.numerals) {
      hash = multiply_and_fold(hash ^ unit, 0xB3ED9C5F86D2A0E7);
    }
    mask |= std::uint64_t{1} << hash % 64;
  }
  return mask;
}

bool numerals_cover(std::u16string_view earlier, std::u16string_view later) noexcept {
  Runs runs(earlier);
  Runs covered(later);
  while (true) {
    const Run run = runs.next();
    const Run same = covered.next();
    if (run.numerals != same.numerals || run.ones < same.ones) {
      return false;
    }
    if (run.numerals.empty()) {
      return true;
    }
  }
}

bool numerals_include(std::u16string_view earlier, std::u16string_view later) {
  return std::ranges::includes(sorted_runs(earlier), sorted_runs(later));
}

}  // namespace dedup::numbers
