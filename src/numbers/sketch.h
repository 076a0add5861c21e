// SPDX-License-Identifier: Apache-2.0
// Sketches: the 512 least shingle hashes of a text, a uniform sample of its distinct shingles that
// two texts draw alike (bottom-k sketch: Broder 1997; Cohen and Kaplan 2007). The share that is
// common among the 512 least of both together estimates the resemblance, with a standard error of
// sqrt(J (1 - J) / 512): .018 at .8. Of a text with fewer shingles it is the whole set, and exact.
//
// Cost: a comparison a shingle once a text is long, 5 ns a shingle for the first two thousand,
// which are sorted. Memory: 8 bytes a value, 4 KiB at most.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "numbers/resemblance.h"

namespace dedup::numbers {

inline constexpr std::size_t kSketchSize = 512;

/// Distinct, ascending, at most kSketchSize.
using Sketch = std::vector<std::uint64_t>;

/// Of the sets that the sketches stand for. Linear; a pure function of both.
[[nodiscard]] Resemblance resemblance(std::span<const std::uint64_t> a,
                                      std::span<const std::uint64_t> b) noexcept;

/// Takes shingles one by one, in any order; repeats count once.
class Sketcher {
 public:
  void add(std::uint64_t shingle) {
    if (shingle < bound_) {
      take(shingle);
    }
  }

  void add(std::span<const std::uint64_t> shingles);

  /// Takes all that another was given, by its sketch.
  void add(Sketch&& other);

  /// The sketch of all since the last call, and a new beginning.
  [[nodiscard]] Sketch finish();

 private:
  static constexpr std::uint64_t kNoBound = ~std::uint64_t{0};

  void take(std::uint64_t shingle);
  void prune();
  void take_least(std::span<const std::uint32_t> ends);

  std::uint64_t bound_ = kNoBound;     // what is not below it cannot be among the least
  std::vector<std::uint64_t> values_;  // all below the bound since it was set, and the least so far
  bool sorted_ = true;                 // values_ are a sketch
  std::vector<std::uint64_t> by_place_;  // scratch
};

}  // namespace dedup::numbers
