# SPDX-License-Identifier: Apache-2.0
"""The text of pages against that of another reader: html5lib's tree, and the rules said once more.

html_test.py DEDUP          the pages of testdata/html, and small odd ones
html_test.py DEDUP FILE...  shows where the two differ on pages of your own; UTF-8"""
import difflib
import os
import re
import subprocess
import sys
import unicodedata
import unittest
import warnings
from collections import Counter

try:
    import html5lib
except ImportError:
    print("html5lib is missing: apt-get install python3-html5lib")
    sys.exit(77)  # skipped

warnings.simplefilter("ignore")
DEDUP = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "dedup"
PAGES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "testdata", "html")
KEEP_ALL = ["-f", "html", "--boilerplate=off", "--repair=off", "--documents=off", "--runs=off",
            "--sentences=off", "--scope=document", "--min-block=100000000"]

OUT = set("audio button canvas datalist frameset iframe noembed noframes noscript object "
          "optgroup option rp rt rtc script select style svg template textarea title video".split())
TWINS = {"frameset", "noembed", "noframes", "noscript"}  # speak where scripts or frames do not
BLOCKS = set("address article aside blockquote body caption center colgroup dd details dialog dir "
             "div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup "
             "html legend li listing main menu nav ol p plaintext pre search section summary table "
             "tbody td tfoot th thead tr ul xmp".split())
LINES = {"pre", "listing", "plaintext", "xmp"}
LISTS = {"ul", "ol", "menu", "dir", "dl"}
CELLS = {"td", "th"}
SPACE = " \t\n\r\f"
STYLES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman",
          "I": "upper-roman", "none": "none", "disc": "disc", "circle": "circle",
          "square": "square"}
OWN_NUMBER = re.compile(r"\s*(\d{1,3}[.、．](?!\d)|[（(]?(\d{1,3}|[一二三四五六七八九十百]{1,6})[)）]|"
                        r"[一二三四五六七八九十百]{1,6}[、.．]|[\u2460-\u249B]|\[\d{1,6}\](?![(:\[]))")
LONGEST_CELL = 3000  # bytes: of more, a table lays out a page


class Line:
    """What is written so far, and once it ends, what a reader sees of it."""

    def __init__(self, text, preformatted=False, row=False):
        self.text = text
        self.preformatted = preformatted
        self.row = row


def is_wide(char):
    return unicodedata.east_asian_width(char) in "WF" and "HANGUL" not in unicodedata.name(char, "")


def collapsed(text):
    """CSS Text 3, 4.1.1, for a text of one line."""
    def one(match):
        before, after = text[match.start() - 1], text[match.end()]
        if "\n" in match[0] and is_wide(before) and is_wide(after):
            return ""
        return " "
    text = text.strip(SPACE)
    return re.sub(f"[{SPACE}]+", one, text)


