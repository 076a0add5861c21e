// SPDX-License-Identifier: Apache-2.0
// A number is read in three steps: what opens it, its numerals, what closes it.
//
//   （ 十二 ）   第 3 條   1 .   ①   -
//
// It may not be a number of the text: 3.5 亿, 2024 年, 10:30 and -5 ℃ begin lines, too. So a dot
// must not be followed by a digit, nothing but these marks may close, and an ASCII bullet needs a
// blank behind it.
#include "text/numbering.h"

#include <algorithm>
#include <cstdint>

#include "text/ascii.h"
#include "text/blanks.h"
#include "text/characters.h"
#include "text/ideograph_set.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

constexpr std::size_t kMostNumerals = 6;  // 第一百二十三条; more digits are a year or a telephone

constexpr bool holds(std::u32string_view set, char32_t c) noexcept {
  return set.find(c) != std::u32string_view::npos;
}

constexpr bool is_chinese_numeral(char32_t c) noexcept {
  return c == U'〇' || (c != U'第' && kBeginNumbers.has(c));
}

/// What closes the bracket of a number.
constexpr bool is_close(char32_t c) noexcept { return c == U')' || c == U'）'; }
/// What parts a number from its text.
constexpr bool is_dot(char32_t c) noexcept { return c == U'、' || c == U'.' || c == U'．'; }

