// The near index: rule 5 of the design. Which blocks resemble an earlier kept one?
//
//   block → same bucket (20 bands × 5 rows) → same numerals → bits alike → shingles compared
//
// A block is a near-duplicate of a candidate if the candidate has its numerals in the same order
// and its shingles resemble the candidate's by `threshold` or nine tenths of them are in the
// candidate. Candidates are the 16 earliest of each bucket that they share. Only kept blocks are
// added, so a witness is always kept; the earliest that qualifies is reported. Both shares are
// exact but for two shingles with one 64-bit hash. Looking at the bits first never changes a
// verdict: see may_qualify().
//
// Cost of a block of 100 characters: 0.8 us to describe, 2 us to find and add among a million; 0.1
// us for each candidate of its numerals, and 0.5 us for one that it comes to comparing with. Memory
// of a kept block: 2 bytes a unit, 1 to 2 a shingle, 300 to 410 for buckets and place: about 0.7
// KB.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/edit.h"
#include "memory/buckets.h"
#include "numbers/resemblance.h"
#include "numbers/signature.h"

namespace dedup::memory {

/// Least weight of a block that is removed, and of one that is worth adding: a witness may be
/// lighter.
inline constexpr std::uint32_t kLeastNearWeight = 40;
inline constexpr std::uint32_t kLeastWitnessWeight = 32;

/// What a near-duplicate repeats, and how nearly: the resemblance, or the share of it in the other
/// where that decided.
struct NearVerdict {
  Position first;
  double similarity = 0;
};

/// All that the index needs to know of a block. A value; made anywhere, on any thread.
struct NearBlock {
  NearBlock() = default;
  explicit NearBlock(std::u16string_view block_key);

  std::u16string key;
  std::vector<std::uint64_t>
      bits;                ///< a bit for each shingle, by its hash; a power of two of words
  std::uint32_t ones = 0;  ///< of the bits
  numbers::Bands bands{};
  std::uint64_t numerals = 0;  ///< digest of their sequence
};

/// Distinct shingles of one text, and how many of another's are among them. Reused, so that nothing
/// is allocated or cleared for a text.
class ShingleCounter {
 public:
  /// Takes the shingles of this key instead of those before. Returns the number of distinct ones.
  std::size_t assign(std::u16string_view key);

  /// Distinct shingles of `other` that are here; stops early, with any number below `least`, once
  /// it is clear that there are fewer than that.
  [[nodiscard]] std::size_t count_common(std::u16string_view other, std::size_t least);

  /// Gives back memory that a very long text took.
  void shrink();

  [[nodiscard]] std::size_t memory() const noexcept { return slots_.capacity() * sizeof(Slot); }

 private:
  struct Slot {
    std::uint64_t shingle = 0;
    std::uint32_t text = 0;   // the assign() that put it there: other slots are empty
    std::uint32_t other = 0;  // the last count_common() that met it
  };
  [[nodiscard]] Slot& find(std::uint64_t shingle) noexcept;

  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::uint32_t text_ = 0;
  std::uint32_t other_ = 0;
};

/// One thread at a time.
class NearIndex {
 public:
  explicit NearIndex(double threshold = 0.8);

  /// The earliest block added that this one is a near-duplicate of.
  [[nodiscard]] std::optional<NearVerdict> find(const NearBlock& block);

  /// Of a block that is kept: find() had nothing to say of it.
  void add(const NearBlock& block, const Position& place);

  /// Forgets all. Cheap where little was added.
  void clear();

  /// Bytes taken from the heap.
  [[nodiscard]] std::size_t memory() const noexcept;

 private:
  /// A block added, with its key and bits in the arena.
  struct Kept {
    std::u16string_view key;
    std::span<const std::uint64_t> bits;
    Position place;
    std::uint64_t numerals = 0;
    std::uint32_t ones = 0;
    std::uint32_t distinct = 0;  // shingles; 0 until they are first counted
    std::uint32_t query = 0;     // the last find() that met it
  };

  [[nodiscard]] bool may_qualify(const NearBlock& block, const Kept& kept) const noexcept;
  [[nodiscard]] std::optional<double> compare(const NearBlock& block, Kept& kept);
  void begin_query();

  numbers::Threshold resemblance_;
  numbers::Threshold containment_;
  Buckets buckets_;
  std::vector<Kept> kept_;
  alignas(std::uint64_t) std::array<std::byte, 4096> first_chunk_;  // enough for a short document
  std::pmr::monotonic_buffer_resource arena_;
  std::size_t arena_bytes_ = 0;

  std::uint32_t query_ = 0;
  std::size_t query_distinct_ = 0;  // shingles of the block of this find(); 0 until counted
  ShingleCounter query_shingles_;
  ShingleCounter scratch_;
};

}  // namespace dedup::memory
