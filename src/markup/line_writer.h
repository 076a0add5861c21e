// SPDX-License-Identifier: Apache-2.0
// The text of a page, written line by line. White space collapses as CSS Text 3, section 4.1.1,
// has it: blanks in a row are one, those at a line's ends none, and a line break between two wide
// characters is none either, since writers of Chinese break their source anywhere.
//
//   甲\n  乙 丙   a\n b       甲乙 丙 a b
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "markup/page.h"

namespace dedup::markup {

/// What is true of all text written next.
struct TextState {
  std::uint32_t element = kNoElement;
  std::uint8_t heading = 0;
  bool linked = false;
  bool preformatted = false;
  bool code = false;
  bool quoted = false;
};

/// Writes to one page. Call order: (text | end_line | row)*, and end_line() at the end.
class LineWriter {
 public:
  /// Of so many lines something is known; what a page has more is text alone, so that what is known
  /// stays small beside it.
  static constexpr std::size_t kMostLines = std::size_t{1} << 18;

  explicit LineWriter(Page& page) : page_(page) {}

  /// Text as it stands in the page; references are decoded unless it is `raw`.
  void add(std::string_view text, const TextState& state, bool raw);

  /// Preformatted text begins: a line break right here is none, HTML has it so.
  void begin_preformatted() noexcept { fresh_ = true; }
  /// A link begins, and ends. What is too long for one was never closed, and is none.
  void begin_link() noexcept;
  void end_link() noexcept;
  /// The next line begins an item, with this marker; unless its text has a number of its own.
  void begin_item(std::string_view marker) {
    marker_ = marker;
    item_ = true;
  }
  /// The item ends, whether a line has begun or not.
  void end_item() noexcept {
    marker_.clear();
    item_ = false;
  }

  void end_line();

  /// Behind the lines so far.
  [[nodiscard]] std::uint32_t line_count() const noexcept {
    return static_cast<std::uint32_t>(page_.lines.size());
  }
  /// Whether so many lines were written that nothing is known of the next.
  [[nodiscard]] bool full() const noexcept { return page_.lines.size() >= kMostLines; }

  /// Makes one line of those from the first cell's on, a cell each, parted by tabs, if they are no
  /// more than that. `cells` has the number of the line that each begins with.
  bool join_cells(const std::vector<std::uint32_t>& cells, std::uint32_t element);

 private:
  enum class Gap : std::uint8_t { none, space, line_break };
  struct Row {
    PageLine line;
    std::string text;
  };

  void add_collapsed(std::string_view text, bool raw);
  void add_preformatted(std::string_view text, bool raw);
  void add_character(std::string_view& text);
  void put(std::string_view text);
  void begin_line();
  void drop_second_marker();
  void close_gap(std::string_view next);
  [[nodiscard]] std::optional<Row> row_of(const std::vector<std::uint32_t>& cells) const;

  Page& page_;
  TextState state_;
  PageLine line_;
  std::string marker_;             // of the next line
  std::size_t marker_size_ = 0;    // of the line that is open
  std::uint32_t links_ = 0;        // since the last line
  std::uint32_t link_line_ = 0;    // the line in which a link began, and
  std::uint32_t link_before_ = 0;  // what of that was linked before
  std::uint64_t link_size_ = 0;    // bytes of it
  Gap gap_ = Gap::none;            // white space that may yet be written
  bool item_ = false;              // the next line begins an item
  bool open_ = false;              // a line is begun
  bool fresh_ = false;             // the next line break is none
};

}  // namespace dedup::markup
