// SPDX-License-Identifier: Apache-2.0
// Two walks. The first closes what has an end of its own, fences and tables in tags; the second
// goes from block to block through what is left:
//
//   at a line → the group that begins there, as far as its kind goes on → behind it
//
// A group ends where its kind does; at a heading, at a line across, at a fence. Blank lines are
// taken in where the same group goes on behind them.
//
// Before the walks, the width at which the document was wrapped is found, if it was: a paragraph
// that was broken into lines of 70 columns is one block again.
//
// Linear: a walk looks at a line once, and ahead of it by no more than a bound (kMost…), or over
// blank lines, which belong to one block and are looked over a few times at most.
#include "structure/layout.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "structure/ground.h"
#include "structure/steps.h"

namespace dedup::structure {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr std::size_t kMostBelow = 64;  // lines below an item
constexpr std::uint32_t kLeastTornLines = 2;
constexpr std::uint32_t kLeastTimed = 3;
constexpr std::size_t kMostOfZone = 64;  // lines of a zone that is one block
constexpr std::size_t kLeastClauses = 3;
constexpr std::size_t kMostOfClause = 256;  // lines of a clause
constexpr std::size_t kLeastEntry = 50;     // columns of the first line of a torn entry
constexpr std::size_t kRagged = 3;        // columns: lines of one width differ by a full-width mark
constexpr std::size_t kMostTable = 4096;  // lines that an open <table> reaches over

/// Whether a line is a block of its own whatever its neighbours are, as most paragraphs.
bool stands_alone(const Shape& shape) noexcept {
  return shape.kind == Kind::prose && shape.width == 0 && shape.numbering != Numbering::clause &&
         !(shape.brief | shape.timed | shape.quoted | shape.dated | shape.shows);
}

class Layout {
 public:
  Layout(std::span<const Shape> shapes, std::span<Place> places)
      : shapes_(shapes), places_(places), ground_(shapes) {}

  void run() {
    const Overview overview = look_over();
    find_width(overview);
    close_fences(overview.fences);
    if (overview.tables) {
      close_tables();
    }
    if (overview.zone != kNone) {
      ground_.find_zones(overview.zone);
    }
    for (std::size_t i = 0; i < shapes_.size();) {
      i = stands_alone(shapes_[i]) && !ground_.is_closed(i) ? i + 1 : block_from(i);
    }
  }

 private:
  /// What the steps before the second walk have to know of all lines.
  struct Overview {
    std::vector<std::uint8_t> widths;  // of the lines that stop without an end
    std::uint32_t filled_lines = 0;
    std::vector<std::size_t> fences;
    bool tables = false;
    std::size_t zone = kNone;  // the first fence of one

    /// Line i, which may have an end of its own.
    void add_closing(const Shape& shape, std::size_t i) {
      if (shape.fence != 0) {
        fences.push_back(i);
      }
      tables |= shape.table != 0;
      zone = zone == kNone && shape.zone != 0 ? i : zone;
    }
  };

  Overview look_over() {
    Overview overview;
    std::uint32_t blank_lines = 0;
    std::uint32_t timed_lines = 0;
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      const Shape& shape = shapes_[i];
      places_[i] = {.kind = shape.kind,
                    .level = shape.level,
                    .quoted = shape.quoted,
                    .leads_in = shape.lead_in};
      blank_lines += shape.kind == Kind::blank ? 1 : 0;
      timed_lines += shape.timed ? 1 : 0;
      if (shape.width != 0 && goes_on_in_prose(i)) {
        overview.widths.push_back(shape.width);
      }
      if ((shape.fence | shape.table | shape.zone) != 0) {
        overview.add_closing(shape, i);
      }
    }
    overview.filled_lines = static_cast<std::uint32_t>(shapes_.size()) - blank_lines;
    timed_lines_ = timed_lines;
    return overview;
  }

