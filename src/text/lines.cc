#include "text/lines.h"

#include <algorithm>
#include <utility>

#include "text/segment.h"

namespace dedup::text {
namespace {

/// How many lines end in `text`.
std::uint64_t count_line_ends(std::string_view text) noexcept {
  // Sums of bytes, which std::count() would not make: so the compiler counts 16 at a time.
  constexpr std::size_t kStride = 192;
  std::uint64_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += kStride) {
    unsigned char sum = 0;
    for (const char c : text.substr(at, kStride)) {
      sum = static_cast<unsigned char>(sum + (c == '\n' ? 1 : 0));
    }
    count += sum;
  }
  for (std::size_t at = text.find('\r'); at < text.size(); at = text.find('\r', at + 1)) {
    count += text.substr(at + 1, 1) == "\n" ? 0U : 1U;
  }
  return count;
}

/// The place behind the first `count` line ends. Requires: there are more.
std::size_t behind_line_ends(std::string_view text, std::uint64_t count) noexcept {
  std::size_t at = 0;
  for (; count > 0; --count) {
    at = text.find_first_of("\r\n", at) + 1;
    at += text[at - 1] == '\r' && text[at] == '\n' ? 1 : 0;
  }
  return at;
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
  if (buffer_.size() <= kWindow) {
    return std::nullopt;
  }
  return take_lines(cut());
}

std::optional<Stretch> Windower::rest() {
  if (buffer_.empty()) {
    return std::nullopt;
  }
  return take_lines(buffer_.size() <= kWindow ? buffer_.size() : cut());
}

void Windower::reset() noexcept {
  buffer_.clear();
  offset_ = 0;
  line_ = 0;
  inside_line_ = false;
}

/// Behind the last line end of the first 4 MiB; where a single line fills them, behind the last
/// whole piece.
std::size_t Windower::cut() const {
  const std::string_view window = std::string_view(buffer_).substr(0, kWindow);
  std::size_t last = window.find_last_of("\r\n");
  if (last != std::string_view::npos && buffer_[last] == '\r' && buffer_[last + 1] == '\n') {
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

/// All of the first `most` bytes, or of the lines in them as many as a window may have.
Stretch Windower::take_lines(std::size_t most) {
  const std::string_view text = std::string_view(buffer_).substr(0, most);
  const std::uint64_t lines = count_line_ends(text);
  return lines <= kWindowLines ? take(most, lines)
                               : take(behind_line_ends(text, kWindowLines), kWindowLines);
}

Stretch Windower::take(std::size_t size, std::uint64_t lines) {
  Stretch stretch;
  stretch.offset = offset_;
  stretch.line = line_;
  stretch.inside_line = inside_line_;
  std::string rest = std::exchange(spare_, {});
  rest.assign(buffer_, size);
  buffer_.resize(size);
  stretch.text = std::exchange(buffer_, std::move(rest));
  offset_ += size;
  const std::string_view text = stretch.text;
  line_ += lines;
  stretch.lines = lines;
  const char last = text.empty() ? '\n' : text.back();
  inside_line_ = last != '\n' && last != '\r';
  return stretch;
}

}  // namespace dedup::text
