// SPDX-License-Identifier: Apache-2.0
// The hot loop of fold(): characters of three bytes, which most Chinese text is made of, and what
// is dropped among them, by tables::plain. Two ways, the same answers:
//
//   singly   two characters in a turn, without branches but for the ways out, on any processor
//   eightly  AVX2: eight are decoded at once, looked up one by one, and packed by a shuffle
//
//   bytes    [e5 88 9b][ef bc 8c][e6 96 b0] …          創，新
//   codes     5275      ff0c      65b0                 lanes of 32 bits
//   units     521b      drop      65b0                 lanes of 16, by tables::plain
//   packed    521b      65b0                           by kPacked[lanes that give a unit]
//
// What the look-ups cost is the same in both; eightly takes 5 instructions a character for all the
// rest where singly takes 15. Where the next turn begins must not hang on the look-ups, but on the
// lead bytes alone: else each turn waits for all of the one before, and takes twice as long.
//
// Part of kernel_loops.h, which says for which processors it is compiled, and includes what they
// have.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "text/kernels.h"
#include "text/tables.h"

namespace dedup::text {
namespace {  // one copy for each processor is the purpose

inline constexpr std::ptrdiff_t kOfThree = 3;  // bytes of a character

inline bool is_three(char lead) noexcept {
  return (static_cast<unsigned char>(lead) & 0xF0U) == 0xE0U;
}

/// Whether two characters of three bytes each begin here. Requires: four bytes.
inline bool are_two_of_three(const char* from) noexcept {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, from, sizeof bytes);
  constexpr auto kLeads =
      std::bit_cast<std::uint32_t>(std::array<unsigned char, 4>{0xF0, 0, 0, 0xF0});
  constexpr auto kThree =
      std::bit_cast<std::uint32_t>(std::array<unsigned char, 4>{0xE0, 0, 0, 0xE0});
  return (bytes & kLeads) == kThree;
}

/// Of the three bytes of a character: the marks of UTF-8 in them add up to a constant.
inline std::size_t code_of_three(const char* from) noexcept {
  constexpr std::size_t kMarks = (0xE0U << 12) + (0x80U << 6) + 0x80U;
  const auto byte = [from](int i) { return std::size_t{static_cast<unsigned char>(from[i])}; };
  return (byte(0) << 12) + (byte(1) << 6) + byte(2) - kMarks;
}

inline FoldedStretch fold_threes_singly(const char* from, const char* end, const char* /*readable*/,
                                        char16_t* to) noexcept {
  std::size_t count = 0;
  unsigned seen = 0;
  const auto put = [to, &count, &seen](std::uint16_t unit) {
    to[count] = unit;
    count += unit > tables::kPlainLeave ? 1U : 0U;
    seen |= unit;
  };
  while (end - from >= 2 * kOfThree && are_two_of_three(from)) {
    const std::uint16_t first = tables::plain[code_of_three(from)];
    const std::uint16_t second = tables::plain[code_of_three(from + kOfThree)];
    if (first == tables::kPlainLeave || second == tables::kPlainLeave) {
      break;
    }
    put(first);
    put(second);
    from += 2 * kOfThree;
  }
  while (end - from >= kOfThree && is_three(from[0])) {
    const std::uint16_t unit = tables::plain[code_of_three(from)];
    if (unit == tables::kPlainLeave) {
      break;
    }
    put(unit);
    from += kOfThree;
  }
  return {from, to + count, seen};
}

#if defined(__AVX2__)

inline constexpr std::size_t kLanes = 8;
inline constexpr std::ptrdiff_t kHalf = 4 * kOfThree;     // bytes of four characters
inline constexpr std::ptrdiff_t kOfEight = 8 * kOfThree;  // bytes of eight
inline constexpr std::ptrdiff_t kReadAhead = kHalf + 16;  // bytes that are loaded for them

/// For each set of lanes of 16 bits the shuffle that moves them to the front, in order.
alignas(64) inline constexpr auto kPacked = [] {
  std::array<std::array<unsigned char, 2 * kLanes>, 1U << kLanes> all{};
  for (std::size_t set = 0; set < all.size(); ++set) {
    std::size_t to = 0;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      if ((set >> lane & 1U) != 0) {
        all[set][to++] = static_cast<unsigned char>(2 * lane);
        all[set][to++] = static_cast<unsigned char>(2 * lane + 1);
      }
    }
    while (to < 2 * kLanes) {
      all[set][to++] = 0x80;  // a zero
    }
  }
  return all;
}();

/// Constants in memory: what GCC makes of them in registers it makes anew in each turn.
struct alignas(32) Lanes {
  consteval explicit Lanes(std::uint32_t each) { of.fill(each); }
  [[nodiscard]] __m256i get() const noexcept {
    return _mm256_load_si256(reinterpret_cast<const __m256i*>(of.data()));
  }
  std::array<std::uint32_t, kLanes> of;
};
inline constexpr Lanes kLeadBits(0xF00000);
inline constexpr Lanes kLeadOfThree(0xE00000);
inline constexpr Lanes kBits(0x0F3F3F);                   // that are a character's own
inline constexpr Lanes kJoinLast(1 << 16 | 64 << 8 | 1);  // two and two bytes
inline constexpr Lanes kJoinFirst(4096 << 16 | 1);        // these and the first
inline constexpr Lanes kLeave(tables::kPlainLeave << 16 | tables::kPlainLeave);

