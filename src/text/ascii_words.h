// SPDX-License-Identifier: Apache-2.0
// ASCII in fold(), 16 bytes at a time: the twin for AVX2 of KeyWriter::letters_singly(), which
// says what is done. A bit for each byte, first lowest:
//
//   text      v 1 . 5 ,   3 0 0
//   joins     0 0 1 0 1 0 0 0 0     may join a number behind it
//   passed    0 0 0 0 0 1 0 0 0     a blank, behind which it still may
//   reached   0 0 0 1 0 0 1 0 0     the sum of (joins << 1) and passed carries a bit over each row
//                                   of blanks; where it falls on a digit the loop stops
//
// Kinds are looked up by nibbles: for the low one a row of bits, one for each high one.
//
// Part of kernel_loops.h, like threes.h.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "text/kernels.h"
#include "text/tables.h"
#include "text/threes.h"

namespace dedup::text {
namespace {  // one copy for each processor is the purpose

#if defined(__AVX2__)

/// Sixteen bytes, to be asked of what kind each is. Those outside ASCII may be of any.
class AsciiBytes {
 public:
  explicit AsciiBytes(const char* from) noexcept
      : bytes_(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))) {
    const __m128i nibble = _mm_set1_epi8(0x0F);
    const __m128i bits = _mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
    low_ = _mm_and_si128(bytes_, nibble);
    bit_ = _mm_shuffle_epi8(bits, _mm_and_si128(_mm_srli_epi16(bytes_, 4), nibble));
  }

  [[nodiscard]] unsigned others() const noexcept { return bits_of(bytes_); }
  [[nodiscard]] unsigned of(tables::AsciiKind kind) const noexcept {
    const std::uint8_t* const row = tables::ascii_kinds + 16 * static_cast<std::size_t>(kind);
    const __m128i rows =
        _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(row)), low_);
    return bits_of(_mm_cmpeq_epi8(_mm_and_si128(rows, bit_), bit_));
  }

  /// Writes the letters, small, and digits of a set.
  char16_t* write(unsigned given, char16_t* to) const noexcept {
    const __m128i small = _mm_or_si128(bytes_, _mm_set1_epi8(0x20));  // which digits have already
    to += pack(_mm_cvtepu8_epi16(small), given & 0xFFU, to);
    return to + pack(_mm_cvtepu8_epi16(_mm_srli_si128(small, 8)), given >> 8, to);
  }

 private:
  static unsigned bits_of(__m128i lanes) noexcept {
    return static_cast<unsigned>(_mm_movemask_epi8(lanes));
  }

  __m128i bytes_;
  __m128i low_;
  __m128i bit_;
};

inline FoldedStretch fold_ascii_by_blocks(const char* from, const char* end, const char* readable,
                                          char16_t* to, bool after_joint) noexcept {
  constexpr std::ptrdiff_t kBlock = 16;
  unsigned marked = after_joint ? 1 : 0;
  unsigned seen = 0;
  while (from != end) {
    std::array<char, kBlock> last;
    const char* source = from;
    if (readable - from < kBlock) {
      last.fill('\0');
      std::memcpy(last.data(), from, static_cast<std::size_t>(end - from));
      source = last.data();
    }
    const AsciiBytes bytes(source);
    const unsigned inside = end - from >= kBlock ? 0xFFFFU : (1U << (end - from)) - 1;
    const unsigned passed = bytes.of(tables::AsciiKind::passed);
    const unsigned reached = (bytes.of(tables::AsciiKind::joins) << 1 | marked) + passed;
    const unsigned stops = (reached & ~passed & bytes.of(tables::AsciiKind::digit)) |
                           bytes.of(tables::AsciiKind::leave) | bytes.others() | ~inside;
    const int count = std::countr_zero(stops);
    const unsigned ours = (1U << count) - 1;
    to = bytes.write(bytes.of(tables::AsciiKind::emits) & ours, to);
    seen |= ~passed & ours;
    from += count;
    if (count < kBlock) {
      break;
    }
    marked = reached >> kBlock & 1U;
  }
  return {from, to, seen};
}

#endif

}  // namespace
}  // namespace dedup::text
