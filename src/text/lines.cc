// SPDX-License-Identifier: Apache-2.0
// Two cutters: split_lines() cuts a stretch into lines, Windower a document into stretches. Both
// cut lines that are too long by piece_size(), which looks at no more text than the end of a piece,
// so the pieces come out the same however the text arrived.
//
// The Windower's buffer:
//
//   buffer_   |…… taken ……|………… counted ……………|…… fed since ……|
//                         ^ taken_  waiting() begins here
//                         |…… before_ ……|             counted_ before the last feed: where the
//                                                     search for a full window begins
//
// Invariants: counted_.lines are the line ends in the first counted_.size bytes of waiting(); a \r
// at the end is not counted until it is known whether a \n follows.
#include "text/lines.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/line_ends.h"
#include "text/segment.h"

namespace dedup::text {
namespace {

/// How often it stands in a text. By hand, since the standard library's count goes by single bytes
/// with wide sums.
std::uint64_t count_of(char c, std::string_view text) noexcept {
  constexpr std::size_t kLanes = 64;
  constexpr std::size_t kMost = 255;  // rows, so that a sum fits a byte
  std::uint64_t count = 0;
  std::size_t at = 0;
  while (text.size() - at >= kLanes) {
    const std::size_t rows = std::min(kMost, (text.size() - at) / kLanes);
    std::array<unsigned char, kLanes> sums{};
    for (std::size_t row = 0; row < rows; ++row, at += kLanes) {
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        sums[lane] = static_cast<unsigned char>(sums[lane] + (text[at + lane] == c ? 1 : 0));
      }
    }
    for (const unsigned char sum : sums) {
      count += sum;
    }
  }
  for (; at < text.size(); ++at) {
    count += text[at] == c ? 1 : 0;
  }
  return count;
}

/// How many lines end in a text, by \n, \r\n or \r.
std::uint64_t count_lines(std::string_view text) noexcept {
  std::uint64_t count = count_of('\n', text);
  for (std::size_t at = text.find('\r'); at < text.size(); at = text.find('\r', at + 1)) {
    count += text.substr(at + 1, 1) == "\n" ? 0 : 1;
  }
  return count;
}

/// Behind the end of so many lines. Requires: so many end in it.
std::size_t size_of_lines(std::string_view text, std::uint64_t lines) noexcept {
  std::size_t size = 0;
  const auto next = [&](char c) { return std::min(text.find(c, size), text.size()); };
  std::size_t feed = next('\n');  // each is searched for once, whichever of them the text has
  std::size_t carriage = next('\r');
  for (; lines > 0; --lines) {
    if (feed < size) {
      feed = next('\n');
    }
    if (carriage < size) {
      carriage = next('\r');
    }
    const std::size_t end = std::min(feed, carriage);
    size = end + (carriage + 1 == feed && feed < text.size() ? 2 : 1);
  }
  return size;
}

/// The last byte of a line end in a text, or npos. Stretches without any are passed over by memchr:
/// a window of one long line has nothing else, and would be walked through byte by byte.
std::size_t last_line_end(std::string_view text) noexcept {
  constexpr std::size_t kStretch = 4096;
  while (!text.empty()) {
    const std::string_view stretch = text.substr(text.size() - std::min(text.size(), kStretch));
    if (stretch.find('\n') != stretch.npos || stretch.find('\r') != stretch.npos) {
      const auto found = std::find_if(text.rbegin(), text.rend(), is_line_end);
      return static_cast<std::size_t>(text.rend() - found) - 1;
    }
    text.remove_suffix(stretch.size());
  }
  return std::string_view::npos;
}

/// The last place up to `size` that lies in no reference such as &amp;.
std::size_t outside_reference(std::string_view content, std::size_t size) noexcept {
  constexpr std::size_t kLongest = 32;  // bytes of a reference
  const std::size_t from = size - std::min(size / 2, kLongest);
  const std::size_t start = content.substr(from, size - from).find_last_of("&;");
  return start != content.npos && content[from + start] == '&' ? from + start : size;
}

/// The last place up to `at` where a character begins, or the text ends.
std::size_t character_start(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
    --at;
  }
  return at;
}

