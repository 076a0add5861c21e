// SPDX-License-Identifier: Apache-2.0
// The near index: rule 5 of the design. Which blocks resemble an earlier kept one?
//
//   block → same bucket (20 bands × 5 rows) → has its numerals → bits alike → shingles compared
//         → nothing else said
//
// A block is a near-duplicate of a candidate if the candidate has its numerals, its shingles
// resemble the candidate's by `threshold` or nine tenths of them are in the
// candidate, and it says nothing that the candidate does not (numbers/novelty.h). Candidates are
// the 16 earliest of each bucket that they share. Only kept blocks are added, so a witness is
// always kept; the earliest that qualifies is reported. Both shares are exact but for two shingles
// with one 64-bit hash. Looking at the bits first never changes a verdict: see may_qualify().
//
// Cost of a block of 100 characters: 0.8 us to describe, 2 us to find and add among a million; 0.1
// us for each candidate of its numerals, and 0.5 us for one that it comes to comparing with. Memory
// of a kept block: 2 bytes a unit, 1 to 2 a shingle, 300 to 410 for buckets and place: about 0.7
// KB. Beyond the budget all blocks so far go to disk, where the same questions are asked of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dedup/edit.h"
#include "memory/arena.h"
#include "memory/buckets.h"
#include "memory/budget.h"
#include "memory/near_archive.h"
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

/// All that the index needs to know of a block, by reference.
struct NearBlock {
  std::u16string_view key;
  std::span<const std::uint64_t> bits;  ///< one for each shingle, by its hash; 2^n words
  std::uint64_t numerals = 0;           ///< mask of them
  std::uint32_t ones = 0;               ///< of the bits
};

/// Blocks described for the index. Made anywhere, on any thread; used again without allocating.
class NearBlocks {
 public:
  /// Describes one more; returns its number, from 0.
  std::uint32_t add(std::u16string_view key);

  /// Makes room for so many, of keys for which words_for() adds up to so much.
  void reserve(std::size_t blocks, std::size_t words) {
    entries_.reserve(entries_.size() + blocks);
    bits_.reserve(bits_.size() + words);
  }
  [[nodiscard]] static std::size_t words_for(std::u16string_view key) noexcept;

  /// What add() made of this key.
  [[nodiscard]] NearBlock block(std::uint32_t number, std::u16string_view key) const noexcept {
    const Entry& entry = entries_[number];
    return {key, std::span(bits_).subspan(entry.first_word, entry.words), entry.numerals,
            entry.ones};
  }
  [[nodiscard]] const numbers::Bands& bands(std::uint32_t number) const noexcept {
    return entries_[number].bands;
  }

  void clear() noexcept {
    entries_.clear();
    bits_.clear();
  }

  /// Bytes taken from the heap.
  [[nodiscard]] std::size_t memory() const noexcept {
    return entries_.capacity() * sizeof(Entry) + bits_.capacity() * sizeof(std::uint64_t);
  }
  /// About as many as blocks of so many characters together take.
  [[nodiscard]] static constexpr std::size_t cost(std::size_t blocks, std::size_t characters) {
    return blocks * sizeof(Entry) + 2 * characters;
  }

 private:
  struct Entry {
    std::uint64_t numerals = 0;
    std::size_t first_word = 0;
    std::uint32_t words = 0;
    std::uint32_t ones = 0;
    numbers::Bands bands{};
  };
  std::vector<Entry> entries_;
  std::vector<std::uint64_t> bits_;
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
class NearIndex final : public Spillable {
 public:
  /// What becomes of the keys and bits of blocks that are added: they are copied, or live until the
  /// next clear().
  enum class Keep { copies, references };

  /// `budget` must outlive it.
  NearIndex(double threshold, Keep keep, Budget& budget);
  ~NearIndex() override { budget_.leave(*this); }
  NearIndex(const NearIndex&) = delete;
  NearIndex& operator=(const NearIndex&) = delete;

  /// The earliest block added that this one is a near-duplicate of.
  [[nodiscard]] std::optional<NearVerdict> find(const NearBlock& block,
                                                const numbers::Bands& bands);

  /// Of a block that is kept: find() had nothing to say of it.
  void add(const NearBlock& block, const numbers::Bands& bands, const Position& place);

  /// Fetches what find() and add() will look at first.
  void prefetch(const numbers::Bands& bands) const noexcept { buckets_.prefetch(bands); }

  /// Forgets all. Cheap where little was added.
  void clear();

  [[nodiscard]] std::size_t memory() const noexcept override;
  [[nodiscard]] std::size_t spillable() const noexcept override;
  void spill() override;

 private:
  struct Kept {
    NearBlock block;
    Position place;
    std::uint32_t distinct = 0;  // shingles; 0 until they are first counted
    std::uint32_t query = 0;     // the last find() that met it
  };

  [[nodiscard]] std::optional<NearVerdict> find_on_disk(const NearBlock& block,
                                                        const numbers::Bands& bands,
                                                        Buckets::Counts& met);
  [[nodiscard]] std::optional<double> judge(const NearBlock& block, const NearBlock& earlier,
                                            std::uint32_t& distinct);
  [[nodiscard]] bool may_qualify(const NearBlock& block, const NearBlock& earlier) const noexcept;
  [[nodiscard]] std::optional<double> compare(const NearBlock& block, const NearBlock& earlier,
                                              std::uint32_t& distinct);
  void begin_query();
  void make_room(const NearBlock& block);
  [[nodiscard]] NearBlock copy(const NearBlock& block);

  numbers::Threshold resemblance_;
  numbers::Threshold containment_;
  Keep keep_;
  Budget& budget_;
  Buckets buckets_;
  std::vector<Kept> kept_;
  Arena arena_;
  std::optional<NearArchive> archive_;

  std::uint32_t query_ = 0;
  std::size_t query_distinct_ = 0;  // shingles of the block of this find(); 0 until counted
  ShingleCounter query_shingles_;
  ShingleCounter scratch_;
};

}  // namespace dedup::memory
