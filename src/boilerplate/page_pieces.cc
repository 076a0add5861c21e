// SPDX-License-Identifier: Apache-2.0
// First the joints, each from a few lines around it; then the runs that they make, of which those
// without clauses fall apart again.
#include "boilerplate/page_pieces.h"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace dedup::boilerplate {
namespace {

constexpr std::uint32_t kLeastChars = 15;  // of a piece, as of prose
constexpr std::uint16_t kLastRank = 20;

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
         !line.has(PageLine::kByRule) && !line.has(PageLine::kFenced);
}

/// For each line whether it goes on in the next.
std::vector<bool> joints(std::span<const PageLine> lines) {
  std::vector<bool> joint(lines.size());
  // From below, since a number belongs to what is above it only if its measure is below it.
  for (std::size_t i = lines.size(); i-- > 1;) {
    const PageLine& above = lines[i - 1];
    const PageLine& line = lines[i];
    if (!is_open(above) || line.has(PageLine::kFenced) || line.has(PageLine::kByRule)) continue;
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
  constexpr std::uint32_t kOpens = PageLine::kMarkdown | PageLine::kGoesOn | PageLine::kMeasure;
  constexpr std::uint32_t kEnds = PageLine::kEndStop | PageLine::kEndColon | PageLine::kEndDots;
  constexpr std::uint32_t kAny = PageLine::kAddress | PageLine::kCode;
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
    for (std::size_t i = 0; i < whole.cues.size(); ++i) add(whole.cues[i], line.cues[i]);
    any |= line.flags;
    all &= line.flags;
  }
  whole.hash = 0;
  whole.flags = (whole.flags & kOpens) | (lines.back().flags & kEnds) | (any & kAny) | (all & kAll);
  return whole;
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
    const PageLine whole = join(run);
    const bool one = run.size() > 1 && is_sentence(whole);
    for (const PageLine& line : run) {
      if (!one || &line == &run.front()) pieces_.push_back(one ? whole : line);
      piece_of_.push_back(pieces_.size() - 1);
    }
    first = end;
  }
}

}  // namespace dedup::boilerplate
