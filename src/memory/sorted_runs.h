// SPDX-License-Identifier: Apache-2.0
// Sorted runs: identities with their payloads on disk. What is remembered and has no room in memory
// goes here as one run after the other, each in order.
//
// To look one up: unless the filter rules its upper half out, in each run the fence names the page
// that would hold it, and that is read. The filter is a Bloom filter (blocked: Putze, Sanders and
// Singler, 2007), but it only saves reading: what it lets pass is looked up exactly. Runs are
// merged when they are of like size, so there are few: each at least three times as long as the
// next.
//
// Memory: 8 bytes a page of 4 KiB (0.03 bytes an identity), and the filter, a share of the budget
// that does not grow: at 10 bits an identity 1 in 100 new ones is looked up in vain, at 2 bits 2 in
// 3. Disk: an entry each, and while the longest run is merged twice that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "dedup/scratch.h"
#include "memory/budget.h"
#include "memory/ordered_table.h"

namespace dedup::memory {

/// One thread at a time. All that touch the disk throw what the scratch file throws.
class SortedRuns {
 public:
  /// `budget`, limited, must outlive it; it gives the scratch space and the size of the filter.
  /// `entry`: bytes of an identity with its payload.
  SortedRuns(Budget& budget, std::size_t entry);

  /// Takes one entry.
  using Put = std::function<void(std::span<const std::byte>)>;
  /// Adds a run of entries, none of which is here: `source` puts them, in ascending order.
  void add(const std::function<void(const Put&)>& source);

  /// The payload of an identity, valid until the next call; null if it is not here.
  [[nodiscard]] const std::byte* find(const Identity& identity);

  /// All entries whose identities have this upper half, one behind the other, those of earlier runs
  /// first; valid until the next call.
  [[nodiscard]] std::span<const std::byte> find_all(std::uint64_t high);

  void prefetch(std::uint64_t high) const noexcept { __builtin_prefetch(&filter_[block_of(high)]); }

  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] std::size_t memory() const noexcept;

 private:
  struct Run {
    std::unique_ptr<ScratchFile> file;
    std::size_t entries = 0;
    std::vector<std::uint64_t> fence;  // the upper half of the first identity of each page
  };
  /// A line of the cache.
  struct alignas(64) FilterBlock {
    std::uint64_t words[8];
  };
  class Writer;
  class Reader;

  [[nodiscard]] std::size_t block_of(std::uint64_t high) const noexcept;
  void set_filter(std::uint64_t high) noexcept;
  [[nodiscard]] bool may_hold(std::uint64_t high) const noexcept;
  void find_all(Run& run, std::uint64_t high);
  void merge_last_two();

  Scratch& scratch_;
  Budget::FilterShare share_;
  std::size_t entry_;
  std::size_t page_;  // entries
  std::vector<FilterBlock> filter_;
  std::vector<Run> runs_;
  std::vector<std::byte> buffer_;
  std::vector<std::byte> found_;
};

}  // namespace dedup::memory
