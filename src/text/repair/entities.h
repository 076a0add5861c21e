// SPDX-License-Identifier: Apache-2.0
// HTML character references that a scraper forgot to decode: 托马斯&middot;索默 -> 托马斯·索默.
//
// One level only: &amp;lt; means that the page shows &lt;, and stays, unless all of the text is
// escaped twice. That only the text as a whole can tell: see twice.h.
#pragma once

#include <string_view>

#include "text/repair/changes.h"
#include "text/repair/references.h"
#include "text/tags.h"

namespace dedup::text {

/// The changes that decode the references of one line that is not code, and clean away what they
/// hid; mark-up is left alone. `before` is the state of tags where the line starts. A second
/// decoding changes nothing: where the result would hold a reference again, those that could spell
/// one (&amp; &#35;) stay, and if that does not help, all of the line do. The lines behind are read
/// as before: no fence comes out, and no tag is opened or closed. Linear.
[[nodiscard]] Changes decode_references(std::string_view line, const TagState& before = {});

/// The references of a line that are escaped once more, each as a whole (&amp;nbsp;), with what it
/// stands for in the end; none if the line holds another one.
[[nodiscard]] References doubled_references(std::string_view line, const TagState& before = {});

/// The changes that decode `chosen`, some of the doubled_references() of `line`, to the end; none
/// where others would come of it, or the lines behind be read in another way. Linear.
[[nodiscard]] Changes decode_doubled(std::string_view line, const TagState& before,
                                     const References& chosen);

}  // namespace dedup::text
