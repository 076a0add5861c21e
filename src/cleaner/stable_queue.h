// SPDX-License-Identifier: Apache-2.0
// A queue whose items stay where they are while others join and leave at its ends. Like a deque,
// but chunks hold many items and are used again: a queue that stays short allocates once.
#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <memory>
#include <utility>

namespace dedup::cleaner {

template <typename Item>
class StableQueue {
 public:
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] Item& front() noexcept { return (*this)[0]; }
  [[nodiscard]] Item& operator[](std::size_t i) noexcept {
    return (*chunks_[(first_ + i) / kChunk])[(first_ + i) % kChunk];
  }

  /// A new item at the end, as if just made.
  Item& push() {
    if (first_ + size_ == chunks_.size() * kChunk) {
      chunks_.push_back(spare_ ? std::move(spare_) : std::make_unique<Chunk>());
    }
    return (*this)[size_++];
  }

  /// Drops the first. Requires: not empty.
  void pop() {
    front() = Item();
    --size_;
    if (++first_ == kChunk) {
      spare_ = std::move(chunks_.front());
      chunks_.pop_front();
      first_ = 0;
    }
  }

 private:
  static constexpr std::size_t kChunk = 64;
  using Chunk = std::array<Item, kChunk>;

  std::deque<std::unique_ptr<Chunk>> chunks_;
  std::unique_ptr<Chunk> spare_;
  std::size_t first_ = 0;  // in the first chunk
  std::size_t size_ = 0;
};

}  // namespace dedup::cleaner