class Reader:
    def __init__(self, depth):
        self.everything = depth > 0
        self.twins = depth > 1
        self.lines = []
        self.buffer = None  # of the line at hand
        self.preformatted = False
        self.marker = ""

    def end_line(self):
        if self.buffer is None:
            return
        if self.preformatted:
            self.lines.append(Line(self.marker + self.buffer, preformatted=True))
            self.marker = ""
        else:
            text = collapsed(self.buffer)
            if text.strip(SPACE) and self.marker:
                own = OWN_NUMBER.match(text) or (self.marker[0].isalpha() and
                                                 text.startswith(self.marker.strip()))
                text, self.marker = text if own else self.marker + text, ""
            if text.strip(SPACE + "\u00A0\u3000\uFEFF\u200B"):
                self.lines.append(Line(text))
        self.buffer = None

    def add(self, text, preformatted):
        if not preformatted:
            self.buffer = (self.buffer or "") + text
            self.preformatted = False
            return
        pieces = text.split("\n")
        for index, piece in enumerate(pieces):
            if piece or index + 1 < len(pieces):
                self.buffer = (self.buffer or "") + piece
                self.preformatted = True
            if index + 1 < len(pieces):
                self.end_line()

    def is_left_out(self, name, said):
        shadow = (name == "template" and
                  said.get("shadowrootmode", "").lower() in ("open", "closed"))
        if name in OUT and not shadow and not (self.twins and name in TWINS):
            return True
        if self.everything:
            return False
        style = re.sub(r"\s", "", said.get("style", "")).lower()
        return (said.get("hidden", "until-found").lower() != "until-found" or
                any(part.startswith("display:none") for part in style.split(";")) or
                (said.get("aria-hidden", "").lower() == "true" and name not in BLOCKS))

    def read(self, element, preformatted=False, items=None):
        """`items`: how those of the list around are counted, if there is one."""
        name, said = element.tag, element.attrib
        if not isinstance(name, str):  # a comment
            return
        name = name.rsplit("}")[-1]  # of SVG and MathML
        if self.is_left_out(name, said):
            return
        if name in ("br", "hr"):
            self.end_line()
            return
        if name in ("noembed", "noframes"):
            element = html5lib.parseFragment(element.text or "", namespaceHTMLElements=False)
        if name == "math":
            self.add(formula(element, self), preformatted)
            return
        block = name in BLOCKS
        if block:
            self.end_line()
        if name == "li":
            items = self.begin_item(said, items)
        first = len(self.lines)
        cells = []
        inner = items
        if name in LISTS or name in ("table", "td", "th", "caption"):
            inner = items_of(element, self) if name in LISTS else None
        preformatted |= name in LINES
        if element.text:
            self.add(element.text, preformatted)
        for child in element:
            if name == "tr" and child.tag in CELLS and not self.is_left_out(child.tag,
                                                                            child.attrib):
                self.end_line()
                cells.append(len(self.lines))
            self.read(child, preformatted, inner)
            if child.tail:
                self.add(child.tail, preformatted)
        if block:
            self.end_line()
        if name == "li":
            self.marker = ""
        if name == "tr":
            self.join(first, cells)

    def begin_item(self, said, items):
        items = items or {"next": 1, "step": 1, "style": "disc"}
        item = number(said.get("value"), items["next"])
        items["next"] = item + items["step"]
        self.marker = marker(style_of(said) or items["style"], item)
        return items

    def join(self, first, starts):
        if len(starts) < 2 or starts[0] != first:
            return
        cells = [self.lines[a:b] for a, b in zip(starts, starts[1:] + [len(self.lines)])]
        if any(len(cell) > 1 or any(line.row or line.preformatted or
                                    len(line.text.encode()) > LONGEST_CELL for line in cell)
               for cell in cells):
            return
        if sum(map(len, cells)) < 2:
            return
        row = "\t".join(cell[0].text if cell else "" for cell in cells).rstrip("\t")
        self.lines[first:] = [Line(row, row=True)]


def formula(element, reader):
    """What is written as TeX stands for all that is beside it."""
    parts = [element.text or ""]
    for child in element:
        name = child.tag.rsplit("}")[-1] if isinstance(child.tag, str) else ""
        tex = (name == "annotation" and
               child.get("encoding", "").strip(SPACE).lower() == "application/x-tex")
        if tex and "".join(child.itertext()).strip(SPACE):
            parts = ["".join(child.itertext())]
        elif name and name not in ("annotation", "annotation-xml", "mphantom") and \
                not reader.is_left_out(name, child.attrib):
            parts.append(formula(child, reader))
        parts.append(child.tail or "")
    return "".join(part.strip(SPACE) for part in parts)


def style_of(said):
    found = STYLES.get(said.get("type", ""))
    for declaration in said.get("style", "").lower().split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() in ("list-style", "list-style-type"):
            for word in re.split(r"[\s!]", value):
                found = word if word in STYLES.values() else found
    return found


def items_of(element, reader):
    said = element.attrib
    items = {"next": 1, "step": 1,
             "style": style_of(said) or ("decimal" if element.tag == "ol" else "disc")}
    if element.tag == "ol":
        items["step"] = -1 if "reversed" in said else 1
        count = len(shown_items(element, reader)) if "reversed" in said else 1
        items["next"] = number(said.get("start"), count)
    return items


def shown_items(element, reader):
    """Those of the list itself."""
    found = []
    for child in element:
        if not isinstance(child.tag, str) or reader.is_left_out(child.tag, child.attrib):
            continue
        found += [child] if child.tag == "li" else []
        if child.tag not in LISTS and child.tag not in ("table", "td", "th", "caption"):
            found += shown_items(child, reader)
    return found


