// SPDX-License-Identifier: Apache-2.0
// Segmentation: where sentences end. A scanner of our own, since UAX #29 leaves opening quotes
// behind and cuts inside addresses.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "text/marks.h"

namespace dedup::text {

/// Appends the end of each sentence of `block` (one line without its line end, valid UTF-8), as
/// byte offsets; the last is block.size(). An empty block has none. Trailing blanks belong to the
/// sentence before them.
void segment(std::string_view block, std::vector<std::size_t>& ends);

/// The same where `marks` are at hand, of a text that has the block at `offset`.
void segment(std::string_view block, const Marks& marks, std::size_t offset,
             std::vector<std::size_t>& ends);

}  // namespace dedup::text
