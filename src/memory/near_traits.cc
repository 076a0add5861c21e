// SPDX-License-Identifier: Apache-2.0
#include "memory/near_traits.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "numbers/numerals.h"
#include "numbers/shingles.h"

namespace dedup::memory {
namespace {

constexpr std::size_t kWordBits = 64;

/// Bits set in both. By hand, since std::popcount calls a function where the processor is not known
/// to have the instruction, while this becomes vectors. The bytes of `sums` count up to 128.
std::uint64_t count_common(const std::uint64_t* a, const std::uint64_t* b,
                           std::size_t words) noexcept {
  constexpr std::size_t kStride = 16;
  constexpr std::uint64_t kEvenBytes = 0x00FF00FF00FF00FF;
  std::uint64_t count = 0;
  for (std::size_t start = 0; start < words; start += kStride) {
    const std::size_t end = std::min(words, start + kStride);
    std::uint64_t sums = 0;
    for (std::size_t i = start; i < end; ++i) {
      std::uint64_t word = a[i] & b[i];
      word -= word >> 1 & 0x5555555555555555;
      word = (word & 0x3333333333333333) + (word >> 2 & 0x3333333333333333);
      sums += (word + (word >> 4)) & 0x0F0F0F0F0F0F0F0F;
    }
    sums = (sums & kEvenBytes) + (sums >> 8 & kEvenBytes);
    count += sums * 0x0001000100010001 >> 48;
  }
  return count;
}

std::uint64_t count_ones(std::span<const std::uint64_t> bits) noexcept {
  return count_common(bits.data(), bits.data(), bits.size());
}

/// The bits that so many words would have, since they go by the low bits of the hash.
std::vector<std::uint64_t> folded(std::span<const std::uint64_t> bits, std::size_t words) {
  std::vector<std::uint64_t> result(words);
  for (std::size_t i = 0; i < bits.size(); ++i) {
    result[i % words] |= bits[i];
  }
  return result;
}

Difference differ(std::span<const std::uint64_t> left, std::uint64_t left_ones,
                  std::span<const std::uint64_t> right, std::uint64_t right_ones) noexcept {
  const std::uint64_t both = count_common(left.data(), right.data(), left.size());
  return {.left = left_ones - both, .right = right_ones - both};
}

}  // namespace

/// Eight to sixteen bits for each shingle: so few are shared by chance that the
/// difference tells unlike blocks apart.
std::size_t trait_words(std::u16string_view key) noexcept {
  return std::bit_ceil(
      std::max<std::size_t>(8, (8 * numbers::most_shingles(key) + kWordBits - 1) / kWordBits));
}

NearTraits near_traits(std::u16string_view key, std::span<std::uint64_t> words) noexcept {
  std::ranges::fill(words, 0);
  const std::uint64_t mask = words.size() - 1;
  numbers::for_each_shingle(key, [&](std::uint64_t shingle) {
    words[shingle / kWordBits & mask] |= std::uint64_t{1} << shingle % kWordBits;
  });
  return {.bits = words,
          .numerals = numbers::numerals_mask(key),
          .ones = static_cast<std::uint32_t>(count_ones(words))};
}

Difference differ(const NearTraits& left, const NearTraits& right) {
  if (left.bits.size() == right.bits.size()) {
    return differ(left.bits, left.ones, right.bits, right.ones);
  }
  const std::size_t words = std::min(left.bits.size(), right.bits.size());
  const auto a = folded(left.bits, words);
  const auto b = folded(right.bits, words);
  return differ(a, count_ones(a), b, count_ones(b));
}

}  // namespace dedup::memory
