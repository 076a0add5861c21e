// SPDX-License-Identifier: Apache-2.0
// Tags of HTML that were left in a text: which parts of a line are mark-up, where nothing is to be
// repaired, and which are the text between.
//
//   <p title="甲&amp;乙">他说&hellip;</p>      mark-up: [<p title="甲&amp;乙">], [</p>]
//
// A tag may be broken over lines, most often inside an attribute, so the state at the end of one
// line is that at the start of the next. The inside of code, pre, script, style and comments counts
// as mark-up too.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace dedup::text {

/// Where a text stands with respect to tags, between two of its characters.
struct TagState {
  /// Outside; in a tag; in an attribute's value; in <!-- -->; in the element of this number, whose
  /// content is no prose.
  enum class Place : unsigned char { text, tag, value, comment, raw };
  Place place = Place::text;
  char quote = 0;             ///< of the value
  unsigned char element = 0;  ///< that is open as raw or will be when this tag ends; 0 for none
  bool returned = false;      ///< behind a carriage return, so that a line feed ends no other line
  bool blank = false;         ///< nothing but white space since the last line end
  unsigned lines = 0;         ///< line ends since it opened

  /// Whether what follows is read alike.
  [[nodiscard]] bool is_alike(const TagState& other) const noexcept {
    return place == other.place && quote == other.quote && element == other.element;
  }
};

/// A stretch of mark-up, in bytes of what was read.
struct MarkupSpan {
  std::size_t start = 0;
  std::size_t end = 0;
};
using MarkupSpans = std::vector<MarkupSpan>;

/// The mark-up of `text`, one line or many, and the state behind it. What begins like a tag but
/// holds what no tag can, as in 甲<b 乙, is none. Linear.
[[nodiscard]] MarkupSpans read_tags(std::string_view text, TagState& state);

}  // namespace dedup::text
