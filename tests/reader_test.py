# SPDX-License-Identifier: Apache-2.0
"""Readers: where documents begin and end, what stands between them, and how places are named.

reader_test.py DEDUP"""
import bz2
import filecmp
import gzip
import json
import os
import subprocess
import unittest

from command_case import DEDUP, CommandCase

MARK = b"\xef\xbb\xbf"
LONG = ("春天的早晨我們沿著河岸慢慢走過去看見遠處的山坡上開滿了白色的小花孩子們在草地上放風箏老人坐在"
        "樹下喝茶聊天說起很多年以前這裡還是一片荒地的時候大家怎樣一起修路種樹")
OTHER = ("秋天收割以後田野忽然安靜下來稻草堆在路邊麻雀成群地落下又飛起傍晚時分村口的燈一盞一盞亮了歸家"
         "的人推著車從橋上經過水面上映著最後一點晚霞和遠處鐘樓的影子")


def record(text, **others):
    return (json.dumps({**others, "text": text}, ensure_ascii=False) + "\n").encode()


class Case(CommandCase):
    def out(self, *args, **others):
        return self.run_command(*args, **others).stdout

    def told(self, *args, **others):
        return self.run_command("-n", "-v", *args, **others).stderr.decode().splitlines()


class Places(Case):
    """-v counts files, records and the lines of a text from 1, whatever ends a line."""

    def test_each_kind_of_line_end_is_one(self):
        self.file("a.txt", f"一\r二\r\n三\n{LONG}\r五\n{LONG}\n")
        self.assertEqual(self.told("--runs=off", "a.txt"),
                         ["a.txt:6: repeated-block (first at a.txt:4)"])

    def test_also_behind_a_separator(self):
        self.file("a.txt", f"一\r二\r\n{LONG}\n===\n{LONG}\n===\n六\r\n{LONG}\n")
        self.assertEqual(self.told("--runs=off", "--documents=off", "--document-separator====",
                                   "a.txt"),
                         ["a.txt:5: repeated-block (first at a.txt:3)",
                          "a.txt:8: repeated-block (first at a.txt:3)"])

    def test_a_record_has_its_line_and_the_line_of_its_text(self):
        self.file("a.jsonl", b"\nbad\n" + record("一\n" + LONG) + record(LONG))
        self.assertEqual(self.told("-q", "a.jsonl", status=1)[-1],
                         "a.jsonl:4:1: repeated-block (first at a.jsonl:3:2)")

    def test_they_are_right_beyond_what_memory_holds(self):
        lines = [record(LONG), record(OTHER)]
        lines += [record(f"第{number}頁") for number in range(140_000)]
        self.file("a.jsonl", b"".join(lines))
        self.file("b.jsonl", record(OTHER) + record("第二頁的標題\n" + LONG))
        self.assertEqual(self.told("a.jsonl", "b.jsonl"),
                         ["b.jsonl:1:1: repeated-block (first at a.jsonl:2:1)",
                          "b.jsonl:2:2: repeated-block (first at a.jsonl:1:1)"])


