// SPDX-License-Identifier: Apache-2.0
// A text of rules, line by line, into the lists of a RuleSet:
//
//   a line      strong 晨星商城 … 包邮 | 夏季全场 … 折起   # two rules
//   split       [strong] [晨星商城] […] [包邮] [|] [夏季全场] […] [折起]
//   read_line   the bars part cues: strong 晨星商城 … 包邮, strong 夏季全场 … 折起
//   read_rule   the keyword leads to the list: phrases, bylines, tails, bar_words, signs, keeps
//
// Gaps, bars, © and <…> are words of their own, also where no blank parts them from others: folding
// would drop them out of `甲…乙` and leave the literal 甲乙, which nobody meant.
//
// What a matcher relies on is seen to here, once: each pattern has an anchor that is long enough,
// and no gap leads nowhere. Faults are thrown without a place; parse_rules() puts source and line
// in front.
#include "boilerplate/grammar.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

#include "boilerplate/first_units.h"
#include "dedup/error.h"
#include "text/fold.h"
#include "text/signs.h"
#include "walls/json.h"
#include "walls/utf8.h"

namespace dedup::boilerplate {
namespace {

constexpr bool is_between_words(char c) noexcept { return c == ' ' || c == '\t' || c == '\r'; }

/// Where `is` first holds from `at` on; the end if nowhere.
template <class Is>
std::size_t first_place(std::string_view text, std::size_t at, Is is) {
  return static_cast<std::size_t>(
      std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is) - text.begin());
}

constexpr std::string_view kGap = "\u2026";            // …
constexpr std::string_view kCopyrightSign = "\u00A9";  // ©

// The matcher looks for the longest literal of a cue, and does so at every second position of a
// key, where three units are the least it can be sure to find. Keep cues are looked for everywhere.
constexpr std::size_t kShortestCue = 3;
constexpr std::size_t kShortestLabel = 2;  // 图 and 文 alone need a bar behind them: see byline.cc

/// What is a word of its own wherever it stands. A slash is none: it may be part of a cue, as in
/// 24/7.
constexpr std::array<std::string_view, 8> kSigns = {
    kGap, "|", kCopyrightSign, "<start>", "<end>", "<digits>", "<address>", "<headline>"};

/// The bytes that one of them begins with: hardly one of a file is, and all of it is asked.
constexpr text::ByteSet kFirstOfSigns = first_bytes(kSigns);
constexpr bool may_be_sign(char c) noexcept { return kFirstOfSigns.has(c); }

/// Appends what stands between two blanks: the signs in it, and what is left between them.
void append_words(std::string_view text, std::vector<std::string_view>& words) {
  std::size_t start = 0;  // of what is not appended yet
  for (std::size_t at = 0; (at = first_place(text, at, may_be_sign)) < text.size();) {
    const auto sign = std::ranges::find_if(
        kSigns, [&](std::string_view each) { return text.substr(at).starts_with(each); });
    if (sign == kSigns.end()) {
      ++at;
      continue;
    }
    if (at > start) words.push_back(text.substr(start, at - start));
    words.push_back(text.substr(at, sign->size()));
    start = at += sign->size();
  }
  if (start < text.size()) words.push_back(text.substr(start));
}

/// The words of a line up to a remark; none of a blank line. A # within a word is part of it. A \r
/// counts as a blank, so that rules written on Windows need nothing more.
std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> words;
  const auto is_in_word = [](char c) { return !is_between_words(c); };
  for (std::size_t at = 0; (at = first_place(line, at, is_in_word)) < line.size();) {
    const std::size_t end = first_place(line, at, is_between_words);
    const std::string_view word = line.substr(at, end - at);
    if (word.front() == '#') break;
    append_words(word, words);
    at = end;
  }
  return words;
}

using Words = std::span<const std::string_view>;  // of a line, or of one cue in it

/// The key of a word, never empty: an empty literal is how a Part says <digits>, so that `！！` would
/// match any number instead of nothing.
std::u16string fold_word(std::string_view word) {
  std::u16string key;
  if (text::fold(word, key).signs) key = text::letters_of(key);
  if (key.empty()) throw FormatError("\"" + std::string(word) + "\" has no letter or ideograph");
  return key;
}

