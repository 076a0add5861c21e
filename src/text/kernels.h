// SPDX-License-Identifier: Apache-2.0
// Kernels: the loops over every byte, in versions for what the processor can do. One binary has
// them all and chooses at run time; what they compute is the same.
//
//   none   one byte at a time, on any processor: the twin that tests compare with
//   wide   32 bytes at a time: AVX2
//
// None by 16: SSE2 cannot look up, and comparing took longer than to go by single bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "dedup/options.h"

namespace dedup::text {

/// Who wants to look closer at a byte: see marks.h.
enum class Mark : std::uint8_t { line_end, sentence, repair, damage };
inline constexpr std::size_t kMarkCount = 4;

/// Bytes that one word has the marks of, the first in the lowest bit.
inline constexpr std::size_t kMarkBlock = 64;
/// Blocks that are marked for all who want it before the next come, at most: what is made of their
/// bytes stays in the cache.
inline constexpr std::size_t kMarkBlocks = 64;
/// How far behind a byte a kernel reads.
inline constexpr std::size_t kMarkReach = 4;

/// The words of each mark; null where nobody wants it.
using MarkWords = std::array<std::uint64_t*, kMarkCount>;

/// A stretch of characters that was folded.
struct FoldedStretch {
  const char* from;  ///< behind the last
  char16_t* to;      ///< behind their units
  unsigned seen;     ///< 0: blanks and invisible characters only
};

struct Kernels {
  /// Sets marks on `blocks` times 64 bytes, kMarkBlocks at most. Four bytes more must be readable.
  using SetMarks = void (*)(const unsigned char* text, std::size_t blocks,
                            const MarkWords& words) noexcept;
  SetMarks set_marks;

  /// Writes what tables::plain gives of the characters of three bytes that `from` begins with, up
  /// to the first other one, or one that takes a look at its entry (kPlainLeave). Requires: valid
  /// UTF-8, of which bytes up to `readable` may be read, at or behind `end`; at `to` room for a
  /// unit for each byte, and 8 more.
  using FoldThrees = FoldedStretch (*)(const char* from, const char* end, const char* readable,
                                       char16_t* to) noexcept;
  FoldThrees fold_threes;

  /// The same of ASCII, up to a digit that a mark before it may join, or a sign that takes a look;
  /// `after_joint`: such a mark stands before `from`. Null: there is no faster way than
  /// KeyWriter's own.
  using FoldAscii = FoldedStretch (*)(const char* from, const char* end, const char* readable,
                                      char16_t* to, bool after_joint) noexcept;
  FoldAscii fold_ascii;
};

/// The best that is wanted and that this processor has. Cost: next to nothing.
[[nodiscard]] const Kernels& kernels(Simd wanted = Simd::automatic) noexcept;

}  // namespace dedup::text
