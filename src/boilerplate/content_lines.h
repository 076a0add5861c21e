// SPDX-License-Identifier: Apache-2.0
// The lines of a page of HTML as they are judged: what page mode sees of each, what the mark-up
// says of it, and which of them are the page's title and the beginning of its description.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "boilerplate/page_features.h"
#include "boilerplate/page_markup.h"

namespace dedup::boilerplate {

struct ContentLine {
  std::uint32_t marked = 0;  ///< its number in PageMarkup::lines
  std::uint32_t text = 0;    ///< hash of its letters, figures aside: 第2楼 and 第3楼 are one
  bool stops = false;        ///< ends as a sentence does
  bool dated = false;        ///< short, and tells a day, an hour or how long ago
};

/// The lines of one window, blank ones left out.
class ContentLines {
 public:
  /// Both must outlive it.
  ContentLines(const PageCues& cues, const PageMarkup& markup);

  /// As PageLines::add(); `marked` is the number of the line in the mark-up, or that of the line
  /// before where the mark-up does not know it.
  void add(std::string_view line, std::u16string_view key, const structure::Place& place,
           bool by_rule, std::uint32_t marked);

  /// Empty where there are too many lines for a page.
  [[nodiscard]] std::span<const PageLine> looks() const noexcept { return looks_.lines(); }
  [[nodiscard]] std::span<const ContentLine> lines() const noexcept { return lines_; }
  [[nodiscard]] const PageMarkup& markup() const noexcept { return markup_; }

  /// The line that is the title of the page, which also stands in its <title>.
  [[nodiscard]] std::optional<std::size_t> title() const noexcept { return title_line_; }
  /// The line that the description of the page starts with, or stands in.
  [[nodiscard]] std::optional<std::size_t> description() const noexcept {
    return description_line_;
  }
  /// How many short lines speak of posts and answers; and whether the title does.
  [[nodiscard]] std::size_t board_lines() const noexcept { return board_lines_; }
  [[nodiscard]] bool has_board_title() const noexcept { return has_board_title_; }

 private:
  void look_for_title(std::u16string_view key, const markup::PageLine& marked);
  void look_for_description(std::u16string_view key, const markup::PageLine& marked, bool stops);

  const PageCues& cues_;
  const PageMarkup& markup_;
  PageLines looks_;
  std::vector<ContentLine> lines_;
  std::u16string title_;  // of the page, as keys are
  std::u16string description_;
  std::optional<std::size_t> title_line_;
  std::optional<std::size_t> description_line_;
  std::size_t title_score_ = 0;
  std::size_t board_lines_ = 0;
  bool has_board_title_ = false;
};

}  // namespace dedup::boilerplate
