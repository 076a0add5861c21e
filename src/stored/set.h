// SPDX-License-Identifier: Apache-2.0
// A set of entries as runs, from the longest and earliest to the shortest, each at least three
// times as long as the next: so there are few, and an entry is written a few times in all. No key
// is in two of them, but where a key stands for several entries, as that of a bucket does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "stored/run.h"
#include "stored/space.h"

namespace dedup::stored {

/// What the sets and records of a file share.
struct Ground {
  const files::SharedFile& file;
  Space& space;
  FilterCache& filters;
  std::int64_t process;          ///< that opened it
  std::uint64_t generation = 0;  ///< that the next commit will be
  bool changed = false;          ///< something was staged since the last commit was prepared
  bool unfinished = false;       ///< something was begun, and not brought to its end

  /// What no longer holds anything: pages that a commit refers to are only retired.
  void drop(const Extent& extent) {
    if (extent.generation == generation) {
      space.give_back(extent);
    } else {
      space.retire(extent);
    }
  }
};

/// Held while something is written. What throws meanwhile leaves the ground unfinished, and nothing
/// is written after it. Throws IndexError then, and Misuse in a forked process.
class Writing {
 public:
  explicit Writing(Ground& ground);
  void finish() noexcept { ground_.unfinished = false; }

 private:
  Ground& ground_;
};

/// Gives entries one by one, in ascending order; null behind the last.
using Source = std::function<const std::byte*()>;

/// One thread at a time. All throw IndexError.
class Set {
 public:
  /// `ground` must outlive it. `payload`: bytes of an entry behind its key.
  Set(Ground& ground, std::size_t payload, std::vector<Run> runs);

  /// The entry of a key, valid until the next call; null if it is not here.
  [[nodiscard]] const std::byte* find(const Key& key);
  /// All entries whose keys have this upper half, those of earlier runs first; valid likewise.
  [[nodiscard]] std::span<const std::byte> find_all(std::uint64_t high);
  void prefetch(std::uint64_t high) const noexcept;

  /// Adds `entries`, none of which is here.
  void add(std::uint64_t entries, const Source& source);

  /// All entries of all runs in ascending order, equal ones in that of the runs.
  [[nodiscard]] Source all() const;

  [[nodiscard]] const Shape& shape() const noexcept { return shape_; }
  [[nodiscard]] const std::vector<Run>& runs() const noexcept { return runs_; }
  [[nodiscard]] std::uint64_t size() const noexcept;

 private:
  Ground& ground_;
  Shape shape_;
  std::vector<Run> runs_;
  std::vector<std::byte> found_;
};

/// The least of several sources first; of equal ones that of the earlier source.
[[nodiscard]] Source merged(std::vector<Source> sources);

}  // namespace dedup::stored
