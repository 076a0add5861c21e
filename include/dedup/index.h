// SPDX-License-Identifier: Apache-2.0
// The index: what is remembered between documents, as a value of its own. A Cleaner makes one for
// itself, or shares one with others:
//
//   dedup::Index index;                          // in memory
//   dedup::Cleaner a(options, index);            // on one thread
//   dedup::Cleaner b(options, index);            // on another: each sees what the other has seen
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "dedup/export.h"
#include "dedup/scratch.h"

namespace dedup {

namespace memory {
class Index;
}  // namespace memory

/// Key of the fingerprints. Whoever knows it could make texts that collide.
using Secret = std::array<std::byte, 32>;

/// What an index remembers, and where. Plain values, copied; the constructor checks them.
struct IndexOptions {
  /// Remembers where each key was first, for Edit::first. Cost: 16 bytes more a block.
  bool places = true;

  /// Remembers the names of documents, for Edit::first_name. Cost: the name and 8 bytes a document.
  bool names = true;

  /// Least resemblance of near-duplicate documents, and of blocks under Scope::wide: from 0.5 to 1.
  /// All Cleaners of an index must have the same in Options::near_threshold.
  double near_threshold = 0.8;

  /// Most bytes to remember in memory; what has no room goes on in `scratch`, with the same
  /// answers. 0: no limit.
  std::uint64_t memory = 0;

  /// Needed where memory is limited; else not used.
  std::shared_ptr<Scratch> scratch;

  /// Unset: drawn at random, so that no text can be made to collide with another. No result depends
  /// on it.
  std::optional<Secret> secret;
};

/// Remembers documents, blocks, runs of blocks and, for Scope::wide, sentences and near-duplicates.
///
/// Thread rule: any number of Cleaners on any threads may share one; it must outlive them. Each
/// document meets it for a few questions that hold many keys, one thread at a time. What one
/// Cleaner has seen is seen for all, in the order in which they ask; two copies that are cleaned at
/// the same moment on two threads are told apart by who asks first. Documents are numbered through
/// all of them. Cost: 19 to 28 bytes a distinct block in memory, places and names apart.
class DEDUP_EXPORT Index {
 public:
  /// In the memory of this process. Throws InvalidOption for a threshold out of its range, and
  /// where memory is limited without scratch space.
  explicit Index(const IndexOptions& options = {});

  /// For the library itself, whose tests bring other homes.
  explicit Index(std::unique_ptr<memory::Index> home) noexcept;

  ~Index();
  Index(Index&&) noexcept;
  Index& operator=(Index&&) noexcept;

  /// How many documents it was shown: the next gets this number. Any thread.
  [[nodiscard]] std::uint64_t documents() const;

  /// The name under which a document was given; empty where names are not remembered, and for a
  /// number that no document has. Any thread. Throws what the scratch space throws.
  [[nodiscard]] std::string name_of(std::uint64_t document) const;

  /// What Cleaners ask.
  [[nodiscard]] memory::Index& home() const noexcept { return *home_; }

 private:
  std::unique_ptr<memory::Index> home_;
};

}  // namespace dedup
