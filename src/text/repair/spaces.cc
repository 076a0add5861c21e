// SPDX-License-Identifier: Apache-2.0
// A line in three parts, and the blanks that go out of each:
//
//   [U+3000 U+3000][大家都知道 ，「 他 」][U+00A0]
//    left margin    body: gaps            right margin
//
//   margins   all of one, if a wide blank is in it: what is only ASCII may be an indent
//   gaps      those that GapJudge closes up; none of a row of a table, none in a tag
//
// A gap is judged by the characters on both sides, one behind, and by what the line is like: spaced
// out letter by letter or not. Within the body a tab is no blank. Cost: a few walks over a line.
#include "text/repair/spaces.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "text/blanks.h"
#include "text/characters.h"
#include "text/lanes.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

/// A run of white space at the start or end of a line.
struct Margin {
  std::size_t size = 0;
  bool wide = false;  // holds a blank that no code is indented with
};

/// All white space at the start. Tabs and U+2003 are part of it but do not make it wide.
Margin left_margin(std::string_view line) {
  Margin margin;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = utf8::next(line, at);
    if (!is_white(c)) {
      break;
    }
    margin.size = at;
    margin.wide |= is_wide_blank(c);
  }
  return margin;
}

Margin right_margin(std::string_view line) {
  Margin margin;
  for (std::size_t at = line.size(); at > 0;) {
    const char32_t c = utf8::previous(line, at);
    if (!is_white(c)) {
      break;
    }
    margin.size = line.size() - at;
    margin.wide |= is_wide_blank(c);
  }
  return margin;
}

bool is_full_mark(char32_t c) { return is_stop(c) || is_opening(c) || is_closing(c); }

/// A blank run within a line, between two characters that are none.
struct Gap {
  char32_t left = 0;
  char32_t right = 0;
  char32_t behind = 0;  // what follows `right`, 0 at the end of the line
  bool single = false;  // one ASCII space
};

/// Goes along `body`, which neither starts nor ends with a blank: calls reader.gap(start, end, gap)
/// for each blank run, and reader.pass(c) for what is between them, but for what reader.skip(at)
/// leaves out, so that most of a line is not decoded. That gives where to read on.
template <class Reader>
void read_gaps(std::string_view body, Reader& reader) {
  for (std::size_t at = reader.skip(0); at < body.size(); at = reader.skip(at)) {
    const std::size_t start = at;
    char32_t c = utf8::next(body, at);
    if (is_blank(c)) {
      std::size_t end = at;
      while (at < body.size() && is_blank(c = utf8::next(body, at))) {
        end = at;
      }
      std::size_t before = start;
      Gap gap{utf8::previous(body, before), c, 0, end - start == 1};
      if (std::size_t behind = at; behind < body.size()) {
        gap.behind = utf8::next(body, behind);
      }
      reader.gap(start, end, gap);
    }
    reader.pass(c);
  }
}

/// Words of one character that hold sentences together and that no list of characters, from a
/// calendar to a primer, is made of.
bool is_function_word(char32_t c) {
  constexpr std::u32string_view kWords =
      U"的了是在和不为與与及或所将將被把从從对對这這那我你他她们們本该該其之以而也都就还還要会會可"
      U"已请請得";
  return kWords.find(unified(c)) != std::u32string_view::npos;
}

/// Characters that lists of single characters are made of: numerals and days, the stems, branches,
/// directions, seasons, elements and colours, and the first nouns of every primer.
bool is_enumerated(char32_t c) {
  constexpr std::u32string_view kCharacters =
      U"〇零一二三四五六七八九十百千万两日月甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
      U"东東南西北中上下左右前后後春夏秋冬金木水火土赤红紅橙黄黃绿綠青蓝藍紫黑白灰"
      U"天地山石田江河云雲风風雨雪草花鸟鳥树樹林虫鱼魚马馬牛羊口耳目手足大小多少";
  return kCharacters.find(unified(c)) != std::u32string_view::npos;
}

/// How the ideographs of a line stand to each other.
class Spacing {
 public:
  static constexpr std::ptrdiff_t kLeastRow = 4;  // gaps

