// SPDX-License-Identifier: Apache-2.0
// Entries ascend throughout, so each stands at its home or behind it, and a cluster is in order:
//
//   homes     0   1   2   3   4   5   6   7 | room behind
//   slots     .   a   b   b'  .   .   g   h   h'  .          b' has home 2, h' home 7
//
// Growing, while small, is a copy into a second array, each entry to its new home or behind the one
// before. Later it is done in place, cluster by cluster from the last to the first:
//
//   old       . a b b' . . g h h'
//   moved     . a b b' . . . . . . g . h h'
//   moved     . . a . b b' . . . . g . h h'
//
// A cluster begins at the home of its first entry, with a free slot before it. Homes move apart, so
// no cluster is pushed on by the one before it that was not already: each is moved by itself, up to
// where the next begins.
//
// Invariants: size_ entries in slots_ slots; slots without an entry are all-zero in their identity;
// capacity_ homes, and at least room_behind(capacity_) slots after them.
#include "memory/ordered_table.h"

#include <algorithm>
#include <new>
#include <utility>

#include "walls/pages.h"

namespace dedup::memory {
namespace {

constexpr std::size_t kSmallest = 64;
constexpr std::size_t kSmall = std::size_t{1} << 17;   // homes: below this it doubles,
constexpr std::size_t kMiddle = std::size_t{1} << 18;  // and below this it grows by half
constexpr std::size_t kCopied = std::size_t{1} << 20;  // bytes: so much may be there twice

/// Room behind the last home: no cluster of random identities is nearly as long.
constexpr std::size_t room_behind(std::size_t capacity) noexcept {
  return std::min<std::size_t>(capacity, 4096);
}

}  // namespace

/// Moves the rest of the cluster on by one.
std::byte* OrderedTable::insert(const Identity& identity, const Place& place) {
  const std::size_t at = place.slot;
  std::size_t end = at;  // of the cluster
  while (end < slots_ && !is_free(end)) {
    ++end;
  }
  if (end == slots_) {
    add_slots();
  }
  if (at < end) {
    std::memmove(slot(at + 1), slot(at), (end - at) * entry_);
  }
  identity.store(slot(at));
  ++size_;
  return slot(at) + Identity::kBytes;
}

std::size_t OrderedTable::grown() const noexcept {
  if (capacity_ < kSmall) {
    return std::max(kSmallest, 2 * capacity_);
  }
  return capacity_ + capacity_ / (capacity_ < kMiddle ? 2 : 4);
}

std::size_t OrderedTable::growth() const noexcept {
  return (grown() + room_behind(grown()) - capacity_ - room_behind(capacity_)) * entry_;
}

/// Takes the memory first: where there is none, all is as before.
void OrderedTable::grow() {
  const std::size_t capacity = grown();
  if (memory() <= kCopied) {
    copy_into(capacity);
    return;
  }
  const std::size_t old = slots_;
  resize(std::max(slots_, capacity + room_behind(capacity)));
  std::memset(slot(old), 0, (slots_ - old) * entry_);
  const std::size_t before = std::exchange(capacity_, capacity);
  try {
    spread(old);
  } catch (...) {  // before it moved anything
    capacity_ = before;
    throw;
  }
}

/// Less work than growing in place, since each entry moves once and nothing is wiped.
void OrderedTable::copy_into(std::size_t capacity) {
  OrderedTable larger(entry_ - Identity::kBytes);
  larger.capacity_ = capacity;
  larger.slots_ = std::max(slots_, capacity + room_behind(capacity));
  larger.bytes_.reset(static_cast<std::byte*>(std::calloc(larger.slots_, entry_)));
  if (larger.bytes_ == nullptr) {
    throw std::bad_alloc();
  }
  std::size_t next = 0;
  for (std::size_t i = 0; i < slots_; ++i) {
    if (!is_free(i)) {
      next = std::max(larger.home(high_of(i)), next);
      if (next == larger.slots_) {
        larger.add_slots();
      }
      copy(larger.slot(next), slot(i), entry_);
      ++next;
    }
  }
  larger.size_ = size_;
  *this = std::move(larger);
}

/// For a cluster that would go beyond the last slot: the array grows by its tail alone, and homes
/// stay where they are.
void OrderedTable::add_slots() {
  const std::size_t old = slots_;
  resize(slots_ + room_behind(capacity_) + size_);
  std::memset(slot(old), 0, (slots_ - old) * entry_);
}

void OrderedTable::resize(std::size_t slots) {
  void* const bytes = std::realloc(bytes_.get(), slots * entry_);
  if (bytes == nullptr) {
    throw std::bad_alloc();
  }
  static_cast<void>(bytes_.release());
  bytes_.reset(static_cast<std::byte*>(bytes));
  slots_ = slots;
  pages::prefer_huge(bytes, slots * entry_);
}

/// The clusters before slot `end`, each to the new homes of its entries.
void OrderedTable::spread(std::size_t end) {
  std::size_t behind = slots_;  // where the cluster begins that was moved last
  while (end > 0) {
    std::size_t first = end;
    while (first > 0 && !is_free(first - 1)) {
      --first;
    }
    if (first < end) {
      if (behind == slots_) {
        make_room_for(first, end);
        behind = slots_;
      }
      behind = spread_cluster(first, end, behind);
    }
    end = std::max<std::size_t>(first, 1) - 1;  // the slot before is free
  }
}

/// The last cluster may reach beyond the last slot, where many crowd.
void OrderedTable::make_room_for(std::size_t first, std::size_t end) {
  std::size_t next = 0;
  for (std::size_t i = first; i < end; ++i) {
    next = std::max(home(high_of(i)), next) + 1;
  }
  if (next > slots_) {
    add_slots();
  }
}

/// To the end of its room first, and from there forward, each entry to its home or behind the one
/// before; once one stays so do the others. Returns where the cluster begins. Written with values
/// of its own, since what is stored could be the table's for all that a compiler knows.
std::size_t OrderedTable::spread_cluster(std::size_t first, std::size_t end,
                                         std::size_t behind) noexcept {
  const std::size_t entry = entry_;
  const std::size_t capacity = capacity_;
  std::byte* const bytes = bytes_.get();
  std::byte* const stop = bytes + behind * entry;
  std::byte* from = stop - (end - first) * entry;
  std::memmove(from, bytes + first * entry, (end - first) * entry);
  std::memset(bytes + first * entry, 0, (std::min(end, behind - (end - first)) - first) * entry);
  const std::size_t start = home(high_of(from), capacity);
  for (std::size_t next = start; from != stop; ++next, from += entry) {
    next = std::max(home(high_of(from), capacity), next);
    std::byte* const to = bytes + next * entry;
    if (to == from) {
      break;
    }
    copy(to, from, entry);
    erase(from);
  }
  return start;
}

/// A set is cleared for each document: to wipe what one huge document took would cost every later
/// one as much.
void OrderedTable::clear() noexcept {
  if (size_ == 0) {
    return;
  }
  if (capacity_ > kSmallest && 16 * size_ < capacity_) {
    release();
  } else {
    std::memset(slot(0), 0, memory());
    size_ = 0;
  }
}

void OrderedTable::release() noexcept {
  bytes_.reset();
  capacity_ = slots_ = size_ = 0;
}

}  // namespace dedup::memory
