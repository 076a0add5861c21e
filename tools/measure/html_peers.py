#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sets `dedup -f html` beside other extractors of the article of a page, in a table of Markdown.

    tools/measure/html_peers.py --dedup build/release/dedup [--pages PAGES] [--only NAME]...

PAGES   a folder with NAME/source.html and NAME/expected.txt, the text of its article, or
        NAME/page.html and NAME/article.txt [testdata/html]. Names that start with `charset-` are
        pages of the others in another charset, and are left out.

The other tools come from PyPI into build/peers/venv, with --offline from what is there already; one
that cannot be had is named and left out. Each is given the pages as text that is decoded already,
and set as its manual says for Chinese; what gives HTML is turned into text here, at nobody's cost.

Scored are bigrams of characters (NFKC, without white space) against the text expected; up to three
lines at the top that stand in the page's title and not in that text are not counted. The figures
are means over pages. CPU time is that of all threads, the loading of a Python tool not counted;
dedup takes all pages in one run on one thread, whose whole CPU time is shared out.
"""

import argparse
import html.parser
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(ROOT, 'build', 'peers', 'venv')
PYTHON = os.path.join(VENV, 'bin', 'python')
NAMES = (('source.html', 'expected.txt'), ('page.html', 'article.txt'))
LINES = set('p div br li ul ol h1 h2 h3 h4 h5 h6 tr td th table section article blockquote pre '
            'figcaption dd dt dl hr'.split())
HIDDEN = {'script', 'style', 'noscript', 'template'}


class Text(html.parser.HTMLParser):
    """The text of a piece of HTML, each element that is a block on lines of its own."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in HIDDEN
        if tag in LINES:
            self.parts.append('\n')

    def handle_endtag(self, tag):
        self.hidden = max(0, self.hidden - (tag in HIDDEN))
        if tag in LINES:
            self.parts.append('\n')

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data)


def text_of(markup):
    parser = Text()
    parser.feed(markup)
    parser.close()
    return ''.join(parser.parts)


def readability():
    from readability import Document
    return lambda page: Document(page).summary(), text_of


def trafilatura():
    import trafilatura as tool
    return lambda page: tool.extract(page) or '', None


def trafilatura_precise():
    import trafilatura as tool
    return lambda page: tool.extract(page, favor_precision=True) or '', None


def justext():
    """There is no list of stop words for Chinese, so lengths decide; 20 and 50 are ideographs."""
    import justext as tool

    def run(page):
        found = tool.justext(page, frozenset(), length_low=20, length_high=50, stopwords_low=0,
                             stopwords_high=0)
        return '\n'.join(p.text for p in found if not p.is_boilerplate)
    return run, None


def newspaper():
    from newspaper import Article

    def run(page):
        article = Article('https://example.org/', language='zh', fetch_images=False)
        article.download(input_html=page)
        article.parse()
        return article.text
    return run, None


def boilerpy():
    from boilerpy3.extractors import ArticleExtractor
    extractor = ArticleExtractor(raise_on_failure=False)
    return extractor.get_content, None


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text
    return lambda page: extract_plain_text(page, main_content=True), None


def goose():
    from goose3 import Goose
    from goose3.text import StopWordsChinese
    tool = Goose({'stopwords_class': StopWordsChinese, 'use_meta_language': False,
                  'target_language': 'zh', 'enable_image_fetching': False})
    return lambda page: tool.extract(raw_html=page).cleaned_text, None


def inscriptis():
    from inscriptis import get_text
    return get_text, None


def magic_html():
    from magic_html import GeneralExtractor
    tool = GeneralExtractor()
    return lambda page: tool.extract(page, base_url='https://example.org/')['html'], text_of


# What the table calls it, what to install, how to run it.
PEERS = {
    'magic-html': ('magic-html', ['magic-html'], magic_html),
    'readability-lxml': ('readability-lxml', ['readability-lxml'], readability),
    'justext': ('jusText, lengths 20 and 50', ['jusText'], justext),
    'trafilatura-precise': ('trafilatura, `favor_precision`', ['trafilatura'],
                            trafilatura_precise),
    'trafilatura': ('trafilatura', ['trafilatura'], trafilatura),
    'newspaper': ('newspaper4k', ['newspaper4k[zh]'], newspaper),
    'goose': ('goose3', ['goose3[chinese]'], goose),
    'resiliparse': ('resiliparse', ['resiliparse'], resiliparse),
    'boilerpy': ('boilerpy3', ['boilerpy3'], boilerpy),
    'inscriptis': ('inscriptis (all text)', ['inscriptis'], inscriptis),
}


def decoded(data):
    """As browsers do, but that what is valid UTF-8 is UTF-8, whatever the page says."""
    said = re.search(rb'<meta[^>]+charset\s*=\s*["\']?\s*([\w-]+)', data, re.I)
    charset = said.group(1).decode().lower() if said else 'gb18030'
    for name in ('utf-8-sig', 'gb18030' if charset.startswith('gb') else charset, 'gb18030'):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            pass
    return data.decode('gb18030', 'replace')


def read(path):
    with open(path, 'rb') as file:
        return decoded(file.read())


def read_page(path):
    """The charset that a page names is made UTF-8: some tools encode the text that they are given,
    and then believe the page."""
    return re.sub(r'(<meta[^>]+charset\s*=\s*["\']?\s*)[\w-]+', r'\1utf-8', read(path), flags=re.I)


def load(folder):
    """(name, page, text expected) of each page."""
    pages = []
    for name in sorted(os.listdir(folder)):
        for page, truth in NAMES:
            page, truth = (os.path.join(folder, name, file) for file in (page, truth))
            if os.path.exists(page) and os.path.exists(truth) and not name.startswith('charset-'):
                pages.append((name, read_page(page), read(truth)))
    return pages


