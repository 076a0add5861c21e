// SPDX-License-Identifier: Apache-2.0
// Text wrapped at words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dedup::tool {

inline constexpr std::size_t kPageWidth = 100;  ///< of all help, in columns

/// Appends `text` to `page` in lines of at most `width` columns, of which those behind the first
/// are indented by `indent`, where the first is to begin; a line feed in it begins a line. Ends
/// with a line feed.
void add_paragraph(std::string& page, std::size_t indent, std::string_view text,
                   std::size_t width = kPageWidth);

}  // namespace dedup::tool
