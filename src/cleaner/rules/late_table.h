// SPDX-License-Identifier: Apache-2.0
// A late table: entries by a key that is a hash already. Of most documents nothing is looked for,
// so what is added waits in a row, and is put into slots when something is.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace dedup::cleaner {

/// `Entry` has a `key` of 64 bits, and is small. Of entries with one key the first stands; the keys
/// 0 and 1 are one. Cost: an entry for each until something is looked for, then at most four more.
/// One thread.
template <typename Entry>
class LateTable {
 public:
  void clear() noexcept {
    new_.clear();
    slots_.clear();
    count_ = 0;
  }

  void add(Entry entry) {
    entry.key = taken(entry.key);
    new_.push_back(entry);
    ++count_;
  }

  /// How many were added.
  [[nodiscard]] std::size_t size() const noexcept { return count_; }

  /// The first with the key, or null.
  [[nodiscard]] const Entry* find(std::uint64_t key) {
    settle();
    if (slots_.empty()) {
      return nullptr;
    }
    const Entry& entry = slots_[slot_of(taken(key))];
    return entry.key == kFree ? nullptr : &entry;
  }

 private:
  static constexpr std::uint64_t kFree = 0;

  static constexpr std::uint64_t taken(std::uint64_t key) noexcept {
    return key == kFree ? 1 : key;
  }

  /// Puts what is new into slots, of which no more than half are taken.
  void settle() {
    if (new_.empty()) {
      return;
    }
    const std::size_t wanted = std::bit_ceil(std::max<std::size_t>(2 * count_, 64));
    if (slots_.size() < wanted) {
      std::vector<Entry> before(wanted);
      std::swap(slots_, before);
      for (const Entry& entry : before) {
        if (entry.key != kFree) {
          slots_[slot_of(entry.key)] = entry;
        }
      }
    }
    for (const Entry& entry : new_) {
      Entry& slot = slots_[slot_of(entry.key)];
      if (slot.key == kFree) {
        slot = entry;
      }
    }
    new_.clear();
  }

  /// Where the key is, or may be put: the first such slot from its own on.
  [[nodiscard]] std::size_t slot_of(std::uint64_t key) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::size_t>(key) & mask;
    while (slots_[at].key != kFree && slots_[at].key != key) {
      at = (at + 1) & mask;
    }
    return at;
  }

  std::vector<Entry> new_;    // since something was looked for
  std::vector<Entry> slots_;  // a power of two of them, or none
  std::size_t count_ = 0;
};

}  // namespace dedup::cleaner
