// SPDX-License-Identifier: Apache-2.0
// What a page says of itself: title, description, date, author, site, address, language.
//
//   <title>, <meta>, <link rel=canonical>, <html lang>
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "markup/page.h"
#include "markup/tokens.h"

namespace dedup::markup {

/// Hears of the tokens of one page. Of facts said twice the first counts; those of a more telling
/// name win over others, so og:title is no title where there is a <title>.
class Head {
 public:
  void start(const Token& token);
  /// The content of an element that is no text of the page.
  void add(const Token& token);

  /// The article that the page's JSON-LD holds; empty without.
  [[nodiscard]] std::string article_body() const;

  /// To be called once, at the end of the page.
  void tell(Page& page);

 private:
  void read_meta(std::string_view attributes);
  void read_link(std::string_view attributes);

  PageFacts facts_;
  std::string other_title_;  // for pages without a title
  std::string generator_;
  bool has_canonical_ = false;
  bool linked_data_ = false;                    // the script that was opened last is JSON-LD
  std::vector<std::string_view> article_data_;  // scripts that speak of the body of an article
};

}  // namespace dedup::markup
