// SPDX-License-Identifier: Apache-2.0
// A section is decided by the first of its blocks that stays. If none does:
//
//   the heading begins a copy that goes on behind the section   the heading goes, too
//   it begins a copy, and all below it is one procedure         the heading goes, too
//   otherwise                                                   the copies stay
//
// So of an article that was appended to itself nothing is left, also where each of its sections has
// one block, and the two before it are too light for a run.
#include "cleaner/rules/sections.h"

#include <bit>

#include "cleaner/rules/give_back.h"

namespace dedup::cleaner {
namespace {

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
  lines_.clear();
  remembered_ = 0;
  pair_.reset();
  copies_.clear();
  next_ = 0;
  first_ = false;
  whole_ = false;
  waits_ = false;
  lone_group_ = kNoBlock;
  after_removed_ = false;
  announcer_ = kNoBlock;
  after_lead_in_ = false;
}

void Sections::judge(StableQueue<Judged>& open, BlockNumber front, BlockNumber end, bool at_end) {
  for (; next_ < end; ++next_) {
    look(open, front, next_);
  }
  if (at_end) {
    announcer_ = kNoBlock;
    decide_group(open, front, is_whole_copy());
    settle(open, front, whole_);
  }
}

void Sections::look(StableQueue<Judged>& open, BlockNumber front, BlockNumber number) {
  const Judged& judged = open[static_cast<std::size_t>(number - front)];
  end_if_far(open, front, number);
  if (!is_asked(*judged.block)) {
    return;
  }
  const bool removed = judge_announced(open, front, number, judged);
  const bool heading = is_heading(*judged.block);
  decide_group(open, front, removed || (heading && is_whole_copy()));
  if (heading) {
    settle(open, front, removed || whole_);
    begin_section(judged, number);
    after_removed_ = removed;
    return;
  }
  if (may_be_lone(judged) && !after_removed_) {
    lone_group_ = number;
  }
  after_removed_ = removed;
  add_content(judged, number);
}

/// What waits is bounded: windows have to stay meanwhile.
void Sections::end_if_far(StableQueue<Judged>& open, BlockNumber front, BlockNumber number) {
  const BlockNumber first = undecided();
  if (first == kNoBlock) {
    return;
  }
  const Judged& waiting = open[static_cast<std::size_t>(first - front)];
  const Judged& here = open[static_cast<std::size_t>(number - front)];
  if (is_too_far(*here.window, *here.block, number, start_of(*waiting.window, *waiting.block),
                 first)) {
    announcer_ = kNoBlock;
    decide_group(open, front, false);
    settle(open, front, false);
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
    give_back(open, static_cast<std::size_t>(announcer_ - front));
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
    waits_ = false;
    copies_.clear();
    after_removed_ = false;
  }
  lone_group_ = kNoBlock;
}

void Sections::begin_section(const Judged& judged, BlockNumber number) {
  heading_ = number;
  heading_key_ = judged.block->key;
  first_ = true;
  whole_ = false;
  line_ = judged.block->line.number;
  waits_ = !judged.verdict.removed;
}

void Sections::add_content(const Judged& judged, BlockNumber number) {
  whole_ = first_ && judged.block->whole && judged.verdict.removed;
  if (first_) {
    if (pair_ && remembered_ < kMostHeadings) {
      pairs_.push_back(*pair_);
      ++remembered_;
    }
    pair_ = {std::rotl(heading_key_.low, 32) ^ judged.block->key.low, line_};
    first_ = false;
  }
  if (!waits_) {
    return;
  }
  if (!judged.verdict.removed) {
    waits_ = false;
    copies_.clear();
  } else if (judged.verdict.within && !judged.verdict.in_run) {
    copies_.push_back(number);
  }
}

/// Where the heading with its first block was before, the earliest. Few are asked about, so a table
/// is made only then.
std::optional<Position> Sections::known() {
  for (const Pair& pair : pairs_) {
    lines_.emplace(pair.keys, pair.line);
  }
  pairs_.clear();
  const auto found = pair_ ? lines_.find(pair_->keys) : lines_.end();
  return found == lines_.end() ? std::nullopt : std::optional(Position{document_, found->second});
}

void Sections::settle(StableQueue<Judged>& open, BlockNumber front, bool goes_on_as_before) {
  if (waits_ && !copies_.empty()) {
    if (const auto before = goes_on_as_before ? known() : std::nullopt) {
      open[static_cast<std::size_t>(heading_ - front)].verdict.remove(Reason::repeated_run, before);
    } else {
      for (const BlockNumber copy : copies_) {
        give_back(open, static_cast<std::size_t>(copy - front));
      }
    }
  }
  copies_.clear();
  waits_ = false;
}

}  // namespace dedup::cleaner
