// SPDX-License-Identifier: Apache-2.0
// A line is a patient only if a mark of dirt is on it; the others are never looked at. The passes,
// and what each is kept away from:
//
//   mojibake      not in fences, nor near lines that speak of it
//   invisible     every line but mojibake that stays
//   private use   not in fences, nor where a font of icons is in use
//   references    not in fences, in code, in tags, with a link, nor where they are explained
//   pinyin        all lines together, as whether notes are injected shows in their number; not in
//                 lessons
//   indents       those of code become ASCII, told by the lines around
//   spaces        not in fences, in code or in tags
//   radicals      not where they are the subject; in code only between ideographs
//
// A pass hands changes of the text as it stands; the patient composes them, so that what comes out
// is one list of changes of the text as it came.
#include "text/repair/repair.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "text/characters.h"
#include "text/code.h"
#include "text/repair/decoding.h"
#include "text/repair/indents.h"
#include "text/repair/invisible.h"
#include "text/repair/lesson.h"
#include "text/repair/mojibake.h"
#include "text/repair/needs.h"
#include "text/repair/patient.h"
#include "text/repair/pinyin.h"
#include "text/repair/private_use.h"
#include "text/repair/radicals.h"
#include "text/repair/spaces.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

/// The fence that a line is once what is invisible has gone out of it.
std::optional<Fence> visible_fence(const Patient& line) {
  if (line.needs(kInvisible) && line.text().find_first_of("`~") != std::string_view::npos) {
    return fence(text::apply(line.text(), remove_invisible(line.text())));
  }
  return line.needs(kFence) ? fence(line.text()) : std::nullopt;
}

/// Marks what lies between a fence and the next one that closes it. A fence that none closes is a
/// line of its own: rows of ~~~ are an ornament too. What was marked before counts no more.
void mark_fenced(Patients& lines) {
  std::vector<std::pair<std::size_t, Fence>> fences;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto found = visible_fence(lines[i]);
    lines[i].fenced = found.has_value();
    if (found) {
      fences.emplace_back(i, *found);
    }
  }
  // From the end, so that the next closing fence of each kind is known.
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::vector<std::size_t> closed_by(fences.size(), kNone);
  std::size_t next_backticks = kNone;
  std::size_t next_tildes = kNone;
  for (std::size_t i = fences.size(); i-- > 0;) {
    std::size_t& next = fences[i].second.mark == '`' ? next_backticks : next_tildes;
    closed_by[i] = next;
    if (fences[i].second.closes) {
      next = i;
    }
  }
  for (std::size_t i = 0; i < fences.size(); ++i) {
    if (closed_by[i] != kNone) {
      for (std::size_t line = fences[i].first; line < fences[closed_by[i]].first; ++line) {
        lines[line].fenced = true;
      }
      i = closed_by[i];
    }
  }
}

/// The ideographs of the text as it stands now: those of lines that passes have changed are counted
/// anew.
Notes::Ideographs weigh(const Notes& notes, std::string_view text, const Patients& lines) {
  Notes::Ideographs ideographs;
  notes.weigh(text, ideographs);
  for (const Patient& line : lines) {
    if (line.text().data() != line.original().data()) {
      notes.weigh(line.text(), ideographs);
      notes.unweigh(line.original(), ideographs);
    }
  }
  return ideographs;
}

/// Notes come in the order of their lines, so those of one line are one list of changes.
void remove_pinyin(std::string_view text, Patients& lines) {
  Notes notes;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].needs(kNotes)) {
      notes.collect(lines[i].text(), i);
    }
  }
  if (!notes.are_suspicious()) {
    return;
  }
  const std::vector<Note> injected = notes.injected(weigh(notes, text, lines));
  if (is_lesson(text, lines, injected)) {
    return;
  }
  for (std::size_t i = 0; i < injected.size();) {
    const std::size_t line = injected[i].line;
    Changes changes;
    for (; i < injected.size() && injected[i].line == line; ++i) {
      changes.push_back({injected[i].start, injected[i].end, {}, RepairKind::pinyin});
    }
    lines[line].change(std::move(changes));
  }
}

