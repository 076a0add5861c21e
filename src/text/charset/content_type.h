// SPDX-License-Identifier: Apache-2.0
// Content types, as HTTP headers and <meta> have them: text/html; charset=gbk
#pragma once

#include <cstddef>
#include <string_view>

namespace dedup::text {

/// The parts of a content type; views into it.
struct ContentType {
  std::string_view media;    ///< "text/html", as it was written; empty where there is none
  std::string_view charset;  ///< without quotation marks; empty where there is none

  /// Whether this is HTML, in either syntax.
  [[nodiscard]] bool is_html() const noexcept;

  /// Whether it tells nothing of what the bytes mean: there is none, or it is one that servers give
  /// to what they do not know, or to what is compressed, whatever is inside.
  [[nodiscard]] bool says_nothing() const noexcept;
};

/// Lenient, as browsers are: the charset is what stands behind the first "charset=".
[[nodiscard]] ContentType parse_content_type(std::string_view text) noexcept;

/// Where `word`, in small letters, stands in `text` from `from` on, whatever the case; npos if it
/// does not.
[[nodiscard]] std::size_t find_word(std::string_view text, std::string_view word,
                                    std::size_t from) noexcept;

}  // namespace dedup::text
