// SPDX-License-Identifier: Apache-2.0
// What waits is settled in this order, each step seeing what those before it left:
//
//   broken notices → lists of one field → records and dialogue → lists of steps → amid → heads
//
// Every step but the first and the last only turns "goes" into "stays". Heads are settled from the
// end, since a head may announce another one.
//
//   role       read()              settle()
//   gone       by itself           never changes: nothing can bring such a line back
//   waiting    needs neighbours    → gone or brief
//   link       behind a head       → gone with the head, else it stays as it is
//   others     stay, and veto      never change, but for parts of a broken notice
//
// Invariant: whoever vetoes stays in the end, so that a second pass finds it where it was. That is
// why steps look past what is gone (next_left) but never past what waits: it may stay.
#include "boilerplate/neighbours.h"

#include <algorithm>
#include <array>
#include <utility>

#include "boilerplate/line_shape.h"
#include "structure/label.h"
#include "text/ascii.h"
#include "text/numbering.h"
#include "text/signs.h"

namespace dedup::boilerplate {
namespace {

using structure::Kind;

constexpr std::uint32_t kBrief = 30;         // weight of a title
constexpr std::uint32_t kLongestField = 40;  // what is longer is a paragraph that a label opens
constexpr std::uint32_t kLongestLabel = 12;  // what is longer is a sentence that leads in
constexpr std::size_t kNear = 3;             // lines between the same fields of two entries

/// 1. and （一） but no ideograph other than those of numbers: 一 to 九 begin with these bytes.
bool may_begin_with_number(std::string_view line) {
  return line[0] == '(' || text::is_digit(line[0]) || line[0] == '\xEF' || line[0] == '\xE2' ||
         line.starts_with("\xE4\xB8") || line.starts_with("\xE4\xBA") ||
         line.starts_with("\xE4\xB9") || line[0] == '\xE5';
}

/// What may be counted.
bool may_have_number(Kind kind) { return kind == Kind::item || kind == Kind::heading; }

/// An item or a heading that is counted. Chapters and dates head what has bylines of its own.
bool begins_with_number(Kind kind, std::string_view line) {
  if (!may_have_number(kind)) return false;
  if (kind == Kind::heading && !may_begin_with_number(line)) return false;
  const text::Numbering style = text::number_of(without_indent(line)).style;
  return style != text::Numbering::none && style != text::Numbering::chapter &&
         style != text::Numbering::date;
}

/// Links and nothing else, or an item of a list that is a link.
bool is_link(const JudgedLine& line) {
  if (line.kind == Kind::media) return !without_indent(line.content).starts_with("![");
  const bool shows_one = line.content.find("](") != std::string_view::npos ||
                         line.content.find("://") != std::string_view::npos;
  return line.kind == Kind::item && shows_one && !has_prose_mark(line.content);
}

/// The label of a field; empty of other lines.
std::string_view label_in(Kind kind, std::string_view line) {
  if (kind != Kind::field) return {};
  const auto label = structure::label_of(structure::without_emphasis(line));
  return label ? label->name : std::string_view();
}
std::string_view label_in(const JudgedLine& line) { return label_in(line.kind, line.content); }

/// Whether a field with this label may be one of an entry: what pages put beside an article is
/// none.
bool is_of_entry(std::string_view label) {
  static constexpr std::array<std::string_view, 8> kTags{"标签",   "標籤",   "標簽", "关键词",
                                                         "關鍵詞", "關鍵字", "分类", "分類"};
  return !label.empty() && std::ranges::find(kTags, label) == kTags.end();
}

/// [1]:https://… defines a link and labels nothing.
bool defines_link(std::string_view line) { return without_indent(line).starts_with('['); }

/// As a paragraph does; an ASCII full stop ends names as well (Inc.).
bool ends_sentence(std::string_view line) {
  return line.ends_with("。") || line.ends_with("！") || line.ends_with("？");
}

bool is_field(const Hit& hit) {
  return hit.bearing == Bearing::field || hit.bearing == Bearing::loose;
}

/// How often each rule was seen. There are few, so that a search is short.
class Counts {
 public:
  unsigned add(const Hit& hit) {
    const auto at = std::ranges::find(counts_, hit.rule.data(), &Count::first);
    if (at != counts_.end()) return ++at->second;
    counts_.emplace_back(hit.rule.data(), 1U);
    return 1;
  }
  [[nodiscard]] unsigned of(const Hit& hit) const {
    const auto at = std::ranges::find(counts_, hit.rule.data(), &Count::first);
    return at == counts_.end() ? 0 : at->second;
  }

