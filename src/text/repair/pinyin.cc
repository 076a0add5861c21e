// SPDX-License-Identifier: Apache-2.0
// A document, line by line, and then as a whole:
//
//   collect       開創(chuàng)了新的漢(hàn)語課    each bracket behind an ideograph
//   note_at       創 (chuàng)    a syllable; verified, as it is the reading of 創
//   count         how many, on which characters, with tones or without
//   injected      the verdict on the document, and then goes() on each note
//
// What convicts a document, all of it by verified notes:
//
//   repeated      three characters that have their reading twice, or that have it without a tone
//   and either    nine in ten on characters of the Traditional script only
//   or            one for each 500 ideographs or more, four in five of the characters common ones
//   but not       where nine in ten ideographs are annotated: a reader for children
//                 where the same characters also stand without a note, one time in twenty or more:
//                 a lesson. A machine annotates all of them, but for kits that leave out the tones
//                 and take places at random
//
// Cost: linear but for a look-up in a map for each note; other brackets are only read.
#include "text/repair/pinyin.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "text/blanks.h"
#include "text/characters.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

constexpr std::string_view kFullOpening = "（";
constexpr std::string_view kFullClosing = "）";

/// Bytes of the bracket at `at`; 0 if there is none.
/// The two ends are asked for one by one and may be of different widths: 創(chuàng）.
std::size_t bracket(std::string_view text, std::size_t at, char ascii, std::string_view full) {
  const std::string_view rest = text.substr(at, full.size());
  return rest.starts_with(ascii) ? 1 : rest == full ? full.size() : 0;
}

std::size_t opening(std::string_view text, std::size_t at) {
  return bracket(text, at, '(', kFullOpening);
}

std::size_t closing(std::string_view text, std::size_t at) {
  return bracket(text, at, ')', kFullClosing);
}

/// The first bracket at or behind `at`, or the size.
std::size_t find_opening(std::string_view text, std::size_t at) {
  while (at < text.size() && opening(text, at) == 0) {
    ++at;
  }
  return at;
}

std::size_t behind_blanks(std::string_view text, std::size_t at) {
  for (std::size_t behind = at; behind < text.size() && is_blank(utf8::next(text, behind));) {
    at = behind;
  }
  return at;
}

/// Whether nothing follows but dots and blanks.
bool is_trail(std::string_view text, std::size_t at) {
  at = behind_blanks(text, at);
  while (at < text.size()) {
    const char32_t c = utf8::next(text, at);
    if (c != U'.' && c != U'…' && !is_blank(c)) {
      return false;
    }
  }
  return true;
}

/// By letters alone, as notes may lack the tone. The table has one reading for each ideograph, so
/// of 長(cháng) and 長(zhǎng) one is no evidence; it goes all the same, for its tone.
bool is_own_reading(char32_t c, std::string_view letters) {
  std::size_t at = 0;
  return Syllable::read(reading(c), at).letters() == letters;
}

bool starts_own_reading(char32_t c, std::string_view letters) {
  std::size_t at = 0;
  return !letters.empty() && Syllable::read(reading(c), at).letters().starts_with(letters);
}

/// The note whose opening bracket stands at `at` behind the ideograph `on`.
/// One syllable in lower case and then the bracket: nothing of 基地(嘉興), 公分(cm), 龜茲(Qiūcí).
/// Without a closing one only a beginning of the real reading will do, at the end of the line: 帶(d,
/// and 過(gu……, of which the dots stay.
std::optional<Note> note_at(std::string_view line, std::size_t at, char32_t on) {
  Note note;
  note.start = at;
  note.on = on;
  const std::size_t size = opening(line, at);
  if (size == 0) {
    return std::nullopt;
  }
  at = behind_blanks(line, at + size);
  note.syllable = Syllable::read(line, at);
  const std::string_view letters = note.syllable.letters();
  const std::size_t close = closing(line, behind_blanks(line, at));
  if (close > 0 && is_syllable(letters)) {
    note.end = behind_blanks(line, at) + close;
    note.verified = is_own_reading(on, letters);
    return note;
  }
  if (close == 0 && starts_own_reading(on, letters) && is_trail(line, at)) {
    note.end = behind_blanks(line, at);
    note.cut_off = true;
    return note;
  }
  return std::nullopt;
}

}  // namespace

/// First by the byte behind the bracket: no letter, mark or blank of a note begins with E4 or more.
bool may_be_note(std::string_view text, std::size_t at) noexcept {
  if (at == 0 || static_cast<unsigned char>(text[at - 1]) < 0x80) {
    return false;
  }
  std::size_t behind = at + opening(text, at);
  if (behind == text.size() || static_cast<unsigned char>(text[behind]) >= 0xE4) {
    return false;  // an ideograph, most often
  }
  behind = behind_blanks(text, behind);
  return !Syllable::read(text, behind).letters().empty();
}

/// Radicals count as the ideographs that they stand for, as other passes are yet to turn them.
void Notes::collect(std::string_view line, std::size_t ordinal) {
  for (std::size_t at = find_opening(line, 0); at < line.size(); at = find_opening(line, at)) {
    std::size_t before = at;
    const char32_t on = at == 0 ? 0 : unified(utf8::previous(line, before));
    at = is_han(on) ? collect_row(line, ordinal, at, on) : at + 1;
  }
}