  /// The width that lines are wrapped at, if they are: that of most lines that stop without an end.
  void find_width(const Overview& overview) {
    const std::size_t all = overview.widths.size();
    if (all < kLeastTornLines) {
      return;  // as in nearly all windows
    }
    std::array<std::size_t, 256> lines{};
    for (const std::uint8_t width : overview.widths) {
      ++lines[width];
    }
    for (std::size_t width = 3; width < lines.size(); ++width) {
      // Full-width marks are not parted from what they close: some lines are shorter by a
      // character.
      const std::size_t at = lines[width] + lines[width - 1] + lines[width - 2] + lines[width - 3];
      if (at >= kLeastTornLines && 3 * at >= all && 5 * at >= overview.filled_lines &&
          at >= wrapped_lines_) {
        wrapped_lines_ = at;
        width_ = width - 3;
      }
    }
  }

  /// Whether the line goes on in the next, which is torn from it.
  [[nodiscard]] bool is_torn(std::size_t i) const noexcept {
    return width_ != 0 && shapes_[i].width >= width_ && goes_on_in_prose(i);
  }
  [[nodiscard]] bool goes_on_in_prose(std::size_t i) const noexcept {
    return is(i + 1, Kind::prose) && shapes_[i + 1].numbering == Numbering::none;
  }

  /// Behind the lines that line i was broken into.
  [[nodiscard]] std::size_t torn_end(std::size_t i) const noexcept {
    const std::size_t limit = i + kMostBelow;
    while (i < limit && is_torn(i)) {
      ++i;
    }
    return i + 1;
  }

  /// A fence that none closes is a line of its own: rows of ~~~ are an ornament, too.
  void close_fences(std::span<const std::size_t> fences) {
    // The next closing fence of each mark, from the end, so that each fence is looked at once.
    std::vector<std::size_t> closed_by(fences.size(), kNone);
    std::size_t backticks = kNone;
    std::size_t tildes = kNone;
    for (std::size_t i = fences.size(); i-- > 0;) {
      const Shape& shape = shapes_[fences[i]];
      std::size_t& next = shape.fence == '`' ? backticks : tildes;
      closed_by[i] = next;
      next = shape.fence_closes ? i : next;
    }
    for (std::size_t i = 0; i < fences.size(); ++i) {
      if (closed_by[i] != kNone) {
        close(fences[i], fences[closed_by[i]] + 1, Kind::code);
        i = closed_by[i];
      }
    }
  }

