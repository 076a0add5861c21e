#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/report_test.py DEDUP

The page of --report: its numbers, what it quotes, what it advises, and how it behaves in a browser,
where there is one.
"""
import html.parser
import json
import os
import shlex
import unittest

from browser import CHROMIUM, MISSING, Browser
from command_case import CommandCase

PARAGRAPH = ("春天的早晨我們沿著河岸慢慢走過去，看見遠處的山坡上開滿了白色的小花，孩子們在草地上放風箏，"
             "老人坐在樹下喝茶聊天，說起很多年以前這裡還是一片荒地的時候，大家怎樣一起修路種樹。")
OTHER = ("燈塔建成已有一百二十年，如今夜裡仍由兩人輪流守著，霧重時每隔半分鐘鳴笛一次，漁船循聲歸港，"
         "岸上的人聽見笛聲便知道海面起霧，各家把燈點到窗前，直到最後一條船靠岸。")
NOTICE = "本網轉載此文不代表本網觀點，如有侵權，請聯繫我們刪除。"
BYLINE = "責任編輯：林小滿"


class Page(html.parser.HTMLParser):
    """The page as a reader of its tags sees it."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags = []       # (name, attributes)
        self.scripts = []    # their texts
        self.styles = []
        self.counts = {}     # of the run
        self.rows = {}       # figures of the tables, by the first cell
        self.samples = []    # see Sample
        self.drawn = {}      # (reason, rule): words
        self.group = None
        self.row = None
        self.inside = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        self.inside.append((tag, attrs))
        if tag == "details":
            self.group = attrs["data-reason"], attrs["data-rule"]
        if tag == "article":
            self.samples.append({"reason": self.group[0], "rule": self.group[1],
                                 "site": attrs["data-site"], "del": "", "code": [], "text": "",
                                 "place": []})
        if tag == "tr":
            self.row = None
        if tag == "code" and self.within("article"):
            self.samples[-1]["code"].append("")
        if tag == "span" and attrs.get("class") == "place" and self.within("article"):
            self.samples[-1]["place"].append("")
        if tag in ("meta", "input", "br"):
            self.inside.pop()
        if tag == "td" and "data-v" in attrs and self.row:
            self.rows[self.row].append(float(attrs["data-v"]))

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def within(self, tag):
        return any(name == tag for name, _ in self.inside)

    def handle_data(self, data):
        tag, attrs = self.inside[-1] if self.inside else ("", {})
        if tag == "script":
            self.scripts.append(data)
        if tag == "style":
            self.styles.append(data)
        if "data-count" in attrs:
            self.counts[attrs["data-count"]] = int(data.replace(",", ""))
        if tag == "th" and "data-go" in attrs and not self.row:
            self.row = data
            self.rows.setdefault(data, [])
        if tag == "small" and "data-t" in attrs:
            self.drawn[self.group] = data
        if self.within("article"):
            sample = self.samples[-1]
            sample["text"] += data
            if self.within("del"):
                sample["del"] += data
            if self.within("code"):
                sample["code"][-1] += data
            if attrs.get("class") == "place":
                sample["place"][-1] += data


class Case(CommandCase):
    def page(self, *args, status=0):
        """Runs with a report, and reads it."""
        done = self.run_command("--report=r.html", *args, status=status)
        self.stats = done.stderr.decode()
        return Page(self.read("r.html").decode())

    def corpus(self, documents=40):
        """Records of two sites, of which some repeat others."""
        lines = []
        for i in range(documents):
            text = f"第{i}篇\n{PARAGRAPH if i % 3 else OTHER}\n這一段只有第{i}篇才有，說的是第{i}天的事。\n"
            text += f"{NOTICE}\n" if i % 2 else f"{BYLINE}\n海邊&nbsp;小城{i}\n"
            site = "sea.example" if i % 2 else "hill.example"
            lines.append(json.dumps({"id": f"https://{site}/{i}", "text": text}))
        return self.file("in.jsonl", "\n".join(lines) + "\n")


