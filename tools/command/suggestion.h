// SPDX-License-Identifier: Apache-2.0
// What somebody who mistyped a word may have meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dedup::tool {

/// The candidate nearest to `word`, if it is near: a slip or two of the finger, or one for each
/// three letters (letters left out, put in, exchanged, or two of them swapped). Else empty.
[[nodiscard]] std::string suggestion(std::string_view word,
                                     const std::vector<std::string>& candidates);

/// "; did you mean X?", or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       const std::vector<std::string>& candidates);

}  // namespace dedup::tool
