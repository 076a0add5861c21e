// SPDX-License-Identifier: Apache-2.0
// The document index: rule 2 of the design. Which documents repeat an earlier kept one?
//
//   blocks that layer 1 left → fingerprint of their sequence → the same as an earlier one's
//                            → sketch of their shingles      → estimated resemblance ≥ threshold
//
// Exactly the same sequence of block keys, or, where near-duplicates are asked for, an estimate by
// two sketches of 512 shingles (standard error .018 at .8, exact below 512 shingles) against the 16
// earliest documents of each bucket that the two share (20 bands × 5 rows). Titles must agree
// where both have one (numbers/title.h): records of one template on two subjects are two. No test
// of numerals: dated versions of one text are duplicates. A document found so is not added, so a
// witness is always kept; the earliest that qualifies is reported. Documents of less weight than
// 100 are neither found nor added.
//
// Cost: that of a sample; for a candidate 1 us. Memory of a kept document: 32 to 64 bytes, and for
// near 270 to 420, 8 a shingle, 4 KiB at most, and 2 a character of the title. Beyond the budget
// all documents so far go to disk, where the same questions are asked of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "memory/arena.h"
#include "memory/buckets.h"
#include "memory/budget.h"
#include "memory/keys.h"
#include "memory/near_archive.h"
#include "memory/near_index.h"
#include "numbers/fingerprint.h"
#include "numbers/resemblance.h"
#include "numbers/sample.h"
#include "numbers/signature.h"
#include "numbers/sketch.h"

namespace dedup::memory {

/// All that the index needs to know of a document.
struct DocumentFacts {
  std::uint64_t weight = 0;
  std::optional<numbers::Fingerprint> sequence;  ///< of block keys; none if a block has no key
  numbers::Sketch sketch;                        ///< empty unless near-duplicates are looked for
  numbers::Bands bands{};
  std::u16string title;  ///< its key; empty without one
  bool near = false;     ///< whether near-duplicates are looked for
};

/// Collects the facts of a document.
class DocumentReader {
 public:
  /// `fingerprinter` must outlive it. `near`: sketches too.
  DocumentReader(const numbers::Fingerprinter& fingerprinter, bool near)
      : fingerprinter_(fingerprinter), near_(near) {}

  /// The next block; `fingerprint` is that of its key, none for a block that equals nothing.
  void feed(std::uint32_t weight, const std::optional<numbers::Fingerprint>& fingerprint);

  /// The next part of its text: the keys of blocks, one behind the other. Shingles run on over the
  /// borders of both.
  void append(numbers::Sample part) { sampler_.append(std::move(part)); }

  /// The first block of prose, or of a part of it: the document's title if it may be one, else
  /// empty. Only the first call counts.
  void open(std::u16string_view title);

  /// The facts of the document, and a new beginning.
  [[nodiscard]] DocumentFacts finish();

 private:
  const numbers::Fingerprinter& fingerprinter_;
  bool near_;
  std::uint64_t weight_ = 0;
  std::optional<numbers::Fingerprint> sequence_ = numbers::Fingerprint{};
  numbers::Sampler sampler_;
  std::optional<std::u16string> title_;  // none before the first block of prose
};

/// One thread at a time.
class DocumentIndex final : public Spillable {
 public:
  static constexpr std::uint64_t kLeastWeight = 100;

  /// `keys` remembers the exact sequences. `file`, if any, has documents that were before all of
  /// these, and takes these, too, where `takes` says so. All must outlive it.
  DocumentIndex(double threshold, KeyHome& keys, Budget& budget, NearHome* file = nullptr,
                bool takes = false);
  ~DocumentIndex() override { budget_.leave(*this); }
  DocumentIndex(const DocumentIndex&) = delete;
  DocumentIndex& operator=(const DocumentIndex&) = delete;

  /// The earliest kept document that this one repeats or nearly repeats; `first` has block 0. If
  /// there is none, this document is a kept one from now on.
  std::optional<NearVerdict> find_or_add(const DocumentFacts& facts, std::uint64_t document);

  /// The exact sequences left out: they are with the keys.
  [[nodiscard]] std::size_t memory() const noexcept override;
  [[nodiscard]] std::size_t spillable() const noexcept override;
  void spill() override;

  /// The number behind the last document that would spill; 0 if none would.
  [[nodiscard]] std::uint64_t pending() const noexcept { return pending_; }

 private:
  struct Kept {
    std::span<const std::uint64_t> sketch;  // in the arena, as the title is
    std::u16string_view title;
    std::uint64_t document = 0;
  };

  [[nodiscard]] std::optional<NearVerdict> find_same(const DocumentFacts& facts,
                                                     std::uint64_t document);
  [[nodiscard]] std::optional<NearVerdict> find_near(const DocumentFacts& facts);
  [[nodiscard]] std::optional<NearVerdict> find_near(const DocumentFacts& facts, NearHome& home,
                                                     Buckets::Counts& met) const;
  [[nodiscard]] NearHome& home();
  [[nodiscard]] std::optional<NearVerdict> compare(const DocumentFacts& facts,
                                                   const Kept& earlier) const;
  void add_near(const DocumentFacts& facts, std::uint64_t document);
  [[nodiscard]] static Kept read(std::span<const std::uint64_t> words) noexcept;
  void make_room(std::size_t words);

  numbers::Threshold threshold_;
  Budget& budget_;
  KeyHome& keys_;
  NearHome* file_;
  bool takes_;
  std::uint64_t pending_ = 0;
  Buckets buckets_;
  std::vector<Kept> kept_;
  Arena arena_;
  std::optional<NearArchive> archive_;
  std::vector<std::uint32_t> candidates_;  // scratch
  std::vector<Answer> answers_;            // scratch
};

}  // namespace dedup::memory
