// SPDX-License-Identifier: Apache-2.0
#include "text/repair/references.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/blanks.h"
#include "text/repair/entity_names.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

/// Characters that text may gain. Controls, line ends and non-characters would break it, and ` and
/// ~ could turn the lines that follow into code.
/// So &#10; stays, since it would end the line, and &#xD800;, which is no character.
bool is_welcome(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
  const bool line_end = c == 0x2028 || c == 0x2029;
  const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
  const bool no_character = (c & 0xFFFEU) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
  return !control && !line_end && !surrogate && !no_character && c <= 0x10FFFF && c != U'`' &&
         c != U'~';
}

/// Whether a reference may lack its semicolon in front of `next`. Parentheses may hold what another
/// repair takes out, so they never decide.
bool may_end_before(char next) {
  return !is_ascii(next) || next == ' ' || next == '\t' || next == '&' || next == '<' ||
         next == '(' || next == ')';
}

/// Whether text that is not Latin goes on at `at`, or the line ends. White space at the end of a
/// line and before a mark is as good as none, since it may go.
bool meets_text(std::string_view line, std::size_t at) {
  const bool touching = at < line.size() && (!is_ascii(line[at]) || line[at] == '&');
  while (at < line.size()) {
    const char32_t c = utf8::next(line, at);
    if (!is_white(c)) {
      return touching || is_stop(c) || is_opening(c) || is_closing(c);
    }
  }
  return true;
}

/// &nbsp and numbers are nothing else, wherever they stand.
bool is_plain(std::string_view body) { return body == "nbsp" || body.starts_with("#"); }

/// Whether one may lack its semicolon behind `previous`. Letters and figures before a named one
/// make it a word with an ampersand (R&reg) or a query (x=1&lt).
bool may_begin_behind(char previous, std::string_view body) {
  return is_plain(body) || may_end_before(previous) || previous == ';' || previous == '>';
}

/// Finds the runs of visible ASCII that hold an address. Asked for ascending places only.
class Addresses {
 public:
  explicit Addresses(std::string_view line) : line_(line) {}

  /// Whether the run that the visible character at `at` is in holds a :// or the start of a query,
  /// before it or behind it. A run ends at a blank or an ideograph: 见https://a.example/?x&amp;y is
  /// one from the h on. Linear, since no run is walked twice.
  [[nodiscard]] bool holds(std::size_t at) {
    if (at >= end_) {
      std::size_t start = at;
      while (start > end_ && is_visible(line_[start - 1])) {
        --start;
      }
      end_ = at;
      while (end_ < line_.size() && is_visible(line_[end_])) {
        ++end_;
      }
      const std::string_view run = line_.substr(start, end_ - start);
      is_address_ = run.find("://") != std::string_view::npos || holds_query(run);
    }
    return is_address_;
  }

 private:
  static bool is_visible(char c) { return c > ' ' && c < 0x7F; }

  /// ?name=, as in /list?page=2&lt=3.
  static bool holds_query(std::string_view run) {
    for (std::size_t at = run.find('?'); at != std::string_view::npos; at = run.find('?', at + 1)) {
      std::size_t end = at + 1;
      while (end < run.size() && (is_letter(run[end]) || is_digit(run[end]) || run[end] == '_')) {
        ++end;
      }
      if (end > at + 1 && end < run.size() && run[end] == '=') {
        return true;
      }
    }
    return false;
  }

  std::string_view line_;
  std::size_t end_ = 0;
  bool is_address_ = false;
};

}  // namespace

/// The look ahead is short, so that a line of & alone stays linear.
std::optional<Reference> reference_at(std::string_view line, std::size_t at) {
  constexpr std::size_t kLongest = kLongestEntityName + 1;  // numbers have some leading zeros
  std::size_t end = at + 1;
  end += line.substr(end, 1) == "#" ? 1 : 0;
  while (end < line.size() && end <= at + kLongest &&
         (is_letter(line[end]) || is_digit(line[end]))) {
    ++end;
  }
  const std::string_view body = line.substr(at + 1, end - at - 1);
  const bool whole = end < line.size() && line[end] == ';';
  if (!whole && ((end < line.size() && !may_end_before(line[end])) ||
                 (!is_plain(body) && !meets_text(line, end)) ||
                 (at > 0 && !may_begin_behind(line[at - 1], body)))) {
    return std::nullopt;
  }
  const std::optional<char32_t> c = meaning_of_reference(body);
  if (!c || !is_welcome(*c)) {
    return std::nullopt;
  }
  return Reference{at, end + (whole ? 1 : 0), *c};
}

/// Addresses are looked for only where a reference was found, mark-up only where a < may open it. A
/// line with a | may be a row of a table, which &#124; would give one more column.
References references(std::string_view line, TagState before) {
  References found;
  Addresses addresses(line);
  const bool row = line.find('|') != std::string_view::npos;
  const MarkupSpans markup = read_tags(line, before);
  auto span = markup.begin();
  for (std::size_t at = line.find('&'); at != std::string_view::npos; at = line.find('&', at + 1)) {
    while (span != markup.end() && span->end <= at) {
      ++span;
    }
    if (span != markup.end() && span->start <= at) {
      continue;
    }
    const auto reference = reference_at(line, at);
    if (reference && !(row && reference->c == U'|') && !addresses.holds(at)) {
      found.push_back(*reference);
    }
  }
  return found;
}

}  // namespace dedup::text