def norm(text):
    return re.sub(r'\s+', '', unicodedata.normalize('NFKC', text))


def without_title(page, text, want):
    found = re.search(r'<title[^>]*>(.*?)</title', page, re.S | re.I)
    title = norm(html.unescape(found.group(1))) if found else ''
    lines = [line for line in map(norm, text.split('\n')) if line]
    for _ in range(3):
        if lines and len(lines[0]) >= 4 and lines[0] in title and lines[0] not in want:
            lines.pop(0)
    return ''.join(lines)


def score(page, text, want):
    """Precision, recall, F1."""
    want = norm(want)
    got = without_title(page, text, want)
    a, b = (Counter(s[i:i + 2] for i in range(len(s) - 1)) for s in (got, want))
    common = sum((a & b).values())
    precision = common / a.total() if a else 0.0
    recall = common / b.total() if b else 1.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def run_peer(name, source, target):
    """In a process of its own, in the virtual environment: the texts and the CPU time."""
    extract, to_text = PEERS[name][2]()
    with open(source, encoding='utf-8') as file:
        pages = json.load(file)
    texts, spent, failures = [], 0.0, 0
    for turn, page in enumerate([pages[0]] + pages):
        start = time.process_time()
        try:
            result = extract(page)
        except Exception:  # whatever a tool throws, the page is lost to it
            result, failures = '', failures + (turn > 0)
        spent += time.process_time() - start if turn > 0 else 0
        if turn > 0:
            texts.append(to_text(result) if to_text and result else result)
    with open(target, 'w', encoding='utf-8') as file:
        json.dump({'texts': texts, 'seconds': spent, 'failures': failures}, file)


def peer(name, directory):
    target = os.path.join(directory, name + '.json')
    command = [PYTHON, os.path.abspath(__file__), '--worker', name, '--source',
               os.path.join(directory, 'pages.json'), '--target', target]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ['no reason given'])[-1]
        print(f'{name} is left out: {last}', file=sys.stderr)
        return None
    with open(target, encoding='utf-8') as file:
        return json.load(file)


def ours(dedup, pages, directory):
    source, target = (os.path.join(directory, name) for name in ('pages', 'clean'))
    os.makedirs(source)
    for number, (_, page, _) in enumerate(pages):
        with open(os.path.join(source, f'{number}.html'), 'w', encoding='utf-8',
                  newline='') as out:
            out.write(page)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [os.path.abspath(dedup), '-q', '-T1', '-f', 'html', '--scope=document',
               '--documents=off', '--output-dir=' + target]
    done = subprocess.run(command + [f'{number}.html' for number in range(len(pages))], cwd=source)
    if done.returncode not in (0, 1):
        sys.exit(f'{dedup} failed with status {done.returncode}')
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    texts = []
    for number in range(len(pages)):
        with open(os.path.join(target, f'{number}.html.txt'), encoding='utf-8') as file:
            texts.append(file.read())
    return {'texts': texts, 'failures': 0, 'seconds': after.ru_utime + after.ru_stime
            - before.ru_utime - before.ru_stime}


def install(packages):
    if not os.path.exists(PYTHON):
        subprocess.run([sys.executable, '-m', 'venv', VENV], check=True)
    pip = [PYTHON, '-m', 'pip', '-q', '--disable-pip-version-check', 'install']
    for package in packages:
        done = subprocess.run(pip + [package], stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            last = (done.stderr.strip().splitlines() or ['no reason given'])[-1]
            print(f'{package} cannot be installed: {last}', file=sys.stderr)


def row(name, pages, result):
    scores = [score(page, text, want)
              for (_, page, want), text in zip(pages, result['texts'])]
    means = [sum(part) / len(pages) for part in zip(*scores)]
    empty = sum(not norm(text) for text in result['texts'])
    cells = [name, *(f'{mean:.3f}'.lstrip('0') for mean in means), str(empty),
             f'{result["seconds"] / len(pages) * 1000:.1f}']
    return means[2], '| ' + ' | '.join(cells) + ' |'


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--dedup', default=os.path.join(ROOT, 'build', 'release', 'dedup'))
    parser.add_argument('--pages', default=os.path.join(ROOT, 'testdata', 'html'))
    parser.add_argument('--only', action='append', choices=list(PEERS), help='beside dedup')
    parser.add_argument('--offline', action='store_true', help='install nothing')
    for hidden in ('--worker', '--source', '--target'):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        return run_peer(options.worker, options.source, options.target)
    pages = load(options.pages)
    if not pages:
        sys.exit(f'{options.pages}: no pages with their text')
    chosen = options.only or list(PEERS)
    if not options.offline:
        install(dict.fromkeys(p for name in chosen for p in PEERS[name][1]))
    rows = []
    with tempfile.TemporaryDirectory() as directory:
        with open(os.path.join(directory, 'pages.json'), 'w', encoding='utf-8') as file:
            json.dump([page for _, page, _ in pages], file)
        rows.append(row('**dedup**', pages, ours(options.dedup, pages, directory)))
        for name in chosen:
            result = peer(name, directory)
            if result:
                rows.append(row(PEERS[name][0], pages, result))
                if result['failures']:
                    print(f'{name} threw on {result["failures"]} pages', file=sys.stderr)
    print(f'{len(pages)} pages\n')
    print('| tool | precision | recall | F1 | empty | CPU ms a page |')
    print('|---|--:|--:|--:|--:|--:|')
    print('\n'.join(cells for _, cells in sorted(rows, reverse=True)))
    return None


if __name__ == '__main__':
    sys.exit(main())
