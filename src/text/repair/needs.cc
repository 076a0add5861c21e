// SPDX-License-Identifier: Apache-2.0
// From marks to needs. The filter that makes the marks (text/kernels_patterns.h) sees five bytes at
// a time; here the characters around its finds are read, and each says which
// pass its line has to see:
//
//   大家都知道 ，      a blank before a stop         kSpaces
//   人 民 网           a blank in a row of them      kSpaces
//   創(chuàng)新       a bracket and a letter        kNotes
//   甲&lt;乙           an ampersand                  kReferences
//   U+200B, U+202E     no more than its code         kInvisible
//   U+00E4             no more than its code         kMojibake
//   U+93C4, U+951F     many of them in a line        kMangled
//   U+E863             no more than its code         kPrivateUse
//   ``` or ~~~         at the head of a line         kFence
//
// Both have to let through all that a pass would change: who widens a pass widens these, or the
// line never gets there. A yes too many costs one look at one line.
#include "text/repair/needs.h"

#include <algorithm>
#include <utility>

#include "text/blanks.h"
#include "text/characters.h"
#include "text/line_ends.h"
#include "text/repair/pinyin.h"
#include "text/repair/private_use.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

/// The characters next to a place, 0 at the ends of the text.
char32_t before(std::string_view text, std::size_t at) {
  return at == 0 ? 0 : utf8::previous(text, at);
}
char32_t from(std::string_view text, std::size_t at) {
  return at < text.size() ? utf8::next(text, at) : 0;
}

/// Whether the space at `at` may begin a row of ideographs set apart one by one: 甲 乙 丙, from the
/// first space on. The last space of a row is missed, which does not matter: it takes four.
bool is_in_row(std::string_view text, std::size_t at, char32_t left, char32_t right) {
  if (left < 0x80 || right < 0x80) {
    return false;
  }
  std::size_t behind = at + 1;
  static_cast<void>(utf8::next(text, behind));
  return behind < text.size() && text[behind] == ' ' && is_han_or_radical(left) &&
         is_han_or_radical(right);
}

/// Requires: a blank of `size` bytes at `at`.
/// A wide blank also matters at the ends of a line and beside other blanks; between two words, as
/// in 第一条 U+3000 总则, it stays.
unsigned needs_of_blank(std::string_view text, std::size_t at, std::size_t size) {
  const char32_t left = before(text, at);
  const char32_t right = from(text, at + size);
  if (is_opening(left) || is_closing(right) || is_stop(right)) {
    return kSpaces;
  }
  if (text[at] == ' ') {
    return is_in_row(text, at, left, right) ? kSpaces : kNothing;
  }
  const auto is_margin = [](char32_t c) { return c < U' ' || is_white(c); };
  return is_margin(left) || is_margin(right) ? kSpaces : kNothing;
}

/// Three of a kind at the head of a line or behind a blank, so not those of 好~~~. Whether they make
/// a fence, the whole line tells: fence().
unsigned needs_of_fence(std::string_view text, std::size_t at) {
  const std::string_view marks = text.substr(at, 3);
  const bool three = marks.size() == 3 && marks[0] == marks[1] && marks[1] == marks[2];
  const char32_t left = before(text, at);
  return three && (left < U' ' || is_white(left)) ? kFence : kNothing;
}

/// Bytes of a line for each hint that it was read in a wrong charset, at most. UTF-8 read as GBK
/// has a hint in 13 bytes in the median, text in traditional script one in 900. With 64 all of the
/// defaults took 2 % more instructions on mixed text.
constexpr std::size_t kBytesOfHint = 40;

