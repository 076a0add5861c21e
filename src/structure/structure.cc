// SPDX-License-Identifier: Apache-2.0
// The public face: lines, shapes, places.
#include "dedup/structure.h"

#include <span>

#include "structure/layout.h"
#include "structure/shape.h"
#include "text/lines.h"
#include "text/marks.h"

namespace dedup {

std::string_view name(LineKind kind) noexcept {
  switch (kind) {
    case LineKind::blank:
      return "blank";
    case LineKind::prose:
      return "prose";
    case LineKind::heading:
      return "heading";
    case LineKind::label:
      return "label";
    case LineKind::field:
      return "field";
    case LineKind::item:
      return "item";
    case LineKind::row:
      return "row";
    case LineKind::code:
      return "code";
    case LineKind::media:
      return "media";
    case LineKind::rule:
      return "rule";
    case LineKind::markup:
      return "markup";
  }
  return {};
}

/// Overlong lines come in pieces, as the Cleaner takes them; here they are one line again.
std::vector<StructureLine> structure_of(std::string_view text) {
  text::Stretch stretch;
  stretch.text = text;
  std::vector<text::Line> pieces;
  text::split_lines(stretch, text::Marks(text, {text::Mark::line_end}), pieces);
  std::vector<StructureLine> lines;
  std::vector<structure::Shape> shapes;
  for (const text::Line& piece : pieces) {
    if (piece.continues) {
      lines.back().end = piece.content_end;
      continue;
    }
    lines.push_back({.start = piece.start, .end = piece.content_end});
    shapes.push_back(
        structure::shape_of(text.substr(piece.start, piece.content_end - piece.start)));
  }
  structure::look_above_fences(std::span(shapes), [&](std::size_t i) {
    return text.substr(lines[i].start, lines[i].end - lines[i].start);
  });
  std::vector<structure::Place> places;
  structure::lay_out(shapes, places);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i].kind = places[i].kind;
    lines[i].joins = places[i].joins;
  }
  return lines;
}

}  // namespace dedup
