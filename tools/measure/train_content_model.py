#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the model of page mode for HTML and writes its weights into content_model.txt.

    tools/measure/train_content_model.py --features build/dev/dedup_content_features \\
        --model src/boilerplate/content_model.txt --pages PAGES [--seeds N] [--most N] [--write]

PAGES   a folder with NAME/source.html and NAME/expected.txt, the text of its article; INDEX.tsv
        beside them may name the site of each page in its third column. Pages whose names start
        with `charset-` are others in another charset, and are left out.

Needs numpy (Debian's python3-numpy). The features come from the library itself, through the program
dedup_content_features. The model is a logistic regression with a ridge, found by Newton's method;
a page weighs 100, of which a line has its share by characters^.8, and a board three times as much.
Each page is learned four times: as it is, as if its elements had no names, as if it had neither
title nor description, and with neither; so the model does not hang on what a site calls things.
A line is of the article where it stands in the expected text; lines are then taken or left one by
one while the score of the page rises. The score is F1 of the character bigrams of the lines chosen
against those of the expected text. Features are left out from the least weight on, until --most are
left.

Printed are the means over folds of sites, each judged by weights learned without any page of its
sites: the figures to quote. Settings and words were chosen by hand, on the pages below.

What the weights in the repository were trained on, none of which is in it: 103 pages of 90 sites
(news of 2011 and 2012, articles, boards and questions of 2020, blogs and pages of offices since
2000), 12,571 lines. Mean F1 with sites held out, two divisions into ten folds:

    .9552   as it is
    .9584   without parts beside the best element, and without sparing tables and headings, which
            recipes and encyclopedias lost
    .9555   learned from the pages as they are alone
    .9938   the lines that the labels choose: no choice of lines does better

    On the pages that it was trained on .9650. With the 35, 45, 60, 80 and 110 best features .9525,
    .9542, .9555, .9559, .9564 (three divisions, learned from the pages as they are).
"""

import argparse
import csv
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter

for variable in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS'):
    os.environ.setdefault(variable, '1')
import numpy as np

FOLDS, RIDGE, POWER, BOARDS = 10, 70.0, .8, 3.0
ONE = 256  # what features are parts of


def norm(text):
    """Letters and marks alone, in their plain forms."""
    return re.sub(r'\s+', '', unicodedata.normalize('NFKC', text))


def grams(text, n):
    return Counter(text[i:i + n] for i in range(len(text) - n + 1))


class Page:
    def __init__(self, name, board, title):
        self.name, self.board, self.title = name, board, norm(title)
        self.texts, self.chars, self.rows, self.said = [], [], [], []
        self.site = name

    def finish(self, want):
        self.want = norm(want)
        self.X = np.array(self.rows, float) / ONE
        self.n = np.array(self.chars, float)
        self.y = labels(self)
        del self.rows


def overlap(a, b):
    return sum(min(c, b[g]) for g, c in a.items() if g in b)


def labels(page):
    """1 for the lines of the article."""
    want, five = grams(page.want, 2), set(grams(page.want, 5))
    texts = [norm(text) for text in page.texts]

    def covered(text):
        if len(text) < 5:
            return float(bool(text) and text in page.want)
        hit = np.zeros(len(text), bool)
        for i in range(len(text) - 4):
            if text[i:i + 5] in five:
                hit[i:i + 5] = True
        return hit.mean()

    cover = [covered(text) for text in texts]
    sure = [i for i, text in enumerate(texts) if cover[i] >= .8 and len(text) >= 12]
    near = [not sure or len(text) >= 12 or sure[0] - 3 <= i <= sure[-1] + 3
            for i, text in enumerate(texts)]
    keep = [c >= .5 and n for c, n in zip(cover, near)]
    of_line = [grams(text, 2) for text in texts]
    have = Counter()
    for i, k in enumerate(keep):
        if k:
            have.update(of_line[i])
    both, size, all_ = overlap(have, want), sum(have.values()), sum(want.values())
    for _ in range(4):
        changed = False
        for i, bigrams in enumerate(of_line):
            if not bigrams or not keep[i] and not (cover[i] >= .5 and near[i]):
                continue
            sign = -1 if keep[i] else 1
            grown = sign * sum(bigrams.values())
            more = sum(min(have[g] + sign * c, want[g]) - min(have[g], want[g])
                       for g, c in bigrams.items() if g in want)
            if 2 * (both + more) / (size + grown + all_) > 2 * both / max(1, size + all_) + 1e-9:
                keep[i], both, size, changed = not keep[i], both + more, size + grown, True
                for g, c in bigrams.items():
                    have[g] += sign * c
        if not changed:
            break
    return np.array(keep, float)


def f1(page, chosen):
    lines = [norm(t) for t, c in zip(page.texts, chosen) if c]
    for _ in range(3):  # the headline is kept, and no part of the expected text
        if lines and len(lines[0]) >= 4 and lines[0] in page.title and lines[0] not in page.want:
            lines.pop(0)
    have = grams(''.join(lines), 2)
    want = grams(page.want, 2)
    both = overlap(have, want)
    return 2 * both / max(1, sum(have.values()) + sum(want.values()))


def read_pages(args, *switches, model=None, names=None):
    names = names or sorted(n for n in os.listdir(args.pages)
                            if not n.startswith('charset-')
                            and os.path.exists(os.path.join(args.pages, n, 'expected.txt')))
    paths = [os.path.join(args.pages, n, 'source.html') for n in names]
    out = subprocess.run([args.features, model or args.model, *switches],
                         input='\n'.join(paths) + '\n', capture_output=True, text=True,
                         check=True).stdout
    pages, features = {}, []
    for line in out.split('\n'):
        columns = line.split('\t')
        if columns[0] == 'names':
            features = columns[4:]
        elif columns[0] == 'page':
            name = os.path.basename(os.path.dirname(columns[1]))
            pages.setdefault(name, Page(name, columns[2] == '1', columns[3]))
        elif columns[0] == 'line':
            page = pages[name]
            page.texts.append(columns[1])
            page.chars.append(int(columns[2]))
            page.said.append(columns[3] == '0')
            page.rows.append(list(map(int, columns[4:])))
    index = os.path.join(args.pages, 'INDEX.tsv')
    sites = {}
    if os.path.exists(index):
        with open(index, encoding='utf-8') as rows:
            sites = {r[0]: r[2] for r in csv.reader(rows, delimiter='\t', quoting=csv.QUOTE_NONE)}
    for page in pages.values():
        with open(os.path.join(args.pages, page.name, 'expected.txt'), encoding='utf-8') as want:
            page.finish(want.read())
        page.site = sites.get(page.name, page.name)
    return list(pages.values()), features


def newton(X, y, w):
    mean = np.average(X, axis=0, weights=w)
    deviation = np.sqrt(np.average((X - mean) ** 2, axis=0, weights=w))
    deviation[deviation < 1e-2] = 1
    Z = np.hstack([(X - mean) / deviation, np.ones((len(X), 1))])
    b, ridge = np.zeros(Z.shape[1]), np.full(Z.shape[1], RIDGE)
    ridge[-1] = 1e-6
    for _ in range(15):
        q = 1 / (1 + np.exp(-np.clip(Z @ b, -30, 30)))
        h = w * np.maximum(q * (1 - q), 1e-6)
        slope = Z.T @ (w * (y - q)) - ridge * b
        step = np.linalg.solve((Z * h[:, None]).T @ Z + np.diag(ridge), slope)
        longest = np.abs(step).max()
        b += step * min(1, 2 / longest) if longest > 0 else step
        if longest < 1e-3:
            break
    return b[:-1], b[:-1] / deviation, b[-1] - (mean * b[:-1] / deviation).sum()


def fit(pages, most):
    """Weights of the features, in the order of the names; the first feature is always one."""
    X = np.vstack([p.X for p in pages])
    y = np.concatenate([p.y for p in pages])
    w = []
    for p in pages:
        v = np.minimum(p.n, 300) ** POWER
        w.append(25 * (BOARDS if p.board else 1) * v / v.sum())
    w = np.concatenate(w)
    left = np.arange(1, X.shape[1])
    standard, weights, always = newton(X[:, left], y, w)
    while len(left) > most:
        count = max(most, int(len(left) * .8))
        left = left[np.sort(np.argsort(-np.abs(standard))[:count])]
        standard, weights, always = newton(X[:, left], y, w)
    all_ = np.zeros(X.shape[1])
    all_[0], all_[left] = always, weights
    return all_


def folds(pages, seed):
    sites = sorted({p.site for p in pages})
    np.random.RandomState(seed).shuffle(sites)
    number = {site: i % FOLDS for i, site in enumerate(sites)}
    return [number[p.site] for p in pages]


def held_out(pages, others, names, args):
    """The library chooses, by a model of its own for each fold."""
    scores = {}
    for seed in range(args.seeds):
        fold = folds(pages, seed)
        for k in range(FOLDS):
            known = {p.name for p, f in zip(pages, fold) if f != k}
            weights = fit([p for p in pages + others if p.name in known], args.most)
            with tempfile.NamedTemporaryFile('w', encoding='utf-8') as model:
                with open(args.model, encoding='utf-8') as whole:
                    model.write(whole.read())
                model.flush()
                write(model.name, names, weights)
                unknown = [p.name for p, f in zip(pages, fold) if f == k]
                for p in read_pages(args, model=model.name, names=unknown)[0]:
                    scores.setdefault(p.name, []).append(f1(p, p.said))
    return {name: np.mean(s) for name, s in scores.items()}


def write(path, names, weights):
    with open(path, encoding='utf-8') as model:
        lines = [line for line in model.read().split('\n') if line]
    remarks = {r[1]: r[3:] for r in (line.split('\t') for line in lines) if r[0] == 'weight'}
    lines = [line for line in lines if not line.startswith('weight\t')]
    for name, weight in zip(names, weights):
        if round(weight, 2) != 0:
            lines.append('\t'.join(['weight', name, '%.2f' % weight] + remarks.get(name, [])))
    with open(path, 'w', encoding='utf-8') as model:
        model.write('\n'.join(lines) + '\n')


def main():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--features', required=True)
    p.add_argument('--model', required=True)
    p.add_argument('--pages', required=True)
    p.add_argument('--seeds', type=int, default=1)
    p.add_argument('--most', type=int, default=60)
    p.add_argument('--write', action='store_true')
    p.add_argument('--worst', type=int, default=0)
    args = p.parse_args()
    pages, names = read_pages(args)
    others = []
    for switches in (['--no-names'], ['--no-head'], ['--no-names', '--no-head']):
        others += read_pages(args, *switches)[0]
    ideal = np.mean([f1(page, page.y > 0) for page in pages])
    said = np.mean([f1(page, page.said) for page in pages])
    print('%d pages, %d lines; by labels %.4f, by the model as it is %.4f' %
          (len(pages), sum(len(page.n) for page in pages), ideal, said))
    if args.seeds:
        scores = held_out(pages, others, names, args)
        print('sites held out: %.4f' % np.mean(list(scores.values())))
        for name in sorted(scores, key=scores.get)[:args.worst]:
            print('  %-40s %.3f' % (name, scores[name]))
    if args.write:
        write(args.model, names, fit(pages + others, args.most))
    return 0


if __name__ == '__main__':
    sys.exit(main())
