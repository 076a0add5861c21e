// SPDX-License-Identifier: Apache-2.0
#include "readers/separator.h"

#include <algorithm>
#include <utility>

namespace dedup::tool {
namespace {

constexpr std::size_t kLongestBlank = 4096;  // a longer line is text, be it blank

// What white space looks like: ASCII blanks, U+00A0, U+2000 to U+200A, U+202F, U+205F, U+3000.
constexpr std::string_view kBlanks = " \t\v\f\r";
constexpr std::string_view kFirstBytes = " \t\v\f\r\n\xC2\xE2\xE3";

constexpr std::string_view kWideBlanks[] = {
    "\xC2\xA0",     "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83",
    "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88",
    "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};

/// What follows the white space at the start of `text`.
std::string_view without_blanks(std::string_view text) {
  for (;;) {
    std::size_t size = !text.empty() && kBlanks.find(text.front()) != kBlanks.npos ? 1 : 0;
    for (const std::string_view wide : kWideBlanks) {
      if (text.starts_with(wide)) size = wide.size();
    }
    if (size == 0) return text;
    text.remove_prefix(size);
  }
}

/// Whether more bytes may make a blank of these.
bool may_become_blank(std::string_view rest) {
  return std::ranges::any_of(kWideBlanks,
                             [&](std::string_view wide) { return wide.starts_with(rest); });
}

}  // namespace

std::optional<SeparatorFinder::Part> SeparatorFinder::take(std::string_view& chunk) {
  if (chunk.empty()) return std::nullopt;
  if (!at_line_start_) return take_text(chunk);
  return take_line_start(chunk);
}

std::optional<SeparatorFinder::Part> SeparatorFinder::take_line_start(std::string_view& chunk) {
  const std::size_t feed = chunk.find('\n');
  const std::size_t size = std::min(
      {feed == chunk.npos ? chunk.size() : feed + 1, chunk.size(), longest() - held_.size()});
  held_ += chunk.substr(0, size);
  chunk.remove_prefix(size);
  const bool ended = held_.back() == '\n';
  if (!ended && may_become_separator(held_)) return std::nullopt;  // the chunk ends here
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
  } while (end < chunk.size() && !may_begin(chunk[end]));
  const Part part{chunk.substr(0, end)};
  chunk.remove_prefix(end);
  return part;
}

std::optional<SeparatorFinder::Part> SeparatorFinder::rest() {
  if (held_.empty()) return std::nullopt;
  out_ = std::exchange(held_, {});
  return Part{out_, is_separator(out_)};
}

std::size_t SeparatorFinder::longest() const noexcept {
  return line_.empty() ? kLongestBlank : line_.size() + 2;  // with \r\n
}

bool SeparatorFinder::may_begin(char byte) const noexcept {
  return line_.empty() ? kFirstBytes.find(byte) != kFirstBytes.npos : byte == line_.front();
}

bool SeparatorFinder::may_become_separator(std::string_view start) const {
  if (start.size() >= longest()) return false;
  return line_.empty() ? may_become_blank(without_blanks(start))
                       : (line_ + '\r').starts_with(start);
}

bool SeparatorFinder::is_separator(std::string_view line) const {
  if (line_.empty()) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    return without_blanks(line).empty();
  }
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line == line_;
}

}  // namespace dedup::tool
