// SPDX-License-Identifier: Apache-2.0
// Page mode: which lines of a whole scraped page are its furniture: navigation, teasers, headline
// lists, login and search bars, footers, dates and counters around the article.
//
//   score   the sum of a line's features, each times its weight; above 0 speaks for furniture
//   runs    of all ways to divide the page into runs kept and runs removed, the one with the
//           greatest sum of scores, where each change between the two costs `switch`
//   guards  what no score can remove, since nothing real may be lost:
//           - every line of a page that shows no frame (few cue words, or few for its length)
//           - lines that are not furniture by themselves, on a page without a main text, such as
//             one of headlines; but what is as short as a channel's name goes amid furniture, and
//             an article of a line or two may end where furniture follows it at once
//           - code and tables in the main text and right behind it
//           - the headline, in its place next to the main text, and what opens the text itself:
//             a dateline, a headline of its first part
//
// Sentences that line breaks tore apart, and the rows of a table, are put together first
// (page_pieces.h). What shows no frame
// may end in teasers of other channels (财经 | 某地发布年度报告); those alone go.
//
// Weights, costs and cue words are in page_model.txt; tools/measure/train_page_model.py finds the
// weights.
// Linear in the number of lines, in whole numbers only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "boilerplate/page_features.h"

namespace dedup::boilerplate {

struct PageVerdict {
  bool furniture = false;
  double score = 0;  ///< above 0 speaks for furniture

  /// "page: " and the feature that speaks most for it; lives as long as the
  /// model. Empty if kept.
  std::string_view reason;
};

/// Immutable after construction and shareable between threads.
class PageModel {
 public:
  /// The built-in model.
  PageModel();

  /// A model in the format of page_model.txt. Throws FormatError naming the
  /// line.
  explicit PageModel(std::string_view text);

  /// What PageLines needs; lives as long as the model.
  [[nodiscard]] const PageCues& cues() const noexcept { return cues_; }

  /// A verdict for each line of a page.
  [[nodiscard]] std::vector<PageVerdict> judge(std::span<const PageLine> lines) const;

 private:
  enum Setting : std::uint8_t {
    kLeastLines,
    kLeastCues,
    kLeastCuePercent,
    kLeastProse,
    kSwitchCost
  };
  static constexpr std::array<std::string_view, 5> kSettings{
      "least_lines", "least_cues", "least_cue_percent", "least_prose", "switch"};

  void read(std::string_view kind, std::string_view name, std::string_view value);

  [[nodiscard]] std::vector<PageVerdict> judge_pieces(std::span<const PageLine> lines) const;
  [[nodiscard]] static std::vector<PageVerdict> judge_teasers(std::span<const PageLine> lines);
  [[nodiscard]] bool is_framed(std::span<const PageLine> lines) const;
  [[nodiscard]] std::int64_t score(const PageFeatures& features) const;
  [[nodiscard]] std::string_view reason(const PageFeatures& features) const;
  [[nodiscard]] std::vector<bool> best_runs(std::span<const std::int64_t> scores) const;
  void guard(std::span<const PageLine> lines, const PageView& view,
             std::span<const std::int64_t> scores, std::vector<bool>& removed) const;
  [[nodiscard]] static std::size_t find_end_of_note(std::span<const PageLine> lines);
  [[nodiscard]] static bool is_entry(std::span<const PageLine> lines, std::size_t i);
  [[nodiscard]] static bool is_between_text(std::span<const PageLine> lines, std::size_t i);
  static void remove_titles(std::span<const PageLine> lines, std::vector<bool>& removed);
  static void guard_opening(std::span<const PageLine> lines, std::size_t main_first,
                            std::vector<bool>& removed);
  [[nodiscard]] static bool is_headline(const PageLine& line, int shortest);
  [[nodiscard]] static bool has_headline_shape(const PageLine& line, int shortest);
  [[nodiscard]] static std::optional<std::size_t> find_headline(
      std::span<const PageLine> lines, const PageView& view, std::span<const std::int64_t> scores,
      const std::vector<bool>& removed);

  std::array<std::int32_t, kPageFeatures> weights_{};      // hundredths
  std::array<std::int32_t, kSettings.size()> settings_{};  // hundredths
  std::array<std::string, kPageFeatures> reasons_;
  PageCues cues_;
};

/// The text of page_model.txt, made a string by the build. Static storage.
[[nodiscard]] std::string_view builtin_page_model() noexcept;

}  // namespace dedup::boilerplate
