// SPDX-License-Identifier: Apache-2.0
// The decoded texts of the documents that came last, as far as there is room: to show beside what
// went the earlier copy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace dedup::tool {

class RecentTexts {
 public:
  /// A document begins. Numbers grow.
  void begin(std::uint64_t document);
  /// The next bytes of its decoded text.
  void add(std::string_view text);

  /// The text from line `block` of a document on, as many lines and `bytes` at most; empty where it
  /// is not held any more. Costs a pass over the document up to there.
  [[nodiscard]] std::string_view lines(std::uint64_t document, std::uint64_t block,
                                       std::uint64_t count, std::size_t bytes) const;

 private:
  struct Text {
    std::uint64_t document;
    std::string bytes;
  };
  std::deque<Text> texts_;
  std::size_t held_ = 0;  // bytes
};

}  // namespace dedup::tool
