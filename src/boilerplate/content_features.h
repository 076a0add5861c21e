// SPDX-License-Identifier: Apache-2.0
// The features by which the lines of a page of HTML are judged: what each is by itself, what stands
// around it in the text, what it stands in by the mark-up, and where.
//
//   body                     the elements of a line are those around it, each of which holds more
//     div.main               lines than the one within:
//       h1   晒场
//       div.text                 line 甲     0: div.text (甲, 乙)   1: div.main   2: body
//         p    甲
//         p    乙
//
// In whole numbers of 1/256, most between 0 and 1; see whole_numbers.h. What each means stands
// beside its weight in content_model.txt.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "boilerplate/content_lines.h"

namespace dedup::boilerplate {

/// The names of the features, as in content_model.txt.
[[nodiscard]] const std::vector<std::string>& content_feature_names();

/// The lines of a page among each other and in its elements. Linear in both.
class ContentView {
 public:
  /// `page` must outlive it, and has lines.
  explicit ContentView(const ContentLines& page);

  /// Lines from `first` up to `end`.
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t end = 0;
    [[nodiscard]] std::uint32_t size() const noexcept { return end - first; }
  };

  /// In the order of the names.
  void features(std::size_t line, std::vector<std::int32_t>& features) const;

  /// Whether the page is a board, or questions and answers: comments are what it is about.
  [[nodiscard]] bool is_board() const noexcept { return board_; }
  /// How many lines show by themselves that the page has a frame: links, buttons, footers.
  [[nodiscard]] std::size_t frame_lines() const noexcept;
  /// Whether a line goes on with what the line before began: rows of a table, items of a list,
  /// lines of code, unless they are links.
  [[nodiscard]] bool goes_on(std::size_t line) const noexcept;
  /// The lines of the table that a line is a row of; no lines: of none.
  [[nodiscard]] Range table_at(std::size_t line) const noexcept;
  /// Whether a line is a heading, and no link.
  [[nodiscard]] bool is_heading(std::size_t line) const noexcept;
  /// Visible characters of a line, one at least.
  [[nodiscard]] std::uint32_t chars(std::size_t line) const noexcept { return chars_[line]; }
  /// By number of the element; the last is that of the whole page.
  [[nodiscard]] const std::vector<Range>& ranges() const noexcept { return ranges_; }
  /// The next element around one that has more lines; that of the whole page is around itself.
  [[nodiscard]] std::uint32_t wider(std::size_t element) const noexcept { return wider_[element]; }

 private:
  static constexpr std::size_t kAround = 4;  // elements around a line that are looked at
  static constexpr std::size_t kShapes = 2;

  enum Group : std::uint8_t { kNoGroup, kTable, kList, kCode };

  /// What is counted up to each line.
  enum Count : std::uint8_t { kChars, kLinked, kMarks, kProse, kCues, kLinks, kShort, kHeads };
  static constexpr std::size_t kCounts = 8;
  using Counts = std::array<std::uint64_t, kCounts>;

  /// What an element hands down to those within, 0 to kFeatureOne.
  struct Inherited {
    std::int32_t text = 0, furniture = 0, overlay = 0, comment = 0;
    std::int32_t form = 0, article = 0, frame = 0, item = 0, quote = 0;
    bool about = false;
  };
  /// Lines that stand in elements of one shape.
  struct Shape {
    std::uint32_t lines = 0, chars = 0, linked = 0, prose = 0, dated = 0, names = 0, again = 0;
  };
  /// The features that lines have from an element, or from a shape.
  using Shared = std::array<std::int32_t, 8>;

  void count_lines();
  void find_ranges();
  void find_elements();
  void decide_board();
  void hand_down();
  void find_shapes();
  void count_shapes(std::size_t depth, std::size_t count);
  void count_repeats();
  void describe_elements();
  [[nodiscard]] Shared described(std::size_t element) const;
  [[nodiscard]] Shared described(const Shape& shape) const;
  void find_tables();
  [[nodiscard]] bool is_prose(std::size_t line) const noexcept;
  [[nodiscard]] bool is_frame(std::size_t line) const noexcept;
  [[nodiscard]] Group group_of(std::size_t line) const noexcept;
  [[nodiscard]] std::uint64_t sum(Count count, std::size_t first, std::size_t end) const noexcept {
    return sums_[end][count] - sums_[first][count];
  }
  [[nodiscard]] std::uint32_t element_of(std::size_t line) const noexcept;
  [[nodiscard]] std::uint32_t innermost(std::size_t line) const noexcept;

  void add_own(std::size_t line, std::vector<std::int32_t>& features) const;
  void add_neighbours(std::size_t line, std::vector<std::int32_t>& features) const;
  void add_elements(std::size_t line, std::vector<std::int32_t>& features) const;
  void add_place(std::size_t line, std::vector<std::int32_t>& features) const;
  void add_names(std::size_t line, std::vector<std::int32_t>& features) const;
  void add_shapes(std::size_t line, std::vector<std::int32_t>& features) const;

  const ContentLines& page_;
  std::span<const PageLine> looks_;
  std::span<const ContentLine> lines_;
  std::vector<std::uint32_t> chars_;
  std::vector<Counts> sums_;                                  // one more than lines
  std::vector<Range> ranges_;                                 // by element, and the page
  std::vector<std::uint32_t> wider_;                          // the next with more lines
  std::vector<Inherited> inherited_;                          // by element
  std::array<std::vector<std::uint32_t>, kShapes> shape_of_;  // by line
  std::array<std::vector<Shared>, kShapes> shapes_;
  std::vector<Shared> elements_;        // by element; of those that lines are judged by
  std::vector<Range> tables_;           // by line
  std::vector<std::uint32_t> repeats_;  // how often the text of a line stands elsewhere
  std::uint64_t prose_outside_comments_ = 0;
  bool board_ = false;
};

}  // namespace dedup::boilerplate
