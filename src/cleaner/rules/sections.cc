// SPDX-License-Identifier: Apache-2.0
// A section is decided by the first of its blocks that stays. If none does, and its heading begins
// a copy, the heading goes, too, where
//
//   the copy goes on behind the section
//   it is as long as a text, and stood below the same heading before: a part of 3.1.2 may say what
//   the same part of 3.2.0 says. What no mark tells from a heading above it counts as one
//   all below it is one procedure
//   rule 4 found some of it: then it is more than a refrain
//
// Otherwise the copies stay. So of an article that was appended to itself nothing is left, also
// where each of its sections has one block, and the two before it are too light for a run.
//
//   ## 3.2.0       goes, since all below it does      bare_   ## 3.2.0, ### 新增
//   ### 新增       goes, since its list does                  settled at ### 修复
//   - 导出报表     copy
//   ### 修复       copy
//   - 分页出错     copy
//   ## 3.1.2                                                  here ## 3.2.0 is settled
#include "cleaner/rules/sections.h"

#include <bit>

#include "cleaner/rules/give_back.h"

namespace dedup::cleaner {
namespace {

/// Prose no longer than a title, which may be a heading that nothing marks.
bool could_head(const Block& block) noexcept {
  constexpr std::uint32_t kBrief = 30;
  return block.weight <= kBrief && is_prose(block) && !block.quoted;
}

/// A copy that may say something of its neighbours: any group of the same document, and of another
/// one, too, unless it may as well be a list of links.
bool may_be_lone(const Judged& judged) {
  using structure::Kind;
  const Kind kind = judged.block->kind;
  const bool record =
      kind == Kind::field || kind == Kind::label || kind == Kind::row || kind == Kind::prose;
  return judged.block->grouped && judged.verdict.removed == Reason::repeated_block &&
         !judged.verdict.in_run && (judged.verdict.within || record);
}

}  // namespace

void Sections::begin_document(std::uint64_t document) {
  document_ = document;
  pairs_.clear();
  pair_.reset();
  bare_.clear();
  copies_.clear();
  next_ = 0;
  first_ = false;
  whole_ = false;
  is_bare_ = false;
  lone_group_ = kNoBlock;
  after_removed_ = false;
  announcer_ = kNoBlock;
  after_lead_in_ = false;
  pair_below_.reset();
  weight_ = 0;
  above_ = {};
  directly_above_ = 0;
  after_brief_ = false;
}

void Sections::judge(StableQueue<Judged>& open, BlockNumber front, BlockNumber end, bool at_end) {
  for (; next_ < end; ++next_) {
    look(open, front, next_);
  }
  if (at_end) {
    announcer_ = kNoBlock;
    decide_group(open, front, is_whole_copy() || is_text_copy());
    end_section();
    settle(open, front, 0, whole_);
  }
}

void Sections::look(StableQueue<Judged>& open, BlockNumber front, BlockNumber number) {
  const Judged& judged = open[static_cast<std::size_t>(number - front)];
  const bool waiting = waits();
  if (waiting) {
    end_if_far(open, front, number);
  }
  if (!is_asked(*judged.block)) {
    return;
  }
  if (!waiting && !judged.verdict.removed && !is_heading(*judged.block)) {
    pass_by(*judged.block);
    return;
  }
  const bool removed = judge_announced(open, front, number, judged);
  const bool heading = is_heading(*judged.block);
  decide_group(open, front, removed || (heading && (is_whole_copy() || is_text_copy())));
  if (heading) {
    end_section();
    settle(open, front, judged.block->level, removed || whole_);
    begin_section(judged, number);
    after_removed_ = removed;
    after_brief_ = !removed && judged.block->level == structure::kUnmarkedLevel;
    return;
  }
  if (may_be_lone(judged) && !after_removed_) {
    lone_group_ = number;
  }
  after_removed_ = removed;
  after_brief_ = !removed && could_head(*judged.block);
  add_content(open, front, judged, number);
}

/// A block that stays, while nothing waits, as nearly all do: what the steps of look() would note.
void Sections::pass_by(const Block& block) {
  after_lead_in_ = block.announces && !block.grouped;
  after_removed_ = false;
  after_brief_ = could_head(block);
  whole_ = false;
  if (first_) {
    remember_first(block);
  }
}

/// What waits is bounded: windows have to stay meanwhile. Requires: something waits.
void Sections::end_if_far(StableQueue<Judged>& open, BlockNumber front, BlockNumber number) {
  const BlockNumber first = undecided();
  const Judged& waiting = open[static_cast<std::size_t>(first - front)];
  const Judged& here = open[static_cast<std::size_t>(number - front)];
  if (is_too_far(*here.window, *here.block, number, start_of(*waiting.window, *waiting.block),
                 first)) {
    announcer_ = kNoBlock;
    decide_group(open, front, false);
    give_back_copies(open, front, bare_.empty() ? copies_.size() : bare_.front().first_copy,
                     copies_.size());
    fill(open, front);
  }
}

/// Whether the block goes, once it is clear what announces what. A heading, or a lead-in, that goes
/// while this stays is kept; and this is if the lead-in before it stays.
bool Sections::judge_announced(StableQueue<Judged>& open, BlockNumber front, BlockNumber number,
                               const Judged& judged) {
  if (after_lead_in_ && judged.verdict.removed) {
    give_back(open, static_cast<std::size_t>(number - front));
  }
  const bool removed = judged.verdict.removed.has_value();
  if (announcer_ != kNoBlock && !removed) {
    const auto announcer = static_cast<std::size_t>(announcer_ - front);
    give_back(open, announcer);
    if (is_heading(*open[announcer].block)) {
      begin_bare(announcer_);
    } else {
      fill(open, front);
    }
  }
  announcer_ = removed && judged.block->announces ? number : kNoBlock;
  after_lead_in_ = !removed && judged.block->announces &&
                   judged.block->kind != structure::Kind::heading && !judged.block->grouped;
  return removed;
}

/// A copied group behind a block that stays: what follows it decides.
void Sections::decide_group(StableQueue<Judged>& open, BlockNumber front, bool goes_on) {
  if (lone_group_ != kNoBlock && !goes_on) {
    give_back(open, static_cast<std::size_t>(lone_group_ - front));
    fill(open, front);
    after_removed_ = false;
  }
  lone_group_ = kNoBlock;
}

/// Before its heading is settled.
void Sections::end_section() {
  if (is_bare_) {
    bare_.back().text = is_text_copy();
  }
}

void Sections::begin_section(const Judged& judged, BlockNumber number) {
  if (first_ && judged.block->level > level_) {
    remember_first(*judged.block);
  }
  if (!bare_.empty() && !bare_.back().parted) {
    bare_.back().parted = true;
    bare_.back().own_copies = copies_.size();
  }
  directly_above_ = first_ ? key_.low : 0;
  key_ = judged.block->key;
  line_ = judged.block->line.number;
  level_ = judged.block->level;
  behind_brief_ = after_brief_ && level_ == structure::kUnmarkedLevel;
  above_[level_] = key_.low;
  std::fill(above_.begin() + level_ + 1, above_.end(), 0);
  pair_.reset();
  pair_below_.reset();
  weight_ = 0;
  first_ = true;
  whole_ = false;
  is_bare_ = false;
  if (!judged.verdict.removed) {
    begin_bare(number);
  }
}

/// The section at hand.
void Sections::begin_bare(BlockNumber heading) {
  bare_.push_back({.heading = heading, .level = level_, .first_copy = copies_.size(), .pair = {}});
  is_bare_ = true;
}

void Sections::add_content(StableQueue<Judged>& open, BlockNumber front, const Judged& judged,
                           BlockNumber number) {
  whole_ = first_ && judged.block->whole && judged.verdict.removed;
  if (first_) {
    remember_first(*judged.block);
  }
  weight_ += judged.verdict.within ? judged.block->weight : 0;
  if (!judged.verdict.removed) {
    fill(open, front);
  } else if (is_bare_ && judged.verdict.within && !judged.verdict.in_run) {
    copies_.push_back(number);
  }
  mark_run(judged.verdict);
}

/// The section at hand begins with this block, which may be a heading itself.
void Sections::remember_first(const Block& block) {
  pair_ = {std::rotl(key_.low, 32) ^ block.key.low, line_};
  const auto above =
      std::find_if(above_.rend() - level_, above_.rend(), [](auto key) { return key != 0; });
  const std::uint64_t below = above == above_.rend() ? 0 : *above;
  pair_below_ = {std::rotl(pair_->key, 16) ^ below ^ std::rotl(directly_above_, 8), line_};
  first_ = false;
  if (is_bare_) {
    bare_.back().pair = pair_;
  }
  if (pairs_.size() < 2 * kMostHeadings) {
    pairs_.add(*pair_);
    pairs_.add(*pair_below_);
  }
}

void Sections::mark_run(const Verdict& verdict) {
  if (verdict.removed && verdict.in_run && !verdict.foreign) {
    for (Bare& section : bare_) {
      section.in_run = true;
    }
  }
}

/// Where the heading with its first block was before, the earliest. The pair itself is among those
/// remembered.
std::optional<Position> Sections::known(const std::optional<Pair>& pair) {
  const Pair* const found = pair ? pairs_.find(pair->key) : nullptr;
  return found == nullptr || found->line == pair->line
             ? std::nullopt
             : std::optional(Position{document_, found->line});
}

/// The bare sections that a heading of this level ends, the deepest first. As soon as one of them
/// stays those above it are not empty.
void Sections::settle(StableQueue<Judged>& open, BlockNumber front, std::uint8_t level,
                      bool goes_on_as_before) {
  while (!bare_.empty() && bare_.back().level >= level) {
    const Bare section = bare_.back();
    bare_.pop_back();
    is_bare_ = false;
    const bool copied = copies_.size() > section.first_copy;
    const bool may_go = section.in_run || section.text || (copied && goes_on_as_before);
    if (const auto before = may_go ? known(section.pair) : std::nullopt) {
      if (section.text && !bare_.empty()) {
        bare_.back().text = true;
      }
      open[static_cast<std::size_t>(section.heading - front)].verdict.remove(Reason::repeated_run,
                                                                             before);
      if (copied) {
        copies_.push_back(section.heading);  // for the section above, if that stays
      }
    } else {
      give_back_copies(open, front, section.first_copy, copies_.size());
      fill(open, front);
    }
  }
  if (bare_.empty()) {
    copies_.clear();  // all is settled, and may be gone from the queue
  }
}

/// Something stays that is below all of bare_. In the section at hand the copies may go then; what
/// stood right below a heading above it is all that this one has of its own, and comes back.
void Sections::fill(StableQueue<Judged>& open, BlockNumber front) {
  const std::size_t above = bare_.size() - (is_bare_ ? 1 : 0);
  for (std::size_t i = 0; i < above; ++i) {
    give_back_copies(open, front, bare_[i].first_copy, bare_[i].own_copies);
  }
  bare_.clear();
  copies_.clear();
  is_bare_ = false;
}

void Sections::give_back_copies(StableQueue<Judged>& open, BlockNumber front, std::size_t first,
                                std::size_t end) {
  for (std::size_t i = first; i < end; ++i) {
    give_back(open, static_cast<std::size_t>(copies_[i] - front));
  }
}

}  // namespace dedup::cleaner