/// Reads along the start of a line; behind its end, NUL.
/// By value everywhere: whoever reads on without success leaves the caller's where it was.
class Reader {
 public:
  explicit Reader(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

  [[nodiscard]] std::size_t at() const noexcept { return at_; }
  [[nodiscard]] char32_t peek() const noexcept {
    std::size_t at = at_;
    return at < text_.size() ? utf8::next(text_, at) : U'\0';
  }
  char32_t take() noexcept { return at_ < text_.size() ? utf8::next(text_, at_) : U'\0'; }
  void skip_white() noexcept {
    for (std::size_t at = at_; at < text_.size() && is_white(utf8::next(text_, at));) {
      at_ = at;
    }
  }
  /// Reads over numerals of one kind; whether there were any, and not too many.
  template <typename Is>
  bool skip(Is is) noexcept {
    std::size_t count = 0;
    for (std::size_t at = at_; count <= kMostNumerals && at < text_.size(); ++count, at_ = at) {
      const char32_t c = utf8::next(text_, at);
      if (!is(c)) break;
      add(c);
    }
    return count > 0 && count <= kMostNumerals;
  }

  /// Reads over the name of the Republic, of which 中華 or 國 may be missing.
  void skip_era() noexcept {
    for (const char32_t era : std::u32string_view(peek() == U'中' ? U"中華民國" : U"民國")) {
      const char32_t c = peek();
      if (c == era || (era == U'華' && c == U'华') || (era == U'國' && c == U'国')) {
        static_cast<void>(take());
      }
    }
  }

  /// Of the numerals read over: 23 of 二十三, as of 23.
  [[nodiscard]] std::uint16_t value() const noexcept {
    return static_cast<std::uint16_t>(std::min<std::uint32_t>(tens_ + digits_, 0xFFFF));
  }

 private:
  void add(char32_t c) noexcept {
    if (c == U'十' || c == U'百') {
      tens_ += (digits_ == 0 ? 1 : digits_) * (c == U'十' ? 10 : 100);
      digits_ = 0;
      return;
    }
    digits_ = digits_ * 10 + digit_of(c);
  }
  /// 0 for the numerals that are not counted: 千, 两 and the capital ones.
  static constexpr std::uint32_t digit_of(char32_t c) noexcept {
    constexpr std::u32string_view kDigits = U"零一二三四五六七八九";
    if (is_digit(c)) return c - U'0';
    if (c >= U'０') return c - U'０';
    const std::size_t digit = kDigits.find(c);
    return digit < kDigits.size() ? static_cast<std::uint32_t>(digit) : 0;
  }

  std::string_view text_;
  std::size_t at_;
  std::uint32_t tens_ = 0;    // what 十 and 百 closed
  std::uint32_t digits_ = 0;  // behind it
};

/// What clauses and chapters are called, and what follows one that a sentence speaks of.
constexpr IdeographSet kClauses{std::u32string_view(U"条條款项項")};
constexpr IdeographSet kChapters{std::u32string_view(U"章节節编編部篇卷回集课課讲講期步")};
constexpr IdeographSet kSpokenOf{std::u32string_view(U"之第所的及或和与與至规規中内內条條")};

/// 第三条, 第 3 條, 第二章
Number ordinal(Reader line) noexcept {
  line.skip_white();
  if (!line.skip([](char32_t c) { return is_chinese_numeral(c) || is_digit_of_any_width(c); })) {
    return {};
  }
  line.skip_white();
  const char32_t unit = line.take();
  const Numbering style = kClauses.has(unit)    ? Numbering::clause
                          : kChapters.has(unit) ? Numbering::chapter
                                                : Numbering::none;
  if (style == Numbering::none) {
    return {};
  }
  // 第一章第二节
  const char32_t behind = line.peek();
  const bool parted = behind == 0 || is_white(behind) || behind == U'之' || behind == U'第' ||
                      (!is_main_ideograph(behind) && holds(U"：:、.．【（(〈《“", behind));
  // 第三条之一, 第三条第二款所称, 第三条规定的, 第三條條文: spoken of, not counted. A paragraph of an
  // article begins so, too: 第一項裁定，得為抗告。
  const bool counts_when_parted = style == Numbering::chapter || (unit != U'条' && unit != U'條');
  if ((counts_when_parted && !parted) || kSpokenOf.has(behind) || behind == U'、' ||
      behind == U'，') {
    return {};
  }
  line.skip_white();
  return {style, line.at(), line.value()};
}

/// Of what is open: 一） and （一） are items of one list, if a careless one.
Number closed(Reader line, Numbering with_bracket, Numbering with_dot, bool bracket) noexcept {
  const char32_t mark = line.take();
  Numbering style = Numbering::none;
  if (is_close(mark)) {
    style = with_bracket;
  } else if (!bracket && is_dot(mark) && !is_digit_of_any_width(line.peek())) {
    style = with_dot;
  } else {
    return {};
  }
  line.skip_white();
  return {style, line.at(), line.value()};
}

/// 2019年5月31日: what dates entries begin with. The year is read.
Number dated(Reader line) noexcept {
  const auto part = [&line](std::u32string_view unit) {
    return line.skip(is_digit_of_any_width) && holds(unit, line.take());
  };
  if (!holds(U"年", line.take()) || !part(U"月") || !part(U"日")) {
    return {};
  }
  line.skip_white();
  return {Numbering::date, line.at()};
}

/// 中華民國九十九年二月, 2019年5月: the least that a date has.
bool is_month(Reader line) noexcept {
  const char32_t first = line.peek();
  if (first == U'中' || first == U'民') {
    line.skip_era();
  }
  const auto part = [&line](char32_t unit) {
    line.skip_white();
    return line.skip([](char32_t c) {
      return is_chinese_numeral(c) || is_digit_of_any_width(c);
    }) && line.take() == unit;
  };
  return part(U'年') && part(U'月');
}

/// Those of ASCII aside, see ascii_number().
constexpr bool is_bullet(char32_t c) noexcept {
  switch (c) {
    case 0x00B7:  // middle dot
    case 0x2022:  // bullets
    case 0x2023:
    case 0x25A0:  // shapes
    case 0x25A1:
    case 0x25AA:
    case 0x25AB:
    case 0x25B2:
    case 0x25B6:
    case 0x25BA:
    case 0x25C6:
    case 0x25C7:
    case 0x25CB:
    case 0x25CE:
    case 0x25CF:
    case 0x2605:  // stars
    case 0x2606:
    case 0x2666:  // ornaments, ticks and arrows
    case 0x2713:
    case 0x2714:
    case 0x2756:
    case 0x27A4:
    case 0x30FB:  // middle dot of katakana
      return true;
    default:
      return false;
  }
}

Number bullet(Reader line) noexcept {
  line.skip_white();
  return {Numbering::bullet, line.at()};
}

/// [1] of a list of references; [1](…) and [1]: … are links.
Number reference(Reader line) noexcept {
  if (!line.skip([](char32_t c) { return is_digit(c); }) || line.take() != ']') {
    return {};
  }
  if (holds(U"(:[", line.peek())) {
    return {};  // a link, or where it leads to
  }
  line.skip_white();
  return {Numbering::reference, line.at(), line.value()};
}

/// a. b) C、; single letters only, and parted from what follows: e.g. is no number.
Number lettered(Reader line, bool bracket) noexcept {
  const char32_t letter = line.take();
  const char32_t mark = line.take();
  const bool closes = is_close(mark) || (!bracket && is_dot(mark));
  if (!closes || is_letter(line.peek())) {
    return {};
  }
  line.skip_white();
  return {Numbering::letter, line.at(), static_cast<std::uint16_t>(letter)};
}

/// What is counted in digits, ideographs or letters, in brackets or not.
Number numbered(Reader numerals, bool bracket) noexcept {
  const char32_t digit = numerals.peek();
  if (is_digit_of_any_width(digit)) {
    if (!numerals.skip(is_digit_of_any_width)) {
      return {};
    }
    return numerals.peek() == U'年'
               ? dated(numerals)
               : closed(numerals, Numbering::digits_bracket, Numbering::digits, bracket);
  }
  if (is_chinese_numeral(digit)) {
    return numerals.skip(is_chinese_numeral)
               ? closed(numerals, Numbering::chinese_bracket, Numbering::chinese, bracket)
               : Number{};
  }
  return is_letter(digit) ? lettered(numerals, bracket) : Number{};
}

/// Of a line that begins in ASCII. Two letters are a word, as most lines of code begin with, and
/// bullets need a blank behind them, or -5 and *甲* would be items.
Number ascii_number(std::string_view text) noexcept {
  const char first = text.front();
  const char second = text.size() > 1 ? text[1] : '\0';
  if (is_digit(first) || (is_letter(first) && !is_letter(second))) {
    return numbered(Reader(text), false);
  }
  switch (first) {
    case '-':
    case '*':
    case '+':
      return second == ' ' || second == '\t' ? bullet(Reader(text, 1)) : Number{};
    case '[':
      return is_digit(second) ? reference(Reader(text, 1)) : Number{};
    case '(':
      return numbered(Reader(text, 1), true);
    default:
      return {};
  }
}

/// Of any other, most of which begin with an ideograph or a quotation.
Number wide_number(std::string_view text) noexcept {
  Reader line(text);
  const char32_t first = line.take();
  if (is_main_ideograph(first) ? !kBeginNumbers.has(first) : first == U'“' || first == U'《') {
    return {};
  }
  if (is_bullet(first)) {
    return bullet(line);
  }
  if (first == U'第') {
    return ordinal(line);
  }
  if (first >= 0x2460 && first <= 0x249B) {
    line.skip_white();
    return {Numbering::circled, line.at(), static_cast<std::uint16_t>(first - 0x245F)};
  }
  const bool bracket = first == U'（';
  return numbered(bracket ? line : Reader(text), bracket);
}

}  // namespace

Number number_of(std::string_view text) noexcept {
  if (text.empty()) {
    return {};
  }
  return is_ascii(text.front()) ? ascii_number(text) : wide_number(text);
}

/// Most texts are told by their first character.
bool begins_with_date(std::string_view text) noexcept {
  if (text.empty()) {
    return false;
  }
  std::size_t at = 0;
  const char32_t first = utf8::next(text, at);
  return (is_digit_of_any_width(first) || first == U'中' || first == U'民' ||
          is_chinese_numeral(first)) &&
         is_month(Reader(text));
}

}  // namespace dedup::text
