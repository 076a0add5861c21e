// SPDX-License-Identifier: Apache-2.0
// A rule for each kind of sign, all of them questions about what is beside it. Change what a rule
// says, and tables::kSignRules has to be raised: it is part of the recipe.
//
// Left and right are walked by Side. It passes by blanks, or brackets too, and stops at what ends a
// sentence: that is the border behind which the answer must not hang on anything.
#include "text/signs.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "text/blanks.h"
#include "text/characters.h"
#include "text/tables.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

/// Digits of a number with commas, the commas included; what is longer has no thousands.
constexpr std::size_t kLongestNumber = 40;
/// Signs in a row that are looked past: `x == y`, 二○○○年.
constexpr int kRow = 2;
/// Bytes of a topic, #NBA#, in which its opening mark is looked for.
constexpr std::size_t kLongestTopic = 24;

constexpr char32_t kNothing = 0;

std::uint32_t entry_of(char32_t c) noexcept { return tables::entry(c); }

/// A unit of the key or the start of one: letters, digits and ideographs.
bool is_letter_or_number(char32_t c) noexcept {
  using namespace tables;
  return (entry_of(c) & (kEmit | kSequence | kSelf | kContext)) != 0;
}

bool is_wide_unit(char32_t c) noexcept { return (entry_of(c) & tables::kWide) != 0; }
bool is_operand(char32_t c) noexcept { return is_letter_or_number(c) && !is_wide_unit(c); }

/// As the key has it: Ｃ is c.
bool folds_to_latin(char32_t c) noexcept {
  return is_operand(c) && is_latin(entry_of(c) & 0xFFFFU) && (entry_of(c) & tables::kEmit) != 0;
}

/// The unit of a sign, 0 of all else.
char16_t sign_of(char32_t c) noexcept {
  const std::uint32_t entry = entry_of(c);
  return (entry & tables::kSign) != 0 ? static_cast<char16_t>(entry) : u'\0';
}

/// White space and what does not show, but not what ends a line within the line.
bool is_passed(char32_t c) noexcept {
  return (entry_of(c) & tables::kBlank) != 0 && !is_inner_line_end(c) && c != U'\n' && c != U'\r';
}

/// What may stand between the mark that ends a sentence and the end of the sentence: see
/// segment.cc.
bool closes(char32_t c) noexcept { return is_closer(c) || c == U'"' || c == U'\''; }
bool is_opener(char32_t c) noexcept {
  constexpr std::u32string_view kOpeners = U"「『“‘（【《〈〔［｛｢([{\"'";
  return !is_main_ideograph(c) && kOpeners.find(c) != kOpeners.npos;
}

/// What a sentence may end with, or a line within a line. That it does not do so everywhere is no
/// matter: what counts is that a sentence ends with nothing else.
bool ends_sentence(char32_t c) noexcept {
  constexpr std::u32string_view kEnds = U"。！？｡!?‼⁇⁈⁉.．…";
  return kEnds.find(c) != kEnds.npos || is_inner_line_end(c);
}

constexpr std::u16string_view kOperators = u"+=<>≤≥≠≈±×÷^";
constexpr std::u16string_view kAnswers = u"√×☐☑☒";
constexpr std::u16string_view kCircles = u"○●";

bool is_of(char16_t unit, std::u16string_view set) noexcept {
  return unit != 0 && set.find(unit) != set.npos;
}

class Neighbours {
 public:
  Neighbours(std::string_view text, std::size_t start, std::size_t end) noexcept
      : text_(text), start_(start), end_(end) {}

  [[nodiscard]] char32_t left() const noexcept { return before(start_); }
  [[nodiscard]] char32_t right() const noexcept { return at(end_); }
  [[nodiscard]] char32_t left_over_blanks() const noexcept {
    std::size_t place = start_;
    return back(place, is_passed);
  }
  [[nodiscard]] char32_t right_over_blanks() const noexcept {
    std::size_t place = end_;
    return on(place, is_passed);
  }

  /// Whether the same sign stands on both sides.
  [[nodiscard]] bool is_amid_row(char16_t unit) const noexcept {
    return sign_of(left()) == unit && sign_of(right()) == unit;
  }

  /// Whether nothing but blanks and closing marks parts it from the start of the text or from what
  /// ends a sentence; circles in a row open together.
  [[nodiscard]] bool opens() const noexcept {
    std::size_t place = start_;
    const auto skip = [](char32_t c) { return is_passed(c) || closes(c); };
    char32_t c = back(place, skip);
    for (int i = 0; i < kRow && is_of(sign_of(c), kCircles); ++i) c = back(place, skip);
    return c == kNothing || ends_sentence(c);
  }

