// SPDX-License-Identifier: Apache-2.0
#include "cleaner/prose.h"

#include <cstddef>

#include "text/addresses.h"
#include "text/ascii.h"

namespace dedup::cleaner {
namespace {

/// Appends `line` without its addresses; returns how many bytes those have.
std::size_t leave_out_addresses(std::string_view line, std::string& result) {
  std::size_t addresses = 0;
  std::size_t at = 0;
  for (std::size_t mark = line.find(text::kScheme); mark != std::string_view::npos;
       mark = line.find(text::kScheme, at)) {
    std::size_t start = mark;
    while (start > at && text::is_letter(line[start - 1])) --start;
    std::size_t end = mark;
    while (end < line.size() && text::may_be_address(line[end])) ++end;
    result += line.substr(at, start - at);
    addresses += end - start;
    at = end;
  }
  result += line.substr(at);
  return addresses;
}

/// Of the tags the addresses count, too: a line may be a link and nothing else.
std::string leave_out_tags(std::string_view line, text::TagState& tags, std::size_t& addresses) {
  std::string result;
  std::string rest;
  std::size_t at = 0;
  for (const text::MarkupSpan& span : text::read_tags(line, tags)) {
    result += line.substr(at, span.start - at);
    addresses += leave_out_addresses(line.substr(span.start, span.end - span.start), rest);
    at = span.end;
  }
  result += line.substr(at);
  return result;
}

}  // namespace

std::optional<std::string> prose_of(std::string_view line, structure::Kind kind,
                                    text::TagState& tags) {
  const bool markup = kind == structure::Kind::markup;
  if (!markup) {
    tags = {};
    if (!structure::is_written(kind) || line.find(text::kScheme) == std::string_view::npos) {
      return std::nullopt;
    }
  }
  std::string result;
  std::size_t addresses = 0;
  if (markup) {
    const std::string text = leave_out_tags(line, tags, addresses);
    addresses += leave_out_addresses(text, result);
  } else {
    addresses += leave_out_addresses(line, result);
  }
  if (addresses >= result.size()) {
    result.clear();
  }
  return result;
}

}  // namespace dedup::cleaner
