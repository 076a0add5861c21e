// SPDX-License-Identifier: Apache-2.0
// HTML character references: their names, and what names and numbers stand for.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace dedup::text {

inline constexpr std::size_t kLongestEntityName = 10;

/// The character of a name, as it is written: &Dagger; and &dagger; are two characters, &NBSP; is
/// none. All names of HTML 4, and of HTML 5 those of letters, punctuation, arrows and signs that
/// text is made of; not those of the rarer mathematical signs.
[[nodiscard]] std::optional<char32_t> entity(std::string_view name) noexcept;

/// The character that the body of a reference stands for, what is between & and ; of it: a name, or
/// a number behind # or #x. &#147; is a quotation mark, as in browsers, which read windows-1252
/// there. None for what is not known, or no number; a number that is no character is given as it
/// is, beyond Unicode as 0x110000, and 0 for a place that windows-1252 leaves empty.
[[nodiscard]] std::optional<char32_t> meaning_of_reference(std::string_view body) noexcept;

}  // namespace dedup::text
