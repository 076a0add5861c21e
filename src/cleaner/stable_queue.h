// SPDX-License-Identifier: Apache-2.0
// A queue whose items stay where they are while others join and leave at its ends. Like a deque,
// but chunks hold many items and are used again: a queue that stays short allocates once.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace dedup::cleaner {

template <typename Item>
class StableQueue {
 public:
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] Item& front() noexcept { return (*this)[0]; }
  [[nodiscard]] Item& operator[](std::size_t i) noexcept {
    return (*chunks_[gone_ + (first_ + i) / kChunk])[(first_ + i) % kChunk];
  }

  /// A new item at the end, as if just made.
  Item& push() {
    if (first_ + size_ == (chunks_.size() - gone_) * kChunk) {
      chunks_.push_back(spare_ ? std::move(spare_) : std::make_unique<Chunk>());
    }
    return (*this)[size_++];
  }

  /// Drops the first. Requires: not empty.
  void pop() {
    static_assert(std::is_nothrow_default_constructible_v<Item>);
    Item& item = front();
    std::destroy_at(&item);
    std::construct_at(&item);
    --size_;
    if (++first_ == kChunk) {
      spare_ = std::move(chunks_[gone_]);
      first_ = 0;
      let_go();
    }
  }

 private:
  static constexpr std::size_t kChunk = 64;

  /// Places of chunks that went are closed up once they are as many as the others: each chunk moves
  /// once on an average. A vector is looked up faster than a deque, which is what happens most.
  void let_go() {
    if (2 * ++gone_ >= chunks_.size()) {
      chunks_.erase(chunks_.begin(), chunks_.begin() + static_cast<std::ptrdiff_t>(gone_));
      gone_ = 0;
    }
  }

  using Chunk = std::array<Item, kChunk>;

  std::vector<std::unique_ptr<Chunk>> chunks_;
  std::unique_ptr<Chunk> spare_;
  std::size_t gone_ = 0;   // chunks at the front that went
  std::size_t first_ = 0;  // in the first chunk that is left
  std::size_t size_ = 0;
};

}  // namespace dedup::cleaner
