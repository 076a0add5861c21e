// SPDX-License-Identifier: Apache-2.0
// Counting lines as the library does: by \n, \r\n or \r.
#pragma once

#include <cstdint>
#include <string_view>

namespace dedup::tool {

/// How many lines end in a text that comes in pieces.
class LineCounter {
 public:
  void add(std::string_view text) noexcept {
    for (const char c : text) {
      count_ += c == '\r' || (c == '\n' && !after_return_) ? 1U : 0U;
      after_return_ = c == '\r';
    }
  }
  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }

 private:
  std::uint64_t count_ = 0;
  bool after_return_ = false;  // a \n that follows belongs to the end that was counted
};

/// How many lines end in `text`.
[[nodiscard]] inline std::uint64_t line_ends(std::string_view text) noexcept {
  LineCounter counter;
  counter.add(text);
  return counter.count();
}

}  // namespace dedup::tool
