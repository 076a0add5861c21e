// SPDX-License-Identifier: Apache-2.0
// The order of the questions, the cheap ones first, so that running text is left after a few:
//
//   too heavy, too long, code, a row          → no
//   guards of the user                        → no
//   cues cover enough     (key)               → confirmed(): no keep cue, and without quotations?
//   byline, sign, bar     (line, short ones)  → yes
//
// Of the key the rules get the letters only (text::letters_of): a cue is no other for a sign in
// it, and what is written 400-800-1234 is one run of digits to them.
//
// Cues are looked for at every second position of the key, guards and keep cues at every one: these
// may be as short as two units (phrase_matcher.h).
#include "boilerplate/rules.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "boilerplate/bar.h"
#include "boilerplate/builtin_rules.h"
#include "boilerplate/byline.h"
#include "boilerplate/first_units.h"
#include "boilerplate/grammar.h"
#include "boilerplate/key_units.h"
#include "boilerplate/laid_out.h"
#include "boilerplate/line_shape.h"
#include "boilerplate/phrase_matcher.h"
#include "boilerplate/rule_tables.h"
#include "dedup/error.h"
#include "structure/label.h"
#include "text/ascii.h"
#include "text/fold.h"
#include "text/numbering.h"
#include "text/signs.h"

namespace dedup::boilerplate {
namespace {

constexpr std::size_t kLongest = 2000;  // units: runs of code weigh little and may be long
constexpr std::uint32_t kShort = 60;
constexpr std::uint32_t kVeryShort = 40;  // bylines, bars and rows of links are no longer
constexpr std::size_t kFewMatches = 64;   // hardly a line has more

using Kind = PhraseRule::Kind;

// Weights in 1/256, so that parts of a run of letters can be told.
constexpr std::uint64_t kOne = 256;

// The weight of a key, and of a union of spans that arrive in order of their starts. A run of
// letters and digits weighs 1 in all, each of its units the same share.
//
//   key     转 载 g 6 0 请        matches   [转载) [载g6)
//   sums_   0  1  2  2⅓ 2⅔ 3  4   covered   2 + ⅔: what two share counts once
class Cover {
 public:
  explicit Cover(std::u16string_view key) : sums_(1) {
    sums_.reserve(key.size() + 1);
    for (std::size_t at = 0; at < key.size();) {
      std::size_t end = at;
      while (end < key.size() && !is_ideographic(key[end])) ++end;
      const std::uint64_t before = sums_.back();
      for (std::size_t i = at; i < end; ++i) {
        sums_.push_back(before + kOne * (i + 1 - at) / (end - at));
      }
      if (end < key.size()) {
        const bool low_surrogate = key[end] >= 0xDC00 && key[end] <= 0xDFFF;
        sums_.push_back(sums_.back() + (low_surrogate ? 0 : kOne));
        ++end;
      }
      at = end;
    }
  }

  void add(const Match& match) {
    const std::size_t start = std::max<std::size_t>(match.start, end_);
    if (match.end <= start) return;
    covered_ += sums_[match.end] - sums_[start];
    end_ = match.end;
  }

  [[nodiscard]] bool at_least(unsigned percent) const {
    return covered_ * 100 >= sums_.back() * percent;
  }

  /// What a key weighs.
  static std::size_t weight_of(std::u16string_view key) {
    return static_cast<std::size_t>(Cover(key).sums_.back() / kOne);
  }

  [[nodiscard]] double share() const {
    return static_cast<double>(covered_) / static_cast<double>(sums_.back());
  }

 private:
  std::vector<std::uint64_t> sums_;  // weight of the units before each
  std::uint64_t covered_ = 0;
  std::size_t end_ = 0;
};

// All that a matcher finds in a key. Few need no memory of their own; where there are more than fit
// the search is made again with room for all, which hardly ever happens.
class Matches {
 public:
  Matches(const PhraseMatcher& matcher, std::u16string_view key) {
    const std::size_t count = matcher.find(key, PhraseMatcher::Step::second, few_);
    if (count > 0) gather(matcher, key, count);
  }
  Matches(const Matches&) = delete;  // all_ points into it
  Matches& operator=(const Matches&) = delete;

  /// In order of their starts.
  [[nodiscard]] std::span<const Match> all() const noexcept { return all_; }

 private:
  void gather(const PhraseMatcher& matcher, std::u16string_view key, std::size_t count) {
    if (count > few_.size()) {
      many_.resize(count);
      matcher.find(key, PhraseMatcher::Step::second, many_);
    }
    all_ = count > few_.size() ? std::span(many_) : std::span(few_).first(count);
    if (count > 1) std::ranges::sort(all_, {}, &Match::start);
  }

