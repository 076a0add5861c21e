#include "memory/seen_set.h"

#include <algorithm>
#include <utility>

namespace dedup::memory {
namespace {

constexpr numbers::Fingerprint kEmpty{};
constexpr std::size_t kSmallest = 64;

}  // namespace

std::optional<Position> SeenSet::find_or_insert(const numbers::Fingerprint& fingerprint,
                                                const Position& place) {
  if (fingerprint == kEmpty) [[unlikely]] {
    return zero_ ? zero_ : (zero_ = keep_places_ ? place : Position{}, std::nullopt);
  }
  if (4 * (size_ + 1) > 3 * slots_.size()) [[unlikely]] {
    grow();
  }
  const std::size_t at = probe(fingerprint);
  if (slots_[at] == fingerprint) {
    return keep_places_ ? places_[at] : Position{};
  }
  slots_[at] = fingerprint;
  if (keep_places_) {
    places_[at] = place;
  }
  ++size_;
  return std::nullopt;
}

/// The slot that holds the fingerprint, or the empty one where it belongs.
std::size_t SeenSet::probe(const numbers::Fingerprint& fingerprint) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = fingerprint.low & mask;
  while (!(slots_[at] == kEmpty) && !(slots_[at] == fingerprint)) {
    at = (at + 1) & mask;
  }
  return at;
}

void SeenSet::grow() {
  const std::size_t capacity = std::max(kSmallest, 2 * slots_.size());
  const auto old_slots = std::exchange(slots_, std::vector<numbers::Fingerprint>(capacity));
  const auto old_places =
      std::exchange(places_, std::vector<Position>(keep_places_ ? capacity : 0));
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

void SeenSet::clear() {
  zero_.reset();
  if (size_ == 0) {
    return;
  }
  if (slots_.size() > kSmallest && 16 * size_ < slots_.size()) {
    slots_.clear();
    slots_.shrink_to_fit();
    places_.clear();
    places_.shrink_to_fit();
  } else {
    std::fill(slots_.begin(), slots_.end(), kEmpty);
  }
  size_ = 0;
}

}  // namespace dedup::memory