/// Reads one pattern word by word. A gap is remembered until the part behind it is known.
class PatternReader {
 public:
  /// <start> and the end of the pattern are places in the key, not parts of it; © is a condition on
  /// the line (the key has no signs), wherever in the cue it stands.
  void read(std::string_view word) {
    if (pattern_.to_end) throw FormatError("nothing can follow <end>");
    if (word == "<start>") {
      if (gap_ || !pattern_.parts.empty()) throw FormatError("<start> must come first");
      pattern_.lead = Pattern::Lead::at_start;
    } else if (word == "<end>") {
      pattern_.to_end = true;
      pattern_.gap_before_end = std::exchange(gap_, false);
    } else if (word == kGap) {
      gap_ = true;
    } else if (word == kCopyrightSign) {
      pattern_.sign = true;
    } else {
      read_part(word);
    }
  }

  /// The pattern, with its anchor chosen: the first of the longest literals. `<digits>` alone is
  /// refused: it has none.
  Pattern finish(std::size_t shortest) {
    if (gap_) throw FormatError("a gap needs something behind it");
    const auto& parts = pattern_.parts;
    const auto anchor =
        std::ranges::max_element(parts, {}, [](const Part& part) { return part.literal.size(); });
    // The first position of a key is always looked at.
    const bool opens = pattern_.lead == Pattern::Lead::at_start && anchor == parts.begin();
    if (anchor == parts.end() || anchor->literal.size() < (opens ? kShortestLabel : shortest)) {
      throw FormatError("a cue needs " + std::to_string(shortest) + " characters without a gap");
    }
    pattern_.anchor = static_cast<std::size_t>(anchor - parts.begin());
    return std::move(pattern_);
  }

 private:
  /// A gap before the first part is only sound behind <start>, where it means near the start; else
  /// it says nothing, as a cue may stand anywhere.
  void read_part(std::string_view word) {
    const bool first = pattern_.parts.empty();
    Part part;
    part.after_gap = std::exchange(gap_, false);
    if (word != "<digits>") part.literal = fold_word(word);
    if (first && part.after_gap) {
      if (pattern_.lead == Pattern::Lead::anywhere) throw FormatError("a gap cannot come first");
      pattern_.lead = Pattern::Lead::near_start;
      part.after_gap = false;
    }
    // Words without a gap between them are one literal: "all rights reserved".
    const bool joins = !first && !part.after_gap && !part.literal.empty() &&
                       !pattern_.parts.back().literal.empty();
    if (joins) {
      pattern_.parts.back().literal += part.literal;
    } else {
      pattern_.parts.push_back(std::move(part));
    }
  }

  Pattern pattern_;
  bool gap_ = false;
};

/// `<start> 晨星卫视 <digits> 频道` -> at_start, parts 晨星卫视, a number, 频道; anchor 晨星卫视.
Pattern read_pattern(Words cue, std::size_t shortest) {
  PatternReader reader;
  for (const std::string_view word : cue) reader.read(word);
  return reader.finish(shortest);
}

/// The words up to a gap or a slash as one label; `at` moves behind them.
std::u16string read_label(Words cue, std::size_t& at) {
  std::u16string label;
  while (at < cue.size() && cue[at] != kGap && cue[at] != "/") label += fold_word(cue[at++]);
  if (label.empty()) throw FormatError("a label is missing");
  return label;
}

/// What `/ <person>` and the like ask of a value; nothing for other words.
std::optional<BylinePattern::Value> kind_of_value(std::string_view word) {
  using Value = BylinePattern::Value;
  static constexpr std::array<std::pair<std::string_view, Value>, 7> kKinds{{
      {kGap, Value::words},
      {"<headline>", Value::headline},
      {"<address>", Value::address},
      {"<person>", Value::person},
      {"<medium>", Value::medium},
      {"<moment>", Value::moment},
      {"<number>", Value::number},
  }};
  const auto kind = std::ranges::find(kKinds, word, [](const auto& known) { return known.first; });
  return kind == kKinds.end() ? std::nullopt : std::optional(kind->second);
}