/// The last place in a piece of at most so many bytes where it may be cut: behind a sentence, else
/// between characters. Requires: content longer than a piece.
///
///   content   |…………………………………………|…… 。…… 。…… 。……|……
///                               ^ tail          ^     ^ size
///                                               the cut
///
/// Only the tail is segmented: the piece itself will be, later, and twice would make the line over
/// a window cost more for each byte than one below it. The first end found in a tail may be none,
/// as the sentence that it ends began elsewhere, so it counts only if there is no other.
std::size_t piece_size(std::string_view content, std::size_t most) {
  const std::size_t size = character_start(content, most);
  const std::size_t tail = character_start(content, size - std::min(size, kPieceTail));
  std::vector<std::size_t> ends;
  segment(content.substr(tail, size - tail), ends);
  // The last end is that of the tail itself, where nothing need end.
  return ends.size() > 1 ? tail + ends[ends.size() - 2] : outside_reference(content, size);
}

/// Adds lines one behind the other. The pieces of a line have its number, no line end of their own,
/// and all but the first `continues`.
class LineCutter {
 public:
  LineCutter(const Stretch& stretch, std::vector<Line>& lines)
      : text_(stretch.text),
        lines_(lines),
        number_(stretch.line),
        continues_(stretch.inside_line) {}

  void add(std::size_t content_end, std::size_t end) {
    if (content_end - at_ > kPiece) [[unlikely]] {
      add_pieces(content_end);
    }
    lines_.push_back({at_, content_end, end, number_++, continues_});
    at_ = end;
    continues_ = false;
  }
  void add_rest() {
    if (at_ < text_.size()) {
      add(text_.size(), text_.size());
    }
  }

 private:
  void add_pieces(std::size_t content_end) {
    while (content_end - at_ > kPiece) {
      const std::size_t size = piece_size(text_.substr(at_, content_end - at_), kPiece);
      lines_.push_back({at_, at_ + size, at_ + size, number_, continues_});
      at_ += size;
      continues_ = true;
    }
  }

  std::string_view text_;
  std::vector<Line>& lines_;
  std::uint64_t number_;
  bool continues_;
  std::size_t at_ = 0;
};

}  // namespace

/// A mark is taken when the next is known: only where two adjoin the text itself has to be looked
/// at, which left the cache long ago.
void split_lines(const Stretch& stretch, const Marks& marks, std::vector<Line>& lines) {
  constexpr std::size_t kNone = std::string_view::npos;
  const std::string_view text = stretch.text;
  LineCutter cutter(stretch, lines);
  std::size_t waiting = kNone;
  marks.for_each(Mark::line_end, 0, text.size(), [&](std::size_t place) {
    if (waiting == kNone) {
      waiting = place;
      return;
    }
    const bool pair = place == waiting + 1 && text[waiting] == '\r' && text[place] == '\n';
    cutter.add(waiting, pair ? place + 1 : waiting + 1);
    waiting = pair ? kNone : place;
  });
  if (waiting != kNone) {
    cutter.add(waiting, waiting + 1);
  }
  cutter.add_rest();
}

Windower::Windower(Stretch stretch, std::size_t window)
    : window_(window),
      piece_(window / 4),
      buffer_(std::move(stretch.text)),
      offset_(stretch.offset),
      line_(stretch.line),
      inside_line_(stretch.inside_line) {}

std::optional<Stretch> Windower::next() {
  count(false);
  // One byte more than a window, so that a \r at its end shows whether a \n follows.
  if (waiting().size() <= window_ && counted_.lines < kWindowLines) {
    return std::nullopt;
  }
  return take(whole());
}