  explicit Spacing(std::string_view body) : body_(body) { read_gaps(body, *this); }

  /// Set apart one by one: kLeastRow gaps of one space or more, nothing but stops between them, and
  /// 70 % of all neighbours set apart so. Lists of names and menus are not. It may be a list of
  /// characters: behind a label (生字：), unless a stop that is set apart as well has more behind it;
  /// or where two in three are such as are listed, unless there is any such stop, or a word that
  /// sentences are held together by.
  [[nodiscard]] bool is_sentence() const {
    return longest_ >= kLeastRow && spaced_ * 10 >= (spaced_ + touching_) * 7 &&
           (labelled_ ? stop_inside_ : stop_apart_ || !lists_characters());
  }

  void gap(std::size_t /*start*/, std::size_t /*end*/, const Gap& gap) {
    const bool left = is_han_or_radical(gap.left);
    gap_before_ = true;
    any_gap_ = true;
    stop_apart_ |= gap.single && left && is_stop(gap.right);
    if (gap.single && left && is_han_or_radical(gap.right)) {
      ++spaced_;
      stop_inside_ |= stop_apart_;
      longest_ = std::max(longest_, ++row_);
    } else if (!gap.single || !(is_stop(gap.left) || is_stop(gap.right))) {
      row_ = 0;
    }
  }

  /// A row of ideographs, some of which come to pass() all the same.
  [[nodiscard]] std::size_t skip(std::size_t at) {
    const std::size_t start = at;
    while (at < body_.size() && utf8::leads_main_ideograph(body_[at])) at += 3;
    if (at == start) return at;
    const std::size_t count = (at - start) / 3;
    touching_ += count - (gap_before_ || !ideograph_before_ ? 1 : 0);
    row_ = gap_before_ && count == 1 ? row_ : 0;
    gap_before_ = false;
    ideograph_before_ = true;
    return at;
  }

  void pass(char32_t c) {
    const bool ideograph = is_han_or_radical(c);
    if (!gap_before_) {
      touching_ += ideograph_before_ && ideograph ? 1 : 0;
      labelled_ |= c == U'：' && !any_gap_;
      row_ = 0;
    }
    gap_before_ = false;
    ideograph_before_ = ideograph;
  }

 private:
  /// Asked of the few lines that are set apart.
  [[nodiscard]] bool lists_characters() const {
    std::size_t ideographs = 0;
    std::size_t enumerated = 0;
    for (std::size_t at = 0; at < body_.size();) {
      const char32_t c = utf8::next(body_, at);
      if (is_function_word(c)) {
        return false;
      }
      ideographs += is_han_or_radical(c) ? 1 : 0;
      enumerated += is_enumerated(c) ? 1 : 0;
    }
    return enumerated * 3 >= ideographs * 2;
  }

  std::string_view body_;
  std::size_t touching_ = 0;
  std::size_t spaced_ = 0;
  std::ptrdiff_t row_ = 0;
  std::ptrdiff_t longest_ = 0;
  bool ideograph_before_ = false;
  bool gap_before_ = false;
  bool any_gap_ = false;
  bool stop_apart_ = false;
  bool stop_inside_ = false;
  bool labelled_ = false;
};

/// Whether as many characters outside ASCII stand between two spaces as between the gaps of a row:
/// no is sure, and costs a look at each space.
bool may_be_spaced_out(std::string_view body) {
  std::ptrdiff_t apart = 0;
  for (std::size_t at = body.find(' '); at != std::string_view::npos; at = body.find(' ', at)) {
    ++at;
    if (at == body.size() || is_ascii(body[at])) continue;
    static_cast<void>(utf8::next(body, at));
    apart += at < body.size() && body[at] == ' ' ? 1 : 0;
    if (apart >= Spacing::kLeastRow - 1) return true;
  }
  return false;
}

/// One kind of quotation mark along a line: which of its marks form a pair. “ and ” are typed for
/// each other, and in Latin text ’ is an apostrophe.
class Quotes {
 public:
  Quotes(char32_t opening, char32_t closing) : opening_(opening), closing_(closing) {}

