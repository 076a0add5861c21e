// SPDX-License-Identifier: Apache-2.0
#include "manual/paragraph.h"

#include <algorithm>

namespace dedup::tool {

void add_paragraph(std::string& page, std::size_t indent, std::string_view text,
                   std::size_t width) {
  std::size_t column = indent;
  bool first = true;  // of its line
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (!first && column + 1 + word.size() > width) {
      page.append("\n").append(indent, ' ');
      column = indent;
      first = true;
    }
    if (!first) page += ' ';
    page += word;
    column += word.size() + (first ? 0 : 1);
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
