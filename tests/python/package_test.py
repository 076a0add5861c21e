# SPDX-License-Identifier: Apache-2.0
"""The package as a caller sees it."""
import array
import doctest
import gzip
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import dedup

NEWS = ("濱海海洋館開放夜遊，每週五、六兩晚，限二百人。遊客可在海底隧道旁搭帳篷過夜，看魚群在微光裡洄遊，"
        "清晨再由講解員帶領餵食企鵝。館方表示，八月場次已於昨日售完，九月場次下週一開放預約，額滿為止。"
        "票價成人三百元，兒童半價，憑票可搭接駁車往返輕軌站。\n")
OTHER = ("山城博物館昨天展出一批清代的地圖，館員說其中三幅從未公開，觀眾可以在二樓的展廳裡看到它們，展期到九月"
         "底為止，週一休館。策展人介紹，這些地圖是城裡一戶人家捐贈的，他們的祖上曾是這裡的測量師，"
         "在山裡走了三十年，把每一條小路都畫在紙上。\n")
BYLINE = "責任編輯：林小滿\n"


class Clean(unittest.TestCase):
    def test_examples_of_the_docstrings(self):
        failed, tried = doctest.testmod(dedup)
        self.assertEqual(failed, 0)
        self.assertGreater(tried, 0)

    def test_str_and_bytes_in_any_charset_packed_or_not(self):
        text = NEWS + BYLINE
        for page in (text, text.encode(), bytearray(text.encode()), memoryview(text.encode()),
                     text.encode("gb18030"), gzip.compress(text.encode())):
            with self.subTest(type(page)):
                self.assertEqual(dedup.clean(page), NEWS)
        self.assertEqual(dedup.clean(NEWS.encode("big5"), encoding="big5"), NEWS)
        self.assertEqual(dedup.clean(""), "")
        for wrong in (7, array.array("i", [1, 2]), [NEWS]):
            with self.assertRaisesRegex(TypeError, "shows (its )?bytes"):
                dedup.clean(wrong)
        with self.assertRaises(TypeError):
            dedup.clean(None)

    def test_a_str_is_not_decoded_once_more(self):
        for name in ("utf-8", "UTF-8", "utf8"):
            self.assertEqual(dedup.clean("甲乙丙", encoding=name), "甲乙丙")
        with self.assertRaisesRegex(dedup.Misuse, "decoded already: encoding=gbk"):
            dedup.clean("甲乙丙", encoding="gbk")

    def test_surrogates_are_characters_in_pairs_and_damage_alone(self):
        self.assertEqual(dedup.clean("a\ud83d\ude00b\ud800c"), "a\U0001F600b\ufffdc")

    def test_nul_is_data(self):
        self.assertEqual(dedup.clean("甲\0乙\n", repair=False), "甲\0乙\n")


def needed_by(path):
    """Libraries that a file of the package takes from elsewhere, but those of the compilers."""
    needed = subprocess.run(["ldd", path], check=True, capture_output=True, text=True).stdout
    package = os.path.dirname(os.path.dirname(dedup._dedup.__file__))
    return [line.split()[0] for line in needed.splitlines() if package not in line
            and not re.match(r"\s*(linux-vdso|/lib\S*/ld-linux|lib(c|m|stdc\+\+|gcc_s|dl|"
                             r"pthread|rt)\.so)", line)]


class Wheel(unittest.TestCase):
    def test_it_needs_no_library_of_the_system_but_those_of_the_compilers(self):
        self.assertEqual(needed_by(dedup._dedup.__file__), [])

    def test_the_command_in_it_takes_zlib_besides(self):
        command = os.path.join(os.path.dirname(dedup.__file__), "bin", "dedup")
        self.assertEqual(needed_by(command), ["libz.so.1"])

    def test_types_are_told(self):
        package = os.path.dirname(dedup.__file__)
        self.assertTrue({"py.typed", "_dedup.pyi"} <= set(os.listdir(package)))


