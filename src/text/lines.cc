#include "text/lines.h"

#include <algorithm>
#include <utility>

#include "text/segment.h"

namespace dedup::text {
namespace {

/// The head of a text: some of its lines, or all of it.
struct Head {
  std::size_t size = 0;
  std::uint64_t lines = 0;  // line ends in it
};

/// At most so many lines, with the end of the last.
Head first_lines(std::string_view text, std::uint64_t most) noexcept {
  Head head;
  const auto next = [&](char c) { return std::min(text.find(c, head.size), text.size()); };
  std::size_t feed = next('\n');  // each is searched for once, whichever of them the text has
  std::size_t carriage = next('\r');
  while (head.lines < most) {
    if (feed < head.size) {
      feed = next('\n');
    }
    if (carriage < head.size) {
      carriage = next('\r');
    }
    const std::size_t end = std::min(feed, carriage);
    if (end == text.size()) {
      return {text.size(), head.lines};
    }
    const bool pair = carriage + 1 == feed && feed < text.size();
    head.size = end + (pair ? 2 : 1);
    ++head.lines;
  }
  return head;
}

/// The last place in a piece of at most kPiece bytes where it may be cut: behind a sentence, else
/// between characters. Requires: content longer than a piece.
std::size_t piece_size(std::string_view content) {
  std::size_t size = kPiece;
  while ((static_cast<unsigned char>(content[size]) & 0xC0U) == 0x80U) {
    --size;
  }
  std::vector<std::size_t> ends;
  segment(content.substr(0, size), ends);
  // The last end is that of the text itself, where nothing need end.
  return ends.size() > 1 ? ends[ends.size() - 2] : size;
}

}  // namespace

void split_lines(const Stretch& stretch, const Marks& marks, std::vector<Line>& lines) {
  const std::string_view text = stretch.text;
  std::uint64_t number = stretch.line;
  bool continues = stretch.inside_line;
  std::size_t at = 0;
  const auto add = [&](std::size_t content_end, std::size_t end) {
    while (content_end - at > kPiece) {
      const std::size_t size = piece_size(text.substr(at, content_end - at));
      lines.push_back({at, at + size, at + size, number, continues});
      at += size;
      continues = true;
    }
    lines.push_back({at, content_end, end, number++, continues});
    at = end;
    continues = false;
  };
  marks.for_each(Mark::line_end, 0, text.size(), [&](std::size_t place) {
    if (place >= at) {  // else it is the \n of a \r\n
      const bool pair = text[place] == '\r' && text.substr(place + 1, 1) == "\n";
      add(place, place + (pair ? 2 : 1));
    }
  });
  if (at < text.size()) {
    add(text.size(), text.size());
  }
}

std::optional<Stretch> Windower::next() {
  // One byte more than a window, so that a \r at its end shows whether a \n follows.
  if (waiting().size() <= kWindow) {
    return std::nullopt;
  }
  return take(cut());
}

std::optional<Stretch> Windower::rest() {
  const std::size_t size = waiting().size();
  if (size == 0) {
    return std::nullopt;
  }
  return take(size <= kWindow ? size : cut());
}

void Windower::reset() noexcept {
  buffer_.clear();
  taken_ = 0;
  offset_ = 0;
  line_ = 0;
  inside_line_ = false;
}

/// Behind the last line end of the first 4 MiB; where a single line fills them, behind the last
/// whole piece.
std::size_t Windower::cut() const {
  const std::string_view text = waiting();
  const std::string_view window = text.substr(0, kWindow);
  std::size_t last = window.find_last_of("\r\n");
  if (last != std::string_view::npos && text[last] == '\r' && text[last + 1] == '\n') {
    // The pair straddles the limit: it goes to the next window with its line.
    last = last == 0 ? std::string_view::npos : window.find_last_of("\r\n", last - 1);
  }
  if (last != std::string_view::npos) {
    return last + 1;
  }
  std::size_t size = 0;
  while (window.size() - size > kPiece) {
    size += piece_size(window.substr(size));
  }
  return size;
}

/// Of the first `most` bytes all, or as many lines as a window may have.
Stretch Windower::take(std::size_t most) {
  const auto [size, lines] = first_lines(waiting().substr(0, most), kWindowLines);
  Stretch stretch;
  stretch.offset = offset_;
  stretch.line = line_;
  stretch.lines = lines;
  stretch.inside_line = inside_line_;
  // What is less is copied: mostly that is what follows the window.
  std::string other = std::exchange(spare_, {});
  const std::size_t behind = waiting().size() - size;
  if (behind < size) {
    other.assign(buffer_, taken_ + size);
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
  offset_ += size;
  line_ += lines;
  const char last = stretch.text.empty() ? '\n' : stretch.text.back();
  inside_line_ = last != '\n' && last != '\r';
  return stretch;
}

}  // namespace dedup::text