def marker(style, item):
    if style == "none":
        return ""
    if style in ("disc", "circle", "square") or abs(item) > 9999:
        return "- "
    if style == "decimal" or item < 1 or (style.endswith("roman") and item > 399):
        return f"{item}. "
    written = ""
    if style.endswith("roman"):
        for value, part in zip((100, 90, 50, 40, 10, 9, 5, 4, 1),
                               "c xc l xl x ix v iv i".split()):
            written += part * (item // value)
            item %= value
    while item > 0:
        item, letter = divmod(item - 1, 26)
        written = chr(ord("a") + letter) + written
    return (written.upper() if style.startswith("upper") else written) + ". "


def number(text, otherwise):
    match = re.match(r"-?\d+", text or "")
    return int(match[0]) if match else otherwise


def text_by_tree(page):
    for depth in range(3):
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        reader = Reader(depth)
        reader.read(parser.parse(page, scripting=depth < 2))
        reader.end_line()
        if reader.lines:
            break
    return "".join(line.text + "\n" for line in reader.lines)


def text_by_command(page):
    done = subprocess.run([DEDUP, *KEEP_ALL], input=page.encode(), check=True,
                          stdout=subprocess.PIPE)
    return done.stdout.decode()


def difference(page):
    ours, others = text_by_command(page), text_by_tree(page)
    return list(difflib.unified_diff(others.split("\n"), ours.split("\n"), "html5lib", "dedup",
                                     lineterm="", n=1)) if ours != others else []


ODD = r"""
甲<p>乙</p>丙<p>丁<div>戊</div>己
<p>甲<p>乙<table><tr><td>丙<td>丁<tr><td><p>戊<p>己<td>庚</table>辛
<div>甲<span>乙</div><b>丙<div>丁</b>戊</div>己
<ul><li>甲<li>乙<ol start=4><li>丙<li value=9><p>丁<p>戊<li>己</ol>庚<li></ul><li>辛
<ol><li>甲<ul></li><li>乙</ul><li>丙<dl><dt>丁<dd>戊<dt>己</dl></ol>
<ol type=A><li>甲<li>乙<ol reversed><li>丙<li>丁</ol><li style="list-style-type: lower-roman">戊<li>E. 己</ol>
<ul style="list-style: none"><li>甲<li>乙<ul><li>丙</ul></ul><ol type=I start=-1 reversed><li>丁<li value=4>戊</ol>
<ol><li>1. 甲<li>二、乙<li>1.5 升<li>（3）丙<li>③丁</ol><ul><li>[4] 戊<li>一个</ul>
<table><caption>表</caption><thead><th>甲<th>乙<tbody><tr><td></td><td>丙</td></tr><td>丁<td>戊</table>
<table><tr><td>甲</td><td><table><td>乙<td>丙</table></td></tr></table>
<table><tr><td>甲<td hidden>乙<td>丙<tr style="display: none"><td>丁<td>戊</table>
<table><tr><td>&nbsp;<td>甲<td>乙<td>&nbsp;</table><table><tr><td><pre>丙</pre><td>丁</table>
<pre>\n甲\n\n 乙 </pre><pre>\n丙&#10;丁</pre>\n<listing>戊\n</listing>己
<p>甲\n乙\n  a\nb\t c\r\n丙<b>\n丁\n</b>\n戊&#32;&#9; 己</p>서울\n시 甲\n🦊\n乙 テ\nス
甲<div hidden>乙<br>丙<p>丁</p></div>戊<i aria-hidden=true>己</i><p aria-hidden=true>庚</p>
<p hidden>甲<hr>乙<p hidden=until-found>丙<p style="color:red;Display :None">丁<p>戊
<svg><title>甲</title><g><text>乙</text></g></svg>丙<svg><path><p>丁</p>戊
<math><mi>甲</mi><mo>乙<p>丙</p></mo></math>丁
甲<math>\n<mi> x </mi> <mo>&lt;</mo><mphantom><mi>y</mi></mphantom><mspace/><mi hidden>z</mi></math>\n乙
<p><math><semantics><mi>x</mi><annotation encoding="application/x-tex"> x^2\n</annotation><annotation>甲</annotation></semantics><mo>=</mo></math><p>乙
<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</ruby>注<sup>[1]</sup>
<script>"<p>甲</p>"</script><style>乙</style><noscript>丙<p>丁</p></noscript><template>戊</template>己
<select><option>甲<option>乙</select><button>丙</button><textarea><p>丁</textarea>戊
<a href=x>甲<div>乙</a>丙</div><a>丁<a>戊
<!-- 甲 --><!doctype html><!-->乙<!--->丙<?php 丁 ?>戊<![CDATA[己]]>庚</ 辛>壬
&lt;p&gt; &amp;amp; &copy2026 &nbsp甲 AT&T &nosuch; &notin &#x4F60;&#147;&#0;&#xD800;
<h1>甲<h2>乙</h1>丙<h3>丁</h6>戊<h4><p>己<h5>庚</h4>辛
<form>甲<fieldset><legend>乙</legend>丙</fieldset></form><details><summary>丁</summary>戊</details>
<blockquote>甲<br><br>乙<br/>丙</blockquote>丁<hr>戊<center>己</center>庚
<body style=display:none><div hidden>甲<p>乙</p></div></body>
<noscript><p>甲</p><p>乙</p></noscript><noembed><b>丙</b></noembed>
<frameset><frame src=a><noframes><p>甲<p>乙 &lt;</noframes></frameset>
<noscript>甲</noscript><p hidden>乙</p><noframes>丙</noframes>
<my-el><template shadowrootmode=open><p>甲</p></template>乙</my-el><template>丙</template>
<p title="甲>乙" lang='a"b' x=y/>丙</p a=b>丁<p/>戊
<table><form style="display:none"><tr><td>甲<td>乙</form></table><table><tr><i hidden><td>丙<td>丁</table>
<p>甲<noscript><p>乙</p></noscript>丙<noscript><table><tr><td>丁</noscript>戊<object><p>己</object>庚
<table><tr><td><select><option>甲<td>乙<td>丙<tbody><td>丁</table>
<p>甲<wbr>乙<img alt=丙>丁<input value=戊>己<video>庚</video><object>辛</object>
""".strip().split("\n")

# Pages that are read otherwise than a browser would, on purpose: so that nothing is lost, or since
# it is one text for a reader.
DELIBERATE = {
    # An end tag without its start still ends a line.
    "甲</div>乙": "甲\n乙\n",
    # Parts of a table without their table are blocks.
    "<td>甲</td><td>乙</td>": "甲\n乙\n",
    # Text in a table stays where it is; a browser puts it before.
    "<table><tr><td>甲</td></tr>乙</table>": "甲\n乙\n",
    # What is hidden ends with what is around it, or at its end tag, even across blocks.
    "<p><b hidden>甲</p><p>乙</p>": "乙\n",
    "<span hidden><p>甲</span>乙": "乙\n",
    # Quotation marks, comments and titles that are never closed end where the tag does.
    "<p title=\"甲>乙</p>": "乙\n",
    "<!-- 甲>乙": "乙\n",
    "<title>甲<p>乙": "乙\n",
    # Nothing follows from a slash in what is left out, and mark-up goes on behind <plaintext>.
    "<video/>甲": "甲\n",
    "<plaintext>甲<p>乙": "甲\n乙\n",
    # A line break that heads a code is none.
    "<pre><code>\n甲</code></pre>": "甲\n",
}


class Pages(unittest.TestCase):
    maxDiff = None

    def test_odd_ones(self):
        self.assertGreater(len(ODD), 25)
        for page in ODD:
            page = page.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t")
            with self.subTest(page):
                self.assertEqual(text_by_command(page), text_by_tree(page))

    def test_deliberate_differences_are_still_there(self):
        for page, text in DELIBERATE.items():
            with self.subTest(page):
                self.assertEqual(text_by_command(page), text)
                self.assertNotEqual(text_by_tree(page), text)

    def test_whole_ones(self):
        for name in self.names():
            with self.subTest(name):
                self.assertEqual(difference(self.file(name, "page.html")), [])

    def test_articles_are_made_of_lines_of_their_pages(self):
        for name in self.names():
            text = text_by_command(self.file(name, "page.html")).replace("\u200B", "")
            lines = iter(text.split("\n"))
            for wanted in self.file(name, "article.txt").splitlines():
                with self.subTest(name, line=wanted):
                    self.assertTrue(any(line.removesuffix("[编辑]") == wanted for line in lines))

    def test_articles_are_found(self):
        """By bigrams of characters; the headline, which is kept, is none of the article's lines."""
        total = 0
        for name in self.names():
            found, wanted = self.bigrams(self.cleaned(name)), self.bigrams(self.file(name, "article.txt"))
            both = 2 * sum((found & wanted).values())
            score = both / (sum(found.values()) + sum(wanted.values()))
            recall = sum((found & wanted).values()) / sum(wanted.values())
            with self.subTest(name):
                self.assertGreater(score, .85)
                self.assertGreater(recall, .85)
            total += score
        self.assertGreater(total / len(self.names()), .94)

    def cleaned(self, name):
        return subprocess.run([DEDUP, os.path.join(PAGES, name, "page.html")], capture_output=True,
                              check=True).stdout.decode()

    @staticmethod
    def bigrams(text):
        letters = "".join(text.split())
        return Counter(letters[i:i + 2] for i in range(len(letters) - 1))

    def names(self):
        names = sorted(os.listdir(PAGES))
        self.assertGreater(len(names), 10)
        return names

    def file(self, *names):
        with open(os.path.join(PAGES, *names), encoding="utf-8") as file:
            return file.read()


def show(names):
    for name in names:
        with open(name, encoding="utf-8-sig") as file:
            print(name, *difference(file.read()), sep="\n")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        show(sys.argv[1:])
    else:
        unittest.main()
