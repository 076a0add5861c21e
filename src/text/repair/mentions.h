// SPDX-License-Identifier: Apache-2.0
// Mentions: where a text speaks of what elsewhere is dirt. What stands near there is shown, not
// suffered: an article that explains mojibake keeps its lines of it.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace dedup::text {

/// Cost: some passes over the text.
class Mentions {
 public:
  /// Of any of `words`; they are near up to `reach` bytes away.
  Mentions(std::string_view text, std::span<const std::string_view> words, std::size_t reach);

  /// Whether there is one around [start, end), rather than in it, where it would be rubble. Asked
  /// for ascending places.
  [[nodiscard]] bool near(std::size_t start, std::size_t end);

 private:
  std::vector<std::size_t> places_;
  std::size_t reach_;
  std::size_t next_ = 0;  // the first place that is not before the last start
};

}  // namespace dedup::text
