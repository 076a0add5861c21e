// SPDX-License-Identifier: Apache-2.0
#include "text/repair/private_use.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "text/blanks.h"
#include "text/characters.h"
#include "text/charset/codecs.h"
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

void replace(Changes& changes, std::size_t start, std::size_t end, char32_t by) {
  Change change{start, end, {}, RepairKind::private_use};
  utf8::append(change.replacement, by);
  changes.push_back(std::move(change));
}

/// Two or more spaces of GBK at the head, alone or among others, are an indent.
std::size_t replace_indent(std::string_view line, Changes& changes) {
  std::size_t head = 0;
  Changes found;
  for (std::size_t at = 0; at < line.size(); head = at) {
    const char32_t c = utf8::next(line, at);
    if (c == kSpaceOfGbk) {
      replace(found, head, at, standard_form(c));
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
    if (is_private_use(c) && is_lost_character(line, start, at)) {
      replace(changes, start, at, standard_form(c));
    }
  }
  return changes;
}

/// Whether all private-use characters of a line are of GBK.
bool is_of_gbk(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = utf8::next(line, at);
    if (is_private_use(c) && standard_form(c) == 0) return false;
  }
  return true;
}

/// The ideographs of Hong Kong in a line; nothing where one of its private-use characters is no
/// such or stands where none would. Several may stand in a row.
std::optional<Changes> ideographs_of_hkscs(std::string_view line) {
  Changes changes;
  char32_t before = 0;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t start = at;
    const char32_t c = utf8::next(line, at);
    if (!is_private_use(c)) {
      before = c;
      continue;
    }
    const char32_t form = form_in_hkscs(c);
    std::size_t end = at;
    const char32_t behind = end < line.size() ? utf8::next(line, end) : 0;
    const bool han_behind = is_han(behind) || is_private_use(behind);
    const bool stands_in_text =
        is_han(before) ? han_behind || is_cjk_mark(behind) : is_cjk_mark(before) && han_behind;
    if (form == 0 || !stands_in_text) return std::nullopt;
    replace(changes, start, at, form);
    before = form;
  }
  return changes;
}

/// Whether a repaired character is a word that no text in Cantonese goes without, and no other has.
bool is_cantonese(const Change& change) {
  constexpr std::string_view kWords[] = {"嘅", "嗰", "啲", "喺", "咗", "嘢", "嚟", "瞓"};
  return std::ranges::find(kWords, std::string_view(change.replacement)) != std::end(kWords);
}

/// Carries out what `changes_of` says of each line with private use, in fences of none.
template <class ChangesOf>
bool change_each(Patients& lines, ChangesOf changes_of) {
  bool any = false;
  for (Patient& line : lines) {
    if (!line.needs(kPrivateUse) || line.fenced || line.mangled) continue;
    Changes changes = changes_of(line.text());
    any |= !changes.empty();
    line.change(std::move(changes));
  }
  return any;
}

bool has_traditional(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    if (is_traditional_only(utf8::next(line, at))) return true;
  }
  return false;
}

/// Whether all private use of the lines is that of Hong Kong, and words of Cantonese are among it.
bool are_of_hkscs(const Patients& lines) {
  bool cantonese = false;
  bool traditional = false;
  for (const Patient& line : lines) {
    if (!line.needs(kPrivateUse)) continue;
    const auto changes = ideographs_of_hkscs(line.text());
    if (!changes) return false;
    cantonese = cantonese || std::ranges::any_of(*changes, is_cantonese);
    traditional = traditional || has_traditional(line.text());
  }
  return cantonese && traditional;
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

/// Where Big5 has room of its user's own, converters counted through it from the start of private
/// use on: leads FA to FE, then 8E to A0, 81 to 8D, and what is behind C6A1.
char32_t form_in_hkscs(char32_t c) noexcept {
  struct Room {
    char32_t first;
    unsigned lead;
    unsigned skipped;  // of the first lead's trails
  };
  constexpr Room kRooms[] = {
      {0xE000, 0xFA, 0}, {0xE311, 0x8E, 0}, {0xEEB8, 0x81, 0}, {0xF6B1, 0xC6, 63}};
  constexpr unsigned kTrails = 157;      // of a lead: 40 to 7E and A1 to FE
  constexpr unsigned kFirstTrails = 63;  // those below A1
  if (c < kRooms[0].first || c > 0xF848) return 0;
  const Room& room = *std::find_if(std::rbegin(kRooms), std::rend(kRooms),
                                   [c](const Room& each) { return each.first <= c; });
  const unsigned number = c - room.first + room.skipped;
  const unsigned trail = number % kTrails;
  const char bytes[] = {
      static_cast<char>(room.lead + number / kTrails),
      static_cast<char>(trail < kFirstTrails ? 0x40 + trail : 0xA1 + trail - kFirstTrails)};
  const Read read = Big5::read({bytes, sizeof bytes});
  return read.state == Read::State::whole && read.c < kDouble && is_han(read.c) ? read.c : 0;
}

bool settle_private_use(Patients& lines) {
  const bool gbk = std::all_of(lines.begin(), lines.end(), [](const Patient& line) {
    return !line.needs(kPrivateUse) || is_of_gbk(line.text());
  });
  if (gbk) return change_each(lines, standardise);
  if (!are_of_hkscs(lines)) return false;
  return change_each(lines, [](std::string_view line) {
    Changes changes = *ideographs_of_hkscs(line);
    return std::ranges::any_of(changes, is_cantonese) ? changes : Changes();
  });
}

}  // namespace dedup::text
