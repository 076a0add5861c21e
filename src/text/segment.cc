// SPDX-License-Identifier: Apache-2.0
// One walk from mark to mark. At a mark, in this order:
//
//   。 with an ideograph or nothing behind     ends a sentence; most do so
//   a line separator                           ends what is before it
//   " or '                                     opens or closes a quotation; nothing ends
//   a run of . … 。！？ and their like          taken whole, then judged:
//
//     strong (。！？)   ends, but not within an address: a?b=1
//     dots (… or ..)    end where a closing mark or the end of the block follows: “我……”
//     a single dot      ends where it is no number, abbreviation, list number or address
//
//   Closing marks and blanks behind go with the sentence; a mark that carries on (“好。”，就走)
//   takes the end back. When in doubt nothing ends: a sentence too long is harmless, one cut at the
//   wrong place matches where it should not.
//
// Invariants: start_ is the last end of ours, at_ >= start_ is the first byte not looked at yet.
#include "text/segment.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "text/blanks.h"
#include "text/characters.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

/// Marks that end a sentence wherever they stand, but for code.
constexpr bool is_strong(char32_t c) noexcept {
  switch (c) {
    case U'。':
    case U'！':
    case U'？':
    case U'｡':
    case U'!':
    case U'?':
    case U'‼':
    case U'⁇':
    case U'⁈':
    case U'⁉':
      return true;
    default:
      return false;
  }
}

/// Marks that carry a sentence on: 说“好。”，就走.
constexpr bool carries_on(char32_t c) noexcept {
  if (is_main_ideograph(c)) {
    return false;
  }
  constexpr std::u32string_view kMarks = U"，、；：。,;:";
  return kMarks.find(c) != std::u32string_view::npos;
}

/// ASCII that can stand inside an address or an expression beside ? or !.
constexpr bool is_code(char32_t c) noexcept {
  return c > ' ' && c < 0x7F && c != '"' && c != '\'' && !is_closer(c);
}

/// Words of two letters and more; sorted, as the search needs.
bool is_abbreviation(std::string_view word) {
  static constexpr std::array<std::string_view, 16> kWords = {
      "Co",  "Corp", "Dr", "Fig",  "Inc", "Jr", "Ltd", "Mr",
      "Mrs", "Ms",   "No", "Prof", "Sr",  "St", "etc", "vs"};
  return std::binary_search(kWords.begin(), kWords.end(), word);
}

constexpr std::string_view kStop = "。";

class Scanner {
 public:
  Scanner(std::string_view block, std::vector<std::size_t>& ends)
      : block_(block), ends_(ends), first_end_(ends.size()) {}

  /// `marks` are of the text that has the block at `offset`.
  void run(const Marks& marks, std::size_t offset) {
    marks.for_each(Mark::sentence, offset, offset + block_.size(), [&](std::size_t place) {
      const std::size_t mark = place - offset;
      if (mark < at_) {
        return;  // it belongs to a run of marks that was taken whole
      }
      if (is_plain_stop(mark)) {
        at_ = mark + kStop.size();
        end_sentence();
      } else {
        at_ = mark;
        look(mark, utf8::next(block_, at_));
      }
    });
    if (start_ < block_.size()) {
      ends_.push_back(block_.size());
    }
  }

 private:
  void look(std::size_t mark, char32_t c) {
    if (c == '.') {
      if (!is_inside_word(mark)) {
        terminator(mark, c);
      }
    } else if (is_strong(c) || c == U'．' || c == U'…') {
      terminator(mark, c);
    } else if (c == '"') {
      double_open_ = !double_open_;
    } else if (c == '\'') {
      single_open_ = is_apostrophe(mark) ? single_open_ : !single_open_;
    } else if (is_inner_line_end(c)) {
      end_line(mark);
    }
  }

  /// 。 with an ideograph or nothing behind it, which most sentences end with: no more need be seen.
  [[nodiscard]] bool is_plain_stop(std::size_t mark) const noexcept {
    if (block_[mark] != kStop[0] || !block_.substr(mark).starts_with(kStop)) {
      return false;
    }
    const std::size_t behind = mark + kStop.size();
    return behind == block_.size() || utf8::leads_ideograph(block_[behind]);
  }

  /// A dot with a letter or digit behind it, as in 3.5 and a.example: whatever is before it,
  /// nothing ends there.
  [[nodiscard]] bool is_inside_word(std::size_t mark) const noexcept {
    const char behind = mark + 1 < block_.size() ? block_[mark + 1] : '\0';
    return is_letter(behind) || is_digit(behind);
  }

  [[nodiscard]] char32_t peek(std::size_t at) const noexcept {
    return at < block_.size() ? utf8::next(block_, at) : 0;
  }

  /// 0 at the start of the sentence: what ended there is no neighbour.
  [[nodiscard]] char32_t before(std::size_t at) const noexcept {
    return at > start_ ? utf8::previous(block_, at) : 0;
  }