/// What UTF-8 read as GBK is full of: leads with what follows them in half of all ideographs become
/// traditional ones with 金 (U+9280 to U+947F), EF BC becomes 锛, 80 the euro sign; A1 to A9 with the
/// lead behind them become signs of the rows of GB 2312, AA to AF private use; and what was lost
/// before, EF BF, becomes 锟. Big5 read as GBK has private use for its marks, GBK read as Big5 has
/// ㄛ ﹜ ﹝ for them, and radicals. 烫 and 屯 are memory that nobody filled.
/// This asks of the character alone; is_lone_word() says which of the last two are none.
bool is_hint(char32_t c) {
  const auto in = [c](char32_t low, char32_t high) { return c >= low && c <= high; };
  const bool ideograph = in(0x9280, 0x947F) || c == U'锛' || c == U'锟' || c == U'烫' || c == U'屯';
  const bool sign = in(0x0430, 0x044F) || c == 0x20AC || in(0x2530, 0x254B) || in(0x2E80, 0x2EF3) ||
                    in(0x3041, 0x312F) || in(0x3220, 0x3229) || in(0xFE30, 0xFE44) ||
                    in(0xFE5C, 0xFE5D);
  return ideograph || sign || c == utf8::kReplacement || (c < 0xF900 && is_private_use(c));
}

/// Of 烫 and 屯 at `at` only those before their like, or a character that begins with the same byte:
/// both are words.
bool is_lone_word(char32_t c, std::string_view text, std::size_t at, std::size_t behind) {
  return (c == U'烫' || c == U'屯') && (behind == text.size() || text[behind] != text[at]);
}

/// The needs that a character outside ASCII brings with it, whatever its neighbours.
unsigned needs_of_wide(char32_t c) {
  const auto in = [c](char32_t low, char32_t high) { return c >= low && c <= high; };
  if (c < 0xA0) {
    return c == 0x85 ? kNothing : kInvisible;
  }
  if (c >= 0xC0 && c <= 0xFF) {
    return kMojibake;
  }
  if (c < 0x2E80) {
    const bool invisible = c == 0xAD || c == 0x034F || c == 0x061C || c == 0x115F || c == 0x1160 ||
                           c == 0x180E || in(0x200B, 0x200F) || in(0x202A, 0x202E) ||
                           in(0x2060, 0x2069);
    return invisible ? kInvisible : kNothing;
  }
  if (c < 0x3300) {
    return is_radical(c) ? kRadicals : c == 0x3164 ? kInvisible : kNothing;
  }
  if (c < 0xF900 || c >= 0xF0000) {
    return is_private_use(c) ? kPrivateUse : kNothing;
  }
  const bool invisible = in(0xFE00, 0xFE0F) || c == 0xFEFF || c == 0xFFA0 || in(0xFFF9, 0xFFFC) ||
                         in(0xE0000, 0xE007F) || in(0xE0100, 0xE01EF);
  return invisible ? kInvisible : kNothing;
}

unsigned needs_of_bracket(std::string_view text, std::size_t at) {
  return may_be_note(text, at) ? kNotes : kNothing;
}

/// Marks of ideographs and full-width forms, which need nothing by themselves.
constexpr bool is_common_mark(char32_t c) {
  return (c > 0x3000 && c < 0x3020) || (c >= U'！' && c <= U'～');
}

/// What a byte outside ASCII and what stands behind its character mean.
/// The filter also stops at the last byte of a character, for the sake of the bracket behind it. So
/// the bracket comes first, and all that needs the character only where its lead byte is at hand.
unsigned look_at_wide(std::string_view text, std::size_t at) {
  unsigned found = kNothing;
  if (at + 1 < text.size() && text[at + 1] == '(') {
    found |= needs_of_bracket(text, at + 1);
  }
  if (static_cast<unsigned char>(text[at]) < 0xC0) {
    return found;
  }
  std::size_t behind = at;
  const char32_t c = utf8::next(text, behind);
  if (behind < text.size() && text[behind] == ' ' && is_opening(c)) {
    found |= kSpaces;
  }
  if (is_main_ideograph(c)) {
    return found | (is_hint(c) && !is_lone_word(c, text, at, behind) ? kMangled : kNothing);
  }
  if (is_wide_blank(c)) {
    return found | needs_of_blank(text, at, behind - at);
  }
  if (c == U'（') {
    return found | needs_of_bracket(text, at);
  }
  if (is_common_mark(c)) {
    return found;
  }
  return found | needs_of_wide(c) | (is_hint(c) ? kMangled : kNothing);
}

