// SPDX-License-Identifier: Apache-2.0
// Code: which lines are source text or markup, where blanks and references mean something else than
// in prose. Judged generously, since a repair left undone costs less than code spoilt.
#pragma once

#include <optional>
#include <string_view>

#include "text/tags.h"

namespace dedup::text {

/// A line (without its line end) of the shape that opens or closes a fenced block of Markdown.
struct Fence {
  char mark = '`';      // or '~'
  bool closes = false;  // nothing follows the marks: it may close a block as well as open one
};

/// The fence that `line` is, if it is one. White space around it of any kind does not matter, so
/// that no repair of blanks can make or break a fence.
[[nodiscard]] std::optional<Fence> fence(std::string_view line) noexcept;

/// Whether a line looks like code by itself: indented by a tab or 4 spaces and no sentence, with a
/// backtick, an href or src attribute outside of a tag, ending like a statement, or with more marks
/// of code than ideographs. Tags do not count, but where a line has any there must be ideographs
/// between them. `before` is the state of tags where the line starts. Does not depend on anything
/// that stands in parentheses behind an ideograph, nor on references.
[[nodiscard]] bool is_code_like(std::string_view line, TagState before = TagState());

/// Whether a line is Markdown with a link, where references stand for characters that would be
/// markup.
[[nodiscard]] bool holds_link(std::string_view line) noexcept;

}  // namespace dedup::text
