// SPDX-License-Identifier: Apache-2.0
// How blocks become edits. Within a window everything before `handed` is with the sink, everything
// before `settled` is decided, and what waits lies behind:
//
//   window    |…… handed over ……|…… decided: kept ……|…… waiting: blank lines, removed blocks ……|
//                               ^ handed            ^ settled
//
// So text that stays is never copied: emit() hands over what lies between two edits as one piece.
// A block that is kept decides all that waits before it; so does the end of the document.
//
// Blank lines around a gap (blocks that went, in a row, with no kept one between):
//
//   kept, blank, gap, blank, kept    those before it stay, those after it go
//   gap, blank, kept                 at the head of the document they go
//   kept, blank, gap, end            at its end they go, too
//   kept, gap, blank, kept           they stay: there were none before it
#include "cleaner/editor.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "text/line_ends.h"

namespace dedup::cleaner {
namespace {

/// A stretch of a block's content that goes, in offsets of the content as it is written. Edits
/// speak of the content as it came: ChangeWalk leads from the one to the other.
struct Span {
  std::size_t start = 0;
  std::size_t end = 0;
  std::optional<Position> first;
};

/// The cut sentences of a block, adjoining ones together: one edit reads better than three, and the
/// first copy named is that of the first. They were found in the repaired content, which `styled`
/// changes.
std::vector<Span> spans_of(const Judged& judged, const text::Changes& styled) {
  text::OffsetsAfter written(styled);
  std::vector<Span> spans;
  for (const SentenceCut& cut : judged.verdict.cuts) {
    const Sentence& sentence =
        judged.window->sentences[judged.block->first_sentence + cut.sentence];
    const std::size_t start = written(sentence.start);
    const std::size_t end = written(sentence.end);
    if (!spans.empty() && spans.back().end == start) {
      spans.back().end = end;
    } else {
      spans.push_back({start, end, cut.first});
    }
  }
  return spans;
}

/// Counts the lines of a block of several blank ones, from repair to repair. Such a block is one
/// entry, but an edit names its line; counting onwards keeps a million repairs linear.
class BlankLines {
 public:
  BlankLines(const Window& window, const Block& block)
      : text_(window.stretch.text), at_(block.line.start), number_(block.line.number) {}

  /// The number of the line that holds `place`, which is not before the last one asked for.
  std::uint64_t number_at(std::size_t place) noexcept {
    for (; at_ < place; ++at_) {
      number_ += text::is_end_of_line(text_, at_) ? 1 : 0;
    }
    return number_;
  }

 private:
  std::string_view text_;
  std::size_t at_;
  std::uint64_t number_;
};

/// Walks the repairs of a block in step with offsets of its repaired content.
///
///   as it came    甲[(jiǎ)]乙[x]丙      changes: [ ]
///   repaired      甲       乙 y 丙      grown_ by the changes stepped over: -6, then 0 more
class ChangeWalk {
 public:
  explicit ChangeWalk(text::Changes changes) : changes_(std::move(changes)) {}

  [[nodiscard]] bool done() const noexcept { return next_ == changes_.size(); }
  [[nodiscard]] const text::Change& change() const noexcept { return changes_[next_]; }
  /// Where the change lies in the repaired content.
  [[nodiscard]] std::size_t start() const noexcept { return original_to_repaired(change().start); }
  [[nodiscard]] std::size_t end() const noexcept { return start() + change().replacement.size(); }
  void step() noexcept {
    grown_ += change().replacement.size() - (change().end - change().start);
    ++next_;
  }
  /// Of a repaired offset that lies behind all changes stepped over and before the next.
  [[nodiscard]] std::size_t original(std::size_t repaired) const noexcept {
    return repaired - grown_;
  }

 private:
  [[nodiscard]] std::size_t original_to_repaired(std::size_t offset) const noexcept {
    return offset + grown_;
  }

