// SPDX-License-Identifier: Apache-2.0
// What the mark-up of a page says of its lines, in the form in which it is judged: small, and free
// of the page itself.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "boilerplate/name_words.h"
#include "markup/page.h"

namespace dedup::boilerplate {

/// The names that count, by class; the words are in content_model.txt.
enum class NameClass : std::uint8_t {
  text,       ///< those that hold nothing but an article: js_content, artibody …
  furniture,  ///< nav, foot, related, share …
  comment,
  about,    ///< of an article's author, date and buttons: meta, byline …
  overlay,  ///< dialogs and tips
  thread,   ///< boards, questions and answers
};
inline constexpr std::size_t kNameClasses = 6;

struct MarkedElement {
  std::uint32_t parent = markup::kNoElement;
  std::uint32_t first_line = 0;
  std::uint32_t end_line = 0;
  std::uint32_t signature = 0;  ///< of its tag and classes, figures aside
  markup::Tag tag = markup::Tag::unknown;
  NameWords::Classes names = 0;

  [[nodiscard]] bool is_named(NameClass its_class) const noexcept {
    return (names >> static_cast<unsigned>(its_class) & 1U) != 0;
  }
};

/// The lines and elements of a page; those of its lines of which nothing is known are left out.
struct PageMarkup {
  /// `words`: null where nobody asks for names.
  PageMarkup(markup::Page page, const NameWords* words);

  std::vector<markup::PageLine> lines;
  std::vector<MarkedElement> elements;
  std::string title;
  std::string description;
  bool board_software = false;  ///< made by a program for boards, by its own word
  bool board_type = false;      ///< by its own word a discussion, or questions and answers
};

}  // namespace dedup::boilerplate
