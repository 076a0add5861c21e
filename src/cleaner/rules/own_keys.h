// SPDX-License-Identifier: Apache-2.0
// Own keys: which blocks the document at hand brought itself, so that a copy within it is told from
// a copy of another document's. The index does not say so where it keeps no places.
#pragma once

#include <cstddef>
#include <cstdint>

#include "cleaner/rules/late_table.h"
#include "numbers/fingerprint.h"

namespace dedup::cleaner {

/// Call order: (clear (add | contains)*)*. One thread. Of a document with more than kMost of them
/// the later ones are not known. 64 bits of a key are enough: two keys of one document share them
/// with a chance of 2^-28 at most.
class OwnKeys {
 public:
  static constexpr std::size_t kMost = std::size_t{1} << 18;

  void clear() noexcept { keys_.clear(); }

  void add(const numbers::Fingerprint& key) {
    if (keys_.size() < kMost) {
      keys_.add({key.low});
    }
  }

  [[nodiscard]] bool contains(const numbers::Fingerprint& key) {
    return keys_.find(key.low) != nullptr;
  }

 private:
  struct Key {
    std::uint64_t key = 0;
  };
  LateTable<Key> keys_;
};

}  // namespace dedup::cleaner
