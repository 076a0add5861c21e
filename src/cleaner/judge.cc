// SPDX-License-Identifier: Apache-2.0
// The order of things within a call of add() or end():
//
//   judge_window   pushes blocks to open_ in stretches, and for each stretch
//     judge_stretch   rules 3 and 4 ask about the stretch as one question
//     judge_final     5 and 6 follow, up to the first block that 4 may still condemn
//     pass_on         to the editor, up to the first that 6 may still cut
//   flush            the editor tells the sink what is decided
//   release          windows that nobody looks at any more go back to the pool
//
// Counted from front_: 0 <= final_ <= asked_ <= open_.size(), and nothing before final_ is asked
// about again, nor by rule 5 before asked_. Without that rule asked_ stays 0.
#include "cleaner/judge.h"

#include <algorithm>
#include <utility>

namespace dedup::cleaner {
namespace {

/// Blocks that are asked about together: enough for questions to be worth their while, few enough
/// for what is known of them to stay in the cache until they are passed on.
constexpr std::size_t kStretch = 256;

/// Behind the stretch that begins with block `first`: a group is never parted.
std::size_t end_of_stretch(const std::vector<Block>& blocks, std::size_t first) noexcept {
  return end_of_group(blocks, std::min(first + kStretch, blocks.size()));
}

/// The first block of the last stretches of a window, which wait on their own when the rest of it
/// is judged; the end where that saves little, or rule 5 has to see the window as one.
std::size_t start_of_tail(const Window& window) noexcept {
  constexpr std::size_t kLarge = std::size_t{2} << 20;  // bytes that would wait
  constexpr std::size_t kTailBlocks = 4 * kStretch;
  constexpr std::size_t kTailText = std::size_t{224} << 10;
  const std::vector<Block>& blocks = window.blocks;
  const std::size_t text = window.stretch.text.size();
  if (text + blocks.size() * sizeof(Block) < kLarge || !window.keys.empty()) {
    return blocks.size();
  }
  std::size_t first = 0;
  while (first < blocks.size() &&
         (blocks.size() - first > kTailBlocks || text - blocks[first].line.start > kTailText)) {
    first = end_of_stretch(blocks, first);
  }
  return first;
}

/// Layer 1 has spoken in analysis.
void apply_first_layer(const Block& block, Verdict& verdict) {
  if (!block.boilerplate.empty()) {
    verdict.removed = Reason::boilerplate;
  }
}

}  // namespace

void Judge::begin(std::uint64_t document, boilerplate::Host host) {
  held_.begin_document(host);
  documents_.begin_document(document);
  blocks_.begin_document(document);
  borders_.begin_document();
  sections_.begin_document(document);
  near_.begin_document(document);
  near_sections_.begin_document();
  sentences_.begin_document(document);
  editor_.begin_document();
  front_ = 0;
  final_ = 0;
  asked_ = 0;
}

/// A document that cannot be a repeat any more, as one that grew too long, is judged from its first
/// held window on; from then on nothing of it is held.
void Judge::add(WindowPointer window) {
  documents_.read(*window);
  editor_.count_damaged(*window);
  if (documents_.must_wait()) {
    held_.push(std::move(window));
    return;
  }
  judge_held();
  judge_window(std::move(window));
}

/// Behind the last block nothing can change a verdict: all that is open becomes final, in the usual
/// order. The editor's end comes before the windows go, since blank lines may still wait in them.
void Judge::end() {
  if (const auto verdict = documents_.judge()) {
    remove_held(*verdict);
  } else {
    judge_held();
  }
  judge_final(kNoBlock, true);
  cut_sentences(true);
  pass_on(kNoBlock);
  editor_.end_document();
  for (; !windows_.empty(); windows_.pop_front()) {
    spend(std::move(windows_.front()));
  }
}

/// No finding is passed on: the sink hears no more. Keys that were asked for stay in the index, as
/// they would for another Cleaner that saw them meanwhile.
void Judge::abandon() {
  documents_.abandon();
  held_.clear();
  editor_.begin_document();
  while (!open_.empty()) {
    open_.pop();
  }
  for (; !windows_.empty(); windows_.pop_front()) {
    spend(std::move(windows_.front()));
  }
}

void Judge::judge_held() {
  while (!held_.empty()) {
    judge_window(held_.pop());
  }
}

/// The blocks of a repeated document are not asked about: nothing of it stays, so
/// nothing of it is to be a first copy. Flushed window by window, since each goes at
/// once.
void Judge::remove_held(const memory::NearVerdict& verdict) {
  while (!held_.empty()) {
    WindowPointer window = held_.pop();
    editor_.remove_document(*window, verdict);
    editor_.flush();
    spend(std::move(window));
  }
}

void Judge::judge_window(WindowPointer window) {
  windows_.push_back(std::move(window));
  Window& newest = *windows_.back();
  const std::size_t tail = start_of_tail(newest);
  judge_blocks(newest, 0, tail);
  if (tail < newest.blocks.size()) {
    windows_.push_back(cut_tail(newest, tail));
    judge_blocks(*windows_.back(), 0, windows_.back()->blocks.size());
  }
  editor_.flush();
  release();
}

/// Requires: a stretch begins with block `first`, and one with `end` or none does.
void Judge::judge_blocks(const Window& window, std::size_t first, std::size_t end) {
  while (first < end) {
    const std::size_t next = end_of_stretch(window.blocks, first);
    judge_stretch(window, first, next);
    first = next;
  }
}

void Judge::judge_stretch(const Window& window, std::size_t first, std::size_t end) {
  const BlockNumber number = front_ + open_.size();  // of the first: they have no gaps
  for (std::size_t i = first; i < end; ++i) {
    Judged& judged = open_.push();
    judged.window = &window;
    judged.block = &window.blocks[i];
    apply_first_layer(window.blocks[i], judged.verdict);
  }
  // A finding may name a block of an earlier stretch: it is in open_ as long as blocks_.open()
  // says.
  for (const Finding& finding : blocks_.judge(window, first, end, number)) {
    apply(finding);
  }
  judge_final(blocks_.open(), false);
  pass_on(sentences_.open());
}

/// To a block, and to those that go with it: a group is never parted by a stretch.
void Judge::apply(const Finding& finding) {
  const auto head = static_cast<std::size_t>(finding.block - front_);
  open_[head].verdict.apply(finding);
  for (std::size_t i = head + 1; i < open_.size() && open_[i].block->member; ++i) {
    open_[i].verdict.apply(finding);
  }
}

/// Layers 5 and 6, up to the first block whose verdict is still open.
void Judge::judge_final(BlockNumber limit, bool at_end) {
  if (options_.keep == Keep::first) {  // else no copy is to stay
    borders_.judge(open_, front_, front_ + before(limit), at_end);
    limit = std::min(limit, borders_.undecided());
    sections_.judge(open_, front_, front_ + before(limit), at_end);
  }
  const std::size_t end = judge_near(before(std::min(limit, sections_.undecided())), at_end);
  judge_sentences(end);
  final_ = end;
}

/// How many of open_ are through rule 5, its sections included.
std::size_t Judge::judge_near(std::size_t end, bool at_end) {
  if (options_.paragraphs != Paragraphs::near) {
    return end;
  }
  ask_near(end);
  if (at_end) {
    near_sections_.end(open_, front_);
  }
  return std::min(end, before(near_sections_.undecided()));
}

/// Only what the layers before left is asked about and remembered: no block goes for its likeness
/// to one that they removed. What its section kept is asked about, so that it is remembered if it
/// is new, but is not taken from it again.
void Judge::ask_near(std::size_t end) {
  constexpr std::size_t kAhead = 8;  // long enough for memory to answer
  for (; asked_ < end; ++asked_) {
    if (asked_ + kAhead < end) {
      const Judged& ahead = open_[asked_ + kAhead];
      if (NearRepeats::compares(*ahead.block)) {
        near_.prefetch(*ahead.window, *ahead.block);
      }
    }
    Judged& judged = open_[asked_];
    const BlockNumber number = front_ + asked_;
    if (NearRepeats::compares(*judged.block) && !judged.verdict.removed) {
      const auto finding = near_.judge(*judged.window, *judged.block, number);
      if (finding && !judged.verdict.stays) {
        judged.verdict.apply(*finding);
      }
    }
    if (near_sections_.wants(*judged.block)) {
      near_sections_.look(open_, front_, number);
    }
  }
}

/// All blocks are gathered before the one question, for the index is asked under a lock. Blocks
/// that went are gathered too, since a run that would reach too far over them ends.
void Judge::judge_sentences(std::size_t end) {
  if (options_.sentences == Sentences::off) {
    return;
  }
  for (std::size_t i = final_; i < end; ++i) {
    const Judged& judged = open_[i];
    const bool left = !judged.verdict.removed && !judged.block->blank;
    sentences_.gather(judged, left, front_ + i);
  }
  cut_sentences(false);
}

void Judge::cut_sentences(bool at_end) {
  for (const Cut& cut : sentences_.judge(at_end)) {
    at(cut.block).verdict.apply(cut);
  }
}

/// Both limits hold: rule 6 keeps a block open that is final in front of it.
void Judge::pass_on(BlockNumber limit) {
  const std::size_t count = std::min(final_, before(limit));
  for (std::size_t i = 0; i < count; ++i) {
    editor_.take(open_.front());
    open_.pop();
  }
  front_ += count;
  final_ -= count;
  asked_ -= std::min(asked_, count);
}

/// Lets go of windows that neither a block nor the editor refers to any more. What the editor has
/// is older than what is open, and windows go in their order, so the oldest block alone decides.
void Judge::release() {
  const Window* oldest = editor_.oldest();
  if (oldest == nullptr && !open_.empty()) {
    oldest = open_.front().window;
  }
  for (; !windows_.empty() && windows_.front().get() != oldest; windows_.pop_front()) {
    spend(std::move(windows_.front()));
  }
}

/// Rule 5 refers to keys in the window: it must hear before the window is filled anew. A tail has
/// no room for more than it holds.
void Judge::spend(WindowPointer window) {
  near_.let_go(*window);
  if (!window->tail) {
    pool_.give(std::move(window));
  }
}

}  // namespace dedup::cleaner