  std::array<Match, kFewMatches> few_;
  std::vector<Match> many_;
  std::span<Match> all_;
};

// Of a text, not empty, as a unit.
char16_t first_byte(std::string_view text) { return static_cast<unsigned char>(text[0]); }

// Options of a question: A. 本文仅代表作者观点. Most items begin with a bullet or a digit, and few with
// a letter or a bracket, of which \xEF is the first byte of the wide one.
bool is_option(std::string_view line, structure::Kind kind) {
  if (kind != structure::Kind::item) return false;
  line = without_indent(line);
  const char first = line.empty() ? '\0' : line[0];
  return (text::is_letter(first) || first == '(' || first == '\xEF') &&
         text::number_of(line).style == text::Numbering::letter;
}

// Code, tables and images belong to whoever wrote the article: ![图源：实验室](a.png).
bool is_out_of_reach(std::string_view line, structure::Kind kind) {
  return kind == structure::Kind::code || kind == structure::Kind::row || is_option(line, kind) ||
         (kind == structure::Kind::media && line.find("![") != std::string_view::npos &&
          !line.starts_with('['));
}

// The classes whose words are those of a page's controls: a manual says them, too.
Bearing bearing_of(PhraseRule::Kind kind, std::string_view reason) {
  static constexpr std::array<std::string_view, 6> kControls{
      "follow:", "login:", "share:", "page:", "account:", "advertisement:"};
  if (kind == PhraseRule::Kind::head) return Bearing::head;
  if (kind == PhraseRule::Kind::amid) return Bearing::amid;
  const auto starts = [reason](std::string_view name) { return reason.starts_with(name); };
  return std::ranges::any_of(kControls, starts) ? Bearing::step : Bearing::firm;
}

// The classes whose lines name something, as headings do, and bid nothing: 猜你喜欢, 注册登录.
bool may_head(std::string_view reason) {
  static constexpr std::array<std::string_view, 4> kNames{
      "related:", "login:", "copyright:", "infringement:"};
  return std::ranges::any_of(kNames,
                             [reason](std::string_view name) { return reason.starts_with(name); });
}

// Cheap, and false for nearly every line: is_dated() cuts the line into words. A year is four units
// of a key and weighs 1 at the most.
bool may_be_dated(std::string_view line, std::u16string_view key, std::uint32_t weight) {
  constexpr std::size_t kLongestDated = 60;
  return key.size() >= weight + 3 && key.size() <= kLongestDated &&
         line.find("20") != std::string_view::npos;
}

// The least that a text weighs in which the pattern is found.
std::size_t least_weight(const Pattern& pattern) {
  std::size_t weight = 0;
  for (const Part& part : pattern.parts) {
    weight += part.literal.empty() ? 1 : Cover::weight_of(part.literal);
  }
  return weight;
}

// Why a cue can never be a reason; nothing if it can. A cue as long as the heaviest line that it
// may take is all of it; a cue that holds a keep cue puts every text with it out of reach.
std::optional<std::string> why_never(const PhraseRule& rule, const std::vector<Pattern>& keeps) {
  const std::size_t most = rule.kind == Kind::strong ? BoilerplateRules::kHeaviest : kVeryShort;
  if (least_weight(rule.pattern) > most) {
    return "is heavier than any line that it may take, " + std::to_string(most);
  }
  for (const Pattern& keep : keeps) {
    if (keep.parts.size() != 1 || keep.lead != Pattern::Lead::anywhere || keep.to_end) continue;
    const auto holds = [&keep](const Part& part) {
      return part.literal.find(keep.parts[0].literal) != std::u16string::npos;
    };
    if (std::ranges::any_of(rule.pattern.parts, holds)) {
      return "holds words that keep every text with them (see keep in the built-in rules)";
    }
  }
  return std::nullopt;
}

// A user's rule that cannot fire is a mistake, told with its line like any other.
void check_can_fire(const RuleSet& own, std::string_view file, const std::vector<Pattern>& keeps) {
  const auto refuse = [file](std::uint32_t line, const std::string& reason,
                             const std::string& why) {
    throw FormatError(std::string(file) + ", line " + std::to_string(line) + ": \"" + reason +
                      "\" can never fire: it " + why);
  };
  for (const PhraseRule& rule : own.phrases) {
    if (const auto why = why_never(rule, keeps)) refuse(rule.line, rule.reason, *why);
  }
  for (const BylineRule& rule : own.bylines) {
    if (Cover::weight_of(rule.pattern.label) < kVeryShort) continue;
    refuse(rule.line, rule.reason, "has a label as long as the longest byline");
  }
}

// The user's rules come behind the built-in ones and are no less; classes are switched off last, so
// that a name of the user's may be switched off, too.
RuleSet all_rules(std::span<const RuleFile> extra, std::span<const std::string> without) {
  RuleSet rules;
  parse_rules(builtin_rules(), "built-in boilerplate rules", rules);
  RuleSet own;
  for (const RuleFile& file : extra) {
    RuleSet one;
    parse_rules(file.text, file.name, one);
    check_can_fire(one, file.name, rules.keeps);
    append(own, std::move(one));
  }
  own.guards = std::exchange(own.keeps, {});  // what a user wants kept is out of reach of all rules
  append(rules, std::move(own));
  for (const std::string& name : without) switch_off(rules, name);
  return rules;
}

// Nothing where the built-in rules are all there is: these are laid out by the build.
std::optional<LaidOut> laid_out(std::span<const RuleFile> extra,
                                std::span<const std::string> without) {
  const auto is_empty = [](const RuleFile& file) { return file.text.empty(); };
  if (without.empty() && std::ranges::all_of(extra, is_empty)) return std::nullopt;
  return LaidOut(all_rules(extra, without));
}

std::vector<std::string> class_names(const RuleTables& rules) {
  std::vector<std::string> names;
  for (const tables::Place place : rules.classes) names.emplace_back(rules.text(place));
  return names;
}

}  // namespace

// The rules, and the matchers that refer to them: so own and rules come first, and never move.
// Immutable once made, so any thread may ask.
struct BoilerplateRules::Matcher {
  explicit Matcher(std::optional<LaidOut> laid_out)
      : own(std::move(laid_out)),
        rules(own ? own->tables() : builtin_tables()),
        classes(class_names(rules)),
        cues(rules.cues, rules),
        keeps(rules.keeps, rules),
        guards(rules.guards, rules),
        bylines(rules),
        bars(rules) {
    for (const tables::Byline& rule : rules.bylines) labels.add(rules.word(rule.label)[0]);
    for (const tables::Place tail : rules.tails) tails.add(rules.word(tail)[0]);
    for (const tables::NamedWord& rule : rules.ornaments) words.add(rules.word(rule.word)[0]);
    for (const tables::BarWord& bar : rules.bar_words) words.add(rules.word(bar.word)[0]);
    for (const tables::NamedWord& rule : rules.signs) signs.add(first_byte(rules.text(rule.word)));
  }

