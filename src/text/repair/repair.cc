// SPDX-License-Identifier: Apache-2.0
// A line is a patient only if a mark of dirt is on it; the others are never looked at. The passes,
// and what each is kept away from:
//
//   invisible     every line
//   references    not in fences, in code or in lines with a link
//   pinyin        all lines together: whether notes are injected shows in their number
//   spaces        not in fences or code
//   radicals      every line
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
#include "text/repair/entities.h"
#include "text/repair/invisible.h"
#include "text/repair/needs.h"
#include "text/repair/pinyin.h"
#include "text/repair/radicals.h"
#include "text/repair/spaces.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

/// A line under repair.
class Patient {
 public:
  Patient(std::string_view text, const NeedyLine& line)
      : start_(line.start),
        needs_(line.needs),
        original_(text.substr(line.start, line.end - line.start)) {}

  [[nodiscard]] bool needs(unsigned need) const { return (needs_ & need) != 0; }
  [[nodiscard]] std::string_view original() const { return original_; }
  [[nodiscard]] std::string_view text() const {
    return changes_.empty() ? original_ : std::string_view(current_);
  }

  /// Carries out the changes of one pass, after which the line may need others.
  void change(Changes changes) {
    if (changes.empty()) {
      return;
    }
    current_ = text::apply(text(), changes);
    changes_ = changes_.empty() ? std::move(changes) : compose(changes_, changes);
    needs_ = text::needs(current_);
  }

  [[nodiscard]] std::size_t count() const { return changes_.size(); }

  /// In offsets of the whole text, behind those of the lines before.
  void append_changes(Changes& all) const {
    for (const Change& change : changes_) {
      all.push_back(change);
      all.back().start += start_;
      all.back().end += start_;
    }
  }

  bool fenced = false;  // inside a fenced block of code, or a fence itself

 private:
  std::size_t start_;
  unsigned needs_;
  std::string_view original_;
  std::string current_;
  Changes changes_;
};
using Patients = std::vector<Patient>;

/// Marks what lies between a fence and the next one that closes it. A fence that none closes is a
/// line of its own: rows of ~~~ are an ornament too.
void mark_fenced(Patients& lines) {
  std::vector<std::pair<std::size_t, Fence>> fences;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].needs(kFence)) {
      if (const auto found = fence(lines[i].text())) {
        fences.emplace_back(i, *found);
        lines[i].fenced = true;
      }
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

std::size_t count_ideographs(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    count += is_han(utf8::next(text, at)) ? 1 : 0;
  }
  return count;
}

/// The ideographs of the text as it stands now. Of the whole text, against which notes are weighed,
/// the lines that passes have changed are counted anew.
std::size_t count_ideographs(std::string_view text, const Patients& lines) {
  std::size_t count = count_ideographs(text);
  for (const Patient& line : lines) {
    if (line.text().data() != line.original().data()) {
      count += count_ideographs(line.text());
      count -= count_ideographs(line.original());
    }
  }
  return count;
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
  const std::vector<Note> injected = notes.injected(count_ideographs(text, lines));
  for (std::size_t i = 0; i < injected.size();) {
    const std::size_t line = injected[i].line;
    Changes changes;
    for (; i < injected.size() && injected[i].line == line; ++i) {
      changes.push_back({injected[i].start, injected[i].end, {}, RepairKind::pinyin});
    }
    lines[line].change(std::move(changes));
  }
}

// The order of the passes makes the result a fixpoint: each leaves nothing behind for itself or for
// an earlier one. Invisible characters go first, since they hide what the others look for, and
// again from under references. Code is told by marks that no later pass removes or adds. Notes are
// read across blanks, so that tidying blanks makes no new ones; tidying comes behind them because
// blanks may stand between a note and a mark. Radicals count as ideographs all along.
Changes repair_lines(std::string_view text, const std::vector<NeedyLine>& needy) {
  Patients lines;
  lines.reserve(needy.size());
  for (const NeedyLine& line : needy) {
    lines.emplace_back(text, line);
  }
  for (Patient& line : lines) {
    if (line.needs(kInvisible)) {
      line.change(remove_invisible(line.text()));
    }
  }
  mark_fenced(lines);
  for (Patient& line : lines) {
    if (line.needs(kReferences) && !line.fenced && !is_code_like(line.text()) &&
        !holds_link(line.text())) {
      line.change(decode_references(line.text()));
    }
  }
  remove_pinyin(text, lines);
  std::size_t count = 0;
  for (Patient& line : lines) {
    if (line.needs(kSpaces) && !line.fenced && !is_code_like(line.text())) {
      line.change(tidy_spaces(line.text()));
    }
    if (line.needs(kRadicals)) {
      line.change(unify_radicals(line.text()));
    }
    count += line.count();
  }
  Changes changes;
  changes.reserve(count);
  for (const Patient& line : lines) {
    line.append_changes(changes);
  }
  return changes;
}

}  // namespace

Changes repair(std::string_view text, const Marks& marks, std::size_t from) {
  return repair_lines(text, needy_lines(text, marks, from));
}

/// Decided before anything is repaired: places that need it are counted when they are found.
std::optional<Changes> repair_unless_dense(std::string_view text, const Marks& marks,
                                           std::size_t from, std::size_t most) {
  const std::vector<NeedyLine> needy = needy_lines(text, marks, from);
  std::size_t places = 0;
  for (const NeedyLine& line : needy) {
    places += line.places;
  }
  return places <= most ? std::optional(repair_lines(text, needy)) : std::nullopt;
}

Changes repair(std::string_view text) { return repair(text, Marks(text, {Mark::repair})); }

}  // namespace dedup::text