/// Tells each line with references or blanks whether it starts inside of a tag. What stands between
/// the lines is read too, as tags may be open there. Where none is open, nothing is read up to the
/// next place where one may be opened.
void read_tags(std::string_view text, Patients& lines) {
  TagState state;
  std::size_t from = 0;
  std::size_t next = 0;  // the first < from here on
  const auto read = [&](std::size_t end, std::string_view part) {
    if (next < from) {
      next = std::min(text.find('<', from), text.size());
    }
    if (state.place != TagState::Place::text || next < end || part.data() != text.data() + from) {
      static_cast<void>(text::read_tags(part, state));
    }
    from = end;
  };
  for (Patient& line : lines) {
    read(line.start(), text.substr(from, line.start() - from));
    line.before = state;
    read(line.end(), line.text());
  }
}

void tidy_lines(Patients& lines) {
  for (Patient& line : lines) {
    if (line.needs(kSpaces) && !line.fenced && !is_code_like(line.text(), line.before)) {
      line.change(tidy_spaces(line.text(), line.before));
    }
  }
}

Repairs all_repairs(const Patients& lines) {
  std::size_t count = 0;
  for (const Patient& line : lines) {
    count += line.count();
  }
  Repairs repairs;
  repairs.changes.reserve(count);
  for (const Patient& line : lines) {
    line.append_changes(repairs.changes);
    if (line.mangled) {
      repairs.mangled.push_back(line.start());
    }
  }
  return repairs;
}

// The order of the passes makes the result a fixpoint: each leaves nothing behind for itself or for
// an earlier one. Invisible characters go first, since they hide what the others look for, and
// again from under references. Code and tags are told by marks that no later pass removes or adds.
// Notes are read across blanks, so that tidying blanks makes no new ones; tidying comes behind them
// because blanks may stand between a note and a mark. Radicals count as ideographs all along.
void repair_patients(std::string_view text, Patients& lines, bool escaped) {
  for (Patient& line : lines) {
    if (line.needs(kInvisible) && !line.mangled) {  // its controls are bytes of characters
      line.change(remove_invisible(line.text()));
    }
  }
  mark_fenced(lines);
  settle_private_use(lines);
  read_tags(text, lines);
  if (escaped) {
    decode_lines(text, lines);
  }
  remove_pinyin(text, lines);
  settle_indents(text, lines);
  tidy_lines(lines);
  unify_lines(text, lines);
}

/// Mojibake goes first, since what it goes by may look like controls. What the passes leave may
/// show characters that were hidden from those that look at whole lines or at neighbours; then what
/// these bring in has to see the passes, too.
Repairs repair_lines(std::string_view text, const std::vector<NeedyLine>& needy, bool escaped) {
  Patients lines;
  lines.reserve(needy.size());
  for (const NeedyLine& line : needy) {
    lines.emplace_back(text, line);
  }
  mark_fenced(lines);
  settle_mojibake(text, lines);
  repair_patients(text, lines, escaped);
  const bool mangled = settle_mojibake(text, lines);
  if (settle_private_use(lines) || mangled) {
    repair_patients(text, lines, escaped);
  }
  return all_repairs(lines);
}

}  // namespace

Changes repair(std::string_view text, const Marks& marks, std::size_t from) {
  return repair_lines(text, needy_lines(text, marks, from), true).changes;
}

/// Decided before anything is repaired: places that need it are counted when they are found.
std::optional<Repairs> repair_unless_dense(std::string_view text, const Marks& marks,
                                           std::size_t from, std::size_t most, bool escaped) {
  const std::vector<NeedyLine> needy = needy_lines(text, marks, from);
  std::size_t places = 0;
  for (const NeedyLine& line : needy) {
    places += line.places;
  }
  return places <= most ? std::optional(repair_lines(text, needy, escaped)) : std::nullopt;
}

Changes repair(std::string_view text) { return repair(text, Marks(text, {Mark::repair})); }

}  // namespace dedup::text