class Between(Case):
    """What stands between records goes where the next record goes, and nothing is fused."""

    def test_a_lone_return_ends_no_line_of_jsonl(self):
        self.file("1.jsonl", record("a")[:-1] + b"\r")
        self.file("2.jsonl", record("b"))
        self.assertEqual(self.out("1.jsonl", "2.jsonl"),
                         record("a")[:-1] + b"\r\n" + record("b"))

    def test_but_one_of_text(self):
        self.file("1.txt", "a\r")
        self.file("2.txt", "b")
        self.assertEqual(self.out("1.txt", "2.txt"), b"a\rb")

    def test_files_that_end_in_half_a_blank_line_or_a_mark(self):
        for end in (b" ", MARK, b"\n \t"):
            self.file("1.jsonl", record("a") + end)
            self.file("2.jsonl", MARK + record("b"))
            self.assertEqual(self.out("1.jsonl", "2.jsonl"),
                             record("a") + end + b"\n" + MARK + record("b"))
            self.assertEqual(self.out("2.jsonl", "1.jsonl"),
                             MARK + record("b") + record("a") + end)

    def test_blank_lines_of_one_file_before_a_copy_in_the_next(self):
        page = LONG[:60] + "\n" + OTHER[:60]
        self.file("1.jsonl", record(page) + b"\n\n")
        self.file("2.jsonl", record(page) + record("c"))
        clean = self.out("--removed=list", "1.jsonl", "2.jsonl")
        self.assertEqual(clean.count(b"text"), 2)
        self.assertEqual(self.out("restore", "--removed=list", given=clean),
                         record(page) + b"\n\n" + record(page) + record("c"))

    def peak(self, *args):
        """MiB that the command took, at most. Those of this process would count: keep it small."""
        with open(os.path.join(self.folder, "out"), "wb") as out:
            child = subprocess.Popen([DEDUP, *args], cwd=self.folder, stdout=out)
            _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(child.returncode, 0)
        return usage.ru_maxrss >> 10

    def write(self, name, pieces):
        with open(os.path.join(self.folder, name), "wb") as file:
            for piece in pieces:
                file.write(piece)

    def test_any_number_of_blank_lines_takes_no_memory(self):
        blank = [b" \t\r\n" * (1 << 18)] * 96
        self.write("in.jsonl", [record("a"), *blank, record("b"), *blank])
        self.assertLess(self.peak("in.jsonl"), 90)  # of 192
        self.assertTrue(filecmp.cmp(os.path.join(self.folder, "in.jsonl"),
                                    os.path.join(self.folder, "out"), shallow=False))

    def test_a_stream_that_is_counted_first_is_not_held(self):
        self.write("in.jsonl", (record(f"{number} " + "x" * 1000) for number in range(150_000)))
        self.assertLess(self.peak("--keep=none", "-T1", "in.jsonl"), 120)  # of 150


class Learning(Case):
    """`learn` reads as the main job does."""

    def records(self, count):
        furniture = "海濱在線首頁\n本地要聞\n圖說海濱\n"
        return [record(f"{furniture}這是第{number}篇文章裡說到山坡的那一段話，篇篇寫的都是各不相同的第"
                       f"{number}件事情，說完就到這裡為止。\n海濱日報社主辦\n")
                for number in range(count)]

    def test_a_record_behind_a_mark_counts(self):
        lines = self.records(5)
        self.run_command("learn", "-f", "jsonl", "-o", "plain", given=b"".join(lines))
        self.run_command("learn", "-f", "jsonl", "-o", "marked", given=MARK + MARK.join(lines))
        page = self.records(7)[-1]
        clean = self.out("-f", "jsonl", "--boilerplate-model=plain", given=page)
        self.assertNotIn("海濱在線首頁".encode(), clean)
        self.assertEqual(self.out("-f", "jsonl", "--boilerplate-model=marked", given=page), clean)

    def test_bad_lines_are_named_ten_times_and_counted(self):
        told = self.run_command("learn", "-f", "jsonl", "-o", "model", status=1,
                              given=b"x\n" * 12).stderr.decode().splitlines()
        self.assertEqual(told[0], "dedup: standard input:1: bad line at offset 0: not valid JSON; "
                                  "passed over")
        self.assertEqual(len(told), 11)
        self.assertEqual(told[-1], "dedup: standard input: and 2 more bad lines, 12 in all")

    def test_a_line_that_is_too_long_is_passed_over(self):
        given = b"x" * (65 << 20) + b"\n" + b"".join(self.records(5))
        done = self.run_command("learn", "-f", "jsonl", "-o", "model", given=given, status=3)
        self.assertEqual(done.stderr, b"dedup: standard input:1: line at offset 0 is longer than "
                                      b"64 MiB; passed over\n")

    def test_a_field_is_for_jsonl(self):
        self.file("a.txt", "a\n")
        self.run_command("learn", "--field=a", "a.txt", "-o", "model", status=64)


