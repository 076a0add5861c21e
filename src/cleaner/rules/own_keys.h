// SPDX-License-Identifier: Apache-2.0
// Own keys: which blocks the document at hand brought itself, so that a copy within it is told from
// a copy of another document's. The index does not say so where it keeps no places.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "numbers/fingerprint.h"

namespace dedup::cleaner {

/// Call order: (clear (add | contains)*)*. One thread. Cost: 8 bytes for each key until something
/// is asked for, then at most 40; of a document with more than kMost of them the later ones are not
/// known.
class OwnKeys {
 public:
  static constexpr std::size_t kMost = std::size_t{1} << 18;

  void clear() {
    new_.clear();
    slots_.clear();
    count_ = 0;
  }

  void add(const numbers::Fingerprint& key) {
    if (count_ < kMost) {
      new_.push_back(value_of(key));
      ++count_;
    }
  }

  /// 64 bits are enough: two keys of one document share them with a chance of 2^-28 at most.
  [[nodiscard]] bool contains(const numbers::Fingerprint& key) {
    if (!new_.empty()) {
      settle();
    }
    return !slots_.empty() && *slot_of(value_of(key)) != kFree;
  }

 private:
  static constexpr std::uint64_t kFree = 0;

  static std::uint64_t value_of(const numbers::Fingerprint& key) noexcept {
    return key.low == kFree ? 1 : key.low;
  }

  /// Puts what is new into slots, of which no more than half are taken.
  void settle() {
    const std::size_t wanted = std::bit_ceil(std::max<std::size_t>(2 * count_, 64));
    if (slots_.size() < wanted) {
      for (const std::uint64_t value : slots_) {
        if (value != kFree) {
          new_.push_back(value);
        }
      }
      slots_.assign(wanted, kFree);
    }
    for (const std::uint64_t value : new_) {
      *slot_of(value) = value;
    }
    new_.clear();
  }

  /// Where the value is, or may be put: the first such slot from its own on. It is a hash already.
  [[nodiscard]] std::uint64_t* slot_of(std::uint64_t value) noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::size_t>(value) & mask;
    while (slots_[at] != kFree && slots_[at] != value) {
      at = (at + 1) & mask;
    }
    return &slots_[at];
  }

  std::vector<std::uint64_t> new_;    // since something was asked for
  std::vector<std::uint64_t> slots_;  // a power of two of them, or none
  std::size_t count_ = 0;
};

}  // namespace dedup::cleaner