class CleanerTest(unittest.TestCase):
    def test_a_reprint_has_the_name_of_what_it_repeats(self):
        cleaner = dedup.Cleaner()
        first = cleaner.clean(NEWS + BYLINE, url="https://a.example/1")
        self.assertIsNone(first.duplicate)
        self.assertEqual(first.text, NEWS)
        (edit,) = first.edits
        self.assertEqual((edit.reason, edit.text, edit.block), ("boilerplate", BYLINE, 1))
        again = cleaner.clean(NEWS.encode("gb18030"), name="reprint")
        self.assertEqual(again.text, "")
        self.assertEqual(again.duplicate.name, "https://a.example/1")
        self.assertEqual(again.edits[0].first.document, 0)
        self.assertEqual(again.encoding.name, "GB18030")
        self.assertEqual(cleaner.stats.removed["duplicate-document"].items, 1)
        self.assertEqual(cleaner.stats.documents, 2)

    def test_edits_undone_give_the_decoded_document(self):
        page = NEWS + "\n" + BYLINE + "\n" + OTHER + "\n" + NEWS
        cleaned = dedup.Cleaner().clean(page)
        decoded, at = b"", 0
        clean = cleaned.text.encode()
        for edit in cleaned.edits:
            size = edit.start - len(decoded)
            decoded += clean[at:at + size]
            at += size
            self.assertTrue(clean[at:].startswith(edit.replacement.encode()))
            at += len(edit.replacement.encode())
            decoded += edit.text.encode()
        self.assertEqual((decoded + clean[at:]).decode(), page)

    def test_a_page_says_what_it_is(self):
        page = ("<!DOCTYPE html><html lang=zh><head><meta charset=gbk><title>夜遊</title></head><body>"
                f"<p>{NEWS}</p></body></html>")
        cleaned = dedup.Cleaner().clean(page.encode("gbk"))
        self.assertEqual((cleaned.facts.title, cleaned.facts.language), ("夜遊", "zh"))
        self.assertEqual(cleaned.encoding.source, "markup")
        self.assertIn("微光裡洄遊", cleaned.text)

    def test_damage_is_told_and_not_raised(self):
        cleaned = dedup.Cleaner().clean(NEWS.encode() + b"\xe7\n" + OTHER.encode())
        self.assertEqual((cleaned.damage.sequences, cleaned.damage.offset), (1, len(NEWS.encode())))
        packed = gzip.compress(os.urandom(100) + NEWS.encode())
        self.assertEqual(dedup.Cleaner().clean(packed[:-4]).unpacking, "truncated")

    def test_options_are_known_by_name_and_explained(self):
        names = dedup._dedup.option_names()
        self.assertEqual(names, list(dedup.Options.__annotations__))
        for name in names:
            self.assertRegex(dedup.Options.__doc__, f"(?m)^    {name} : \\w+\n        [^\n]{{20}}")
        self.assertEqual(dedup.clean(NEWS + BYLINE, boilerplate="off"), NEWS + BYLINE)
        self.assertEqual(dedup.clean(NEWS + BYLINE, boilerplate=None), NEWS)
        self.assertEqual(dedup.clean(NEWS + BYLINE, boilerplate_without=["byline"]), NEWS + BYLINE)
        self.assertEqual(dedup.clean("本店出品\n" + NEWS, boilerplate_rules="class shop\nstrong 本店出品\n"),
                         NEWS)
        with self.assertRaisesRegex(TypeError, "there is no option 'near'"):
            dedup.Cleaner(near=True)
        with self.assertRaisesRegex(TypeError, "'min_block'"):
            dedup.Cleaner(min_block="forty")
        with self.assertRaisesRegex(TypeError, "'threads'"):
            dedup.Cleaner(threads=-1)
        with self.assertRaisesRegex(dedup.InvalidOption, "scope must be one of document, corpus"):
            dedup.Cleaner(scope="world")
        with self.assertRaisesRegex(dedup.InvalidOption, "min_block must be at least 1"):
            dedup.Cleaner(min_block=0)
        with self.assertRaisesRegex(dedup.FormatError, "a rule needs a class"):
            dedup.Cleaner(boilerplate_rules="strong 本店出品\n")
        self.assertTrue(issubclass(dedup.FormatError, dedup.Error))
        self.assertEqual(dedup.Error.__module__, "dedup")

    def test_script_is_converted_by_the_dictionaries_that_came_along(self):
        self.assertTrue(dedup.converts_scripts())
        self.assertEqual(dedup.clean("這裡說的話都是繁體寫的。\n", script="simplified"),
                         "这里说的话都是繁体写的。\n")
        with self.assertRaisesRegex(dedup.Error, "/nowhere/"):
            dedup.Cleaner(script="traditional", script_dictionaries="/nowhere")

    def test_little_memory_changes_nothing(self):
        pages = [f"第{i % 300}頁。" + NEWS for i in range(600)]
        few = [page.text for page in dedup.Cleaner(memory=1).clean_all(pages)]
        self.assertEqual(few, [page.text for page in dedup.Cleaner().clean_all(pages)])

    def test_a_learned_model(self):
        learner = dedup.BoilerplateLearner(min_documents=2)
        frame = "晨星商城歡迎您來選購本月的新品與特價商品\n"
        for number in range(4):
            learner.learn(frame + f"第{number}件商品的說明：" + OTHER, url="https://shop.example/")
        self.assertEqual(learner.missed, 0)
        model = learner.model()
        self.assertIsInstance(model, bytes)
        cleaned = dedup.Cleaner(boilerplate_model=model).clean(frame + NEWS, url="https://shop.example/9")
        self.assertEqual(cleaned.text, NEWS)

    def test_structure(self):
        lines = dedup.structure_of("# 語法\n- 甲\n- 乙\n")
        self.assertEqual([(line.kind, line.joins) for line in lines],
                         [("heading", False), ("item", False), ("item", True)])
        with self.assertRaises(TypeError):
            dedup.structure_of(b"a")


