// SPDX-License-Identifier: Apache-2.0
// A late table: entries by a key that is a hash already. Of most documents nothing is looked for,
// so what is added waits in a row, and is put into slots when something is.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace dedup::cleaner {

/// `Entry` has a `key` of 64 bits, and is small. Of entries with one key the first stands; the keys
/// 0 and 1 are one. Memory: that of one to three entries for each, and two more while it grows.
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

  /// Slots for so many, and for as many again or, where that is much, for half as many.
  static constexpr std::size_t room_for(std::size_t count) noexcept {
    constexpr std::size_t kMany = std::size_t{1} << 16;
    return std::max<std::size_t>(count < kMany ? 3 * count : 2 * count, 64);
  }

  /// Puts what is new into slots, of which no more than three quarters are taken.
  void settle() {
    if (new_.empty()) {
      return;
    }
    if (slots_.size() - slots_.size() / 4 < count_) {
      std::vector<Entry> before(room_for(count_));
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
    forget_new();
  }

  /// Mostly few are added before something is looked for again.
  void forget_new() noexcept {
    constexpr std::size_t kKept = 4096;
    if (new_.capacity() > kKept) {
      new_ = {};
    }
    new_.clear();
  }

  /// Where the key is, or may be put: the first such slot from its own on, which is its place in
  /// proportion, so that any number of slots will do.
  [[nodiscard]] std::size_t slot_of(std::uint64_t key) const noexcept {
    __extension__ using Wide = unsigned __int128;
    constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15U;  // also where only low bits differ
    const std::uint64_t spread = key * kSpread;
    auto at = static_cast<std::size_t>(Wide{spread} * slots_.size() >> 64);
    while (slots_[at].key != kFree && slots_[at].key != key) {
      at = at + 1 < slots_.size() ? at + 1 : 0;
    }
    return at;
  }

  std::vector<Entry> new_;  // since something was looked for
  std::vector<Entry> slots_;
  std::size_t count_ = 0;
};

}  // namespace dedup::cleaner
