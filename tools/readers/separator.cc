#include "readers/separator.h"

#include <algorithm>
#include <utility>

namespace dedup::tool {

std::optional<SeparatorFinder::Part> SeparatorFinder::take(std::string_view& chunk) {
  if (chunk.empty()) return std::nullopt;
  if (!at_line_start_) return take_text(chunk);
  return take_line_start(chunk);
}

std::optional<SeparatorFinder::Part> SeparatorFinder::take_line_start(std::string_view& chunk) {
  const std::size_t longest = line_.size() + 2;  // with \r\n
  const std::size_t feed = chunk.find('\n');
  const std::size_t size = std::min(
      {feed == chunk.npos ? chunk.size() : feed + 1, chunk.size(), longest - held_.size()});
  held_ += chunk.substr(0, size);
  chunk.remove_prefix(size);
  const bool ended = held_.back() == '\n';
  if (!ended && (line_ + '\r').starts_with(held_)) return std::nullopt;  // the chunk ends here
  out_ = std::exchange(held_, {});
  at_line_start_ = ended;
  return Part{out_, ended && is_separator(out_)};
}

/// All up to the next line that starts as a separator does.
SeparatorFinder::Part SeparatorFinder::take_text(std::string_view& chunk) {
  std::size_t end = 0;
  do {
    const std::size_t feed = chunk.find('\n', end);
    at_line_start_ = feed != chunk.npos;
    end = at_line_start_ ? feed + 1 : chunk.size();
  } while (end < chunk.size() && chunk[end] != line_.front());
  const Part part{chunk.substr(0, end)};
  chunk.remove_prefix(end);
  return part;
}

std::optional<SeparatorFinder::Part> SeparatorFinder::rest() {
  if (held_.empty()) return std::nullopt;
  out_ = std::exchange(held_, {});
  return Part{out_, is_separator(out_)};
}

bool SeparatorFinder::is_separator(std::string_view line) const {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line == line_;
}

}  // namespace dedup::tool