class Batches(unittest.TestCase):
    def test_a_batch_is_page_after_page(self):
        pages = [NEWS, OTHER.encode("gb18030"), NEWS + BYLINE, "", gzip.compress(OTHER.encode())]
        names = [f"{number}" for number in range(len(pages))]
        one = dedup.Cleaner()
        expected = [one.clean(page, name=name) for page, name in zip(pages, names)]
        for threads in (1, 2, 4):
            cleaner = dedup.Cleaner(threads=threads)
            cleaned = cleaner.clean_all(pages, names=names)
            self.assertEqual([page.text for page in cleaned], [page.text for page in expected])
            self.assertEqual([page.duplicate and page.duplicate.name for page in cleaned],
                             [None, None, "0", None, "1"])
            self.assertEqual(cleaner.stats, one.stats)
        self.assertEqual(dedup.Cleaner().clean_all([]), [])

    def test_columns_are_one_for_all_or_one_each(self):
        cleaner = dedup.Cleaner()
        self.assertEqual(len(cleaner.clean_all([NEWS, OTHER], urls="https://a.example/",
                                               content_types=["text/plain", ""])), 2)
        with self.assertRaisesRegex(ValueError, "urls has another length than pages"):
            cleaner.clean_all([NEWS], urls=["a", "b"])
        for wrong in ([NEWS, None], NEWS, NEWS.encode(), 7):
            with self.assertRaises(TypeError):
                cleaner.clean_all(wrong)
        with self.assertRaisesRegex(TypeError, "urls is a str, or a sequence"):
            cleaner.clean_all([NEWS], urls=7)
        self.assertEqual(cleaner.stats.documents, 2)

    def test_values_outlive_the_cleaner(self):
        cleaner = dedup.Cleaner()
        edits = cleaner.clean_all([NEWS + BYLINE])[0].edits
        cleaner.close()
        del cleaner
        self.assertEqual(edits[0].text, BYLINE)

    def test_other_threads_go_on_meanwhile(self):
        pages = [f"第{i}頁。" + NEWS * 20 for i in range(3000)]
        turns, stop = 0, threading.Event()

        def count():
            nonlocal turns
            while not stop.is_set():
                turns += 1
                time.sleep(.001)

        thread = threading.Thread(target=count)
        thread.start()
        begun = time.monotonic()
        dedup.Cleaner().clean_all(pages)
        passed = time.monotonic() - begun
        stop.set()
        thread.join()
        self.assertGreater(turns, passed / .001 / 20)

    def test_daemon_threads_do_not_end_the_process(self):
        program = ("import dedup, threading, time\n"
                   "def work():\n"
                   "    while True: dedup.clean('濱海海洋館開放夜遊。' * 50)\n"
                   "for _ in range(4): threading.Thread(target=work, daemon=True).start()\n"
                   "time.sleep(.2)\n")
        for _ in range(3):
            done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True,
                                  timeout=60)
            self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_a_cleaner_is_not_for_a_forked_process(self):
        cleaner = dedup.Cleaner(threads=2)
        cleaner.clean_all([NEWS] * 10)
        child = os.fork()
        if child == 0:
            status = 1
            try:
                cleaner.clean(NEWS)
            except dedup.Misuse:
                del cleaner
                status = 0
            os._exit(status)
        self.assertEqual(os.waitpid(child, 0)[1], 0)
        self.assertIsNotNone(cleaner.clean(NEWS).duplicate)

    def test_threads_share_a_cleaner_and_an_index(self):
        index = dedup.Index()
        shared = dedup.Cleaner(index)

        def crawl(cleaner):
            for number in range(200):
                cleaner.clean(f"第{number}頁。" + NEWS)

        threads = [threading.Thread(target=crawl, args=(cleaner,))
                   for cleaner in (shared, shared, dedup.Cleaner(index), dedup.Cleaner(index))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(index.documents, 800)
        self.assertEqual(shared.stats.documents, 400)


class IndexTest(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.path = os.path.join(place.name, "seen.index")

    def test_the_next_run_knows_what_this_one_has_seen(self):
        program = ("import dedup, sys\n"
                   "with dedup.Index.open(sys.argv[1]) as index:\n"
                   "    page = dedup.Cleaner(index).clean(sys.argv[2], url=sys.argv[3])\n"
                   "    print(page.duplicate and page.duplicate.name)\n")
        said = [subprocess.run([sys.executable, "-c", program, self.path, NEWS, url], check=True,
                               capture_output=True, text=True).stdout for url in ("a", "b")]
        self.assertEqual(said, ["None\n", "a\n"])
        self.assertEqual(dedup.index_facts(self.path).documents, 2)

    def test_what_was_not_committed_is_forgotten(self):
        with self.assertRaises(KeyError):
            with dedup.Index.open(self.path) as index:
                dedup.Cleaner(index).clean(NEWS)
                raise KeyError
        with dedup.Index.open(self.path) as index:
            self.assertEqual(index.documents, 0)
            cleaner = dedup.Cleaner(index)
            cleaner.clean(NEWS, name="\udce9.txt")
            index.prepare()
            self.assertEqual(index.commit(), 1)
            self.assertEqual(index.name_of(0), "\udce9.txt")
            with self.assertRaisesRegex(dedup.IndexFileError, "(?s).*seen.index"):
                dedup.Index.open(self.path)
            with dedup.Index.open(self.path, read_only=True) as reader:
                self.assertEqual(dedup.Cleaner(reader).clean(NEWS).duplicate.name, "\udce9.txt")

    def test_a_closed_index_closes_its_cleaners_and_frees_the_file(self):
        index = dedup.Index.open(self.path)
        cleaner = dedup.Cleaner(index)
        index.close()
        index.close()
        for call in (lambda: cleaner.clean(NEWS), lambda: cleaner.stats, index.commit,
                     lambda: index.documents, lambda: dedup.Cleaner(index)):
            with self.assertRaisesRegex(dedup.Misuse, "is closed"):
                call()
        dedup.Index.open(self.path).close()

    def test_an_index_outlives_its_variable(self):
        cleaner = dedup.Cleaner(dedup.Index.open(self.path))
        cleaner.clean(NEWS)
        self.assertIsNotNone(cleaner.clean(NEWS).duplicate)

    def test_another_recipe_or_option_is_refused_by_name(self):
        with dedup.Index.open(self.path) as index:
            dedup.Cleaner(index).clean(NEWS)
        with dedup.Index.open(self.path) as index:
            with self.assertRaisesRegex(dedup.InvalidOption, "boilerplate=auto, and is asked with"):
                dedup.Cleaner(index, boilerplate="off")

    def test_upkeep(self):
        secret = bytes(range(32))
        for number, page in enumerate((NEWS, OTHER)):
            with dedup.Index.open(f"{self.path}{number}", secret=secret) as index:
                dedup.Cleaner(index).clean(page, name=str(number))
        dedup.merge_indexes([f"{self.path}0", f"{self.path}1"], self.path)
        dedup.check_index(self.path)
        self.assertEqual(dedup.index_facts(self.path).documents, 2)
        self.assertEqual(dedup.forget_documents(self.path, name="0"), 1)
        self.assertEqual(dedup.forget_documents(self.path, before=0), 0)
        dedup.compact_index(self.path)
        with dedup.Index.open(self.path) as index:
            cleaner = dedup.Cleaner(index)
            self.assertIsNone(cleaner.clean(NEWS).duplicate)
            self.assertEqual(cleaner.clean(OTHER).duplicate.name, "1")
        with open(self.path, "r+b") as file:
            file.seek(-20, os.SEEK_END)
            file.write(b"damage")
        with self.assertRaises(dedup.IndexFileError):
            dedup.check_index(self.path)

    def test_faults_name_paths_that_are_not_utf_8(self):
        for call in (dedup.Index.open, dedup.index_facts, dedup.check_index, dedup.compact_index):
            with self.assertRaisesRegex(dedup.IndexFileError, "no\udcff/x"):
                call("no\udcff/x")

    def test_a_secret_is_32_bytes(self):
        for wrong in (b"", bytes(31), "a" * 32):
            with self.assertRaisesRegex(dedup.InvalidOption, "a secret is 32 bytes"):
                dedup.Index(secret=wrong)


if __name__ == "__main__":
    unittest.main()
