// SPDX-License-Identifier: Apache-2.0
// The elements of HTML: what a reader of pages has to know of each.
#pragma once

#include <cstdint>
#include <string_view>

namespace dedup::markup {

/// In the order of their names, which is that of the table in element.cc.
// clang-format off
enum class Tag : std::uint8_t {
  unknown,  ///< of HTML's inline kind, as elements nobody knows are
  a, address, area, article, aside, audio, base, basefont, bgsound, blockquote, body, br, button,
  canvas, caption, center, code, col, colgroup, datalist, dd, details, dialog, dir, div, dl, dt,
  embed, fieldset, figcaption, figure, footer, form, frame, frameset, h1, h2, h3, h4, h5, h6, head,
  header, hgroup, hr, html, iframe, img, input, keygen, legend, li, link, listing, main, math, menu,
  meta, nav, noembed, noframes, noscript, object, ol, optgroup, option, p, param, plaintext, pre,
  rb, rp, rt, rtc, ruby, script, search, section, select, source, style, summary, svg, table, tbody,
  td, template_element, textarea, tfoot, th, thead, title, tr, track, ul, video, wbr, xmp,
};
// clang-format on
inline constexpr std::size_t kTags = static_cast<std::size_t>(Tag::xmp) + 1;

/// Behaviour, as bits.
enum Trait : std::uint16_t {
  kBlock = 1U << 0,          ///< begins and ends a line
  kNested = 1U << 1,         ///< stays open until its end tag, or that of one around it
  kVoid = 1U << 2,           ///< has no content and no end tag
  kRaw = 1U << 3,            ///< content up to its end tag is no mark-up
  kCharacters = 1U << 4,     ///< likewise, but for character references
  kOut = 1U << 5,            ///< its content is no text of the page
  kEndsParagraph = 1U << 6,  ///< closes an open <p>
  kBorder = 1U << 7,         ///< an end tag within it closes nothing around it
  kLines = 1U << 8,          ///< white space counts
  kList = 1U << 9,           ///< holds list items
  kTwin = 1U << 10,          ///< speaks, or holds what speaks, where scripts or frames do not
};

struct Element {
  std::string_view name;
  std::uint16_t traits = 0;
};

[[nodiscard]] const Element& element_of(Tag tag) noexcept;

[[nodiscard]] inline bool is(Tag tag, Trait trait) noexcept {
  return (element_of(tag).traits & trait) != 0;
}

/// The element of a name in whatever case; Tag::unknown for all others.
[[nodiscard]] Tag tag_named(std::string_view name) noexcept;

/// 1 to 6 for h1 to h6, else 0.
[[nodiscard]] constexpr int heading_level(Tag tag) noexcept {
  return tag >= Tag::h1 && tag <= Tag::h6 ? static_cast<int>(tag) - static_cast<int>(Tag::h1) + 1
                                          : 0;
}

}  // namespace dedup::markup
