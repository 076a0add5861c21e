// SPDX-License-Identifier: Apache-2.0
// The names of HTML character references.
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

}  // namespace dedup::text