 private:
  using Count = std::pair<const char*, unsigned>;
  std::vector<Count> counts_;
};

}  // namespace

/// What a user keeps says nothing to its neighbours: a byline that is protected is a byline still.
Neighbours::Role Neighbours::role_of(const JudgedLine& line) const {
  if (line.hit) {
    const Bearing bearing = line.hit->bearing;
    const bool goes =
        bearing == Bearing::firm || (bearing == Bearing::step && line.kind != Kind::item);
    return goes ? Role::gone : Role::waiting;
  }
  if ((line.kind == Kind::field || line.kind == Kind::label) && is_labelled(line)) {
    return Role::field;
  }
  if (line.kind == Kind::item) return Role::item;
  return line.weight <= kBrief ? Role::brief : Role::text;
}

/// Not what pages put beside bylines (分享到：), and no paragraph that a label opens (某地消息：…。
/// 简介：要闻如下：);
/// but what a speaker says is told by whose label it is (作者：稿子写完了。).
bool Neighbours::is_labelled(const JudgedLine& line) const {
  const bool labels = (line.kind == Kind::field && line.weight <= kLongestField) ||
                      (line.kind == Kind::label && line.weight <= kLongestLabel);
  if (!labels || line.guarded || defines_link(line.content)) return false;
  const bool leads_in = line.kind == Kind::field && structure::is_lead_in(line.content);
  const bool paragraph = leads_in || ends_sentence(line.content);
  if (paragraph && !rules_->begins_with_label(line.key)) return false;
  return !rules_->begins_with_tail(line.content, line.key);
}

/// The role by itself comes first; a head that is open may make a link of it. Numbers are
/// remembered over what goes, which stands between an item and its fields as well.
void Neighbours::read(const JudgedLine& line) {
  Role role = role_of(line);
  if (role != Role::gone) {
    if (behind_head_) role = look_behind_head(line, role);
    if (behind_title_) look_behind_title(line, role);
    if (role == Role::waiting) {
      wait(line);
    } else {
      stay(line);
      if (role != Role::link) remember(line);
    }
  }
  roles_.push_back(role);
}

/// A copy, since where a line was repaired its text is gone when the next one is read.
void Neighbours::remember(const JudgedLine& line) {
  last_kind_ = line.kind;
  if (may_have_number(line.kind)) last_text_ = line.content;
}

/// A head is shown the line behind it. Links go on until something else stands there.
Neighbours::Role Neighbours::look_behind_head(const JudgedLine& line, Role role) {
  if (role != Role::waiting && !line.guarded && is_link(line)) return Role::link;
  behind_head_ = false;
  if (waiting_.back().line + 1 == roles_.size()) {
    waiting_.back().next_is_kin = rules_->has_cue(text::letters_of(line.key));
    waiting_.back().next_speaks = ends_sentence(line.content);
  }
  return role;
}

/// 猜你喜欢 above a paragraph heads a section of a text, and above links and titles a list of them.
void Neighbours::look_behind_title(const JudgedLine& line, Role role) {
  behind_title_ = false;
  waiting_.back().stays =
      (role == Role::text || role == Role::brief) && ends_sentence(line.content);
}

/// Behind what was left before, and to be settled.
void Neighbours::wait(const JudgedLine& line) {
  read_field();
  near_field_ = true;
  const std::string_view label = label_in(line);
  is_value_ = line.hit->bearing == Bearing::value;
  waiting_.push_back({.line = roles_.size(),
                      .hit = *line.hit,
                      .listed = begins_with_number(last_kind_, last_text_),
                      .item = line.kind == Kind::item,
                      .leads_in = structure::is_lead_in(line.content),
                      .stays = is_value_ && beside_field_});
  behind_head_ = line.hit->bearing == Bearing::head;
  behind_title_ = line.hit->bearing == Bearing::title;
  answered_.clear();
  if (is_field(*line.hit) && label != label_) answered_.swap(label_);
  beside_field_ = is_value_ && beside_field_;  // then it stays, too
  label_ = label;
}

/// Most lines are no field and beside none. Of the others most answer nothing, and nobody asks for
/// their label.
void Neighbours::stay(const JudgedLine& line) {
  const bool labelled = line.kind == Kind::field;
  if (!labelled && !near_field_) return;
  near_field_ = labelled;
  if (is_value_ || !answered_.empty()) answer(line);
  answered_.clear();
  is_value_ = false;
  label_.clear();
  beside_field_ = false;
  field_ = labelled ? line.content : std::string_view();
}

/// Two things that a line says of the one before it, if both are fields. Who is asked by one and
/// answers the same one speaks, and is no byline:
///
///   甲：谁值班？ / 编辑：小刘 / 甲：查了吗？
///
/// And a notice behind a label is the value of an entry, if another field of it stands beside it:
///
///   释义：把作品再次刊登。 / 例句：未经授权，禁止转载。
void Neighbours::answer(const JudgedLine& line) {
  const std::string_view label = label_in(line);
  if (is_of_entry(label) && (is_value_ || label == answered_)) waiting_.back().stays = true;
}

/// What stay() left of the field before to be read.
void Neighbours::read_field() {
  if (field_.empty()) return;
  label_ = label_in(Kind::field, field_);
  beside_field_ = is_of_entry(label_);
  field_.clear();
}

/// They keep their roles until settle(), since neighbours may still be read.
void Neighbours::take(std::span<const std::size_t> lines, const Hit& hit) {
  for (const std::size_t line : lines) taken_.push_back({line, hit});
}

/// What waits counts as left: it may stay.
std::size_t Neighbours::next_left(std::size_t line) const noexcept {
  do {
    ++line;
  } while (line < roles_.size() && roles_[line] == Role::gone);
  return line;
}

/// nullptr where nothing waits any more, so that each step sees what those before it left.
Neighbours::Waiting* Neighbours::waiting_at(std::size_t line) noexcept {
  if (line >= roles_.size() || roles_[line] != Role::waiting) return nullptr;
  return &*std::ranges::lower_bound(waiting_, line, {}, &Waiting::line);
}

/// 1. 《甲》 / 作者：小松 / 2. 《乙》 / 作者：小柏
void Neighbours::veto_lists() {
  Counts counts;
  for (const Waiting& waiting : waiting_) {
    if (waiting.listed && is_field(waiting.hit)) counts.add(waiting.hit);
  }
  for (Waiting& waiting : waiting_) {
    if (waiting.listed && is_field(waiting.hit) && counts.of(waiting.hit) > 1) waiting.stays = true;
  }
}

/// The same without numbers: only short lines between a field and the next of its name.
void Neighbours::veto_twins() {
  for (Waiting& waiting : waiting_) {
    if (!is_field(waiting.hit) || roles_[waiting.line] != Role::waiting) continue;
    std::size_t line = next_left(waiting.line);
    for (std::size_t i = 0; i < kNear && line < size(); ++i, line = next_left(line)) {
      if (roles_[line] == Role::text) break;
      Waiting* const other = waiting_at(line);
      if (other == nullptr || other->hit.rule.data() != waiting.hit.rule.data()) continue;
      waiting.stays = true;
      other->stays = true;
      break;
    }
  }
}

/// Runs of fields, or of the items of a list, whatever goes looked past.
void Neighbours::veto_runs(bool of_items) {
  const auto belongs = [&](std::size_t line) {
    const Waiting* const waiting = waiting_at(line);
    if (waiting != nullptr) return of_items ? waiting->item : is_field(waiting->hit);
    return roles_[line] == (of_items ? Role::item : Role::field);
  };
  const auto goes_on = [&](std::size_t line) {
    return roles_[line] == Role::gone || belongs(line);
  };
  std::size_t end = 0;  // of the run before
  for (const Waiting& waiting : waiting_) {
    std::size_t first = waiting.line;
    if (first < end || !belongs(first)) continue;
    while (first > end && goes_on(first - 1)) --first;
    for (end = waiting.line + 1; end < size() && goes_on(end);) ++end;
    veto_run(first, end);
  }
}

/// One that stays keeps all. So do two of one name, as in dialogue, and two values that could be
/// anything with none beside them that could not.
void Neighbours::veto_run(std::size_t first, std::size_t end) {
  Counts counts;
  std::size_t loose = 0;
  std::size_t own = 0;
  bool stays = false;
  for (std::size_t line = first; line < end; ++line) {
    if (const Waiting* const waiting = waiting_at(line)) {
      loose += waiting->hit.bearing == Bearing::loose ? 1 : 0;
      own += waiting->hit.bearing == Bearing::field ? 1 : 0;
      stays = stays || waiting->stays || (is_field(waiting->hit) && counts.add(waiting->hit) > 1);
    } else {
      stays = stays || roles_[line] != Role::gone;
    }
  }
  if (!stays && (loose < 2 || own > 0)) return;
  for (std::size_t line = first; line < end; ++line) {
    if (Waiting* const waiting = waiting_at(line)) waiting->stays = true;
  }
}

/// Other heads that wait are looked past; each is told what the one before it was, so that a row
/// of them is walked once.
void Neighbours::look_before_heads() noexcept {
  const Waiting* last = nullptr;
  for (Waiting& waiting : waiting_) {
    if (roles_[waiting.line] != Role::waiting) continue;
    const bool in_stretch = last != nullptr && last->line + 1 == waiting.line;
    waiting.follows_notice = in_stretch
                                 ? last->follows_notice
                                 : waiting.line > 0 && roles_[waiting.line - 1] == Role::gone;
    last = &waiting;
  }
}

/// Whether a head goes that announces no links. With what follows it; at the end of the text, where
/// the head of a notice (免责声明) needs a colon or company; or by itself among notices, where a
/// sentence follows that has nothing to do with it.
bool Neighbours::goes_without_links(const Waiting& head) const noexcept {
  const std::size_t behind = head.line + 1;
  if (behind < size() && roles_[behind] == Role::gone) return true;
  if (behind == size() && (head.leads_in || head.hit.rule.starts_with("related:"))) return true;
  if (behind < size() && (head.next_is_kin || !head.next_speaks)) return false;
  return head.follows_notice;
}

/// A stretch of such lines goes if the lines before and behind it go, an end of the text counting
/// as one of them at most.
void Neighbours::settle_amid(std::vector<Verdict>& verdicts) {
  for (std::size_t index = 0; index < waiting_.size();) {
    std::size_t end = index + 1;
    if (roles_[waiting_[index].line] == Role::waiting &&
        waiting_[index].hit.bearing == Bearing::amid) {
      while (end < waiting_.size() && waiting_[end].line == waiting_[end - 1].line + 1 &&
             waiting_[end].hit.bearing == Bearing::amid) {
        ++end;
      }
      const std::size_t first = waiting_[index].line;
      const std::size_t behind = waiting_[end - 1].line + 1;
      const bool goes_before = first > 0 && roles_[first - 1] == Role::gone;
      const bool goes_behind = behind < size() && roles_[behind] == Role::gone;
      const bool goes = (goes_before || first == 0) && (goes_behind || behind == size()) &&
                        (goes_before || goes_behind);
      for (std::size_t i = index; i < end; ++i) {
        roles_[waiting_[i].line] = goes ? Role::gone : Role::brief;
        if (goes) verdicts.push_back({waiting_[i].line, waiting_[i].hit});
      }
    }
    index = end;
  }
}

/// Only heads still wait. `left` is the first line that is left from `from` on: what went behind
/// the last head is not walked again for the one before it.
void Neighbours::settle_heads(std::vector<Verdict>& verdicts) {
  look_before_heads();
  std::size_t from = size();
  std::size_t left = size();
  for (std::size_t index = waiting_.size(); index-- > 0;) {
    const Waiting& head = waiting_[index];
    if (roles_[head.line] != Role::waiting) continue;
    std::size_t next = head.line + 1;
    while (next < from && roles_[next] == Role::gone) ++next;
    if (next == from) next = left;
    const bool announces = next < size() && roles_[next] == Role::link;
    const bool goes = announces || goes_without_links(head);
    from = head.line;
    left = goes ? next : head.line;
    roles_[head.line] = goes ? Role::gone : Role::brief;
    if (!goes) continue;
    verdicts.push_back({head.line, head.hit});
    for (; left < size() && roles_[left] == Role::link; left = next_left(left)) {
      verdicts.push_back({left, head.hit});
      roles_[left] = Role::gone;
    }
  }
}

/// Verdicts come in the order of the steps, and are sorted by their lines at the end.
std::vector<Neighbours::Verdict> Neighbours::settle() {
  std::vector<Verdict> verdicts;
  for (const Verdict& part : taken_) {
    if (std::exchange(roles_[part.line], Role::gone) != Role::gone) verdicts.push_back(part);
  }
  veto_lists();
  veto_twins();
  veto_runs(false);
  veto_runs(true);
  for (const Waiting& waiting : waiting_) {
    const Bearing bearing = waiting.hit.bearing;
    if (roles_[waiting.line] != Role::waiting || bearing == Bearing::head) continue;
    if (bearing == Bearing::amid) continue;
    roles_[waiting.line] = waiting.stays ? Role::brief : Role::gone;
    if (!waiting.stays) verdicts.push_back({waiting.line, waiting.hit});
  }
  settle_amid(verdicts);
  settle_heads(verdicts);
  std::ranges::sort(verdicts, {}, &Verdict::line);
  return verdicts;
}

}  // namespace dedup::boilerplate
