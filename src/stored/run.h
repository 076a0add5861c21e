// SPDX-License-Identifier: Apache-2.0
// A run: entries in ascending order, on pages that can be found without a table of contents. An
// entry is a key of 112 bits, hashes all of them, and a payload of a fixed number of bytes:
//
//   0          8       14
//   | high     | low   | payload … |
//
//   | filter … | home 0 | home 1 | … | home n-1 | what the last of them push on … |
//
// The home of a key is the page in proportion to it: high × n / 2^64. A page that is full pushes
// what comes behind on to the next, as in the ordered table (Amble and Knuth, 1974) with a page for
// a slot; homes are filled to .85, so hardly any is. A page of entries:
//
//   0       2       8
//   | count |   0   | entry, entry, …
//
// The filter is a blocked Bloom filter (Putze, Sanders and Singler, 2007), three bits of a line of
// 64 bytes, ten bits an entry: of keys that are not here 1 in 60 is looked for on a page. 63 lines
// stand on a page. It too stands in the order of the keys, so both are written in one pass.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "stored/bytes.h"
#include "stored/pages.h"

namespace dedup::stored {

/// What entries are found by.
struct Key {
  std::uint64_t high = 0;
  std::uint64_t low = 0;  ///< 48 bits
  static constexpr std::size_t kBytes = 14;

  static Key of(const std::byte* entry) noexcept {
    return {get<8>(entry), get<4>(entry + 8) | get<2>(entry + 12) << 32};
  }
  void put(std::byte* entry) const noexcept {
    stored::put<8>(entry, high);
    stored::put<6>(entry + 8, low);
  }
  friend bool operator==(const Key&, const Key&) = default;
  friend bool operator<(const Key& a, const Key& b) noexcept {
    return a.high != b.high ? a.high < b.high : a.low < b.low;
  }
};

/// Where a run is; what the manifest holds of it.
struct Run {
  Extent extent;  // filter and entries
  std::uint64_t entries = 0;
  std::uint64_t homes = 0;  // pages
  std::uint64_t filter_lines = 0;
  [[nodiscard]] std::uint64_t filter_pages() const noexcept;
};

/// How entries of a kind lie on a page.
struct Shape {
  explicit Shape(std::size_t payload) noexcept
      : entry(Key::kBytes + payload), capacity((kPayload - 8) / entry) {}
  std::size_t entry;     // bytes
  std::size_t capacity;  // entries of a page
};

/// Pages that the filter and the entries of a run of so many may take.
[[nodiscard]] std::uint64_t pages_for_run(const Shape& shape, std::uint64_t entries) noexcept;

/// Writes a run: (add* finish).
class RunWriter {
 public:
  /// For at most `entries`, in an extent with pages_for_run() of them.
  RunWriter(const files::SharedFile& file, const Shape& shape, const Extent& extent,
            std::uint64_t entries);
  /// Greater than all before.
  void add(const std::byte* entry);
  /// The run, with as many pages as it took.
  [[nodiscard]] Run finish();

 private:
  void next_page();
  void set_filter(std::uint64_t high);

  Shape shape_;
  Run run_;
  Extent filter_extent_;
  Extent entry_extent_;
  PageWriter filter_;
  PageWriter pages_;
  std::uint64_t page_ = 0;  // of the entries
  std::size_t count_ = 0;   // on it
  std::uint64_t line_ = 0;  // the first of the filter's page at hand
};

/// All entries of a run in order.
class RunReader {
 public:
  /// They must outlive it.
  RunReader(const files::SharedFile& file, const Shape& shape, const Run& run);
  /// The next, valid until the next call; null behind the last.
  [[nodiscard]] const std::byte* next();

 private:
  Shape shape_;
  Extent entries_;
  PageReader pages_;
  const std::byte* page_ = nullptr;
  std::size_t at_ = 0;
  std::size_t count_ = 0;
};

/// Pages of filters in memory: as many as it may hold, each read when it is first asked for. They
/// are known by their place and generation, which a run of the same generation can have once more.
class FilterCache {
 public:
  /// `bytes`: how many it may take, 0 for any number.
  FilterCache(const files::SharedFile& file, std::uint64_t bytes);

  /// Whether the run may hold a key of that upper half: no is sure.
  [[nodiscard]] bool may_hold(const Run& run, std::uint64_t high);
  /// Starts to fetch what may_hold() will look at.
  void prefetch(const Run& run, std::uint64_t high) const noexcept;
  /// To be told of each run that is written, lest it be taken for one that was there before.
  void begin(const Run& run) noexcept;
  /// Forgets all pages: most belong to runs that are gone.
  void clear() noexcept;

 private:
  struct Slot {
    std::uint64_t page = 0;  // of the file; 0: none
    std::uint64_t generation = 0;
    std::uint32_t at = 0;
  };
  [[nodiscard]] const std::byte* page(const Run& run, std::uint64_t number);
  [[nodiscard]] std::size_t slot_of(std::uint64_t page, std::uint64_t generation) const noexcept;
  void rehash(std::size_t slots);

  const files::SharedFile& file_;
  std::size_t most_;  // pages
  std::vector<std::unique_ptr<Page>> pages_;
  std::vector<Slot> slots_;
};

/// Appends the entries of a run that have this upper half to `found`, in order.
void find_all(const files::SharedFile& file, const Shape& shape, const Run& run, std::uint64_t high,
              std::vector<std::byte>& found);

}  // namespace dedup::stored
