// SPDX-License-Identifier: Apache-2.0
// After the rendering section of HTML (https://html.spec.whatwg.org/multipage/rendering.html) and
// the rules of its parser about implied ends. What is left out of the text: controls, what is
// loaded, what speaks when something could not be loaded, and readings (rt), which belong to the
// characters before them.
#include "markup/element.h"

#include <algorithm>
#include <array>

#include "text/ascii.h"

namespace dedup::markup {
namespace {

/// What stands by itself, such as a division; it cannot be part of a paragraph.
constexpr std::uint16_t kBox = kBlock | kNested | kEndsParagraph;
/// Of a table: a paragraph may be around it.
constexpr std::uint16_t kPart = kBlock | kNested;
/// With mark-up of its own in it, none of which is text.
constexpr std::uint16_t kGone = kNested | kOut;
/// With another language in it.
constexpr std::uint16_t kLoaded = kRaw | kOut;

/// In the order of Tag, which is that of the names.
constexpr std::array<Element, kTags> kElements{{
    {"", 0},
    {"a", 0},
    {"address", kBox},
    {"area", kVoid},
    {"article", kBox},
    {"aside", kBox},
    {"audio", kGone},
    {"base", kVoid},
    {"basefont", kVoid},
    {"bgsound", kVoid},
    {"blockquote", kBox},
    {"body", kBlock},
    {"br", kVoid},
    {"button", kGone},
    {"canvas", kGone},
    {"caption", kPart | kBorder},
    {"center", kBox},
    {"code", 0},
    {"col", kVoid},
    {"colgroup", kPart},
    {"datalist", kGone},
    {"dd", kBox},
    {"details", kBox},
    {"dialog", kBox},
    {"dir", kBox | kList},
    {"div", kBox},
    {"dl", kBox | kList},
    {"dt", kBox},
    {"embed", kVoid},
    {"fieldset", kBox},
    {"figcaption", kBox},
    {"figure", kBox},
    {"footer", kBox},
    {"form", kBox},
    {"frame", kVoid},
    {"frameset", kGone | kTwin},
    {"h1", kBox},
    {"h2", kBox},
    {"h3", kBox},
    {"h4", kBox},
    {"h5", kBox},
    {"h6", kBox},
    {"head", kBlock},
    {"header", kBox},
    {"hgroup", kBox},
    {"hr", kVoid | kBlock | kEndsParagraph},
    {"html", kBlock},
    {"iframe", kLoaded},
    {"img", kVoid},
    {"input", kVoid},
    {"keygen", kVoid},
    {"legend", kPart},
    {"li", kBox},
    {"link", kVoid},
    {"listing", kBox | kLines},
    {"main", kBox},
    {"math", kGone},
    {"menu", kBox | kList},
    {"meta", kVoid},
    {"nav", kBox},
    {"noembed", kLoaded | kTwin},
    {"noframes", kLoaded | kTwin},
    {"noscript", kGone | kTwin},
    {"object", kGone},
    {"ol", kBox | kList},
    {"optgroup", kGone},
    {"option", kGone},
    {"p", kBox},
    {"param", kVoid},
    {"plaintext", kBox | kLines},
    {"pre", kBox | kLines},
    {"rb", 0},
    {"rp", kGone},
    {"rt", kGone},
    {"rtc", kGone},
    {"ruby", kNested},
    {"script", kLoaded},
    {"search", kBox},
    {"section", kBox},
    {"select", kGone},
    {"source", kVoid},
    {"style", kLoaded},
    {"summary", kBox},
    {"svg", kGone},
    {"table", kBox | kBorder},
    {"tbody", kPart},
    {"td", kPart | kBorder},
    {"template", kGone},
    {"textarea", kCharacters | kOut},
    {"tfoot", kPart},
    {"th", kPart | kBorder},
    {"thead", kPart},
    {"title", kCharacters | kOut},
    {"tr", kPart},
    {"track", kVoid},
    {"ul", kBox | kList},
    {"video", kGone},
    {"wbr", kVoid},
    {"xmp", kBlock | kRaw | kLines | kEndsParagraph},
}};
static_assert(std::is_sorted(kElements.begin(), kElements.end(),
                             [](const Element& a, const Element& b) { return a.name < b.name; }));

constexpr std::size_t kLongestName = 10;  // of those in the table
constexpr std::size_t kLetters = 26;

/// Where the names begin that begin with each letter, and where those with z end. Few begin with
/// the same one, and fewer of them are equally long.
constexpr std::array<std::uint8_t, kLetters + 1> kFirstOf = [] {
  std::array<std::uint8_t, kLetters + 1> first{};
  static_assert(kTags <= 0xFF);
  std::size_t tag = 1;  // the first has no name
  for (std::size_t letter = 0; letter < kLetters; ++letter) {
    first[letter] = static_cast<std::uint8_t>(tag);
    while (tag < kTags && kElements[tag].name.front() == static_cast<char>('a' + letter)) ++tag;
  }
  first[kLetters] = static_cast<std::uint8_t>(tag);
  return first;
}();

}  // namespace

const Element& element_of(Tag tag) noexcept { return kElements[static_cast<std::size_t>(tag)]; }

Tag tag_named(std::string_view name) noexcept {
  if (name.empty() || name.size() > kLongestName) {
    return Tag::unknown;
  }
  std::array<char, kLongestName> small{};
  std::transform(name.begin(), name.end(), small.begin(), text::lower);
  const std::string_view wanted(small.data(), name.size());
  const auto letter = static_cast<std::size_t>(static_cast<unsigned char>(small[0])) - 'a';
  if (letter >= kLetters) {
    return Tag::unknown;
  }
  for (std::size_t tag = kFirstOf[letter]; tag < kFirstOf[letter + 1]; ++tag) {
    if (kElements[tag].name == wanted) return static_cast<Tag>(tag);
  }
  return Tag::unknown;
}

}  // namespace dedup::markup
