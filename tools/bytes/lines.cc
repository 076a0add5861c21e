// SPDX-License-Identifier: Apache-2.0
#include "bytes/lines.h"

namespace dedup::tool {
namespace {

constexpr std::size_t kLong = std::size_t{4} << 20;  // of a line: its memory is not kept

}  // namespace

std::string_view LineReader::take() {
  if (rest_.empty()) rest_ = source_.read();
  const std::string_view part = rest_.substr(0, rest_.find('\n') + 1);
  const std::string_view taken = part.empty() ? rest_ : part;
  rest_.remove_prefix(taken.size());
  return taken;
}

bool LineReader::next(std::string_view& line) {
  carried_.clear();
  if (carried_.capacity() > kLong) carried_.shrink_to_fit();
  offset_ = following_;
  line = take();
  while (!line.empty() && line.back() != '\n' && line.size() <= longest_) {
    if (carried_.empty()) carried_ = line;
    const std::string_view part = take();
    carried_ += part;
    line = carried_;
    if (part.empty()) break;  // the last line
  }
  head_ = line.size() > longest_;
  if (line.empty()) return false;
  ended_ = line.back() == '\n';
  ++number_;
  following_ += line.size();
  return true;
}

bool LineReader::more(std::string_view& part) {
  part = head_ && !ended_ ? take() : std::string_view();
  following_ += part.size();
  ended_ = part.empty() || part.back() == '\n';
  return !part.empty();
}

}  // namespace dedup::tool
