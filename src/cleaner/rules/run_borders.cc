// SPDX-License-Identifier: Apache-2.0
// A piece is decided where it ends, a stretch as soon as it is long enough; so what waits is short.
#include "cleaner/rules/run_borders.h"

#include "cleaner/rules/give_back.h"

namespace dedup::cleaner {
namespace {

constexpr std::uint64_t kHeavy = 600;         // characters: a page of text
constexpr std::uint64_t kPassage = 200;       // the least that is a text, and no part of one
constexpr std::size_t kMostGap = 4;           // blocks of another reading between two stretches
constexpr std::size_t kMostBlocks = 64;       // of a piece
constexpr std::size_t kLeastBlocks = 3;       // of what is left of a run
constexpr std::size_t kProseToStructure = 8;  // blocks of running prose for each that is none

/// Whether the block is a part of something, or more than a paragraph of prose.
bool is_structured(const Block& block) noexcept {
  return block.grouped || block.quoted || !structure::has_sentences(block.kind) ||
         (block.announces && !is_heading(block));
}

/// What rule 4 alone took of a row comes back, or with `all` everything.
void give_back(StableQueue<Judged>& open, BlockNumber front, std::vector<BlockNumber>& row,
               bool all) {
  for (const BlockNumber number : row) {
    const auto index = static_cast<std::size_t>(number - front);
    Verdict& verdict = open[index].verdict;
    verdict.in_run = false;
    if (all || verdict.removed == Reason::repeated_run) {
      give_back(open, index);
    }
  }
  row.clear();
}

}  // namespace

void RunBorders::Row::add(const Judged& judged) noexcept {
  weight += judged.block->weight;
  structured = structured || is_structured(*judged.block);
  in_run = in_run || judged.verdict.in_run;
  foreign = foreign || judged.verdict.foreign;
}

void RunBorders::judge(StableQueue<Judged>& open, BlockNumber front, BlockNumber end, bool at_end) {
  for (; next_ < end; ++next_) {
    const Judged& judged = open[static_cast<std::size_t>(next_ - front)];
    if (judged.verdict.removed || waits() || accepted_ > 0 || heavy_) {
      look(open, front, next_);
    } else if (is_asked(*judged.block)) {
      count(*judged.block, false);
    }
  }
  if (at_end) {
    end_piece(open, front, true);
    end_stretch(open, front, true);
  }
}

/// A block that goes, or that may end what goes.
void RunBorders::look(StableQueue<Judged>& open, BlockNumber front, BlockNumber number) {
  const auto index = static_cast<std::size_t>(number - front);
  const Judged& judged = open[index];
  // What waits is bounded: windows have to stay meanwhile.
  if (waits() && is_too_far(*judged.window, *judged.block, number, start_, undecided())) {
    piece_.clear();
    whole_.clear();
  }
  if (!is_asked(*judged.block)) {
    return;
  }
  if (judged.verdict.removed && judged.block->dated && after_kept_) {
    give_back(open, index);
  }
  const bool heading = is_heading(*judged.block);
  const bool removed = judged.verdict.removed.has_value();
  if (!removed || heading) {
    end_piece(open, front, heading || judged.block->kind == structure::Kind::rule);
  }
  if (removed) {
    add(judged, number, heading);
  } else {
    end_stretch(open, front, false);
  }
  count(*judged.block, removed);
}

void RunBorders::count(const Block& block, bool removed) noexcept {
  const bool heading = is_heading(block);
  ++blocks_;
  structured_ += is_structured(block) ? 1 : 0;
  headings_ += heading ? 1 : 0;
  after_kept_ = !removed;
  after_heading_ = !removed && heading;
  if (!removed && before_ != 0 && ++gap_ > kMostGap) {
    before_ = 0;
  }
}

void RunBorders::add(const Judged& judged, BlockNumber number, bool heading) {
  if (!waits()) {
    start_ = start_of(*judged.window, *judged.block);
  }
  if (piece_.empty() && !heavy_) {
    row_ = {.headed = heading, .below = after_heading_, .first = blocks_ == 0};
    stretch_.first = stretch_.first || row_.first;
  }
  piece_.push_back(number);
  row_.add(judged);
  stretch_.add(judged);
  heavy_ = heavy_ || row_.weight >= kHeavy || piece_.size() >= kMostBlocks;
  if (heavy_) {
    accept();
  }
}

/// Whether the document, so far, is one of sections, lists and code.
bool RunBorders::has_sections() const noexcept {
  return headings_ > 0 && kProseToStructure * structured_ >= blocks_;
}

/// Whether the piece is whole, or not of a section. What rule 3 took alone needs no borders, nor do
/// the document's own copies once they are long. The first heading is the title, and what follows a
/// whole text.
bool RunBorders::goes(bool at_border) const noexcept {
  if (!row_.in_run || !has_sections()) {
    return true;
  }
  const bool below_title = row_.below && headings_ == 1 && !row_.structured;
  const bool own = !row_.foreign && stretch_.weight >= kPassage;  // a text appended to itself
  return own || (at_border && (!row_.foreign || row_.headed || below_title));
}

void RunBorders::end_piece(StableQueue<Judged>& open, BlockNumber front, bool at_border) {
  heavy_ = false;
  if (piece_.empty()) {
    return;
  }
  if (goes(at_border)) {
    accept();
  } else {
    give_back(open, front, piece_, row_.structured);
    stretch_.cut = true;
    end_stretch(open, front, false);
  }
}

/// Of a run of which the ends stay, two blocks are no run.
void RunBorders::end_stretch(StableQueue<Judged>& open, BlockNumber front, bool at_end) {
  const bool alone = stretch_.foreign ? !at_end && !stretch_.first : stretch_.cut;
  if (accepted_ < kLeastBlocks || alone) {
    give_back(open, front, whole_, accepted_ >= kLeastBlocks && stretch_.structured);
  }
  if (accepted_ > 0) {
    before_ += stretch_.weight;
    gap_ = 0;
  }
  whole_.clear();
  accepted_ = 0;
  stretch_ = {};
}

void RunBorders::accept() {
  whole_.insert(whole_.end(), piece_.begin(), piece_.end());
  accepted_ += piece_.size();
  piece_.clear();
  const bool long_enough =
      has_sections() ? stretch_.weight >= kHeavy || !(stretch_.foreign || stretch_.structured)
                     : stretch_.weight + before_ >= kPassage || !stretch_.foreign;
  if (accepted_ >= kLeastBlocks && long_enough) {
    whole_.clear();
  }
}

}  // namespace dedup::cleaner
