// SPDX-License-Identifier: Apache-2.0
// The tokens of a page: tags and the text between them, after section 13.2.5 of the HTML standard
// (https://html.spec.whatwg.org/multipage/parsing.html#tokenization). Comments, declarations and
// what is loaded are passed over.
//
//   <p class=a>甲乙<!-- 注 -->丙</p>      start p · text 甲乙 · text 丙 · end p
//
// A page that begins with <?xml is XHTML: elements may be closed by />, and CDATA is text.
//
// Unlike a browser it loses nothing behind a quotation mark, a comment or a title that is never
// closed: these end at the next >, or < for the title.
//
// No parser that Debian 12 has is linear, so this is our own: libxml2 2.9.14 takes .8, 3.1 and 11.5
// seconds for .2, .4 and .8 MB of open and unmatched tags, and 5.8 seconds for .7 MB of attributes
// in one tag; gumbo 0.10.1 takes 17 seconds for 100,000 nested divisions.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "markup/element.h"

namespace dedup::markup {

/// White space of HTML, which has no other.
inline constexpr std::string_view kWhiteSpace = " \t\n\r\f";

/// Whether a name or a value is `small` in whatever case.
[[nodiscard]] bool is_spelt(std::string_view text, std::string_view small) noexcept;

/// The attributes of a tag, one after the other; names in whatever case, values as written.
class Attributes {
 public:
  explicit Attributes(std::string_view source = {}) : rest_(source) {}

  /// The next one, or false. Views into the page.
  bool next(std::string_view& name, std::string_view& value) noexcept;

 private:
  std::string_view rest_;
};

struct Token {
  enum class Kind : std::uint8_t { text, start, end };
  Kind kind = Kind::text;
  Tag tag = Tag::unknown;       ///< of a start or end tag; of text, the raw element it is in
  std::string_view name;        ///< of a tag, as written
  std::string_view text;        ///< of text, as written
  std::string_view attributes;  ///< of a start tag, for Attributes
  bool closed = false;          ///< a start tag that ends in />
  bool raw = false;             ///< text in which & is no reference
};

/// The tokens of one page in order. Linear, whatever the page holds.
class Tokens {
 public:
  /// `page` is valid UTF-8 and outlives it. `twins`: what is in elements of kTwin is mark-up.
  explicit Tokens(std::string_view page, bool twins = false);

  /// False at the end.
  bool next(Token& token);

 private:
  /// What closes something, looked for once beyond the last place where there is any.
  struct Closer {
    std::string_view text;
    bool none_left = false;
  };

  bool take_markup(Token& token);
  bool take_tag(Token& token, bool end);
  void pass_declaration(Token& token);
  void pass_to(char end);
  [[nodiscard]] std::size_t end_of_tag(std::size_t at, bool& closed);
  [[nodiscard]] std::size_t find(Closer& closer, std::size_t from);
  bool take_content(Token& token);
  [[nodiscard]] std::size_t end_of_content();
  [[nodiscard]] bool has_raw_content(const Token& token) const noexcept;

  std::string_view page_;
  std::size_t at_ = 0;
  bool twins_ = false;
  bool xml_ = false;               // it says so at its head: <script/> is closed, and CDATA is text
  Tag content_of_ = Tag::unknown;  // whose raw content comes next
  Closer double_quote_{"\""};
  Closer single_quote_{"'"};
  Closer comment_{"-->"};
  Closer data_{"]]>"};
  std::bitset<kTags> unclosed_;  // elements of which no end tag is left
};

}  // namespace dedup::markup