  void note(char32_t c) {
    if (c == opening_ || c == closing_) {
      opens_.push_back(c == opening_);
    }
  }
  void pass(char32_t c) { passed_ += c == opening_ || c == closing_ ? 1 : 0; }

  /// Whether the opening mark passed last has a partner.
  /// Requires that one was passed. Of ‘ls‘ 或者 ‘cd‘, typed with one mark for both, none has a
  /// partner.
  [[nodiscard]] bool opened() const {
    const std::size_t i = passed_ - 1;
    return !is_open_before(i) && i + 1 < opens_.size() && !opens_[i + 1];
  }
  /// Whether the closing mark that comes next has a partner.
  [[nodiscard]] bool closes() const { return is_open_before(passed_); }

 private:
  [[nodiscard]] bool is_open_before(std::size_t i) const { return i > 0 && opens_[i - 1]; }

  char32_t opening_;
  char32_t closing_;
  std::vector<bool> opens_;
  std::size_t passed_ = 0;
};

/// Judges the gaps of a line from left to right.
class GapJudge {
 public:
  /// All marks of the line are noted before the first gap is judged: partners stand further on.
  explicit GapJudge(std::string_view body)
      : spaced_out_(may_be_spaced_out(body) && Spacing(body).is_sentence()) {
    // They begin with bytes that few others do.
    for (std::size_t at = body.find(kQuoteLead); at != std::string_view::npos;
         at = body.find(kQuoteLead, at)) {
      const char32_t c = utf8::next(body, at);
      if (is_shared_quote(c)) {
        doubles_.note(c);
        singles_.note(c);
      }
    }
  }

  /// To be called for each stop and shared quotation mark, in order, as closes_up() is for the
  /// gaps.
  void pass(char32_t c) {
    if (is_shared_quote(c)) {
      doubles_.pass(c);
      singles_.pass(c);
    }
    words_set_apart_ = words_set_apart_ && !is_stop(c);
  }

  [[nodiscard]] bool closes_up(const Gap& gap) {
    words_set_apart_ |= is_han_or_radical(gap.left) && is_han_or_radical(gap.right);
    if (is_opening(gap.left) && is_closing(gap.right)) {
      return false;  // a blank to be filled in
    }
    return is_between_letters(gap) || is_before_mark(gap) || is_behind_opening(gap);
  }

 private:
  /// 早 上 6 時 天 文 台 錄 得: the blanks around 6 are not between ideographs, and stay.
  [[nodiscard]] bool is_between_letters(const Gap& gap) const {
    const auto is_text = [](char32_t c) { return is_han_or_radical(c) || is_full_mark(c); };
    return spaced_out_ && gap.single && is_text(gap.left) && is_text(gap.right);
  }

  [[nodiscard]] bool is_before_mark(const Gap& gap) const {
    if (is_stop(gap.right)) {
      // ， 。 ？ side by side are a list of marks; and where quotation marks were lost, as in
      // 世称 三君 ，, the blank is what is left of one.
      return !is_stop(gap.left) && (spaced_out_ || !words_set_apart_);
    }
    return is_closing(gap.right) && (!is_shared_quote(gap.right) || is_before_quote(gap));
  }

  /// Whether a shared quotation mark closes here: text that is not Latin before it, and the end or
  /// a mark behind. So “ Hello ” he said stays as it is.
  [[nodiscard]] bool is_before_quote(const Gap& gap) const {
    const char32_t c = gap.behind;
    return gap.left >= 0x80 && (c == 0 || is_white(c) || is_stop(c) || is_closing(c)) &&
           (gap.right == U'”' ? doubles_ : singles_).closes();
  }

  [[nodiscard]] bool is_behind_opening(const Gap& gap) const {
    if (!is_shared_quote(gap.left)) {
      return is_opening(gap.left);
    }
    return is_opening(gap.left) && gap.right >= 0x80 &&
           (gap.left == U'“' ? doubles_ : singles_).opened();
  }

  static constexpr std::string_view kQuoteLead = "\xE2\x80";

  bool spaced_out_;
  bool words_set_apart_ = false;  // since the last stop
  Quotes doubles_{U'“', U'”'};
  Quotes singles_{U'‘', U'’'};
};