class BlankSeparator(Case):
    """--document-separator= with an empty value: a line of nothing but white space."""

    def documents(self, text, *options):
        """What the list says of the documents: decoded bytes of each."""
        given = text if isinstance(text, bytes) else text.encode()
        done = subprocess.run([DEDUP, "-q", "-n", "--removed=-", "--document-separator=",
                               *options], input=given, stdout=subprocess.PIPE)
        lines = [json.loads(line) for line in done.stdout.splitlines()[1:]]
        return [line["decoded"] for line in lines if "decoded" in line]

    def test_a_blank_line_ends_a_document(self):
        self.assertEqual(self.documents("ab\n\ncd\n"), [4, 3])

    def test_whatever_blanks_it_has_and_however_it_ends(self):
        for blank in (" ", "\t \v", "\r", "\u3000\u3000", "\u00a0", "\u2003\u202f\u205f"):
            size = len(blank.encode()) + 1
            self.assertEqual(self.documents(f"ab\n{blank}\ncd"), [3 + size, 2], repr(blank))

    def test_what_only_begins_so_is_text(self):
        for line in (" x", "\u3000x", "\u3001", "\u200b", "\u2028", " " * 5000):
            self.assertEqual(len(self.documents(f"ab\n{line}\ncd")), 1, repr(line[:9]))

    def test_of_several_the_first_counts_and_the_rest_lead_the_next(self):
        self.assertEqual(self.documents("\n\nab\n\n \n\ncd\n"), [6, 6])

    def test_the_last_line_may_be_blank_without_an_end(self):
        self.assertEqual(self.documents("ab\n "), [4])

    def test_half_a_blank_is_damage(self):
        self.assertEqual(self.documents(b"ab\n\xe3\x80"), [6])  # U+FFFD has three bytes

    def test_pieces_do_not_matter(self):
        text = "ab\n\u3000\u3000\r\ncd\n \nef\u3000\n\u3001\n\ngh".encode()
        want = self.documents(text)
        self.assertEqual(len(want), 4)
        child = subprocess.Popen([DEDUP, "-n", "--removed=-", "--document-separator="], bufsize=0,
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for byte in text:
            child.stdin.write(bytes([byte]))
        out, _ = child.communicate()
        lines = [json.loads(line) for line in out.splitlines()[1:]]
        self.assertEqual([line["decoded"] for line in lines if "decoded" in line], want)

    def test_the_text_stays_and_copies_go_with_their_separator(self):
        page = LONG[:60] + "\n" + OTHER[:60] + "\n"
        given = f"{page}\n甲\n\u3000\n{page}\n乙\n".encode()
        clean = self.out("--removed=list", "--runs=off", "--document-separator=", given=given)
        self.assertEqual(clean, f"{page}\n甲\n\u3000\n乙\n".encode())
        self.assertEqual(self.out("restore", "--removed=list", given=clean), given)

    def test_two_words_are_the_same(self):
        self.assertEqual(self.documents("ab\n\ncd\n"), [4, 3])
        self.file("a.txt", "ab\n\ncd\n")
        self.run_command("--removed=list", "--document-separator", "", "a.txt")
        with open(os.path.join(self.folder, "list"), "rb") as lines:
            self.assertEqual(sum(b'"decoded"' in line for line in lines), 2)


class Notes(Case):
    """Text that seems to be something else is named with what to type; nothing else changes."""

    SEEM = {"JSONL": ['{"text":"a"}\n{"text":"b"}\n', '{"id": 1}', '\ufeff{ "a":1}\n'],
            "CSV": [
                "id,title,content\n1,甲,乙丙\n2,丁,戊\n",
                "\ufeffid,title,content\r\n1,甲,乙丙\r\n2,丁,戊",
                '"id","正文","時刻"\n"1","他說，""好"",走了。\n第二行","x"\n"2","乙","y"\n',
                ",評論,分\n0,好,5\n1,不好,1\n2,還行,3\n",  # as pandas writes its index
                "标题,正文,作者\n海洋馆开放,七月起每周开放。,林小满\n书店搬家,老书店搬了。,王五\n",
                "標題,網址,全文\n甲,https://a.example/1,很長\n乙,https://a.example/2,也長\n",
                "Post ID,Post Title,Body\n17,甲,乙\n18,丙,\n",
                "url,text,lang\nx,甲,zh\ny,乙,zh\n\n",
                'id,t,u\n1,甲,x\n2,乙,y\n3,"' + "丙\n" * 99999 + '",z\n'],
            "TSV": ["id\ttitle\ttext\n1\t甲\t乙\n2\t丙\t丁\n",
                    "編號\t題目\t正文\n1\t甲\t他說，好。\n2\t丙\t\n3\t戊\t己\n",
                    'a\tb\tc\n"1\t2"\tx\ty\n3\tz\tw\n'],
            "array in JSON": ['[{"text":"a"}]', '[\n  {\n    "text": "a"\n  }\n]\n']}
    PAGES = ["<!DOCTYPE html>\n<title>", "\n<html lang=zh>", "<HTML>", "\ufeff<!doctype HTML>",
             '<?xml version="1.0"?>\n<!-- 甲 -->\n<!DOCTYPE html PUBLIC "">', "<title>丙</title>",
             "<Head lang=zh>", "<head>", "<meta charset=utf-8>", "<!-- 甲 --><BODY class=a>"]
    DO_NOT = ["{", "{}", "{a}\n", "{\n", '{"a":1} 是一個例子\n', "[1]\n", "[注] 甲\n", "<", "<p>",
              "<!DOCTYPE", "<htm", "甲", "", "<header>甲", "<metal>", "<titles>甲", "<body", '{"a":1,\n"b":2}\n']
    NO_TABLES = [
        "春眠不觉晓,处处闻啼鸟,夜来风雨声\n花落知多少,白日依山尽,黄河入海流\n欲穷千里目,更上一层楼,红豆生南国\n",
        "春眠不覺曉，處處聞啼鳥，夜來風雨聲，\n" * 4,
        "七月起,海洋館開放,每晚限二百人。\n八月起,海洋館關閉,不再開放。\n九月起,海洋館裝修,明年再開。\n",
        "When he came, she left, and all was quiet.\nThen it rained, we waited, it stopped.\n"
        "At last, after hours, we went home.\n",
        "小王,男,25歲\n小李,女,30歲\n小張,男,28歲\n",  # without names a guess is none
        "1,2,3\n4,5,6\n7,8,9\n",
        "| a,b | c,d |\n| --,- | -,- |\n| 1,2 | 3,4 |\n",
        "| 甲\t| 乙\t| 丙 |\n" * 3,
        "f(a,b,c);\ng(d,e,f);\nh(g,h,i);\n",
        "(a,b,c)\n(d,e,f)\n(g,h,i)\n",
        "@a,b,c\n@d,e,f\n@g,h,i\n",
        "int a,b,c;\nint d,e,f;\nint g,h,i;\n",
        "INFO,main,started\nINFO,main,2 files\nWARN,main,stopped\n",
        "2026-01-01,INFO,a\n2026-01-02,INFO,b\n2026-01-03,INFO,c\n",
        '{"a":1,"b":2,"c":3} x\n' * 3,
        "[1,2,3]\n[4,5,6]\n[7,8,9]\n",
        "id,title,content\n1,甲,乙\n",  # two lines
        "id,title\n1,甲\n2,乙\n3,丙\n",  # two columns
        "id,title,content\n1,甲,乙\n2,丙\n3,丁,戊\n",
        "id,title,content\n\n1,甲,乙\n\n2,丙,丁\n",
        "id,id,id\n1,甲,乙\n2,丙,丁\n",
        'id,title,content\n1,"甲,乙\n2,丙,丁\n3,戊,己\n',  # a quotation mark is not closed
        "一行,兩個,逗號\n",
        "\tif (a)\tb();\n\tif (c)\td();\n\telse\te();\n",
        "首頁\t新聞\t體育\n登入\t註冊\n版權所有\n",
    ]

    def test_what_is_no_table_is_not_named(self):
        for text in self.NO_TABLES:
            with self.subTest(text):
                self.assertEqual(self.note(text), "")
                self.assertEqual(self.out("--repair=off", "--boilerplate=off", "--min-block=9999",
                                          "--min-block-across=9999", given=text.encode()),
                                 text.encode())

    def test_wide_text_is_no_table(self):
        for charset in ("utf-16-le", "utf-16-be", "utf-32-le"):
            for text in ("a,b,c\nd,e,f\ng,h,i\n", "ⰬⰬⰬ甲\n乙ⰬⰬⰬ\n" * 5):
                with self.subTest(charset + text):
                    self.assertNotIn("CSV", self.note(text.encode(charset)))

    def test_a_table_by_name_is_refused_with_what_to_type(self):
        table = "id,正文\n1,甲\n"
        kinds = {"a.csv": "CSV", "a.CSV": "CSV", "b.tsv": "TSV", "c.tab": "TSV", "d.csv.gz": "CSV"}
        self.file("e.txt", "乙\n")
        for name, kind in kinds.items():
            data = table.encode()
            self.file(name, gzip.compress(data) if name.endswith("gz") else data)
            with self.subTest(name):
                done = self.run_command(name, "e.txt", status=2)
                self.assertEqual(done.stdout, "乙\n".encode())
                self.assertRegex(done.stderr.decode(), f"^dedup: {name}: not read, as it is {kind} by its "
                                 f"name: .*mlr --i{kind.lower()} --ojsonl .* dedup -f jsonl .*\n$")
                self.assertEqual(self.out("-f", "text", name), table.encode())
                self.run_command("learn", name, "-o", "model", status=2)
                self.assertFalse(os.path.exists(os.path.join(self.folder, "model")))
        self.assertIn(b"zcat FILE | mlr ", self.run_command("d.csv.gz", status=2).stderr)

    def test_a_refused_table_is_not_replaced_and_not_missed(self):
        self.file("a.csv", "id,正文\n1,甲\n")
        self.file("e.txt", "乙\n")
        self.file("old", "old")
        self.run_command("a.csv", "e.txt", "-o", "old", status=2)  # it would lack the table
        with open(os.path.join(self.folder, "old"), "rb") as old:
            self.assertEqual(old.read(), b"old")
        self.run_command("--keep=none", "a.csv", "e.txt", status=2)
        self.run_command("--output-dir=out", "a.csv", "e.txt", status=2)
        self.assertEqual(os.listdir(os.path.join(self.folder, "out")), ["e.txt"])

    def note(self, data, *options, status=0):
        data = data if isinstance(data, bytes) else data.encode()
        return self.run_command(*options, given=data, status=status).stderr.decode()

    def test_what_seems_so_is_named(self):
        for kind, texts in self.SEEM.items():
            for text in texts:
                with self.subTest(text):
                    self.assertEqual(self.out(given=text.encode()), text.encode())
                    self.assertRegex(self.note(text), f"^dedup: standard input looks like .*{kind}")
        packed = bz2.compress("甲".encode())
        self.assertRegex(self.note(packed, status=1).split("\n")[0], "looks .* bzip2, .* bzcat$")
        self.assertRegex(self.note(b"PK\3\4\n"), "looks like a ZIP archive")

    def test_a_page_is_read_as_one_and_that_is_said(self):
        for head in self.PAGES:
            text = head + "<p>甲<b>乙</b>"
            with self.subTest(head):
                self.assertEqual(self.out(given=text.encode()), "甲乙\n".encode())
                self.assertRegex(self.note(text), "^dedup: standard input looks like HTML, and is "
                                 "read as a page: -f text reads it as text\n$")
                self.assertEqual(self.out("-f", "html", given=text.encode()), "甲乙\n".encode())
                self.assertEqual(self.note(text, "-f", "html"), "")
                self.assertEqual(self.out("-f", "text", "--repair=off", given=text.encode()),
                                 text.encode())
        self.file("a.htm", "<p>甲<p>乙")
        self.assertEqual(self.out("a.htm"), "甲\n乙\n".encode())
        self.assertEqual(self.run_command("a.htm").stderr, b"")

    def test_a_page_is_one_however_its_bytes_come(self):
        for head in [*self.PAGES, "<p>", "<!doctype htm", "<!-- 甲"]:
            text = (head + "<p>甲").encode()
            child = subprocess.Popen([DEDUP, "-q"], bufsize=0, stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE)
            for byte in text:
                child.stdin.write(bytes([byte]))
            with self.subTest(head):
                self.assertEqual(child.communicate()[0], self.out("-q", given=text))

    def test_a_field_may_hold_a_page(self):
        record = '{"id":1,"text":"<p>甲&amp;乙</p>\\n<p>丙"}\n'.encode()
        given = record + b'{"id":2,"text":""}\n'
        clean = self.out("-f", "jsonl", "--markup=html", "--removed=list", given=given)
        self.assertEqual(clean, '{"id":1,"text":"甲&乙\\n丙\\n"}\n{"id":2,"text":""}\n'.encode())
        self.assertEqual(self.out("restore", "--removed=list", given=clean), clean)
        self.assertEqual(self.out("-f", "jsonl", "--repair=off", given=given), given)
        self.assertRegex(self.run_command("--markup=html", given=b"", status=64).stderr.decode(),
                         "--markup is for fields of JSONL")

    def test_a_field_is_asked_whether_it_is_a_page(self):
        """As a file is: by its head. <p>丙 is a text with a tag in it."""
        page = "<!DOCTYPE html><title>题</title><p>甲&amp;乙</p>\n"
        for filler in ("", "<!--" + "x" * (1 << 20) + "-->"):  # held, and in scratch space
            records = [{"id": 1, "text": page + filler}, {"id": 2, "text": "<p>丙"},
                       {"id": 3, "text": " \n" + page.lower() + filler}]
            given = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
            clean = self.out("-f", "jsonl", "--markup=auto", "--documents=off", "--removed=list",
                             given=given.encode())
            texts = [json.loads(line)["text"] for line in clean.splitlines()]
            self.assertEqual(texts, ["甲&乙\n", "<p>丙", "甲&乙\n"])
            self.assertEqual(self.out("restore", "--removed=list", given=clean), clean)
        self.file("a.jsonl", '{"text":"<p>丙"}\n')
        self.out("--markup=auto", "a.jsonl", "-o", "a.jsonl")
        self.file("b.jsonl", '{"text":"<!doctype html><p>丙"}\n')
        told = self.run_command("--markup=auto", "b.jsonl", "-o", "b.jsonl", status=2).stderr
        self.assertIn("not replaced, as of its HTML only the text would be left", told.decode())

    def test_a_record_of_a_page_that_is_left_out_comes_back_as_it_was(self):
        page = f"<div><p>{LONG}</p>\n<p>{OTHER}&amp;</p><script>x</script></div>"
        first, again = (json.dumps({"id": i, "html": page, "n": [1.50, None]}, ensure_ascii=bool(i),
                                   indent=None if i else 0).replace("\n", " ").encode() + b"\n"
                        for i in (0, 1))
        for ends in (b"", b'{"html":"<p>\xe7\x94\xb2"}\r\n'):
            given = first + again + ends
            clean = self.out("-f", "jsonl", "--field=html", "--markup=html", "--removed=list",
                             given=given)
            self.assertEqual(clean.count(b'"id"'), 1)
            with open(os.path.join(self.folder, "list"), encoding="utf-8") as lines:
                listed = [json.loads(line) for line in lines]
            self.assertIn("duplicate-document", [line.get("reason") for line in listed])
            restored = self.out("restore", "--removed=list", given=clean).splitlines(keepends=True)
            self.assertEqual(restored[1], again)  # raw; of the others the text of the page
            self.assertEqual(len(restored), len(given.splitlines()))
            self.assertEqual(json.loads(restored[0])["html"], f"{LONG}\n{OTHER}&\n")

    def test_a_page_is_never_cut_at_a_separator(self):
        page = '<html><p title="\n\nx">甲<script>\n\nvar x="乙";\n</script>'.encode()
        self.assertEqual(self.out("-q", "--document-separator=", given=page), "甲\n".encode())
        self.assertRegex(self.run_command("-f", "html", "--document-separator=", given=page,
                                        status=64).stderr.decode(), "a page is a document")

    def test_a_page_without_text_is_emptied(self):
        given = b'{"id":"a","text":"<script>x</script>"}\n'
        self.assertEqual(self.out("-f", "jsonl", "--markup=html", "--drop-empty", given=given), b"")

    def test_a_page_that_is_too_long_is_told(self):
        page = b"<p>a</p>" * 1600000
        record = b'{"text":"' + page + b'"}\n'
        for given, *options in ((page, "-f", "html"), (record, "-f", "jsonl", "--markup=html"),
                                (page, "-f", "html", "--to=jsonl")):
            with self.subTest(options=options):
                told = self.run_command(*options, given=given, status=3).stderr
                self.assertEqual(told.count(b"longer than 12 MiB"), 1)
        told = self.run_command("learn", "-f", "html", "-o", "model", given=page, status=3).stderr
        self.assertIn(b"longer than 12 MiB", told)

    def test_what_was_unpacked_is_cleaned_though_it_was_looked_at(self):
        packed = gzip.compress("<!-- a\n甲\n".encode())[:-4]
        done = self.run_command(given=packed, status=2)
        self.assertEqual(done.stdout, "<!-- a\n甲\n".encode())

    def test_the_text_of_a_page_has_a_name_of_its_own(self):
        self.file("a.html", "<p>甲</p>")
        self.file("b.txt", "乙\n")
        with gzip.open(os.path.join(self.folder, "c.htm.gz"), "wb") as page:
            page.write("<p>丙</p>".encode())
        self.run_command("--output-dir=out", "a.html", "b.txt", "c.htm.gz")
        self.assertEqual(sorted(os.listdir(os.path.join(self.folder, "out"))),
                         ["a.html.txt", "b.txt", "c.htm.txt.gz"])

    def test_a_page_is_not_replaced_by_its_text(self):
        self.file("a.html", "<p>甲</p>")
        self.assertRegex(self.run_command("a.html", "-o", "a.html", status=2).stderr.decode(),
                         "not replaced, as of its HTML only the text would be left")
        with open(os.path.join(self.folder, "a.html"), "rb") as page:
            self.assertEqual(page.read(), "<p>甲</p>".encode())

    def test_jsonl_in_another_charset_is_named(self):
        text = '{"text":"甲"}\n'.encode("utf-16")
        self.assertRegex(self.note(text, "-f", "jsonl", status=1).split("\n")[0],
                         "looks like UTF-16, .* iconv -f UTF-16 -t UTF-8$")

    def test_a_guessed_charset_is_named(self):
        text = "春眠不覺曉，處處聞啼鳥。\n"
        for charset, name in {"gbk": "GB18030", "big5": "Big5", "utf-16-le": "UTF-16LE"}.items():
            with self.subTest(charset):
                self.assertEqual(self.out(given=text.encode(charset)), text.encode())
                self.assertEqual(self.note(text.encode(charset)), "dedup: standard input: looks "
                                 f"like {name}, and is read so (see --encoding)\n")
        for data, *options in ((text.encode("gbk"), "--encoding=gbk"), (text.encode("gbk"), "-q"),
                               (text.encode(),), (text.encode("utf-16"),)):
            with self.subTest(data=data, options=options):
                self.assertEqual(self.out(*options, given=data), text.encode())
                self.assertEqual(self.note(data, *options), "")

    def test_what_only_starts_so_is_not(self):
        for text in self.DO_NOT:
            with self.subTest(text):
                self.assertEqual(self.note(text), "")

    def test_nor_is_who_asked_for_it(self):
        for options in (["-f", "text"], ["-q"], ["-f", "jsonl"]):
            self.assertEqual(self.note('{"text":"a"}\n', *options), "")


if __name__ == "__main__":
    unittest.main()
