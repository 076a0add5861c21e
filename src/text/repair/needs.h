// SPDX-License-Identifier: Apache-2.0
// Needs: which lines of a text may have something to repair, and of what kind.
//
// From mark to mark over the text; a clean line costs nothing. The answer may be yes where a closer
// look then finds nothing, but never no where a repair has work to do.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "text/marks.h"

namespace dedup::text {

/// A set of repairs.
enum Needs : unsigned {
  kNothing = 0,
  kInvisible = 1U << 0,
  kReferences = 1U << 1,
  kNotes = 1U << 2,
  kSpaces = 1U << 3,
  kRadicals = 1U << 4,
  kPrivateUse = 1U << 6,
  kMojibake = 1U << 7,
  kMangled = 1U << 8,  // no more than a hint each: kept where there are many in a line
  kFence = 1U << 5,    // no repair: the line may open or close a block of code
};

/// A line without its line end, and what it may need.
struct NeedyLine {
  std::size_t start = 0;
  std::size_t end = 0;
  unsigned needs = kNothing;
  std::size_t places = 0;  ///< where it may need something
};

/// The lines of `text` behind `from` that may need something, in order.
[[nodiscard]] std::vector<NeedyLine> needy_lines(std::string_view text, const Marks& marks,
                                                 std::size_t from = 0);

/// What a single line may need.
[[nodiscard]] unsigned needs(std::string_view line);

}  // namespace dedup::text
