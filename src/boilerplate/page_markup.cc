// SPDX-License-Identifier: Apache-2.0
#include "boilerplate/page_markup.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "text/ascii.h"

namespace dedup::boilerplate {
namespace {

/// FNV-1a of the names without figures: post-17 and post-18 are of one kind.
std::uint32_t signature_of(const markup::PageElement& element) noexcept {
  std::uint32_t hash = 0x811C9DC5U ^ static_cast<std::uint32_t>(element.tag);
  for (const char c : element.classes) {
    if (!text::is_digit(c)) {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
    }
  }
  return hash;
}

constexpr std::array<std::string_view, 12> kBoardSoftware{
    "discuz",    "phpwind", "flarum", "nodebb", "vbulletin", "phpbb",
    "discourse", "xiuno",   "dvbbs",  "mybb",   "invision",  "question2answer"};
constexpr std::array<std::string_view, 3> kBoardTypes{"discussionforum", "qapage", "/question"};

bool holds_any(std::string_view text, std::span<const std::string_view> words) {
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(), text::lower);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return small.find(word) != std::string::npos; });
}

}  // namespace

PageMarkup::PageMarkup(markup::Page page, const NameWords* words)
    : lines(std::move(page.lines)),
      title(std::move(page.facts.title)),
      description(std::move(page.facts.description)) {
  board_software = holds_any(page.generator, kBoardSoftware);
  board_type = holds_any(page.types, kBoardTypes);
  elements.reserve(page.elements.size());
  for (const markup::PageElement& element : page.elements) {
    MarkedElement marked{.parent = element.parent,
                         .first_line = element.first_line,
                         .end_line = element.end_line,
                         .signature = signature_of(element),
                         .tag = element.tag};
    if (words != nullptr) {
      marked.names =
          static_cast<NameWords::Classes>(words->find(element.classes) | words->find(element.id));
    }
    elements.push_back(marked);
  }
}

}  // namespace dedup::boilerplate
