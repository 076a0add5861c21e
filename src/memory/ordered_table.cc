// SPDX-License-Identifier: Apache-2.0
// Entries ascend throughout, so each stands at its home or behind it, and a cluster is in order:
//
//   homes     0   1   2   3   4   5   6   7 | room behind
//   slots     .   a   b   b'  .   .   g   h   h'  .          b' has home 2, h' home 7
//
// Growing, while small, is a copy into a second array, each entry to its new home or behind the one
// before. Later it is done in place, without a second array:
//
//   gather    . . . . . . . . . a b b' g h h'   all to the end
//   spread    .   .   a   .   b   b'  .   .   .   .   .   g   h h'  each forward to its new home
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
constexpr std::size_t kSmall = std::size_t{1} << 18;   // homes: below this it doubles
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
  while (end < slots_ && !Identity(slot(end)).none()) {
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
  return capacity_ < kSmall ? std::max(kSmallest, 2 * capacity_) : capacity_ + capacity_ / 2;
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
  capacity_ = capacity;
  gather();
  spread();
}

/// A third of the work of growing in place, since each entry moves once and nothing is wiped.
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
    const Identity identity(slot(i));
    if (!identity.none()) {
      next = std::max(larger.home(identity), next);
      if (next == larger.slots_) {
        larger.add_slots();
      }
      copy(larger.slot(next), slot(i));
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

/// All entries to the end, in order; nothing before them.
void OrderedTable::gather() noexcept {
  std::size_t to = slots_;
  for (std::size_t i = slots_; i-- > 0;) {
    if (!Identity(slot(i)).none() && --to != i) {
      copy(slot(to), slot(i));
    }
  }
  std::memset(slot(0), 0, to * entry_);
}

/// From the end each to its place: its home, or behind the one before. Where so many crowd at the
/// end that this would lie behind where it stands, what is left moves further back first.
void OrderedTable::spread() {
  std::size_t next = 0;
  std::size_t from = slots_ - size_;
  for (std::size_t left = size_; left > 0; --left, ++from) {
    const std::size_t to = std::max(home(Identity(slot(from))), next);
    if (to > from) {
      resize(slots_ + room_behind(capacity_) + size_);
      std::memmove(slot(slots_ - left), slot(from), left * entry_);
      std::memset(slot(from), 0, (slots_ - left - from) * entry_);
      from = slots_ - left;
    }
    if (to != from) {
      copy(slot(to), slot(from));
      erase(from);
    }
    next = to + 1;
  }
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