  /// From <table> to its </table>, whatever stands between.
  void close_tables() {
    int depth = 0;
    std::size_t first = 0;
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      if (ground_.is_closed(i) || (depth > 0 && i - first > kMostTable)) {
        depth = 0;
      }
      if (ground_.is_closed(i)) {
        continue;
      }
      if (depth == 0) {
        first = i;
      }
      depth = std::max(0, depth + shapes_[i].table);
      if (depth == 0 && shapes_[i].table < 0 && first < i) {
        close(first, i + 1, Kind::markup);
      }
    }
  }

  void close(std::size_t first, std::size_t end, Kind kind) {
    ground_.close(first, end);
    for (std::size_t i = first; i < end; ++i) {
      places_[i].kind = shapes_[i].kind == Kind::blank ? Kind::blank : kind;
      places_[i].joins = i > first;
    }
  }

  void join(std::size_t first, std::size_t end) {
    for (std::size_t i = first + 1; i < end; ++i) {
      places_[i].joins = true;
    }
  }

  [[nodiscard]] std::size_t size() const noexcept { return ground_.size(); }
  [[nodiscard]] std::size_t filled(std::size_t i) const noexcept { return ground_.filled(i); }
  [[nodiscard]] bool free(std::size_t i) const noexcept { return ground_.free(i); }
  [[nodiscard]] bool is(std::size_t i, Kind kind) const noexcept { return ground_.is(i, kind); }

  /// Lays out the block that begins with line i, and gives the line behind it.
  std::size_t block_from(std::size_t i) {
    if (ground_.is_closed(i)) {
      return closed_end(i);
    }
    if (ground_.zone_end(i) != i) {
      return zone_from(i);
    }
    if (const std::size_t end = group_end(i); end > i + 1) {
      join(i, end);
      return end;
    }
    switch (shapes_[i].kind) {
      case Kind::code:
        return code_from(i);
      case Kind::row:
        return table_from(i);
      case Kind::item:
        return list_from(i);
      case Kind::field:
      case Kind::label:
        return record_from(i);
      case Kind::media:
        return media_from(i);
      case Kind::prose:
        return prose_from(i);
      default:
        return i + 1;
    }
  }

  /// Behind the group that line i begins, of whatever kind the line is: clauses in order, a
  /// history, or source that the line speaks of. i + 1 if none.
  std::size_t group_end(std::size_t i) {
    const Shape& shape = shapes_[i];
    if (shape.numbering != Numbering::clause && !shape.dated && !shape.shows) {
      return i + 1;  // as at most lines
    }
    if (shape.numbering == Numbering::clause) {
      if (const std::size_t end = clauses_end(i); end > i + 1) {
        return end;
      }
    }
    if (is_entry(i)) {
      if (const std::size_t end = history_end(i); end > i + 1) {
        places_[i].dated = true;
        return end;
      }
    }
    const std::size_t next = shapes_[i].shows && !is(i, Kind::item) ? filled(i + 1) : size();
    return is_source_of(i, next) ? ground_.part_end(next) : i + 1;
  }

  [[nodiscard]] std::size_t closed_end(std::size_t i) const noexcept {
    ++i;
    while (i < size() && ground_.is_closed(i) && places_[i].joins) {
      ++i;
    }
    return i;
  }

  /// A zone says what holds for one version or reader, and its fences nothing without it: it is one
  /// block with the zones of its kind right behind it, which say the same for others. If it is too
  /// long for that, each fence is one with what stands next to it.
  std::size_t zone_from(std::size_t first) {
    std::size_t end = ground_.zone_end(first);
    if (end - first > kMostOfZone) {
      const std::size_t last = lay_out_zone(first);
      join(first, filled(first + 1) + 1);
      join(last, end);
      return end;
    }
    lay_out_zone(first);
    for (std::size_t next = filled(end); is_beside(first, next); next = filled(end)) {
      lay_out_zone(next);
      end = ground_.zone_end(next);
    }
    join(first, end);
    return end;
  }

  [[nodiscard]] bool is_beside(std::size_t first, std::size_t next) const noexcept {
    return free(next) && ground_.zone_end(next) != next &&
           shapes_[next].zone == shapes_[first].zone &&
           ground_.zone_end(next) - first <= kMostOfZone;
  }

  /// The blocks in a zone, and where the last begins.
  std::size_t lay_out_zone(std::size_t first) {
    const std::size_t end = ground_.zone_end(first) - 1;
    const std::size_t before = ground_.keep_to(end);
    std::size_t last = first;
    for (std::size_t i = first + 1; i < end;) {
      last = shapes_[i].kind == Kind::blank ? last : i;
      i = block_from(i);
    }
    ground_.keep_to(before);
    return last;
  }

  /// Lines of code in a row, with what is indented among them.
  std::size_t code_from(std::size_t first) {
    std::size_t end = first + 1;
    for (std::size_t i = filled(end); free(i); i = filled(end)) {
      const Shape& shape = shapes_[i];
      const bool goes_on = shape.kind == Kind::code ||
                           (i == end && shape.indent > shapes_[first].indent && !shape.ideographic);
      if (!goes_on) {
        break;
      }
      places_[i].kind = Kind::code;
      end = i + 1;
    }
    join(first, end);
    return end;
  }

  /// Links or images in a row are a list without a mark.
  std::size_t media_from(std::size_t first) {
    std::size_t end = first + 1;
    while (is(end, Kind::media)) {
      ++end;
    }
    join(first, end);
    return end;
  }

  /// Rows in a row. One line with a tab in it is no table, nor is one as long as a paragraph.
  std::size_t table_from(std::size_t first) {
    std::size_t end = first + 1;
    while (is(end, Kind::row) && (shapes_[end].columns > 0) == (shapes_[first].columns > 0)) {
      ++end;
    }
    if (end == first + 1 && (shapes_[first].columns > 0 || shapes_[first].long_text)) {
      places_[first].kind = Kind::prose;
      return end;
    }
    join(first, end);
    return end;
  }

  /// Items of one numbering, with what is indented below each. A number that is not continued
  /// begins a heading, or counts nothing; items as long as paragraphs, and not counted in order,
  /// are paragraphs.
  std::size_t list_from(std::size_t first) {
    std::size_t end = item_end(first);
    std::size_t items = 1;
    std::size_t short_items = shapes_[first].long_text ? 0 : 1;
    std::size_t last = first;
    std::size_t in_order = 0;
    bool shown = false;
    for (Reach next = next_item(ground_, first, last, end); goes_on(ground_, first, next.at);
         next = next_item(ground_, first, last, end)) {
      const std::size_t i = next.at;
      ++items;
      in_order += shapes_[i].number == shapes_[last].number + 1 || next.shown ? 1 : 0;
      shown = shown || next.shown;
      last = i;
      short_items += shapes_[i].long_text ? 0 : 1;
      end = item_end(i);
    }
    shown = shown || holds_step(ground_, first, filled(end));
    if (shown || (items == 1 && is_lone_step(first, end))) {
      end = steps_end(ground_, end);
    }
    if (items == 1 && end == first + 1) {
      return lone_item(first);
    }
    const bool dates = shapes_[first].numbering == Numbering::date;
    if (2 * short_items < items && in_order + 1 < items && !dates) {
      return paragraphs(first, end);
    }
    join(first, end);
    places_[first].dated = dates;
    places_[first].whole = shown;
    return end;
  }

  /// An entry of a history: what happened on a day, numbered or not. Longer ones are paragraphs.
  [[nodiscard]] bool is_entry(std::size_t i) const noexcept {
    const Shape& shape = shapes_[i];
    return free(i) && shape.dated && !shape.quoted && (!shape.long_text || shape.width != 0) &&
           (shape.numbering == Numbering::digits || shape.numbering == Numbering::chinese ||
            (shape.numbering == Numbering::none && shape.width >= kLeastEntry));
  }

  /// Behind the history that begins with entry `first`, as at the head of a law: entries that are
  /// numbered in order, others between them, and what their names were, each torn or not.
  [[nodiscard]] std::size_t history_end(std::size_t first) const noexcept {
    const std::size_t width = shapes_[first].width;
    std::size_t end = entry_end(first, width);
    for (std::uint16_t number = shapes_[first].number; end < size();) {
      const Shape& shape = shapes_[end];
      const bool counted = is_entry(end) && shape.numbering == shapes_[first].numbering &&
                           shape.number == number + 1;
      const bool other = is_entry(end) && shape.numbering == Numbering::none;
      const bool aside = free(end) && !shape.ideographic && shape.numbering == Numbering::none &&
                         has_sentences(shape.kind) && is_full(end, width);
      if (!counted && !other && !aside) {
        break;
      }
      number = counted ? shape.number : number;
      end = entry_end(end, width);
    }
    return end;
  }

  /// Behind the lines that an entry was broken into at a width: filled ones go on in the next. Only
  /// the first clause of a law ends one all the same.
  [[nodiscard]] std::size_t entry_end(std::size_t i, std::size_t width) const noexcept {
    while (is_full(i, width) && free(i + 1)) {
      const Shape& next = shapes_[i + 1];
      const bool goes_on =
          next.numbering == Numbering::none
              ? !next.dated && (has_sentences(next.kind) || next.kind == Kind::field)
              : next.numbering == Numbering::clause && next.number > 1;
      if (!goes_on) {
        break;
      }
      ++i;
    }
    return i + 1;
  }
  [[nodiscard]] bool is_full(std::size_t i, std::size_t width) const noexcept {
    return width >= kLeastEntry && shapes_[i].width + kRagged >= width;
  }

  /// Whether an item that none follows is a procedure of one step: right below a heading, and
  /// something is shown to it.
  [[nodiscard]] bool is_lone_step(std::size_t i, std::size_t end) const noexcept {
    const Shape& shape = shapes_[i];
    const bool below = i > 0 && places_[i - 1].kind == Kind::heading;
    return below && shape.numbering == Numbering::digits && shape.number == 1 &&
           (shape.speaks || shape.lead_in) && is_shown(ground_, filled(end));
  }

  /// Behind an item, what is indented below it and the items that it announces.
  std::size_t item_end(std::size_t item) {
    std::size_t end = torn_end(item);
    const std::size_t next = filled(end);
    if (is_source_of(item, next)) {
      end = ground_.part_end(next);
    } else if (shapes_[item].lead_in && is(next, Kind::item) && !shapes_[next].long_text &&
               shapes_[next].numbering != shapes_[item].numbering) {
      end = items_from(next);
    }
    for (std::size_t i = filled(end); free(i) && end - item < kMostBelow; i = filled(end)) {
      if (shapes_[i].indent <= shapes_[item].indent || shapes_[i].kind == Kind::heading) {
        break;
      }
      end = i + 1;
    }
    return end;
  }

  /// Whether `next` begins source in fences that line i speaks of.
  [[nodiscard]] bool is_source_of(std::size_t i, std::size_t next) const noexcept {
    return next < size() && ground_.is_closed(next) && shapes_[next].fence != 0 &&
           (shapes_[i].shows || shapes_[i].lead_in);
  }

  /// Numbered paragraphs are prose, each a block of its own, with whatever stands among them.
  std::size_t paragraphs(std::size_t first, std::size_t end) {
    for (std::size_t i = first; i < end; ++i) {
      places_[i].kind = is(i, Kind::item) ? Kind::prose : places_[i].kind;
    }
    return end;
  }

  /// Behind the items of one numbering that an item announces.
  std::size_t items_from(std::size_t first) {
    std::size_t end = first + 1;
    for (std::size_t i = filled(end); goes_on(ground_, first, i); i = filled(end)) {
      end = i + 1;
    }
    return end;
  }

  /// A number that counts nothing: of a heading if the line is short, else of a sentence.
  std::size_t lone_item(std::size_t i) {
    const Shape& shape = shapes_[i];
    const bool counted = shape.numbering != Numbering::bullet &&
                         shape.numbering != Numbering::date &&
                         shape.numbering != Numbering::reference && !shape.lead_in;
    const std::size_t next = filled(i + 1);
    if (counted && shape.brief && !shape.speaks && next < size()) {
      places_[i].kind = Kind::heading;
    } else if (shape.long_text || shape.speaks || shape.numbering == Numbering::date) {
      places_[i].kind = Kind::prose;
    }
    return i + 1;
  }

  /// Fields, and labels each with what follows. The first that is neither ends the record; a field
  /// alone is a line like another.
  /// A value as long as a paragraph is one, unless a short field stands beside it.
  std::size_t record_from(std::size_t first) {
    std::size_t end = part_end(first);
    std::size_t last = first;
    for (std::size_t i = filled(end); is_part(i) && is_part(last) && are_one(last, i);
         i = filled(end)) {
      last = i;
      end = part_end(i);
    }
    if (end == first + 1) {
      places_[first].kind = shapes_[first].long_text ? Kind::prose : shapes_[first].kind;
      return end;
    }
    join(first, end);
    return end;
  }

  /// Behind the clauses of a law or contract that are counted in order from line i on, whatever
  /// stands between them, also the headings of its chapters: a clause means what it does beside the
  /// others. i + 1 where there are fewer than three: two may follow one another by chance.
  std::size_t clauses_end(std::size_t i) {
    std::size_t last = i;
    std::size_t clauses = 1;
    for (std::size_t next = next_clause(i); next < size(); next = next_clause(next)) {
      if (shapes_[next].number != shapes_[last].number + 1) {
        break;
      }
      last = next;
      ++clauses;
    }
    return clauses < kLeastClauses ? i + 1
           : is(last, Kind::label) ? labelled_end(last)
                                   : torn_end(last);
  }

  /// The next clause, if it is near enough, or size().
  [[nodiscard]] std::size_t next_clause(std::size_t i) const noexcept {
    const std::size_t limit = std::min(size(), i + kMostOfClause);
    for (std::size_t next = i + 1; next < limit; ++next) {
      if (free(next) && shapes_[next].numbering == Numbering::clause) {
        return next;
      }
    }
    return size();
  }

  /// A field, or a label of a record: a longer line that ends in a colon announces, but is none.
  [[nodiscard]] bool is_part(std::size_t i) const noexcept {
    return is(i, Kind::field) || (is(i, Kind::label) && shapes_[i].brief);
  }
  /// Whether two parts may be of one record: paragraphs with a word and a colon before them are
  /// not, as in an interview; question and answer are, if the question is short.
  [[nodiscard]] bool are_one(std::size_t last, std::size_t i) const noexcept {
    return !shapes_[last].long_text || !shapes_[i].long_text;
  }
  std::size_t part_end(std::size_t i) { return is(i, Kind::field) ? i + 1 : labelled_end(i); }

  /// Behind what the label at i announces: the one block that follows.
  std::size_t labelled_end(std::size_t i) {
    const std::size_t next = filled(i + 1);
    if (next >= size()) {
      return i + 1;
    }
    const Kind kind = shapes_[next].kind;
    // Nor does one clause label another, or a text of clauses would be laid out within itself.
    if (free(next) && (kind == Kind::heading || kind == Kind::label || kind == Kind::field ||
                       kind == Kind::rule || shapes_[next].zone != 0 ||
                       shapes_[next].numbering == Numbering::clause)) {
      return i + 1;
    }
    const std::size_t laid_out = block_from(next);
    std::size_t end = next + 1;
    while (end < laid_out && places_[end].joins) {
      ++end;
    }
    // A sentence as long as a paragraph announces a list, but not what merely comes next.
    const bool merely = shapes_[i].long_text && end == next + 1 && free(next) &&
                        (shapes_[next].kind == Kind::prose || shapes_[next].kind == Kind::item);
    return merely ? i + 1 : end;
  }

  /// Behind the lines that a quotation of Markdown has in a row.
  [[nodiscard]] std::size_t quoted_end(std::size_t i) const noexcept {
    while (is(i + 1, Kind::prose) && shapes_[i + 1].quoted) {
      ++i;
    }
    return i + 1;
  }

  /// 张伟 10:05 above what he says, and the time of a subtitle: a line with a time in a text that
  /// has several heads what stands directly below it.
  [[nodiscard]] bool tells_time(std::size_t i) const noexcept {
    return shapes_[i].timed && timed_lines_ >= kLeastTimed && is(i + 1, Kind::prose) &&
           !shapes_[i + 1].timed;
  }

  /// 如何退货？ above the answer. A question that stands among lines of prose is one of them.
  [[nodiscard]] bool heads_answer(std::size_t i) const noexcept {
    const Shape& shape = shapes_[i];
    const bool apart = i == 0 || shapes_[i - 1].kind == Kind::blank;
    return shape.asks &&
           (shape.emphasised || (shape.ideographic && apart && is(i + 1, Kind::prose)));
  }

  /// A short line without an end above a longer one announces it, and so does a question.
  std::size_t prose_from(std::size_t i) {
    const Shape& shape = shapes_[i];
    if (tells_time(i)) {
      places_[i].kind = Kind::heading;
      return i + 1;
    }
    if (const std::size_t end = shape.quoted ? quoted_end(i) : torn_end(i); end > i + 1) {
      join(i, end);
      return end;
    }
    const std::size_t next = filled(i + 1);
    const bool ends = shape.speaks && !heads_answer(i);
    if (!shape.brief || ends || shape.numbering != Numbering::none || next >= size()) {
      return i + 1;
    }
    const bool longer = shapes_[next].kind != Kind::prose || !shapes_[next].brief ||
                        (shape.emphasised && !shapes_[next].emphasised);
    if (longer && shapes_[next].kind != Kind::heading) {
      places_[i].kind = Kind::heading;
    }
    return i + 1;
  }

  std::span<const Shape> shapes_;
  std::span<Place> places_;
  Ground ground_;
  std::size_t width_ = 0;  // that lines are wrapped at
  std::size_t wrapped_lines_ = 0;
  std::uint32_t timed_lines_ = 0;
};

}  // namespace

void lay_out(std::span<const Shape> shapes, std::vector<Place>& places) {
  const std::size_t first = places.size();
  places.resize(first + shapes.size());
  Layout(shapes, std::span(places).subspan(first)).run();
}

}  // namespace dedup::structure
