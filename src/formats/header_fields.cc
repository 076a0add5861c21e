// SPDX-License-Identifier: Apache-2.0
#include "formats/header_fields.h"

#include <algorithm>

#include "text/ascii.h"

namespace dedup::formats {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

/// Takes a line from the front of `rest`, without its end.
std::string_view take_line(std::string_view& rest) {
  const std::size_t feed = rest.find('\n');
  std::string_view line = rest.substr(0, feed);
  rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::optional<std::size_t> header_end(std::string_view bytes, std::size_t from) {
  for (std::size_t feed = bytes.find('\n', from); feed != bytes.npos;
       feed = bytes.find('\n', feed + 1)) {
    const std::string_view next = bytes.substr(feed + 1, 2);
    if (next.starts_with('\n')) return feed + 2;
    if (next == "\r\n") return feed + 3;
  }
  return std::nullopt;
}

std::string_view trimmed(std::string_view text) noexcept {
  const std::size_t start = text.find_first_not_of(kBlanks);
  if (start == text.npos) return {};
  return text.substr(start, text.find_last_not_of(kBlanks) + 1 - start);
}

bool same_word(std::string_view left, std::string_view right) noexcept {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return text::lower(a) == text::lower(b); });
}

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), text::lower);
  return out;
}

HeaderFields::HeaderFields(std::string_view header) {
  first_line_ = trimmed(take_line(header));
  while (!header.empty()) add(take_line(header));
}

void HeaderFields::add(std::string_view line) {
  const bool folded = line.starts_with(' ') || line.starts_with('\t');
  if (folded && !fields_.empty()) {
    fields_.back().second.append(" ").append(trimmed(line));
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return;
  fields_.emplace_back(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
}

std::optional<std::string_view> HeaderFields::find(std::string_view name) const noexcept {
  const auto found = std::find_if(fields_.begin(), fields_.end(),
                                  [&](const auto& field) { return same_word(field.first, name); });
  if (found == fields_.end()) return std::nullopt;
  return std::string_view(found->second);
}

}  // namespace dedup::formats
