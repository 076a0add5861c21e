// SPDX-License-Identifier: Apache-2.0
// The shape of a line: what it looks like by itself, before its neighbours are asked. A number may
// begin an item or a heading, two cells a row or a couplet; layout.h decides.
//
// Source code is told by its marks, mark-up by its tags: see code_shape.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "structure/kind.h"
#include "text/numbering.h"

namespace dedup::structure {

using text::Number;
using text::Numbering;

/// Small, since those of all lines of a window are held until its layout is known.
struct Shape {
  Kind kind = Kind::blank;  ///< as far as the line itself tells
  Numbering numbering = Numbering::none;
  std::uint16_t number = 0;  ///< its value
  std::uint8_t indent = 0;   ///< columns, at most 255; a tab goes to the next multiple of 4
  std::uint8_t columns = 0;  ///< of a row by tabs
  std::uint8_t level = kUnmarkedLevel;  ///< if it is a heading
  char fence = 0;                       ///< the mark of a Markdown fence: ` or ~
  bool fence_closes = false;
  bool ideographic = false;  ///< begins with an ideograph
  bool long_text = false;    ///< as long as a paragraph
  /// Short enough for a heading, and no part of a sentence. Asked of prose, items and labels only.
  bool brief = false;
  bool speaks = false;      ///< a number's text ends as a sentence does
  bool asks = false;        ///< ends in a question mark
  bool timed = false;       ///< short, and ends in a time of day: 张伟 10:05
  bool lead_in = false;     ///< ends in a colon
  bool quoted = false;      ///< behind the > of Markdown
  bool dated = false;       ///< begins with a date, behind its number if it has one
  bool emphasised = false;  ///< all of it: **甲**, 【甲】, （甲）
  std::uint8_t width = 0;   ///< columns of text that stops without an end; 0: it ends, or is short
  std::int8_t table = 0;    ///< tags: <table> minus </table>
  std::int8_t zone = 0;     ///< begins a zone of this kind, or ends one: negative
  bool shows = false;  ///< speaks of the fence below it: 执行以下命令。   例如，可以这样写。
};

/// `line` is repaired, valid UTF-8, without its line end. Linear, and mostly the first bytes only.
/// `tabs`: false if it is known to have none. All but `shows`, for which see look_above_fences().
[[nodiscard]] Shape shape_of(std::string_view line, bool tabs = true) noexcept;

/// Whether `line`, of this shape, speaks of what stands below it.
[[nodiscard]] bool shows_below(std::string_view line, const Shape& shape) noexcept;

/// Sets Shape::shows, for which few lines have to be read: those above fences, blank lines passed
/// over. `content_of(i)` gives line i as shape_of() had it.
template <class ContentOf>
void look_above_fences(std::span<Shape> shapes, ContentOf content_of) {
  std::size_t above = shapes.size();  // the last line that is not blank; so far none
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    if (shapes[i].fence != 0 && above < i) {
      shapes[above].shows = shows_below(content_of(above), shapes[above]);
    }
    above = shapes[i].kind == Kind::blank ? above : i;
  }
}

}  // namespace dedup::structure
