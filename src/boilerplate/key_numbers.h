// SPDX-License-Identifier: Apache-2.0
// Numbers for the keys of a page, so that what is counted by key lies in a vector.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace dedup::boilerplate {

/// Numbers keys from 0 on, as they first come. The table is at most half full, and one piece of
/// memory: a page has thousands of lines, and each is looked up a few times.
class KeyNumbers {
 public:
  /// For `most` keys that differ.
  explicit KeyNumbers(std::size_t most)
      : slots_(std::bit_ceil(2 * most + 2)),
        shift_(static_cast<unsigned>(std::countl_zero(slots_.size() - 1)) - 32U) {}

  [[nodiscard]] std::uint32_t of(std::uint32_t key) {
    std::size_t at = key * 0x9E3779B1U >> shift_;
    while (slots_[at].number != 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
    if (slots_[at].number == 0) slots_[at] = {key, ++size_};
    return slots_[at].number - 1;
  }
  /// How many keys have numbers.
  [[nodiscard]] std::uint32_t size() const noexcept { return size_; }

 private:
  struct Slot {
    std::uint32_t key = 0;
    std::uint32_t number = 0;  // from 1 on; 0 is an empty slot
  };
  std::vector<Slot> slots_;
  unsigned shift_;  // what it takes of 32 mixed bits to get a slot
  std::uint32_t size_ = 0;
};

}  // namespace dedup::boilerplate
