// SPDX-License-Identifier: Apache-2.0
// Phrases: a dictionary that is asked for the longest entry a text begins with at some place.
//
//   头发 → 頭髮    发 → 發         头发发白: 头发, 发, 白 is none
//
// A trie: nodes by number, the first step by a flat table, since most characters begin no phrase.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dedup::text {

/// Filled by one thread; then immutable, safe on any thread.
class Phrases {
 public:
  Phrases() : roots_(std::size_t{1} << 16) {}

  /// Where the key is there already, the first value stands. Both are valid UTF-8, not empty.
  void add(std::string_view key, std::string_view value);

  struct Match {
    std::size_t size = 0;    ///< of the key, in bytes; 0: no entry
    std::string_view value;  ///< lives as long as the phrases, and until the next add()
  };
  /// The longest entry that `text` (valid UTF-8) holds at `at`. Linear in its key.
  [[nodiscard]] Match longest(std::string_view text, std::size_t at) const noexcept;

 private:
  struct Node {
    std::uint32_t value_start = 0;  // in values_
    std::uint32_t value_size = 0;   // 0: no entry ends here
  };

  [[nodiscard]] static std::uint64_t edge(std::uint32_t node, char32_t c) noexcept {
    return std::uint64_t{node} << 32 | c;
  }
  [[nodiscard]] std::uint32_t child(std::uint32_t node, char32_t c) const noexcept;
  [[nodiscard]] std::uint32_t make_child(std::uint32_t node, char32_t c);

  std::vector<Node> nodes_{Node()};   // 0 is the root, and as a child: there is none
  std::vector<std::uint32_t> roots_;  // children of the root, by characters of the basic plane
  std::unordered_map<std::uint64_t, std::uint32_t> edges_;  // all others
  std::string values_;
};

}  // namespace dedup::text
