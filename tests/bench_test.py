# SPDX-License-Identifier: Apache-2.0
"""The parts of tools/bench: the corpus keeps to its model, and the report can be read.

bench_test.py DEDUP: the command, for one real measurement of each kind."""
import io
import os
import re
import sys
import tempfile
import unittest
import xml.etree.ElementTree

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools/measure"))
import bench_corpus  # noqa: E402
import bench_run  # noqa: E402
import html_peers  # noqa: E402
import instructions  # noqa: E402


def corpus(size, seed):
    out = io.BytesIO()
    bench_corpus.write(out, size, seed)
    return out.getvalue()


class Corpus(unittest.TestCase):
    def test_the_same_seed_gives_the_same_bytes_and_another_others(self):
        self.assertEqual(corpus(200_000, 5), corpus(200_000, 5))
        self.assertNotEqual(corpus(200_000, 5), corpus(200_000, 6))

    def test_it_ends_at_a_line_and_nearly_at_the_size(self):
        data = corpus(300_000, 1)
        self.assertTrue(data.endswith(b"\n"))
        self.assertTrue(299_000 < len(data) <= 300_000)

    def test_rates_are_those_of_the_model(self):
        lines = [line for line in corpus(3_000_000, 1).decode().split("\n") if line]
        prose = [line for line in lines if line.endswith("。")]
        repeated = 1 - len(set(prose)) / len(prose)
        self.assertTrue(0.03 < repeated < 0.08, repeated)
        ascii_only = sum(line.isascii() for line in lines) / len(lines)
        self.assertTrue(0.02 < ascii_only < 0.04, ascii_only)
        median = sorted(map(len, prose))[len(prose) // 2]
        self.assertTrue(50 < median < 110, median)

    def test_unique_paragraphs_are_unique(self):
        out = io.BytesIO()
        bench_corpus.write_unique(out, 25_000)
        lines = out.getvalue().decode().splitlines()
        self.assertEqual(len(lines), 25_000)
        self.assertEqual(len(set(lines)), 25_000)
        self.assertEqual({len(line) for line in lines}, {62})


class Budgets(unittest.TestCase):
    def test_a_budget_is_exceeded_by_more_than_two_percent_of_it(self):
        budgets = instructions.read_budgets("# a remark\nexact 20\nnear 80 # another\n\n")
        self.assertEqual(budgets, {"exact": 20.0, "near": 80.0})
        self.assertEqual(instructions.exceeded({"exact": 20.4, "near": 60.0}, budgets), [])
        self.assertEqual(instructions.exceeded({"exact": 20.5, "near": 60.0}, budgets), ["exact"])

    def test_a_mode_without_a_budget_is_over_it(self):
        self.assertEqual(instructions.exceeded({"exact": 0.1}, {}), ["exact"])

    def test_each_mode_has_a_budget(self):
        with open(instructions.BUDGETS, encoding="utf-8") as file:
            budgets = instructions.read_budgets(file.read())
        self.assertEqual(set(budgets), {*instructions.MODES, instructions.START})


class Report(unittest.TestCase):
    def test_table_and_chart_of_real_runs(self):
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "corpus")
            with open(path, "wb") as out:
                bench_corpus.write(out, 200_000)
            tools = ("cat", "wc -l", "sort -u", "dedup")
            listed = [entry for entry in bench_run.commands(DEDUP, True)
                      if entry[0].startswith(tools)]
            runs = bench_run.compare(listed, path, 2)
            self.assertTrue(all(len(results) == 2 for results in runs))
            table = bench_run.table(listed, runs, 200_000)
            self.assertEqual(len(table.splitlines()), 2 + len(listed))
            self.assertIn("| `sort -u` | 2 |", table)
            chart = bench_run.chart(listed, runs, 200_000, "caption & more".replace("&", "and"))
            tree = xml.etree.ElementTree.fromstring(chart)
            bars = tree.findall("{http://www.w3.org/2000/svg}rect")
            self.assertEqual(len(bars), len(listed) - 2)
            widths = [float(bar.get("width")) for bar in bars]
            self.assertAlmostEqual(max(widths), 440, delta=1)
            self.assertIn("ms from start to end", bench_run.cold_start(DEDUP, directory))
            self.assertIn("within 4 MiB (peak", bench_run.bounded(DEDUP, directory, True))
            charsets = bench_run.charsets(DEDUP, path, directory)
            self.assertIn("of the speed of the same text", charsets)
            packed = bench_run.packed(DEDUP, path, directory)
            for pack in ("gzip", "zstd", "xz"):
                self.assertIn(f"| {pack} | `{pack} -dc` |", packed)

    def test_pages_are_varied_in_their_text_alone(self):
        with tempfile.TemporaryDirectory() as directory:
            paths = bench_corpus.write_pages(directory, 500_000, bench_run.PAGES)
            pages = bench_corpus.read_pages(bench_run.PAGES)
            self.assertGreater(len(paths), len(pages))
            first, again = (html_peers.read(paths[i]) for i in (0, len(pages)))
            self.assertNotEqual(first, again)
            def tags(page):
                return re.findall(r"<[^>]*>", re.sub(r' data-spm="\d*"', "", page))
            self.assertEqual(tags(first), tags(again))
            run = bench_run.Run([DEDUP, "-q", "-f", "html", *paths], os.devnull)
            self.assertEqual(run.returncode, 0)

    def test_pages_have_the_shares_of_those_on_the_web(self):
        with tempfile.TemporaryDirectory() as directory:
            paths = bench_corpus.write_pages(directory, 500_000, bench_run.PAGES)
            pages = "".join(map(html_peers.read, paths))
            bare = re.sub(r"(?is)<(script|style)\b.*?</\1>", "", pages)
            text = re.sub(r"<[^>]*>", "", bare)
            size = len(pages.encode())
            self.assertAlmostEqual(len(bare.encode()) / size, 1 - bench_corpus.SCRIPT_SHARE,
                                   delta=0.05)
            self.assertAlmostEqual(len(text.encode()) / size, 0.24, delta=0.05)


if __name__ == "__main__":
    DEDUP = sys.argv.pop(1)
    unittest.main()
