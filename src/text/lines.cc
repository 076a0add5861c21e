#include "text/lines.h"

#include <algorithm>
#include <cstring>

#include "text/segment.h"

namespace dedup::text {
namespace {

/// Steps from line to line. Remembers the next \n and the next \r, so that each is searched for
/// once, whichever of them the text has.
class LineEnds {
 public:
  explicit LineEnds(std::string_view text) noexcept
      : text_(text), feed_(next('\n', 0)), carriage_(next('\r', 0)) {}

  /// The first \n or \r at or after `from`, or size. Requires: `from` never falls.
  [[nodiscard]] std::size_t find(std::size_t from) noexcept {
    if (feed_ < from) {
      feed_ = next('\n', from);
    }
    if (carriage_ < from) {
      carriage_ = next('\r', from);
    }
    return std::min(feed_, carriage_);
  }

  /// Behind the line end at `at`; size where the text ends without one.
  [[nodiscard]] std::size_t behind(std::size_t at) const noexcept {
    if (at == text_.size()) {
      return at;
    }
    const bool pair = text_[at] == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n';
    return at + (pair ? 2 : 1);
  }

 private:
  [[nodiscard]] std::size_t next(char c, std::size_t from) const noexcept {
    const void* const found = std::memchr(text_.data() + from, c, text_.size() - from);
    return found == nullptr
               ? text_.size()
               : static_cast<std::size_t>(static_cast<const char*>(found) - text_.data());
  }

  std::string_view text_;
  std::size_t feed_;
  std::size_t carriage_;
};

/// How many lines end in `text`.
std::uint64_t count_line_ends(std::string_view text) noexcept {
  auto count = std::count(text.begin(), text.end(), '\n');
  for (std::size_t at = text.find('\r'); at < text.size(); at = text.find('\r', at + 1)) {
    count += text.substr(at + 1, 1) == "\n" ? 0 : 1;
  }
  return static_cast<std::uint64_t>(count);
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

void split_lines(const Stretch& stretch, std::vector<Line>& lines) {
  const std::string_view text = stretch.text;
  std::uint64_t number = stretch.line;
  bool continues = stretch.inside_line;
  LineEnds line_ends(text);
  for (std::size_t at = 0; at < text.size(); ++number) {
    const std::size_t content_end = line_ends.find(at);
    while (content_end - at > kPiece) {
      const std::size_t size = piece_size(text.substr(at, content_end - at));
      lines.push_back({at, at + size, at + size, number, continues});
      at += size;
      continues = true;
    }
    const std::size_t end = line_ends.behind(content_end);
    lines.push_back({at, content_end, end, number, continues});
    at = end;
    continues = false;
  }
}

std::optional<Stretch> Windower::next() {
  // One byte more than a window, so that a \r at its end shows whether a \n follows.
  if (buffer_.size() <= kWindow) {
    return std::nullopt;
  }
  return take(cut());
}

std::optional<Stretch> Windower::rest() {
  if (buffer_.empty()) {
    return std::nullopt;
  }
  return take(buffer_.size() <= kWindow ? buffer_.size() : cut());
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

Stretch Windower::take(std::size_t size) {
  Stretch stretch;
  stretch.offset = offset_;
  stretch.line = line_;
  stretch.inside_line = inside_line_;
  stretch.text.assign(buffer_, 0, size);
  buffer_.erase(0, size);
  offset_ += size;
  const std::string_view text = stretch.text;
  line_ += count_line_ends(text);
  const char last = text.empty() ? '\n' : text.back();
  inside_line_ = last != '\n' && last != '\r';
  return stretch;
}

}  // namespace dedup::text