/// The bytes of eight characters of three in lanes of 32 bits, the last byte of each lowest.
inline __m256i load_threes(const char* from) noexcept {
  const __m256i reversed =
      _mm256_setr_epi8(2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1,  //
                       2, 1, 0, -1, 5, 4, 3, -1, 8, 7, 6, -1, 11, 10, 9, -1);
  const __m128i first = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  const __m128i second = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + kHalf));
  return _mm256_shuffle_epi8(_mm256_inserti128_si256(_mm256_castsi128_si256(first), second, 1),
                             reversed);
}

/// A bit for each lane that holds a character of three bytes.
inline unsigned lanes_of_three(__m256i bytes) noexcept {
  const __m256i three =
      _mm256_cmpeq_epi32(_mm256_and_si256(bytes, kLeadBits.get()), kLeadOfThree.get());
  return static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(three)));
}

/// Of each lane: what tables::plain has. 4 and 6 and 6 bits are put together in two steps of
/// multiplying and adding neighbours.
inline __m128i units_of(__m256i bytes) noexcept {
  const __m256i bits = _mm256_and_si256(bytes, kBits.get());
  const __m256i pairs = _mm256_maddubs_epi16(bits, kJoinLast.get());
  const __m256i codes = _mm256_madd_epi16(pairs, kJoinFirst.get());
  alignas(32) std::array<std::uint32_t, kLanes> at;
  _mm256_store_si256(reinterpret_cast<__m256i*>(at.data()), codes);
  __m128i units = _mm_cvtsi32_si128(tables::plain[at[0]]);
  units = _mm_insert_epi16(units, tables::plain[at[1]], 1);
  units = _mm_insert_epi16(units, tables::plain[at[2]], 2);
  units = _mm_insert_epi16(units, tables::plain[at[3]], 3);
  units = _mm_insert_epi16(units, tables::plain[at[4]], 4);
  units = _mm_insert_epi16(units, tables::plain[at[5]], 5);
  units = _mm_insert_epi16(units, tables::plain[at[6]], 6);
  return _mm_insert_epi16(units, tables::plain[at[7]], 7);
}

/// Of eight units, a bit each: from bit 0 on those that take a look, from bit 8 what is no unit.
inline unsigned kinds_of(__m128i units) noexcept {
  const __m128i leave = _mm256_castsi256_si128(kLeave.get());
  const __m128i none = _mm_cmpeq_epi16(_mm_min_epu16(units, leave), units);
  const __m128i kinds = _mm_packs_epi16(_mm_cmpeq_epi16(units, leave), none);
  return static_cast<unsigned>(_mm_movemask_epi8(kinds));
}

/// Those before the first of a set.
inline unsigned lanes_below(unsigned lanes) noexcept {
  return ((lanes & -lanes) - 1) & ((1U << kLanes) - 1);
}

/// Writes those that a set of lanes has, and says how many they are.
inline std::ptrdiff_t pack(__m128i units, unsigned given, char16_t* to) noexcept {
  const __m128i packing = _mm_load_si128(reinterpret_cast<const __m128i*>(kPacked[given].data()));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm_shuffle_epi8(units, packing));
  return std::popcount(given);
}

/// Fewer than eight, or what may not be read so far: once for each stretch.
inline FoldedStretch fold_rest(const char* from, const char* end, const char* readable,
                               char16_t* to) noexcept {
  const std::ptrdiff_t left = end - from;
  alignas(16) std::array<char, 32> last;
  const char* source = from;
  if (readable - from < kReadAhead) {
    last.fill(0);
    std::memcpy(last.data(), from, static_cast<std::size_t>(left));
    source = last.data();
  }
  const __m256i bytes = load_threes(source);
  constexpr unsigned kAll = (1U << kLanes) - 1;
  const unsigned inside = left >= kOfEight ? kAll : (1U << left / kOfThree) - 1;
  unsigned ours = lanes_below(~(lanes_of_three(bytes) & inside));
  const __m128i units = units_of(bytes);
  const unsigned kinds = kinds_of(units);
  if (const unsigned leaves = kinds & ours; leaves != 0) [[unlikely]] {
    ours = lanes_below(leaves);
  }
  to += pack(units, ~(kinds >> kLanes) & ours, to);
  const __m128i blank = _mm_cmpeq_epi16(units, _mm_setzero_si128());
  const unsigned blanks = static_cast<unsigned>(_mm_movemask_epi8(_mm_packs_epi16(blank, blank)));
  return {from + kOfThree * std::ptrdiff_t{std::popcount(ours)}, to, ~blanks & ours};
}

inline FoldedStretch fold_threes_eightly(const char* from, const char* end, const char* readable,
                                         char16_t* to) noexcept {
  __m128i seen = _mm_setzero_si128();
  const std::ptrdiff_t room = readable - from - (kReadAhead - kOfEight);
  for (auto turns = (end - from < room ? end - from : room) / kOfEight; turns > 0; --turns) {
    const __m256i bytes = load_threes(from);
    if (lanes_of_three(bytes) != (1U << kLanes) - 1) {
      break;
    }
    const __m128i units = units_of(bytes);
    const auto kinds = static_cast<std::uint16_t>(kinds_of(units));
    if (static_cast<std::uint8_t>(kinds) != 0) {
      break;
    }
    seen = _mm_or_si128(seen, units);
    to += pack(units, static_cast<std::uint8_t>(~(kinds >> kLanes)), to);
    from += kOfEight;
  }
  FoldedStretch folded = fold_rest(from, end, readable, to);
  folded.seen |= _mm_testz_si128(seen, seen) == 0 ? 1U : 0U;
  return folded;
}

#endif

}  // namespace
}  // namespace dedup::text
