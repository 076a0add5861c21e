// SPDX-License-Identifier: Apache-2.0
// Line ends: \n, \r\n and \r. What ends a sentence inside a line is in blanks.h.
#pragma once

#include <cstddef>
#include <string_view>

namespace dedup::text {

/// A byte of a line end.
[[nodiscard]] constexpr bool is_line_end(char c) noexcept { return c == '\n' || c == '\r'; }

/// Whether a line ends right behind the byte at `at`: not behind the \r of a \r\n.
[[nodiscard]] constexpr bool is_end_of_line(std::string_view text, std::size_t at) noexcept {
  return text[at] == '\n' || (text[at] == '\r' && text.substr(at + 1, 1) != "\n");
}

}  // namespace dedup::text
