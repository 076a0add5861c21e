// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/structure.h"

#include <cstddef>

#include "walls/utf8.h"

namespace dedup::boilerplate {
namespace {

constexpr std::u32string_view kNumerals =
    U"0123456789\uFF10\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16\uFF17\uFF18\uFF19"
    U"〇零一二三四五六七八九十百千";
constexpr std::u32string_view kUnits = U"條条章節节編编款項项目部篇卷";
constexpr std::u32string_view kBlanks = U" \t\u00A0\u3000";

bool holds(std::u32string_view set, char32_t c) { return set.find(c) != set.npos; }

/// Reads along a line; at its end, NUL.
class Reader {
 public:
  explicit Reader(std::string_view line) : line_(line) {}

  [[nodiscard]] char32_t peek() const {
    std::size_t at = at_;
    return at < line_.size() ? utf8::next(line_, at) : U'\0';
  }
  char32_t take() { return at_ < line_.size() ? utf8::next(line_, at_) : U'\0'; }

  /// Reads over characters of the set; whether there were any.
  bool skip(std::u32string_view set) {
    bool any = false;
    for (; peek() != U'\0' && holds(set, peek()); any = true) static_cast<void>(take());
    return any;
  }

 private:
  std::string_view line_;
  std::size_t at_ = 0;
};

/// 第三条, 第 3 條
bool is_clause(Reader line) {
  if (line.take() != U'第') return false;
  line.skip(kBlanks);
  if (!line.skip(kNumerals)) return false;
  line.skip(kBlanks);
  return holds(kUnits, line.take());
}

/// 一、 （三） 1. 2) but neither 2024 nor 3.5
bool is_item(Reader line) {
  const bool bracket = holds(U"(（", line.peek());
  if (bracket) static_cast<void>(line.take());
  if (!line.skip(kNumerals)) return false;
  const char32_t mark = line.take();
  if (holds(U")）", mark)) return true;
  return !bracket && holds(U"、.．", mark) && !holds(kNumerals, line.peek());
}

/// A link definition: [1]: https://…
bool is_definition(std::string_view line) {
  constexpr std::size_t kLongest = 40;
  const std::size_t close = line.find("]:");
  return line.starts_with('[') && close != line.npos && close <= kLongest;
}

/// 本法自公布日施行, 自发布之日起施行
bool is_formula(std::u16string_view key) { return key.ends_with(u"施行"); }

/// A rule or a frame of a table drawn in characters.
bool draws_frame(char32_t c) { return c >= 0x2500 && c <= 0x257F; }

/// A menu opens with a bar, too, but is not closed: |注册|帮助 返回首页>>
bool is_closed_row(std::string_view line, char32_t first) {
  const std::size_t last = line.find_last_not_of(" \t");
  const bool closed = last != line.npos && line[last] == '|' && line.find('|') < last;
  return draws_frame(first) || (first == U'|' && closed);
}

}  // namespace

bool is_structure(std::string_view line, std::u16string_view key) {
  Reader start(line);
  start.skip(kBlanks);
  if (start.peek() == U'#' || is_closed_row(line, start.peek()) || is_clause(start) ||
      is_item(start))
    return true;
  const std::size_t first = line.find_first_not_of(" \t");
  return is_formula(key) || (first != line.npos && is_definition(line.substr(first)));
}

bool has_clause_mark(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    if (holds(U"，。；、！？,;!?…", utf8::next(line, at))) return true;
  }
  return false;
}

}  // namespace dedup::boilerplate
