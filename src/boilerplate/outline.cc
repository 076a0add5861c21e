// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/outline.h"

#include <cstddef>

#include "structure/shape.h"

namespace dedup::boilerplate {
namespace {

using structure::Kind;
using text::Numbering;

bool counts_text(Numbering numbering) {
  return numbering != Numbering::none && numbering != Numbering::bullet &&
         numbering != Numbering::date;
}

/// A menu opens with a bar, too, but is not closed: |注册|帮助 返回首页>>. Frames need no closing.
bool is_closed(std::string_view row) {
  const std::size_t first = row.find('|');
  const std::size_t last = row.find_last_not_of(" \t");
  return row.find_first_not_of(" \t") != first || (row[last] == '|' && first < last);
}

/// [1]: https://… but not [首页](https://…), which menus are made of.
bool is_definition(std::string_view line) {
  constexpr std::size_t kLongest = 40;
  const std::size_t first = line.find_first_not_of(" \t");
  const std::size_t close = line.find("]:");
  return first != line.npos && line[first] == '[' && close != line.npos &&
         close - first <= kLongest;
}

/// 本法自公布日施行, 自发布之日起施行
bool is_formula(std::u16string_view key) { return key.ends_with(u"施行"); }

}  // namespace

bool is_outline(std::string_view line, std::u16string_view key) {
  const structure::Shape shape = structure::shape_of(line);
  if (shape.kind == Kind::heading || counts_text(shape.numbering)) return true;
  if (shape.kind == Kind::row && shape.columns == 0 && is_closed(line)) return true;
  return is_formula(key) || is_definition(line);
}

}  // namespace dedup::boilerplate
