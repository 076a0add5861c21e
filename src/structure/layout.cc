// SPDX-License-Identifier: Apache-2.0
// Two walks. The first closes what has an end of its own, fences and tables in tags; the second
// goes from block to block through what is left:
//
//   at a line → the group that begins there, as far as its kind goes on → behind it
//
// A group ends where its kind does; at a heading, at a line across, at a fence. Blank lines are
// taken in where the same group goes on behind them.
#include "structure/layout.h"

#include <algorithm>
#include <cstddef>

namespace dedup::structure {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);
constexpr std::size_t kMostTable = 4096;  // lines that an open <table> reaches over

class Layout {
 public:
  Layout(std::span<const Shape> shapes, std::span<Place> places)
      : shapes_(shapes), places_(places), closed_(shapes.size(), false) {}

  void run() {
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      places_[i].kind = shapes_[i].kind;
    }
    close_fences();
    close_tables();
    for (std::size_t i = 0; i < shapes_.size();) {
      i = block_from(i);
    }
  }

 private:
  /// A fence that none closes is a line of its own: rows of ~~~ are an ornament, too.
  void close_fences() {
    // The next closing fence of each mark, from the end, so that each fence is looked at once.
    std::vector<std::size_t> fences;
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
      if (shapes_[i].fence != 0) {
        fences.push_back(i);
      }
    }
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
      if (closed_[i] || (depth > 0 && i - first > kMostTable)) {
        depth = 0;
      }
      if (closed_[i]) {
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
    for (std::size_t i = first; i < end; ++i) {
      closed_[i] = true;
      places_[i] = {shapes_[i].kind == Kind::blank ? Kind::blank : kind, i > first};
    }
  }

  void join(std::size_t first, std::size_t end) {
    for (std::size_t i = first + 1; i < end; ++i) {
      places_[i].joins = true;
    }
  }

  [[nodiscard]] std::size_t size() const noexcept { return shapes_.size(); }
  /// The next line from i on that is not blank, or size().
  [[nodiscard]] std::size_t filled(std::size_t i) const noexcept {
    while (i < size() && shapes_[i].kind == Kind::blank) {
      ++i;
    }
    return i;
  }
  /// Whether a line is there that no fence or table holds.
  [[nodiscard]] bool free(std::size_t i) const noexcept { return i < size() && !closed_[i]; }
  [[nodiscard]] bool is(std::size_t i, Kind kind) const noexcept {
    return free(i) && shapes_[i].kind == kind;
  }

  /// Lays out the block that begins with line i, and gives the line behind it.
  std::size_t block_from(std::size_t i) {
    if (closed_[i]) {
      return closed_end(i);
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
      case Kind::prose:
        return prose_from(i);
      default:
        return i + 1;
    }
  }

  [[nodiscard]] std::size_t closed_end(std::size_t i) const noexcept {
    ++i;
    while (i < size() && closed_[i] && places_[i].joins) {
      ++i;
    }
    return i;
  }

  /// Lines of code in a row, with what is indented among them.
  std::size_t code_from(std::size_t first) {
    std::size_t end = first + 1;
    for (std::size_t i = filled(end); free(i); i = filled(end)) {
      const Shape& shape = shapes_[i];
      const bool goes_on =
          shape.kind == Kind::code || (i == end && shape.indent > shapes_[first].indent);
      if (!goes_on) {
        break;
      }
      places_[i].kind = Kind::code;
      end = i + 1;
    }
    join(first, end);
    return end;
  }

  /// Rows in a row. One line with a tab in it is no table.
  std::size_t table_from(std::size_t first) {
    std::size_t end = first + 1;
    while (is(end, Kind::row) && (shapes_[end].columns > 0) == (shapes_[first].columns > 0)) {
      ++end;
    }
    if (end == first + 1 && shapes_[first].columns > 0) {
      places_[first].kind = Kind::prose;
      return end;
    }
    join(first, end);
    return end;
  }

  [[nodiscard]] bool goes_on(std::size_t first, std::size_t i) const noexcept {
    return is(i, Kind::item) && shapes_[i].numbering == shapes_[first].numbering;
  }

  /// Items of one numbering, with what is indented below each. A number that is not continued
  /// begins a heading, or counts nothing.
  std::size_t list_from(std::size_t first) {
    std::size_t end = first + 1;
    std::size_t items = 1;
    for (std::size_t i = filled(end); free(i); i = filled(end)) {
      if (goes_on(first, i)) {
        ++items;
      } else if (shapes_[i].indent <= shapes_[first].indent || shapes_[i].kind == Kind::heading) {
        break;
      }
      end = i + 1;
    }
    if (items < 2) {
      return lone_item(first);
    }
    join(first, end);
    return end;
  }

  std::size_t lone_item(std::size_t i) {
    const Shape& shape = shapes_[i];
    const bool counted = shape.numbering != Numbering::bullet &&
                         shape.numbering != Numbering::reference && !shape.lead_in;
    const std::size_t next = filled(i + 1);
    if (counted && shape.brief && !shape.speaks && next < size()) {
      places_[i].kind = Kind::heading;
    }
    return i + 1;
  }

  /// Fields, and labels each with what follows. The first that is neither ends the record; a field
  /// alone is a line like another.
  std::size_t record_from(std::size_t first) {
    std::size_t end = first;
    std::size_t parts = 0;
    bool chained = true;
    for (std::size_t i = first; chained && (is(i, Kind::field) || is(i, Kind::label));) {
      chained = shapes_[i].brief || is(i, Kind::field);
      if (parts > 0 && !chained) {
        break;
      }
      end = is(i, Kind::field) ? i + 1 : labelled_end(i);
      ++parts;
      i = filled(end);
    }
    if (parts == 1 && is(first, Kind::field)) {
      return end;
    }
    join(first, end);
    return end;
  }

  /// Behind what the label at i announces: the one block that follows.
  std::size_t labelled_end(std::size_t i) {
    const std::size_t next = filled(i + 1);
    if (next >= size()) {
      return i + 1;
    }
    const Kind kind = shapes_[next].kind;
    if (!closed_[next] && (kind == Kind::heading || kind == Kind::label || kind == Kind::field ||
                           kind == Kind::rule)) {
      return i + 1;
    }
    return block_from(next);
  }

  /// A short line without an end above a longer one announces it.
  std::size_t prose_from(std::size_t i) {
    const Shape& shape = shapes_[i];
    const std::size_t next = filled(i + 1);
    if (!shape.brief || shape.speaks || shape.numbering != Numbering::none || next >= size()) {
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
  std::vector<bool> closed_;  // by a fence or a tag
};

}  // namespace

void lay_out(std::span<const Shape> shapes, std::vector<Place>& places) {
  const std::size_t first = places.size();
  places.resize(first + shapes.size());
  Layout(shapes, std::span(places).subspan(first)).run();
}

}  // namespace dedup::structure
