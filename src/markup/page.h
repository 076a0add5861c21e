// SPDX-License-Identifier: Apache-2.0
// A page of HTML as text: a line for each block of it, with what the mark-up says of each.
//
//   <div class="main"><h1>晒场</h1><p>甲<br>乙</p></div>
//
//   text       晒场\n甲\n乙\n
//   lines      of h1     of p      of p
//   elements   html > body > div.main > h1, p
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dedup/page_facts.h"
#include "markup/element.h"

namespace dedup::markup {

inline constexpr std::uint32_t kNoElement = ~std::uint32_t{0};

/// An element of the page that is open until its end, such as a division or a cell. Those before it
/// in the list are opened before it; its lines lie in a row.
struct PageElement {
  std::uint32_t parent = kNoElement;
  std::uint32_t first_line = 0;
  std::uint32_t end_line = 0;
  Tag tag = Tag::unknown;
  std::string_view id;       ///< as written: a view into the page
  std::string_view classes;  ///< likewise
};

struct PageLine {
  std::uint32_t start = 0;             ///< in the text
  std::uint32_t end = 0;               ///< without its line end
  std::uint32_t element = kNoElement;  ///< the innermost that holds all of it
  std::uint32_t linked = 0;            ///< bytes of it inside of links
  std::uint32_t links = 0;             ///< how many begin in it
  std::uint8_t cells = 0;              ///< of a table's row, from two on; else 0
  std::uint8_t heading = 0;            ///< 1 to 6
  bool item = false;                   ///< begins an item of a list
  bool preformatted = false;
  bool quoted = false;  ///< inside of a <blockquote>
  bool code = false;    ///< preformatted, and inside of a <code>

  /// Less than half of it is in links.
  [[nodiscard]] bool is_mostly_text() const noexcept {
    return 2 * std::uint64_t{linked} < end - start;
  }
};

struct Page {
  std::string text;
  std::vector<PageLine> lines;
  std::vector<PageElement> elements;
  PageFacts facts;
  std::string generator;  ///< the program that made it, by its own word
  std::string types;      ///< what its parts are, by itemtype: at most some hundred bytes
  /// Where the text is from. What is not visible is read only where nothing is, or next to nothing.
  enum class Source : std::uint8_t {
    visible,
    hidden,        ///< all that there is was hidden
    article_body,  ///< of JSON-LD: the page is a shell that a program fills
    description,   ///< what the page says of itself
    twin,          ///< for those without scripts or frames
  };
  Source source = Source::visible;
};

/// Reads a page. `html` is valid UTF-8 and must outlive the views in the result. Time and memory
/// linear in it, whatever it holds. Where nothing is visible, what is hidden is read; where the
/// article is in the page's JSON-LD and the text is a fourth of it at most, that is the text; where
/// there is no text at all, its description; and where it has none, what is meant for those without
/// scripts or frames.
[[nodiscard]] Page read_page(std::string_view html);

}  // namespace dedup::markup
