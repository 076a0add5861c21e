// SPDX-License-Identifier: Apache-2.0
// The text of mark-up: character references become what they stand for.
//
//   a&nbsp;b &#19968; AT&T &copy2026     a, no-break space, b 一 AT&T ©2026
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dedup::markup {

/// A character reference at the head of a text.
struct Character {
  std::size_t size = 0;  ///< bytes it takes; 0: the & stands for itself
  char32_t c = 0;
};

/// What the & at the head of `text` begins, as browsers read it: names without their semicolon are
/// those of Latin-1 only, which pages of the nineties have. In an attribute such a name is none
/// before a letter, a digit or a =. The names known are those of entity().
[[nodiscard]] Character character_at(std::string_view text, bool attribute = false) noexcept;

/// An attribute's value decoded, at most `most` bytes of it.
[[nodiscard]] std::string decoded(std::string_view value, std::size_t most = 4096);

}  // namespace dedup::markup
