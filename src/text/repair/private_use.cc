// SPDX-License-Identifier: Apache-2.0
#include "text/repair/private_use.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "text/blanks.h"
#include "text/characters.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

constexpr char32_t kSpaceOfGbk = 0xE5E5;

// FE50 to FEA0 of GBK, in the order of their private use; the 14 that have none in the edition of
// 2005 by that of 2022.
constexpr char32_t kFirstOfGbk5 = 0xE815;
constexpr char32_t kGbk5[] = {
    0x2E81, 0x20087, 0x20089, 0x200CC, 0x2E84,  0x3473, 0x3447, 0x2E88, 0x2E8B,  0x9FB4,
    0x359E, 0x361A,  0x360E,  0x2E8C,  0x2E97,  0x396E, 0x3918, 0x9FB5, 0x39CF,  0x39DF,
    0x3A73, 0x39D0,  0x9FB6,  0x9FB7,  0x3B4E,  0x3C6E, 0x3CE0, 0x2EA7, 0x215D7, 0x9FB8,
    0x2EAA, 0x4056,  0x415F,  0x2EAE,  0x4337,  0x2EB3, 0x2EB6, 0x2EB7, 0x2298F, 0x43B1,
    0x43AC, 0x2EBB,  0x43DD,  0x44D6,  0x4661,  0x464C, 0x9FB9, 0x4723, 0x4729,  0x477C,
    0x478D, 0x2ECA,  0x4947,  0x497A,  0x497D,  0x4982, 0x4983, 0x4985, 0x4986,  0x499F,
    0x499B, 0x49B7,  0x49B6,  0x9FBA,  0x241FE, 0x4CA3, 0x4C9F, 0x4CA0, 0x4CA1,  0x4C77,
    0x4CA2, 0x4D13,  0x4D14,  0x4D15,  0x4D16,  0x4D17, 0x4D18, 0x4D19, 0x4DAE,  0x9FBB};

// A6D9 to A6F3 of GB 18030: what the edition of 2022 has in their place.
constexpr char32_t kFirstVertical = 0xE78D;
constexpr char32_t kVertical[] = {0xFE10, 0xFE12, 0xFE11, 0xFE13, 0xFE14,
                                  0xFE15, 0xFE16, 0xFE17, 0xFE18, 0xFE19};

bool is_cjk_mark(char32_t c) {
  return (c > 0x3000 && c < 0x3040) || (c >= 0xFF01 && c < 0xFF60 && !is_digit_of_any_width(c));
}

void replace(Changes& changes, std::size_t start, std::size_t end, char32_t c) {
  Change change{start, end, {}, RepairKind::private_use};
  utf8::append(change.replacement, standard_form(c));
  changes.push_back(std::move(change));
}

/// Two or more spaces of GBK at the head, alone or among others, are an indent.
std::size_t replace_indent(std::string_view line, Changes& changes) {
  std::size_t head = 0;
  Changes found;
  for (std::size_t at = 0; at < line.size(); head = at) {
    const char32_t c = utf8::next(line, at);
    if (c == kSpaceOfGbk) {
      replace(found, head, at, c);
    } else if (!is_white(c)) {
      break;
    }
  }
  if (found.size() < 2) return 0;
  changes = std::move(found);
  return head;
}

Changes standardise(std::string_view line) {
  Changes changes;
  for (std::size_t at = replace_indent(line, changes); at < line.size();) {
    const std::size_t start = at;
    const char32_t c = utf8::next(line, at);
    if (is_private_use(c) && is_lost_character(line, start, at)) replace(changes, start, at, c);
  }
  return changes;
}

/// Whether a line has private-use characters that are none of GBK's.
bool has_others(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = utf8::next(line, at);
    if (is_private_use(c) && standard_form(c) == 0) return true;
  }
  return false;
}

}  // namespace

char32_t standard_form(char32_t c) noexcept {
  if (c >= kFirstOfGbk5 && c - kFirstOfGbk5 < std::size(kGbk5)) return kGbk5[c - kFirstOfGbk5];
  if (c >= kFirstVertical && c - kFirstVertical < std::size(kVertical)) {
    return kVertical[c - kFirstVertical];
  }
  return c == kSpaceOfGbk ? char32_t{0x3000} : 0;
}

bool is_lost_character(std::string_view text, std::size_t start, std::size_t end) {
  std::size_t at = start;
  const char32_t c = utf8::next(text, at);
  if (standard_form(c) == 0 || start == 0 || end == text.size()) return false;
  const char32_t right = utf8::next(text, end);
  return is_han(utf8::previous(text, start)) && (is_han(right) || is_cjk_mark(right));
}

bool settle_private_use(Patients& lines) {
  const bool icons = std::any_of(lines.begin(), lines.end(), [](const Patient& line) {
    return line.needs(kPrivateUse) && has_others(line.text());
  });
  if (icons) return false;
  bool any = false;
  for (Patient& line : lines) {
    if (!line.needs(kPrivateUse) || line.fenced || line.mangled) continue;
    Changes changes = standardise(line.text());
    any |= !changes.empty();
    line.change(std::move(changes));
  }
  return any;
}

}  // namespace dedup::text