/// Adds the notes that stand one behind the other at `at`, with a blank between them or none, as in
/// 創(chuàng) (chuàng)新; returns where to search on.
std::size_t Notes::collect_row(std::string_view line, std::size_t ordinal, std::size_t at,
                               char32_t on) {
  bool first = true;
  for (auto note = note_at(line, at, on); note; first = false) {
    note->line = ordinal;
    note->first = first;
    at = note->end;
    note->at_line_end = at == line.size();
    std::size_t behind = at;
    if (at < line.size() && is_blank(utf8::next(line, behind))) {
      note->blank_end = behind;
      std::size_t next = behind;
      note->blank_behind = behind == line.size() || !is_blank(utf8::next(line, next));
    }
    auto following = note_at(line, at, on);
    if (!following && note->blank_behind) {
      following = note_at(line, note->blank_end, on);
    }
    count(*note);
    notes_.push_back(*note);
    note = following;
  }
  return first ? at + 1 : at;
}

/// Notes that are cut off go with the others but are evidence of nothing.
void Notes::count(const Note& note) {
  if (note.first) {
    ++rows_;
    ++places_[note.on];
  }
  if (note.cut_off) {
    return;
  }
  ++whole_;
  untoned_ += note.syllable.toned() ? 0 : 1;
  if (note.verified) {
    Tally& tally = verified_[note.on];
    ++tally.annotated;
    tally.untoned |= !note.syllable.toned();
    ++verified_count_;
    verified_on_traditional_ += is_traditional_only(note.on) ? 1 : 0;
  } else {
    ++unverified_[{note.on, note.syllable.packed()}];
  }
}

/// What can be told without the size of the document, so that nobody counts its ideographs for a
/// gloss or two.
bool Notes::are_suspicious() const {
  const auto count = [&](auto is_evidence) {
    return std::count_if(verified_.begin(), verified_.end(),
                         [&](const auto& entry) { return is_evidence(entry.second); });
  };
  return count([](const Tally& tally) { return tally.annotated >= 2; }) >= 3 ||
         count([](const Tally& tally) { return tally.untoned; }) >= 3;
}

void Notes::weigh(std::string_view text, Ideographs& in) const {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::next(text, at);
    if (is_han(c)) {
      ++in.all;
      in.annotated += verified_.contains(unified(c)) ? 1 : 0;
    }
  }
}

void Notes::unweigh(std::string_view text, Ideographs& in) const {
  Ideographs off;
  weigh(text, off);
  in.all -= off.all;
  in.annotated -= off.annotated;
}

/// Whether the characters that are annotated have a note at nearly all of their `occurrences`. Less
/// will do for many characters of the Traditional script, since spam that is put among a page later
/// has none: 143 of 175 in the worst of eight pages; and for those alone, since a clean copy of the
/// text may stand beside it, and lessons are in the Simplified script.
bool Notes::are_throughout(std::size_t occurrences) const {
  constexpr std::size_t kManyCharacters = 10;
  std::size_t places = 0;
  for (const auto& [c, count] : places_) {
    places += verified_.contains(c) ? count : 0;
  }
  const bool mirrored_site =
      verified_.size() >= kManyCharacters && verified_on_traditional_ * 2 >= verified_count_;
  const bool converted = verified_on_traditional_ * 10 >= verified_count_ * 9;
  const bool random_places = untoned_ * 2 > whole_;
  return random_places || places * 20 >= occurrences * (converted ? 10 : mirrored_site ? 15 : 19);
}

bool Notes::are_injected(const Ideographs& ideographs) const {
  const auto common = static_cast<std::size_t>(
      std::count_if(verified_.begin(), verified_.end(),
                    [](const auto& entry) { return is_common(entry.first); }));
  const bool on_traditional = verified_on_traditional_ * 10 >= verified_count_ * 9;
  const bool dense = verified_count_ * 1000 >= ideographs.all * 2;
  const bool on_common = common * 10 >= verified_.size() * 8;
  const bool reader = rows_ * 10 >= ideographs.all * 9;  // every character is annotated
  return are_suspicious() && (on_traditional || (dense && on_common)) && !reader &&
         are_throughout(ideographs.annotated);
}

/// In a document that is convicted. A tone betrays a note even with another reading than the
/// table's. Without one it must have been seen twice on the same character, in a document of which
/// most notes lack tones: 了(liao)结，了(liao)断, but not 图(a)图(a).
bool Notes::goes(const Note& note) const {
  if (note.cut_off || note.verified || note.syllable.toned()) {
    return true;
  }
  const auto found = unverified_.find({note.on, note.syllable.packed()});
  return untoned_ * 2 > whole_ && note.syllable.letters().size() >= 2 &&
         found != unverified_.end() && found->second >= 2;
}

/// A blank goes with its note only where four in five are followed by one; by itself it is the
/// author's: 说(shuo) Java -> 说 Java.
std::vector<Note> Notes::injected(const Ideographs& ideographs) const {
  std::vector<Note> result;
  if (!are_injected(ideographs)) {
    return result;
  }
  std::copy_if(notes_.begin(), notes_.end(), std::back_inserter(result),
               [&](const Note& note) { return goes(note); });
  std::size_t inner = 0;
  std::size_t followed_by_blank = 0;
  for (const Note& note : result) {
    inner += note.at_line_end || note.cut_off ? 0 : 1;
    followed_by_blank += note.blank_behind && !note.cut_off ? 1 : 0;
  }
  // A kit that leaves a blank behind each note.
  const bool with_blank = followed_by_blank > 0 && followed_by_blank * 10 >= inner * 8;
  for (Note& note : result) {
    if (with_blank && note.blank_behind && !note.cut_off) {
      note.end = note.blank_end;
    }
  }
  return result;
}

}  // namespace dedup::text
