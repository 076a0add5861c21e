// SPDX-License-Identifier: Apache-2.0
// Kernels: the loops over every shingle and every bin of a signature, in versions for what the
// processor can do. One binary has them all and chooses at run time; what they compute is the same.
//
//   none   one at a time, on any processor: the twin that tests compare with
//   wide   8 shingles, 32 bins at a time: AVX2
#pragma once

#include <cstddef>
#include <cstdint>

#include "dedup/options.h"
#include "numbers/donors.h"

namespace dedup::numbers {

struct Kernels {
  /// Writes the hashes of `count` shingles, the first of which begins at `units`. None of the
  /// units, four more than shingles, is a surrogate.
  using HashShingles = void (*)(const char16_t* units, std::size_t count,
                                std::uint64_t* hashes) noexcept;
  HashShingles hash_shingles;

  /// Says for each of kComponents bins where it gets its number. False if a bin has no donor in any
  /// of the tabled attempts; the one that is said of it is then empty, too.
  using FindDonors = bool (*)(const std::uint32_t* components, std::uint8_t* donors) noexcept;
  FindDonors find_donors;
};

/// The best that is wanted and that this processor has. Cost: next to nothing.
[[nodiscard]] const Kernels& kernels(Simd wanted = Simd::automatic) noexcept;

/// Null where this processor or this build has none.
[[nodiscard]] const Kernels* wide_kernels() noexcept;

}  // namespace dedup::numbers
