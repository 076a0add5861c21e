// SPDX-License-Identifier: Apache-2.0
// First the breaks are counted by kind. A kind counts as line ends if the document has no line ends
// of its own (one at its end does not count), if there are several, and if most stand where a line
// may end: behind a mark that ends a sentence, behind a label's colon, or behind another break.
// Written ones have to prove more than characters that mean nothing else.
#include "text/line_breaks.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "text/blanks.h"
#include "text/byte_set.h"
#include "text/lanes.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

enum class Kind : std::uint8_t { separator, tag, written };

struct Break {
  std::size_t start = 0;
  std::size_t end = 0;
  Kind kind = Kind::separator;
  bool at_end = false;  // of a sentence, or of another break
};

constexpr std::size_t kLeastSeparators = 2;
constexpr std::size_t kLeastWritten = 3;

std::size_t size_of_tag(std::string_view text) noexcept {
  for (const std::string_view tag : {"<br>", "<br/>", "<br />", "<BR>", "<BR/>", "<BR />"}) {
    if (text.starts_with(tag)) {
      return tag.size();
    }
  }
  return 0;
}

/// \n and \r\n as they are written in a program's source; not \name, nor C:\new behind a letter.
std::size_t size_of_written(std::string_view text) noexcept {
  std::size_t size = text.starts_with("\\r\\n") ? 4 : text.starts_with("\\n") ? 2 : 0;
  const bool word = size != 0 && size < text.size() && text[size] >= 'a' && text[size] <= 'z';
  return word ? 0 : size;
}

std::optional<Break> break_at(std::string_view text, std::size_t at) noexcept {
  if (text[at] == '<') {
    const std::size_t size = size_of_tag(text.substr(at));
    return size == 0 ? std::nullopt : std::optional(Break{at, at + size, Kind::tag});
  }
  if (text[at] == '\\') {
    const std::size_t size = size_of_written(text.substr(at));
    return size == 0 ? std::nullopt : std::optional(Break{at, at + size, Kind::written});
  }
  std::size_t end = at;
  const char32_t c = utf8::next(text, end);
  return is_inner_line_end(c) ? std::optional(Break{at, end, Kind::separator}) : std::nullopt;
}

bool ends_before(std::string_view text, std::size_t at) noexcept {
  if (at == 0) {
    return true;
  }
  const char32_t c = utf8::previous(text, at);
  return is_closing(c) || c == U'。' || c == U'！' || c == U'？' || c == U'…' || c == U'：' ||
         c == '.' || c == '!' || c == '?' || c == ':' || c == ')';
}

/// No is sure, as of most documents of one line.
bool may_have_breaks(std::string_view text) noexcept {
  return any_lane(text, [](const Triples& at) {
    return at.hold('<') | at.hold('\\') | at.hold('\x0B') | at.hold('\x0C') |
           at.hold('\xC2', '\x85') | at.hold("\u2028") | at.hold("\u2029");
  });
}

std::vector<Break> breaks_of(std::string_view text) {
  std::vector<Break> breaks;
  if (!may_have_breaks(text)) {
    return breaks;
  }
  static constexpr ByteSet kFirst{"<\\\x0B\x0C\xC2\xE2"};
  for (std::size_t at = 0; at < text.size();) {
    const auto found = kFirst.has(text[at]) ? break_at(text, at) : std::nullopt;
    if (!found) {
      ++at;
      continue;
    }
    breaks.push_back(*found);
    Break& last = breaks.back();
    const bool adjoins = breaks.size() > 1 && breaks[breaks.size() - 2].end == last.start;
    last.at_end = adjoins || ends_before(text, last.start);
    at = last.end;
  }
  return breaks;
}

/// Whether breaks of this kind stand for line ends.
bool counts(const std::vector<Break>& breaks, Kind kind) {
  std::size_t all = 0;
  std::size_t at_end = 0;
  for (const Break& each : breaks) {
    all += each.kind == kind ? 1 : 0;
    at_end += each.kind == kind && each.at_end ? 1 : 0;
  }
  return kind == Kind::separator ? all >= kLeastSeparators
                                 : all >= kLeastWritten && 3 * at_end >= 2 * all;
}

/// Those of the kinds that count, outside of what repairs change.
std::vector<Break> ends_of(std::string_view text, const Changes& changes) {
  std::vector<Break> breaks = breaks_of(text);
  const std::array<bool, 3> counted = {counts(breaks, Kind::separator), counts(breaks, Kind::tag),
                                       counts(breaks, Kind::written)};
  std::size_t change = 0;
  std::erase_if(breaks, [&](const Break& each) {
    while (change < changes.size() && changes[change].end <= each.start) {
      ++change;
    }
    const bool changed = change < changes.size() && changes[change].start < each.end;
    return changed || !counted[static_cast<std::size_t>(each.kind)];
  });
  return breaks;
}

}  // namespace

void part_at_breaks(const Stretch& stretch, const Changes& changes, std::vector<Line>& lines) {
  if (lines.size() != 1) {
    return;
  }
  const Line whole = lines.front();
  const std::string_view content = std::string_view(stretch.text).substr(0, whole.content_end);
  const std::vector<Break> ends = ends_of(content, changes);
  if (ends.empty()) {
    return;
  }
  lines.clear();
  std::size_t start = whole.start;
  for (const Break& each : ends) {
    lines.push_back({start, each.start, each.end, whole.number + lines.size(), false});
    start = each.end;
  }
  if (start < whole.end) {
    lines.push_back({start, whole.content_end, whole.end, whole.number + lines.size(), false});
  }
}

}  // namespace dedup::text
