// SPDX-License-Identifier: Apache-2.0
// Questions about the text of one line that its key cannot answer, having neither marks nor blanks:
//
//   ## 延伸阅读              item      only strong cues take it
//   （二）严禁转载，转载必究   clause    no cue takes it
//   相关阅读 35.2 33.3       row       as an item
//   《海边》观后             without what it quotes: 观后
//
// Lines are valid UTF-8 and marks are whole sequences of it, so that a mark is found by its bytes
// and never in the midst of another character. Each function is linear in the line.
#include "boilerplate/line_shape.h"

#include <algorithm>
#include <array>

#include "boilerplate/first_units.h"
#include "text/ascii.h"
#include "text/byte_set.h"
#include "text/characters.h"
#include "text/fold.h"
#include "text/numbering.h"
#include "walls/utf8.h"

namespace dedup::boilerplate {
namespace {

/// A clause, a chapter, or an item counted in Chinese numerals: （三）, 二、, 第五条.
bool is_clause(std::string_view line) {
  using text::Numbering;
  const Numbering numbering = text::number_of(line).style;
  return numbering == Numbering::clause || numbering == Numbering::chapter ||
         numbering == Numbering::chinese || numbering == Numbering::chinese_bracket;
}

/// 22.3 and 1,234 and 35%, not 3月. Requires: not empty, as words_of() gives no empty words.
bool is_number(std::string_view word) {
  return text::is_digit(word[0]) &&
         word.find_first_not_of("0123456789.,%") == std::string_view::npos;
}

/// Two numbers or more at its end, as cells of a table are once its lines are gone. 2389 0000 is a
/// telephone number, which notices do end in.
bool is_row(std::string_view line) {
  const std::vector<std::string_view> words = words_of(line);
  const auto first = std::find_if_not(words.rbegin(), words.rend(), is_number);
  const auto numbers = first - words.rbegin();
  if (numbers < 2) return false;
  const bool telephone = numbers == 2 && std::all_of(words.rbegin(), first, [](std::string_view w) {
                           return w.size() == 4 && w.find('.') == std::string_view::npos;
                         });
  return !telephone;
}

/// 2023-05-06, 2023/5/6, 2023年5月6日
bool is_day(std::string_view word) {
  return word.size() >= 8 && word.starts_with("20") && text::is_digit(word[2]) &&
         text::is_digit(word[3]) && !text::is_digit(word[4]) &&
         std::ranges::count_if(word, [](char c) { return text::is_digit(c); }) >= 6;
}

/// Whether what was read so far bids to press what is quoted next: it is a button, then.
bool bids_to_press(std::string_view read) {
  static constexpr std::array<std::string_view, 5> kBidding{"点击", "戳", "長按", "长按", "點擊"};
  constexpr std::size_t kReach = 16;  // bytes, so that no run of blanks is read again and again
  read = read.substr(read.size() - std::min(read.size(), kReach));
  read = read.substr(0, read.find_last_not_of(" *") + 1);
  return std::ranges::any_of(kBidding,
                             [read](std::string_view end) { return read.ends_with(end); });
}

struct Quotation {
  std::string_view open;
  std::string_view close;
};
constexpr std::array<Quotation, 6> kQuotations{{{"\u201C", "\u201D"},  // “”
                                                {"\u2018", "\u2019"},  // ‘’
                                                {"\u300C", "\u300D"},  // 「」
                                                {"\u300E", "\u300F"},  // 『』
                                                {"\u300A", "\u300B"},  // 《》
                                                {"\"", "\""}}};
constexpr auto kFirstOfQuotations = first_bytes(kQuotations, &Quotation::open);

/// Where the next closing mark of one kind stands, asked for from left to right: a line of opening
/// marks that nothing closes is searched once, not once for each.
class ClosingMark {
 public:
  std::size_t behind(std::string_view line, std::string_view mark, std::size_t from) {
    if (!searched_ || next_ < from) next_ = line.find(mark, from);
    searched_ = true;
    return next_;
  }

