// SPDX-License-Identifier: Apache-2.0
// Page mode for HTML: which lines of a page are its article, judged by text and by mark-up.
//
//   frame         a page without links, buttons or footers has none, and stays whole
//   probability   of each line to be of the article: a logistic sum of its features
//   choice        the element with the greatest sum of characters, each worth its line's
//                 probability less `worth`; on boards all elements near it, post by post
//   cut           of their lines those that are likely enough, unless that were none; and the
//                 headline above them
//
// What the block rules know for boilerplate is of no article. A page of which too little is left
// that way has none, and stays whole; so a page with text is never left without any.
//
// Weights, settings and words are in content_model.txt; tools/measure/train_content_model.py finds
// the weights. Linear in the lines and elements of a page, in whole numbers only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "boilerplate/content_features.h"
#include "boilerplate/content_lines.h"
#include "boilerplate/name_words.h"

namespace dedup::boilerplate {

struct ContentVerdict {
  bool furniture = false;
  float score = 0;  ///< how likely that is by the line alone: 0 to 1
};

/// Immutable after construction and shareable between threads.
class ContentModel {
 public:
  /// The built-in model.
  ContentModel();

  /// A model in the format of content_model.txt. Throws FormatError naming the line.
  explicit ContentModel(std::string_view text);

  /// What ContentLines and PageMarkup need; live as long as the model.
  [[nodiscard]] const PageCues& cues() const noexcept { return cues_; }
  [[nodiscard]] const NameWords& names() const noexcept { return names_; }

  /// A verdict for each line; none for a page of too many lines.
  [[nodiscard]] std::vector<ContentVerdict> judge(const ContentLines& page) const;

 private:
  enum Setting : std::uint8_t {
    kLeastFrame,
    kWorth,
    kLeastLikely,
    kLeastInside,
    kLeastPost,
    kLeastPart,
    kLeastArticle
  };
  static constexpr std::array<std::string_view, 7> kSettings{
      "least_frame", "worth",      "least_likely", "least_inside",
      "least_post",  "least_part", "least_article"};
  using Probability = std::uint32_t;  // in parts of kCertain
  static constexpr std::int64_t kCertain = 65536;

  void read(std::string_view kind, std::string_view name, std::string_view value);
  [[nodiscard]] Probability probability(const std::vector<std::int32_t>& features) const noexcept;
  [[nodiscard]] std::vector<bool> choose(const ContentView& view,
                                         const std::vector<Probability>& lines) const;
  [[nodiscard]] std::vector<bool> cut(const ContentView& view,
                                      const std::vector<Probability>& lines,
                                      const std::vector<bool>& chosen) const;
  [[nodiscard]] bool is_article(const ContentView& view, const std::vector<Probability>& lines,
                                const std::vector<bool>& chosen) const;
  static void add_headline(const ContentLines& page, std::vector<bool>& chosen);

  struct Weight {
    std::size_t feature = 0;
    std::int64_t hundredths = 0;
  };
  std::vector<Weight> weights_;                            // of the features that have one
  std::array<std::int32_t, kSettings.size()> settings_{};  // hundredths
  PageCues cues_;
  NameWords names_;
};

/// The text of content_model.txt, made a string by the build. Static storage.
[[nodiscard]] std::string_view builtin_content_model() noexcept;

}  // namespace dedup::boilerplate
