// SPDX-License-Identifier: Apache-2.0
// Remains: what is left of text in UTF-8 that was read in a wrong charset and has lost bytes on the
// way.
//
//   E4 B8 AD  E6 96 87        two characters
//   E4 B8 ?   E6 96           two of which a byte was lost: before a question mark, at the end
//   E4 B8 FF 96 87            one byte lost with its neighbour; what followed it is an orphan
//   D6 D0 CE C4               faults: it never was UTF-8
#pragma once

#include <cstddef>
#include <string_view>

namespace dedup::text {

struct Remains {
  /// Of so many ideographs one fault at most, or it never was UTF-8.
  static constexpr std::size_t kIdeographsOfFault = 6;

  std::size_t ideographs = 0;
  std::size_t wide = 0;    ///< other characters from U+2000 on
  std::size_t narrow = 0;  ///< characters of two bytes, and few blocks more
  std::size_t lost = 0;    ///< characters that show where their bytes were lost
  std::size_t faults = 0;  ///< bytes that UTF-8 has no place for

  /// Whether this is a line in Chinese, rather than one of a few signs.
  [[nodiscard]] bool is_chinese() const noexcept;
  /// Whether it was, before it lost some bytes. Ordinary text that quotes the like has too many
  /// faults.
  [[nodiscard]] bool was_chinese() const noexcept;
};

/// Of `bytes`, in which kLostByte (see misread.h) stands for bytes that are lost. Linear.
[[nodiscard]] Remains remains_of(std::string_view bytes);

}  // namespace dedup::text
