// SPDX-License-Identifier: Apache-2.0
//
// A line is open from its first character to end_line(). White space in front of it is dropped, and
// what is within waits in gap_:
//
//   put("甲")   gap "\n "   put("乙")      both wide: 甲乙
//   put("a")    gap "\n "   put("b")       a b
//
// Cells are lines like any other until their row ends; only then is it known whether they make one.
#include "markup/line_writer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "markup/characters.h"
#include "markup/markers.h"
#include "walls/utf8.h"

namespace dedup::markup {
namespace {

enum ByteKind : std::uint8_t { kPlain, kSpace, kBreak, kReference };

constexpr std::array<std::uint8_t, 256> kByteKinds = [] {
  std::array<std::uint8_t, 256> kinds{};
  kinds[' '] = kinds['\t'] = kinds['\f'] = kSpace;
  kinds['\n'] = kinds['\r'] = kBreak;
  kinds['&'] = kReference;
  return kinds;
}();

std::uint8_t kind_of(char c) noexcept { return kByteKinds[static_cast<unsigned char>(c)]; }

/// Characters that stand side by side without blanks: East Asian Wide and Fullwidth, but Hangul.
/// The pictographs are wide with few exceptions, and so these are, too.
constexpr bool is_wide(char32_t c) noexcept {
  return (c >= 0x2E80 && c < 0x3130) || (c >= 0x3190 && c < 0xA4D0) ||
         (c >= 0xF900 && c < 0xFB00) || (c >= 0xFE30 && c < 0xFE50) ||
         (c >= 0xFF00 && c < 0xFF61) || (c >= 0x1F300 && c < 0x1F700) ||
         (c >= 0x1F900 && c < 0x1FB00) || (c >= 0x20000 && c < 0x40000);
}

/// Whether a line break between the end of one text and the start of another is none. That beside a
/// zero width space never is a blank.
bool fuses(std::string_view before, std::string_view behind) noexcept {
  if (before.empty() || behind.empty()) {
    return false;
  }
  constexpr char32_t kZeroWidthSpace = 0x200B;
  std::size_t at = before.size();
  const char32_t last = utf8::previous(before, at);
  at = 0;
  const char32_t first = utf8::next(behind, at);
  return last == kZeroWidthSpace || first == kZeroWidthSpace || (is_wide(last) && is_wide(first));
}

/// Whether there is anything but what pages are kept apart by.
bool holds_text(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::next(text, at);
    if (c != U' ' && c != 0xA0 && c != 0x3000 && c != 0xFEFF && c != 0x200B) {
      return true;
    }
  }
  return false;
}

}  // namespace

/// What stands in a link or a heading is said of each piece of text, as lines begin and end within
/// elements.
void LineWriter::add(std::string_view text, const TextState& state, bool raw) {
  state_ = state;
  if (state.preformatted) {
    add_preformatted(text, raw);
  } else {
    fresh_ = false;
    add_collapsed(text, raw);
  }
}

/// Plain stretches go over whole; most text is nothing else.
void LineWriter::add_collapsed(std::string_view text, bool raw) {
  while (!text.empty()) {
    std::size_t plain = 0;
    while (plain < text.size() &&
           (kind_of(text[plain]) == kPlain || (raw && kind_of(text[plain]) == kReference))) {
      ++plain;
    }
    if (plain > 0) {
      put(text.substr(0, plain));
      text.remove_prefix(plain);
      continue;
    }
    if (kind_of(text.front()) == kReference) {
      add_character(text);
      continue;
    }
    gap_ = std::max(gap_, kind_of(text.front()) == kBreak ? Gap::line_break : Gap::space);
    text.remove_prefix(1);
  }
}

/// One reference, or an & that stands for itself. White space by number collapses like any other;
/// in preformatted text a line feed by number ends a line.
void LineWriter::add_character(std::string_view& text) {
  const Character character = character_at(text);
  if (character.size == 0) {
    put(text.substr(0, 1));
    text.remove_prefix(1);
    return;
  }
  text.remove_prefix(character.size);
  std::string written;
  utf8::append(written, character.c);
  if (written.size() > 1 || kind_of(written[0]) == kPlain || kind_of(written[0]) == kReference) {
    put(written);
  } else if (state_.preformatted) {
    add_preformatted(written, true);
  } else {
    gap_ = std::max(gap_, kind_of(written[0]) == kBreak ? Gap::line_break : Gap::space);
  }
}

void LineWriter::add_preformatted(std::string_view text, bool raw) {
  while (!text.empty()) {
    const char first = text.front();
    if (first == '\n' || first == '\r') {
      text.remove_prefix(first == '\r' && text.size() > 1 && text[1] == '\n' ? 2 : 1);
      if (!std::exchange(fresh_, false)) {
        begin_line();  // blank lines are lines here
        end_line();
      }
      continue;
    }
    fresh_ = false;
    if (first == '&' && !raw) {
      add_character(text);
      continue;
    }
    const std::size_t end = std::min(text.find_first_of(raw ? "\r\n" : "&\r\n"), text.size());
    put(text.substr(0, end));
    text.remove_prefix(end);
  }
}