 private:
  bool searched_ = false;
  std::size_t next_ = 0;
};

/// Whether what is quoted from `at` on is not quoted but the name of a button that one is bid to
/// press, with next to nothing behind it; or whether the marks frame all of the line, as sites of
/// novels do.
bool is_button(std::string_view line, std::string_view before, std::size_t at, std::size_t close,
               const Quotation& marks) {
  constexpr std::size_t kLongestName = 24;    // bytes with marks: 6 ideographs
  constexpr std::size_t kLongestBehind = 24;  // bytes: 查看更多详情。
  if (marks.open == "\u300E" && before.empty() && close + marks.close.size() == line.size()) {
    return true;
  }
  return close - at <= kLongestName && line.size() - close <= kLongestBehind &&
         bids_to_press(before);
}

/// The one of the marks that `text`, not empty, begins with; `first` are the bytes that they do.
template <std::size_t N>
auto first_mark(std::string_view text, const std::array<std::string_view, N>& marks,
                const text::ByteSet& first) {
  if (!first.has(text.front())) return marks.end();  // nearly everywhere
  const auto begins = [text](std::string_view mark) { return text.starts_with(mark); };
  return std::ranges::find_if(marks, begins);
}

/// Whether one of them is in `text`.
template <std::size_t N>
bool holds_one_of(std::string_view text, const std::array<std::string_view, N>& marks,
                  const text::ByteSet& first) {
  for (; !text.empty(); text.remove_prefix(1)) {
    if (first_mark(text, marks, first) != marks.end()) return true;
  }
  return false;
}

}  // namespace

/// What looks like two is the shape that protects more: clauses come before rows. A # or | needs no
/// blank behind it, a bullet does: -5 is no item.
LineShape shape_of(std::string_view line) {
  line = without_indent(line);
  if (line.empty()) return LineShape::plain;
  const bool bullet = std::string_view("-*+").find(line[0]) != std::string_view::npos;
  const bool framed = line.ends_with(line.substr(0, 1));  // - END -
  if (line[0] == '#' || line[0] == '|' || (bullet && line.substr(1).starts_with(' ') && !framed)) {
    return LineShape::item;
  }
  if (is_clause(line)) return LineShape::clause;
  return is_row(line) ? LineShape::row : LineShape::plain;
}

/// `# Copyright © 2001 Example Inc.` heads a program's source, and there it has to stay.
bool shows_copyright_sign(std::string_view line) {
  static constexpr std::string_view kCommentMarks = "#*/;-%<'";
  if (line.find("\u00A9") == std::string_view::npos) return false;
  return kCommentMarks.find(without_indent(line)[0]) == std::string_view::npos;
}

/// Of names and labels none of these marks is a part; 、 and ： are, and so is the ASCII full stop,
/// which byline.cc judges by what it joins.
bool has_sentence_mark(std::string_view text) {
  static constexpr std::array<std::string_view, 13> kSentenceMarks{
      "\u3002", "\uFF0C", "\uFF01", "\uFF1F", "\uFF1B", "\u2026", "\u201C",  // 。，！？；…“
      "\u300C", ",",      "!",      "?",      ";",      "\""};               // 「
  static constexpr auto kFirst = first_bytes(kSentenceMarks);
  return holds_one_of(text, kSentenceMarks, kFirst);
}

/// Quotation marks aside, which headlines have, and 、 among them.
bool has_clause_mark(std::string_view line) {
  constexpr std::u32string_view kClauseMarks = U"，。；、！？,;!?…";
  for (std::size_t at = 0; at < line.size();) {
    if (kClauseMarks.find(utf8::next(line, at)) != kClauseMarks.npos) return true;
  }
  return false;
}

/// Fewer marks than has_sentence_mark() knows: 颱風將至，三縣市停班！ is a headline, commas and all.
bool has_prose_mark(std::string_view text) {
  static constexpr std::array<std::string_view, 4> kProseMarks{"\u3002", "\uFF1B", ";",
                                                               "\u300A"};  // 。；《
  static constexpr auto kFirst = first_bytes(kProseMarks);
  return holds_one_of(text, kProseMarks, kFirst);
}

bool shows_markdown_link(std::string_view line) {
  return without_indent(line).starts_with("> ") || line.find("](") != std::string_view::npos ||
         line.find("][") != std::string_view::npos;
}

/// The year has four digits and no fifth: © 2001-2006 晨星网, but not © 晨星网.
bool starts_with_year(std::string_view line, std::string_view sign) {
  std::string_view rest = without_indent(line);
  static constexpr std::size_t kLongest = 100;  // bytes; terms of use are longer
  if (rest.size() > kLongest || !rest.starts_with(sign)) return false;
  rest = without_indent(rest.substr(sign.size()));
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  return digits == 4 && (rest.starts_with("19") || rest.starts_with("20"));
}

bool has_ornaments(std::string_view line) {
  line = without_indent(line);
  line = line.substr(0, line.find_last_not_of(" \t") + 1);
  // Code spans, strings and tags are written so, too: - `End`.
  const auto is_none = [](char c) {
    constexpr std::string_view kOfCode = "`\"'<>{};";
    return text::is_letter(c) || text::is_digit(c) || kOfCode.find(c) != kOfCode.npos;
  };
  if (line.size() < 3 || is_none(line.front()) || is_none(line.back())) return false;
  std::size_t at = 0;
  const char32_t first = utf8::next(line, at);
  at = line.size();
  const char32_t last = utf8::previous(line, at);
  return !text::is_main_ideograph(first) && !text::is_main_ideograph(last);
}

/// Names are short and have no marks of a sentence.
bool is_dated(std::string_view line, std::u16string_view word) {
  constexpr std::size_t kLongestLine = 300;  // bytes
  constexpr std::size_t kMostWords = 8;
  constexpr std::size_t kLongestWord = 12;
  if (line.size() > kLongestLine || has_sentence_mark(line)) return false;
  const std::vector<std::string_view> words = words_of(line);
  if (words.size() < 3 || words.size() > kMostWords) return false;
  std::vector<std::u16string> keys(words.size());
  bool dated = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    text::fold(words[i], keys[i]);
    if (keys[i].size() > kLongestWord) return false;
    dated = dated || is_day(words[i]);
  }
  return dated && (keys.front() == word || keys.back().starts_with(word));
}

