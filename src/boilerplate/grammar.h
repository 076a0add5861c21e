// SPDX-License-Identifier: Apache-2.0
// The grammar of boilerplate rules: a text of lines to patterns on matching keys.
//
//   class disclaimer                  the class of the rules that follow, for reports
//   strong 不代表本网 … 观点            … is a gap of at most kMaxGap ideographs, <digits> a run of
//   weak   市场有风险                   digits, <start> and <end> are the ends of the block
//   line   返回顶部                    what strong, weak and line mean is said in rules.h;
//   head   推荐阅读                    a line that goes with what it announces: see neighbours.h
//   amid   <start> 知道了 <end>         a line that goes where those before and behind it go
//   ornament end                      a line of the word with ornaments on both sides: - END -
//   dated  原创                         a line of names and a date that begins with the word, or
//                                     whose last word does: 原创 林某 2023-05-06 08:00 发表于北京
//   keep   原告                        keep takes a block out of reach of the three; in rules of a
//                                     user's own out of reach of every rule, also of page mode
//                                     and of a learned model
//   byline 责任编辑                    a label before a mark: see byline.h
//   byline 记者 … / … 报道             a label that goes on, a value that ends in 报道
//   byline 下一篇 / …                  a value of any words
//   byline 延伸阅读 / <headline>        a value with the marks of headlines, too
//   byline via / <address>             a value that starts with http:// or https://
//   byline 作者 / <person>              a value that looks like its own: <person>, <medium>,
//                                     <moment>, <number>: see value_shape.h
//   byline 更多 … 报导                 a line that starts and ends so
//   tail   分享到                      a label that follows another byline's value, never the first
//   credit 记者                        （记者 陈大文）: a label, a blank and names; without brackets
//   credit 记者 … 报道                  only behind 本报记者 and other long labels that end so
//   button 收藏                        a word of a bar: 点赞 12 | 收藏 | 分享到 微信
//   beside 微信                        a word that makes a bar only beside a button
//   sign   ©                           a line that starts with the sign and a year
//   strong 如需转载 | 如若转载          several cues, each a rule of its own
//   # a remark
//
// What is written …, |, © or <…> here is a word of its own, with blanks about it or without.
//
// Cues are folded as texts are, so each is written once for both scripts, any case and any width.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dedup::boilerplate {

inline constexpr std::size_t kMaxGap = 20;       ///< ideographs in a gap
inline constexpr std::size_t kMaxGapUnits = 80;  ///< its length, letters and digits included

/// A literal, or a run of digits where the literal is empty.
struct Part {
  std::u16string literal;
  bool after_gap = false;
};

/// What to find in a key. Parts follow each other, with a gap where one is written. The search
/// starts at the anchor and takes the shortest gaps on both sides of it.
struct Pattern {
  enum class Lead : std::uint8_t {
    anywhere,
    at_start,    ///< `<start> 甲`
    near_start,  ///< `<start> … 甲`
  };
  Lead lead = Lead::anywhere;
  std::vector<Part> parts;
  std::size_t anchor = 0;       ///< the part to look for: the longest literal
  bool to_end = false;          ///< `甲 <end>`
  bool gap_before_end = false;  ///< `甲 … <end>`
  bool sign = false;            ///< the line must show a copyright sign
};

/// The label of a byline and, if only some values will do, what they are like.
struct BylinePattern {
  enum class Form : std::uint8_t {
    marked,  ///< a mark behind the label
    whole,   ///< `更多 … 报导`
    credit,  ///< `credit 记者`
  };
  enum class Value : std::uint8_t {
    name,
    words,     ///< `/ …`
    headline,  ///< `/ <headline>`
    address,   ///< `/ <address>`
    person,    ///< `/ <person>`, and so on: see value_shape.h
    medium,
    moment,
    number,
  };
  Form form = Form::marked;
  Value value = Value::name;
  bool open = false;  ///< the label goes on: `记者 …`
  std::u16string label;
  std::u16string value_end;
};

struct PhraseRule {
  enum class Kind : std::uint8_t { strong, weak, line, head, amid };
  Kind kind = Kind::strong;
  std::string reason;  ///< "class: cue", as reported
  Pattern pattern;
  std::uint32_t line = 0;  ///< of the text of rules, from 1
};

struct BylineRule {
  std::string reason;
  BylinePattern pattern;
  bool fires = true;  ///< else it is no reason by itself, but its label ends the value before it
  std::uint32_t line = 0;
};

struct BarWord {
  std::string reason;
  std::u16string word;
  bool button = false;
};

struct SignRule {
  std::string reason;
  std::string sign;
};

/// `ornament end` and `dated 原创`
struct WordRule {
  std::string reason;
  std::u16string word;
};

struct RuleSet {
  std::vector<PhraseRule> phrases;
  std::vector<BylineRule> bylines;
  std::vector<std::u16string> tails;
  std::vector<BarWord> bar_words;
  std::vector<SignRule> signs;
  std::vector<WordRule> ornaments;
  std::vector<WordRule> dated;
  std::vector<Pattern> keeps;        ///< against phrases
  std::vector<Pattern> guards;       ///< against every rule
  std::vector<std::string> classes;  ///< each once, in the order of the text
};

/// Appends the rules in `text`, which may start with a byte order mark. Throws FormatError, which
/// names `source` and the line, also where that is not UTF-8.
void parse_rules(std::string_view text, std::string_view source, RuleSet& rules);

/// Appends the rules of `more`.
void append(RuleSet& rules, RuleSet more);

/// Lets no rule of a class fire.
void switch_off(RuleSet& rules, std::string_view name);

}  // namespace dedup::boilerplate
