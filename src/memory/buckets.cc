#include "memory/buckets.h"

#include <algorithm>
#include <utility>

namespace dedup::memory {

bool Buckets::add(const numbers::Bands& bands, std::uint32_t id) {
  if (id >= kLimit || nodes_.size() + 2 * numbers::kBands > kLimit) {
    return false;
  }
  if (4 * (added_ + 1) > 3 * capacity_) {
    grow();
  }
  prefetch(bands);
  bool any = false;
  for (std::size_t band = 0; band < numbers::kBands; ++band) {
    Slot& slot = slots_[find(band, bands[band])];
    if (slot.ids == kNone) {
      slot = {.hash = bands[band], .ids = id};
      any = true;
    } else {
      any |= append(slot, id);
    }
  }
  added_ += any ? 1 : 0;
  return any;
}

/// To a bucket that holds something, unless it is full.
bool Buckets::append(Slot& slot, std::uint32_t id) {
  if ((slot.ids & kList) == 0) {
    nodes_.push_back({.id = slot.ids});
    slot.ids = kList | static_cast<std::uint32_t>(nodes_.size() - 1);
  }
  if ((slot.ids & kFull) != 0) {
    return false;
  }
  std::uint32_t last = slot.ids & kIdMask;
  std::size_t size = 1;
  for (; nodes_[last].next != kNone; last = nodes_[last].next) {
    ++size;
  }
  nodes_[last].next = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back({.id = id});
  if (size + 1 == kMostIds) {
    slot.ids |= kFull;
  }
  return true;
}

void Buckets::grow() {
  const std::size_t old_capacity = capacity_;
  capacity_ = std::max(kSmallest, capacity_ + capacity_ / 2);
  const auto old = std::exchange(slots_, std::vector<Slot>(numbers::kBands * capacity_));
  for (std::size_t i = 0; i < old.size(); ++i) {
    if (old[i].ids != kNone) {
      slots_[find(i / old_capacity, old[i].hash)] = old[i];
    }
  }
}

void Buckets::clear() {
  if (16 * added_ < capacity_ && capacity_ > kSmallest) {
    slots_ = std::vector<Slot>();  // = {} would keep the memory
    nodes_ = std::vector<Node>();
    capacity_ = 0;
  } else if (added_ != 0) {
    std::fill(slots_.begin(), slots_.end(), Slot{});
    nodes_.clear();
  }
  added_ = 0;
}

}  // namespace dedup::memory