/// Rows of tables, of Markdown or drawn with lines, whose columns blanks align. A single bar makes
/// no row.
bool is_table_row(std::string_view line) {
  const bool any_bar = any_lane(line, [](const Triples& at) {
    return at.hold('|') | at.hold("｜") | at.hold('\xE2', '\x94') | at.hold('\xE2', '\x95');
  });
  if (!any_bar) {
    return false;  // as most lines
  }
  std::size_t bars = 0;
  for (std::size_t at = 0; at < line.size() && bars < 2;) {
    const char32_t c = utf8::next(line, at);
    bars += c == U'|' || c == U'｜' || (c >= 0x2500 && c < 0x2580) ? 1 : 0;
  }
  return bars >= 2;
}

/// Whether there is any gap. Most lines have wide margins and none.
bool holds_blank(std::string_view body) noexcept {
  return any_lane(body, [](const Triples& at) {
    return at.hold(' ') | at.hold("\u3000") | at.hold('\xC2', '\xA0');
  });
}

/// By its lead the bytes of a character; 0 for those that blanks, stops and shared quotation marks
/// begin with.
constexpr std::array<unsigned char, 256> kSteps = [] {
  std::array<unsigned char, 256> steps{};
  for (std::size_t lead = 0; lead < steps.size(); ++lead) {
    steps[lead] = static_cast<unsigned char>(lead < 0xC0   ? 1
                                             : lead < 0xE0 ? 2
                                             : lead < 0xF0 ? 3
                                                           : 4);
  }
  for (const char lead : std::string_view(" \xC2\xE2\xE3\xEF")) {
    steps[static_cast<unsigned char>(lead)] = 0;
  }
  return steps;
}();

/// Lists the gaps of a line that close. One is judged before its right neighbour is passed, so that
/// a stop there does not yet part it from the words before.
class GapCloser {
 public:
  /// `start`: where `body` begins in its line, of which are the offsets of `markup` and `changes`.
  GapCloser(std::string_view body, std::size_t start, const MarkupSpans& markup, Changes& changes)
      : judge_(body),
        body_(body),
        start_(start),
        span_(markup.begin()),
        end_(markup.end()),
        changes_(changes) {
    read_gaps(body, *this);
  }

  void gap(std::size_t start, std::size_t end, const Gap& gap) {
    while (span_ != end_ && span_->end <= start_ + start) {
      ++span_;
    }
    const bool inside = span_ != end_ && span_->start <= start_ + start;
    if (judge_.closes_up(gap) && !inside) {
      append_deletion(changes_, start_ + start, start_ + end, RepairKind::space);
    }
  }
  /// To the next character that is a blank or may matter to the judge.
  [[nodiscard]] std::size_t skip(std::size_t at) const noexcept {
    while (at < body_.size()) {
      const std::size_t step = kSteps[static_cast<unsigned char>(body_[at])];
      if (step == 0) break;
      at += step;
    }
    return at;
  }
  void pass(char32_t c) { judge_.pass(c); }

 private:
  GapJudge judge_;
  std::string_view body_;
  std::size_t start_;
  MarkupSpans::const_iterator span_;
  MarkupSpans::const_iterator end_;
  Changes& changes_;
};

}  // namespace

/// In the order of their places, as changes must be. A line of blanks is all left margin.
Changes tidy_spaces(std::string_view line, const TagState& before) {
  Changes changes;
  TagState state = before;
  const MarkupSpans markup = read_tags(line, state);
  const Margin left = left_margin(line);
  if (left.wide && before.place == TagState::Place::text) {
    append_deletion(changes, 0, left.size, RepairKind::indent);
  }
  if (left.size == line.size()) {
    return changes;
  }
  const Margin right = right_margin(line);
  const std::size_t end = line.size() - right.size;
  const std::string_view body = line.substr(left.size, end - left.size);
  if (holds_blank(body) && !is_table_row(line)) {
    GapCloser(body, left.size, markup, changes);
  }
  if (right.wide && state.place == TagState::Place::text) {
    append_deletion(changes, end, line.size(), RepairKind::indent);
  }
  return changes;
}

}  // namespace dedup::text
