// SPDX-License-Identifier: Apache-2.0
// Where a near index keeps what it has no room for: on disk for as long as the process lives
// (near_archive.h), or in a file (file_home.h).
//
//   buckets   (band, hash) → place, place, …   the places ascend as the ids did
//   records   place → words
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "memory/buckets.h"
#include "numbers/signature.h"

namespace dedup::memory {

/// Thread rule and errors are those of what implements it.
class NearHome {
 public:
  NearHome() = default;
  NearHome(const NearHome&) = delete;
  NearHome& operator=(const NearHome&) = delete;
  virtual ~NearHome() = default;

  /// What is to be known of an id, appended to `words`; says the same each time.
  using Describe = std::function<void(std::uint32_t id, std::vector<std::uint64_t>& words)>;
  /// Takes all that buckets hold, of the ids from 0 to below `ids`, which are later than all here.
  virtual void add(const Buckets& buckets, std::uint32_t ids, const Describe& describe) = 0;

  /// Places of the earliest in each bucket of these bands, ascending, each once; valid until the
  /// next call. `met` says how many of the 16 were met in each bucket before, and is raised by
  /// those met here.
  [[nodiscard]] virtual std::span<const std::uint64_t> find(const numbers::Bands& bands,
                                                            Buckets::Counts& met) = 0;

  /// The words of the id at a place, valid until the next call.
  [[nodiscard]] virtual std::span<const std::uint64_t> read(std::uint64_t place) = 0;

  [[nodiscard]] virtual std::size_t memory() const noexcept = 0;
};

/// Buckets in their order, spread over all 64 bits: what they are sorted by. The factor is odd, so
/// that the low bits, too, differ as those of the hashes do.
[[nodiscard]] constexpr std::uint64_t bucket_key(std::size_t band, std::uint32_t hash) noexcept {
  constexpr std::uint64_t kSpread = ((std::uint64_t{1} << 32) / numbers::kBands - 1) | 1;
  return (std::uint64_t{band} << 32 | hash) * kSpread;
}

}  // namespace dedup::memory
