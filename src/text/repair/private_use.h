// SPDX-License-Identifier: Apache-2.0
// Private use: code points that converters of GBK, of GB 18030 before 2005 and of Big5 with HKSCS
// before 2004 gave to characters that Unicode did not have yet, and has now.
//
//   U+E863 -> U+4DAE, as in 刘䶮        the 80 characters at the end of GBK
//   U+E790 -> U+FE13                  marks of vertical writing
//   U+E5E5 -> U+3000                  the ideographic space of some pages, two at a line's head
//   U+ECD1 -> U+5605, 嘅              Hong Kong's, by the code of Big5 that they stood for
//
// Fonts of icons use the same code points. So a character is taken for one of these only behind an
// ideograph and before another or a mark, and in no text that has other private-use characters.
// The two sets overlap, and offices of Taiwan gave other characters to the same codes. So Hong
// Kong's is believed where GBK's does not explain all there are, each stands for an ideograph among
// ideographs and marks, and the script is Traditional; and of a line where a word of Cantonese is
// among them.
#pragma once

#include <cstddef>
#include <string_view>

#include "text/repair/changes.h"
#include "text/repair/patient.h"

namespace dedup::text {

[[nodiscard]] constexpr bool is_private_use(char32_t c) noexcept {
  return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

/// What a private-use code point of GBK stands for; 0 where it stands for nothing.
[[nodiscard]] char32_t standard_form(char32_t c) noexcept;

/// What one of Hong Kong's stands for; 0 where that is no ideograph.
[[nodiscard]] char32_t form_in_hkscs(char32_t c) noexcept;

/// Whether the private-use character at [start, end) stands where a character of a text would, and
/// has a standard form.
[[nodiscard]] bool is_lost_character(std::string_view text, std::size_t start, std::size_t end);

/// Puts characters for the private-use ones of all `lines`, in fences none; whether there were any.
/// Linear.
bool settle_private_use(Patients& lines);

}  // namespace dedup::text
