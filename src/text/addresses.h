// SPDX-License-Identifier: Apache-2.0
// Addresses of the web as they stand in running text: https://example.org/a?b=c.
#pragma once

#include <string_view>

#include "text/ascii.h"

namespace dedup::text {

/// Stands in each address, behind a name of letters.
inline constexpr std::string_view kScheme = "://";

/// What may stand in an address as people write it: ASCII but blanks, quotes and brackets.
[[nodiscard]] constexpr bool may_be_address(char c) noexcept {
  return is_ascii(c) && c > ' ' && c != '"' && c != '\'' && c != '<' && c != '>' && c != ')' &&
         c != ']' && c != '`' && c != '|';
}

}  // namespace dedup::text
