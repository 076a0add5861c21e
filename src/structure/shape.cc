// SPDX-License-Identifier: Apache-2.0
// Most lines are prose and begin with an ideograph: those are told by their first and last
// characters. Only a line that begins otherwise is looked at closer, in this order:
//
//   fence → rule → heading of Markdown → frame or row → media → mark-up    by the first mark
//   tab → number → source text → label → prose                             by the text
//
// The first that fits stands. What looks like two is the one that protects more: a fence before a
// rule (~~~), mark-up before a number, a row before the item that begins it.
//
// Lengths are bytes, since nothing is counted before it is known to matter: an ideograph has three,
// so 90 bytes of Chinese are 30 characters, and 90 of English 15 words; both are headings at most.
//
// Invariant: a shape depends on the line alone, so lines may be shaped in any order, and the same
// line has one shape wherever it stands. What neighbours say is layout.cc's.
#include "structure/shape.h"

#include <algorithm>
#include <cstddef>

#include "structure/code_shape.h"
#include "structure/first_mark.h"
#include "structure/label.h"
#include "text/ascii.h"
#include "text/blanks.h"
#include "text/byte_set.h"
#include "text/characters.h"
#include "text/lanes.h"
#include "text/literal.h"
#include "walls/utf8.h"

namespace dedup::structure {
namespace {

constexpr std::size_t kLongestHeading = 90;  // bytes: 30 ideographs
constexpr std::size_t kParagraph = 120;      // bytes: 40 ideographs
constexpr std::size_t kLeastTorn = 50;       // bytes
constexpr std::size_t kMostTorn = 240;
constexpr std::size_t kWidestWrapped = 100;  // columns
constexpr std::size_t kOneCharacter = 3;     // bytes
constexpr std::size_t kLastClause = 90;      // bytes: 30 ideographs
constexpr std::size_t kLongestTimed = 60;

/// What may stand behind the mark that ends a sentence.
constexpr bool closes(char32_t c) noexcept {
  return text::is_closing(c) || c == ')' || c == '*' || c == '"';
}

constexpr bool ends(char32_t c) noexcept {
  switch (c) {
    case U'。':
    case U'！':
    case U'？':
    case U'；':
    case U'…':
    case U'!':
    case U'?':
    case U';':
    case U'.':
      return true;
    default:
      return false;
  }
}

/// The first character. Requires: not empty.
char32_t first_of(std::string_view text) noexcept {
  std::size_t at = 0;
  return utf8::next(text, at);
}

/// Whether the last byte tells that read_end() finds nothing: that of most ideographs, or of ASCII
/// but for marks and digits. Requires: not empty.
bool ends_plainly(std::string_view text) noexcept {
  static constexpr text::ByteSet kTelling{"!?;.)*\":0123456789"};
  const char last = text.back();
  return text::is_ascii(last)
             ? !kTelling.has(last)
             : text.size() >= 3 && utf8::leads_main_ideograph(text[text.size() - 3]);
}

/// Takes the indent off a line, which it has if its first byte may begin one, and says how wide it
/// is.
std::uint8_t take_indent(std::string_view& line) noexcept {
  std::size_t columns = 0;
  std::size_t at = 0;
  for (std::size_t next = 0; next < line.size();) {
    const char32_t c = utf8::next(line, next);
    if (!text::is_white(c)) {
      break;
    }
    // Two of U+3000 begin a paragraph of prose; they nest nothing.
    columns = c == '\t' ? columns / 4 * 4 + 4 : columns + (c == 0x3000 ? 0 : 1);
    at = next;
  }
  line.remove_prefix(at);
  return static_cast<std::uint8_t>(std::min<std::size_t>(columns, 255));
}

bool may_be_indented(std::string_view line) noexcept {
  return !line.empty() && text::may_begin_blank(line);
}

/// Whether the last mark, closing ones aside, ends a sentence.
bool ends_sentence(std::string_view text) noexcept {
  std::size_t at = text.size();
  while (at > 0) {
    const char32_t c = utf8::previous(text, at);
    if (!closes(c)) {
      return ends(c);
    }
  }
  return false;
}

/// Whether a line holds a mark that parts of a sentence have. What begins with other bytes than
/// these marks is passed over at once.
bool holds_mark(std::string_view text) noexcept {
  const auto may_begin_mark = [](text::Bytes bytes) {
    return text::Bytes((bytes == 0xE3) | (bytes == 0xEF) | (bytes == ';'));
  };
  for (std::size_t at = text::find_lane(text, 0, may_begin_mark); at != text.npos;
       at = text::find_lane(text, at + 1, may_begin_mark)) {
    const std::string_view mark = text.substr(at);
    if (text::begins_with(mark, "，") || text::begins_with(mark, "。") ||
        text::begins_with(mark, "；") || mark[0] == ';') {
      return true;
    }
  }
  return false;
}

/// Short, but more than a single character, and without the marks that parts of a sentence have.
/// Many a short line is a sentence, which its end tells.
bool is_brief(std::string_view text) noexcept {
  return text.size() > kOneCharacter && text.size() <= kLongestHeading && !text.ends_with("。") &&
         !holds_mark(text);
}

/// 10:05 and 10:05:30 at the end, also with the fractions that subtitles have: 00:00:26,000.
bool ends_in_time(std::string_view text) noexcept {
  const auto digit = [&text](std::size_t before) {
    return text.size() >= before && text::is_digit(text[text.size() - before]);
  };
  if (!digit(1)) return false;
  if (digit(2) && digit(3) && text.size() > 4 && (text[text.size() - 4] == ',')) {
    text.remove_suffix(4);
  }
  return digit(1) && digit(2) && digit(4) && text[text.size() - 3] == ':';
}

/// Whether emphasis or brackets stand around all of the line, as around （副歌） and **步骤**.
bool is_emphasised(std::string_view text, char32_t first) noexcept {
  switch (first) {
    case '*':
      return text::begins_with(text, "**") && text.ends_with("**");
    case U'【':
      return text.ends_with("】");
    case U'（':
      return text.ends_with("）");
    default:
      return false;
  }
}

/// The columns of a line that may be torn off at its end, two for each ideograph.
std::uint8_t width_of(std::string_view line) noexcept {
  if (line.size() < kLeastTorn || line.size() > kMostTorn) {
    return 0;
  }
  static_assert(kMostTorn <= text::LaneCount::kMost * sizeof(text::Bytes));
  text::LaneCount leads;
  text::LaneCount others;  // of characters that are not ASCII
  text::each_block(line, [&](text::Bytes bytes) {
    leads.add(text::Bytes(bytes >= 0xC0));
    others.add(text::Bytes(bytes >= 0x80));
  });
  const std::size_t columns = line.size() - others.sum() + 2 * leads.sum();
  return columns > kWidestWrapped ? 0 : static_cast<std::uint8_t>(columns);
}

/// By the republic's years.
bool begins_with_era(std::string_view text) noexcept { return text::begins_with(text, "中華民國"); }

/// What the end of a text tells, which is nothing of many.
void read_end(std::string_view text, Shape& shape) noexcept {
  if (text.ends_with("。")) {
    shape.speaks = true;
    return;
  }
  if (text.empty() || ends_plainly(text)) {
    return;
  }
  shape.speaks = ends_sentence(text);
  shape.asks = shape.speaks && (text.ends_with("？") || text.ends_with('?'));
  shape.timed = text.size() <= kLongestTimed && ends_in_time(text);
  shape.lead_in = text.ends_with("：") || text.ends_with(':');
}

/// Of the text behind a number, or all of a line without one: whether it is an entry of a history.
/// Those of histories are counted in digits or numerals, or begin with the republic's years.
bool dates_entry(std::string_view text, Numbering numbering) noexcept {
  switch (numbering) {
    case Numbering::date:
      return true;
    case Numbering::none:
      return begins_with_era(text) && text::begins_with_date(text);
    case Numbering::digits:
    case Numbering::chinese:
      return text::begins_with_date(text);
    default:
      return false;
  }
}

/// Whether a line of this kind may turn out a heading, or be short where that matters.
constexpr bool may_be_brief(Kind kind) noexcept {
  return kind == Kind::prose || kind == Kind::item || kind == Kind::label;
}

/// Cells parted by tabs.
std::uint8_t columns_of(std::string_view text) noexcept {
  if (text.find('\t') == std::string_view::npos) {
    return 0;
  }
  const auto tabs = std::ranges::count(text, '\t');
  return static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(tabs + 1, 255));
}

/// Of what is left: a label names what stands behind it, in its line or below.
Kind kind_by_text(std::string_view text) noexcept {
  if (const auto label = label_of(text)) {
    return label->value.empty() ? Kind::label : Kind::field;
  }
  return text.ends_with("：") || text.ends_with(':') ? Kind::label : Kind::prose;
}

/// 第 3 條 alone on its line labels what follows, and so does 第 3 條 本局職掌如下：.
Kind kind_by_number(const Shape& shape, std::string_view counted) noexcept {
  switch (shape.numbering) {
    case Numbering::chapter:
      return is_brief(counted) ? Kind::heading : Kind::prose;
    case Numbering::clause:
      return counted.empty() || shape.lead_in ? Kind::label : Kind::prose;
    default:
      return Kind::item;
  }
}

/// Of a line that does not begin with a mark. Source begins in ASCII. `counted`: what stands behind
/// the number.
Kind kind_of(const Shape& shape, std::string_view text, std::string_view counted) noexcept {
  if (shape.columns > 0) {
    return Kind::row;
  }
  if (shape.numbering != Numbering::none) {
    return kind_by_number(shape, counted);
  }
  return !shape.ideographic && is_source_text(text) ? Kind::code : kind_by_text(text);
}

/// Of a line that begins with an ideograph, without tabs: it counts nothing, dates nothing and ends
/// in 。, so that all that is left to ask is whether it is a field.
bool is_plain_sentence(std::string_view line) noexcept {
  return line.ends_with("。") && !text::may_begin_number(line) && !begins_with_era(line);
}

/// Whether a line that begins with no ideograph begins with a mark, or with an address.
bool begins_with_mark(std::string_view line) noexcept {
  return line[0] == 'h' || !(text::is_letter(line[0]) || text::is_digit(line[0]));
}

/// What a line counts, how it ends, and what it is, where its first mark did not tell.
void read_text(std::string_view line, char32_t first, Shape& shape) noexcept {
  const std::string_view text = without_emphasis(line);
  if (text.empty()) {
    shape.kind = Kind::rule;  // ** or __
    return;
  }
  const Number number = text::may_begin_number(text) ? text::number_of(text) : Number{};
  const std::string_view counted = text.substr(number.end);
  shape.numbering = number.style;
  shape.number = number.value;
  shape.emphasised = is_emphasised(line, first);
  read_end(counted, shape);
  shape.dated = dates_entry(counted, number.style);
  shape.width = shape.speaks || shape.lead_in || shape.quoted ? 0 : width_of(line);
  shape.kind = kind_of(shape, text, counted);
  shape.brief = may_be_brief(shape.kind) && is_brief(counted);
}

}  // namespace

