// SPDX-License-Identifier: Apache-2.0
// Bars of buttons: lines made of nothing but the words of a page's controls, as
// `点赞 12 | 收藏 | 分享到 微信 微博` or `【打印本页】【关闭窗口】`.
//
// A line is a bar if its key can be cut into such words and numbers with none left over, at least
// two of the words differ, and at least one is a button. One word more, and it stays. Cost: a look
// at the first unit of a key, and some comparisons where a word may start with it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "boilerplate/rule_tables.h"
#include "text/ascii.h"

namespace dedup::boilerplate {

/// Immutable after construction and shareable between threads.
class BarMatcher {
 public:
  /// `rules` must outlive the matcher, unmoved.
  explicit BarMatcher(const RuleTables& rules) : rules_(rules) {
    by_start_.reserve(rules.bar_words.size());
    for (std::size_t i = 0; i < rules.bar_words.size(); ++i) {
      by_start_.push_back(i);
      ++ends_[start_of(word(i)[0])];
    }
    std::partial_sum(ends_.begin(), ends_.end(), ends_.begin());
    // The longest fits first: 分享到 before 分享.
    std::ranges::stable_sort(by_start_, {}, [&](std::size_t i) {
      return std::pair(start_of(word(i)[0]), -static_cast<std::ptrdiff_t>(word(i).size()));
    });
  }

  /// The index of the first button in the bar with this key; nothing if it is none.
  [[nodiscard]] std::optional<std::size_t> find(std::u16string_view key) const {
    if (key.empty() || words_from(key[0]).empty()) return std::nullopt;
    std::optional<std::size_t> first_word;
    std::optional<std::size_t> button;
    bool two_different = false;
    while (!key.empty()) {
      if (text::is_digit(key[0])) {
        key.remove_prefix(1);
        continue;
      }
      const auto words = words_from(key[0]);
      const auto found =
          std::ranges::find_if(words, [&](std::size_t i) { return key.starts_with(word(i)); });
      if (found == words.end()) return std::nullopt;
      key.remove_prefix(word(*found).size());
      two_different = two_different || (first_word && *first_word != *found);
      if (!first_word) first_word = *found;
      if (!button && rules_.bar_words[*found].button) button = *found;
    }
    return two_different ? button : std::nullopt;
  }

 private:
  static constexpr std::size_t kStarts = 1024;
  static std::size_t start_of(char16_t unit) { return unit % kStarts; }
  [[nodiscard]] std::u16string_view word(std::size_t i) const {
    return rules_.word(rules_.bar_words[i].word);
  }
  /// Those that may start with this unit, the longest first.
  [[nodiscard]] std::span<const std::size_t> words_from(char16_t unit) const {
    const std::size_t start = start_of(unit);
    const std::size_t first = start == 0 ? 0 : ends_[start - 1];
    return std::span(by_start_).subspan(first, ends_[start] - first);
  }

  const RuleTables& rules_;
  std::vector<std::size_t> by_start_;          // indices of the words
  std::array<std::uint32_t, kStarts> ends_{};  // in by_start_, of those that start alike
};

}  // namespace dedup::boilerplate
