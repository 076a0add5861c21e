// SPDX-License-Identifier: Apache-2.0
// What a slot holds in `ids`, and how it changes as ids are added:
//
//   kNone → id → kList | first node → … → kList | kFull | first node
//
// Nodes of a list are linked in the order of addition, so walking one visits the earliest first. A
// list is never taken apart: nodes go with clear() only.
#include "memory/buckets.h"

#include <algorithm>
#include <new>

namespace dedup::memory {

/// The limits are seen to beforehand, for all bands at once: an id takes at most two nodes in each,
/// so nothing is half added.
bool Buckets::add(const numbers::Bands& bands, std::uint32_t id) {
  if (id >= kLimit || nodes_.size() + 2 * numbers::kBands > kLimit) {
    return false;
  }
  if (full()) {
    grow();
  }
  bool any = false;
  for (std::size_t band = 0; band < numbers::kBands; ++band) {
    Slot& slot = slots_[find(band, bands[band])];
    if (slot.ids == kNone) {  // find() stopped where it belongs
      slot = {bands[band], id};
      any = true;
    } else {
      any |= append(slot, id);
    }
  }
  added_ += any ? 1 : 0;
  return any;
}

/// To a bucket that holds something, unless it is full. The end of its list is looked for each
/// time: sixteen steps at most, for which no slot has to remember where it is.
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

std::size_t Buckets::growth_for(std::size_t ids) const noexcept {
  return 2 * ids > capacity_ ? (2 * ids - capacity_) * kBandSlots : 0;
}

/// What was there is given back first: it is empty.
void Buckets::reserve(std::size_t ids) {
  if (growth_for(ids) == 0) {
    return;
  }
  slots_.reset();
  capacity_ = 0;
  const std::size_t capacity = std::max(kSmallest, 2 * ids);
  slots_.reset(allocate(nullptr, capacity * kBandSlots));
  capacity_ = capacity;
  std::fill_n(slots_.get(), numbers::kBands * capacity, Slot{0, kNone});
}

std::size_t Buckets::growth() const noexcept {
  const bool more_nodes = nodes_.capacity() - nodes_.size() < 2 * numbers::kBands;
  return (full() ? (grown() - capacity_) * kBandSlots + grown() * sizeof(Slot) : 0) +
         (more_nodes ? 2 * std::max(nodes_.capacity(), 2 * numbers::kBands) * sizeof(Node) : 0);
}

Buckets::Slot* Buckets::allocate(Slot* old, std::size_t bytes) {
  void* const all = std::realloc(old, bytes);
  if (all == nullptr) {
    throw std::bad_alloc();
  }
  return static_cast<Slot*>(all);
}

/// The last band moves first: the place of each begins where none is that has not moved.
void Buckets::grow() {
  const std::size_t old_capacity = capacity_;
  const std::size_t capacity = grown();
  Slot* const slots = allocate(slots_.get(), capacity * kBandSlots);
  static_cast<void>(slots_.release());
  slots_.reset(slots);
  capacity_ = capacity;
  std::vector<Slot> old(old_capacity);
  for (std::size_t band = numbers::kBands; band-- > 0;) {
    std::copy_n(slots_.get() + band * old_capacity, old_capacity, old.begin());
    std::fill_n(slots_.get() + band * capacity, capacity, Slot{0, kNone});
    for (const Slot& slot : old) {
      if (slot.ids != kNone) {
        slots_[find(band, slot.hash)] = slot;
      }
    }
  }
}

/// Wiping costs as much as the table is large: one that is mostly empty is given back instead.
void Buckets::clear() {
  if (16 * added_ < capacity_ && capacity_ > kSmallest) {
    slots_.reset();
    nodes_ = std::vector<Node>();  // = {} would keep the memory
    capacity_ = 0;
  } else if (added_ != 0) {
    std::fill_n(slots_.get(), numbers::kBands * capacity_, Slot{0, kNone});
    nodes_.clear();
  }
  added_ = 0;
}

}  // namespace dedup::memory
