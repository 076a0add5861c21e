// The seen set: fingerprint to the place where it was seen first.
//
// Open addressing with linear probing; 16 bytes a slot, and 16 more where places are kept. Filled to
// three quarters at most, doubling from 64 slots: 21 to 43 bytes an entry without places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "dedup/edit.h"
#include "numbers/fingerprint.h"

namespace dedup::memory {

/// One thread at a time.
class SeenSet {
 public:
  /// Without places, `find_or_insert` answers with Position{}.
  explicit SeenSet(bool keep_places) : keep_places_(keep_places) {}

  /// The place first given for the fingerprint; nothing if it is new, which `place` then is for.
  std::optional<Position> find_or_insert(const numbers::Fingerprint& fingerprint,
                                         const Position& place);

  [[nodiscard]] std::size_t size() const noexcept { return size_ + (zero_ ? 1 : 0); }

  /// Forgets all entries; costs as much as were inserted, and gives back memory that a much larger
  /// document left behind.
  void clear();

 private:
  [[nodiscard]] std::size_t probe(const numbers::Fingerprint& fingerprint) const noexcept;
  void grow();

  bool keep_places_;
  std::vector<numbers::Fingerprint> slots_;  // all-zero: empty
  std::vector<Position> places_;
  std::size_t size_ = 0;
  std::optional<Position> zero_;  // the fingerprint that looks like an empty slot
};

}  // namespace dedup::memory
