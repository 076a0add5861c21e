// SPDX-License-Identifier: Apache-2.0
// Own keys: which blocks the document at hand brought itself, so that a copy within it is told from
// a copy of another document's. The index does not say so where it keeps no places.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_set>
#include <vector>

#include "numbers/fingerprint.h"

namespace dedup::cleaner {

/// Call order: (clear (add | contains)*)*. One thread. Cost: 8 bytes for each key until something
/// is asked for, then some 40; of a document with more than kMost of them the later ones are not
/// known.
class OwnKeys {
 public:
  static constexpr std::size_t kMost = std::size_t{1} << 18;

  void clear() {
    new_.clear();
    known_.clear();
    count_ = 0;
  }

  void add(const numbers::Fingerprint& key) {
    if (count_ < kMost) {
      new_.push_back(key.low);
      ++count_;
    }
  }

  /// 64 bits are enough: two keys of one document share them with a chance of 2^-28 at most.
  [[nodiscard]] bool contains(const numbers::Fingerprint& key) {
    known_.insert(new_.begin(), new_.end());
    new_.clear();
    return known_.contains(key.low);
  }

 private:
  std::vector<std::uint64_t> new_;  // since something was asked for
  std::unordered_set<std::uint64_t> known_;
  std::size_t count_ = 0;
};

}  // namespace dedup::cleaner
