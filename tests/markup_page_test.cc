// SPDX-License-Identifier: Apache-2.0
// A page of HTML as text: one line for each block, by the rules of README, "HTML".
#include <string>
#include <string_view>

#include "catch.h"
#include "markup/characters.h"
#include "markup/page.h"
#include "walls/utf8.h"

namespace dedup::markup {
namespace {

struct Case {
  std::string_view page;
  std::string_view text;  // \n between lines, none at the end
};

std::string text_of(std::string_view html) {
  std::string text = read_page(html).text;
  if (text.ends_with('\n')) {
    text.pop_back();
  }
  return text;
}

template <std::size_t N>
void check(const Case (&cases)[N]) {
  for (const Case& c : cases) {
    INFO(c.page);
    CHECK(text_of(c.page) == c.text);
  }
}

TEST_CASE("a block of the page is a line") {
  check({
      {"", ""},
      {"甲", "甲"},
      {"<p>甲</p><p>乙</p>", "甲\n乙"},
      {"<p>甲<p>乙", "甲\n乙"},
      {"甲<div>乙</div>丙", "甲\n乙\n丙"},
      {"甲<br>乙<br/><br />丙", "甲\n乙\n丙"},
      {"甲<hr>乙", "甲\n乙"},
      {"<h1>甲</h1>乙", "甲\n乙"},
      {"<p>甲<b>乙</b><i>丙</i></p>", "甲乙丙"},
      {"<span>甲</span><span>乙</span>", "甲乙"},
      {"<dl><dt>甲<dd>乙<dt>丙<dd>丁</dl>", "甲\n乙\n丙\n丁"},
      {"甲</p>乙</br>丙", "甲\n乙\n丙"},
      {"<div>甲</section>乙</div>", "甲\n乙"},
      {"<center>甲</center>乙", "甲\n乙"},
      {"<figure><figcaption>甲</figcaption></figure>", "甲"},
      {"<div>&nbsp;</div><div>\u3000</div>甲", "甲"},
      // What is hidden parts no line, being nowhere.
      {"甲<div hidden>乙<br><p>丙</p></div>丁", "甲丁"},
      {"<div>甲<span style=display:none><p>乙</div>丙", "甲\n丙"},
      {"<p hidden>甲<hr>乙", "乙"},
  });
}

TEST_CASE("white space is that of CSS, and none between ideographs where the source was broken") {
  check({
      {"  甲  \n ", "甲"},
      {"甲\n乙", "甲乙"},
      {"甲，\r\n\t乙", "甲，乙"},
      {"甲 乙", "甲 乙"},
      {"甲  \t 乙", "甲 乙"},
      {"甲\nabc\n乙", "甲 abc 乙"},
      {"a\nb", "a b"},
      {"서울\n시", "서울 시"},
      {"<b>甲</b>\n<b>乙</b>", "甲乙"},
      {"<b>a</b>\n<b>b</b>", "a b"},
      {"甲<wbr>乙", "甲乙"},
      {"甲&#10;乙", "甲乙"},
      {"a&#32;&#32;b", "a b"},
      {"甲&nbsp;&nbsp;乙", "甲\u00A0\u00A0乙"},
      {"甲\n🦊\n乙 🦊", "甲🦊乙 🦊"},
      {"甲\nㅏ\n乙", "甲 ㅏ 乙"},
      {"a\u200B\nb", "a\u200Bb"},
  });
}

TEST_CASE("preformatted text keeps its lines") {
  check({
      {"<pre>\n甲\n  乙\n\n丙</pre>丁", "甲\n  乙\n\n丙\n丁"},
      {"<pre>甲\r\n乙</pre>", "甲\n乙"},
      {"<pre>甲</pre><pre>\n乙\n\n丙</pre>", "甲\n乙\n\n丙"},
      {"<pre>\n\n甲</pre>", "\n甲"},
      {"<pre><code>\n甲</code></pre>", "甲"},
      {"<pre>a &lt; b &#10;c</pre>", "a < b \nc"},
      {"<pre><code>if (a)\n  b();</code></pre>", "if (a)\n  b();"},
      {"<xmp><b>甲</b>\n&amp;</xmp>", "<b>甲</b>\n&amp;"},
      {"<listing>甲\n乙</listing>", "甲\n乙"},
  });
}

TEST_CASE("an item of a list has its marker") {
  check({
      {"<ul><li>甲<li>乙</ul>丙", "- 甲\n- 乙\n丙"},
      {"<ol><li>甲</li><li>乙</li></ol>", "1. 甲\n2. 乙"},
      {"<ol start=3><li>甲<li value=7>乙<li>丙</ol>", "3. 甲\n7. 乙\n8. 丙"},
      {"<ul><li>甲<ol><li>乙<li>丙</ol><li>丁</ul>", "- 甲\n1. 乙\n2. 丙\n- 丁"},
      {"<ul><li><p>甲</p><p>乙</p></li></ul>", "- 甲\n乙"},
      {"<ul><li></li><li>甲</li></ul>", "- 甲"},
      {"<ol><li>甲<ul></li><li>乙</ul><li>丙</ol>", "1. 甲\n- 乙\n2. 丙"},
      {"<ol start=x><li>甲</ol>", "1. 甲"},
      {"<ol start=9999><li>甲<li>乙</ol>", "9999. 甲\n- 乙"},
      {"<ul><li>&nbsp;</li><li>甲</li></ul>", "- 甲"},
  });
}

TEST_CASE("items are counted as their list says") {
  check({
      {"<ol type=A><li>甲<li>乙</ol>", "A. 甲\nB. 乙"},
      {"<ol type=a start=26><li>甲<li>乙</ol>", "z. 甲\naa. 乙"},
      {"<ol type=i><li>甲<li value=4>乙<li value=399>丙<li>丁</ol>",
       "i. 甲\niv. 乙\ncccxcix. 丙\n400. 丁"},
      {"<ol type=I start=9><li>甲<li>乙</ol>", "IX. 甲\nX. 乙"},
      {"<ol type=1><li>甲</ol><ol type=x><li>甲</ol><ol type=''><li>甲</ol>",
       "1. 甲\n1. 甲\n1. 甲"},
      {"<ol type=A start=0><li>甲<li>乙</ol>", "0. 甲\nA. 乙"},
      {"<ol style='List-Style-Type : Upper-Alpha'><li>甲</ol>", "A. 甲"},
      {"<ol style='color:red;list-style:lower-roman inside!important'><li>甲</ol>", "i. 甲"},
      {"<ol style=list-style-type:upper-roman><li>甲</ol>", "I. 甲"},
      {"<ol style=list-style-type:lower-alpha><li>甲</ol>", "a. 甲"},
      {"<ol style=list-style-type:decimal type=A><li>甲</ol>", "1. 甲"},
      {"<ol style=list-style-type:disc><li>甲</ol>", "- 甲"},
      {"<ul style=list-style-type:decimal><li>甲<li>乙</ul>", "1. 甲\n2. 乙"},
      {"<ol type=A style='x-list-style:none;list-style:'><li>甲</ol>", "A. 甲"},
      {"<ol><li type=A>甲<li style=list-style-type:lower-roman>乙<li>丙</ol>",
       "A. 甲\nii. 乙\n3. 丙"},
      {"<ol type=A><li>甲<ol><li>乙</ol><li>丙</ol>", "A. 甲\n1. 乙\nB. 丙"},
      // None.
      {"<ul style='list-style: none'><li>甲<li><a href=x>乙</a></ul>", "甲\n乙"},
      {"<ol style=list-style-type:none><li>甲</ol>", "甲"},
      {"<ul style='list-style:none;list-style-type:circle'><li>甲</ul>", "- 甲"},
      {"<ul type=none><li>甲<li style='list-style:square'>乙</ul>", "甲\n- 乙"},
      {"<ul style=list-style:none><li>甲<ul><li>乙</ul></ul>", "甲\n- 乙"},
      {"<ul style=list-style-image:none><li>甲</ul>", "- 甲"},
      {"<div style=list-style:none><ul><li>甲</ul></div>", "- 甲"},
      // Downwards.
      {"<ol reversed><li>甲<li>乙<li>丙</ol>", "3. 甲\n2. 乙\n1. 丙"},
      {"<ol reversed start=2><li>甲<li>乙<li>丙<li>丁</ol>", "2. 甲\n1. 乙\n0. 丙\n-1. 丁"},
      {"<ol reversed><li>甲<li value=9>乙<li>丙</ol>", "3. 甲\n9. 乙\n8. 丙"},
      {"<ol reversed type=A><li>甲<ol reversed><li>乙<li>丙</ol><li hidden>丁<li>戊</ol>",
       "B. 甲\n2. 乙\n1. 丙\nA. 戊"},
      {"<ul reversed><li>甲<li>乙</ul>", "- 甲\n- 乙"},
      {"<div hidden><ol reversed><li>甲<li>乙</ol></div>", "2. 甲\n1. 乙"},
      {"<ol start=-1><li>甲<li>乙<li>丙</ol>", "-1. 甲\n0. 乙\n1. 丙"},
      {"<ol start=2147483647><li>甲<li>乙</ol><ol start=2147483648><li>丙</ol>",
       "- 甲\n- 乙\n1. 丙"},
  });
  const Page menu = read_page("<ul style=list-style:none><li>甲</ul><p>乙");
  CHECK(menu.lines[0].item);
  CHECK(!menu.lines[1].item);
}

TEST_CASE("an item with a number of its own has no second one") {
  check({
      {"<ol><li>1. 甲<li>2、乙<li>（3）丙<li>4) 丁</ol>", "1. 甲\n2、乙\n（3）丙\n4) 丁"},
      {"<ul><li>一、甲<li>（二）乙<li>③丙<li>[4] 丁</ul>", "一、甲\n（二）乙\n③丙\n[4] 丁"},
      {"<ol><li><b>1</b><i>. 甲</i><li>&nbsp;2. 乙<li>丙</ol>", "1. 甲\n\u00A02. 乙\n3. 丙"},
      {"<ol><li>7. 甲<li><p>乙<p>1. 丙</ol>", "7. 甲\n2. 乙\n1. 丙"},
      {"<ol type=A><li>A. 甲<li>B、乙<li>A. 丙</ol>", "A. 甲\nB、乙\nC. A. 丙"},
      {"<ol type=i><li>i. 甲<li>ii. 乙<li>iii丙</ol>", "i. 甲\nii. 乙\niii. iii丙"},
      {"<ol type=i><li>I. 甲<li>ii) 乙<li>III、丙</ol>", "I. 甲\nii) 乙\nIII、丙"},
      {"<ol type=a><li>A. 甲<li>乙</ol>", "A. 甲\nb. 乙"},
      {"<ol type=i><li>i.e. 甲</ol>", "i. i.e. 甲"},
      {"<ol><li>三、四月份播种<li>二、追肥</ol>", "1. 三、四月份播种\n二、追肥"},
      {"<table><tr><td><ol><li>1. 甲</ol><td>乙</table>", "1. 甲\t乙"},
      // What is none, or not the item's.
      {"<ol><li>1.5 升水<li>3个苹果<li>2024年<li>2024. 甲<li>-5 ℃</ol>",
       "1. 1.5 升水\n2. 3个苹果\n3. 2024年\n4. 2024. 甲\n5. -5 ℃"},
      {"<ol><li>A. Smith<li>第三条 乙<li>一个<li>第一章 丙</ol>",
       "1. A. Smith\n2. 第三条 乙\n3. 一个\n4. 第一章 丙"},
      {"<ol><li>- 甲</ol>", "1. - 甲"},
  });
}

TEST_CASE("a row of a table is a line, its cells parted by tabs") {
  check({
      {"<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>", "甲\t乙\n丙\t丁"},
      {"<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody><tr><td></td><td>丁</td>"
       "<td>戊</td></tr></tbody></table>",
       "甲\t乙\n\t丁\t戊"},
      {"<table><caption>表</caption><tr><td>甲</td><td>乙</td></tr></table>", "表\n甲\t乙"},
      {"<table><tr><td><p>甲</p></td><td><div>乙</div></td></tr></table>", "甲\t乙"},
      // A cell begins the row that it lacks; one that is hidden is none.
      {"<table><tr><td>甲<td>乙</tr><td>丙<td>丁</table>", "甲\t乙\n丙\t丁"},
      {"<table><tr><td>甲<td><table><td>乙</table><td>丙</table>", "甲\t乙\t丙"},
      {"<td>甲<td>乙", "甲\n乙"},
      {"<table><tr><td>甲<td style=display:none>乙<td>丙<tr hidden><td>丁</table>", "甲\t丙"},
      // A part of a table closes what cannot hold it, but what is left out stays so.
      {"<table><form style=display:none><tr><td>甲<td>乙</table>", "甲\t乙"},
      {"<table><tr><i hidden><td>甲<td>乙</table>", "甲\t乙"},
      {"<table><template><tr><td>甲<td>乙</template><tr><td>丙<td>丁</table>", "丙\t丁"},
      {"<table><tr><td><select><option>甲<td>乙<td>丙</table>", "\t乙\t丙"},
      {"<table><tr><td><table><tr><td>甲<td>乙<tbody><tr><td>丙<td>丁</table></table>",
       "甲\t乙\n丙\t丁"},
      {"<tr><td>甲<td>乙<tr><td>丙<td>丁", "甲\t乙\n丙\t丁"},
      // Tables that only lay a page out: cells of several lines, or with rows in them.
      {"<table><tr><td>甲<br>乙</td><td>丙</td></tr></table>", "甲\n乙\n丙"},
      {"<table><tr><td>甲<td><table><tr><td>乙<td>丙</table></table>", "甲\n乙\t丙"},
      {"<table><tr><td>甲</td></tr></table>", "甲"},
  });
}

TEST_CASE("what is no text of the page is left out") {
  check({
      {"<script>甲</script><style>乙</style>丙", "丙"},
      {"<head><title>甲</title></head>乙", "乙"},
      {"<noscript>甲</noscript>乙", "乙"},
      {"<template><p>甲</p></template>乙", "乙"},
      {"<p hidden>甲</p>乙", "乙"},
      {"<p hidden=until-found>甲</p>乙", "甲\n乙"},
      {"<div style='color:red; DISPLAY : none'>甲<p>乙</p></div>丙", "丙"},
      {"<div style='x-display:none'>甲</div>", "甲"},
      {"<span style=display:none>甲<span>乙</span>丙</span>丁", "丁"},
      {"<i aria-hidden=true>甲</i>乙", "乙"},
      {"<div aria-hidden=true>甲</div>乙", "甲\n乙"},
      {"<button>甲</button><select><option>乙<option>丙</select>丁", "丁"},
      {"<textarea>甲</textarea><input value=乙>丙", "丙"},
      {"<img alt=甲>乙", "乙"},
      {"<ruby>漢<rp>(<rt>かん<rp>)</ruby>字", "漢字"},
      {"<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>", "漢字"},
      {"<svg><text>甲</text></svg><iframe>乙</iframe>丙", "丙"},
      {"<svg><path><g><p>甲</p>乙", "甲\n乙"},
      // What is left out closes nothing around it, and ends with its end tag.
      {"<p>甲<noscript><p>乙</p></noscript>丙", "甲丙"},
      {"<ul><li>甲<noscript><li>乙</noscript>丙</ul>", "- 甲丙"},
      {"<noscript><table><tr><td>甲</noscript>乙", "乙"},
      {"<p>甲<object><div>乙</div></object>丙", "甲丙"},
      {"<p><ruby>漢<rt>かん<p>甲", "漢\n甲"},
      {"<math><mi>甲</mi><span>乙</span></math>丙", "甲乙丙"},
      {"<svg><foreignObject><p>甲</p></foreignObject></svg>乙", "乙"},
      {"注<sup>[1]</sup>", "注[1]"},
      {"<!-- 甲 -->乙", "乙"},
  });
}

TEST_CASE("a formula is text within its line: its TeX, else what stands in it") {
  check({
      {"<p>已知 <math><mi>x</mi><mo>=</mo><mn>2</mn></math>，求 <math><msup><mi>x</mi><mn>2</mn>"
       "</msup></math> 的值</p>",
       "已知 x=2，求 x^2 的值"},
      {"<math><mn>3</mn><mfrac><mn>1</mn><mn>2</mn></mfrac></math>公顷", "3 1/2公顷"},
      {"<math><mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><msup><mi>b</mi><mn>2</mn></msup></mrow>"
       "</mfrac></math>",
       "1/(a+b^2)"},
      {"<math><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup></math>", "x_i^2"},
      {"<math><msqrt><mn>2</mn></msqrt><mo>=</mo><mn>1.41</mn></math>", "\u221A2=1.41"},
      {"<math><mfrac> <mn>1</mn>", "1"},
      {"<p>甲<math>\n <mrow>\n  <mi> x </mi>\n  <mo>&lt;</mo>\n <mtext>乙 丙</mtext>\n</math>丁",
       "甲x<乙 丙丁"},
      {"甲<math><semantics><mrow><mi>x</mi></mrow><annotation encoding='Application/X-TeX'> x^2\n"
       " &amp; a < b </annotation></semantics></math>乙",
       "甲x^2 & a < b乙"},
      {"<math><mi>y</mi><mo>=</mo><semantics><mi>x</mi><annotation encoding=application/x-tex>x^2"
       "</annotation></semantics><mo>+</mo><mn>1</mn></math>",
       "y=x^2+1"},
      {"<math><mi>x</mi><annotation encoding=application/x-tex>x_1</annotation></math>", "x_1"},
      // Other annotations, and TeX that says nothing.
      {"<math><semantics><mi>x</mi><annotation encoding=StarMath>x sup 2</annotation>"
       "<annotation>乙</annotation><annotation-xml encoding=MathML-Content><ci>丙</ci>"
       "<annotation encoding=application/x-tex>丁</annotation></annotation-xml></semantics></math>",
       "x"},
      {"<math><semantics><mi>x</mi><annotation encoding=application/x-tex> </annotation></math>",
       "x"},
      {"<math><mi>x</mi><annotation "
       "encoding='a'/><mspace/><mphantom><mi>y</mi></mphantom><mi>z</mi>",
       "xz"},
      {"<annotation encoding=application/x-tex>甲</annotation>", "甲"},
      // Around it, and within.
      {"<h2>甲<math><mi>x</mi></h2>乙", "甲x\n乙"},
      {"<table><tr><td>甲<td><math><mi>x</mi></math></table>", "甲\tx"},
      {"<ul><li><math><mi>x</mi></math></ul>", "- x"},
      {"<math><mi>x</mi><p>甲", "x\n甲"},
      {"<math><mtext>若<b>甲</b></mtext><mi hidden>y</mi><svg><text>乙</text></svg></math>",
       "若甲"},
      {"<math><mtext>甲<math><mi>x</mi></math>乙</mtext></math>丙", "甲x乙丙"},
      {"甲<math></math>乙<math><mspace width=1em></mspace></math>丙", "甲乙丙"},
      {"<math hidden><mi>x</mi></math><p hidden><math><mi>x</mi></math></p>甲", "甲"},
      {"<span style='display:none'><math><mi>x</mi></math></span>甲", "甲"},
      {"<svg><math><mi>x</mi></math></svg>甲", "甲"},
      // As programs write them: twice, once for those who cannot see it.
      {"甲<span class=katex><span class=katex-mathml><math><semantics><mi>x</mi><annotation "
       "encoding=application/x-tex>\\alpha x</annotation></semantics></math></span><span "
       "class=katex-html aria-hidden=true><span>αx</span></span></span>乙",
       "甲\\alpha x乙"},
  });
  std::string deep = "<p>甲<math>";
  for (int i = 0; i < 600; ++i) deep += "<mrow>";
  CHECK(text_of(deep + "<mi>x</mi></math>乙") == "甲x乙");
  const Page page = read_page("<a href=x><math><mi>xyz</mi></math></a>甲");
  CHECK(page.lines[0].linked == 3);
}

TEST_CASE("a page of which all is hidden is read all the same") {
  const Page page = read_page("<body style='display:none'><div hidden><p>甲</p></div></body>");
  CHECK(page.text == "甲\n");
  CHECK(page.source == Page::Source::hidden);
  CHECK(read_page("<p>甲</p>").source == Page::Source::visible);
  CHECK(read_page("<script>甲</script>").text.empty());
}

TEST_CASE("where nothing else speaks, what stands in for scripts and frames does") {
  check({
      {"<body><noscript><p>甲</p><p>乙</p></noscript></body>", "甲\n乙"},
      {"<noscript>甲</noscript><div hidden><noscript>乙</noscript></div>", "甲\n乙"},
      {"<frameset><frame src=a><noframes><p>甲<p>乙</noframes></frameset>", "甲\n乙"},
      {"<frameset><frame src=a><noframes><body>甲 &lt;", "甲 <"},
      {"<noframes><ol reversed><li>甲<li>乙</ol></noframes>", "2. 甲\n1. 乙"},
      {"<noembed><b>甲</b></noembed>", "甲"},
      {"<p>&nbsp;</p><noscript>甲</noscript>", "甲"},
      // Something else speaks.
      {"<noscript>甲</noscript><p>乙</p>", "乙"},
      {"<noframes>甲</noframes>乙<noembed>丙</noembed>", "乙"},
      {"<noscript>甲</noscript><p hidden>乙</p>", "乙"},
      {"<meta name=description content=乙><noscript>甲</noscript>", "乙"},
      // What is left out within them, and all else that is.
      {"<noscript><script>甲</script><style>乙</style><select><option>丙</select></noscript>", ""},
      {"<iframe>甲</iframe><svg><text>乙</text></svg><template>丙</template>", ""},
  });
  CHECK(read_page("<noscript>甲</noscript>").source == Page::Source::twin);
  CHECK(read_page("<noscript>甲</noscript>乙").source == Page::Source::visible);
  CHECK(read_page("<noscript></noscript>").source == Page::Source::visible);
  const Page blank = read_page("<script type='application/ld+json'>{\"articleBody\":\"<br>" +
                               std::string(60, ' ') + "\"}</script><p>甲</p>");
  CHECK(blank.text == "甲\n");
  CHECK(blank.source == Page::Source::visible);
}

TEST_CASE("the template of a shadow is content, any other is none") {
  check({
      {"<my-el><template shadowrootmode=open><p>甲</p></template></my-el><p>乙</p>", "甲\n乙"},
      {"<my-el><template ShadowRootMode=CLOSED>甲</template>乙</my-el>", "甲乙"},
      {"<template shadowrootmode=open><style>甲</style><slot></slot></template>乙", "乙"},
      {"<template shadowrootmode=open>甲<template>乙</template>丙</template>", "甲丙"},
      {"<template shadowrootmode=open hidden>甲</template>乙", "乙"},
      {"<template><template shadowrootmode=open>甲</template></template>乙", "乙"},
      {"<template shadowrootmode=x>甲</template><template shadowrootmode>乙</template>丙", "丙"},
      {"<template id=shadowrootmode>甲</template>", ""},
  });
}

TEST_CASE("of a shell the article is read that its data holds, else its description") {
  const std::string data =
      "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\n\"articleBody\":"
      "\"秋收以后，晒场上铺满了稻谷，一直到霜降。\\n老人们坐在树下。\"}</script>";
  const Page shell = read_page(data + "<div id=app>加载中</div>");
  CHECK(shell.text == "秋收以后，晒场上铺满了稻谷，一直到霜降。\n老人们坐在树下。\n");
  CHECK(shell.source == Page::Source::article_body);
  CHECK(shell.lines.size() == 2);
  const Page whole = read_page(data + "<p>秋收以后，晒场上铺满了稻谷。</p>");
  CHECK(whole.source == Page::Source::visible);
  const Page later = read_page(
      "<script type='application/ld+json'>{\"a\":{\"articleBody\":\"甲\"}}</script>"
      "<script type='application/ld+json; charset=utf-8'>{\"articleBody\":\"<p>乙&amp;</p>丙\"}"
      "</script>");
  CHECK(later.text == "乙&\n丙\n");
  const Page described = read_page("<meta name=description content=甲乙><div id=app></div>");
  CHECK(described.text == "甲乙\n");
  CHECK(described.source == Page::Source::description);
  for (const std::string_view none :
       {"<script type=application/ld+json>{\"articleBody\":</script>",
        "<script type=application/ld+json>{\"@graph\":[[[{\"articleBody\":\"甲\"}]]]}</script>",
        "<script>{\"articleBody\":\"甲\"}</script>"}) {
    CHECK(read_page(none).text.empty());
  }
}

TEST_CASE("the article may stand in a list or a graph of its data") {
  struct Row {
    std::string_view data;
    std::string_view text;
  };
  for (const auto& [data, text] : std::vector<Row>{
           {R"([{"@type":"WebSite"},{"articleBody":"甲"}])", "甲\n"},
           {R"({"@context":"x","@graph":[{"@type":"WebSite"},{"articleBody":"甲"}]})", "甲\n"},
           {R"({"@graph":{"articleBody":"甲"}})", "甲\n"},
           {R"([{"@graph":[{"x":NaN,"articleBody":"甲\n乙"}]}])", "甲\n乙\n"},
           {R"([{"articleBody":"甲"},{"articleBody":"乙"}])", "甲\n"},
           {R"({"articleBody":"甲","@graph":[{"articleBody":"乙"}]})", "甲\n"},
           {R"({"articleBody":"","@graph":[{"articleBody":"乙"}]})", "乙\n"},
           {R"([1,null,"articleBody",{"articleBody":"甲"}])", "甲\n"},
           {R"({"author":{"articleBody":"甲"}})", ""},
           {R"({"graph":[{"articleBody":"甲"}]})", ""},
           {R"([{"articleBody":["甲"]}])", ""},
           {R"([{"articleBody":"甲"})", ""},
           {R"(["articleBody"])", ""},
       }) {
    INFO(data);
    const std::string page =
        "<script type='application/ld+json'>" + std::string(data) + "</script><div id=app></div>";
    CHECK(read_page(page).text == text);
  }
  const std::string much(std::size_t{2} << 20, ' ');  // of a long script the top alone
  const std::string start = "<script type='application/ld+json'>" + much;
  CHECK(read_page(start + R"({"articleBody":"甲"}</script>)").text == "甲\n");
  CHECK(read_page(start + R"([{"articleBody":"甲"}]</script>)").text.empty());
}

TEST_CASE("character references are decoded once, as browsers do") {
  check({
      {"&lt;p&gt; &amp;amp;", "<p> &amp;"},
      {"&#x4F60;&#22909;&#x1F600", "你好😀"},
      {"&copy2026 &nbsp甲 AT&T &nosuch; &", "©2026 \u00A0甲 AT&T &nosuch; &"},
      {"&notin &notin;", "¬in ∉"},
      {"&#147;甲&#148;&#0;&#xD800;&#x110000;", "“甲”\uFFFD\uFFFD\uFFFD"},
      {"&#;&#x;&#xg;&;", "&#;&#x;&#xg;&;"},
  });
  CHECK(decoded("?a=1&copy=2&amp;b&lt") == "?a=1&copy=2&b<");
}

TEST_CASE("lines know where they stand") {
  const Page page = read_page(
      "<body><div id=a class='b c'><h2>甲</h2><p>乙<a href=x>丙</a></p></div>"
      "<blockquote>丁</blockquote><ul><li>戊</ul><pre><code>己</code></pre></body>");
  REQUIRE(page.lines.size() == 5);
  const auto text = [&](std::size_t i) {
    return page.text.substr(page.lines[i].start, page.lines[i].end - page.lines[i].start);
  };
  CHECK(text(0) == "甲");
  CHECK(page.lines[0].heading == 2);
  CHECK(text(1) == "乙丙");
  CHECK(page.lines[1].linked == std::string_view("丙").size());
  CHECK(page.lines[1].links == 1);
  CHECK(page.lines[2].quoted);
  CHECK(page.lines[3].item);
  CHECK(page.lines[4].code);
  const PageElement& division = page.elements[page.elements[page.lines[1].element].parent];
  CHECK(division.id == "a");
  CHECK(division.classes == "b c");
  CHECK(division.tag == Tag::div);
  CHECK(division.first_line == 0);
  CHECK(division.end_line == 2);
}

TEST_CASE("a heading ends where the next begins") {
  const Page page = read_page("<h1>甲<h2>乙</h2>丙");
  REQUIRE(page.lines.size() == 3);
  CHECK(page.lines[1].heading == 2);
  CHECK(page.lines[2].heading == 0);
}

TEST_CASE("the lines and elements of a page lie in its text in order") {
  const Page page = read_page(
      "<table><tr><td>甲<td>乙</table><div>丙<table><tr><td>丁<br>戊<td>己</table></div>庚");
  std::size_t at = 0;
  for (const PageLine& line : page.lines) {
    CHECK(line.start == at);
    CHECK(line.end > line.start);
    at = line.end + std::size_t{1};
  }
  CHECK(at == page.text.size());
  for (const PageElement& element : page.elements) {
    CHECK(element.first_line <= element.end_line);
    CHECK(element.end_line <= page.lines.size());
  }
}

TEST_CASE("rows beyond the elements that are known leave these alone") {
  std::string html = "<table>";
  for (int i = 0; i < 50000; ++i) html += "<tr><td>甲<td>乙";
  const Page page = read_page(html);
  REQUIRE(page.lines.size() == 50000);
  REQUIRE(page.elements.size() < 150000);
  CHECK(page.elements[1].tag == Tag::tr);
  CHECK(page.elements[1].first_line == 0);
  CHECK(page.elements[1].end_line == 1);
}

TEST_CASE("a link ends with its cell, or where the next begins") {
  const Page page = read_page("<table><tr><td><a href=x>甲<td>乙</table><a href=x>丙<a name=y>丁");
  REQUIRE(page.lines.size() == 2);
  CHECK(page.lines[0].linked == 3);
  CHECK(page.lines[1].linked == 3);
}

TEST_CASE("a page says what it is") {
  const PageFacts facts =
      read_page(
          "<html lang=zh-TW><title> 甲 &amp;\n乙 </title><meta name=Description content='丙'>"
          "<meta property=og:description content=丁><meta property=article:published_time "
          "content=2026-11-26><meta name=author content=戊><meta property='og:site_name' "
          "content=己><link rel=canonical href='https://a.example/?b=1&amp;c=2'>")
          .facts;
  CHECK(facts.title == "甲 & 乙");
  CHECK(facts.description == "丙");
  CHECK(facts.date == "2026-11-26");
  CHECK(facts.author == "戊");
  CHECK(facts.site == "己");
  CHECK(facts.url == "https://a.example/?b=1&c=2");
  CHECK(facts.language == "zh-TW");
  CHECK(read_page("<meta property=og:title content=甲>").facts.title == "甲");
  CHECK(read_page("<title></title><svg><title>甲</title></svg>").facts.title.empty());
  CHECK(read_page("<meta property=og:url content=b><link rel=canonical href=''>").facts.url == "b");
  CHECK(read_page("<link rel=canonical href=a><link rel=canonical href=b>").facts.url == "a");
}

TEST_CASE("an element that is too deep is none") {
  std::string page = "<a href=/>甲</a><br><a href=/>乙</a><br>";
  for (int i = 0; i < 600; ++i) page += "<div>";
  const Page read = read_page(page + "丙");
  for (const PageElement& element : read.elements) {
    CHECK(element.first_line <= element.end_line);
  }
  CHECK(read.elements.size() == 512);
  CHECK(read.lines.back().element == 511);
}

TEST_CASE("XHTML closes elements by />, and its CDATA is text") {
  const std::string xml = "<?xml version='1.0'?>\n";
  check({
      {"<script src=a />甲", ""},
      {"<p><![CDATA[甲 > 乙]]></p>", "乙]]>"},
  });
  CHECK(text_of(xml + "<title/><script src='a'/><p>甲</p>") == "甲");
  CHECK(text_of(xml + "<p><![CDATA[甲 > <b> &amp; 乙]]>丙</p>") == "甲 > <b> &amp; 乙丙");
  CHECK(text_of(xml + "<p>甲<![CDATA[乙") == "甲乙");
}

TEST_CASE("beyond the greatest depth end tags still find theirs") {
  std::string page = "<div id=a>甲";
  for (int i = 0; i < 2000; ++i) page += "<div>";
  page += "乙";
  for (int i = 0; i < 2000; ++i) page += "</div>";
  page += "丙</div>丁";
  const Page read = read_page(page);
  CHECK(read.text == "甲\n乙\n丙\n丁\n");
  REQUIRE(read.lines.size() == 4);
  CHECK(read.elements[0].end_line == 3);
}

}  // namespace
}  // namespace dedup::markup