  text::Changes changes_;
  std::size_t next_ = 0;
  std::size_t grown_ = 0;  // modulo 2^64: may stand for a negative number
};

/// Where the members end that go with a removed block in one piece.
std::size_t end_of_piece(const Judged& judged) {
  const std::vector<Block>& blocks = judged.window->blocks;
  std::size_t end = judged.block->line.end;
  if (judged.block->boilerplate.empty()) {
    for (auto i = static_cast<std::size_t>(judged.block - blocks.data()) + 1;
         i < blocks.size() && blocks[i].member && blocks[i].boilerplate.empty(); ++i) {
      end = blocks[i].line.end;
    }
  }
  return end;
}

/// What a cut takes out of a block's content as it came, and what stands in its place.
struct Hole {
  std::size_t start = 0;
  std::size_t end = 0;
  std::string rest;
};

/// The hole that a removed span makes, with all repairs that reach into it stepped over. `used`
/// becomes the end of the last of them, in the repaired content.
Hole hole_of(const Span& span, ChangeWalk& walk, std::size_t& used) {
  Hole hole{.start = walk.original(span.start), .end = 0, .rest = {}};
  if (!walk.done() && walk.start() < span.start) {
    hole.start = walk.change().start;
    hole.rest = walk.change().replacement.substr(0, span.start - walk.start());
  }
  while (!walk.done() && (walk.start() < span.end || walk.end() == span.end)) {
    if (walk.end() > span.end) {
      hole.rest += walk.change().replacement.substr(span.end - walk.start());
    }
    used = walk.end();
    walk.step();
  }
  hole.end = walk.original(std::max(span.end, used));
  return hole;
}

}  // namespace

/// All but the memory of the queue is new.
void Editor::begin_document() {
  at_.waiting.clear();
  at_ = {.stats = {}, .waiting = std::move(at_.waiting)};
  if (style_ != nullptr) {
    style_->begin_document();
  }
}

void Editor::count_damaged(const Window& window) noexcept {
  if (at_.stats.mojibake_lines == 0) at_.first_mojibake = window.first_mojibake;
  at_.stats.mojibake_lines += window.mojibake_lines;
  at_.stats.damaged_sentences += window.damaged_sentences;
}

/// A block of which every sentence goes, goes as a block, with its line end. Otherwise a removed
/// block has to wait only where blank lines wait before it: edits come in offset order.
void Editor::take(Judged& judged) {
  if (style_ != nullptr) {
    style_->see(*judged.window, *judged.block);
  }
  if (judged.block->blank && !judged.verdict.removed) {
    take_blank(judged);
    return;
  }
  if (!judged.verdict.removed && !judged.verdict.cuts.empty() &&
      judged.verdict.cuts.size() == judged.block->sentence_count) {
    judged.verdict.remove(Reason::repeated_sentences, judged.verdict.cuts.front().first);
  }
  if (!judged.verdict.removed) {
    if (!at_.waiting.empty()) {
      settle(false);
    }
    keep(judged);
    at_.gap = false;
    at_.blank_before = false;
    at_.kept_before = true;
    return;
  }
  at_.gap = true;
  if (at_.waiting.empty()) {
    remove(judged);
  } else {
    wait(judged);
  }
}

/// Blank lines wait: whether they stay depends on whether a gap follows, and whether it ends. Those
/// in a gap that is sure to swallow them need not: nothing that follows can keep them.
void Editor::take_blank(Judged& judged) {
  if (at_.waiting.empty() && at_.gap && (!at_.kept_before || at_.blank_before)) {
    settle_blank(judged, false);
    return;
  }
  wait(judged);
}

/// Blank lines before a gap that is too long to wait for stay; that bounds the windows which must
/// live. The gap goes on, so those behind it must then go: blank_before says that some are kept.
void Editor::wait(Judged& judged) {
  at_.waiting.push_back(std::move(judged));
  const Judged& last = at_.waiting.back();
  const Judged& first = at_.waiting.front();
  if (end_of(*last.window, *last.block) - start_of(*first.window, *first.block) >
          longest_wait(*last.window) ||
      at_.waiting.size() > kMostBlocksWaiting) {
    settle(false);
    at_.blank_before = at_.kept_before;
  }
}

void Editor::settle(bool at_end) {
  for (const Judged& judged : at_.waiting) {
    if (judged.block->blank && !judged.verdict.removed) {
      settle_blank(judged, at_end);
    } else {
      remove(judged);
    }
  }
  at_.waiting.clear();
}

/// Where a gap has blank lines on both sides those after it go; at either end of the document both.
void Editor::settle_blank(const Judged& judged, bool at_end) {
  const Block& block = *judged.block;
  advance(*judged.window);
  if (at_.gap && (at_end || !at_.kept_before || at_.blank_before)) {
    Edit edit;
    edit.block = block.line.number;
    edit.reason = Reason::blank_lines;
    emit(*judged.window, block.line.start, block.line.end, edit);
  } else {
    BlankLines lines(*judged.window, block);
    for (std::uint32_t i = 0; i < block.change_count; ++i) {
      const text::Change& change = judged.window->changes[block.first_change + i];
      repair(judged, change, lines.number_at(change.start));
    }
    at_.blank_before = at_.gap;
  }
  at_.settled = block.line.end;
}

/// Repairs show only in what is kept: removed text is told as it came.
void Editor::keep(const Judged& judged) {
  const Block& block = *judged.block;
  advance(*judged.window);
  at_.stats.blocks += block.member ? 0 : 1;
  at_.stats.blocks_kept += block.member ? 0 : 1;
  at_.line_kept = true;
  if (style_ != nullptr) {
    keep_styled(judged);
  } else if (block.change_count != 0 || !judged.verdict.cuts.empty()) {
    keep_changed(judged);
  }
  at_.settled = block.line.end;
}

void Editor::keep_changed(const Judged& judged) {
  const Block& block = *judged.block;
  if (!judged.verdict.cuts.empty()) {
    cut_sentences(judged, {});
    return;
  }
  for (std::uint32_t i = 0; i < block.change_count; ++i) {
    repair(judged, judged.window->changes[block.first_change + i], block.line.number);
  }
}

void Editor::keep_styled(const Judged& judged) {
  const Block& block = *judged.block;
  const text::Changes styled = style_->changes(*judged.window, block);
  if (!judged.verdict.cuts.empty()) {
    cut_sentences(judged, styled);
    return;
  }
  for (text::Change& change : text::compose(changes_of(*judged.window, block), styled)) {
    change.start += block.line.start;
    change.end += block.line.start;
    repair(judged, change, block.line.number);
  }
}

/// A removed sentence takes the repairs on its border along; what is left of a replacement that
/// reaches over the border stands in its place.
void Editor::cut_sentences(const Judged& judged, const text::Changes& styled) {
  const Block& block = *judged.block;
  ChangeWalk walk(text::compose(changes_of(*judged.window, block), styled));
  const auto repair_next = [&] {
    text::Change change = walk.change();
    change.start += block.line.start;
    change.end += block.line.start;
    repair(judged, change, block.line.number);
    walk.step();
  };
  // Invariant: all changes before the walk are told, alone or as part of a hole.
  std::size_t used = 0;  // of the repaired content: a replacement reached this far
  for (const Span& span : spans_of(judged, styled)) {
    if (span.start < used) {
      continue;  // begins inside a replacement that is written already: when in doubt, keep
    }
    while (!walk.done() && walk.end() <= span.start && walk.start() < span.start) {
      repair_next();
    }
    const Hole hole = hole_of(span, walk, used);
    Edit edit;
    edit.block = block.line.number;
    edit.reason = Reason::repeated_sentences;
    edit.first = span.first;
    edit.replacement = hole.rest;
    emit(*judged.window, block.line.start + hole.start, block.line.start + hole.end, edit);
  }
  while (!walk.done()) {
    repair_next();
  }
}

/// A group goes in one piece: its head takes along what follows of it, up to a line that another
/// layer took.
void Editor::remove(const Judged& judged) {
  const Block& block = *judged.block;
  advance(*judged.window);
  if (block.member && block.line.end <= at_.settled) {
    return;
  }
  at_.stats.blocks += block.member ? 0 : 1;
  Edit edit;
  edit.block = block.line.number;
  edit.reason = *judged.verdict.removed;
  if (edit.reason == Reason::boilerplate) {
    edit.rule = block.boilerplate;
    edit.score = std::round(1000.0 * block.boilerplate_score) / 1000;  // as fine as is ever read
  }
  edit.first = judged.verdict.first;
  edit.similarity = judged.verdict.similarity;
  // The end of an overlong line stays while any piece of the line does.
  at_.line_kept = at_.line_kept && block.line.continues;
  const std::size_t end = at_.line_kept ? block.line.content_end : end_of_piece(judged);
  emit(*judged.window, block.line.start, end, edit);
  at_.settled = std::max(end, block.line.end);
}

/// One edit a window: the windows of a held document come one by one, and may be on disk until
/// then.
void Editor::remove_document(const Window& window, const memory::NearVerdict& verdict) {
  advance(window);
  for (const Block& block : window.blocks) {
    at_.stats.blocks += block.blank || block.member ? 0 : 1;
  }
  Edit edit;
  edit.block = window.stretch.line;
  edit.reason = Reason::duplicate_document;
  edit.first = verdict.first;
  edit.similarity = verdict.similarity;
  at_.settled = window.stretch.text.size();
  emit(window, 0, at_.settled, edit);
}

void Editor::repair(const Judged& judged, const text::Change& change, std::uint64_t line) {
  Edit edit;
  edit.block = line;
  edit.reason = Reason::repair;
  edit.rule = name(change.kind);
  edit.replacement = change.replacement;
  ++at_.stats.repaired[static_cast<std::size_t>(change.kind)];
  emit(*judged.window, change.start, change.end, edit);
}

/// The one place where an edit gets its offsets and its text, and is counted. Names are looked
/// up here, since only few edits have an earlier copy to name.
void Editor::emit(const Window& window, std::size_t start, std::size_t end, Edit edit) {
  hand_over(start);
  edit.start = window.stretch.offset + start;
  edit.end = window.stretch.offset + end;
  edit.text = std::string_view(window.stretch.text).substr(start, end - start);
  Count& count = at_.stats.removed[static_cast<std::size_t>(edit.reason)];
  ++count.items;
  count.bytes += edit.text.size();
  at_.stats.output_bytes += edit.replacement.size();
  if (edit.first && index_.options().names) {
    first_name_ = index_.name_of(edit.first->document);
    edit.first_name = first_name_;
  }
  outlet_.edit(edit);
  at_.handed = end;
}

/// Goes on to the next window, with all of the last one handed over.
void Editor::advance(const Window& window) {
  if (at_.window != &window) {
    flush();
    at_.window = &window;
    at_.handed = 0;
    at_.settled = 0;
  }
}

/// What stays, up to an edit or to what is settled. Nothing where an edit adjoins the one before.
void Editor::hand_over(std::size_t end) {
  if (end > at_.handed) {
    at_.stats.output_bytes += end - at_.handed;
    outlet_.kept(std::string_view(at_.window->stretch.text).substr(at_.handed, end - at_.handed));
    at_.handed = end;
  }
}

/// Decided text goes out at once, before the window does; text that waits stays in its window.
void Editor::flush() {
  if (at_.window == nullptr) {
    return;
  }
  hand_over(at_.settled);
  if (at_.settled == at_.window->stretch.text.size()) {
    at_.window = nullptr;  // its owner may let it go now
  }
}

void Editor::end_document() {
  settle(true);
  flush();
}

}  // namespace dedup::cleaner
