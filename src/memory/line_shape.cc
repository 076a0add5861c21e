#include "memory/line_shape.h"

#include <algorithm>
#include <array>

namespace dedup::memory {
namespace {

std::string_view without_indent(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string_view{} : line.substr(first);
}

// What is behind the Chinese numerals at the start of `text`.
std::string_view skip_numeral(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kNumerals{"一", "二", "三", "四", "五", "六",
                                                              "七", "八", "九", "十", "百", "〇"};
  for (;;) {
    const auto numeral = std::ranges::find_if(
        kNumerals, [text](std::string_view candidate) { return text.starts_with(candidate); });
    if (numeral == kNumerals.end()) return text;
    text.remove_prefix(numeral->size());
  }
}

bool is_clause(std::string_view line) {
  std::string_view rest = line;
  for (const std::string_view opening : {"（", "(", "第"}) {
    if (line.starts_with(opening)) rest.remove_prefix(opening.size());
  }
  const std::string_view behind = skip_numeral(rest);
  if (behind.size() == rest.size()) return false;
  return std::ranges::any_of(
      std::array<std::string_view, 7>{"、", "）", ")", "条", "條", "章", "节"},
      [behind](std::string_view closing) { return behind.starts_with(closing); });
}

}  // namespace

LineShape shape_of(std::string_view line) {
  line = without_indent(line);
  if (line.empty()) return LineShape::plain;
  const bool bullet = std::string_view("-*+").find(line[0]) != std::string_view::npos;
  if (line[0] == '#' || line[0] == '|' || (bullet && line.substr(1).starts_with(' '))) {
    return LineShape::item;
  }
  return is_clause(line) ? LineShape::clause : LineShape::plain;
}

bool shows_copyright_sign(std::string_view line) {
  static constexpr std::string_view kCommentMarks = "#*/;-%<'";
  if (line.find("\u00A9") == std::string_view::npos) return false;
  return kCommentMarks.find(without_indent(line)[0]) == std::string_view::npos;
}

std::optional<std::string> without_quotations(std::string_view line) {
  struct Pair {
    std::string_view open;
    std::string_view close;
  };
  static constexpr std::array<Pair, 6> kPairs{{{"\u201C", "\u201D"},  // “”
                                               {"\u2018", "\u2019"},  // ‘’
                                               {"\u300C", "\u300D"},  // 「」
                                               {"\u300E", "\u300F"},  // 『』
                                               {"\u300A", "\u300B"},  // 《》
                                               {"\"", "\""}}};
  std::string rest;
  bool quotes = false;
  for (std::size_t at = 0; at < line.size();) {
    const std::string_view tail = line.substr(at);
    const auto pair = std::ranges::find_if(
        kPairs, [tail](const Pair& candidate) { return tail.starts_with(candidate.open); });
    const std::size_t close =
        pair == kPairs.end() ? std::string_view::npos : tail.find(pair->close, pair->open.size());
    if (close == std::string_view::npos) {
      rest += line[at++];
    } else {
      at += close + pair->close.size();
      quotes = true;
    }
  }
  return quotes ? std::optional(std::move(rest)) : std::nullopt;
}

}  // namespace dedup::memory
