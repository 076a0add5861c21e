// SPDX-License-Identifier: Apache-2.0
// A line in fields, cut at its marks:
//
//   line     2024-01-02 | 来源：海边日报 责编：林小川
//   fields   [2024-01-02]|[来源]：[海边日报 责编]：[林小川]
//            lead         label   value, label     value
//
// The first field that is no lead must end with a label; each one behind it is a value, and where a
// colon follows, a value with the next label at its end. Every field has to fit.
//
// Nearly every line is refused by may_find(): one look at the two units where a label would stand.
//
// A byline without a mark (（记者 陈大文）, 记者陈大文报道) is told by its two ends, and never cut. Two
// texts are at hand of each field: `text`, which has its marks, and `key`, which has its words; a
// value must pass by both.
#include "boilerplate/byline.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "boilerplate/first_units.h"
#include "boilerplate/key_units.h"
#include "boilerplate/line_shape.h"
#include "text/ascii.h"
#include "text/fold.h"
#include "text/ideograph_set.h"
#include "text/numbering.h"
#include "text/signs.h"

namespace dedup::boilerplate {
namespace {

constexpr std::size_t kMaxBytes = 600;  // of a line, addresses included
constexpr std::size_t kMaxFields = 6;
constexpr std::uint32_t kMaxValue = 24;   // weight of a value
constexpr std::uint32_t kMaxName = 6;     // weight of the name behind a label that goes on
constexpr std::uint32_t kMaxCredit = 12;  // weight of a value behind 文／ or 图／
constexpr std::size_t kMaxBetween = 10;   // units between the two ends of a line
constexpr std::size_t kLongLabel = 4;     // 本报记者 needs no brackets, 记者 does

// What stands for an address in a field, and in its key.
constexpr std::string_view kAddressText = " url ";
constexpr std::u16string_view kAddress = u"url";

// What stands between two marks, addresses and Markdown link targets taken out.
struct Field {
  std::string text;
  std::u16string key;
  std::uint32_t weight = 0;
  bool before_colon = false;  // the mark that ends it is a colon, not a bar
};

struct Mark {
  std::string_view text;
  bool colon = false;
};
constexpr std::array<Mark, 9> kMarks{{{":", true},
                                      {"\uFF1A", true},  // ：
                                      {"\u2236", true},  // ∶
                                      {"\uFE30", true},  // ︰
                                      {"|", false},
                                      {"\uFF5C", false},  // ｜
                                      {"\u4E28", false},  // 丨, an ideograph in use as a bar
                                      {"/", false},
                                      {"\uFF0F", false}}};  // ／

constexpr auto kFirstOfMarks = first_bytes(kMarks, &Mark::text);

using text::is_ascii;
using text::is_digit;

// The mark at `at`, or nullptr. 10:30 has none, and neither has TCP/IP.
const Mark* mark_at(std::string_view line, std::size_t at) {
  if (!kFirstOfMarks.has(line[at])) return nullptr;
  for (const Mark& mark : kMarks) {
    if (!line.substr(at).starts_with(mark.text)) continue;
    const char before = at > 0 ? line[at - 1] : ' ';
    const char after = at + 1 < line.size() ? line[at + 1] : ' ';
    if (mark.text == ":" && is_digit(before) && is_digit(after)) return nullptr;
    if (mark.text == "/" && (is_ascii(before) || is_ascii(after))) return nullptr;
    return &mark;
  }
  return nullptr;
}

// Labels of one unit stand before a bar alone: 文／林小川.
bool has_bar(std::string_view line) {
  return std::ranges::any_of(kMarks, [line](const Mark& mark) {
    return !mark.colon && line.find(mark.text) != std::string_view::npos;
  });
}

// The end of the address that starts at `at`, or `at` if none does.
std::size_t address_end(std::string_view line, std::size_t at) {
  const std::string_view rest = line.substr(at);
  if (!rest.starts_with("http://") && !rest.starts_with("https://")) return at;
  while (at < line.size() && is_ascii(line[at]) && line[at] > ' ' && line[at] != ')') ++at;
  return at;
}

// Past the target of a Markdown link, `](…)` or `][…]`, whose `]` is at `at`; else past the `]`.
std::size_t link_end(std::string_view line, std::size_t at) {
  const char opening = at + 1 < line.size() ? line[at + 1] : ' ';
  if (opening != '(' && opening != '[') return at + 1;
  const std::size_t end = line.find(opening == '(' ? ')' : ']', at + 2);
  return end == std::string_view::npos ? at + 1 : end + 1;
}

// Whether a mark, an address or the end of a link's text may begin with this byte.
constexpr bool may_cut(char c) { return c == ']' || c == 'h' || kFirstOfMarks.has(c); }

// Cuts a line at its marks, and folds each field. Addresses hold colons and bars of their own, so
// each becomes one word; where a Markdown link leads to is left out, its text stays.
std::vector<Field> split(std::string_view line) {
  std::vector<Field> fields(1);
  for (std::size_t at = 0; at < line.size();) {
    const auto next =
        std::find_if(line.begin() + static_cast<std::ptrdiff_t>(at), line.end(), may_cut);
    const auto end_of_text = static_cast<std::size_t>(next - line.begin());
    fields.back().text += line.substr(at, end_of_text - at);
    at = end_of_text;
    if (at == line.size()) break;
    if (line[at] == ']') {
      at = link_end(line, at);
    } else if (const std::size_t end = address_end(line, at); end > at) {
      fields.back().text += kAddressText;
      at = end;
    } else if (const Mark* mark = mark_at(line, at); mark != nullptr) {
      fields.back().before_colon = mark->colon;
      fields.emplace_back();
      at += mark->text.size();
    } else {
      fields.back().text += line[at++];
    }
  }
  for (Field& field : fields) {
    const text::Piece piece = text::fold(field.text, field.key);
    field.weight = piece.weight;
    if (piece.signs) field.key = text::letters_of(field.key);
  }
  return fields;
}

constexpr std::u16string_view kTimeUnits = u"年月日时分秒更新";

// The date or the address that may stand before the first label.
bool is_lead(std::u16string_view key) {
  if (key.starts_with(kAddress)) key.remove_prefix(kAddress.size());
  return std::ranges::all_of(key, [](char16_t unit) {
    return is_digit(unit) || kTimeUnits.find(unit) != kTimeUnits.npos;
  });
}

// Whether a full stop joins two ideographs, as in a book's 作者：明.羅貫中, which is no site's line.
bool has_inner_stop(std::string_view text) {
  for (std::size_t at = 1; at + 1 < text.size(); ++at) {
    if (text[at] == '.' && !is_ascii(text[at - 1]) && !is_ascii(text[at + 1])) return true;
  }
  return false;
}

// Whether words are in `key` that sentences have and names have not.
bool has_sentence_word(std::u16string_view key) {
  static constexpr text::IdeographSet kWords{
      std::u16string_view(u"我你您吗呢吧啊嗯的了这那么很是不没谢")};
  return std::ranges::any_of(key, [](char16_t unit) { return kWords.has(unit); });
}

// `text` up to its last comma, where that stands behind the whole of `value`, as in the part
// 海边日报，作者 of 来源：海边日报，作者：林小川.
std::string_view up_to_comma(std::string_view text, std::u16string_view value) {
  for (const std::string_view comma : {"\uFF0C", ",", "\uFF1B", ";"}) {  // ，；
    if (text.find(comma) == std::string_view::npos) continue;  // faster told from the start
    const std::size_t at = text.rfind(comma);
    std::u16string key;
    text::fold(text.substr(0, at), key);
    if (text::letters_of(key) == value) return text.substr(0, at);
  }
  return text;
}

// How well a value is what the rule wants of it.
Fit fit_of(std::string_view text, BylinePattern::Value wanted) {
  using Value = BylinePattern::Value;
  switch (wanted) {
    case Value::person:
      return fit_person(text);
    case Value::medium:
      return fit_medium(text);
    case Value::moment:
      return fit_moment(text);
    case Value::number:
      return fit_number(text);
    default:
      return Fit::own;
  }
}

// Names that commas part, each surely one: 林小川，陈静. The fields of records and sentences have
// commas, too.
bool are_names(std::string_view text, BylinePattern::Value wanted) {
  if (wanted != BylinePattern::Value::person && wanted != BylinePattern::Value::medium)
    return false;
  for (;;) {
    const std::size_t comma = std::min(text.find(','), text.find("\uFF0C"));
    const std::string_view name = text.substr(0, comma);
    if (has_sentence_mark(name) || fit_of(name, wanted) != Fit::own) return false;
    if (comma == std::string_view::npos) return true;
    text.remove_prefix(comma + (text[comma] == ',' ? 1 : 3));
  }
}

// Whether a field's value could be what the rule wants: short, and no sentence. A headline may have
// any words, but not the marks of prose.
bool is_value(const Field& field, std::u16string_view key, BylinePattern::Value wanted) {
  using Value = BylinePattern::Value;
  if (key.empty() || field.weight > kMaxValue) return false;
  if (wanted == Value::headline) return !has_prose_mark(field.text);
  const bool marked = has_sentence_mark(up_to_comma(field.text, key));
  const bool lists = are_names(field.text, wanted) ||
                     (wanted == Value::moment && fit_moment(field.text) == Fit::own);
  return (!marked || lists) &&
         (wanted == Value::words || !(has_sentence_word(key) || has_inner_stop(field.text)));
}

// Whether `line` begins with the number of an item, which is no date before a label.
bool is_numbered(std::string_view line) {
  const auto number = text::number_of(without_indent(line));
  return number.style != text::Numbering::none && number.style != text::Numbering::date;
}

// Whether a key goes from `start` to `end` with a little, but not nothing, between them.
bool lies_between(std::u16string_view key, std::u16string_view start, std::u16string_view end) {
  const std::size_t ends = start.size() + end.size();
  return key.starts_with(start) && key.ends_with(end) && key.size() > ends &&
         key.size() - ends <= kMaxBetween;
}

// Whether `line` is a label, a blank and names, or goes from a label to an ending.
bool is_credit(std::string_view line, std::u16string_view key, std::u16string_view label,
               std::u16string_view value_end) {
  const std::optional<std::string_view> inner = inside_brackets(line);
  const bool stands_bare = label.size() >= kLongLabel && label.ends_with(u"记者");
  if (!inner && !stands_bare) return false;
  if (!value_end.empty()) return lies_between(key, label, value_end);
  std::vector<std::u16string> words;
  for (const std::string_view word : words_of(inner.value_or(line))) {
    std::u16string& key_of_word = words.emplace_back();
    text::fold(word, key_of_word);
    key_of_word = text::letters_of(key_of_word);
  }
  return words.size() >= 2 && words.size() <= kMaxFields && words[0] == label &&
         words[1].size() >= 2 && std::ranges::all_of(words, [](const std::u16string& word) {
           return word.size() <= kMaxName && std::ranges::all_of(word, is_ideographic);
         });
}

// Three kinds of label: of one unit, before a bar alone; open ones, which go on with a name; all
// others, which end their field. The first rule that fits is the one that is told.
//
// The rule, of those with a mark, whose label opens `first`, given the field behind its mark.
std::optional<std::size_t> opening_rule(const Field& first, const Field& next,
                                        const RuleTables& rules,
                                        std::span<const BylineMatcher::Candidate> marked) {
  const std::u16string_view key = first.key;
  const std::u16string_view value = next.key;
  if (key.empty()) return std::nullopt;
  for (const auto& [i, unit, opens] : marked) {
    if (unit != (opens ? key.front() : key.back())) continue;
    const tables::Byline& rule = rules.bylines[i];
    const std::u16string_view label = rules.word(rule.label);
    const bool value_fits =
        value.ends_with(rules.word(rule.value_end)) &&
        (rule.value != BylinePattern::Value::address || value.starts_with(kAddress));
    if (!value_fits || key.size() < label.size()) continue;
    if (label.size() == 1) {  // 文／林小川, but neither 文：林小川 nor 文／理
      const bool fits = next.weight >= 2 && next.weight <= kMaxCredit;
      if (key == label && !first.before_colon && fits) return i;
    } else if (rule.open) {
      const bool fits = key.starts_with(label) && first.weight <= label.size() + kMaxName;
      if (fits && !has_sentence_mark(first.text) && !has_sentence_word(key)) return i;
    } else if (key.ends_with(label) && is_lead(key.substr(0, key.size() - label.size()))) {
      return i;
    }
  }
  return std::nullopt;
}

// What the lead before a label begins with, a date or an address.
constexpr std::u16string_view kLeads = u"0123456789h";

// Where the label of a byline would stand in `key`: at the start or behind a date or an address.
std::size_t label_start(std::u16string_view key) {
  const auto is_time = [](char16_t unit) { return kTimeUnits.find(unit) != kTimeUnits.npos; };
  constexpr std::u16string_view kAddressStart = u"http";
  if (!key.starts_with(kAddressStart) && (key.empty() || !is_digit(key[0]))) return 0;
  std::size_t at = 0;
  while (at < key.size() && (!is_ideographic(key[at]) || is_time(key[at]))) ++at;
  return at;
}

}  // namespace

// Rules that do not fire are not entered, so the labels of a class switched off open nothing.
BylineMatcher::BylineMatcher(const RuleTables& rules) : rules_(rules) {
  for (const char16_t unit : kLeads) starts_.add(unit);
  marked_.reserve(rules.bylines.size());
  labels_.reserve(rules.bylines.size());
  for (std::size_t i = 0; i < rules.bylines.size(); ++i) {
    const tables::Byline& rule = rules.bylines[i];
    const std::u16string_view label = rules.word(rule.label);
    if (!rule.fires) continue;
    if (rule.form == BylinePattern::Form::marked) {
      marked_.push_back({i, rule.open ? label.front() : label.back(), rule.open});
    } else {
      unmarked_.push_back({i, label.front(), true});
    }
    if (label.size() == 1) {
      short_labels_ += label;
      starts_.add(label[0]);
    } else {
      labels_.push_back({pair_of(label), label});
      const std::size_t bit = hash(labels_.back().pair);
      openings_[bit / 64] |= std::uint64_t{1} << (bit % 64);
    }
  }
  std::ranges::stable_sort(labels_, {}, &Opening::pair);
}

// Whether a label stands at the start of `key`, which has two units or more and belongs to `line`.
bool BylineMatcher::opens(std::u16string_view key, std::string_view line) const {
  if (short_labels_.find(key[0]) != short_labels_.npos && has_bar(line)) return true;
  const std::uint32_t pair = pair_of(key);
  if (!may_open(pair)) return false;
  auto opening = std::ranges::lower_bound(labels_, pair, {}, &Opening::pair);
  while (opening != labels_.end() && opening->pair == pair && !key.starts_with(opening->label)) {
    ++opening;
  }
  return opening != labels_.end() && opening->pair == pair;
}

// The value in a field that ends with the label of the next value: `张三 校对`.
std::u16string_view BylineMatcher::before_label(std::u16string_view key) const {
  std::size_t longest = 0;
  const auto consider = [&](tables::Place place) {
    const std::u16string_view label = rules_.word(place);
    if (key.ends_with(label)) longest = std::max(longest, label.size());
  };
  for (const tables::Byline& rule : rules_.bylines) {
    if (rule.form == BylinePattern::Form::marked && !rule.open) consider(rule.label);
  }
  std::ranges::for_each(rules_.tails, consider);
  return longest == 0 ? std::u16string_view{} : key.substr(0, key.size() - longest);
}

// The key is asked first, the text next, and only then is the line cut into fields.
std::optional<Byline> BylineMatcher::find(std::string_view line, std::u16string_view key) const {
  if (line.size() > kMaxBytes) return std::nullopt;
  const std::size_t start = label_start(key);
  if (start + 1 >= key.size()) return std::nullopt;
  if (!opens(key.substr(start), line) || shape_of(line) != LineShape::plain) return std::nullopt;
  if (start > 0 && is_numbered(line)) return std::nullopt;  // 2. 来源：按地区筛选
  for (const Candidate& each : unmarked_) {
    if (each.unit != key.front()) continue;
    if (is_unmarked(line, key, rules_.bylines[each.rule])) return Byline{.rule = each.rule};
  }
  return marked(line);
}

// Whether `line` is a byline by `rule`, which is one without a mark.
bool BylineMatcher::is_unmarked(std::string_view line, std::u16string_view key,
                                const tables::Byline& rule) const {
  const std::u16string_view label = rules_.word(rule.label);
  if (!key.starts_with(label)) return false;
  if (has_sentence_mark(line) || has_sentence_word(key)) return false;
  const std::u16string_view end = rules_.word(rule.value_end);
  return rule.form == BylinePattern::Form::whole ? lies_between(key, label, end)
                                                 : is_credit(line, key, label, end);
}

// The byline `line` with marks in it. A line of several labels shows by them what it is; where
// there is one, its value has to.
std::optional<Byline> BylineMatcher::marked(std::string_view line) const {
  using Value = BylinePattern::Value;
  const std::vector<Field> fields = split(line);
  if (fields.size() > kMaxFields) return std::nullopt;
  std::size_t first = 0;
  while (first + 1 < fields.size() && !fields[first].before_colon && is_lead(fields[first].key)) {
    ++first;
  }
  if (first + 1 >= fields.size()) return std::nullopt;
  const std::optional<std::size_t> rule =
      opening_rule(fields[first], fields[first + 1], rules_, marked_);
  if (!rule) return std::nullopt;
  const tables::Byline& pattern = rules_.bylines[*rule];
  const bool headline = pattern.value == Value::headline;
  if (headline && shows_markdown_link(line)) return std::nullopt;  // an author's own pointer
  for (std::size_t i = first + 1; i < fields.size(); ++i) {
    const Field& field = fields[i];
    const bool labels = i + 1 < fields.size() && field.before_colon;
    const std::u16string_view value = labels ? before_label(field.key) : field.key;
    if (!is_value(field, value, pattern.value)) return std::nullopt;
  }
  Byline byline{.rule = *rule};
  const bool lone = fields.size() == first + 2;
  if (lone && !shows_markdown_link(line)) byline.fit = fit_of(fields.back().text, pattern.value);
  if (byline.fit == Fit::none) return std::nullopt;
  const bool pointer = headline || pattern.value == Value::words;
  const bool led =
      first > 0 || fields[first].key != rules_.word(pattern.label);  // by a date, as no field is
  byline.is_field = fields[first].before_colon && !pointer && !led && !inside_brackets(line);
  return byline;
}

}  // namespace dedup::boilerplate