class Numbers(Case):
    def test_are_those_of_the_statistics(self):
        self.corpus()
        page = self.page("-n", "--stats=json", "in.jsonl")
        stats = json.loads(self.stats)
        self.assertEqual(json.loads(page.scripts[0]), stats)
        for name, value in page.counts.items():
            self.assertEqual(value, stats[name], name)
        self.assertEqual(len(page.counts), 11)
        for reason, count in stats["removed"].items():
            figures = page.rows.get(reason, [0, 0])[:2]
            self.assertEqual(figures, [count["items"], count["bytes"]], reason)
        for kind, count in stats["repaired"].items():
            self.assertEqual(page.rows.get(kind, [0])[0], count, kind)

    def test_of_rules_and_sites_add_up_to_them(self):
        self.corpus()
        page = self.page("-n", "--stats=json", "in.jsonl")
        removed = json.loads(self.stats)["removed"]
        rules = [figures for rule, figures in page.rows.items() if ": " in rule]
        self.assertEqual([sum(column) for column in zip(*rules)],
                         [removed["boilerplate"]["items"], removed["boilerplate"]["bytes"]])
        sites = [page.rows["sea.example"], page.rows["hill.example"]]
        self.assertEqual([sum(column) for column in zip(*sites)][:2],
                         [40, sum(count["bytes"] for reason, count in removed.items()
                                  if reason != "repair")])

    def test_a_text_without_edits_has_a_page_too(self):
        self.file("in.txt", "一行。\n")
        page = self.page("-n", "in.txt")
        self.assertEqual((page.counts["documents"], page.samples), (1, []))

    def test_files_are_told_apart_by_their_directories(self):
        for name in ("a/1.txt", "a/2.txt", "b/1.txt"):
            self.file(name, f"{name}的正文。\n{BYLINE}\n")
        page = self.page("-n", "-r", "a", "b")
        self.assertEqual((page.rows["a/"][0], page.rows["b/"][0]), (2, 1))


class Samples(Case):
    def test_are_drawn_and_the_draw_is_told(self):
        records = [{"text": f"正文第{i}段。\n{BYLINE}\n"} for i in range(500)]
        self.file("in.jsonl", "".join(json.dumps(record) + "\n" for record in records))
        page = self.page("-n", "in.jsonl")
        group = "boilerplate", "byline: 责任编辑"
        self.assertEqual(page.drawn[group], "20 of 500 drawn at random")
        lines = [int(one["place"][0].split(":")[1]) for one in page.samples]
        self.assertEqual(len(set(lines)), 20)
        self.assertLess(min(lines), 100)
        self.assertGreater(max(lines), 400)

    def test_show_the_earlier_copy_with_its_text(self):
        self.file("in.txt", f"{PARAGRAPH}\n中間。\n{PARAGRAPH.replace('，', ',')}\n末尾。\n")
        page = self.page("-n", "in.txt")
        (sample,) = page.samples
        self.assertEqual(sample["place"], ["in.txt:3", "in.txt:1"])
        self.assertEqual(sample["del"], PARAGRAPH.replace("，", ","))
        self.assertIn(PARAGRAPH, sample["text"])
        for context in ("中間。", "末尾。"):
            self.assertIn(context, sample["text"])

    def test_show_repairs_before_and_after(self):
        self.file("in.txt", "海邊\u200b小城&hellip;到了。\n")
        page = self.page("-n", "in.txt")
        self.assertEqual({one["rule"]: one["del"] for one in page.samples},
                         {"invisible": "U+200B", "entity": "&hellip;"})


