// SPDX-License-Identifier: Apache-2.0
// What a machine does not do, and a text that teaches does. The machine looks characters up in a
// list, wherever they stand, and knows nothing of what the text says:
//
//   two readings of one word         行（háng）业, 行（xíng）业     once is enough
//   two readings of one character    长（zhǎng）辈, 长（cháng）短   ) half of all characters
//   a word about readings in the     用拼音打出“你(ni)”             ) with notes, in one way
//     same sentence                                                 ) or another
//   such a word anywhere, of a       阿(a) 1页，安(an) 3页          )
//     character that stands alone
//
// Half of them, since a machine spoils pages that speak of 拼音, too, and some of its characters
// stand by themselves.
//
// All is asked across blanks and of radicals as of their ideographs, and words only become nearer:
// what later passes tidy never makes a lesson into none.
#include "text/repair/lesson.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <tuple>
#include <utility>

#include "text/blanks.h"
#include "text/characters.h"
#include "text/repair/mentions.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

constexpr std::string_view kWords[] = {"拼音", "注音", "读音",   "讀音",   "读作", "讀作", "读成",
                                       "讀成", "念作", "唸作",   "念成",   "唸成", "不读", "不讀",
                                       "不念", "发音", "發音",   "音节",   "音節", "声调", "聲調",
                                       "声母", "聲母", "多音字", "破音字", "韵母", "韻母"};
constexpr std::size_t kNear = 120;  // bytes: some 40 characters, a sentence

/// An ideograph with its notes.
struct Row {
  std::size_t line = 0;
  std::size_t start = 0;  // of the ideograph
  std::size_t end = 0;    // behind the last note
  char32_t on = 0;
  char32_t before = 0;  // the ideographs next to it, 0 where there is none
  char32_t behind = 0;
  Syllable syllable;  // of the first note
};
using Rows = std::vector<Row>;

char32_t as_ideograph(char32_t c) { return is_han_or_radical(c) ? unified(c) : 0; }

char32_t ideograph_before(std::string_view line, std::size_t at) {
  while (at > 0) {
    const char32_t c = utf8::previous(line, at);
    if (!is_white(c)) {
      return as_ideograph(c);
    }
  }
  return 0;
}

char32_t ideograph_behind(std::string_view line, std::size_t at) {
  while (at < line.size()) {
    const char32_t c = utf8::next(line, at);
    if (!is_white(c)) {
      return as_ideograph(c);
    }
  }
  return 0;
}

/// A note that is cut off is no reading. One behind another tells nothing more of its ideograph.
Rows rows_of(const Patients& lines, const std::vector<Note>& notes) {
  Rows rows;
  for (const Note& note : notes) {
    const std::string_view line = lines[note.line].text();
    if (note.first && !note.cut_off) {
      std::size_t start = note.start;
      static_cast<void>(utf8::previous(line, start));
      const bool adjoining =
          !rows.empty() && rows.back().line == note.line && rows.back().end == start;
      rows.push_back({note.line, start, note.end, note.on,
                      adjoining ? rows.back().on : ideograph_before(line, start), 0,
                      note.syllable});
    }
    if (!rows.empty() && rows.back().line == note.line && !note.cut_off) {
      rows.back().end = note.end;
      rows.back().behind = ideograph_behind(line, note.end);
    }
  }
  return rows;
}

/// Something that has a reading: an ideograph, or a word of it and another one.
struct Reading {
  std::uint64_t of = 0;
  std::uint64_t letters = 0;
  std::uint8_t tone = 0;  // 0 is no other than the rest
};
using Readings = std::vector<Reading>;

Reading reading_of(const Row& row, std::uint64_t of) {
  return {of, row.syllable.packed(), row.syllable.tone()};
}

/// Those that have two readings, in ascending order.
std::vector<std::uint64_t> with_two_readings(Readings readings) {
  std::sort(readings.begin(), readings.end(), [](const Reading& a, const Reading& b) {
    return std::tie(a.of, a.letters, a.tone) < std::tie(b.of, b.letters, b.tone);
  });
  std::vector<std::uint64_t> found;
  for (std::size_t i = 1; i < readings.size(); ++i) {
    const Reading& a = readings[i - 1];
    const Reading& b = readings[i];
    if (a.of == b.of && (a.letters != b.letters || (a.tone != b.tone && a.tone > 0)) &&
        (found.empty() || found.back() != a.of)) {
      found.push_back(a.of);
    }
  }
  return found;
}

/// Words of two ideographs, of which the note is on the one or the other.
bool gives_word_two_readings(const Rows& rows) {
  Readings readings;
  for (const Row& row : rows) {
    const std::uint64_t on = std::uint64_t{row.on} << 1U;
    if (row.before != 0) {
      readings.push_back(reading_of(row, std::uint64_t{row.before} << 32U | on));
    }
    if (row.behind != 0) {
      readings.push_back(reading_of(row, std::uint64_t{row.behind} << 32U | on | 1U));
    }
  }
  return !with_two_readings(std::move(readings)).empty();
}

bool holds_word(std::string_view text) {
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return text.find(word) != text.npos; });
}

/// How many rows are taught.
std::size_t count_taught(const Rows& rows, const Patients& lines, bool speaks) {
  Readings readings;
  for (const Row& row : rows) {
    readings.push_back(reading_of(row, row.on));
  }
  const std::vector<std::uint64_t> ambiguous = with_two_readings(std::move(readings));
  std::size_t taught = 0;
  std::optional<Mentions> mentions;  // in the line of the row
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    if (speaks && (i == 0 || rows[i - 1].line != row.line)) {
      mentions.emplace(lines[row.line].text(), kWords, kNear);
    }
    const bool alone = row.before == 0 && row.behind == 0;
    const bool named = speaks && (alone || mentions->near(row.start, row.end));
    const bool told_apart = std::binary_search(ambiguous.begin(), ambiguous.end(), row.on);
    taught += named || told_apart ? 1 : 0;
  }
  return taught;
}

}  // namespace

bool is_lesson(std::string_view text, const Patients& lines, const std::vector<Note>& injected) {
  const Rows rows = rows_of(lines, injected);
  return !rows.empty() &&
         (gives_word_two_readings(rows) ||
          count_taught(rows, lines, any_part(text, lines, holds_word)) * 2 >= rows.size());
}

}  // namespace dedup::text
