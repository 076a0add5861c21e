// SPDX-License-Identifier: Apache-2.0
// From each line with a wide indent up and down to where its group ends:
//
//   kind of line   strong    code by itself, or what only code begins or ends like
//                  weak      no ideographs, an item of a list (- 甲), a pair (名称: 甲)
//                  prose     all others; they end a group, but not a comment between lines of code
//
//   group          source if one line is strong, or if it starts at its least indent and goes
//                  deeper: an outline. Else its indents are those of paragraphs, as under
//                  U+3000 U+3000 Windows 11
//
// No line belongs to two groups and each group is walked once up and once down: linear.
#include "text/repair/indents.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "text/ascii.h"
#include "text/blanks.h"
#include "text/characters.h"
#include "text/code.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

enum class Kind { blank, prose, weak, strong };

/// A line with its white space at the start taken off.
struct Shape {
  Kind kind = Kind::blank;
  std::size_t width = 0;   // columns of the indent
  std::size_t margin = 0;  // its bytes
  bool wide = false;
  bool ideographic = false;  // U+3000 is among it, which no editor of code writes
};

std::size_t columns(char32_t c) {
  constexpr std::size_t kTab = 4;
  return c == U'\t' ? kTab : c == 0x3000 ? 2 : 1;
}

Shape indent(std::string_view line) {
  Shape shape;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = utf8::next(line, at);
    if (!is_white(c)) {
      break;
    }
    shape.margin = at;
    shape.width += columns(c);
    shape.wide |= is_wide_blank(c);
    shape.ideographic |= c == 0x3000;
  }
  return shape;
}

/// - 甲, • 甲, 1. 甲, a) 甲, as Markdown and its kin have them. 1、 and （一） begin paragraphs.
bool is_list_item(std::string_view body) {
  constexpr std::u32string_view kBullets = U"-*+•◦▪‣";
  std::size_t at = 0;
  while (at < body.size() && at < 3 && is_digit(body[at])) {
    ++at;
  }
  at += at == 0 && !body.empty() && is_letter(body[0]) ? 1 : 0;
  if (at >= body.size()) {
    return false;
  }
  const bool ordinal = at > 0;
  const char32_t mark = utf8::next(body, at);
  return (ordinal ? mark == U'.' || mark == U')' : kBullets.find(mark) != kBullets.npos) &&
         at < body.size() && body[at] == ' ';
}

/// port: 8080, 名称: 甲, 人员: at the end. A short key, and the colon of ASCII.
bool is_pair(std::string_view body) {
  constexpr std::size_t kLongestKey = 40;
  const std::size_t colon = body.substr(0, kLongestKey).find(':');
  if (colon == std::string_view::npos || colon == 0 ||
      (colon + 1 < body.size() && body[colon + 1] != ' ')) {
    return false;
  }
  for (std::size_t at = 0; at < colon;) {
    const char32_t c = utf8::next(body, at);
    if (c == U' ' || is_stop(c) || is_opening(c)) {
      return false;
    }
  }
  return true;
}

bool holds_ideograph(std::string_view body) {
  for (std::size_t at = 0; at < body.size();) {
    if (is_han(utf8::next(body, at))) {
      return true;
    }
  }
  return false;
}

/// // 注, # 注, """ and the like at the head, a call or an assignment that ends as such:
/// print("你好"), x.append(甲), y = "甲，乙"
bool is_source(std::string_view body) {
  constexpr std::string_view kHeads[] = {"//", "/*", "*/", "# ", "#!", "\"\"\"", "'''", "@", "}"};
  if (std::any_of(std::begin(kHeads), std::end(kHeads),
                  [&](std::string_view head) { return body.starts_with(head); })) {
    return true;
  }
  constexpr std::string_view kBlocks[] = {"def ",  "class ", "if ",    "elif ", "for ",    "while ",
                                          "else:", "try:",   "except", "with ", "finally:"};
  if (body.ends_with(':') &&
      std::any_of(std::begin(kBlocks), std::end(kBlocks),
                  [&](std::string_view head) { return body.starts_with(head); })) {
    return true;
  }
  std::size_t at = 0;
  while (at < body.size() &&
         (is_letter(body[at]) || is_digit(body[at]) || body[at] == '_' || body[at] == '.')) {
    ++at;
  }
  const std::string_view rest = body.substr(at);
  const bool call = rest.starts_with('(') && rest.ends_with(')');
  return at > 0 && (call || (rest.starts_with(" = ") && is_ascii(rest.back())));
}

std::string_view without_right_margin(std::string_view line) {
  std::size_t end = line.size();
  for (std::size_t at = end; at > 0 && is_white(utf8::previous(line, at));) {
    end = at;
  }
  return line.substr(0, end);
}

