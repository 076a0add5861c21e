// SPDX-License-Identifier: Apache-2.0
// Tags left in text: what of a line is mark-up, also where a tag is broken over lines.
#include "text/tags.h"

#include <string>
#include <string_view>

#include "catch.h"
#include "text/code.h"

namespace dedup::text {
namespace {

/// The text with its mark-up masked.
std::string masked(std::string_view text) {
  TagState state;
  std::string result(text);
  for (const MarkupSpan& span : read_tags(text, state)) {
    result.replace(span.start, span.end - span.start, span.end - span.start, '.');
  }
  return result;
}

struct Case {
  std::string_view text;
  std::string_view expected;
};

TEST_CASE("tags, their attributes, comments and code are mark-up") {
  const Case cases[] = {
      {"<p>甲</p>乙", "...甲....乙"},
      {"a<br/>b<!-- c<d -->e", "a.....b............e"},
      {"<a title='b>c'>d", "...............d"},
      {"<a href=/x?y=1&z=2 b>d", ".....................d"},
      {"x<code>y<z</code>w", "x................w"},
      {"x<PRE>y</PRE>w", "x............w"},
      {"<p title=\"a\n&lt;\nb\">c", "....................c"},
      // Nothing that a tag could be.
      {"甲<乙>丙", "甲<乙>丙"},
      {"1 <2 && b> c", "1 <2 && b> c"},
      {"甲<b 乙>", "甲<b 乙>"},
      {"a <b c <d>e", "a <b c ...e"},
      // A lost quotation mark does no harm beyond a blank line.
      {"<a title=\"b\n\n&lt;", "............\n&lt;"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(masked(c.text) == c.expected);
  }
}

TEST_CASE("the state at the end of one line is that at the start of the next") {
  const std::string_view text = "<a\r\nb=\"c\r\nd\"><code>e\r\nf</code>g";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    // Names and the like are not cut in half: lines are what comes in pieces.
    if (cut > 0 && cut < text.size() && text[cut - 1] != '\n' && text[cut] != '\r') {
      continue;
    }
    TagState state;
    static_cast<void>(read_tags(text.substr(0, cut), state));
    static_cast<void>(read_tags(text.substr(cut), state));
    CHECK(state.place == TagState::Place::text);
  }
}

TEST_CASE("prose with a tag or an indent is no code") {
  for (const std::string_view line : {
           "<b>注意</b>：甲乙丙",
           "<p style=\"a:b;c:d;e:f\">好</p>",
           "\t他说：&ldquo;走吧&rdquo;。",
           "        第二天，他们又来了。",
           "Tom 说&hellip;",
       }) {
    CAPTURE(line);
    CHECK_FALSE(is_code_like(line));
  }
  for (const std::string_view line : {
           "<td>&nbsp;</td>",
           "\treturn a &lt; b;",
           "    x = \"甲，乙\"",
           "    目录甲乙",
           "printf(\"甲，乙，丙，丁\");",
           "用 `甲` 写，",
           "见 href=x 的用法",
       }) {
    CAPTURE(line);
    CHECK(is_code_like(line));
  }
}

}  // namespace
}  // namespace dedup::text
