// SPDX-License-Identifier: Apache-2.0
// Near traits: what of two blocks is compared before their shingles are. They only ever refuse what
// the shingles, or the numerals themselves, would refuse anyway.
//
//   numerals   a mask of them
//   bits       one for each shingle, by the low bits of its hash, in 2^n words
//
// Two blocks of different sizes are compared at the smaller one, into which the larger is folded:
//
//   8 words   a b c d e f g h    →    4 words   a|e  b|f  c|g  d|h
//
// Cost: 0.5 us for a block of 100 characters, as much as its signature takes; so they are made when
// a block first meets a candidate, which most blocks never do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace dedup::memory {

struct NearTraits {
  std::span<const std::uint64_t> bits;  ///< by reference; none where nothing is known yet
  std::uint64_t numerals = 0;
  std::uint32_t ones = 0;  ///< of the bits

  [[nodiscard]] bool known() const noexcept { return !bits.empty(); }
};

/// Words that the bits of this key take.
[[nodiscard]] std::size_t trait_words(std::u16string_view key) noexcept;

/// Those of a key. Its bits go to `words`, trait_words() of them, which must outlive the traits.
[[nodiscard]] NearTraits near_traits(std::u16string_view key,
                                     std::span<std::uint64_t> words) noexcept;

/// Shingles that only one of two blocks has, at least: each bit that is set on one side only stands
/// for one or more of them.
struct Difference {
  std::uint64_t left = 0;
  std::uint64_t right = 0;
};
[[nodiscard]] Difference differ(const NearTraits& left, const NearTraits& right);

}  // namespace dedup::memory