  /// Between digits, and nothing between it and them.
  [[nodiscard]] bool splits_digits() const noexcept {
    return is_digit_of_any_width(left()) && is_digit_of_any_width(right());
  }
  /// A point: behind it a blank would be the end of a sentence, before it there may be one.
  [[nodiscard]] bool is_point() const noexcept {
    return is_digit_of_any_width(right()) && is_digit_of_any_width(left_over_blanks());
  }
  [[nodiscard]] bool joins_numbers() const noexcept {
    return counts_as_digit(right_over_blanks()) && counts_as_digit(left_over_blanks());
  }

  /// Letters or numbers on both sides, other signs of this kind looked past.
  [[nodiscard]] bool joins_operands() const noexcept {
    std::size_t to = start_;
    std::size_t from = end_;
    char32_t left = back(to, is_passed);
    char32_t right = on(from, is_passed);
    for (int i = 0; i < kRow && is_of(sign_of(left), kOperators); ++i) left = back(to, is_passed);
    for (int i = 0; i < kRow && is_of(sign_of(right), kOperators); ++i) right = on(from, is_passed);
    return is_operand(left) && is_operand(right);
  }

  /// 1,000 and 12,345,678, but neither 1,2 nor 1,0000: groups of three behind one of up to three.
  [[nodiscard]] bool parts_thousands() const noexcept {
    std::size_t from = start_;
    while (start_ - from < kLongestNumber && in_number(before(from))) {
      static_cast<void>(utf8::previous(text_, from));
    }
    std::size_t digits = 0;
    std::size_t groups = 0;
    for (std::size_t to = from; to - from < 2 * kLongestNumber; ++groups) {
      for (digits = 0; is_digit_of_any_width(at(to)); ++digits) {
        if (to - from > 2 * kLongestNumber) return false;
        static_cast<void>(utf8::next(text_, to));
      }
      if (groups == 0 ? digits == 0 || digits > 3 : digits != 3) return false;
      if (!in_number(at(to))) return true;
      static_cast<void>(utf8::next(text_, to));
    }
    return false;
  }

  /// Behind a Latin letter: C#, but not the mark that closes #NBA#.
  [[nodiscard]] bool closes_topic() const noexcept {
    std::size_t place = start_;
    while (start_ - place < kLongestTopic && is_operand(before(place))) {
      static_cast<void>(utf8::previous(text_, place));
    }
    return sign_of(before(place)) == u'#';
  }

  /// C++: the second stands on the first.
  [[nodiscard]] bool follows_latin() const noexcept {
    std::size_t place = start_;
    const auto none = [](char32_t) { return false; };
    char32_t c = back(place, none);
    if (sign_of(c) == u'+') c = back(place, none);
    return folds_to_latin(c);
  }

  [[nodiscard]] bool is_beside_letter() const noexcept {
    std::size_t to = start_;
    std::size_t from = end_;
    char32_t left = back(to, is_opener);
    char32_t right = on(from, closes);
    for (int i = 0; i < kRow && is_of(sign_of(left), kCircles); ++i) left = back(to, is_opener);
    for (int i = 0; i < kRow && is_of(sign_of(right), kCircles); ++i) right = on(from, closes);
    return is_letter_or_number(left) || is_letter_or_number(right);
  }

 private:
  [[nodiscard]] char32_t before(std::size_t place) const noexcept {
    return place > 0 ? utf8::previous(text_, place) : kNothing;
  }
  [[nodiscard]] char32_t at(std::size_t place) const noexcept {
    return place < text_.size() ? utf8::next(text_, place) : kNothing;
  }
  [[nodiscard]] static bool in_number(char32_t c) noexcept {
    return is_digit_of_any_width(c) || sign_of(c) == u',';
  }

  /// The first character before `place` that is not passed by; `place` moves in front of it.
  template <class Skip>
  char32_t back(std::size_t& place, Skip skip) const noexcept {
    while (place > 0) {
      const char32_t c = utf8::previous(text_, place);
      if (!skip(c)) return c;
    }
    return kNothing;
  }
  template <class Skip>
  char32_t on(std::size_t& place, Skip skip) const noexcept {
    while (place < text_.size()) {
      const char32_t c = utf8::next(text_, place);
      if (!skip(c)) return c;
    }
    return kNothing;
  }

  std::string_view text_;
  std::size_t start_;
  std::size_t end_;
};

/// A dash: between numbers, or before one as a minus.
bool keeps_dash(const Neighbours& near) noexcept {
  if (near.joins_numbers()) return true;
  const char32_t left = near.left();
  const char16_t sign = sign_of(left);
  return counts_as_digit(near.right()) && !(is_operand(left) && !counts_as_digit(left)) &&
         sign != u'-' && sign != u'—' && sign != u'~';
}