  [[nodiscard]] bool is_apostrophe(std::size_t at) const noexcept {
    return is_latin(before(at)) && is_latin(peek(at + 1));
  }

  /// A run of marks begins at `mark` with `first`: takes it whole and decides what it is.
  void terminator(std::size_t mark, char32_t first) {
    bool strong = is_strong(first);
    std::size_t dots = first == '.' ? 1 : 0;
    bool ellipsis = first == U'…';
    for (std::size_t behind = at_; behind < block_.size(); at_ = behind) {
      const char32_t c = utf8::next(block_, behind);
      if (c == '.') {
        ++dots;
      } else if (c == U'…') {
        ellipsis = true;
      } else if (is_strong(c)) {
        strong = true;
      } else {
        break;
      }
    }
    ellipsis = ellipsis || dots >= 2;
    if (strong ? is_inside_code(mark) : (!ellipsis && !is_full_stop(mark))) {
      return;
    }
    const std::size_t run_end = at_;
    const char32_t last_closer = take_closers();
    const bool weak = !strong && ellipsis;
    if (weak && at_ == run_end && after_blanks() < block_.size()) {
      return;  // 我……还没说完
    }
    const std::size_t end = after_blanks();
    if (last_closer == U'》' || last_closer == U'〉' || carries_on(peek(end))) {
      return;
    }
    at_ = end;
    end_sentence();
  }

  /// ? or ! within an address or an expression: ASCII on both sides.
  [[nodiscard]] bool is_inside_code(std::size_t mark) const noexcept {
    const char32_t run = peek(mark);
    return (run == '?' || run == '!') && is_code(peek(at_)) && is_code(before(mark));
  }

  /// Whether the single dot before at_ ends a sentence.
  [[nodiscard]] bool is_full_stop(std::size_t mark) const {
    const char32_t left = before(mark);
    const char32_t right = peek(at_);
    if (left == 0 || is_list_number(mark)) {
      return false;
    }
    if (is_digit_of_any_width(left) && is_digit_of_any_width(right)) {
      return false;
    }
    if (is_latin(left)) {
      const bool stands_free = right == 0 || is_white(right) || is_closer(right) || right == '"';
      return stands_free && !is_short_word(mark);
    }
    return !is_latin(right) && !is_digit_of_any_width(right) && !is_code(right);
  }

  /// "1." or "(2.": nothing but a number before the dot.
  [[nodiscard]] bool is_list_number(std::size_t mark) const noexcept {
    if (mark - start_ > 12) {
      return false;
    }
    bool number = false;
    for (std::size_t at = start_; at < mark;) {
      const char32_t c = utf8::next(block_, at);
      if (!is_digit_of_any_width(c) && !is_white(c) && c != '(' && c != U'（') {
        return false;
      }
      number = number || is_digit_of_any_width(c);
    }
    return number;
  }

  /// The Latin word before the dot is one letter or an abbreviation.
  [[nodiscard]] bool is_short_word(std::size_t mark) const {
    std::size_t from = mark;
    while (from > start_ && mark - from < 8 &&
           is_latin(static_cast<unsigned char>(block_[from - 1]))) {
      --from;
    }
    const std::string_view word = block_.substr(from, mark - from);
    return word.size() == 1 || is_abbreviation(word);
  }

  /// Moves behind closing marks; straight quotes close only what is open. The last one, or 0.
  char32_t take_closers() noexcept {
    char32_t last = 0;
    for (std::size_t behind = at_; behind < block_.size(); at_ = behind) {
      const char32_t c = utf8::next(block_, behind);
      if (c == '"' && double_open_) {
        double_open_ = false;
      } else if (c == '\'' && single_open_) {
        single_open_ = false;
      } else if (!is_closer(c)) {
        break;
      }
      last = c;
    }
    return last;
  }

  [[nodiscard]] std::size_t after_blanks() const noexcept {
    std::size_t at = at_;
    for (std::size_t behind = at; behind < block_.size() && is_white(utf8::next(block_, behind));) {
      at = behind;
    }
    return at;
  }

  void end_sentence() {
    ends_.push_back(at_);
    start_ = at_;
  }

  /// A line separator ends what is before it; right behind an end it is that sentence's trailing
  /// white space.
  void end_line(std::size_t mark) {
    if (mark == start_ && ends_.size() > first_end_) {
      ends_.pop_back();
    }
    at_ = after_blanks();
    end_sentence();
  }

  std::string_view block_;
  std::vector<std::size_t>& ends_;
  std::size_t first_end_;  // ends_ before this are not ours
  std::size_t start_ = 0;  // of the sentence being read
  std::size_t at_ = 0;
  bool double_open_ = false;
  bool single_open_ = false;
};

}  // namespace

void segment(std::string_view block, const Marks& marks, std::size_t offset,
             std::vector<std::size_t>& ends) {
  Scanner(block, ends).run(marks, offset);
}

void segment(std::string_view block, std::vector<std::size_t>& ends) {
  segment(block, Marks(block, {Mark::sentence}), 0, ends);
}

}  // namespace dedup::text
