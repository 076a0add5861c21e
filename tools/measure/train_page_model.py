#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the model of page mode and writes its weights into src/boilerplate/page_model.txt.

    tools/measure/train_page_model.py --features build/dedup_page_features \\
        --model src/boilerplate/page_model.txt \\
        --pages PAGES...  --clean TEXTS...  [--sites] [--write]

PAGES   folders with raw/*.txt and labels/*.tsv of the same names: a row for each line of the page
        that is not empty, `1` (content) or `0`, a tab, the line. INDEX.tsv, if it is there, gives
        the title of a page in its third column. A folder with "=clean" behind it gives its content
        lines only, as clean documents.
TEXTS   files of clean documents separated by blank lines, or folders of such documents.

The features come from the library itself, through the program dedup_page_features. The model is a
logistic regression with a ridge, found by Newton's method. Every set weighs the same for content
and the same for furniture, content three times as much, since what is lost cannot be got back.
Lines labelled 0 that copy content, or hold the title, count nowhere. To the pages come

    framed   clean documents put in the place of the content of labelled pages, so that the model
             knows verse, laws, code and stories inside a frame; every second clean document is
             kept apart for the figures
    joined   pages whose runs of short furniture lines are one line, as other extractors give them

Printed are content recall and furniture removed, by characters: in-sample; leaving one page out
together with all that was made of it, for each set of at most 50 pages; from every second page to
the others, for each larger set; leaving a whole set out; and what clean documents lose. The figures
to quote are those of pages left out. The cue words of the model were chosen by hand, with general
knowledge of such sites, and are not trained; whoever chose them had seen pages of both sets below.

What the weights in the repository were trained on; none of these texts is in it:

    set                      pages   content lines   other lines   what it is
    CleanEval 2007, Chinese     24           1,490         3,625   portals, forums of 2005, 2006
    cctv.com                   250           1,473        11,134   news of 2022, three templates
    LCTT                       300          23,645             -   technical articles in Markdown
    laws of Taiwan             599          50,025             -   wrapped lines, tables
    laws of China              179          31,586             -   Markdown
    Visual Studio manuals      400          28,841             -   Markdown, code, Traditional
    Song and Yuan verse      1,212          12,553             -   poems
    classical novels            67           1,630             -   chapters

and what comes of it with --sites, the block rules included: every page is judged by weights
learned without any page of its site. Sites are told by the pages themselves, which have no
addresses: those that share five lines of furniture are of one site (sohu.com, yahoo.com.cn,
163.com, sina), 18 in CleanEval, and all of cctv.com one. What was made of a page is left out with
it.

                                     recall of    furniture removed
                                     content      characters   lines
    CleanEval 2007, 18 sites          .9990         .9339      .9689
    cctv.com, 1 site                  .9998         .9752      .9717
    in the frames of CleanEval's sites, as many of them as have one:
      laws of China                   .9960         .8912      .9514
      laws of Taiwan                  .9953         .8221      .8920
      manuals                         .9987         .6457      .7998
      verse                           .9861         .6653      .8117
      verse without marks             .9251         .4256      .5762
    clean documents kept apart: nothing was taken

The weights in the model are not these but those of an earlier training, less two features (a mark
of Markdown at the start, marks of source text) that structure's kinds have replaced. On 95 pages
of 71 other sites, news of 2011 and boards of 2000 to 2022, from which the tags were taken and
which neither training saw, they remove .4408 of the furniture, weights trained anew .4289, both
at .996 of the content; so they stayed. (Much that is furniture by the labels of those pages are
titles, bylines and captions: the figure is for comparison only.)

Tried and not kept, by the same figures: kinds of lines (heading, item, row, code, media, label)
and marks between the entries of menus (bars in a line, lone marks next to it) as features.
Trained with headings and marks, the model gained .0025 of CleanEval's furniture with sites left
out, and lost .005 on the other 71 sites.
"""

import argparse
import html
import os
import random
import re
import subprocess
import sys
import tempfile
import unicodedata

import numpy as np

CONTENT, FURNITURE, NEUTRAL = 1, 0, 2
CONTENT_WEIGHT = 3.0  # of content against furniture
BIAS = 0.8  # and so much more must speak for furniture in the end
RIDGE = 2e-4
SET_WEIGHTS = {'few pages': 3.0, 'pages': 1.0, 'content': 1.0, 'clean': 0.5, 'made': 1.5}
SHARED_LINES = 5  # of two pages of one site
MADE_OF_PAGES = ('joined',)  # made without clean documents
SMALL_SET = 50  # pages: a set of as many at most is judged leaving one page out
LONGEST = 160  # lines of a clean document that is put into a frame
INVISIBLE = re.compile(
    '[\\s\\x00-\\x1f\\x7f-\\xa0\\xad\\u034f\\u061c\\u200b-\\u200f\\u202a-\\u202e'
    '\\u2060-\\u206f\\ufeff]+'
)


def comparable(line):
    """A line without white space and invisible characters, NFKC."""
    if '&' in line:
        line = html.unescape(line)
    return INVISIBLE.sub('', unicodedata.normalize('NFKC', line))


class Document:
    """A text with a label for each line; features are filled in later."""

    def __init__(self, name, group, kind, lines, labels, origin=None, held_out=False):
        self.name, self.group, self.kind = name, group, kind
        self.lines, self.labels = lines, np.array(labels, dtype=np.int8)
        self.origin = origin or name  # what must be left out together
        self.held_out = held_out  # for figures only
        self.keys = [comparable(line) for line in lines]
        self.sizes = np.array([len(key) for key in self.keys], dtype=float)
        self.rows = None  # numbers of the lines that have features
        self.features = self.by_rule = None


# -- reading --------------------------------------------------------------------------------------


def covered(text, grams):
    """The share of `text` that lies in runs of 6 characters of `grams`."""
    end = got = 0
    for i in range(len(text) - 5):
        if text[i : i + 6] in grams:
            got += i + 6 - max(i, end)
            end = i + 6
    return got / max(1, len(text))


def three_labels(labels, keys, title):
    """Labels 1 and 0 to content, furniture, neutral."""
    content = {key for label, key in zip(labels, keys) if label == 1}
    grams = {text[i : i + 6] for text in [*content, title] for i in range(len(text) - 5)}
    out = []
    for label, key in zip(labels, keys):
        copied = (
            key in content
            or (len(title) >= 4 and title in key)
            or (len(key) >= 8 and covered(key, grams) >= 0.75)
        )
        link = re.match(r'^\[[^\]]{1,12}\]:', key)
        out.append(CONTENT if label == 1 else NEUTRAL if copied or link else FURNITURE)
    return out


def labelled_pages(folder):
    only_content = folder.endswith('=clean')
    folder = folder.removesuffix('=clean')
    titles = {}
    if os.path.exists(folder + '/INDEX.tsv'):
        with open(folder + '/INDEX.tsv', encoding='utf-8') as f:
            titles = {
                row[0]: row[2]
                for row in (line.rstrip('\n').split('\t') for line in f)
                if len(row) > 2
            }
    group = os.path.basename(folder.rstrip('/'))
    names = sorted(os.listdir(folder + '/labels'))
    kind = 'content' if only_content else 'few pages' if len(names) <= SMALL_SET else 'pages'
    for name in names:
        with open(folder + '/labels/' + name, encoding='utf-8') as f:
            rows = [row.split('\t', 1) for row in f.read().split('\n') if '\t' in row]
        lines = [row[1] for row in rows]
        labels = three_labels(
            [int(row[0]) for row in rows],
            [comparable(line) for line in lines],
            comparable(titles.get(name[:-4], '')),
        )
        if only_content:
            lines = [line for line, label in zip(lines, labels) if label == CONTENT]
            labels = [CONTENT] * len(lines)
        yield Document(f'{group}/{name[:-4]}', group, kind, lines, labels)


def clean_documents(path):
    group = os.path.basename(path.rstrip('/')).removesuffix('.txt')
    if os.path.isdir(path):
        texts = []
        for name in sorted(os.listdir(path)):
            with open(os.path.join(path, name), encoding='utf-8', errors='replace') as f:
                texts.append(f.read())
        group = os.path.basename(os.path.dirname(path.rstrip('/'))) if group == 'files' else group
    else:
        with open(path, encoding='utf-8') as f:
            texts = f.read().split('\n\n')
    for i, text in enumerate(texts):
        lines = [line for line in text.splitlines() if comparable(line)]
        if lines:
            yield Document(
                f'{group}/{i:05d}',
                group,
                'clean',
                lines,
                [CONTENT] * len(lines),
                held_out=i % 2 == 1,
            )


# -- making ---------------------------------------------------------------------------------------


def joined(lines, choice):
    """Runs of four and more lines of at most 8 characters, joined to lines of 4 to 14 of them."""
    out, i = [], 0
    while i < len(lines):
        end = i
        while end < len(lines) and len(lines[end].strip()) <= 8:
            end += 1
        if end - i < 4:
            out += lines[i : max(end, i + 1)]
            i = max(end, i + 1)
        while end - i >= 4:
            stop = min(end, i + choice.randint(4, 14))
            parts = [line.strip() for line in lines[i:stop]]
            marked = any(part and part in '|\u00b7-\u2022>\u00bb' for part in parts)
            out.append(
                choice.choice(['', ' '] if marked else ['|', ' | ', ' ', ' \u00b7 ', '  ']).join(
                    parts
                )
            )
            i = stop
        out += lines[i:end] if i < end else []
        i = max(i, end)
    return out


def without_marks(document):
    """Verse as songs are often written: each clause a line, no punctuation."""
    lines = [
        part.strip()
        for line in document.lines
        for part in re.split('[\uff0c\u3002\uff01\uff1f\u3001\uff1b\uff1a]', line)
    ]
    return [line for line in lines if line]


def frame_of(page):
    content = np.flatnonzero(page.labels == CONTENT)
    if not len(content):
        return None
    return page.lines[: content[0]], page.lines[content[-1] + 1 :]


def made_documents(pages, clean, choice):
    """Clean documents in the frames of pages, and pages with joined lines."""
    bodies = {}
    for document in clean:
        if 6 <= len(document.lines) <= LONGEST:
            bodies.setdefault(document.group, []).append(document)
    for page in pages:
        frame = frame_of(page)
        if frame is None or len(frame[0]) + len(frame[1]) < 15:
            continue
        for group, documents in sorted(bodies.items()):
            body = choice.choice(documents)
            styles = [(group, body.lines)] + (
                [(group + ' without marks', without_marks(body))] if group == 'poems' else []
            )
            for style, lines in styles:
                head, tail = (
                    (joined(part, choice) for part in frame) if choice.random() < 0.5 else frame
                )
                yield Document(
                    f'framed/{page.name}/{style}',
                    'framed ' + style,
                    'made',
                    head + lines + tail,
                    [FURNITURE] * len(head) + [CONTENT] * len(lines) + [FURNITURE] * len(tail),
                    origin=page.name,
                    held_out=body.held_out,
                )
        yield joined_page(page, choice)


def joined_page(page, choice):
    lines, labels, i = [], [], 0
    while i < len(page.lines):
        end = i
        while end < len(page.lines) and page.labels[end] == page.labels[i]:
            end += 1
        part = page.lines[i:end]
        if page.labels[i] == FURNITURE:
            part = joined(part, choice)
        lines += part
        labels += [page.labels[i]] * len(part)
        i = end
    return Document(f'joined/{page.name}', 'joined', 'made', lines, labels, origin=page.name)


# -- features and verdicts, from the library ------------------------------------------------------


class Library:
    """The program dedup_page_features, fed with files in a folder of its own."""

    def __init__(self, program, model, folder):
        self.program, self.folder = program, folder
        with open(model, encoding='utf-8') as f:
            self.model = f.read()
        self.names = re.findall('^weight\t([^\t]+)', self.model, re.M)
        self.paths = {}

    def model_with(self, weights):
        """The text of the model with other weights."""

        def number(match):
            return f'weight\t{match[1]}\t{weights[self.names.index(match[1])]:.2f}'

        return re.sub('^weight\t([^\t]+)\t[^\t\n]+', number, self.model, flags=re.M)

    def run(self, documents, weights):
        """Rows of page_features for each document."""
        for document in documents:
            if document not in self.paths:
                path = os.path.join(self.folder, f'{len(self.paths):06d}.txt')
                with open(path, 'w', encoding='utf-8') as f:
                    f.write('\n'.join(document.lines) + '\n')
                self.paths[document] = path
        model = os.path.join(self.folder, 'model.txt')
        with open(model, 'w', encoding='utf-8') as f:
            f.write(self.model_with(weights))
        known = {self.paths[document]: [] for document in documents}
        out = subprocess.run(
            [self.program, model],
            input='\n'.join(known),
            capture_output=True,
            check=True,
            encoding='utf-8',
        ).stdout.split('\n')
        if out[0].split('\t')[5:] != self.names:
            sys.exit('the model names other features than the library, or in another order')
        for row in out[1:]:
            cells = row.split('\t')
            if len(cells) > 1:
                known[cells[0]].append(cells[1:])
        return [known[self.paths[document]] for document in documents]

    def measure(self, documents):
        for document, rows in zip(documents, self.run(documents, np.zeros(len(self.names)))):
            document.rows = np.array([int(row[0]) for row in rows], dtype=int)
            document.by_rule = np.array([row[3] == '1' for row in rows], dtype=bool)
            document.features = (
                np.array([row[4:] for row in rows], dtype=np.float32).reshape(len(rows), -1) / 256
            )

    def removed(self, documents, weights):
        """For each document, whether the model, and whether anything, takes each of its lines."""
        for document, rows in zip(documents, self.run(documents, weights)):
            model = np.array([row[1] == '1' for row in rows], dtype=bool)
            yield document, model, model | document.by_rule


# -- training -------------------------------------------------------------------------------------


def design(documents):
    """Features, targets and weights of the lines of all documents."""
    groups = {}
    for document in documents:
        key = 'made' if document.kind == 'made' else document.group
        groups.setdefault((key, document.kind), []).append(document)
    parts = []
    for (_, kind), members in groups.items():
        x = np.concatenate([d.features for d in members])
        labels = np.concatenate([d.labels[d.rows] for d in members])
        sizes = np.concatenate([d.sizes[d.rows] for d in members])
        rules = np.concatenate([d.by_rule for d in members])
        w = np.where(labels == NEUTRAL, 0, (np.minimum(sizes, 120) + 4) * np.where(rules, 0.3, 1))
        for label, weight in ((CONTENT, CONTENT_WEIGHT), (FURNITURE, 1.0)):
            total = w[labels == label].sum()
            if total > 0:
                w[labels == label] *= SET_WEIGHTS[kind] * weight / total
        used = w > 0
        parts.append((x[used], labels[used] == FURNITURE, w[used]))
    x, y, w = (np.concatenate(column) for column in zip(*parts))
    return x.astype(np.float64), y.astype(np.float64), w / w.sum()


def fit(documents, start=None):
    x, y, w = design(documents)
    weights = np.zeros(x.shape[1]) if start is None else start + BIAS * (np.arange(x.shape[1]) == 0)
    ridge = np.full(x.shape[1], RIDGE)
    ridge[0] = 1e-6
    for _ in range(15):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (w * (p - y)) + ridge * weights
        hessian = (x * (w * p * (1 - p) + 1e-9)[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        weights = weights - step
        if np.abs(step).max() < 1e-3:
            break
    weights[0] -= BIAS
    return weights


# -- figures --------------------------------------------------------------------------------------


class Figures:
    def __init__(self):
        self.content = self.kept = self.furniture = self.gone = self.by_model = 0.0
        self.lines = self.lines_gone = 0

    def add(self, document, model, removed):
        labels, sizes = document.labels[document.rows], document.sizes[document.rows]
        keys = [document.keys[row] for row in document.rows]
        kept = {key for key, gone in zip(keys, removed) if not gone}
        content = {key: size for key, size, label in zip(keys, sizes, labels) if label == CONTENT}
        self.content += sum(content.values())
        self.kept += sum(size for key, size in content.items() if key in kept)
        self.by_model += sizes[(labels == CONTENT) & model].sum()
        self.furniture += sizes[labels == FURNITURE].sum()
        self.gone += sizes[(labels == FURNITURE) & removed].sum()
        self.lines += (labels == FURNITURE).sum()
        self.lines_gone += ((labels == FURNITURE) & removed).sum()

    def __str__(self):
        recall = self.kept / max(1, self.content)
        if not self.furniture:
            taken = self.by_model / max(1, self.content)
            return f'recall {recall:.4f}   taken by the model {taken:.5f}'
        precision = self.kept / max(1, self.kept + self.furniture - self.gone)
        return (
            f'recall {recall:.4f}   removed {self.gone / self.furniture:.4f}   '
            f'lines {self.lines_gone / self.lines:.4f}   '
            f'F1 {2 * recall * precision / max(1e-9, recall + precision):.4f}'
        )


def figures(library, pairs):
    """Of documents, each judged with weights of its own."""
    total = Figures()
    for weights, documents in pairs:
        for judged in library.removed(documents, weights):
            total.add(*judged)
    return total


def sites_of(pages):
    """The site of each page, as the name of its first page: pages that share five lines of their
    furniture, of four characters or more, are of one site, and so is what each of them shares."""
    lines = [
        {key for key, label in zip(page.keys, page.labels) if label == FURNITURE and len(key) >= 4}
        for page in pages
    ]
    site = list(range(len(pages)))
    for i in range(len(pages)):
        for j in range(i):
            if site[i] != site[j] and len(lines[i] & lines[j]) >= SHARED_LINES:
                old, new = max(site[i], site[j]), min(site[i], site[j])
                site = [new if of == old else of for of in site]
    return {page.name: pages[of].name for page, of in zip(pages, site)}


def report_sites(library, documents, start):
    """Every page judged by what was learned from pages of other sites."""
    training = [d for d in documents if not d.held_out]
    labelled = [d for d in documents if d.kind in ('few pages', 'pages')]
    site = sites_of(labelled)
    pairs = {}
    for left_out in dict.fromkeys(site.values()):
        weights = fit([d for d in training if site.get(d.origin) != left_out], start)
        pages = [d for d in labelled if site[d.name] == left_out]
        pairs.setdefault(pages[0].group, []).append((weights, pages))
        made = [d for d in documents if d.kind == 'made' and site[d.origin] == left_out]
        for style in sorted({d.group for d in made}):
            ds = [d for d in made if d.group == style and (d.held_out or style in MADE_OF_PAGES)]
            if pages[0].kind == 'few pages' and ds:
                pairs.setdefault('  ' + style, []).append((weights, ds))
    for group, folds in pairs.items():
        total = figures(library, folds)
        print(f'{group:28} of {len(folds):2} sites leaving one out ', total, flush=True)


def report(library, documents, weights):
    training = [d for d in documents if not d.held_out]
    labelled = [d for d in documents if d.kind in ('few pages', 'pages')]
    for group in dict.fromkeys(d.group for d in labelled):
        pages = [d for d in labelled if d.group == group]
        names = {d.name for d in pages}
        print(f'{group:28} in-sample            ', figures(library, [(weights, pages)]))
        if len(pages) <= SMALL_SET:
            folds = [
                (fit([d for d in training if d.origin != page.name], weights), page)
                for page in pages
            ]
            print(
                f'{group:28} leaving one page out ',
                figures(library, [(w, [page]) for w, page in folds]),
            )
            made = [
                (
                    w,
                    [
                        d
                        for d in documents
                        if d.kind == 'made'
                        and d.origin == page.name
                        and (d.held_out or d.group in MADE_OF_PAGES)
                    ],
                )
                for w, page in folds
            ]
            for style in sorted({d.group for _, ds in made for d in ds}):
                print(
                    f'  {style:26} leaving one page out ',
                    figures(
                        library, [(w, [d for d in ds if d.group == style]) for w, ds in made if ds]
                    ),
                )
        else:
            second = {d.name for d in pages[1::2]}
            part = fit([d for d in training if d.origin not in second], weights)
            print(f'{group:28} every 2nd to others  ', figures(library, [(part, pages[1::2])]))
        rest = fit([d for d in training if d.origin not in names], weights)
        print(f'{group:28} leaving the set out  ', figures(library, [(rest, pages)]), flush=True)
    for group in dict.fromkeys(d.group for d in documents if d.kind in ('clean', 'content')):
        held = [d for d in documents if d.group == group and d.held_out == (d.kind == 'clean')]
        print(f'{group:28} clean documents      ', figures(library, [(weights, held)]))


def main():
    parser = argparse.ArgumentParser(description='Trains the model of page mode.')
    parser.add_argument('--features', required=True, help='the program dedup_page_features')
    parser.add_argument('--model', required=True, help='page_model.txt')
    parser.add_argument('--pages', nargs='+', required=True)
    parser.add_argument('--clean', nargs='*', default=[])
    parser.add_argument(
        '--sites', action='store_true', help='print the figures of leaving one site out, no others'
    )
    parser.add_argument('--write', action='store_true', help='write the weights into the model')
    args = parser.parse_args()
    pages = [d for folder in args.pages for d in labelled_pages(folder)]
    clean = [d for path in args.clean for d in clean_documents(path)]
    framing = [d for d in pages if d.kind == 'few pages'] + [d for d in pages if d.kind == 'pages'][
        ::10
    ]
    texts = clean + [d for d in pages if d.kind == 'content']
    documents = pages + clean + list(made_documents(framing, texts, random.Random(7)))
    with tempfile.TemporaryDirectory() as folder:
        library = Library(args.features, args.model, folder)
        library.measure(documents)
        weights = fit([d for d in documents if not d.held_out])
        for name, weight in zip(library.names, weights):
            print(f'{name:24} {weight:7.2f}')
        if args.sites:
            report_sites(library, documents, weights)
        else:
            report(library, documents, weights)
        if args.write:
            with open(args.model, 'w', encoding='utf-8') as f:
                f.write(library.model_with(weights))


if __name__ == '__main__':
    main()
