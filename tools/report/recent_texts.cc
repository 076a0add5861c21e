// SPDX-License-Identifier: Apache-2.0
#include "report/recent_texts.h"

#include <algorithm>

#include "report/html.h"

namespace dedup::tool {
namespace {

constexpr std::size_t kMost = std::size_t{8} << 20;           // bytes of all
constexpr std::size_t kMostOfOne = std::size_t{4} << 20;      // of one document
constexpr std::size_t kMostDocuments = std::size_t{1} << 16;  // they have a cost of their own

/// One past the end of the line that starts at `from`, of which a line feed is a part.
std::size_t line_end(std::string_view text, std::size_t from) {
  const std::size_t end = text.find_first_of("\r\n", from);
  if (end == text.npos) return text.size();
  return text.substr(end).starts_with("\r\n") ? end + 2 : end + 1;
}

}  // namespace

void RecentTexts::begin(std::uint64_t document) {
  if (!texts_.empty()) texts_.back().bytes.shrink_to_fit();
  texts_.push_back({document, {}});
  while (texts_.size() > 1 && (held_ > kMost || texts_.size() > kMostDocuments)) {
    held_ -= texts_.front().bytes.size();
    texts_.pop_front();
  }
}

/// Of a longer document the beginning is held.
void RecentTexts::add(std::string_view text) {
  std::string& bytes = texts_.back().bytes;
  text = text.substr(0, kMostOfOne - bytes.size());
  bytes += text;
  held_ += text.size();
}

std::string_view RecentTexts::lines(std::uint64_t document, std::uint64_t block,
                                    std::uint64_t count, std::size_t bytes) const {
  const auto found = std::ranges::lower_bound(texts_, document, {}, &Text::document);
  if (found == texts_.end() || found->document != document) return {};
  const std::string_view text = found->bytes;
  std::size_t from = 0;
  for (; block > 0 && from < text.size(); --block) from = line_end(text, from);
  std::size_t end = from;
  for (; count > 0 && end < text.size() && end - from < bytes; --count) end = line_end(text, end);
  return first_bytes(text.substr(from, end - from), bytes);
}

}  // namespace dedup::tool
