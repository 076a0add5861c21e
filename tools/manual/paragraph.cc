// SPDX-License-Identifier: Apache-2.0
#include "manual/paragraph.h"

#include <algorithm>

namespace dedup::tool {
namespace {

/// Columns of a terminal: what takes three bytes and more is of double width here, be it an
/// ideograph or a full-width mark.
std::size_t columns(std::string_view word) {
  std::size_t count = 0;
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    const bool continues = (byte & 0xC0) == 0x80;
    count += continues ? 0 : byte >= 0xE0 ? 2 : 1;
  }
  return count;
}

}  // namespace

void add_paragraph(std::string& page, std::size_t indent, std::string_view text,
                   std::size_t width) {
  std::size_t column = indent;
  bool first = true;  // of its line
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (!first && column + 1 + columns(word) > width) {
      page.append("\n").append(indent, ' ');
      column = indent;
      first = true;
    }
    if (!first) page += ' ';
    page += word;
    column += columns(word) + (first ? 0 : 1);
    first = false;
    if (end < text.size() && text[end] == '\n') {
      page.append("\n").append(indent, ' ');
      column = indent;
      first = true;
    }
    at = end + 1;
  }
  page += '\n';
}

}  // namespace dedup::tool
