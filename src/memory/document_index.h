// The document index: rule 2 of the design. Which documents repeat an earlier kept one?
//
//   blocks that layer 1 left → fingerprint of their sequence → the same as an earlier one's
//                            → sketch of their shingles      → estimated resemblance ≥ threshold
//
// Exactly the same sequence of block keys, or, where near-duplicates are asked for, an estimate by
// two sketches of 512 shingles (standard error .018 at .8, exact below 512 shingles) against the 16
// earliest documents of each bucket that the two share (20 bands × 5 rows). No test of numerals:
// dated versions of one text are duplicates. A document found so is not added, so a witness is
// always kept; the earliest that qualifies is reported. Documents of less weight than 100 are
// neither found nor added.
//
// Cost: 3.5 ns a character, 9 to 11 in texts of two to nine thousand; for a candidate 1 us. Memory
// of a kept document: 32 to 64 bytes, and for near 250 to 400 and 8 a shingle, 4 KiB at most.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "memory/buckets.h"
#include "memory/budget.h"
#include "memory/near_index.h"
#include "memory/seen_set.h"
#include "numbers/fingerprint.h"
#include "numbers/resemblance.h"
#include "numbers/shingles.h"
#include "numbers/signature.h"
#include "numbers/sketch.h"

namespace dedup::memory {

/// All that the index needs to know of a document.
struct DocumentFacts {
  std::uint64_t weight = 0;
  std::optional<numbers::Fingerprint> sequence;  ///< of block keys; none if a block has no key
  numbers::Sketch sketch;                        ///< empty unless near-duplicates are looked for
  numbers::Bands bands{};
};

/// Collects the facts of a document block by block. Shingles run on over the borders of blocks.
class DocumentReader {
 public:
  /// `fingerprinter` must outlive it. `near`: sketches too.
  DocumentReader(const numbers::Fingerprinter& fingerprinter, bool near)
      : fingerprinter_(fingerprinter), near_(near) {}

  /// The next block; `fingerprint` is that of its key, none for a block that equals nothing.
  void feed(std::u16string_view key, std::uint32_t weight,
            const std::optional<numbers::Fingerprint>& fingerprint);

  /// The facts of the document, and a new beginning.
  [[nodiscard]] DocumentFacts finish();

 private:
  void take(std::uint64_t shingle) {
    signature_.add(shingle);
    sketcher_.add(shingle);
  }

  const numbers::Fingerprinter& fingerprinter_;
  bool near_;
  std::uint64_t weight_ = 0;
  std::optional<numbers::Fingerprint> sequence_ = numbers::Fingerprint{};
  numbers::Shingler shingler_;
  numbers::Signature signature_;
  numbers::Sketcher sketcher_;
};

/// One thread at a time.
class DocumentIndex {
 public:
  static constexpr std::uint64_t kLeastWeight = 100;

  DocumentIndex(double threshold, Budget& budget)
      : threshold_(threshold), sequences_(true, budget) {}

  /// The earliest kept document that this one repeats or nearly repeats; `first` has block 0. If
  /// there is none, this document is a kept one from now on.
  std::optional<NearVerdict> find_or_add(DocumentFacts facts, std::uint64_t document);

  /// Bytes taken from the heap, those of the exact sequences left out.
  [[nodiscard]] std::size_t memory() const noexcept;

 private:
  struct Kept {
    numbers::Sketch sketch;
    std::uint64_t document = 0;
  };

  [[nodiscard]] std::optional<NearVerdict> find_near(const DocumentFacts& facts);
  void add_near(DocumentFacts facts, std::uint64_t document);

  numbers::Threshold threshold_;
  SeenSet<std::uint64_t> sequences_;
  Buckets buckets_;
  std::vector<Kept> kept_;
  std::size_t sketch_bytes_ = 0;
  std::vector<std::uint32_t> candidates_;  // scratch
};

}  // namespace dedup::memory
