// SPDX-License-Identifier: Apache-2.0
// What of a line no conversion of its script touches, since it means something to a machine: tags
// with their attributes, addresses, code between backticks.
//
//   見 `裡/面.txt` 與 https://example.org/wiki/後漢書，或 <a title="後">後</a>
//      [        ]   [                             ]     [             ]  [  ]
#pragma once

#include <string_view>

#include "text/tags.h"

namespace dedup::text {

/// Such spans of `line` (valid UTF-8), in order, none empty; they do not overlap. `tags`: the state
/// where it begins, and then behind it. Linear.
[[nodiscard]] MarkupSpans untouched_spans(std::string_view line, TagState& tags);

}  // namespace dedup::text
