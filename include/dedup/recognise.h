// SPDX-License-Identifier: Apache-2.0
// What bytes are that nobody has labelled, by how they begin. (Of compressed ones: compression.h.)
//
//   std::string head = read();
//   while (dedup::may_become_html(head) && more()) head += read();
//   const bool page = dedup::looks_like_html(head);
#pragma once

#include <cstddef>
#include <string_view>

#include "dedup/export.h"

namespace dedup {

/// In how many bytes a page shows that it is one; of a longer head the rest is not looked at.
inline constexpr std::size_t kHtmlHead = 4096;

/// Whether a page of HTML begins so: with its doctype, `<html>`, `<head>`, `<title>`, `<meta>` or
/// `<body>`, whatever the case, behind blanks, comments and an XML declaration at most; in any
/// charset that has ASCII's letters, UTF-16 and UTF-32 among them. A text may be about HTML, but
/// does not begin so; what begins with another tag is as likely a text with tags in it, and is
/// none.
[[nodiscard]] DEDUP_EXPORT bool looks_like_html(std::string_view head);

/// Whether more bytes behind a shorter `head` could make it look so.
[[nodiscard]] DEDUP_EXPORT bool may_become_html(std::string_view head);

}  // namespace dedup
