// SPDX-License-Identifier: Apache-2.0
// Repair as a whole: where which repair is made, the order of the passes, and that a second repair
// finds nothing to do.
#include "text/repair/repair.h"

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "text/repair/needs.h"

namespace dedup::text {
namespace {

std::string repaired(std::string_view text) {
  std::string result = text::apply(text, repair(text));
  CHECK(repair(result).empty());
  return result;
}

std::vector<NeedyLine> needy(std::string_view text) {
  return needy_lines(text, Marks(text, {Mark::repair}));
}

struct Case {
  std::string_view text;
  std::string_view expected;
};

TEST_CASE("clean text is left alone") {
  for (const std::string_view text : {
           "",
           "\n",
           "\r\n",
           "天气很好。",
           "他说：“你好……”——然后走了。\n\n“再见！”",
           "# 标题\n\n- 甲\n- 乙（丙）\n\n1. 丁\n",
           "key: &anchor value\nother: *anchor\n",
           "if (a && b) { return f(x) & 1; }\n",
           "$ ls -l | grep '^d' > out.txt; echo $?\n",
           "<p class=\"a ，\" title='甲&nbsp;乙'>段落</p>\n",
           "| 甲 | 乙 ， |\n|----|----|\n",
           "Café, naïve; 1·2; ½ €5 → ①\n",
           "第一行\r\n第二行\r第三行",
           "表\u3000格\n",
       }) {
    CAPTURE(text);
    CHECK(repair(text).empty());
  }
}

TEST_CASE("references and blanks in code are left alone, invisible characters are not") {
  const Case cases[] = {
      {"```\n甲 &lt; 乙 ，\n```\n甲 &lt; 乙 ，", "```\n甲 &lt; 乙 ，\n```\n甲 < 乙，"},
      {"~~~ c\na &amp; b\n~~~", "~~~ c\na &amp; b\n~~~"},
      {"    a &lt; b", "    a &lt; b"},
      {"\ta &lt; b", "\ta &lt; b"},
      {"用 `&lt;` 写 ，", "用 `&lt;` 写 ，"},
      {"<td>&nbsp;</td>", "<td>&nbsp;</td>"},
      {"见 href=x &lt; 的用法 ，", "见 href=x &lt; 的用法 ，"},
      {"[甲 &#40;乙&#41;](a.md)", "[甲 &#40;乙&#41;](a.md)"},
      {"```\na\u200Bb\n```", "```\nab\n```"},
      // Fences that nothing closes, and rows of ~ as an ornament.
      {"~~~~~~\n甲 ，", "~~~~~~\n甲，"},
      {"好~~~ ，", "好~~~，"},
      // No blank and no reference hides or makes a fence.
      {"\u3000~~~\n甲 ，\n~~~\n乙 ，", "\u3000~~~\n甲 ，\n~~~\n乙，"},
      {"~&zwj;~~\n甲 ，\n~~~", "~&zwj;~~\n甲，\n~~~"},
      // What cannot be seen hides none, at any place.
      {"\u200B```\n```\n甲 ，\n```", "```\n```\n甲，\n```"},
      {"\u200B```\n甲 ，\n```", "```\n甲 ，\n```"},
      {"``\u200B`\n甲 ，\n\x06```\n乙 ，", "```\n甲 ，\n```\n乙，"},
      {"\x1B[0m~~~\n~~~\n甲 ，\n~~~", "~~~\n~~~\n甲，\n~~~"},
      {"\u200B```\n```\n浣犲ソ涓栫晫\n```", "```\n```\n你好世界\n```"},
      {"\u200B```\n浣犲ソ涓栫晫\n```", "```\n浣犲ソ涓栫晫\n```"},
      {"甲\u200B```\n```\n乙 ，\n```", "甲```\n```\n乙 ，\n```"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(repaired(c.text) == c.expected);
  }
}

TEST_CASE("references stay where they are explained") {
  for (const std::string_view text : {
           "大于号写作 &gt;。",
           "&gt; 代表大于",
           "引号可以写成 &quot;，也可以直接输入。",
           "空格用 &nbsp; 来占位。",
           "把 & 替换成&amp;。",
           "汉字中也能写成 &#20013; 这样的编号。",
           "段落用&lt;p&gt;标签包起来。",
           "在这里插入&lt;img&gt;就行。",
           "常见的转义有 &lt; 和 &copy; 两种。",
           "不换行空格：&amp;nbsp;",
           "- &quot; 双引号\n- &apos; 单引号\n- &nbsp; 空格",
           "&copy; 是版权符号，&reg; 是注册商标符号。",
           // The subject of the text is that of its other lines, too.
           "| &lt; | 小于号 |\n| &hearts; | 红心 |",
       }) {
    CAPTURE(text);
    CHECK(repair(text).empty());
  }
  const Case cases[] = {
      {"名言是&ldquo;天道酬勤&rdquo;。", "名言是“天道酬勤”。"},
      {"他把标题写成&ldquo;春天&rdquo;，又删了。", "他把标题写成“春天”，又删了。"},
      {"我想说的是&hellip;&hellip;", "我想说的是……"},
      {"爱好：&quot;写作&quot;，&quot;画画&quot;", "爱好：\"写作\"，\"画画\""},
      {"请输入&nbsp;", "请输入"},
      {"实体店&mdash;&mdash;客流少", "实体店——客流少"},
      {"&nbsp;&nbsp;代表们到了。", "代表们到了。"},
      {"&copy; 版权所有", "© 版权所有"},
      {"&gt; 是的，我同意", "> 是的，我同意"},
      {"&lt;b&gt;重点&lt;/b&gt;", "<b>重点</b>"},
      {"大于号写作 &gt;。\n甲&hellip;\n乙&hellip;", "大于号写作 &gt;。\n甲…\n乙…"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(repaired(c.text) == c.expected);
  }
}

TEST_CASE("a text that is escaped twice is decoded to the end, others one level") {
  const Case cases[] = {
      {"甲&amp;nbsp;乙：&amp;ldquo;丙&amp;rdquo;", "甲 乙：“丙”"},
      {"&amp;lt;甲&amp;gt;\n乙&amp;hellip;", "<甲>\n乙…"},
      // One that is escaped once, or a sign that is not escaped at all.
      {"&amp;lt;甲&amp;gt;\n乙&hellip;", "&amp;lt;甲&amp;gt;\n乙…"},
      {"&amp;lt;甲&amp;gt;\n“乙”", "&amp;lt;甲&amp;gt;\n“乙”"},
      {"甲&amp;lt;", "甲&amp;lt;"},
      // No row of a table gets another column.
      {"| 甲&amp;#124;乙 | &amp;hellip; |\n丙&amp;hellip;\n丁&amp;#124;",
       "| 甲&amp;#124;乙 | &amp;hellip; |\n丙…\n丁|"},
      {"“| 甲&amp;#124;乙 | &amp;hellip; |", "“| 甲&amp;#124;乙 | &amp;hellip; |"},
      // Blanks that go from the end of the line let no reference come to light.
      {"&amp;lt\u00A0\u00A0", "&amp;lt"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(repaired(c.text) == c.expected);
  }
}

TEST_CASE("tags broken over lines are left alone, what follows is not") {
  const Case cases[] = {
      {"<td style=\"a:\n&#34;b&#34;;c:\n&#34;d ，\">甲&times;乙 ，</td>",
       "<td style=\"a:\n&#34;b&#34;;c:\n&#34;d ，\">甲×乙，</td>"},
      {"<pre>\n甲 &lt; 乙 ，\n</pre>\n甲 &lt; 乙 ，", "<pre>\n甲 &lt; 乙 ，\n</pre>\n甲 < 乙，"},
      {"<a title=\"\n\n甲&hellip;", "<a title=\"\n\n甲…"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(repaired(c.text) == c.expected);
  }
}

TEST_CASE("one repair uncovers the next") {
  const Case cases[] = {
      {"&nbsp;&nbsp;段落", "段落"}, {"甲\u200B ，乙", "甲，乙"},
      {"&\u200Blt;", "<"},          {"\u202E;tl&\u202C", "<"},
      {"好&nbsp;，", "好，"},       {"\u2F2F \u2F08 不 \u2F24 大 小", "工人不大大小"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(repaired(c.text) == c.expected);
  }
}

TEST_CASE("radicals between ideographs become ideographs") {
  const Case cases[] = {
      {"中\u2F08民", "中人民"},
      {"人\u2EA0\u2F24会", "人民大会"},
      {"部首\u2F08、\u2F24", "部首\u2F08、\u2F24"},
      {"\u2F08民", "人民"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(repaired(c.text) == c.expected);
  }
}

TEST_CASE("offsets are of the text as given, one change a place") {
  CHECK(repair("甲\n\u200B乙\n丙 ，\n") ==
        Changes{{4, 7, "", RepairKind::invisible}, {14, 15, "", RepairKind::space}});
  CHECK(repair("甲\n&nbsp;\u200B&nbsp;乙") == Changes{{4, 19, "", RepairKind::indent}});
}

TEST_CASE("the scan tells which lines need something") {
  CHECK(needy("甲，\n乙。\n").empty());
  const auto lines = needy("甲\r\n乙\u200B\r\n丙\r丁&amp;\x01");
  REQUIRE(lines.size() == 2);
  CHECK((lines[0].start == 5 && lines[0].end == 11 && lines[0].needs == kInvisible));
  CHECK((lines[1].start == 17 && lines[1].needs == (kReferences | kInvisible)));
}

// What the passes look for, and what may come between.
const std::vector<std::string> kDirt = {
    "a",
    "b",
    "1",
    "#",
    ";",
    "&",
    "lt",
    " ",
    "  ",
    "\t",
    "\n",
    "\r",
    "(",
    ")",
    "（",
    "）",
    "，",
    "。",
    "「",
    "」",
    "“",
    "”",
    "‘",
    "’",
    "|",
    "`",
    "```",
    "~~~",
    "<",
    "</",
    "](",
    "href=",
    "://",
    "http://",
    "\u200B",
    "\u200C",
    "\u200D",
    "\uFE0F",
    "\u00AD",
    "\u202E",
    "\u202C",
    "\u202A",
    "\u2066",
    "\u2069",
    "\u200F",
    "\u061C",
    "\u00A0",
    "\u3000",
    "\u2003",
    "\u2028",
    "\u0085",
    "\v",
    "\x06",
    "\u05D0",
    "\u0915",
    "\u094D",
    "😀",
    "👩",
    "\U0001F3FB",
    "\U0001F3F4",
    "\U000E0067",
    "\u1100",
    "\u115F",
    "\u180E",
    "創",
    "漢",
    "新",
    "\u2F08",
    "\u2EA0",
    "chuàng",
    "han",
    "(chuàng)",
    "（xin）",
    "(gu)",
    "創(chuàng)",
    "漢(hàn)",
    "轉(zhuan)",
    "創(chu",
    "…",
    ".",
    "u\u0308",
    "\u0304",
    "&amp;",
    "&lt;",
    "&#38;",
    "&nbsp;",
    "&shy;",
    "&zwj;",
    "&#x202E;",
    "&#1488;",
    "&#96;",
    "&amp;lt;",
    "&#40;",
    "人 民 网 版 权",
    "<b>",
    "<a title=\"",
    "\">",
    "<code>",
    "</code>",
    "<!--",
    "-->",
    "<p",
    "='",
    "&nbsp",
    "&amp;nbsp;",
    "&amp;hellip;",
    "&quot;",
    "&gt;",
    "写成 ",
    "表示",
    "转义",
    "部首",
    "U+2F08",
    "、",
    "- ",
    "1. ",
    "甲: ",
    "f(",
    "{",
    "标签",
    "生字：",
    "的 了 是 不 为",
    "\u2F00、",
    "\u00A0\u00A0",
    "\n\u00A0",
    "\n\u3000",
    "?a=",
    "\u0648",
    "\u202E甲乙\u202C",
    "\x1B",
    "[",
    "]",
    "\x1B[31m",
    "\x1B]0;",
    "\x1B\\",
    "\a",
    "&#124;",
    "&amp;#124;",
    "\u200B```\n",
    "\n```\n",
    "行(háng)",
    "行(xíng)",
    "读作",
    "拼音",
};

TEST_CASE("repairing twice is repairing once, whatever the text") {
  std::mt19937 random(1);
  for (int i = 0; i < 50000; ++i) {
    // Few different pieces at a time, so that they meet.
    std::vector<std::string_view> pieces(2 + random() % 12);
    for (auto& piece : pieces) {
      piece = kDirt[random() % kDirt.size()];
    }
    std::string text;
    for (std::size_t n = random() % 24; n > 0; --n) {
      text += pieces[random() % pieces.size()];
    }
    if (i % 4 == 0) {
      text += "創(chuàng)漢(hàn)轉(zhuǎn)創(chuàng)漢(hàn)轉(zhuǎn)";
    }
    const std::string once = text::apply(text, repair(text));
    CAPTURE(text, once);
    REQUIRE(repair(once).empty());
  }
}

TEST_CASE("hostile text takes linear time") {
  // Each would take hours if any pass were quadratic.
  constexpr std::size_t kTimes = 300'000;
  for (const std::string_view piece : {"(",
                                       "創(",
                                       "創(chu",
                                       "創(chuàng)",
                                       "&",
                                       "&amp;",
                                       "\u202E",
                                       "\u202E甲\u202C",
                                       "\u202E甲\u202D",
                                       "\u0301",
                                       "創\u0301",
                                       "\u200B",
                                       "a\u200B",
                                       " ",
                                       "\u3000",
                                       " ，",
                                       "甲 ",
                                       "“ ",
                                       "`",
                                       "```\n",
                                       "~~~a\n",
                                       "\r",
                                       "\u200D",
                                       "<",
                                       "<a ",
                                       "<a b=\"",
                                       "<a b='<c d=\"",
                                       "<a b=\"\n",
                                       "<code>",
                                       "<!--",
                                       "</",
                                       "&nbsp",
                                       "&amp;nbsp;",
                                       "写成 &lt;",
                                       "&lt;a",
                                       "?a",
                                       "\n\u3000",
                                       "\u00A0a\n",
                                       "\u00A0 a(\n\n",
                                       "\n\u00A0甲",
                                       "\u2F08\n\n",
                                       "\u2F08 ",
                                       "\u202E\u0648\u202C",
                                       "創(a)漢(b) 拼音",
                                       "行(háng)业行(xíng)业",
                                       "\x1B[",
                                       "\x1B[1;1",
                                       "\x1B]0;",
                                       "\x1B]0;\a",
                                       "| &#124;",
                                       "\u200B```\n",
                                       "\u2F08"}) {
    std::string text = "\u202E";
    for (std::size_t i = 0; i < kTimes; ++i) {
      text += piece;
    }
    CHECK(text::apply(text, repair(text)).size() <= text.size());
  }
}

}  // namespace
}  // namespace dedup::text
