// SPDX-License-Identifier: Apache-2.0
// Sentences that line breaks tore apart, put together for judging. Sites set figures and names in
// tags of their own, and what is made of such a page has each on a line:
//
//   今年            ┐
//   1               │
//   月至            │ one piece: 今年1月至5月，全市共发生
//   5               │
//   月，全市共发生  ┘
//
// A joint is a line that opens with a mark no line opens with (，。％), or a number with its measure
// below it. Rankings have numbers, too: there they count upward, 1, 2, 3, and their titles open
// with no measure. A piece of several lines needs a mark that parts clauses; 共 / 3 / 页 has none.
// The rows of a table are one piece, too, with the frame drawn around them:
//
//   ┌──────┬──────┐  ┐
//   │ 首页 │ 新闻 │  │ one piece, as short as its cells' rows
//   └──────┴──────┘  ┘
//
// Lines are only judged together: each is kept or goes as it is.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "boilerplate/page_features.h"

namespace dedup::boilerplate {

/// Immutable. Linear in the number of lines.
class PagePieces {
 public:
  explicit PagePieces(std::span<const PageLine> lines);

  /// The pieces, most of them a line each.
  [[nodiscard]] std::span<const PageLine> pieces() const noexcept { return pieces_; }
  /// The piece that a line belongs to.
  [[nodiscard]] std::size_t piece_of(std::size_t line) const { return piece_of_[line]; }

 private:
  std::vector<PageLine> pieces_;
  std::vector<std::size_t> piece_of_;
};

}  // namespace dedup::boilerplate
