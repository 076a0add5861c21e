// SPDX-License-Identifier: Apache-2.0
// Text of documents as people are shown it. Whatever could move a cursor, turn a line around or
// hide is spelled out, on a terminal and elsewhere: U+200B is shown as <U+200B>.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dedup::tool {

/// Which characters are spelled out.
enum class Spelling {
  /// Controls but the tab, and what is invisible without a use in honest text. Joiners, variation
  /// selectors and spaces of any width stay.
  unsafe,
  /// Whatever does not show: these, too, but the plain space.
  invisible,
};

/// Appends `text`, which is UTF-8; a byte that is no part of a character becomes <XX>.
void append_visible(std::string& out, std::string_view text, Spelling spelling);

/// How many characters begin in `text`.
[[nodiscard]] std::uint64_t count_characters(std::string_view text) noexcept;

/// Bytes of the first `count` characters, or of all of them.
[[nodiscard]] std::size_t size_of_first(std::string_view text, std::size_t count) noexcept;
/// The same for the last ones.
[[nodiscard]] std::size_t size_of_last(std::string_view text, std::size_t count) noexcept;

}  // namespace dedup::tool