  [[nodiscard]] std::optional<Hit> by_phrases(std::span<const Match> matches, std::string_view line,
                                              std::u16string_view key, std::uint32_t weight,
                                              structure::Kind kind) const;
  [[nodiscard]] std::optional<Hit> score(std::span<const Match> matches, std::string_view line,
                                         std::u16string_view key, std::uint32_t weight,
                                         structure::Kind kind) const;
  [[nodiscard]] bool is_value(std::string_view line, structure::Kind kind) const;
  /// Asked of every very short line, and yes for few of them: whether it begins as anything does
  /// that by_shape() takes, or may have a date in it.
  [[nodiscard]] bool may_have_shape(std::string_view line, std::u16string_view key,
                                    std::uint32_t weight) const {
    return bylines.may_find(key) || may_be_words(key) || may_be_sign(line) ||
           may_be_dated(line, key, weight);
  }
  [[nodiscard]] bool may_be_words(std::u16string_view key) const {
    return !key.empty() && words.may_hold(key[0]);
  }
  [[nodiscard]] bool may_be_sign(std::string_view line) const {
    line = without_indent(line);
    return !line.empty() && signs.may_hold(first_byte(line));
  }
  [[nodiscard]] std::optional<Hit> by_shape(std::string_view line, std::u16string_view key,
                                            std::uint32_t weight) const;
  [[nodiscard]] bool confirmed(std::string_view line, std::u16string_view key) const;

