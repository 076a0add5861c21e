// SPDX-License-Identifier: Apache-2.0
// Character references: decoded once, never into a new reference.
#include "text/repair/entities.h"

#include <string>
#include <string_view>

#include "catch.h"

namespace dedup::text {
namespace {

std::string decoded(std::string_view line) {
  std::string result = text::apply(line, decode_references(line));
  CHECK(decode_references(result).empty());
  return result;
}

struct Case {
  std::string_view line;
  std::string_view expected;
};

TEST_CASE("named and numeric references are decoded") {
  const Case cases[] = {
      {"约翰&middot;史密斯", "约翰·史密斯"},
      {"&ldquo;好&rdquo;&hellip;&hellip;", "“好”……"},
      {"甲&nbsp;乙", "甲 乙"},
      {"&nbsp;甲&nbsp;&nbsp;乙 &nbsp;", "\u00A0甲  乙 \u00A0"},
      {"AT&amp;T", "AT&T"},
      {"&thetasym;&apos;", "ϑ'"},
      {"&#22312;&#x5728;&#X5728;", "在在在"},
      {"&#x1F600;", "😀"},
      // As browsers do: the places of windows-1252.
      {"&#147;好&#148;", "“好”"},
      // What is invisible goes at once.
      {"甲&zwj;乙&shy;丙&#8203;", "甲乙丙"},
  };
  for (const Case& c : cases) {
    CHECK(decoded(c.line) == c.expected);
  }
}

TEST_CASE("what is no reference, or would spoil the text, stays") {
  for (const std::string_view line : {
           "甲 & 乙",
           "&",
           "&;",
           "&#;",
           "&#x;",
           "&nosuch;",
           "&#12a;",
           "&#xG;",
           "&NBSP;",
           // NUL, controls, line ends, surrogates, non-characters, beyond Unicode.
           "&#0;",
           "&#1;",
           "&#9;",
           "&#10;",
           "&#13;",
           "甲&Tab;乙",
           "甲&NewLine;乙",
           "甲&#x0B;乙&#x0C;丙",
           "&#129;",
           "&#8232;",
           "&#8233;",
           "&#xD800;",
           "&#xFFFE;",
           "&#x110000;",
           "&#99999999;",
           // Marks of code.
           "&#96;",
           "&#126;",
           // Addresses.
           "http://a.example/?a=1&lt=2&lt;3",
           "见https://a.example/?x&amp;y",
       }) {
    CAPTURE(line);
    CHECK(decode_references(line).empty());
  }
}

TEST_CASE("names of HTML 5, and semicolons that were forgotten") {
  const Case cases[] = {
      {"&check;好&lpar;甲&rpar;&bigstar;", "✓好(甲)★"},
      {"&nbsp&nbsp甲&#12290", "\u00A0\u00A0甲。"},
      {"甲&ldquo乙&rdquo丙", "甲“乙”丙"},
      {"甲&nbsp；乙", "甲 ；乙"},
  };
  for (const Case& c : cases) {
    CHECK(decoded(c.line) == c.expected);
  }
  for (const std::string_view line : {
           "a=1&copy=2",
           "?a=1&copy;=2&lt;",
           "/list?page=2&reg",
           "AT&T",
           "R&reg",
           "&nbspx",
           "&#8230x",
       }) {
    CAPTURE(line);
    CHECK(decode_references(line).empty());
  }
}

TEST_CASE("no reference becomes the delimiter of a row that it stands in") {
  const Case cases[] = {
      {"| 甲&#124;乙 | 或者 |", "| 甲&#124;乙 | 或者 |"},
      {"| 甲&verbar;乙&vert;丙 | 丁&VerticalLine;戊&#x7C;己 |",
       "| 甲&verbar;乙&vert;丙 | 丁&VerticalLine;戊&#x7C;己 |"},
      {"甲&#124;乙 | 或者&hellip;", "甲&#124;乙 | 或者…"},
      {"| 甲&#65372;乙 | &ldquo;丙&rdquo; |", "| 甲｜乙 | “丙” |"},
      // No row.
      {"甲&#124;乙", "甲|乙"},
      {"首页 &gt; 新闻&verbar;体育&#x7C;财经", "首页 > 新闻|体育|财经"},
      {"甲｜乙&#124;丙", "甲｜乙|丙"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.line);
    CHECK(decoded(c.line) == c.expected);
  }
}

TEST_CASE("in tags nothing is decoded, between them everything") {
  const Case cases[] = {
      {"<p title=\"甲&lt;乙\">好&hellip;</p>", "<p title=\"甲&lt;乙\">好…</p>"},
      {"甲&mdash;<br>乙&mdash;", "甲—<br>乙—"},
      {"甲&gt;<code>&lt;</code>&gt;", "甲><code>&lt;</code>>"},
      // No reference opens a tag that the lines behind would be part of, or closes one.
      {"甲&lt;a title=&quot;乙&ldquo;", "甲&lt;a title=&quot;乙“"},
      {"&lt;b&gt;甲&lt;/b&gt;", "<b>甲</b>"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.line);
    CHECK(decoded(c.line) == c.expected);
  }
  TagState inside;
  static_cast<void>(read_tags("<p style=\"a:\n", inside));
  const std::string_view line = "&#34;b&#34;\">甲&times;乙";
  CHECK(text::apply(line, decode_references(line, inside)) == "&#34;b&#34;\">甲×乙");
}

TEST_CASE("one level only") {
  const Case cases[] = {
      {"&amp;lt;", "&amp;lt;"},
      {"&#38;lt;br&gt;", "&#38;lt;br>"},
      {"&amp;lt;&ldquo;甲&rdquo;", "&amp;lt;“甲”"},
      {"&l&#116;;", "&l&#116;;"},
      // References that stay hide no others, and pieces do not grow together.
      {"&l&shy;t;", "&l&shy;t;"},
      {"&amp;甲", "&甲"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.line);
    CHECK(decoded(c.line) == c.expected);
  }
}

TEST_CASE("each reference is one change") {
  CHECK(decode_references("甲&lt;&zwj;") ==
        Changes{{3, 7, "<", RepairKind::entity}, {7, 12, "", RepairKind::entity}});
}

}  // namespace
}  // namespace dedup::text
