# SPDX-License-Identifier: Apache-2.0
"""A made-up Chinese corpus for tools/bench, the same for the same seed.

The model: documents of 4 to 60 paragraphs, parted by a blank line. A paragraph is one line of
sentences; its length in characters is log-normal, median 60, sigma 0.8. Words of one to four
characters are drawn by Zipf's law (rank r with weight 1 / (r + 5)) from a list of 4,000 made of 400
common characters; a comma follows a word with probability 0.12, and 12 to 30 words make a sentence.

  8 %   of paragraphs are headings of 4 to 15 characters without a full stop
  5 %   repeat an earlier paragraph of the last 20,000
  1 %   repeat one with a word exchanged (near-duplicates)
  3 %   are lines of code or addresses, in ASCII
  1 %   carry dirt: entities, stray spaces, zero-width characters, injected pinyin
  0.5 % are disclaimers, bylines or share bars
  20 %  of documents are in Traditional script, as far as the list knows the characters
"""
import os
import random
import re
import sys

CHARACTERS = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么"
    "心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样"
    "现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打"
    "便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总"
    "才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王"
    "果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科"
    "怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父"
    "强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千"
)
TRADITIONAL = str.maketrans(
    "这来国个说们为时会过学对么没发当无开头动长现将进实点种声儿问给几业间门东关内华报张难数车应觉题统请让"
    "认论义术结远资队带条变联权该领传红办运强区转众轻语满写识极脸钱党设双历",
    "這來國個說們為時會過學對麼沒發當無開頭動長現將進實點種聲兒問給幾業間門東關內華報張難數車應覺題統請讓"
    "認論義術結遠資隊帶條變聯權該領傳紅辦運強區轉眾輕語滿寫識極臉錢黨設雙歷")
CODE = ("$ git commit -m \"fix #%d\"", "for (int i = 0; i < %d; ++i) { sum += a[i]; }",
        "https://example.com/a/%d?from=feed&page=2", "value = items[%d] if items else None")
BOILERPLATE = ("免责声明：本文仅代表作者个人观点，与本站无关，转载请注明出处，第%d期。",
               "责任编辑：王%d", "分享到：微信 微博 QQ空间 更多(%d)")


def words(rng):
    made = []
    for _ in range(4000):
        length = rng.choices((1, 2, 3, 4), (25, 55, 12, 8))[0]
        made.append("".join(rng.choices(CHARACTERS, k=length)))
    return made


class Corpus:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.words = words(self.rng)
        weights = [1 / (rank + 5) for rank in range(len(self.words))]
        total = 0.0
        self.cumulative = [total := total + weight for weight in weights]
        self.earlier = []

    def draw(self, count):
        return self.rng.choices(self.words, cum_weights=self.cumulative, k=count)

    def prose(self):
        left = int(self.rng.lognormvariate(4.094, 0.8))
        parts = []
        while left > 0:
            sentence = self.draw(self.rng.randint(12, 30))
            text = "，".join(("".join(sentence[:8]), "".join(sentence[8:16]),
                             "".join(sentence[16:]))).rstrip("，") + "。"
            parts.append(text)
            left -= len(text)
        return "".join(parts)

    def dirty(self, text):
        at = len(text) // 2
        dirt = self.rng.choice(("&nbsp;", " ", "\u200B", "(de)", "\u3000"))
        return text[:at] + dirt + text[at:]

    def paragraph(self):
        kind = self.rng.random()
        if kind < 0.08:
            return "".join(self.draw(5))[:15]
        if kind < 0.13 and self.earlier:
            return self.rng.choice(self.earlier)
        if kind < 0.14 and self.earlier:
            return self.rng.choice(self.earlier) + "".join(self.draw(2))
        if kind < 0.17:
            return self.rng.choice(CODE) % self.rng.randrange(10**6)
        if kind < 0.175:
            return self.rng.choice(BOILERPLATE) % self.rng.randrange(1000)
        text = self.prose()
        if kind < 0.185:
            return self.dirty(text)
        if len(self.earlier) < 20_000:
            self.earlier.append(text)
        else:
            self.earlier[self.rng.randrange(20_000)] = text
        return text

    def document(self):
        text = "\n".join(self.paragraph() for _ in range(self.rng.randint(4, 60))) + "\n\n"
        return text.translate(TRADITIONAL) if self.rng.random() < 0.2 else text


