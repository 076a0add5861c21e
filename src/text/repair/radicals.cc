// SPDX-License-Identifier: Apache-2.0
// Scrapes of PDF hold radicals anywhere in prose, so what has to be shown is that one is meant:
//
//   康熙部首 U+2F54 有四画          a line that is about radicals, or the next one, or one of a list
//                                  that such a line opens
//   U+2F08 U+2F54 U+2F55           as many that stand by themselves as there are other ideographs
//   “U+2F54”                       by itself in quotation marks
//   U+2F54（水）                   by itself, and its ideograph by itself in the same line
//
// By itself is a radical with no ideograph, letter or figure on either side. But U+2F00、总则 is a
// number: one two eight and ten at the head of a line are.
//
// Each of these is still true when the other radicals have become ideographs.
#include "text/repair/radicals.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "text/ascii.h"
#include "text/blanks.h"
#include "text/characters.h"
#include "text/code.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

/// A radical and what stands on both sides of it, 0 at the ends of the line.
struct Place {
  std::size_t start = 0;
  std::size_t end = 0;
  char32_t c = 0;
  char32_t left = 0;
  char32_t right = 0;
};

bool is_part_of_word(char32_t c) {
  return is_han_or_radical(c) || is_latin(c) || is_digit_of_any_width(c);
}

bool is_by_itself(const Place& place) {
  return !is_part_of_word(place.left) && !is_part_of_word(place.right);
}

bool is_between_ideographs(const Place& place) {
  return is_han_or_radical(place.left) && is_han_or_radical(place.right);
}

bool is_quoted(const Place& place) {
  const auto in = [&](char32_t left, char32_t right) {
    return place.left == left && place.right == right;
  };
  return in(U'“', U'”') || in(U'‘', U'’') || in(U'「', U'」') || in(U'『', U'』') ||
         in(U'"', U'"') || in(U'\'', U'\'') || in(U'`', U'`');
}

/// What the radicals of a line are among.
struct Survey {
  std::vector<Place> places;
  std::vector<char32_t> alone;  ///< ideographs by themselves
  std::size_t listed = 0;       ///< radicals by themselves
  std::size_t others = 0;       ///< all other ideographs and radicals
};

Survey survey(std::string_view line) {
  Survey result;
  char32_t left = 0;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t start = at;
    const char32_t c = utf8::next(line, at);
    if (is_han_or_radical(c)) {
      std::size_t behind = at;
      const Place place{start, at, c, left, at < line.size() ? utf8::next(line, behind) : 0};
      const bool alone = is_by_itself(place);
      if (is_radical(c)) {
        result.places.push_back(place);
        result.listed += alone ? 1 : 0;
        result.others += alone ? 0 : 1;
      } else {
        ++result.others;
        if (alone) {
          result.alone.push_back(c);
        }
      }
    }
    left = c;
  }
  std::sort(result.alone.begin(), result.alone.end());
  return result;
}

/// 一、 （二） at the head of a line.
bool is_numbering(std::string_view line, const Place& place) {
  const char32_t c = unified(place.c);
  const bool numeral = c == U'一' || c == U'二' || c == U'八' || c == U'十';
  const bool enclosed = place.left == U'（' && place.right == U'）';
  const bool listed = place.left == 0 || is_white(place.left);
  std::size_t at = 0;
  while (at < place.start && (is_white(utf8::next(line, at)) || enclosed)) {
  }
  return numeral && at >= place.start && (enclosed || (listed && place.right == U'、'));
}

bool is_list(const Survey& found) { return found.listed >= 2 && found.listed >= found.others; }

bool is_meant(std::string_view line, const Survey& found, const Place& place) {
  return is_quoted(place) ||
         (is_by_itself(place) && !is_numbering(line, place) &&
          (std::binary_search(found.alone.begin(), found.alone.end(), unified(place.c)) ||
           (found.listed == 1 && found.others == 0)));
}

void append_unified(Changes& changes, const Place& place) {
  Change change{place.start, place.end, {}, RepairKind::radical};
  utf8::append(change.replacement, unified(place.c));
  changes.push_back(std::move(change));
}

/// Where nothing can tell what a radical by itself is for.
Changes unify_between_ideographs(std::string_view line) {
  Changes changes;
  for (const Place& place : survey(line).places) {
    if (is_between_ideographs(place)) {
      append_unified(changes, place);
    }
  }
  return changes;
}

bool is_blank_line(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    if (!is_white(utf8::next(line, at))) {
      return false;
    }
  }
  return true;
}

/// What lines around a line of radicals say, in order from line to line.
class Neighbours {
 public:
  Neighbours(std::string_view text, const Patients& patients) : lines_(text, patients) {}

  /// Whether a patient stands beside a line about radicals, or in the list that one opens.
  [[nodiscard]] bool are_about_radicals(std::size_t patient) {
    const Lines::Line line = lines_.of(patient);
    const auto before = filled(line, &Lines::before);
    const auto behind = filled(line, &Lines::behind);
    const bool listed = before && before->start == list_ && lists_radicals(lines_.text(line));
    const bool about = listed || (before && is_about_radicals(lines_.text(*before))) ||
                       (behind && is_about_radicals(lines_.text(*behind)));
    if (about && lists_radicals(lines_.text(line))) {
      list_ = line.start;
    }
    return about;
  }

 private:
  using Step = std::optional<Lines::Line> (Lines::*)(const Lines::Line&) const;

  /// The next line that is not blank.
  [[nodiscard]] std::optional<Lines::Line> filled(const Lines::Line& from, Step step) const {
    auto line = (lines_.*step)(from);
    while (line && is_blank_line(lines_.text(*line))) {
      line = (lines_.*step)(*line);
    }
    return line;
  }

  static bool lists_radicals(std::string_view line) {
    const Survey found = survey(line);
    return found.listed > 0 && found.listed == found.places.size();
  }

  Lines lines_;
  std::size_t list_ = static_cast<std::size_t>(-1);  // the last line of a list that was opened
};

}  // namespace

bool is_about_radicals(std::string_view line) {
  std::string unified_line;
  constexpr std::string_view kWords[] = {"部首",    "偏旁",    "康熙", "radical",
                                         "Radical", "RADICAL", "U+2E", "U+2F"};
  const Survey found = survey(line);
  std::size_t from = 0;
  for (const Place& place : found.places) {
    unified_line += line.substr(from, place.start - from);
    utf8::append(unified_line, unified(place.c));
    from = place.end;
  }
  const std::string_view plain = found.places.empty() ? line : (unified_line += line.substr(from));
  return std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view word) {
    return plain.find(word) != std::string_view::npos;
  });
}

Changes unify_radicals(std::string_view line) {
  Changes changes;
  const Survey found = survey(line);
  if (found.places.empty() || is_list(found) || is_about_radicals(line)) {
    return changes;
  }
  for (const Place& place : found.places) {
    if (!is_meant(line, found, place)) {
      append_unified(changes, place);
    }
  }
  return changes;
}

void unify_lines(std::string_view text, Patients& lines) {
  Neighbours neighbours(text, lines);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Patient& line = lines[i];
    if (!line.needs(kRadicals)) {
      continue;
    }
    TagState state = line.before;
    const bool code = line.fenced || is_code_like(line.text(), line.before) ||
                      !read_tags(line.text(), state).empty();
    if (code) {
      line.change(unify_between_ideographs(line.text()));
    } else if (!neighbours.are_about_radicals(i)) {
      line.change(unify_radicals(line.text()));
    }
  }
}

}  // namespace dedup::text
