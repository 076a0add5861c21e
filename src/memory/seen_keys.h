// SPDX-License-Identifier: Apache-2.0
// Seen keys: the home of keys in the memory of this process, and beyond its budget on disk.
#pragma once

#include "memory/budget.h"
#include "memory/keys.h"
#include "memory/seen_set.h"

namespace dedup::memory {

/// A set for each kind. One thread at a time. Cost of a key: a miss of the cache, which is fetched
/// ahead; memory: 14 bytes, 8 or 16 more for its place, and a quarter of that spare
/// (ordered_table.h).
class SeenKeys final : public KeyHome {
 public:
  /// Without `keep_places` answers say only that a key was there; of documents always where.
  /// `budget` must outlive it.
  SeenKeys(bool keep_places, Budget& budget);

  /// Throws what the scratch file throws.
  void find_or_insert(Kind kind, std::uint64_t document, std::span<const Ask> asks,
                      std::vector<Answer>& answers) override;

  /// Forgets all keys. Costs as much as were inserted.
  void clear() noexcept;

 private:
  SeenSet<std::uint64_t> documents_;
  SeenSet<Position> blocks_;
  SeenSet<Place> runs_;
  SeenSet<Place> sentence_runs_;
  SeenSet<Position> sentences_;
};

}  // namespace dedup::memory