def write(out, size, seed=1):
    """Writes `size` bytes of documents, the last one cut at the end of a line."""
    corpus = Corpus(seed)
    while size > 0:
        data = corpus.document().encode()
        if len(data) > size:
            data = data[:data.rfind(b"\n", 0, size) + 1]
            size = 0
        out.write(data)
        size -= len(data)


def read_pages(folder):
    """The pages NAME/page.html below a folder, as text."""
    pages = []
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name, "page.html")
        if os.path.exists(path):
            with open(path, "rb") as file:
                data = file.read()
            try:
                pages.append(data.decode("utf-8-sig"))
            except UnicodeDecodeError:
                pages.append(data.decode("gb18030", "replace"))
    return pages


def vary(page, corpus):
    """The mark-up and the short texts stay; longer ones, of 15 characters and more that are not
    ASCII, become prose of the corpus, a little longer."""
    def exchange(found):
        text = found.group(1)
        if sum(not c.isascii() for c in text) < 15:
            return found.group(0)
        made = ""
        while len(made) < len(text):
            made += corpus.prose()
        return ">" + made[:made.find("。", len(text) - 1) + 1] + "<"
    return re.sub(r">([^<>]+)<", exchange, page)


SCRIPTS = ("window.__DATA__ = window.__DATA__ || []; window.__DATA__.push(['_track', %d]);\n",
           "(function (d, s) { var j = d.createElement(s); j.src = '/js/%d.js'; })(document);\n",
           ".module-%d .item { margin: 0 auto; padding: 4px 8px; background: #f5f5f5; }\n")
SCRIPT_SHARE = 0.32


def dress(page, rng):
    """What pages written by hand lack of those that sites make. Of 134 pages from the open web, 106
    kB each, 32 % of the bytes were scripts and styles, 40 % tags of 23 bytes and 21 % text; the
    pages here have 49 % of text and tags of 13 bytes. With an attribute more for each element, and
    scripts and styles up to the same share, 24 % is text."""
    page = re.sub(r"<([a-z][a-z0-9]*)(?=[ >])",
                  lambda found: f'<{found.group(1)} data-spm="{rng.randrange(10**9):09}"', page)
    end = page.rfind("</body>")
    scripts = []
    size = int(len(page.encode()) * SCRIPT_SHARE / (1 - SCRIPT_SHARE))
    while size > 0:
        scripts.append(rng.choice(SCRIPTS) % rng.randrange(10**6))
        size -= len(scripts[-1])
    script, style = ("".join(line for line in scripts if line.startswith(".") == css)
                     for css in (False, True))
    made = f"<style>{style}</style><script>{script}</script>"
    return page[:end] + made + page[end:] if end >= 0 else page + made


def write_pages(directory, size, folder, seed=3):
    """Writes the pages of `folder` in turn as files of UTF-8, `size` bytes; returns the paths."""
    corpus, pages, paths = Corpus(seed), read_pages(folder), []
    while size > 0:
        path = os.path.join(directory, f"page{len(paths)}.html")
        data = dress(vary(pages[len(paths) % len(pages)], corpus), corpus.rng).encode()
        with open(path, "wb") as out:
            out.write(data)
        paths.append(path)
        size -= len(data)
    return paths


def write_unique(out, count):
    """Writes `count` paragraphs of 62 ideographs, no two alike."""
    digits = CHARACTERS[:100]
    pairs = [(a + b).encode() for a in digits for b in digits]
    head = CHARACTERS[100:156].encode()
    for high in range((count + 9999) // 10_000):
        start = head + pairs[high % 10_000] + pairs[high // 10_000]
        rows = min(10_000, count - high * 10_000)
        out.write(b"".join(start + pairs[low] + b"\n" for low in range(rows)))


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        sys.exit(__doc__ + "\nusage: bench_corpus.py BYTES > FILE")
    write(sys.stdout.buffer, int(sys.argv[1]))
