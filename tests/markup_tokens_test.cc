// SPDX-License-Identifier: Apache-2.0
// Tokens of HTML: what is a tag, what is text, and that nothing unclosed swallows the rest.
#include <string>
#include <string_view>

#include "catch.h"
#include "markup/tokens.h"

namespace dedup::markup {
namespace {

/// The tokens in a line: <p>, </p>, text as it is, raw content in [].
std::string tokens_of(std::string_view page) {
  std::string all;
  Tokens tokens(page);
  for (Token token; tokens.next(token);) {
    all += all.empty() ? "" : "|";
    if (token.kind == Token::Kind::text) {
      all +=
          token.tag == Tag::unknown ? std::string(token.text) : "[" + std::string(token.text) + "]";
      continue;
    }
    all += token.kind == Token::Kind::end ? "</" : "<";
    all += token.tag == Tag::unknown ? "?" + std::string(token.name)
                                     : std::string(element_of(token.tag).name);
    Attributes attributes(token.attributes);
    for (std::string_view name, value; attributes.next(name, value);) {
      all += " " + std::string(name) + "=" + std::string(value);
    }
    all += token.closed ? "/>" : ">";
  }
  return all;
}

struct Case {
  std::string_view page;
  std::string_view tokens;
};

TEST_CASE("tags and text are told apart as browsers do") {
  const Case cases[] = {
      {"", ""},
      {"甲", "甲"},
      {"<p>甲</p>", "<p>|甲|</p>"},
      {"<P>甲</P >", "<p>|甲|</p>"},
      {"<br/>甲<br />", "<br/>|甲|<br/>"},
      {"<o:p>甲</o:p>", "<?o:p>|甲|</?o:p>"},
      {"1 < 2 <3 <= 4", "1 |< 2 |<3 |<= 4"},
      {"甲<", "甲|<"},
      {"甲</", "甲|</"},
      {"<a href=x>", "<a href=x>"},
      {"<a href = \"x y\" id='z'>", "<a href=x y id=z>"},
      {"<a href=\"a>b\">甲", "<a href=a>b>|甲"},
      {"<a href=x/y/>", "<a href=x/y/>"},
      {"<input disabled value=>", "<input disabled= value=>"},
      {"<a =x>", "<a =x=>"},
      {"<p class='甲'\n id\t=\f乙>", "<p class=甲 id=乙>"},
      {"<!-- <p> -->甲", "甲"},
      {"<!-->甲", "甲"},
      {"<!--->甲", "甲"},
      {"<!DOCTYPE html>甲", "甲"},
      {"<![CDATA[甲]]>乙", "乙"},
      {"<?php echo 1 ?>甲", "甲"},
      {"</ p>甲", "甲"},
      {"<script>a < b && '</p>'</script>甲", "<script>|[a < b && '</p>']|</script>|甲"},
      {"<SCRIPT></SCRIPT>甲", "<script>|</script>|甲"},
      {"<style>p>a{}</style >", "<style>|[p>a{}]|</style>"},
      {"<title>甲 <b> &amp; 乙</title>", "<title>|[甲 <b> &amp; 乙]|</title>"},
      {"<textarea></textareas></textarea>", "<textarea>|[</textareas>]|</textarea>"},
  };
  for (const Case& c : cases) {
    INFO(c.page);
    CHECK(tokens_of(c.page) == c.tokens);
  }
}

TEST_CASE("what is never closed does not take the page along") {
  const Case cases[] = {
      {"<p title=\"甲>乙<b>丙</b>", "<p title=甲>|乙|<b>|丙|</b>"},
      {"<p title='甲>乙", "<p title=甲>|乙"},
      {"<!-- 甲>乙<!-- 丙>丁", "乙|丁"},
      {"<title>甲<p>乙</p>", "<title>|[甲]|<p>|乙|</p>"},
      {"<p", "<p>"},
      {"<p class", "<p class=>"},
      {"<p class=", "<p class=>"},
      {"<p class=\"", "<p class=>"},
      {"<script>甲", "<script>|[甲]"},
  };
  for (const Case& c : cases) {
    INFO(c.page);
    std::string expected(c.tokens);
    // <b> is of no use to anybody here, so it has no name of its own.
    for (std::size_t at; (at = expected.find("<b>")) != std::string::npos;) {
      expected.replace(at, 3, "<?b>");
    }
    for (std::size_t at; (at = expected.find("</b>")) != std::string::npos;) {
      expected.replace(at, 4, "</?b>");
    }
    CHECK(tokens_of(c.page) == expected);
  }
}

}  // namespace
}  // namespace dedup::markup
