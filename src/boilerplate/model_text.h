// SPDX-License-Identifier: Apache-2.0
// The text in which models of page mode are written: lines of columns parted by tabs, the first
// saying what the line is; # begins a remark.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "boilerplate/page_features.h"

namespace dedup::boilerplate {

/// The text up to the next `end`, taken off together with it.
[[nodiscard]] std::string_view take(std::string_view& text, char end) noexcept;

/// Calls `read(kind, name, value)` for each line; what that throws as FormatError is thrown again
/// with the number of the line and `what` the text is.
void read_model_text(
    std::string_view text, std::string_view what,
    const std::function<void(std::string_view, std::string_view, std::string_view)>& read);

/// A number in hundredths, to which it is rounded; bounded, so that no sum of a line can overflow.
/// Throws FormatError.
[[nodiscard]] std::int32_t hundredths(std::string_view text);

/// Adds words parted by blanks, folded like the keys that they are looked for in. Throws
/// FormatError.
void add_cues(PageCues& cues, std::string_view its_class, std::string_view words);

}  // namespace dedup::boilerplate
