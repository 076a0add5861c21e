// SPDX-License-Identifier: Apache-2.0
// The ordered table: identities of 112 bits, in order, in one array that grows in place. With each
// a payload of a fixed number of bytes.
//
// Open addressing with linear probing, in which entries stand in ascending order throughout (Amble
// and Knuth, "Ordered hash tables", 1974). The home of an entry is its place in proportion, so any
// number of slots will do. A search ends at the first greater entry; to insert moves the rest of a
// cluster on by one. Being in order, all entries can be written to a sorted file without a sort.
//
// A slot is 14 bytes and the payload. The table grows when it is full to 7/8: small it is doubled,
// and beyond 230,000 identities grown by a quarter. So it takes 16 to 20 bytes an identity, 18 on
// an average. It grows by realloc(3), which for large arrays moves pages instead of copying; then
// each cluster moves to its new homes, the last one first. So no second array is ever needed.
// Entries of one home make a long cluster, which costs time; but identities are parts of keyed
// hashes, so nobody can choose them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>

#include "numbers/fingerprint.h"

namespace dedup::memory {

/// The upper 112 of the 128 bits of a fingerprint; all-zero stands for none, so the one identity of
/// that value is taken for its neighbour.
struct Identity {
  explicit Identity(const numbers::Fingerprint& fingerprint) noexcept
      : high(fingerprint.high), low(fingerprint.low >> 16) {
    low += (high | low) == 0 ? 1 : 0;
  }
  explicit Identity(const std::byte* entry) noexcept {
    std::uint32_t middle = 0;
    std::uint16_t last = 0;
    std::memcpy(&high, entry, 8);
    std::memcpy(&middle, entry + 8, 4);
    std::memcpy(&last, entry + 12, 2);
    low = std::uint64_t{middle} << 16 | last;
  }
  void store(std::byte* entry) const noexcept {
    const auto middle = static_cast<std::uint32_t>(low >> 16);
    const auto last = static_cast<std::uint16_t>(low);
    std::memcpy(entry, &high, 8);
    std::memcpy(entry + 8, &middle, 4);
    std::memcpy(entry + 12, &last, 2);
  }
  [[nodiscard]] bool none() const noexcept { return (high | low) == 0; }
  friend bool operator==(const Identity&, const Identity&) = default;
  friend bool operator<(const Identity& a, const Identity& b) noexcept {
    return a.high != b.high ? a.high < b.high : a.low < b.low;
  }

  static constexpr std::size_t kBytes = 14;
  std::uint64_t high = 0;
  std::uint64_t low = 0;  // 48 bits
};

/// One thread at a time.
class OrderedTable {
 public:
  explicit OrderedTable(std::size_t payload) noexcept : entry_(Identity::kBytes + payload) {}

  /// Where an identity stands, or would stand.
  struct Place {
    std::size_t slot = 0;
    bool found = false;
  };
  [[nodiscard]] Place find(const Identity& identity) const noexcept {
    if (capacity_ == 0) {
      return {};
    }
    for (std::size_t i = home(identity.high); i < slots_; ++i) {
      const std::uint64_t high = high_of(i);
      if (high != 0 && high < identity.high) {  // mostly enough to know
        continue;
      }
      const Identity there(slot(i));
      if (there.none()) {
        return {i, false};
      }
      if (!(there < identity)) {
        return {i, there == identity};
      }
    }
    return {slots_, false};
  }

  /// What belongs to an identity that was found.
  [[nodiscard]] const std::byte* payload(const Place& place) const noexcept {
    return slot(place.slot) + Identity::kBytes;
  }

  /// Puts an identity where find() said that it would stand; its payload is to be filled in.
  /// Requires: !full(), and nothing changed since.
  std::byte* insert(const Identity& identity, const Place& place);

  /// Whether it must grow() before the next insert().
  [[nodiscard]] bool full() const noexcept { return 8 * (size_ + 1) > 7 * capacity_; }
  /// Bytes that grow() will take besides those it has.
  [[nodiscard]] std::size_t growth() const noexcept;
  /// Throws std::bad_alloc, and is as before.
  void grow();

  void prefetch(const Identity& identity) const noexcept {
    if (capacity_ != 0) {
      const std::byte* const at = slot(home(identity.high));
      __builtin_prefetch(at);
      __builtin_prefetch(at + 64);
      __builtin_prefetch(at + 128);
      __builtin_prefetch(at + 192);
    }
  }

  /// Visits all entries, identity and payload, in order.
  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (std::size_t i = 0; i < slots_; ++i) {
      if (!is_free(i)) {
        visit(std::span<const std::byte>(slot(i), entry_));
      }
    }
  }

  /// The same one by one: the first entry in a slot from `from` on, and the slot behind it; empty
  /// where there is none.
  [[nodiscard]] std::span<const std::byte> next(std::size_t& from) const noexcept {
    while (from < slots_) {
      const std::size_t i = from++;
      if (!is_free(i)) return {slot(i), entry_};
    }
    return {};
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t entry_bytes() const noexcept { return entry_; }
  [[nodiscard]] std::size_t memory() const noexcept { return slots_ * entry_; }

  /// Forgets all. Costs as much as was inserted, and gives back memory that much more took before.
  void clear() noexcept;
  /// Forgets all and gives back all memory.
  void release() noexcept;

 private:
  struct Free {
    void operator()(std::byte* bytes) const noexcept { std::free(bytes); }
  };

  [[nodiscard]] std::byte* slot(std::size_t i) noexcept { return bytes_.get() + i * entry_; }
  [[nodiscard]] const std::byte* slot(std::size_t i) const noexcept {
    return bytes_.get() + i * entry_;
  }
  /// The upper half of what stands in a slot, by which it has its home.
  static std::uint64_t high_of(const std::byte* entry) noexcept {
    std::uint64_t high = 0;
    std::memcpy(&high, entry, sizeof high);
    return high;
  }
  [[nodiscard]] std::uint64_t high_of(std::size_t i) const noexcept { return high_of(slot(i)); }
  /// The upper half mostly says it: of few identities is that all-zero.
  [[nodiscard]] bool is_free(std::size_t i) const noexcept {
    return high_of(i) == 0 && Identity(slot(i)).none();
  }
  static std::size_t home(std::uint64_t high, std::size_t capacity) noexcept {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::size_t>(Wide{high} * capacity >> 64);
  }
  [[nodiscard]] std::size_t home(std::uint64_t high) const noexcept {
    return home(high, capacity_);
  }
  /// A call for so few bytes would cost more than the copy.
  static void copy(std::byte* to, const std::byte* from, std::size_t entry) noexcept {
    if (entry == Identity::kBytes) {
      std::memcpy(to, from, Identity::kBytes);
    } else {
      std::memcpy(to, from, entry);
    }
  }
  static void erase(std::byte* entry) noexcept {
    std::memset(entry, 0, Identity::kBytes);  // the payload of no identity is never read
  }
  [[nodiscard]] std::size_t grown() const noexcept;
  void resize(std::size_t slots);
  void copy_into(std::size_t capacity);
  void add_slots();
  void spread(std::size_t end);
  std::size_t spread_cluster(std::size_t first, std::size_t end, std::size_t behind) noexcept;
  void make_room_for(std::size_t first, std::size_t end);

  std::size_t entry_;
  std::size_t capacity_ = 0;  // homes
  std::size_t slots_ = 0;     // and room for what the last of them push on
  std::size_t size_ = 0;
  std::unique_ptr<std::byte[], Free> bytes_;
};

}  // namespace dedup::memory
