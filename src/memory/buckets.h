// Buckets: for each band of a signature, the ids that share it, the 16 earliest at most. That bound
// is what keeps a corpus made from one template linear: nobody meets more than 20 × 16 candidates.
//
// A bucket is a band and its 32-bit hash, so two bands fall together by chance once in 2^32 pairs:
// a candidate more, which verification refuses. One open-addressed table a band, all in one array;
// most buckets hold one id, which stands in the slot itself. Memory: 8 bytes a slot, half to three
// quarters full: 210 to 320 bytes an id, and 8 more for each bucket in which it is not alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "numbers/signature.h"

namespace dedup::memory {

/// One thread at a time.
class Buckets {
 public:
  static constexpr std::size_t kMostIds = 16;

  /// Visits the ids in the buckets of these bands; one that shares several, several times.
  template <typename Visit>
  void for_each(const numbers::Bands& bands, Visit&& visit) const {
    if (capacity_ == 0) {
      return;
    }
    prefetch(bands);
    for (std::size_t band = 0; band < numbers::kBands; ++band) {
      const std::uint32_t ids = slots_[find(band, bands[band])].ids;
      if (ids == kNone) {
        continue;
      }
      if ((ids & kList) == 0) {
        visit(ids);
        continue;
      }
      for (std::uint32_t at = ids & kIdMask; at != kNone; at = nodes_[at].next) {
        visit(nodes_[at].id);
      }
    }
  }

  /// Puts the id, greater than all before, into those of its buckets that have room. False if none
  /// had, and the id is nowhere; so it is from 2^30 ids on, or as many places in shared buckets.
  bool add(const numbers::Bands& bands, std::uint32_t id);

  /// Forgets all. Costs as much as was added, and gives back memory that much more took before.
  void clear();

  /// Bytes taken from the heap.
  [[nodiscard]] std::size_t memory() const noexcept {
    return slots_.capacity() * sizeof(Slot) + nodes_.capacity() * sizeof(Node);
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  static constexpr std::uint32_t kList = std::uint32_t{1} << 31;
  static constexpr std::uint32_t kFull = std::uint32_t{1} << 30;
  static constexpr std::uint32_t kLimit = kFull;  // ids and nodes are below
  static constexpr std::uint32_t kIdMask = kLimit - 1;
  static constexpr std::size_t kSmallest = 16;  // slots of a band

  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t ids = kNone;  // none, one id, or a list: kList, kFull if it is, the first node
  };
  struct Node {
    std::uint32_t id = 0;
    std::uint32_t next = kNone;
  };

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

  /// Twenty misses of the cache at once rather than one after the other.
  void prefetch(const numbers::Bands& bands) const noexcept {
    for (std::size_t band = 0; band < numbers::kBands; ++band) {
      __builtin_prefetch(&slots_[band * capacity_ + home(bands[band])]);
    }
  }

  bool append(Slot& slot, std::uint32_t id);
  void grow();

  std::size_t capacity_ = 0;  // slots of a band
  std::size_t added_ = 0;     // ids: no band has more buckets
  std::vector<Slot> slots_;   // band by band
  std::vector<Node> nodes_;
};

}  // namespace dedup::memory
