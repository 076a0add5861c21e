#include "cleaner/editor.h"

#include <algorithm>
#include <string>
#include <utility>

namespace dedup::cleaner {
namespace {

/// A stretch of a block's repaired content that goes.
struct Span {
  std::size_t start = 0;
  std::size_t end = 0;
  std::optional<Position> first;
};

/// The cut sentences of a block, adjoining ones together.
std::vector<Span> spans_of(const Judged& judged) {
  std::vector<Span> spans;
  for (const SentenceCut& cut : judged.cuts) {
    const Sentence& sentence =
        judged.window->sentences[judged.block->first_sentence + cut.sentence];
    if (!spans.empty() && spans.back().end == sentence.start) {
      spans.back().end = sentence.end;
    } else {
      spans.push_back({sentence.start, sentence.end, cut.first});
    }
  }
  return spans;
}

/// The number of the line that holds `at` in a block of several blank lines.
std::uint64_t line_number(const Window& window, const Block& block, std::size_t at) {
  const std::string_view text = window.stretch.text;
  std::uint64_t number = block.line.number;
  for (std::size_t i = block.line.start; i < at; ++i) {
    const bool ends = text[i] == '\n' || (text[i] == '\r' && text.substr(i + 1, 1) != "\n");
    number += ends ? 1 : 0;
  }
  return number;
}

/// Walks the repairs of a block in step with offsets of its repaired content.
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

}  // namespace

void Editor::begin_document(Sink& sink) {
  *this = Editor();
  sink_ = &sink;
}

void Editor::take(Judged& judged) {
  if (judged.block->blank) {
    take_blank(judged);
    return;
  }
  if (!judged.removed && !judged.cuts.empty() &&
      judged.cuts.size() == judged.block->sentence_count) {
    judged.remove(Reason::repeated_sentences, judged.cuts.front().first);
  }
  if (!judged.removed) {
    settle(false);
    keep(judged);
    gap_ = false;
    blank_before_ = false;
    kept_before_ = true;
    return;
  }
  gap_ = true;
  if (waiting_.empty()) {
    remove(judged);
  } else {
    wait(judged);
  }
}

/// Blank lines wait: whether they stay depends on whether a gap follows, and whether it ends.
void Editor::take_blank(Judged& judged) {
  if (waiting_.empty() && gap_ && (!kept_before_ || blank_before_)) {
    settle_blank(judged, false);
    return;
  }
  wait(judged);
}

/// Blank lines before a gap that is too long to wait for stay.
void Editor::wait(Judged& judged) {
  waiting_.push_back(std::move(judged));
  const Judged& last = waiting_.back();
  const std::uint64_t end = last.window->stretch.offset + last.block->line.end;
  if (end - start_of(waiting_.front()) > kLongestWait) {
    settle(false);
    blank_before_ = kept_before_;
  }
}

void Editor::settle(bool at_end) {
  for (const Judged& judged : waiting_) {
    if (judged.block->blank) {
      settle_blank(judged, at_end);
    } else {
      remove(judged);
    }
  }
  waiting_.clear();
}

/// Where a gap has blank lines on both sides those after it go; at either end of the document both.
void Editor::settle_blank(const Judged& judged, bool at_end) {
  const Block& block = *judged.block;
  advance(*judged.window);
  if (gap_ && (at_end || !kept_before_ || blank_before_)) {
    Edit edit;
    edit.block = block.line.number;
    edit.reason = Reason::blank_lines;
    emit(*judged.window, block.line.start, block.line.end, edit);
  } else {
    for (std::uint32_t i = 0; i < block.change_count; ++i) {
      repair(judged, judged.window->changes[block.first_change + i]);
    }
    blank_before_ = gap_;
  }
  settled_ = block.line.end;
}

void Editor::keep(const Judged& judged) {
  const Block& block = *judged.block;
  advance(*judged.window);
  ++stats_.blocks;
  ++stats_.blocks_kept;
  line_kept_ = true;
  if (!judged.cuts.empty()) {
    cut_sentences(judged);
  } else {
    for (std::uint32_t i = 0; i < block.change_count; ++i) {
      repair(judged, judged.window->changes[block.first_change + i]);
    }
  }
  settled_ = block.line.end;
}

/// A removed sentence takes the repairs on its border along; what is left of a replacement that
/// reaches over the border stands in its place.
void Editor::cut_sentences(const Judged& judged) {
  const Block& block = *judged.block;
  ChangeWalk walk(changes_of(*judged.window, block));
  const auto repair_next = [&] {
    text::Change change = walk.change();
    change.start += block.line.start;
    change.end += block.line.start;
    repair(judged, change);
    walk.step();
  };
  std::size_t used = 0;  // of the repaired content: a replacement reached this far
  for (const Span& span : spans_of(judged)) {
    if (span.start < used) {
      continue;  // begins inside a replacement that is written already: when in doubt, keep
    }
    while (!walk.done() && walk.end() <= span.start && walk.start() < span.start) {
      repair_next();
    }
    std::string rest;
    std::size_t start = walk.original(span.start);
    if (!walk.done() && walk.start() < span.start) {
      start = walk.change().start;
      rest = walk.change().replacement.substr(0, span.start - walk.start());
    }
    while (!walk.done() && (walk.start() < span.end || walk.end() == span.end)) {
      if (walk.end() > span.end) {
        rest += walk.change().replacement.substr(span.end - walk.start());
      }
      used = walk.end();
      walk.step();
    }
    Edit edit;
    edit.block = block.line.number;
    edit.reason = Reason::repeated_sentences;
    edit.first = span.first;
    edit.replacement = rest;
    const std::size_t end = walk.original(std::max(span.end, used));
    emit(*judged.window, block.line.start + start, block.line.start + end, edit);
  }
  while (!walk.done()) {
    repair_next();
  }
}

void Editor::remove(const Judged& judged) {
  const Block& block = *judged.block;
  advance(*judged.window);
  ++stats_.blocks;
  Edit edit;
  edit.block = block.line.number;
  edit.reason = *judged.removed;
  edit.rule = judged.rule;
  edit.score = judged.score;
  edit.first = judged.first;
  edit.similarity = judged.similarity;
  // The end of an overlong line stays while any piece of the line does.
  line_kept_ = line_kept_ && block.line.continues;
  emit(*judged.window, block.line.start, line_kept_ ? block.line.content_end : block.line.end,
       edit);
  settled_ = block.line.end;
}

void Editor::remove_document(const Window& window, const memory::NearVerdict& verdict) {
  advance(window);
  for (const Block& block : window.blocks) {
    stats_.blocks += block.blank ? 0 : 1;
  }
  Edit edit;
  edit.block = window.stretch.line;
  edit.reason = Reason::duplicate_document;
  edit.first = verdict.first;
  edit.similarity = verdict.similarity;
  settled_ = window.stretch.text.size();
  emit(window, 0, settled_, edit);
}

void Editor::repair(const Judged& judged, const text::Change& change) {
  const Block& block = *judged.block;
  Edit edit;
  edit.block = block.blank ? line_number(*judged.window, block, change.start) : block.line.number;
  edit.reason = Reason::repair;
  edit.rule = name(change.kind);
  edit.replacement = change.replacement;
  ++stats_.repaired[static_cast<std::size_t>(change.kind)];
  emit(*judged.window, change.start, change.end, edit);
}

void Editor::emit(const Window& window, std::size_t start, std::size_t end, Edit edit) {
  hand_over(start);
  edit.start = window.stretch.offset + start;
  edit.end = window.stretch.offset + end;
  edit.text = std::string_view(window.stretch.text).substr(start, end - start);
  Count& count = stats_.removed[static_cast<std::size_t>(edit.reason)];
  ++count.items;
  count.bytes += edit.text.size();
  stats_.output_bytes += edit.replacement.size();
  sink_->edit(edit);
  handed_ = end;
}

/// Goes on to the next window, with all of the last one handed over.
void Editor::advance(const Window& window) {
  if (window_ != &window) {
    flush();
    window_ = &window;
    handed_ = 0;
    settled_ = 0;
  }
}

void Editor::hand_over(std::size_t end) {
  if (end > handed_) {
    stats_.output_bytes += end - handed_;
    sink_->kept(std::string_view(window_->stretch.text).substr(handed_, end - handed_));
    handed_ = end;
  }
}

void Editor::flush() {
  if (window_ == nullptr) {
    return;
  }
  hand_over(settled_);
  if (settled_ == window_->stretch.text.size()) {
    window_ = nullptr;  // its owner may let it go now
  }
}

void Editor::end_document() {
  settle(true);
  flush();
}

}  // namespace dedup::cleaner
