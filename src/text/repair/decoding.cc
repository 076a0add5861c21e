// SPDX-License-Identifier: Apache-2.0
// What the lines tell each other:
//
//   explained   a line about references keeps its own; where half of the lines with any are such,
//               the text is about them and keeps all
//   twice       no line has a reference that is escaped once, nor explains one: &amp;hellip; is
//               dirt then. &amp;lt; could still mean that the page shows &lt;, so it must not be
//               alone, and no sign may stand in the text that would have been escaped, too
//
// Both are asked of the text as it stands, the second behind the first decoding, so a second repair
// gets the same answers or does less.
#include "text/repair/decoding.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "text/code.h"
#include "text/repair/entities.h"
#include "text/repair/explained.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

bool is_decodable(const Patient& line) {
  return line.needs(kReferences) && !line.fenced && !is_code_like(line.text(), line.before) &&
         !holds_link(line.text());
}

/// Signs that whoever escapes a text escapes.
bool is_escapable(char32_t c) {
  return c == U'<' || c == U'>' || c == U'&' || c == U'"' || (c >= 0x2013 && c <= 0x2026) ||
         c == U'·' || c == U'©' || c == U'×';
}

/// Whether an escapable sign stands in `text` as it is.
bool holds_bare_sign(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    if (utf8::leads_main_ideograph(text[at])) {
      at += 3;
      continue;
    }
    const char32_t c = utf8::next(text, at);
    if (is_escapable(c) && (c != U'&' || !reference_at(text, start))) {
      return true;
    }
  }
  return false;
}

/// The lines whose references are all escaped twice.
class Twice {
 public:
  /// Of any line. False where one of its references is escaped once. A row of a table whose
  /// &amp;#124; has to stay is left alone: the next repair would decode that to &#124;.
  [[nodiscard]] bool add(Patient& line, bool decodable) {
    References found = doubled_references(line.text(), line.before);
    if (found.empty()) {
      return references(line.text(), line.before).empty();
    }
    if (!decodable || is_row_with_delimiter(line.text(), found)) {
      return true;
    }
    count_ += found.size();
    of_markup_ |= std::any_of(found.begin(), found.end(), &Twice::is_of_markup);
    lines_.emplace_back(&line, std::move(found));
    return true;
  }

  void decode(std::string_view text, const Patients& all) {
    const bool with_markup = of_markup_ && count_ >= 2 && !any_part(text, all, holds_bare_sign);
    for (auto& [line, found] : lines_) {
      if (!with_markup) {
        std::erase_if(found, &Twice::is_of_markup);
      }
      if (!found.empty()) {
        line->change(decode_doubled(line->text(), line->before, found));
      }
    }
  }

 private:
  /// One that a text may be about.
  static bool is_of_markup(const Reference& reference) { return reference.c < 0x80; }

  static bool is_row_with_delimiter(std::string_view line, const References& found) {
    return line.find('|') != line.npos &&
           std::any_of(found.begin(), found.end(),
                       [](const Reference& reference) { return reference.c == U'|'; });
  }

  std::vector<std::pair<Patient*, References>> lines_;
  std::size_t count_ = 0;
  bool of_markup_ = false;
};

/// Asks the code among `lines` too: whether a line is code, decoding may change.
void decode_twice(std::string_view text, Patients& lines, const std::vector<Patient*>& decodable) {
  Twice twice;
  auto next = decodable.begin();
  for (Patient& line : lines) {
    const bool own = next != decodable.end() && *next == &line;
    next += own ? 1 : 0;
    if (line.needs(kReferences) && !twice.add(line, own)) {
      return;
    }
  }
  twice.decode(text, lines);
}

}  // namespace

void decode_lines(std::string_view text, Patients& lines) {
  std::vector<Patient*> decodable;
  std::size_t explaining = 0;
  std::size_t with_references = 0;
  for (Patient& line : lines) {
    if (!is_decodable(line)) {
      continue;
    }
    const References found = references(line.text(), line.before);
    with_references += found.empty() ? 0 : 1;
    if (explains_references(line.text(), found)) {
      ++explaining;
    } else {
      decodable.push_back(&line);
    }
  }
  if (explaining * 2 >= with_references && explaining > 0) {
    return;
  }
  for (Patient* line : decodable) {
    line->change(decode_references(line->text(), line->before));
  }
  if (explaining == 0) {
    decode_twice(text, lines, decodable);
  }
}

}  // namespace dedup::text