/// `（记者 陈大文）` -> `记者 陈大文`. The two brackets need not belong together: of `（甲）乙（丙）` the
/// rest is `甲）乙（丙`, so the caller has to look at it closely.
std::optional<std::string_view> inside_brackets(std::string_view line) {
  line = without_indent(line);
  line = line.substr(0, line.find_last_not_of(" \t") + 1);
  struct Pair {
    std::string_view open;
    std::string_view close;
  };
  static constexpr std::array<Pair, 4> kPairs{{{"（", "）"}, {"(", ")"}, {"【", "】"}, {"[", "]"}}};
  for (const auto& [open, close] : kPairs) {
    if (line.size() >= open.size() + close.size() && line.starts_with(open) &&
        line.ends_with(close)) {
      return line.substr(open.size(), line.size() - open.size() - close.size());
    }
  }
  return std::nullopt;
}

/// `记者 陈大文、李小梅` -> 记者, 陈大文, 李小梅. Blanks in a row part no empty words.
std::vector<std::string_view> words_of(std::string_view line) {
  static constexpr std::array<std::string_view, 4> kBetween{" ", "\t", "\u3000", "、"};
  static constexpr auto kFirst = first_bytes(kBetween);
  std::vector<std::string_view> words;
  std::size_t start = 0;
  for (std::size_t at = 0; at < line.size();) {
    const auto gap = first_mark(line.substr(at), kBetween, kFirst);
    if (gap == kBetween.end()) {
      ++at;
      continue;
    }
    if (at > start) words.push_back(line.substr(start, at - start));
    at += gap->size();
    start = at;
  }
  if (start < line.size()) words.push_back(line.substr(start));
  return words;
}

/// A mark that nothing closes quotes nothing and stays. Quotations within one of another kind go
/// with it; within one of the same kind the first closing mark ends it. Nothing is returned where
/// nothing is quoted, so that such a line need not be folded and judged anew.
std::optional<std::string> without_quotations(std::string_view line) {
  std::array<ClosingMark, kQuotations.size()> closing;
  std::string rest;
  bool quotes = false;
  for (std::size_t at = 0; at < line.size();) {
    if (!kFirstOfQuotations.has(line[at])) {
      rest += line[at++];
      continue;
    }
    const std::string_view tail = line.substr(at);
    const auto pair = std::ranges::find_if(kQuotations, [tail](const Quotation& candidate) {
      return tail.starts_with(candidate.open);
    });
    const std::size_t close =
        pair == kQuotations.end()
            ? std::string_view::npos
            : closing[static_cast<std::size_t>(pair - kQuotations.begin())].behind(
                  line, pair->close, at + pair->open.size());
    if (close == std::string_view::npos || is_button(line, rest, at, close, *pair)) {
      rest += line[at++];
    } else {
      at = close + pair->close.size();
      quotes = true;
    }
  }
  return quotes ? std::optional(std::move(rest)) : std::nullopt;
}

}  // namespace dedup::boilerplate
