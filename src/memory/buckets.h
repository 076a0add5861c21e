// SPDX-License-Identifier: Apache-2.0
// Buckets: for each band of a signature, the ids that share it, the 16 earliest at most. That bound
// is what keeps a corpus made from one template linear: nobody meets more than 20 × 16 candidates.
//
// A bucket is a band and its 32-bit hash, so two bands fall together by chance once in 2^32 pairs:
// a candidate more, which verification refuses. One open-addressed table a band, all in one array
// that grows in place by half; most buckets hold one id, which stands in the slot itself. Memory: 8
// bytes a slot, half to three quarters full: 210 to 320 bytes an id, and 8 more for each bucket in
// which it is not alone.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <vector>

#include "numbers/signature.h"

namespace dedup::memory {

/// One thread at a time.
class Buckets {
 public:
  static constexpr std::size_t kMostIds = 16;
  /// A number of ids for each band.
  using Counts = std::array<std::uint8_t, numbers::kBands>;

  /// Visits the ids in the buckets of these bands, in each so many fewer than 16 as `before` says;
  /// one that shares several, several times.
  template <typename Visit>
  void for_each(const numbers::Bands& bands, const Counts& before, Visit&& visit) const {
    if (capacity_ == 0) {
      return;
    }
    prefetch(bands);
    for (std::size_t band = 0; band < numbers::kBands; ++band) {
      const std::uint32_t ids = slots_[find(band, bands[band])].ids;
      if (ids != kNone && before[band] < kMostIds) {
        visit_ids(ids, kMostIds - before[band], visit);
      }
    }
  }

  /// Visits all, as (band, hash, id) in ascending order.
  template <typename Visit>
  void for_each_in_order(Visit&& visit) const {
    std::vector<Slot> used;  // of one band
    for (std::size_t band = 0; band < numbers::kBands; ++band) {
      used.clear();
      const Slot* const slots = slots_.get() + band * capacity_;
      std::copy_if(slots, slots + capacity_, std::back_inserter(used),
                   [](const Slot& slot) { return slot.ids != kNone; });
      std::sort(used.begin(), used.end(),
                [](const Slot& a, const Slot& b) { return a.hash < b.hash; });
      for (const Slot& slot : used) {
        visit_ids(slot.ids, kMostIds, [&](std::uint32_t id) { visit(band, slot.hash, id); });
      }
    }
  }

  /// Puts the id, greater than all before, into those of its buckets that have room. False if none
  /// had, and the id is nowhere; so it is from 2^30 ids on, or as many places in shared buckets.
  bool add(const numbers::Bands& bands, std::uint32_t id);

  /// Makes room for so many ids, half as many as there are slots then: they are found within a step
  /// or two. Requires: empty.
  void reserve(std::size_t ids);
  /// Bytes that reserve() will take besides those there are.
  [[nodiscard]] std::size_t growth_for(std::size_t ids) const noexcept;

  /// Forgets all. Costs as much as was added, and gives back memory that much more took before.
  void clear();

  /// Fetches what for_each() and add() will look at.
  void prefetch(const numbers::Bands& bands) const noexcept {
    for (std::size_t band = 0; band < numbers::kBands; ++band) {
      __builtin_prefetch(slots_.get() + band * capacity_ + home(bands[band]));
    }
  }

  /// Bytes taken from the heap.
  [[nodiscard]] std::size_t memory() const noexcept {
    return capacity_ * kBandSlots + nodes_.capacity() * sizeof(Node);
  }
  /// Bytes that the next add() may take besides these, for a while.
  [[nodiscard]] std::size_t growth() const noexcept;

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  static constexpr std::uint32_t kList = std::uint32_t{1} << 31;
  static constexpr std::uint32_t kFull = std::uint32_t{1} << 30;
  static constexpr std::uint32_t kLimit = kFull;  // ids and nodes are below
  static constexpr std::uint32_t kIdMask = kLimit - 1;
  static constexpr std::size_t kSmallest = 16;  // slots of a band

  struct Slot {
    std::uint32_t hash;
    std::uint32_t ids;  // none, one id, or a list: kList, kFull if it is, the first node
  };
  struct Node {
    std::uint32_t id = 0;
    std::uint32_t next = kNone;
  };
  static constexpr std::size_t kBandSlots = numbers::kBands * sizeof(Slot);
  struct Free {
    void operator()(Slot* slots) const noexcept { std::free(slots); }
  };

  template <typename Visit>
  void visit_ids(std::uint32_t ids, std::size_t most, Visit&& visit) const {
    if ((ids & kList) == 0) {
      visit(ids);
      return;
    }
    for (std::uint32_t at = ids & kIdMask; at != kNone && most > 0; at = nodes_[at].next, --most) {
      visit(nodes_[at].id);
    }
  }

  /// The slot that holds the hash, or the empty one where it belongs.
  [[nodiscard]] std::size_t find(std::size_t band, std::uint32_t hash) const noexcept {
    const std::size_t start = band * capacity_;
    std::size_t at = home(hash);
    while (slots_[start + at].ids != kNone && slots_[start + at].hash != hash) {
      at = at + 1 == capacity_ ? 0 : at + 1;
    }
    return start + at;
  }

  [[nodiscard]] std::size_t home(std::uint32_t hash) const noexcept {
    return std::uint64_t{hash} * capacity_ >> 32;
  }

  [[nodiscard]] bool full() const noexcept { return 4 * (added_ + 1) > 3 * capacity_; }
  [[nodiscard]] std::size_t grown() const noexcept {
    return std::max(kSmallest, capacity_ + capacity_ / 2);
  }
  bool append(Slot& slot, std::uint32_t id);
  [[nodiscard]] static Slot* allocate(Slot* old, std::size_t bytes);
  void grow();

  std::size_t capacity_ = 0;             // slots of a band
  std::size_t added_ = 0;                // ids: no band has more buckets
  std::unique_ptr<Slot[], Free> slots_;  // band by band
  std::vector<Node> nodes_;
};

}  // namespace dedup::memory