/// A label and what may follow it; the forms are in grammar.h. A label that goes on must say what
/// its value is like, and be it / … for any words: `记者 …` by itself is refused.
BylinePattern read_byline(Words cue) {
  BylinePattern pattern;
  std::size_t at = 0;
  pattern.label = read_label(cue, at);
  if (at < cue.size() && cue[at] == kGap) {
    pattern.open = true;
    ++at;
  }
  const Words value(cue.begin() + static_cast<std::ptrdiff_t>(at), cue.end());
  const bool slash = !value.empty() && value[0] == "/";
  const auto kind = slash && value.size() == 2 ? kind_of_value(value[1]) : std::nullopt;
  if (kind) {
    pattern.value = *kind;
  } else if (slash && value.size() == 3 && value[1] == kGap) {
    pattern.value_end = fold_word(value[2]);
  } else if (!slash && pattern.open && value.size() == 1) {
    pattern.form = BylinePattern::Form::whole;
    pattern.value_end = fold_word(value[0]);
  } else if (!value.empty() || pattern.open) {
    throw FormatError(
        "what follows a label is / … or / … 报道 or one of / <headline> <address> <person> "
        "<medium> <moment> <number>");
  }
  return pattern;
}

/// `记者` or `记者 … 报道`. A label of one character opens only lines with a bar (byline.cc), which
/// credits do without.
BylinePattern read_credit(Words cue) {
  BylinePattern pattern;
  pattern.form = BylinePattern::Form::credit;
  std::size_t at = 0;
  pattern.label = read_label(cue, at);
  if (pattern.label.size() < kShortestLabel) throw FormatError("a credit needs a longer label");
  if (at + 2 == cue.size() && cue[at] == kGap) {
    pattern.value_end = fold_word(cue[at + 1]);
  } else if (at != cue.size()) {
    throw FormatError("a credit is written 记者 or 记者 … 报道");
  }
  return pattern;
}

/// Written apart or not, it is one word: keys have no blanks.
std::u16string read_word(Words cue) {
  std::u16string word;
  for (const std::string_view part : cue) word += fold_word(part);
  return word;
}

/// `class: cue`, the cue as its author wrote it and not as folded: people read it. switch_off()
/// takes the class back from it.
std::string reason_of(std::string_view name, std::span<const std::string_view> cue) {
  std::string reason(name);
  reason += ':';
  for (const std::string_view word : cue) reason.append(" ").append(word);
  return reason;
}

/// Of 作者 / <person> the label tells enough.
std::string reason_of_byline(std::string_view name, Words cue, const BylinePattern& rule) {
  const bool typed = rule.value >= BylinePattern::Value::person;
  return reason_of(name, std::span(cue).first(cue.size() - (typed ? 2 : 0)));
}

/// One cue of a line. keep comes before the question for a class, as it is never a reason. Cues of
/// keep may be short, since they are looked for at every position. A sign is not folded: nothing
/// would be left of ©.
void read_rule(std::string_view keyword, Words cue, std::string_view name, RuleSet& rules) {
  using Kind = PhraseRule::Kind;
  const auto phrase = [&](Kind kind) {
    rules.phrases.push_back({kind, reason_of(name, cue), read_pattern(cue, kShortestCue)});
  };
  if (cue.empty()) {
    throw FormatError("a cue is missing");
  } else if (keyword == "keep") {
    rules.keeps.push_back(read_pattern(cue, kShortestLabel));
  } else if (name.empty()) {
    throw FormatError("a rule needs a class before it");
  } else if (keyword == "strong") {
    phrase(Kind::strong);
  } else if (keyword == "weak") {
    phrase(Kind::weak);
  } else if (keyword == "line") {
    phrase(Kind::line);
  } else if (keyword == "head") {
    phrase(Kind::head);
  } else if (keyword == "amid") {
    phrase(Kind::amid);
  } else if (keyword == "ornament") {
    rules.ornaments.push_back({reason_of(name, cue), read_word(cue)});
  } else if (keyword == "dated") {
    rules.dated.push_back({reason_of(name, cue), read_word(cue)});
  } else if (keyword == "byline") {
    BylinePattern byline = read_byline(cue);
    rules.bylines.push_back({reason_of_byline(name, cue, byline), std::move(byline)});
  } else if (keyword == "credit") {
    rules.bylines.push_back({reason_of(name, cue), read_credit(cue)});
  } else if (keyword == "tail") {
    rules.tails.push_back(read_word(cue));
  } else if (keyword == "button" || keyword == "beside") {
    rules.bar_words.push_back({reason_of(name, cue), read_word(cue), keyword == "button"});
  } else if (keyword == "sign") {
    rules.signs.push_back({reason_of(name, cue), std::string(cue.front())});
  } else {
    throw FormatError("unknown word \"" + std::string(keyword) + "\"");
  }
}