std::optional<Stretch> Windower::rest() {
  count(true);
  const std::size_t size = waiting().size();
  if (size == 0) {
    return std::nullopt;
  }
  return take(size <= window_ && counted_.lines < kWindowLines ? counted_ : whole());
}

/// What waits is little then: a large memory is that of one text at a time, whoever has it.
void Windower::move_to(std::string room) {
  room.clear();
  room.reserve(kRoom);
  room.append(waiting());
  taken_ = 0;
  spare_ = std::exchange(buffer_, std::move(room));
}

void Windower::reset() noexcept {
  buffer_.clear();
  taken_ = 0;
  before_ = counted_ = {};
  offset_ = 0;
  line_ = 0;
  inside_line_ = false;
  after_large_ = false;
}

/// Counts what was not counted yet. A \r at the end waits for what follows, unless that is the end.
void Windower::count(bool at_end) {
  std::string_view text = waiting().substr(counted_.size);
  if (!at_end && text.ends_with('\r')) {
    text.remove_suffix(1);
  }
  if (!text.empty()) {
    before_ = counted_;
    counted_.size += text.size();
    counted_.lines += count_lines(text);
  }
}

/// A window, of which there is enough. Lines are counted on the shorter side of the cut.
Windower::Head Windower::whole() const {
  const std::string_view text = waiting();
  if (counted_.lines >= kWindowLines) {
    const Head& start = before_.lines < kWindowLines ? before_ : Head{};
    const std::size_t size =
        start.size + size_of_lines(text.substr(start.size), kWindowLines - start.lines);
    if (size <= window_) {
      return {size, kWindowLines};
    }
  }
  const std::size_t size = cut();
  const std::string_view behind = text.substr(0, counted_.size).substr(size);
  return {size, behind.size() < size ? counted_.lines - count_lines(behind)
                                     : count_lines(text.substr(0, size))};
}

/// Behind the last line end that a window has room for; where a single line fills it, behind the
/// last whole piece.
std::size_t Windower::cut() const {
  const std::string_view text = waiting();
  const std::string_view window = text.substr(0, window_);
  std::size_t last = last_line_end(window);
  if (last != std::string_view::npos && text[last] == '\r' && text[last + 1] == '\n') {
    // The pair straddles the limit: it goes to the next window with its line.
    last = last_line_end(window.substr(0, last));
  }
  if (last != std::string_view::npos) {
    return last + 1;
  }
  std::size_t size = 0;
  while (window.size() - size > piece_) {
    size += piece_size(window.substr(size), piece_);
  }
  return size;
}

/// Gives a head of the buffer away. The larger part keeps its memory and the smaller is copied, so
/// a byte is copied about once, however many windows a feed held.
Stretch Windower::take(const Head& head) {
  const auto [size, lines] = head;
  Stretch stretch;
  stretch.offset = offset_;
  stretch.line = line_;
  stretch.lines = lines;
  stretch.inside_line = inside_line_;
  stretch.part = window_ < kWindow;
  // What is less is copied: mostly that is what follows the window.
  std::string other = std::exchange(spare_, {});
  const std::size_t behind = waiting().size() - size;
  if (behind < size) {
    other.clear();
    other.append(buffer_, taken_ + size);
    buffer_.resize(taken_ + size);
    buffer_.erase(0, taken_);
    stretch.text = std::exchange(buffer_, std::move(other));
    taken_ = 0;
  } else {
    other.assign(buffer_, taken_, size);
    stretch.text = std::move(other);
    taken_ += size;
    if (taken_ > kWindow) {
      buffer_.erase(0, std::exchange(taken_, 0));
    }
  }
  before_ = {};
  counted_ = {counted_.size - size, counted_.lines - lines};
  offset_ += size;
  line_ += lines;
  const char last = stretch.text.empty() ? '\n' : stretch.text.back();
  inside_line_ = !is_line_end(last);
  after_large_ = size > kPiece / 2;
  return stretch;
}

}  // namespace dedup::text
