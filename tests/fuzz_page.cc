// SPDX-License-Identifier: Apache-2.0
// Fuzz target: a page of HTML, of whatever bytes, becomes text of which all lines are known, and a
// Cleaner gives back what it was given of it.
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "dedup/cleaner.h"
#include "markup/page.h"
#include "walls/json.h"

namespace {

void require(bool holds, const char* promise) {
  if (!holds) throw std::logic_error(promise);
}

void check_lines(const dedup::markup::Page& page) {
  std::size_t at = 0;
  for (const dedup::markup::PageLine& line : page.lines) {
    require(line.start >= at && line.end > line.start, "lines lie in order");
    require(line.end < page.text.size() && page.text[line.end] == '\n', "a line ends in the text");
    require(line.element == dedup::markup::kNoElement || line.element < page.elements.size(),
            "a line knows its element");
    require(line.linked <= line.end - line.start, "no more is linked than there is");
    at = line.end;
  }
  for (const dedup::markup::PageElement& element : page.elements) {
    require(element.first_line <= element.end_line && element.end_line <= page.lines.size(),
            "an element holds lines of the page");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (dedup::json::is_valid_utf8(bytes)) {
    const dedup::markup::Page page = dedup::markup::read_page(bytes);
    require(dedup::json::is_valid_utf8(page.text), "the text is UTF-8");
    check_lines(page);
  }
  dedup::Cleaner cleaner;
  const dedup::Cleaned cleaned =
      cleaner.clean({.bytes = bytes, .url = {}, .name = {}, .content_type = "text/html"});
  require(dedup::json::is_valid_utf8(cleaned.text), "the clean text is UTF-8");
  std::size_t removed = 0;
  std::size_t added = 0;
  for (const dedup::CleanedEdit& edit : cleaned.edits) {
    removed += edit.text.size();
    added += edit.replacement.size();
  }
  require(cleaned.stats.decoded_bytes + added == cleaned.text.size() + removed,
          "all of the page's text is accounted for");
  return 0;
}
