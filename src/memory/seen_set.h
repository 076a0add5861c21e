// The seen set: fingerprint to the place where it was seen first.
//
// Open addressing with linear probing; 16 bytes a slot, and a place each where places are kept.
// Filled to three quarters at most, doubling from 64 slots: 21 to 43 bytes an entry without places.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "numbers/fingerprint.h"

namespace dedup::memory {

/// One thread at a time. `Place` is a plain value.
template <typename Place>
class SeenSet {
 public:
  /// Without places, `find_or_insert` answers with Place{}.
  explicit SeenSet(bool keep_places) : keep_places_(keep_places) {}

  /// The place first given for the fingerprint; nothing if it is new, which `place` then is for.
  std::optional<Place> find_or_insert(const numbers::Fingerprint& fingerprint, const Place& place) {
    if (fingerprint == kEmpty) [[unlikely]] {
      return find_or_insert_zero(place);
    }
    if (4 * (size_ + 1) > 3 * slots_.size()) [[unlikely]] {
      grow();
    }
    const std::size_t at = probe(fingerprint);
    if (slots_[at] == fingerprint) {
      return keep_places_ ? places_[at] : Place{};
    }
    slots_[at] = fingerprint;
    if (keep_places_) {
      places_[at] = place;
    }
    ++size_;
    return std::nullopt;
  }

  /// Starts to fetch what a later find_or_insert() will look at: a miss in a large set costs more
  /// than all the rest.
  void prefetch(const numbers::Fingerprint& fingerprint) const noexcept {
    if (!slots_.empty()) {
      __builtin_prefetch(slots_.data() + (fingerprint.low & (slots_.size() - 1)));
    }
  }

  [[nodiscard]] bool contains(const numbers::Fingerprint& fingerprint) const noexcept {
    if (fingerprint == kEmpty) {
      return zero_.has_value();
    }
    return !slots_.empty() && slots_[probe(fingerprint)] == fingerprint;
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_ + (zero_ ? 1 : 0); }

  /// Forgets all entries. Costs as much as were inserted, and gives back memory that a much larger
  /// document left behind.
  void clear() {
    zero_.reset();
    if (size_ == 0) {
      return;
    }
    if (slots_.size() > kSmallest && 16 * size_ < slots_.size()) {
      slots_ = std::vector<numbers::Fingerprint>();  // "= {}" would keep the memory
      places_ = std::vector<Place>();
    } else {
      std::fill(slots_.begin(), slots_.end(), kEmpty);
    }
    size_ = 0;
  }

 private:
  static constexpr numbers::Fingerprint kEmpty{};
  static constexpr std::size_t kSmallest = 64;

  /// The fingerprint that looks like an empty slot has a place of its own.
  std::optional<Place> find_or_insert_zero(const Place& place) {
    if (zero_) {
      return zero_;
    }
    zero_ = keep_places_ ? place : Place{};
    return std::nullopt;
  }

  /// The slot that holds the fingerprint, or the empty one where it belongs.
  [[nodiscard]] std::size_t probe(const numbers::Fingerprint& fingerprint) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = fingerprint.low & mask;
    while (!(slots_[at] == kEmpty) && !(slots_[at] == fingerprint)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  void grow() {
    const std::size_t capacity = std::max(kSmallest, 2 * slots_.size());
    const auto old_slots = std::exchange(slots_, std::vector<numbers::Fingerprint>(capacity));
    const auto old_places = std::exchange(places_, std::vector<Place>(keep_places_ ? capacity : 0));
    for (std::size_t i = 0; i < old_slots.size(); ++i) {
      if (old_slots[i] == kEmpty) {
        continue;
      }
      const std::size_t at = probe(old_slots[i]);
      slots_[at] = old_slots[i];
      if (keep_places_) {
        places_[at] = old_places[i];
      }
    }
  }

  bool keep_places_;
  std::vector<numbers::Fingerprint> slots_;
  std::vector<Place> places_;
  std::size_t size_ = 0;
  std::optional<Place> zero_;
};

}  // namespace dedup::memory
