// SPDX-License-Identifier: Apache-2.0
#include "text/code.h"

#include <array>
#include <cstddef>

#include "text/ascii.h"
#include "text/blanks.h"
#include "text/characters.h"
#include "text/lanes.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

std::string_view trimmed(std::string_view line) noexcept {
  std::size_t start = 0;
  for (std::size_t at = 0; at < line.size() && is_white(utf8::next(line, at));) {
    start = at;
  }
  line.remove_prefix(start);
  std::size_t end = line.size();
  for (std::size_t at = end; at > 0 && is_white(utf8::previous(line, at));) {
    end = at;
  }
  return line.substr(0, end);
}

bool is_indented(std::string_view line) noexcept {
  std::size_t spaces = 0;
  bool tab = false;
  std::size_t at = 0;
  for (; at < line.size() && (line[at] == ' ' || line[at] == '\t'); ++at) {
    spaces += line[at] == ' ' ? 1 : 0;
    tab |= line[at] == '\t';
  }
  if (at == line.size() || (spaces < 4 && !tab)) {
    return false;
  }
  return !is_wide_blank(utf8::next(line, at));
}

/// A line of prose under an indent: it begins as no code does, and has the marks of a sentence. A
/// reference at its head counts as whatever it stands for.
bool reads_as_prose(std::string_view line) noexcept {
  const std::string_view body = trimmed(line);
  if (body.empty() || (is_ascii(body.front()) && body.front() != '&')) {
    return false;
  }
  bool ideograph = false;
  bool mark = false;
  for (std::size_t at = 0; at < body.size();) {
    const char32_t c = utf8::next(body, at);
    ideograph |= is_han(c);
    mark |= is_stop(c);
  }
  return ideograph && mark;
}

/// Ends like a statement or a block of the C family, and begins in ASCII. The semicolon of a
/// reference is none.
bool is_statement(std::string_view line) noexcept {
  const std::string_view body = trimmed(line);
  if (body.empty() || !is_ascii(body.front()) || body.front() == '&') {
    return false;
  }
  const char last = body.back();
  if (last != ';') {
    return last == '{' || last == '}';
  }
  std::size_t at = body.size() - 1;
  while (at > 0 && (is_letter(body[at - 1]) || is_digit(body[at - 1]) || body[at - 1] == '#')) {
    --at;
  }
  return at == 0 || body[at - 1] != '&';
}

/// What is counted of a line, outside of tags.
struct Count {
  std::size_t marks = 0;
  std::size_t ideographs = 0;
  bool attribute = false;
};

/// Marks of ASCII that prose has few of: {}[]<>=$\|^_@*+/%, from each of these up to the other.
constexpr unsigned char kMarkRanges[][2] = {{'$', '%'}, {'*', '+'}, {'/', '/'}, {'<', '>'},
                                            {'@', '@'}, {'[', '_'}, {'{', '}'}};
constexpr std::array<bool, 0x80> kMarks = [] {
  std::array<bool, 0x80> marks{};
  for (const auto& [first, last] : kMarkRanges) {
    for (std::size_t c = first; c <= last; ++c) {
      marks[c] = true;
    }
  }
  return marks;
}();

bool holds_attribute(std::string_view part) noexcept {
  return part.find("href=") != std::string_view::npos ||
         part.find("src=") != std::string_view::npos;
}

void count(std::string_view part, Count& counted) noexcept {
  for (std::size_t at = 0; at < part.size();) {
    if (utf8::leads_main_ideograph(part[at])) {
      ++counted.ideographs;
      at += 3;
      continue;
    }
    const char32_t c = utf8::next(part, at);
    if (c < 0x80) {
      counted.marks += kMarks[c] ? 1 : 0;
    } else {
      counted.ideographs += is_main_ideograph(c) || is_han(c) ? 1 : 0;
    }
  }
  counted.attribute |= holds_attribute(part);
}

/// Whether there are as many ideographs as marks: yes is sure. Told without decoding, by the leads
/// of the main ones, of which most lines of prose have enough.
bool holds_as_many_ideographs(std::string_view line) noexcept {
  const auto in = [](Bytes block, unsigned char low, unsigned char high) {
    return Bytes(block - low <= Bytes{} + static_cast<unsigned char>(high - low));
  };
  constexpr std::size_t kStretch = LaneCount::kMost * sizeof(Bytes);
  std::size_t marks = 0;
  std::size_t ideographs = 0;
  for (std::size_t at = 0; at < line.size(); at += kStretch) {
    LaneCount of_marks;
    LaneCount of_leads;
    each_block(line.substr(at, kStretch), [&](Bytes block) {
      Bytes mark{};
      for (const auto& [first, last] : kMarkRanges) {
        mark |= in(block, first, last);
      }
      of_marks.add(mark);
      of_leads.add(in(block, 0xE5, 0xE9));
    });
    marks += of_marks.sum();
    ideographs += of_leads.sum();
  }
  return marks <= ideographs;
}

/// By what stands between the tags.
bool is_dominated_by_marks(std::string_view line, TagState before) {
  Count counted;
  std::size_t at = 0;
  const MarkupSpans markup = read_tags(line, before);
  if (markup.empty() && holds_as_many_ideographs(line)) {
    return holds_attribute(line);
  }
  for (const MarkupSpan& span : markup) {
    count(line.substr(at, span.start - at), counted);
    at = span.end;
  }
  count(line.substr(at), counted);
  return counted.attribute || counted.marks > counted.ideographs ||
         (!markup.empty() && counted.ideographs == 0);
}

}  // namespace

std::optional<Fence> fence(std::string_view line) noexcept {
  line = trimmed(line);
  if (!line.starts_with("```") && !line.starts_with("~~~")) {
    return std::nullopt;
  }
  const char mark = line.front();
  const std::size_t behind = line.find_first_not_of(mark);
  if (behind == std::string_view::npos) {
    return Fence{mark, true};
  }
  // Behind the marks of a fence stands the name of a language.
  for (const char c : line.substr(behind)) {
    if (static_cast<unsigned char>(c) >= 0x80 || c == mark) {
      return std::nullopt;
    }
  }
  return Fence{mark, false};
}

bool is_code_like(std::string_view line, TagState before) {
  return (is_indented(line) && !reads_as_prose(line)) || line.find('`') != std::string_view::npos ||
         is_statement(line) || is_dominated_by_marks(line, before);
}

bool holds_link(std::string_view line) noexcept {
  return line.find("](") != std::string_view::npos;
}

}  // namespace dedup::text
