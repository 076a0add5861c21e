// SPDX-License-Identifier: Apache-2.0
#include "text/script/untouched.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "text/addresses.h"
#include "text/characters.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

/// An address ends where a sentence goes on; but behind such a sign its ideographs are names in it.
bool leads_name(char c) noexcept {
  return std::string_view("/=#?&_-+:%").find(c) != std::string_view::npos;
}

std::size_t end_of_ideographs(std::string_view line, std::size_t at) noexcept {
  while (at < line.size()) {
    std::size_t next = at;
    if (!is_han_or_radical(utf8::next(line, next))) {
      break;
    }
    at = next;
  }
  return at;
}

std::size_t end_of_address(std::string_view line, std::size_t at) noexcept {
  while (at < line.size()) {
    if (may_be_address(line[at])) {
      ++at;
      continue;
    }
    const std::size_t end = leads_name(line[at - 1]) ? end_of_ideographs(line, at) : at;
    if (end == at) {
      break;
    }
    at = end;
  }
  return at;
}

void find_addresses(std::string_view line, MarkupSpans& spans) {
  std::size_t at = 0;
  for (std::size_t mark = line.find(kScheme); mark != std::string_view::npos;
       mark = line.find(kScheme, at)) {
    std::size_t start = mark;
    while (start > at && is_letter(static_cast<unsigned char>(line[start - 1]))) {
      --start;
    }
    at = end_of_address(line, mark);
    spans.push_back({start, at});
  }
}

/// Code stands between a run of backticks and the next one that is as long.
void find_code(std::string_view line, MarkupSpans& spans) {
  MarkupSpans runs;
  for (std::size_t at = line.find('`'); at != std::string_view::npos; at = line.find('`', at)) {
    const std::size_t end = std::min(line.find_first_not_of('`', at), line.size());
    runs.push_back({at, end});
    at = end;
  }
  std::vector<std::size_t> closed_by(runs.size(), runs.size());
  std::unordered_map<std::size_t, std::size_t> next;  // of a length, seen from behind
  for (std::size_t i = runs.size(); i-- > 0;) {
    const auto [entry, is_last] = next.try_emplace(runs[i].end - runs[i].start, i);
    if (!is_last) {
      closed_by[i] = std::exchange(entry->second, i);
    }
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (closed_by[i] < runs.size()) {
      spans.push_back({runs[i].start, runs[closed_by[i]].end});
      i = closed_by[i];
    }
  }
}

/// Those that overlap or touch become one.
void unite(MarkupSpans& spans) {
  std::ranges::sort(spans, {}, &MarkupSpan::start);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (kept > 0 && spans[i].start <= spans[kept - 1].end) {
      spans[kept - 1].end = std::max(spans[kept - 1].end, spans[i].end);
    } else {
      spans[kept++] = spans[i];
    }
  }
  spans.resize(kept);
}

}  // namespace

MarkupSpans untouched_spans(std::string_view line, TagState& tags) {
  MarkupSpans spans;
  if (tags.place != TagState::Place::text || line.find('<') != std::string_view::npos) {
    spans = read_tags(line, tags);
  }
  find_addresses(line, spans);
  find_code(line, spans);
  std::erase_if(spans, [](const MarkupSpan& span) { return span.start == span.end; });
  unite(spans);
  return spans;
}

}  // namespace dedup::text
