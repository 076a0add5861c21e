// SPDX-License-Identifier: Apache-2.0
// Decoding: in which lines of a text references are decoded, and how far.
#pragma once

#include <string_view>

#include "text/repair/patient.h"

namespace dedup::text {

/// Decodes the references of those `lines` of `text` that are no code and hold no link of Markdown.
/// Where all of the text is escaped twice, to the end. Requires: `before` and `fenced` of the lines
/// are set.
void decode_lines(std::string_view text, Patients& lines);

}  // namespace dedup::text