Shape shape_of(std::string_view line, bool tabs) noexcept {
  Shape shape;
  shape.indent = may_be_indented(line) ? take_indent(line) : std::uint8_t{0};
  if (line.empty()) {
    return shape;
  }
  const char32_t first = first_of(line);
  shape.ideographic = text::is_main_ideograph(first);
  shape.long_text = line.size() >= kParagraph;
  if (shape.ideographic && !tabs && is_plain_sentence(line)) {
    shape.speaks = true;
    shape.kind = kind_by_text(line);
    return shape;
  }
  shape.quoted = first == '>';
  if (!shape.ideographic && begins_with_mark(line)) {
    if (const auto kind = kind_by_first_mark(line, first, shape)) {
      shape.kind = *kind;
      shape.long_text = shape.long_text && *kind != Kind::media;
      return shape;
    }
  }
  shape.columns = tabs ? columns_of(line) : 0;
  read_text(line, first, shape);
  return shape;
}

/// It begins with an example, or its last clause says 下列, 以下, 如下 or 下面. Many a line of prose
/// does; what follows decides.
bool shows_below(std::string_view line, const Shape& shape) noexcept {
  if (!has_sentences(shape.kind) && shape.kind != Kind::label && shape.kind != Kind::field &&
      shape.kind != Kind::item) {
    return false;
  }
  if (may_be_indented(line)) {
    static_cast<void>(take_indent(line));
  }
  const std::string_view text = without_emphasis(line);
  if (text.starts_with("例如") || text.starts_with("比如")) {
    return true;
  }
  constexpr std::string_view kBelow = "下";
  const std::size_t start = text.size() > kLastClause ? text.size() - kLastClause : 0;
  for (std::size_t at = text.find(kBelow, start); at != std::string_view::npos;
       at = text.find(kBelow, at + 1)) {
    const std::string_view before = text.substr(0, at);
    const std::string_view behind = text.substr(at + kBelow.size());
    if (behind.starts_with("列") || behind.starts_with("面") || before.ends_with("以") ||
        before.ends_with("如")) {
      return true;
    }
  }
  return false;
}

}  // namespace dedup::structure
