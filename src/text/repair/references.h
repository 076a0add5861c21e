// SPDX-License-Identifier: Apache-2.0
// Character references of HTML in a line of text: where they stand and what they stand for.
//
//   托马斯&middot;索默&nbsp&#8230;      ·, a no-break space, …
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "text/tags.h"

namespace dedup::text {

/// A reference that may be decoded.
struct Reference {
  std::size_t start = 0;
  std::size_t end = 0;
  char32_t c = 0;
};
using References = std::vector<Reference>;

/// The reference whose `&` stands at `at`: a known name or a number of a character that text may
/// hold. Without its semicolon only where nothing else can be meant: &nbsp甲, but neither AT&T nor
/// a=1&copy=2.
[[nodiscard]] std::optional<Reference> reference_at(std::string_view line, std::size_t at);

/// Those of a line that is no code, in order, none overlapping another. None in an address, since
/// ?a=1&lt=2 means something else there, none in mark-up, and none of | where another one parts
/// columns; `before` is the state of tags where the line starts. Linear.
[[nodiscard]] References references(std::string_view line, TagState before = {});

}  // namespace dedup::text
