// SPDX-License-Identifier: Apache-2.0
// The near archive: what a near index has no room for, on disk. Its buckets as sorted runs, and a
// record for each id in them.
//
//   buckets   (band, hash) → place, place, …   sorted runs; the places ascend as the ids did
//   records   place → words                    one behind the other, as they came
//
// A place stands for an id, so nothing is kept in memory for each: all that stays there are the
// filter and the fences of the runs. Cost of a look-up: for each of the 20 bands that the filter
// does not rule out, a page in each run; for each candidate, one read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "dedup/scratch.h"
#include "memory/buckets.h"
#include "memory/budget.h"
#include "memory/near_home.h"
#include "memory/sorted_runs.h"
#include "numbers/signature.h"

namespace dedup::memory {

/// One thread at a time. All that touch the disk throw what the scratch file throws.
class NearArchive final : public NearHome {
 public:
  /// `budget`, limited, must outlive it.
  explicit NearArchive(Budget& budget);

  void add(const Buckets& buckets, std::uint32_t ids, const Describe& describe) override;
  [[nodiscard]] std::span<const std::uint64_t> find(const numbers::Bands& bands,
                                                    Buckets::Counts& met) override;
  [[nodiscard]] std::span<const std::uint64_t> read(std::uint64_t place) override;
  [[nodiscard]] std::size_t memory() const noexcept override;

 private:
  void append(std::span<const std::uint64_t> words);
  void flush();

  SortedRuns runs_;
  std::unique_ptr<ScratchFile> records_;
  std::uint64_t end_ = 0;                // of the records, in words
  std::vector<std::uint64_t> appended_;  // not yet written
  std::vector<std::uint64_t> record_;    // scratch
  std::vector<std::uint64_t> places_;    // scratch
};

}  // namespace dedup::memory
