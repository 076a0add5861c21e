// Bars of buttons: lines made of nothing but the words of a page's controls, as
// `点赞 12 | 收藏 | 分享到 微信 微博` or `【打印本页】【关闭窗口】`.
//
// A line is a bar if its key can be cut into such words and numbers with none left over, at least
// two of the words differ, and at least one is a button. One word more, and it stays. Cost: a look
// at the first unit of a key; some hundred comparisons where a word may start there.
#pragma once

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "memory/rule_grammar.h"

namespace dedup::memory {

/// Immutable after construction and shareable between threads.
class BarMatcher {
 public:
  /// `words` must outlive the matcher, unmoved.
  explicit BarMatcher(std::span<const BarWord> words) : words_(words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      by_length_.push_back(i);
      starts_.set(bit(words[i].word[0]));
    }
    // The longest fits first: 分享到 before 分享.
    std::ranges::stable_sort(by_length_, std::ranges::greater(),
                             [&](std::size_t i) { return words[i].word.size(); });
  }

  /// The index of the first button in the bar with this key; nothing if it is none.
  [[nodiscard]] std::optional<std::size_t> find(std::u16string_view key) const {
    if (key.empty() || !starts_.test(bit(key[0]))) return std::nullopt;
    std::optional<std::size_t> first_word;
    std::optional<std::size_t> button;
    bool two_different = false;
    while (!key.empty()) {
      if (is_digit(key[0])) {
        key.remove_prefix(1);
        continue;
      }
      const auto word = std::ranges::find_if(
          by_length_, [&](std::size_t i) { return key.starts_with(words_[i].word); });
      if (word == by_length_.end()) return std::nullopt;
      key.remove_prefix(words_[*word].word.size());
      two_different = two_different || (first_word && *first_word != *word);
      if (!first_word) first_word = *word;
      if (!button && words_[*word].button) button = *word;
    }
    return two_different ? button : std::nullopt;
  }

 private:
  static constexpr std::size_t kBits = 1024;
  static std::size_t bit(char16_t unit) { return unit % kBits; }
  static bool is_digit(char16_t unit) { return unit >= u'0' && unit <= u'9'; }

  std::span<const BarWord> words_;
  std::vector<std::size_t> by_length_;  // indices of words_, the longest first
  std::bitset<kBits> starts_;           // of the words' first units
};

}  // namespace dedup::memory