class Advice(Case):
    """What a sample says would have kept it does so."""

    def assert_kept(self, texts, *args, reason):
        names = [self.file(f"{i}.txt", text) for i, text in enumerate(texts)]
        gone = self.run_command(*args, *names).stdout.decode()
        samples = [one for one in self.page("-n", *args, *names).samples
                   if one["reason"] == reason]
        self.assertTrue(samples)
        for sample in samples:
            for advice in sample["code"]:
                more = shlex.split(advice)
                if advice.startswith("keep "):
                    more = ["--boilerplate-rules=" + self.file("own.rules", advice + "\n")]
                if more[0].endswith("=N"):
                    more = [more[0][:-1] + "999"]
                given = [one.split("=")[0] for one in more]
                before = [one for one in args if one.split("=")[0] not in given]
                kept = self.run_command(*before, *more, *names).stdout.decode()
                self.assertGreater(kept.count(sample["del"]), gone.count(sample["del"]), advice)

    def test_boilerplate(self):
        self.assert_kept([f"正文。\n未經授權不得轉載\n正文二。\n{BYLINE}\n", "正文三。\n返回頂部\n"],
                         reason="boilerplate")

    def test_boilerplate_beside_classes_that_are_left_out_already(self):
        self.assert_kept([f"正文。\n未經授權不得轉載\n正文二。\n{BYLINE}\n"],
                         "--boilerplate=rules,-byline", reason="boilerplate")

    def test_furniture_of_pages(self):
        links = "".join(f"<li><a href=/{i}>第{i}則舊聞的標題</a></li>" for i in range(9))
        self.assert_kept(["<!doctype html><title>燈塔夜話</title><div class=nav><a href=/a>首頁</a> "
                          "<a href=/b>城市</a> <a href=/c>體育</a></div><div class=main><h1>燈塔夜話"
                          f"</h1><div class=text><p>{OTHER}</p><p>{PARAGRAPH}</p></div></div>"
                          f"<div class=hot><h3>城中舊聞</h3><ul>{links}</ul></div>"
                          "<div class=footer><a href=/c>關於我們</a></div>"],
                         reason="boilerplate")

    def test_repeats_within_a_document(self):
        self.assert_kept([f"{PARAGRAPH}\n中間的話。\n{PARAGRAPH}\n"], reason="repeated-block")

    def test_repeats_across_documents(self):
        self.assert_kept([f"甲\n{PARAGRAPH}\n乙\n", f"丙\n{PARAGRAPH}\n丁\n"],
                         reason="repeated-block")

    def test_documents(self):
        self.assert_kept([f"{PARAGRAPH}\n{OTHER}\n"] * 2, "--runs=off", "--paragraphs=off",
                         reason="duplicate-document")

    def test_near_paragraphs(self):
        self.assert_kept([f"{PARAGRAPH}\n中間的話。\n{PARAGRAPH.replace('慢慢', '漫慢')}\n"],
                         "--near", reason="near-duplicate")

    def test_sentences(self):
        run = (f"{PARAGRAPH}{OTHER}霧散之後漁船又陸續出海，港口裡只剩下幾隻舊舢舨和曬網的竹竿，"
               "孩子們便在堤上追著海鷗跑來跑去。")
        self.assert_kept([f"{run}\n中間的話。\n開頭不同。{run}結尾也不同。\n"],
                         reason="repeated-sentences")


