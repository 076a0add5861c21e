// SPDX-License-Identifier: Apache-2.0
// Copies of documents among those that a model is learned from. An article that stands on ten pages
// is not furniture: its pages count once.
//
// A document is a copy if it has the same blocks in the same order as an earlier one, or if at
// least half of its text (blocks of weight ≥ 20, together ≥ 60) stands in one earlier document or
// its copies. A block of three documents that are no copies of one another is a notice, and says
// nothing any more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>

namespace dedup::boilerplate {

/// One thread at a time. Memory: about 50 bytes a block and document, for a bounded number of
/// blocks; when it is full, the older half of the documents is forgotten.
class DocumentCopies {
 public:
  explicit DocumentCopies(std::uint64_t max_blocks) : max_(max_blocks) {}

  struct Block {
    std::uint64_t print = 0;
    std::uint32_t weight = 0;
  };

  /// Whether a document is a copy of an earlier one. Remembers it. `document` is a fingerprint of
  /// all its blocks in order; `text` are the heavy ones, each key once.
  bool is_copy(std::uint64_t document, std::span<const Block> text);

  static constexpr std::uint32_t kHeavy = 20;

 private:
  struct Seen {
    std::uint64_t group = 0;  // the first document, which stands for its copies
    std::uint64_t last = 0;   // the last group that held it
    std::uint32_t groups = 1;
  };

  [[nodiscard]] std::optional<std::uint64_t> likest(std::span<const Block> text);
  void forget();

  std::uint64_t max_;
  std::uint64_t groups_ = 0;
  std::unordered_map<std::uint64_t, Seen> seen_;                // by block
  std::unordered_map<std::uint64_t, std::uint64_t> documents_;  // group by document
  std::unordered_map<std::uint64_t, std::uint64_t> shared_;     // scratch: weight by group
};

}  // namespace dedup::boilerplate
