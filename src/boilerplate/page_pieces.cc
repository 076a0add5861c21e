// SPDX-License-Identifier: Apache-2.0
// First the joints, each from a few lines around it; then the runs that they make, of which those
// without clauses fall apart again.
#include "boilerplate/page_pieces.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>

namespace dedup::boilerplate {

using structure::Kind;

namespace {

constexpr std::uint32_t kLeastChars = 15;  // of a piece, as of prose
constexpr std::uint16_t kLastRank = 20;
constexpr std::size_t kMostRows = 8;  // that speak for a table

bool counts_on(const PageLine& one, const PageLine& next) {
  return one.has(PageLine::kBare) && next.has(PageLine::kBare) && next.number <= kLastRank &&
         one.number + 1 == next.number;
}

/// Whether the number in line `i` is a place in a ranking: the one before or behind it stands two
/// or three lines away, 1 / 标题 / 2 / 标题.
bool is_rank(std::span<const PageLine> lines, std::size_t i) {
  for (const std::size_t reach : {std::size_t{2}, std::size_t{3}}) {
    if (i >= reach && counts_on(lines[i - reach], lines[i])) return true;
    if (i + reach < lines.size() && counts_on(lines[i], lines[i + reach])) return true;
  }
  return false;
}

/// Whether text may break off at the end of a line.
bool is_open(const PageLine& line) {
  return !line.has(PageLine::kEndStop) && !line.has(PageLine::kEndColon) &&
         !line.has(PageLine::kByRule) && !line.is(Kind::code);
}

/// Whether `line` is the next row of the table that `above` is a row of. Pages laid out as tables
/// have their articles in cells: rows of running text are lines of their own.
bool is_next_row(const PageLine& above, const PageLine& line) {
  return line.has(PageLine::kJoins) && line.is(Kind::row) && above.is(Kind::row) &&
         prose_of(line) == 0 && prose_of(above) == 0;
}

/// For each line whether it goes on in the next.
std::vector<bool> joints(std::span<const PageLine> lines) {
  std::vector<bool> joint(lines.size());
  // From below, since a number belongs to what is above it only if its measure is below it.
  for (std::size_t i = lines.size(); i-- > 1;) {
    const PageLine& above = lines[i - 1];
    const PageLine& line = lines[i];
    if (is_next_row(above, line)) {
      joint[i - 1] = true;
      continue;
    }
    if (!is_open(above) || line.is(Kind::code) || line.has(PageLine::kByRule)) continue;
    const bool measured =
        above.has(PageLine::kBare) && line.has(PageLine::kMeasure) && !is_rank(lines, i - 1);
    const bool figure = line.has(PageLine::kBare) && joint[i] && !is_furniture(above);
    joint[i - 1] = line.has(PageLine::kGoesOn) || measured || figure;
  }
  return joint;
}

template <typename Number>
void add(Number& sum, Number number) {
  sum = static_cast<Number>(
      std::min<std::uint64_t>(std::uint64_t{sum} + number, std::numeric_limits<Number>::max()));
}

/// How it opens is the first line's, how it ends the last's; it is of a kind if all its lines are.
PageLine join(std::span<const PageLine> lines) {
  constexpr std::uint32_t kOpens = PageLine::kGoesOn | PageLine::kMeasure;
  constexpr std::uint32_t kEnds = PageLine::kEndStop | PageLine::kEndColon | PageLine::kEndDots;
  constexpr std::uint32_t kAny = PageLine::kAddress;
  constexpr std::uint32_t kAll = PageLine::kNumeric | PageLine::kKeyless;
  PageLine whole = lines.front();
  std::uint32_t any = whole.flags;
  std::uint32_t all = whole.flags;
  for (const PageLine& line : lines.subspan(1)) {
    add(whole.chars, line.chars);
    add(whole.looked_at, line.looked_at);
    add(whole.latin, line.latin);
    add(whole.clause_marks, line.clause_marks);
    add(whole.key_units, line.key_units);
    add(whole.digits, line.digits);
    for (std::size_t i = 0; i < whole.cues.size(); ++i) add(whole.cues[i], line.cues[i]);
    any |= line.flags;
    all &= line.flags;
  }
  whole.hash = 0;
  whole.flags = (whole.flags & kOpens) | (lines.back().flags & kEnds) | (any & kAny) | (all & kAll);
  return whole;
}

/// A table looks like its first rows: of their lengths the mean, which tells short cells from long
/// ones; of what shares are asked of, the sum. Frames drawn around it and rules between its rows
/// count for nothing.
PageLine table_of(std::span<const PageLine> rows) {
  std::vector<PageLine> filled;
  std::ranges::copy_if(rows, std::back_inserter(filled),
                       [](const PageLine& row) { return !row.has(PageLine::kKeyless); });
  if (filled.empty()) return rows.front();
  filled.resize(std::min(filled.size(), kMostRows));
  PageLine table = join(filled);
  table.chars = table.chars / static_cast<std::uint32_t>(filled.size());
  table.clause_marks = static_cast<std::uint16_t>(table.clause_marks / filled.size());
  return table;
}

/// Line i by itself. One row is no table, and one line with the marks of code is none:
/// |注册|帮助    (05/13 14:13)    -->
PageLine lone(std::span<const PageLine> lines, std::size_t i) {
  PageLine line = lines[i];
  const bool grouped =
      line.has(PageLine::kJoins) || (i + 1 < lines.size() && lines[i + 1].has(PageLine::kJoins));
  if (line.is(Kind::row) || (line.is(Kind::code) && !grouped)) line.kind = Kind::prose;
  return line;
}

bool is_sentence(const PageLine& piece) {
  return piece.chars >= kLeastChars && (piece.clause_marks > 0 || piece.has(PageLine::kEndStop));
}

}  // namespace

PagePieces::PagePieces(std::span<const PageLine> lines) {
  pieces_.reserve(lines.size());
  piece_of_.reserve(lines.size());
  const std::vector<bool> joint = joints(lines);
  for (std::size_t first = 0; first < lines.size();) {
    std::size_t end = first + 1;
    while (joint[end - 1]) ++end;
    const std::span<const PageLine> run = lines.subspan(first, end - first);
    const bool table = run.size() > 1 && run.front().is(Kind::row) && run.back().is(Kind::row);
    const PageLine whole = table ? table_of(run) : join(run);
    const bool one = table || (run.size() > 1 && is_sentence(whole));
    if (one) pieces_.push_back(whole);
    for (std::size_t i = first; i < end; ++i) {
      if (!one) pieces_.push_back(lone(lines, i));
      piece_of_.push_back(pieces_.size() - 1);
    }
    first = end;
  }
}

}  // namespace dedup::boilerplate