class Safety(Case):
    HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&<!--"

    def test_no_text_becomes_markup(self):
        name = "x<img src=x onerror=alert(1)>.jsonl"
        record = {"id": f"https://a\"b.example/{self.HOSTILE}",
                  "text": f"正文\u2028{self.HOSTILE}\u202e\n責任編輯：{self.HOSTILE}\n"
                          f"責任編輯：林\u2029小滿{self.HOSTILE}\n正文&nbsp;\u0000\n"}
        self.file(name, json.dumps(record) + "\n")
        own = self.file("own.rules", f"class </script><b>\nstrong {NOTICE[2:9]}</script>\n")
        page = self.page("-n", f"--boilerplate-rules={own}", name)
        names = {tag for tag, _ in page.tags}
        self.assertEqual(sum(1 for tag, _ in page.tags if tag == "script"), 2)
        self.assertFalse(names & {"img", "iframe", "link", "object", "base"})
        for tag, attributes in page.tags:
            self.assertFalse([one for one in attributes if one.startswith("on")], tag)
        text = self.read("r.html").decode()
        for hidden in "\u2028\u2029\u202e\u0000":
            self.assertNotIn(hidden, text)
        self.assertIn("U+202E", text)
        self.assertTrue(any(self.HOSTILE in one["text"] for one in page.samples))

    def test_nothing_is_fetched(self):
        self.corpus()
        page = self.page("-n", "in.jsonl")
        for tag, attributes in page.tags:
            self.assertNotIn("src", attributes, tag)
            self.assertTrue(attributes.get("href", "#").startswith("#"), attributes)
        self.assertNotIn("url(", "".join(page.styles))
        self.assertIn("default-src 'none'", self.read("r.html").decode())

    def test_it_stays_small_whatever_the_run(self):
        filler = "&<>\"'" * 200
        lines = [json.dumps({"id": f"https://{'h' * 80}{i}.example/", "text":
                             f"正文{i}。\n責任編輯：{filler}{i}\n本文第{i}段。\n" + NOTICE + "\n" +
                             "".join(f"類{i % 5000}聲明\n" for _ in range(2))})
                 for i in range(21000)]
        self.file("in.jsonl", "\n".join(lines) + "\n")
        rules = "class many\n" + "".join(f"line 類{i}聲明\n" for i in range(5000))
        self.file("own.rules", rules)
        page = self.page("-n", "--boilerplate-rules=own.rules", "in.jsonl")
        self.assertLess(os.path.getsize(self.path("r.html")), 5_000_000)
        self.assertIn("(others)", self.read("r.html").decode())
        self.assertRegex(self.read("r.html").decode(), r"and [\d,]+ more, of [\d,]+ bytes")
        self.assertLessEqual(len(page.samples), 1200)


class Files(Case):
    def test_two_runs_make_the_same_page(self):
        self.corpus(400)
        pages = set()
        for threads in (1, 1, 2, 5):
            self.run_command("-n", "--report=r.html", f"-T{threads}", "in.jsonl")
            pages.add(self.read("r.html").replace(b"-T%d" % threads, b""))
        self.assertEqual(len(pages), 1)

    def test_it_changes_nothing_of_what_is_written(self):
        self.corpus()
        plain = self.run_command("in.jsonl").stdout
        self.assertEqual(self.run_command("--report=r.html", "in.jsonl").stdout, plain)

    def test_a_run_that_fails_leaves_the_old_one(self):
        self.file("r.html", "old")
        self.file("broken.txt.gz", b"\x1f\x8b\x08\0broken")
        self.run_command("--report=r.html", "broken.txt.gz", status=2)
        self.assertEqual(self.read("r.html"), b"old")
        self.assertEqual([name for name in os.listdir(self.folder) if "r.html" in name], ["r.html"])

    def test_damaged_input_has_one(self):
        self.file("in.txt", b"abc\xff\n")
        page = self.page("-n", "in.txt", status=1)
        self.assertEqual(page.counts["broken_sequences"], 1)

    def test_it_goes_to_standard_output_where_that_is_free(self):
        self.file("in.txt", "一行。\n")
        out = self.run_command("-n", "--report=-", "in.txt").stdout
        self.assertTrue(out.startswith(b"<!doctype html>"))

    def test_what_makes_no_sense_is_refused_before_anything_is_read(self):
        self.file("in.txt", "一行。\n")
        for args, said in [(["--report=-"], "--report=- needs -o, -i"),
                           (["--report="], "needs a value"),
                           (["--report=in.txt"], "names a file that is read"),
                           (["--report=x", "-o", "x"], "name the same file"),
                           (["--report=x", "--removed=x"], "name the same file"),
                           (["-n", "--report=-", "--removed=-"], "standard output"),
                           (["--report=d/in.txt", "--output-dir=d"], "also written"),
                           (["--report=x", "--joblog=x", "--output-dir=d"], "the same file"),
                           (["--report=x", "--report=y"], "given twice")]:
            done = self.run_command(*args, "in.txt", status=64)
            self.assertIn(said, done.stderr.decode())
        self.assertEqual(os.listdir(self.folder), ["in.txt"])


