// SPDX-License-Identifier: Apache-2.0
// Line breaks other than line ends: where VT, FF, NEL, U+2028, U+2029, <br> or a written \n stand
// for line ends throughout a document that has none, they end its lines.
//
//   责任编辑：林某<VT>本网转载此文…         two lines
//   换行写作 \n，制表写作 \t。              one line: the mark is what it speaks of
#pragma once

#include <vector>

#include "text/lines.h"
#include "text/repair/changes.h"

namespace dedup::text {

/// Parts the lines of a whole document, found by its line ends, at such breaks; a break is the end
/// of the line before it, so that no byte changes. What the repairs change is no break. Lines are
/// numbered anew. Linear.
void part_at_breaks(const Stretch& stretch, const Changes& changes, std::vector<Line>& lines);

}  // namespace dedup::text