Shape shape_of(std::string_view line) {
  Shape shape = indent(line);
  const std::string_view body = without_right_margin(line.substr(shape.margin));
  if (body.empty()) {
    return shape;
  }
  if (fence(body)) {
    shape.kind = Kind::prose;  // code of its own, which nobody else's indent belongs to
    return shape;
  }
  const bool address = body.find("://") < body.find(' ');
  if (is_source(body) || (is_code_like(body) && !address)) {
    shape.kind = Kind::strong;
  } else if (is_list_item(body) || is_pair(body) || !holds_ideograph(body)) {
    shape.kind = Kind::weak;
  } else {
    shape.kind = Kind::prose;
  }
  return shape;
}

/// A line of a group.
struct Member {
  Lines::Line line;
  Shape shape;
};

class Groups {
 public:
  Groups(std::string_view text, Patients& lines) : patients_(lines), lines_(text, lines) {}

  /// Settles the group of a patient; returns the last patient that was looked at.
  std::size_t settle(std::size_t patient) {
    const Lines::Line line = lines_.of(patient);
    if (is_kept(patients_[patient]) || !indent(lines_.text(line)).wide) {
      return patient;  // as most
    }
    std::vector<Member> group{{line, shape_of(lines_.text(line))}};
    if (group[0].shape.kind <= Kind::prose) {
      return patient;
    }
    walk_up(group);
    walk_down(group);
    const bool source = is_source(group);
    for (const Member& member : group) {
      if (member.shape.wide && member.line.is_patient && member.shape.kind != Kind::blank) {
        settle(patients_[member.line.patient], member.shape, source);
      }
    }
    return std::max(patient, last_patient(group));
  }

 private:
  void walk_up(std::vector<Member>& group) {
    for (auto line = lines_.before(group[0].line); line; line = lines_.before(*line)) {
      Member member{*line, shape_of(lines_.text(*line))};
      if (member.shape.kind == Kind::prose || line->start < floor_) {
        break;
      }
      group.push_back(member);
    }
    std::reverse(group.begin(), group.end());
    // A blank line at the head is none of the group.
    group.erase(group.begin(), std::find_if(group.begin(), group.end(), &Groups::is_filled));
  }

  void walk_down(std::vector<Member>& group) {
    std::size_t sure = group.size();  // behind the last line that belongs to the group
    for (auto line = lines_.behind(group.back().line); line; line = lines_.behind(*line)) {
      Member member{*line, shape_of(lines_.text(*line))};
      const bool before_is_prose = group.back().shape.kind == Kind::prose;
      const bool comment = member.shape.kind == Kind::prose && member.shape.wide &&
                           !member.shape.ideographic && !before_is_prose;
      if (member.shape.kind == Kind::prose && !comment) {
        break;
      }
      group.push_back(member);
      if (member.shape.kind > Kind::prose && (!before_is_prose || member.shape.width > 0)) {
        sure = group.size();
      } else if (before_is_prose) {
        break;
      }
    }
    group.resize(sure);
    floor_ = group.back().line.end;
  }

  static bool is_filled(const Member& member) { return member.shape.kind != Kind::blank; }

  static bool is_source(const std::vector<Member>& group) {
    const std::size_t first = group.front().shape.width;
    bool deeper = false;
    bool shallower = false;
    bool strong = false;
    for (const Member& member : group) {
      const bool weak = member.shape.kind == Kind::weak;
      deeper |= weak && member.shape.width > first;
      shallower |= weak && member.shape.width < first;
      strong |= member.shape.kind == Kind::strong;
    }
    return strong || (deeper && !shallower);
  }

  /// Code of other kinds: fenced, or inside of a tag.
  static bool is_kept(const Patient& line) {
    return line.fenced || line.before.place != TagState::Place::text;
  }

  static std::size_t last_patient(const std::vector<Member>& group) {
    const Lines::Line& last = group.back().line;
    return last.is_patient ? last.patient : last.patient > 0 ? last.patient - 1 : 0;
  }

  /// Either way no wide indent is left, so that a second repair has no group to judge anew.
  static void settle(Patient& line, const Shape& shape, bool source) {
    if (!is_kept(line)) {
      Changes changes;
      changes.push_back(
          {0, shape.margin, source ? std::string(shape.width, ' ') : "", RepairKind::indent});
      line.change(std::move(changes));
    }
  }

  Patients& patients_;
  Lines lines_;
  std::size_t floor_ = 0;  // behind the last group
};

}  // namespace

void settle_indents(std::string_view text, Patients& lines) {
  Groups groups(text, lines);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].needs(kSpaces)) {
      i = groups.settle(i);
    }
  }
}

}  // namespace dedup::text
