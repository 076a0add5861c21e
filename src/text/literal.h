// SPDX-License-Identifier: Apache-2.0
// Literals at the start of a text. starts_with() of the standard library compares by a size known
// only at run time, which is a call for each literal; here the size is the literal's own.
#pragma once

#include <cstddef>
#include <string_view>

namespace dedup::text {

template <std::size_t N>
[[nodiscard]] constexpr bool begins_with(std::string_view text, const char (&literal)[N]) noexcept {
  return text.size() >= N - 1 && std::char_traits<char>::compare(text.data(), literal, N - 1) == 0;
}

}  // namespace dedup::text
