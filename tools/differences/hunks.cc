// SPDX-License-Identifier: Apache-2.0
#include "differences/hunks.h"

#include <utility>

#include "differences/visible.h"

namespace dedup::tool {
namespace {

constexpr std::size_t kMostHeld = std::size_t{256} << 10;
constexpr std::string_view kGap = "[…]";                 // text that nobody has
constexpr std::string_view kGoesOn = "[… see below …]";  // a line, in the next hunk

/// Whether the edit takes whole lines, of which no character stands out. Sentences and repairs lie
/// within lines, unless they have the ends of these.
bool takes_lines(const Edit& edit) {
  if (edit.text.empty() || !edit.replacement.empty()) return false;
  if (edit.text.back() == '\n' || edit.text.back() == '\r') return true;
  return edit.reason != Reason::repair && edit.reason != Reason::repeated_sentences;
}

/// Bytes in front of the line's end, and those of the end itself.
struct Cut {
  std::size_t line = 0;
  std::size_t end = 0;
};

Cut cut(std::string_view text) {
  const std::size_t feed = text.find('\n');
  const std::string_view line = text.substr(0, feed);
  const std::size_t carriage = line.find('\r');
  if (carriage != line.npos) {
    return {carriage, carriage + 1 == feed ? std::size_t{2} : std::size_t{1}};
  }
  return {line.size(), feed == text.npos ? std::size_t{0} : std::size_t{1}};
}

}  // namespace

void Side::end_line() {
  size_ += line_.size() + 1;
  lines_.push_back(std::exchange(line_, {}));
}

std::vector<std::string> Side::take() {
  if (!at_start()) end_line();
  size_ = 0;
  return std::exchange(lines_, {});
}

void Hunks::begin(std::string title, std::uint64_t line) {
  title_ = std::move(title);
  first_ = line;
  line_ = shown_to_ = due_ = 0;
  after_return_ = in_hunk_ = blind_ = false;
  stretch_.clear();
  before_change_.clear();
  note_.clear();
}

void Hunks::kept(std::string_view text) {
  if (after_return_ && text.starts_with('\n')) text.remove_prefix(1);
  after_return_ = after_return_ && text.empty();
  while (!text.empty()) {
    const auto [size, end] = cut(text);
    stretch_.add(text.substr(0, size));
    if (end == 0) return;
    after_return_ = text[size] == '\r' && size + end == text.size();
    text.remove_prefix(size + end);
    end_kept_line();
  }
}

void Hunks::end_kept_line() {
  if (changing_) {
    put_stretch();
    was_.end_line();
    is_.end_line();
    line_ += 1;
    show();
    return;
  }
  keep_context();
  line_ += 1;
}

/// A line without a change: shown behind one, else kept for one that may come.
void Hunks::keep_context() {
  if (due_ > 0) {
    std::string line;
    stretch_.append_to(line, palette_);
    write({}, " ", line);
    due_ -= 1;
    shown_to_ = line_ + 1;
    note_.clear();
  } else if (context_ > 0) {
    before_change_.push_back(std::move(stretch_));
    if (before_change_.size() > context_) before_change_.pop_front();
  }
  stretch_.clear();
}

/// Of what was put in, two pieces have one gap between them, however much went there.
void Hunks::unknown(std::uint64_t line) {
  blind_ = true;
  if (changing_ && line == line_) {
    put_faint(was_, kGap);
    if (is_.at_start() || std::exchange(added_since_gap_, false)) put_faint(is_, kGap);
    return;
  }
  if (changing_) show();
  line_ = line;
}

void Hunks::edit(const ShownEdit& shown) {
  const Edit& edit = shown.edit;
  if (edit.text.empty() && edit.replacement.empty()) return;
  if (!std::exchange(changing_, true)) change_ = line_;
  put_stretch();
  notes_.add(first_ + edit.block + 1, shown);
  const bool whole = was_.at_start() && is_.at_start() && takes_lines(edit);
  const std::size_t lines = was_.lines();
  put(was_, edit.text, whole);
  after_return_ = edit.text.ends_with('\r');
  line_ += was_.lines() - lines;
  put(is_, edit.replacement, false);
  added_ |= !edit.replacement.empty();
  added_since_gap_ |= !edit.replacement.empty();
  if (was_.at_start() && is_.at_start()) return show();
  if (was_.size() + is_.size() < kMostHeld) return;
  put_faint(was_, kGoesOn);
  if (!is_.at_start()) put_faint(is_, kGoesOn);
  show();
}

/// What stays stands in both.
void Hunks::put_stretch() {
  if (stretch_.empty()) return;
  std::string text;
  stretch_.append_to(text, palette_);
  stretch_.clear();
  was_.line() += text;
  is_.line() += text;
}

void Hunks::put(Side& side, std::string_view text, bool whole) {
  while (!text.empty()) {
    const auto [size, end] = cut(text);
    if (whole) {
      append_visible(side.line(), text.substr(0, size), Spelling::unsafe);
    } else if (size > 0) {
      side.line() += palette_.mark;
      append_visible(side.line(), text.substr(0, size), Spelling::invisible);
      side.line() += palette_.unmark;
    }
    if (end > 0) side.end_line();
    text.remove_prefix(size + end);
  }
}

void Hunks::put_faint(Side& side, std::string_view text) {
  side.line().append(palette_.faint).append(text).append(palette_.unfaint);
}

/// The last line may have no end.
void Hunks::end() {
  if (changing_) {
    put_stretch();
    show();
  } else if (!stretch_.empty()) {
    keep_context();
  }
}

/// The change, behind the lines in front of it that were not shown yet.
void Hunks::show() {
  show_place();
  for (const Stretch& line : std::exchange(before_change_, {})) {
    std::string text;
    line.append_to(text, palette_);
    write({}, " ", text);
    note_.clear();
  }
  show_notes();
  for (const std::string& line : was_.take()) write(palette_.removed, "-", line);
  const std::vector<std::string> added = is_.take();
  if (added_ || !blind_) {  // else there is nothing in it but what is not known
    for (const std::string& line : added) write(palette_.added, "+", line);
  }
  changing_ = added_ = added_since_gap_ = false;
  shown_to_ = line_;
  due_ = context_;
}

void Hunks::show_place() {
  if (!title_.empty()) {
    if (std::exchange(any_, true)) out_.write("\n");
    write(palette_.title, "=== ", std::exchange(title_, {}));
  }
  const std::uint64_t first = change_ - before_change_.size();
  if (std::exchange(in_hunk_, true) && first == shown_to_) return;
  write(palette_.place, "@@ line ", std::to_string(first_ + first + 1) + " @@");
  note_.clear();
}

/// Changes that follow one another for the same reason have it once.
void Hunks::show_notes() {
  const std::vector<Notes::Note> notes = notes_.take();
  for (const Notes::Note& note : notes) {
    if (notes.size() == 1 && note.text == note_) return;
    write(palette_.note, "# ", "line " + std::to_string(note.line) + ": " + note.text);
  }
  note_ = notes.size() == 1 ? notes.front().text : std::string();
}

void Hunks::write(std::string_view style, std::string_view sign, std::string_view line) {
  out_.write(style);
  out_.write(sign);
  out_.write(line);
  if (!style.empty()) out_.write(palette_.end);
  out_.write("\n");
}

}  // namespace dedup::tool