@unittest.skipUnless(CHROMIUM, MISSING)
class InABrowser(Case):
    SHOWN = "[...document.querySelectorAll('article')].filter(one => one.checkVisibility())"

    def browse(self, language="en-US"):
        browser = Browser(language)
        self.addCleanup(browser.__exit__)
        return browser

    def shown(self, browser):
        """Sites of the samples that are not filtered away."""
        return browser.run("[...document.querySelectorAll('article:not([hidden])')]"
                           ".map(one => one.dataset.site)")

    def test_filters_and_links(self):
        self.corpus()
        every = len(self.page("-n", "in.jsonl").samples)
        browser = self.browse()
        browser.show(self.path("r.html"))
        self.assertEqual(len(self.shown(browser)), every)
        self.assertEqual(browser.run("document.getElementById('found').textContent"),
                         f"{every} of {every} samples shown")

        browser.run("[...document.querySelectorAll('#sites a')]"
                    ".find(one => one.textContent === 'sea.example').click()")
        self.wait(browser, "location.hash === '#site=sea.example'")
        self.wait(browser, "document.querySelector('[name=site]').value === 'sea.example'")
        self.assertEqual(set(self.shown(browser)), {"sea.example"})
        self.assertLess(len(self.shown(browser)), every)

        browser.run("let box = document.querySelector('[name=q]'); box.value = '小城12';"
                    "box.form.reset(); box.value = '小城12';"
                    "box.dispatchEvent(new Event('input', {bubbles: true}))")
        self.wait(browser, "new URLSearchParams(location.hash.slice(1)).get('q') === '小城12'")
        self.assertEqual(set(self.shown(browser)), {"hill.example"})
        self.assertTrue(all("小城12" in text for text in browser.run(
            f"{self.SHOWN}.map(one => one.textContent)")))

        browser.run("document.querySelector('#filter button').click()")
        self.wait(browser, "location.hash === '#samples'")
        self.assertEqual(len(self.shown(browser)), every)

    def wait(self, browser, condition):
        self.assertTrue(browser.run(
            "new Promise(done => { let tries = 0; const look = () => "
            f"({condition}) ? done(true) : ++tries > 100 ? done(false) : setTimeout(look, 20); "
            "look(); })"), condition)

    def test_a_fragment_is_a_link_to_samples(self):
        self.corpus()
        self.page("-n", "in.jsonl")
        browser = self.browse()
        browser.show(self.path("r.html"), "#reason=repair&q=nbsp")
        self.assertTrue(self.shown(browser))
        self.assertEqual(browser.run("[...document.querySelectorAll('article:not([hidden])')]"
                                     ".every(one => one.closest('details').dataset.reason"
                                     " === 'repair')"), True)

    def test_tables_sort(self):
        self.corpus()
        self.page("-n", "in.jsonl")
        browser = self.browse()
        browser.show(self.path("r.html"))
        figures = ("[...document.querySelectorAll('#reasons tbody tr')]"
                   ".map(row => Number(row.cells[2].dataset.v))")
        head = "document.querySelectorAll('#reasons thead th')[2]"
        browser.run(f"{head}.querySelector('button').click()")
        self.assertEqual(browser.run(f"{head}.getAttribute('aria-sort')"), "descending")
        self.assertEqual(browser.run(figures), sorted(browser.run(figures), reverse=True))
        browser.run(f"{head}.querySelector('button').click()")
        self.assertEqual(browser.run(figures), sorted(browser.run(figures)))

    def test_it_fits_a_phone(self):
        self.corpus()
        self.page("-n", "in.jsonl")
        browser = self.browse()
        for width in (375, 800, 1400):
            browser.width(width)
            browser.show(self.path("r.html"))
            self.assertLessEqual(browser.run("document.scrollingElement.scrollWidth"), width)

    def test_it_speaks_chinese_where_the_browser_does(self):
        self.corpus()
        self.page("-n", "in.jsonl")
        browser = self.browse("zh-CN")
        browser.show(self.path("r.html"))
        self.assertEqual(browser.run("document.querySelector('h1').textContent"), "删去了什么")
        self.assertEqual(browser.run("document.documentElement.lang"), "zh")


if __name__ == "__main__":
    unittest.main()
