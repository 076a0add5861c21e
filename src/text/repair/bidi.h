// SPDX-License-Identifier: Apache-2.0
// Bidirectional controls around text without right-to-left letters, where they do no honest work: a
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

/// Whether a letter of a right-to-left script is in `text`.
[[nodiscard]] bool holds_right_to_left(std::string_view text);

/// The changes that put the letters of a line in the order in which they are shown and delete the
/// controls. `right_to_left` tells that letters of such scripts are among them: then only overrides
/// without any inside, which turn text that stands in its order, are straightened, and every other
/// control may steer a word and stays. Linear.
[[nodiscard]] Changes straighten(std::string_view line, bool right_to_left = false);

}  // namespace dedup::text