void LineWriter::put(std::string_view text) {
  begin_line();
  close_gap(text);
  page_.text += text;
  if (state_.linked) {
    line_.linked += static_cast<std::uint32_t>(text.size());
    link_size_ += text.size();
  }
}

void LineWriter::begin_link() noexcept {
  ++links_;
  link_line_ = line_count();
  link_before_ = open_ ? line_.linked : 0;
  link_size_ = 0;
}

void LineWriter::end_link() noexcept {
  constexpr std::uint64_t kLongestLink = 600;  // bytes
  if (std::exchange(link_size_, 0) <= kLongestLink) {
    return;
  }
  std::uint32_t before = link_before_;
  for (std::size_t i = link_line_; i < page_.lines.size(); ++i) {
    page_.lines[i].linked = std::exchange(before, 0);
  }
  line_.linked = before;
}

/// A line belongs to the element in which its first character stands.
void LineWriter::begin_line() {
  if (open_) {
    return;
  }
  open_ = true;
  gap_ = Gap::none;
  line_ = {.start = static_cast<std::uint32_t>(page_.text.size()),
           .element = state_.element,
           .heading = state_.heading,
           .item = std::exchange(item_, false),
           .preformatted = state_.preformatted,
           .quoted = state_.quoted,
           .code = state_.preformatted && state_.code};
  page_.text += marker_;
  marker_size_ = marker_.size();
  marker_.clear();
}

/// White space is written once it is known what follows it.
void LineWriter::close_gap(std::string_view next) {
  const Gap gap = std::exchange(gap_, Gap::none);
  if (gap == Gap::none || page_.text.size() == line_.start) {
    return;
  }
  if (gap == Gap::space || !fuses(page_.text, next)) {
    page_.text += ' ';
  }
}

/// A line of nothing but no-break spaces, which pages are kept apart by, is none.
void LineWriter::end_line() {
  gap_ = Gap::none;
  if (!std::exchange(open_, false)) {
    return;
  }
  const std::string_view written = std::string_view(page_.text).substr(line_.start + marker_size_);
  if (!line_.preformatted && !holds_text(written)) {
    page_.text.resize(line_.start);
    return;
  }
  drop_second_marker();
  line_.end = static_cast<std::uint32_t>(page_.text.size());
  line_.links = std::exchange(links_, 0);
  page_.text += '\n';
  if (!full() && line_.end > line_.start) {
    page_.lines.push_back(line_);
  }
}

/// Of an item that its author has numbered. Only a whole line shows it: <b>1</b>. 甲
void LineWriter::drop_second_marker() {
  const std::string_view line = std::string_view(page_.text).substr(line_.start);
  if (marker_size_ > 0 &&
      is_marked_already(line.substr(marker_size_), line.substr(0, marker_size_))) {
    page_.text.erase(line_.start, marker_size_);
  }
}

/// One line for all cells, or nothing where they are no row: cells that hold rows themselves are
/// those of a table that only lays a page out, and so are cells of several lines or of much text.
std::optional<LineWriter::Row> LineWriter::row_of(const std::vector<std::uint32_t>& cells) const {
  constexpr std::size_t kLongestCell = 3000;
  Row row;
  std::size_t filled = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::uint32_t end = i + 1 < cells.size() ? cells[i + 1] : line_count();
    if (end > cells[i] + 1) {
      return std::nullopt;
    }
    row.text += i == 0 ? "" : "\t";
    if (end == cells[i]) {
      continue;
    }
    const PageLine& cell = page_.lines[cells[i]];
    if (cell.cells != 0 || cell.preformatted || cell.end - cell.start > kLongestCell) {
      return std::nullopt;
    }
    row.text += std::string_view(page_.text).substr(cell.start, cell.end - cell.start);
    row.line.linked += cell.linked;
    row.line.links += cell.links;
    row.line.quoted = cell.quoted;
    row.line.heading = std::max(row.line.heading, cell.heading);
    ++filled;
  }
  if (filled < 2) {
    return std::nullopt;
  }
  row.text.resize(row.text.find_last_not_of('\t') + 1);
  row.line.cells = static_cast<std::uint8_t>(std::min<std::size_t>(cells.size(), 255));
  return row;
}

/// The cells are the last lines of the page: the row takes their place.
bool LineWriter::join_cells(const std::vector<std::uint32_t>& cells, std::uint32_t element) {
  if (cells.size() < 2 || full()) {
    return false;
  }
  std::optional<Row> row = row_of(cells);
  if (!row) {
    return false;
  }
  PageLine& line = row->line;
  line.element = element;
  line.start = page_.lines[cells.front()].start;
  line.end = line.start + static_cast<std::uint32_t>(row->text.size());
  page_.text.resize(line.start);
  page_.text += row->text;
  page_.text += '\n';
  page_.lines.resize(cells.front());
  page_.lines.push_back(line);
  return true;
}

}  // namespace dedup::markup
