// SPDX-License-Identifier: Apache-2.0
// Signs that carry meaning, and so belong to a key: 3.5 is not 35, -5 is not 5, C++ is not C.
//
//   between digits       . , : - ~ /  and 、            3.5   1:30   5-10   3/4   1、2
//                        but a comma that parts thousands is dropped: 1,000 is 1000
//   before a number      - + ± < > ≤ ≥ ≠ ≈              -5℃   ≥5
//   at a number          % ‰ ‱ ° ′ ″, currencies        5%    $5    5€
//   between operands     + = < > × ÷ * ^                a+b   3×4
//   behind a letter      + #                            C++   C#
//   for an answer        √ × ☐ ☑ ☒, ○ ● beside a letter 同意☑   （√）
//
// The table says which characters are signs and how their styles fold (％ is %, － and − are -, ✓ is
// √); the rules here say where a sign counts. They look at neighbours only within the text that is
// folded, and never past what ends a sentence: so a block has the key of its sentences one behind
// the other. What opens a sentence is treated as what opens a line for the same reason.
//
// Where it is open what a sign means it is kept: a repeat that is missed does less harm than a text
// that is lost. The dash behind an ideograph (气温-5℃) is a minus; a dash and a blank (- 5 个) is a
// bullet; a dash behind a Latin letter (GPT-4) is a hyphen; a long dash (—) joins numbers and never
// stands for a minus. ☐ ☑ ☒ and × are no bullets, since they say yes or no of the line they open;
// √ ○ ● are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dedup::text {

/// The unit that the sign in `text` from `start` to `end`, whose unit by the table is `unit`, gives
/// to the key of `text`; 0 if it gives none. Constant time but for the blanks and brackets beside
/// it, so a text is linear.
[[nodiscard]] char16_t sign_in_key(std::string_view text, std::size_t start, std::size_t end,
                                   char16_t unit) noexcept;

/// A digit of any width, also ² and ①, which stand for digits in a key, and ½.
[[nodiscard]] bool counts_as_digit(char32_t c) noexcept;

/// Whether a unit of a key is a sign.
[[nodiscard]] bool is_sign(char16_t unit) noexcept;

/// A key without its signs, which is what phrases are looked for in: 关注+1 and 400-800 are met by
/// rules that were written 关注1 and <digits>. It is put into `room`, whose memory is used again;
/// who folded the key knows whether that is worth while (Piece::signs).
[[nodiscard]] std::u16string_view letters_of(std::u16string_view key, std::u16string& room);
[[nodiscard]] inline std::u16string letters_of(std::u16string_view key) {
  std::u16string room;
  return std::u16string(letters_of(key, room));
}

}  // namespace dedup::text
