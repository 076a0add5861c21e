// SPDX-License-Identifier: Apache-2.0
// References that a text is about: 小于号要写成 &lt; loses its sense when &lt; is decoded.
#pragma once

#include <string_view>

#include "text/repair/references.h"

namespace dedup::text {

/// Whether a line explains one of its references, `found`, so that all of them are meant: it says
/// what one of them stands for (&lt; 表示小于号), what is to be written as one (写成 &nbsp;), names
/// such things (转义字符), or speaks of an escaped tag (用&lt;br&gt;标签). A line that quotes
/// (写成&ldquo;春天&rdquo;) or trails off (我想说的是&hellip;) does not. Linear.
[[nodiscard]] bool explains_references(std::string_view line, const References& found);

}  // namespace dedup::text