bool keeps_plus(const Neighbours& near) noexcept {
  return near.follows_latin() || counts_as_digit(near.right()) || counts_as_digit(near.left()) ||
         near.joins_operands();
}

/// `> 5 个` is a quotation in Markdown, and 《 is often typed <<.
bool keeps_angle(const Neighbours& near, char16_t unit) noexcept {
  if (near.joins_operands()) return true;
  if (sign_of(near.left()) == unit || sign_of(near.right()) == unit) return false;
  return counts_as_digit(near.right()) ||
         (counts_as_digit(near.right_over_blanks()) && !near.opens());
}

bool keeps_percent(const Neighbours& near) noexcept {
  return is_letter_or_number(near.left()) || counts_as_digit(near.left_over_blanks());
}

/// √ opens a line as a bullet where something follows that it could be one of.
bool keeps_answer(const Neighbours& near, char16_t unit) noexcept {
  return unit != u'√' || !near.opens() || !is_letter_or_number(near.right_over_blanks());
}

bool keeps_circle(const Neighbours& near) noexcept {
  return near.is_beside_letter() && !near.opens();
}

/// Currencies stand before a number or behind it.
bool keeps_currency(const Neighbours& near) noexcept {
  return counts_as_digit(near.right_over_blanks()) || counts_as_digit(near.left_over_blanks());
}

/// Signs outside ASCII, and %. Currencies are those that only the table lists.
bool keeps_other(const Neighbours& near, char16_t unit) noexcept {
  const auto is = [unit](std::u16string_view set) { return is_of(unit, set); };
  if (is(u"≤≥≠≈±÷")) return is_letter_or_number(near.right_over_blanks());
  if (is(u"%‰‱")) return keeps_percent(near);
  if (is(u"°′″")) return counts_as_digit(near.left_over_blanks());
  if (is(kAnswers)) return keeps_answer(near, unit);
  return is(kCircles) ? keeps_circle(near) : keeps_currency(near);
}

/// The rule of each sign, the frequent ones first.
bool keeps(const Neighbours& near, char16_t unit) noexcept {
  if (unit < 0x80 && near.is_amid_row(unit)) {
    return false;  // -----: fold.cc does not even ask
  }
  switch (unit) {
    case u'-':
      return keeps_dash(near);
    case u'+':
      return keeps_plus(near);
    case u'#':
      return folds_to_latin(near.left()) && !near.closes_topic();
    case u',':
      return near.joins_numbers() && !near.parts_thousands();
    case u'.':
      return near.is_point();
    case u'*':
      return near.splits_digits();
    case u'、':
    case u':':
    case u'~':
    case u'/':
    case u'—':
      return near.joins_numbers();
    case u'<':
    case u'>':
      return keeps_angle(near, unit);
    case u'=':
    case u'^':
      return near.joins_operands();
    default:
      return keeps_other(near, unit);
  }
}

/// What of one kind is written in two ways where it counts.
char16_t as_kept(char16_t unit) noexcept {
  switch (unit) {
    case u'、':
      return u',';
    case u'—':
      return u'-';
    case u'*':
      return u'×';
    default:
      return unit;
  }
}

}  // namespace

bool counts_as_digit(char32_t c) noexcept {
  const std::uint32_t entry = tables::entry(c);
  return ((entry & tables::kEmit) != 0 && is_digit(static_cast<char16_t>(entry))) ||
         tables::is_fraction(c);
}

char16_t sign_in_key(std::string_view text, std::size_t start, std::size_t end,
                     char16_t unit) noexcept {
  return keeps(Neighbours(text, start, end), unit) ? as_kept(unit) : u'\0';
}

/// Most units are ideographs, letters and digits, which need no table.
bool is_sign(char16_t unit) noexcept {
  if (unit >= 0x3000 || is_digit(unit) || is_letter(unit)) return false;
  return (tables::entry(unit) & tables::kSign) != 0;
}

/// Without branches: signs come where they come. Each unit is written, and over it the next if it
/// does not stay.
std::u16string_view letters_of(std::u16string_view key, std::u16string& room) {
  room.resize(std::max(room.size(), key.size()));
  std::size_t size = 0;
  for (const char16_t unit : key) {
    room[size] = unit;
    // No sign is beyond; the entry of NUL has no flag of one.
    size += tables::basic[unit < 0x3000 ? unit : 0] >> 31 ^ 1U;
  }
  static_assert(tables::kSign == 1U << 31);
  return std::u16string_view(room).substr(0, size);
}

}  // namespace dedup::text
