// SPDX-License-Identifier: Apache-2.0
// HTML character references that a scraper forgot to decode: 托马斯&middot;索默 -> 托马斯·索默.
//
// One level only: &amp;lt; means that the page shows &lt;, and stays. References in an address stay
// too, since ?a=1&lt=2 means something else there.
#pragma once

#include <string_view>

#include "text/repair/changes.h"

namespace dedup::text {

/// The changes that decode the references of one line that is not code, and clean away what they
/// hid. A second decoding changes nothing: where the result would hold a reference again, those
/// that could spell one (&amp; &#35;) stay, and if that does not help, all of the line do. Linear.
[[nodiscard]] Changes decode_references(std::string_view line);

}  // namespace dedup::text