  std::optional<LaidOut> own;  // else the rules are the built-in ones
  RuleTables rules;
  std::vector<std::string> classes;
  PhraseMatcher cues;
  PhraseMatcher keeps;
  PhraseMatcher guards;
  BylineMatcher bylines;
  BarMatcher bars;
  FirstUnits labels;  // what the labels of bylines begin with, and so on
  FirstUnits tails;
  FirstUnits words;  // ornaments and the words of bars
  FirstUnits signs;
};

std::optional<Hit> BoilerplateRules::Matcher::by_phrases(std::span<const Match> matches,
                                                         std::string_view line,
                                                         std::u16string_view key,
                                                         std::uint32_t weight,
                                                         structure::Kind kind) const {
  std::optional<Hit> hit = score(matches, line, key, weight, kind);
  if (!hit || !confirmed(line, key)) return std::nullopt;
  if (is_value(line, kind)) hit->bearing = Bearing::value;
  return hit;
}

// A field whose label no notice has.
bool BoilerplateRules::Matcher::is_value(std::string_view line, structure::Kind kind) const {
  static constexpr std::array<std::u16string_view, 14> kNotices{
      // as keys have them
      u"声明", u"注",       u"提示",     u"说明",     u"备注",   u"版权",   u"免责",
      u"提醒", u"温馨提示", u"温馨提醒", u"重要提示", u"编者注", u"编者按", u"特别提醒"};
  if (kind != structure::Kind::field) return false;
  const auto label = structure::label_of(structure::without_emphasis(line));
  if (!label) return false;
  std::u16string name;
  text::fold(label->name, name);
  return std::ranges::find(kNotices, name) == kNotices.end() &&
         cues.find(name, PhraseMatcher::Step::second, {}) == 0;
}

// The verdict by cues, in this order: clauses of a law are out; strong cues by their cover; then,
// for very short plain lines only, bars, weak cues, heads, and what goes amid others.
//
// Quotations and keep cues are not yet considered. Of each kind of cue it
// needs the first that matched, which names the reason, and whether another one matched, too: a
// phrase that is said twice is no second witness.
std::optional<Hit> BoilerplateRules::Matcher::score(std::span<const Match> matches,
                                                    std::string_view line, std::u16string_view key,
                                                    std::uint32_t weight,
                                                    structure::Kind kind) const {
  if (matches.empty()) return std::nullopt;
  const LineShape shape = shape_of(line);
  if (shape == LineShape::clause) return std::nullopt;
  Cover cover(key);
  std::optional<bool> sign;                      // looked for at most once
  std::array<const tables::Phrase*, 5> first{};  // by kind
  std::array<bool, 5> two_different{};
  for (const Match& match : matches) {
    const tables::Phrase& rule = rules.phrases[match.pattern];
    if (rule.sign && !sign) sign = shows_copyright_sign(line);
    if (rule.sign && !*sign) continue;
    cover.add(match);
    const auto sort = static_cast<std::size_t>(rule.kind);
    if (first[sort] == nullptr) first[sort] = &rule;
    two_different[sort] = two_different[sort] || first[sort] != &rule;
  }
  const auto [strong, weak, bar, head, amid] = first;
  const unsigned strong_needs = weight <= kShort ? 30 : two_different[0] ? 25 : 50;
  const auto hit = [&](const tables::Phrase& rule) {
    const std::string_view reason = rules.text(rule.reason);
    return Hit{reason, cover.share(), bearing_of(rule.kind, reason)};
  };
  if (strong != nullptr && cover.at_least(strong_needs)) return hit(*strong);
  if (weight > kVeryShort || shape != LineShape::plain) return std::nullopt;
  if (bar != nullptr && cover.at_least(60)) {
    Hit found = hit(*bar);
    if (kind == structure::Kind::heading && may_head(found.rule)) found.bearing = Bearing::title;
    return found;
  }
  if (two_different[1] && cover.at_least(90)) return hit(*weak);
  if (head != nullptr && cover.at_least(60)) return hit(*head);
  if (amid != nullptr && cover.at_least(60)) return hit(*amid);
  return std::nullopt;
}

// Whether a verdict by phrases stands: no keep cue, and the same without what the line quotes.
// Asked of few lines, so it may fold one anew.
bool BoilerplateRules::Matcher::confirmed(std::string_view line, std::u16string_view key) const {
  if (keeps.find(key, PhraseMatcher::Step::every, {}) > 0) return false;
  const std::optional<std::string> rest = without_quotations(line);
  if (!rest) return true;
  std::u16string rest_key;
  const std::uint32_t weight = text::fold(*rest, rest_key).weight;
  rest_key = text::letters_of(rest_key);
  const Matches matches(cues, rest_key);
  return score(matches.all(), *rest, rest_key, weight, structure::Kind::prose).has_value();
}

// A bar must also have the shape of a plain line, and quote nothing. None of the questions is asked
// of a line that was not refused by the one before, so the cheap ones are first but for bylines,
// which most of what is taken here is.
//
// The reason to take a line that is nothing but a byline, a bar or a sign with its year.
std::optional<Hit> BoilerplateRules::Matcher::by_shape(std::string_view line,
                                                       std::u16string_view key,
                                                       std::uint32_t weight) const {
  if (const auto byline = bylines.find(line, key)) {
    const Bearing bearing = byline->fit == Fit::loose ? Bearing::loose
                            : byline->is_field        ? Bearing::field
                                                      : Bearing::firm;
    return Hit{rules.text(rules.bylines[byline->rule].reason), 1.0, bearing};
  }
  if (may_be_sign(line)) {
    for (const tables::NamedWord& rule : rules.signs) {
      if (starts_with_year(line, rules.text(rule.word))) return Hit{rules.text(rule.reason), 1.0};
    }
  }
  const bool has_word = may_be_words(key);
  if (has_word) {
    for (const tables::NamedWord& rule : rules.ornaments) {
      if (key == rules.word(rule.word) && has_ornaments(line)) {
        return Hit{rules.text(rule.reason), 1.0};
      }
    }
  }
  if (may_be_dated(line, key, weight)) {
    for (const tables::NamedWord& rule : rules.dated) {
      const std::u16string_view word = rules.word(rule.word);
      if (key.find(word) != key.npos && is_dated(line, word)) {
        return Hit{rules.text(rule.reason), 1.0};
      }
    }
  }
  const auto button = has_word ? bars.find(key) : std::nullopt;
  const bool stands = button && shape_of(line) == LineShape::plain && !without_quotations(line);
  return stands ? std::optional(Hit{rules.text(rules.bar_words[*button].reason), 1.0})
                : std::nullopt;
}

BoilerplateRules::BoilerplateRules(std::string_view extra, std::span<const std::string> without)
    : BoilerplateRules(std::array{RuleFile{"boilerplate rules", std::string(extra)}}, without) {}

BoilerplateRules::BoilerplateRules(std::span<const RuleFile> extra,
                                   std::span<const std::string> without)
    : matcher_(std::make_unique<const Matcher>(laid_out(extra, without))),
      has_guards_(!matcher_->rules.guards.patterns.empty()) {}

BoilerplateRules::~BoilerplateRules() = default;

// Shape is asked of very short lines only: no byline and no bar is longer.
std::optional<Hit> BoilerplateRules::judge(std::string_view line, std::u16string_view key,
                                           std::uint32_t weight, structure::Kind kind) const {
  if (weight > kHeaviest || key.size() > kLongest || is_out_of_reach(line, kind)) {
    return std::nullopt;
  }
  if (guards(key)) return std::nullopt;
  if (const Matches matches(matcher_->cues, key); !matches.all().empty()) {
    if (auto hit = matcher_->by_phrases(matches.all(), line, key, weight, kind)) return hit;
  }
  const bool may_have = weight <= kVeryShort && matcher_->may_have_shape(line, key, weight);
  return may_have ? matcher_->by_shape(line, key, weight) : std::nullopt;
}

/// The key is asked first: hardly any label begins so, and then its name is folded.
bool BoilerplateRules::begins_with_tail(std::string_view line, std::u16string_view key) const {
  if (key.empty() || !matcher_->tails.may_hold(key[0])) return false;
  const RuleTables& rules = matcher_->rules;
  const auto word_of = [&rules](tables::Place tail) { return rules.word(tail); };
  const auto starts = [key](std::u16string_view tail) { return key.starts_with(tail); };
  if (std::ranges::none_of(rules.tails, starts, word_of)) return false;
  const auto label = structure::label_of(structure::without_emphasis(line));
  if (!label) return false;
  std::u16string name;
  text::fold(label->name, name);
  return std::ranges::find(rules.tails, name, word_of) != rules.tails.end();
}

bool BoilerplateRules::begins_with_label(std::u16string_view key) const {
  if (key.empty() || !matcher_->labels.may_hold(key[0])) return false;
  const RuleTables& rules = matcher_->rules;
  return std::ranges::any_of(rules.bylines, [&](const tables::Byline& rule) {
    return rule.label.size > 1 && key.starts_with(rules.word(rule.label));
  });
}

bool BoilerplateRules::has_cue(std::u16string_view key) const {
  return matcher_->cues.find(key, PhraseMatcher::Step::second, {}) > 0;
}

bool BoilerplateRules::holds_guard(std::u16string_view key) const {
  return matcher_->guards.find(key, PhraseMatcher::Step::every, {}) > 0;
}

std::span<const std::string> BoilerplateRules::classes() const noexcept {
  return matcher_->classes;
}

}  // namespace dedup::boilerplate