/// What the byte at `at`, which the filter stopped at, means for its line.
/// Of the controls, tabs and the ends of lines need nothing; VT and FF are let through, though in
/// the end they stay.
unsigned closer_look(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte >= 0x80) {
    return look_at_wide(text, at);
  }
  switch (byte) {
    case ' ':
      return needs_of_blank(text, at, 1);
    case '&':
      return kReferences;
    case '`':
    case '~':
      return needs_of_fence(text, at);
    case '\t':
    case '\r':
      return kNothing;
    default:
      return kInvisible;
  }
}

bool is_hinted(std::size_t hints, std::size_t bytes) {
  return hints > 0 && bytes / kBytesOfHint <= hints;
}

/// Gathers the needs of one line after the other.
class Collector {
 public:
  Collector(std::string_view text, std::size_t from) : text_(text), from_(from) {}

  /// Requires: places in order, so that one behind the last line opens another.
  void look(std::size_t at) {
    const unsigned found = closer_look(text_, at);
    if (found == kNothing) {
      return;
    }
    if (lines_.empty() || at >= lines_.back().end) {
      open_line(at);
    }
    lines_.back().needs |= found;
    lines_.back().places += (found & ~kMangled) != 0 ? 1 : 0;
    hints_ += (found & kMangled) != 0 ? 1 : 0;
  }

  [[nodiscard]] std::vector<NeedyLine> take() {
    weigh_hints();
    return std::move(lines_);
  }

 private:
  /// Of the last line. One that has too few is dropped, unless it needs something else.
  void weigh_hints() {
    if (hints_ == 0) {
      return;
    }
    NeedyLine& line = lines_.back();
    if (!is_hinted(std::exchange(hints_, 0), line.end - line.start)) {
      line.needs &= ~unsigned{kMangled};
    }
    line.places += line.places == 0 ? 1 : 0;
    if (line.needs == kNothing) {
      lines_.pop_back();
    }
  }

  /// Looks back no further than to the last line that was opened, so that no byte is passed twice.
  void open_line(std::size_t at) {
    const std::size_t floor = lines_.empty() ? from_ : lines_.back().end;
    weigh_hints();
    const std::size_t start = line_start(text_, floor, at);
    if (feed_ <= at) {
      feed_ = std::min(text_.find('\n', at), text_.size());
    }
    const std::size_t end = std::min(text_.substr(0, feed_).find('\r', at), feed_);
    lines_.push_back({start, end, kNothing, 0});
  }

  std::string_view text_;
  std::size_t from_;
  std::size_t feed_ = 0;   // the next \n, kept so that text with \r alone stays linear
  std::size_t hints_ = 0;  // in the last line
  std::vector<NeedyLine> lines_;
};

}  // namespace

std::vector<NeedyLine> needy_lines(std::string_view text, const Marks& marks, std::size_t from) {
  Collector collector(text, from);
  marks.for_each(Mark::repair, from, text.size(), [&](std::size_t at) { collector.look(at); });
  return collector.take();
}

unsigned needs(std::string_view line) {
  unsigned found = kNothing;
  std::size_t hints = 0;
  Marks(line, {Mark::repair}).for_each(Mark::repair, 0, line.size(), [&](std::size_t at) {
    const unsigned here = closer_look(line, at);
    hints += (here & kMangled) != 0 ? 1 : 0;
    found |= here;
  });
  return is_hinted(hints, line.size()) ? found : found & ~unsigned{kMangled};
}

}  // namespace dedup::text
