// SPDX-License-Identifier: Apache-2.0
// Bidirectional controls in text without right-to-left letters, where they do no honest work: a
// right-to-left override there hides text from whoever reads the bytes.
#pragma once

#include <string_view>

#include "text/repair/changes.h"

namespace dedup::text {

inline constexpr char32_t kRightToLeftOverride = 0x202E;

/// Embeddings, overrides, isolates and their ends.
[[nodiscard]] constexpr bool is_bidi_control(char32_t c) noexcept {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/// The changes that put the letters of a line in the order in which they are shown and delete the
/// controls. Requires: no right-to-left letter in `line`. Linear.
[[nodiscard]] Changes straighten(std::string_view line);

}  // namespace dedup::text
