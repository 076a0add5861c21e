// SPDX-License-Identifier: Apache-2.0
// Layout: what lines are among their neighbours, and which of them belong together.
//
//   本周收录两个问题。          prose
//   一、甲网关越权读取          heading     a number that nothing continues
//   发布时间：2031-04-05        field   ┐
//   危害等级：高                field   ┘   a record: one block
//   处置办法如下：              label   ┐
//   1. 停用旧接口。             item    │   a label and the list that it announces: one block
//   2. 更换口令。               item    ┘
//
// A block is a line, or a group of lines that mean something only together: fenced or plain code, a
// table, a record, a list, the steps of a procedure, a zone, a label with what it labels. Blank
// lines within a group belong to it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "structure/kind.h"
#include "structure/shape.h"

namespace dedup::structure {

struct Place {
  Kind kind = Kind::blank;
  std::uint8_t level = kUnmarkedLevel;  ///< if it is a heading
  bool quoted = false;
  bool leads_in = false;  ///< ends in a colon
  bool dated = false;     ///< the first line of a history: entries that each begin with a date
  bool whole = false;     ///< the first line of a procedure, of steps with what is shown to them
  bool joins = false;     ///< belongs to one block with the line before

  /// Whether it says what follows.
  [[nodiscard]] bool announces() const noexcept { return leads_in || kind == Kind::heading; }
};

/// Appends the place of each line. A pure function of the shapes, linear in them.
void lay_out(std::span<const Shape> shapes, std::vector<Place>& places);

}  // namespace dedup::structure
