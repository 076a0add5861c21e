// SPDX-License-Identifier: Apache-2.0
// Wide indents: under prose they go, under code and outlines they become ASCII.
#include "text/repair/indents.h"

#include <string>
#include <string_view>

#include "catch.h"
#include "text/repair/repair.h"

namespace dedup::text {
namespace {

/// Each . at the head of a line is a no-break space, each : one U+3000.
std::string indented(std::string_view text) {
  std::string result;
  bool head = true;
  for (const char c : text) {
    head = c == '\n' || (head && (c == '.' || c == ':' || c == ' '));
    result += !head || c == '\n' || c == ' ' ? std::string(1, c) : c == '.' ? "\u00A0" : "\u3000";
  }
  return result;
}

struct Case {
  std::string_view text;
  std::string_view expected;
};

void check(const Case& c) {
  CAPTURE(c.text);
  const std::string before = indented(c.text);
  const std::string after = text::apply(before, repair(before));
  CHECK(after == c.expected);
  CHECK(repair(after).empty());
}

TEST_CASE("wide indents of code keep their width in ASCII") {
  const Case cases[] = {
      {"for i in a:\n..print(i)\n..if i:\n....break",
       "for i in a:\n  print(i)\n  if i:\n    break"},
      {"if x:\n....y = '甲'\nelse:\n....y = \"乙，丙\"",
       "if x:\n    y = '甲'\nelse:\n    y = \"乙，丙\""},
      {"int f() {\n::return 1;\n}", "int f() {\n    return 1;\n}"},
      // Lines that are no code by themselves go with those around them.
      {"def f():\n....\"\"\"\n....求和的结果\n....\"\"\"\n....return 0",
       "def f():\n    \"\"\"\n    求和的结果\n    \"\"\"\n    return 0"},
      {"这样写：\nwhile x > 0:\n....x -= 1\n\n....log(\"完\")\n::就行了。",
       "这样写：\nwhile x > 0:\n    x -= 1\n\n    log(\"完\")\n就行了。"},
  };
  for (const Case& c : cases) {
    check(c);
  }
}

TEST_CASE("outlines keep their depth") {
  const Case cases[] = {
      {"- 甲\n..- 乙\n....- 丙\n..- 丁", "- 甲\n  - 乙\n    - 丙\n  - 丁"},
      {"1. 甲\n:* 乙\n:* 丙", "1. 甲\n  * 乙\n  * 丙"},
      {"库:\n..主机: 甲\n..表:\n....- a", "库:\n  主机: 甲\n  表:\n    - a"},
      {"..- 甲\n....- 乙", "  - 甲\n    - 乙"},
      {"1. 甲\n...a. 乙\n...b. 丙\n2. 丁", "1. 甲\n   a. 乙\n   b. 丙\n2. 丁"},
      {"• 甲\n..◦ 乙", "• 甲\n  ◦ 乙"},
  };
  for (const Case& c : cases) {
    check(c);
  }
}

TEST_CASE("wide indents of prose go") {
  const Case cases[] = {
      {"::第一段。\n::第二段。", "第一段。\n第二段。"},
      {"....只有一行。", "只有一行。"},
      {"::一、总则。\n::（二）分则。\n::3、附则。", "一、总则。\n（二）分则。\n3、附则。"},
      {"::1. 甲。\n::2. 乙。", "1. 甲。\n2. 乙。"},
      {"::Windows 11\n::2021-05-06\n::正文。", "Windows 11\n2021-05-06\n正文。"},
      {"::Go 语言好学。\n::a 等于 b。", "Go 语言好学。\na 等于 b。"},
      {"1. 题目\n::说明写在这里。", "1. 题目\n说明写在这里。"},
      {"::x = 3 时，y 等于 4。", "x = 3 时，y 等于 4。"},
      {"::• 甲\n::• 乙", "• 甲\n• 乙"},
      {"::电话: 110\n::地址: 某路", "电话: 110\n地址: 某路"},
      {"::https://a.example/b\n::正文。", "https://a.example/b\n正文。"},
      // A fence is nobody's neighbour.
      {"::Windows 11\n```\n..a\n```", "Windows 11\n```\n\u00A0\u00A0a\n```"},
  };
  for (const Case& c : cases) {
    check(c);
  }
}

}  // namespace
}  // namespace dedup::text
