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
// Cost of a block of 100 characters: 2 us to find and add among a million; 0.5 us more for one that
// meets a candidate, or is one, for the first time; 0.1 us for each candidate of its numerals, and
// 0.5 us for one that it comes to comparing with. Memory of a kept block: 2 bytes a unit, 300 to
// 410 for buckets and place, and 1 to 2 a shingle once it was a candidate: about 0.6 KB. Beyond the
// budget all blocks so far go to disk, where the same questions are asked of them.
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
#include "memory/near_traits.h"
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
  /// What becomes of the keys of blocks that are added: they are copied, or live until the next
  /// clear().
  enum class Keep { copies, references };

  /// `budget` must outlive it.
  NearIndex(double threshold, Keep keep, Budget& budget);
  ~NearIndex() override { budget_.leave(*this); }
  NearIndex(const NearIndex&) = delete;
  NearIndex& operator=(const NearIndex&) = delete;

  /// The earliest block added that this one is a near-duplicate of.
  [[nodiscard]] std::optional<NearVerdict> find(std::u16string_view key,
                                                const numbers::Bands& bands);

  /// Of a block that is kept: find() had nothing to say of it.
  void add(std::u16string_view key, const numbers::Bands& bands, const Position& place);

  /// Makes room for so many blocks. Requires: empty.
  void reserve(std::size_t blocks);

  /// Fetches what find() and add() will look at first.
  void prefetch(const numbers::Bands& bands) const noexcept { buckets_.prefetch(bands); }

  /// Forgets all. Cheap where little was added.
  void clear();

  [[nodiscard]] std::size_t memory() const noexcept override;
  [[nodiscard]] std::size_t spillable() const noexcept override;
  void spill() override;

 private:
  /// A block that another may repeat.
  struct Kept {
    std::u16string_view key;
    Position place;
    NearTraits traits;           // unknown until it is first looked at
    std::uint32_t distinct = 0;  // shingles; 0 until they are first counted
    std::uint32_t query = 0;     // the last find() that met it
  };

  [[nodiscard]] std::optional<NearVerdict> find_on_disk(std::u16string_view key,
                                                        const numbers::Bands& bands,
                                                        Buckets::Counts& met);
  [[nodiscard]] std::optional<double> judge(std::u16string_view key, Kept& earlier);
  [[nodiscard]] bool may_qualify(std::u16string_view key, const Kept& earlier) const;
  [[nodiscard]] std::optional<double> compare(std::u16string_view key, Kept& earlier);
  void begin_query();
  void make_room(std::u16string_view key);
  void ask_for_traits();
  [[nodiscard]] std::u16string_view copy(std::u16string_view key);

  numbers::Threshold resemblance_;
  numbers::Threshold containment_;
  Keep keep_;
  Budget& budget_;
  Buckets buckets_;
  std::vector<Kept> kept_;
  Arena arena_;
  std::size_t asked_ = 0;  // bytes of the arena when the budget was last asked by a find()
  std::optional<NearArchive> archive_;

  std::uint32_t query_ = 0;
  std::size_t query_distinct_ = 0;  // shingles of the block of this find(); 0 until counted
  NearTraits query_traits_;         // of the same; unknown until it meets a candidate
  std::vector<std::uint64_t> query_bits_;
  std::vector<std::uint64_t> stored_bits_;  // of a candidate on disk
  ShingleCounter query_shingles_;
  ShingleCounter scratch_;
};

}  // namespace dedup::memory
