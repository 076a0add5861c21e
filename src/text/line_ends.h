// SPDX-License-Identifier: Apache-2.0
// Line ends: \n, \r\n and \r. What ends a sentence inside a line is in blanks.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace dedup::text {

/// A byte of a line end.
[[nodiscard]] constexpr bool is_line_end(char c) noexcept { return c == '\n' || c == '\r'; }

/// Whether a line ends right behind the byte at `at`: not behind the \r of a \r\n.
[[nodiscard]] constexpr bool is_end_of_line(std::string_view text, std::size_t at) noexcept {
  return text[at] == '\n' || (text[at] == '\r' && text.substr(at + 1, 1) != "\n");
}

/// Where the line begins that goes on to `at`: behind the last byte of a line end in [floor, at),
/// or at `floor`. Eight bytes at a time, since lines of prose are long.
[[nodiscard]] inline std::size_t line_start(std::string_view text, std::size_t floor,
                                            std::size_t at) noexcept {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHighs = kOnes << 7;
  // Whether any byte is 0, as a word that is then not 0.
  const auto has_zero = [](std::uint64_t word) { return (word - kOnes) & ~word & kHighs; };
  while (at >= floor + sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at - sizeof word, sizeof word);
    if ((has_zero(word ^ kOnes * '\n') | has_zero(word ^ kOnes * '\r')) != 0) {
      break;
    }
    at -= sizeof word;
  }
  while (at > floor && !is_line_end(text[at - 1])) {
    --at;
  }
  return at;
}

}  // namespace dedup::text