void add_class(RuleSet& rules, const std::string& name) {
  if (std::ranges::find(rules.classes, name) == rules.classes.end()) rules.classes.push_back(name);
}

/// One line: a class, or a keyword and cues with bars between them. `name` is the class of the
/// lines that follow.
void read_line(Words words, std::string& name, RuleSet& rules) {
  if (words.front() == "class") {
    if (words.size() != 2) throw FormatError("a class is one word");
    name = words[1];
    add_class(rules, name);
    return;
  }
  for (auto at = words.begin() + 1;;) {
    const auto bar = std::find(at, words.end(), "|");
    read_rule(words.front(), Words(at, bar), name, rules);
    if (bar == words.end()) return;
    at = bar + 1;
  }
}

}  // namespace

/// Remarks must be UTF-8, too: a file in GBK is refused at its first line of Chinese, not at
/// its first rule. What was read before a fault stays in `rules`; callers drop it.
void parse_rules(std::string_view text, std::string_view source, RuleSet& rules) {
  if (text.starts_with(utf8::kByteOrderMark)) text.remove_prefix(utf8::kByteOrderMark.size());
  std::string name;
  for (std::uint32_t line = 1; !text.empty(); ++line) {
    const std::string_view content = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(content.size() + 1, text.size()));
    try {
      if (!json::is_valid_utf8(content)) throw FormatError("not UTF-8");
      const std::vector<std::string_view> words = split(content);
      const std::size_t phrases = rules.phrases.size();
      const std::size_t bylines = rules.bylines.size();
      if (!words.empty()) read_line(words, name, rules);
      for (auto& rule : std::span(rules.phrases).subspan(phrases)) rule.line = line;
      for (auto& rule : std::span(rules.bylines).subspan(bylines)) rule.line = line;
    } catch (const FormatError& fault) {
      throw FormatError(std::string(source) + ", line " + std::to_string(line) + ": " +
                        fault.what());
    }
  }
}

/// Behind those that are there: of the bylines and signs that fit a line the first is told.
void append(RuleSet& rules, RuleSet more) {
  const auto move_all = [](auto& to, auto& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  move_all(rules.phrases, more.phrases);
  move_all(rules.bylines, more.bylines);
  move_all(rules.tails, more.tails);
  move_all(rules.bar_words, more.bar_words);
  move_all(rules.signs, more.signs);
  move_all(rules.ornaments, more.ornaments);
  move_all(rules.dated, more.dated);
  move_all(rules.keeps, more.keeps);
  move_all(rules.guards, more.guards);
  for (const std::string& name : more.classes) add_class(rules, name);
}

/// Bylines stay and only fire no more, since their labels still end the value of another:
/// 原标题：海边的小城 作者：林小川 without the class byline. Tails and keeps have no class.
void switch_off(RuleSet& rules, std::string_view name) {
  // A class is one word and may hold a colon, so that it ends at the first with a blank behind it.
  const auto belongs = [start = std::string(name) + ": "](const auto& rule) {
    return rule.reason.starts_with(start);
  };
  std::erase_if(rules.phrases, belongs);
  std::erase_if(rules.bar_words, belongs);
  std::erase_if(rules.signs, belongs);
  std::erase_if(rules.ornaments, belongs);
  std::erase_if(rules.dated, belongs);
  for (BylineRule& rule : rules.bylines) rule.fires = rule.fires && !belongs(rule);
}

}  // namespace dedup::boilerplate
