#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/diff_test.py DEDUP

What `dedup diff` shows: of files, of the list of a run, in colours, on a terminal.
"""
import os
import pty
import re
import select
import signal
import stat
import subprocess
import time
import unittest

from command_case import DEDUP, CommandCase

GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "testdata", "golden")

HARBOUR = ("港口的信號燈在日落以後由紅轉綠，領航員爬上高高的塔樓，用望遠鏡尋找第一艘回港的漁船，"
           "岸邊的女人們提著竹籃等候，孩子們數著遠處的桅杆，直到天完全黑下來。")
MILL = ("水磨坊的主人每天清晨打開閘門，讓溪水推動木輪，麥粒從漏斗落到石盤之間，磨出來的麵粉帶著"
        "一點溫熱，鄰村的人趕著驢車來取，順便帶走山上的消息。")
PAGE = f"""\ufeff燈塔與磨坊

{HARBOUR}

看守人說：燈塔\u200b還在&hellip;&hellip;今晚照舊。
{MILL}
{HARBOUR}
責任編輯：陸望舒
"""


class Case(CommandCase):
    def diff(self, *args, given=b"", status=0, said="^$"):
        done = self.run_command("diff", *args, given=given, status=status)
        self.assertRegex(done.stderr.decode(), said)
        return done.stdout.decode()

    def both(self, *args, clean="clean", options=()):
        """What is shown of files; of the list of a run over them it must be the same."""
        shown = self.diff(*args, *options)
        with open(self.path(clean), "wb") as text:
            text.write(self.run_command(*args, "--removed=list").stdout)
        self.assertEqual(self.diff("--removed=list", clean, *options), shown)
        return shown


class Hunks(Case):
    maxDiff = None

    def test_each_change_has_its_reason_and_the_lines_around(self):
        page = self.file("page.txt", PAGE)
        self.assertEqual(self.both(page), f"""\
=== page.txt
@@ line 2 @@
 
 {HARBOUR}
 
# line 5: repair: invisible, entity (2)
-看守人說：燈塔<U+200B>還在&hellip;&hellip;今晚照舊。
+看守人說：燈塔還在……今晚照舊。
 {MILL}
# line 7: repeated-block: the same as page.txt:3
-{HARBOUR}
# line 8: boilerplate: byline: 责任编辑
-責任編輯：陸望舒
# 1 of 1 document changed: boilerplate 1 (25 bytes), repeated-block 1 (226 bytes), """
                         """repair 3 (19 bytes)
""")

    def test_nothing_changes(self):
        page = self.file("page.txt", MILL + "\n")
        self.assertEqual(self.both(page), "# 0 of 1 document changed\n")

    def test_context_can_be_chosen(self):
        lines = "".join(f"第{n}段只有一次。\n" for n in range(9))
        page = self.file("page.txt", lines + "責任編輯：陸望舒\n" + lines.replace("段", "節"))
        def shown(*options):
            text = self.both(page, options=options)
            return text[text.index("@@"):text.index("# 1 of")]
        self.assertEqual(shown("-U0"), "@@ line 10 @@\n# line 10: boilerplate: byline: 责任编辑\n"
                                       "-責任編輯：陸望舒\n")
        self.assertEqual(shown("--context=1"),
                         "@@ line 9 @@\n 第8段只有一次。\n"
                         "# line 10: boilerplate: byline: 责任编辑\n-責任編輯：陸望舒\n"
                         " 第0節只有一次。\n")
        self.assertEqual(shown("-U", "99").count("\n "), 18)

    def test_hunks_whose_context_meets_are_one(self):
        def lines(between):
            middle = "".join(f"第{n}段只有一次。\n" for n in range(between))
            return f"燈&hellip;塔\n{middle}磨&hellip;坊\n"
        for between, hunks in (0, 1), (6, 1), (7, 2):
            page = self.file("page.txt", lines(between))
            shown = self.both(page)
            self.assertEqual(shown.count("@@ line"), hunks, shown)
            self.assertEqual(shown.count("\n "), min(between, 6))

    def test_long_lines_are_shortened_where_they_stay(self):
        middle = "".join(f"第{n}盞燈，" for n in range(500))
        page = self.file("page.txt", f"{middle}\n{middle}燈&hellip;塔{middle}\n")
        shown = self.both(page)
        short = f"{middle[:40]}[… {len(middle) - 80} characters …]{middle[-40:]}"
        self.assertIn(f"\n {short}\n", shown)
        at = f"{middle[:40]}[… {len(middle) + 1 - 80} characters …]{(middle + '燈')[-40:]}"
        to = f"{('塔' + middle)[:40]}[… {len(middle) + 1 - 80} characters …]{middle[-40:]}"
        self.assertIn(f"\n-{at}&hellip;{to}\n+{at}…{to}\n", shown)

    def test_what_goes_is_never_shortened(self):
        long = "".join(f"第{n}盞燈照著海面。" for n in range(3000))
        page = self.file("page.txt", f"{long}\n{MILL}\n{long}\n")
        self.assertTrue(f"\n-{long}\n" in self.both(page))

    def test_a_line_that_changes_everywhere_goes_on_in_further_hunks(self):
        page = self.file("page.txt", "燈&hellip;塔，磨坊在山上，" * 20000)
        shown = self.both(page)
        self.assertGreater(shown.count("[… see below …]\n"), 2)
        self.assertEqual(shown.count("&hellip;"), 20000)

    def test_sentences_that_go_are_marked_within_their_paragraph(self):
        sentences = [HARBOUR, MILL, "山上的消息總是這樣傳到海邊的：先到水磨坊，再到漁船，最後才到"
                                    "燈塔，看守人把它記在本子裡，等下一封信來的時候再讀一遍。"]
        text = "".join(sentences)
        page = self.file("page.txt", f"開頭一句話在這裡。{text}\n另一個開頭也在這裡。{text}尾聲。\n")
        shown = self.both(page)
        self.assertIn(f"\n-另一個開頭也在這裡。{text}尾聲。\n+另一個開頭也在這裡。尾聲。\n", shown)
        self.assertIn("# line 2: repeated-sentences: the same as page.txt:1\n", shown)

    def test_near_duplicates_tell_how_near(self):
        page = self.file("page.txt", f"{HARBOUR}{MILL}\n{HARBOUR}{MILL[:-2]}。\n")
        shown = self.both("--near", page)
        self.assertRegex(shown, r"# line 2: near-duplicate: resembles page.txt:1 \(0\.9\d\)\n")

    def test_line_ends_of_all_kinds(self):
        for end in "\n", "\r\n", "\r":
            page = self.file("page.txt", end.join([HARBOUR, MILL, HARBOUR, "", "燈&hellip;塔"]))
            shown = self.both(page)
            self.assertIn(f"# line 3: repeated-block: the same as page.txt:1\n-{HARBOUR}\n", shown)
            self.assertIn("# line 5: repair: entity\n-燈&hellip;塔\n+燈…塔\n", shown)

    def test_files_have_their_names_and_earlier_copies_theirs(self):
        self.file("a.txt", f"甲\n{HARBOUR}\n")
        self.file("b.txt", f"{HARBOUR}\n乙\n")
        self.file("c.txt", "丙\n")
        shown = self.both("a.txt", "b.txt", "c.txt")
        self.assertEqual(re.findall("(?m)^(?:===|# line) .*", shown),
                         ["=== b.txt", "# line 1: repeated-block: the same as a.txt:2"])
        self.assertIn("# 1 of 3 documents changed: repeated-block 1", shown)

    def test_parts_of_a_file_keep_its_lines(self):
        self.file("a.txt", f"甲\n{HARBOUR}\n\n乙\n責任編輯：陸望舒\n\n丙\n{HARBOUR}\n")
        shown = self.both("--document-separator=", "a.txt")
        self.assertEqual(re.findall("(?m)^(?:===|@@|# line) .*", shown),
                         ["=== a.txt:4", "@@ line 4 @@", "# line 5: boilerplate: byline: 责任编辑",
                          "=== a.txt:7", "@@ line 7 @@",
                          "# line 8: repeated-block: the same as a.txt:2"])

    def test_standard_input(self):
        given = (HARBOUR + "\n") * 2
        shown = self.diff(given=given.encode())
        self.assertIn("=== -\n", shown)
        self.assertIn("# line 2: repeated-block: the same as -:1\n", shown)
        clean = self.run_command("--removed=list", given=given.encode()).stdout
        self.assertEqual(self.diff("--removed=list", "-", given=clean), shown)


class Records(Case):
    def test_a_record_has_the_line_in_its_file_and_its_name(self):
        self.file("in.jsonl", f'{{"id":"a","text":"{HARBOUR}"}}\n\nno record\n'
                              f'{{"id":"b","text":"甲\\n{HARBOUR}"}}\n{{"text":"燈&hellip;塔"}}\n')
        done = self.run_command("diff", "in.jsonl", status=1)
        shown = done.stdout.decode()
        self.assertEqual(re.findall("(?m)^(?:===|@@|# ) .*|^# .*", shown)[:-1],
                         ["=== in.jsonl:4 (b)", "@@ line 1 @@",
                          "# line 2: repeated-block: the same as in.jsonl:1:1",
                          "=== in.jsonl:5", "@@ line 1 @@", "# line 1: repair: entity"])
        self.file("clean", self.run_command("in.jsonl", "--removed=list", status=1).stdout)
        self.assertEqual(self.diff("--removed=list", "clean"), shown)

    def test_records_of_standard_input(self):
        given = f'{{"id":"a","text":"{HARBOUR}"}}\n{{"id":"b","text":"甲\\n{HARBOUR}"}}\n'.encode()
        shown = self.diff("-f", "jsonl", given=given)
        self.assertIn("=== -:2 (b)\n", shown)
        self.file("clean", self.run_command("-f", "jsonl", "--removed=list", given=given).stdout)
        self.assertEqual(self.diff("--removed=list", "clean"), shown)

    def test_a_record_that_repeats_another_is_shown_whole(self):
        record = f'{{"id":ID,"title":"磨坊","text":"{MILL}{HARBOUR}"}}\n'
        self.file("in.jsonl", record.replace("ID", "1") + record.replace("ID", "2"))
        shown = self.both("--field=title", "--field=text", "in.jsonl")
        self.assertEqual(shown.split("\n# 1 of")[0],
                         "=== in.jsonl:2 (2)\n@@ line 1 @@\n"
                         "# line 1: duplicate-document: the same as in.jsonl:1:1\n"
                         f"-磨坊\n-{MILL}{HARBOUR}")


class Lists(Case):
    def test_without_the_clean_text_what_went_is_shown_alone(self):
        self.file("page.txt", PAGE)
        self.run_command("page.txt", "--removed=list")
        self.assertEqual(self.diff("--removed=list").split("# 1 of")[0], f"""\
=== page.txt
@@ line 5 @@
# line 5: repair: invisible, entity (2)
-<U+200B>[…]&hellip;&hellip;
+[…]……
@@ line 7 @@
# line 7: repeated-block: the same as page.txt:3
-{HARBOUR}
# line 8: boilerplate: byline: 责任编辑
-責任編輯：陸望舒
""")

    def test_one_file_of_several(self):
        for name in "a", "b":
            self.file(f"{name}.txt", f"{name}\n責任編輯：陸望舒\n")
        clean = self.run_command("a.txt", "b.txt", "--removed=list").stdout
        self.file("clean", clean)
        for more in [], ["clean"]:
            shown = self.diff("--removed=list", "--name=b.txt", *more)
            self.assertEqual(re.findall("=== .*", shown), ["=== b.txt"])
        self.diff("--removed=list", "--name=c.txt", status=2, said="no file of this name")

    def test_a_clean_text_of_another_run_is_refused(self):
        self.file("page.txt", PAGE)
        self.run_command("page.txt", "--removed=list", "-o", "clean")
        self.file("clean", self.read("clean").replace("磨坊".encode(), "燈塔".encode()))
        self.run_command("diff", "--removed=list", "clean", status=2)

    def test_a_list_of_an_earlier_version_is_read(self):
        self.file("page.txt", PAGE)
        self.file("clean", self.run_command("page.txt", "--removed=list").stdout)
        shown = self.diff("--removed=list", "clean")
        old = re.sub(rb',"(digest|line)":("\w*"|\d+)', b"", self.read("list"))
        self.assertEqual(self.diff("--removed=-", "clean", given=old), shown)

    def test_both_ways_show_the_same_of_many_a_text(self):
        changed = 0
        for name in sorted(os.listdir(GOLDEN)):
            case = os.path.join(GOLDEN, name)
            inputs = [each for each in os.listdir(case) if each.startswith("input")]
            with open(os.path.join(case, "args"), encoding="utf-8") as file:
                args = [line for line in file.read().splitlines() if line and line[0] != "#"]
            if not inputs or any(each.startswith(("--verdicts", "--removed")) for each in args):
                continue
            args.append(os.path.join(case, inputs[0]))
            with self.subTest(name):
                shown = self.text_of("diff", *args)
                self.file("clean", self.text_of(*args, "--removed=list"))
                self.assertEqual(self.text_of("diff", "--removed=list", "clean"), shown)
                alone = self.text_of("diff", "--removed=list")
                self.assertEqual(alone.splitlines()[-1], shown.splitlines()[-1])
                changed += b"\n===" in b"\n" + shown
        self.assertGreater(changed, 100)

    def text_of(self, *args):
        done = subprocess.run([DEDUP, *args], cwd=self.folder, check=False, capture_output=True)
        self.assertLessEqual(done.returncode, 1, done.stderr.decode())
        return done.stdout


class Words(Case):
    def test_what_makes_no_sense_is_refused(self):
        cases = [(["-o", "x", "a"], "--output is not for diff"),
                 (["--output-dir=x", "a"], "--output-dir is not for diff"),
                 (["--verdicts", "a"], "--verdicts is not for diff"),
                 (["--version"], "unknown option --version"),
                 (["--name=a"], "--name is for diff --removed"),
                 (["--removed=l", "--near"], "--near is not for diff --removed"),
                 (["--removed=l", "a", "b"], "takes one CLEAN file"),
                 (["--removed=-", "-"], "both the list and the clean text"),
                 (["-U", "many", "a"], "--context takes a number"),
                 (["--color=red", "a"], "--color takes auto, always, never")]
        for words, said in cases:
            self.assertEqual(self.diff(*words, status=64, said=said), "")

    def test_a_file_that_is_not_there(self):
        self.file("page.txt", PAGE)
        shown = self.diff("none.txt", "page.txt", status=1, said="none.txt: No such file")
        self.assertIn("=== page.txt\n", shown)
        self.diff("--removed=none", status=2, said="none: No such file")

    def test_nothing_is_written(self):
        self.file("page.txt", PAGE)
        self.diff("page.txt")
        self.assertEqual(os.listdir(self.folder), ["page.txt"])
        self.assertEqual(self.read("page.txt"), PAGE.encode())

    def test_output_is_not_one_of_the_files(self):
        self.file("page.txt", PAGE)
        with open(self.path("page.txt"), "ab") as page:
            done = subprocess.run([DEDUP, "diff", "page.txt"], cwd=self.folder, check=False,
                                  stdout=page, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 2)
        self.assertEqual(self.read("page.txt"), PAGE.encode())

    def test_a_reader_that_goes_away_ends_it(self):
        self.file("page.txt", "燈&hellip;塔\n" * 200000)
        with subprocess.Popen([DEDUP, "diff", "page.txt"], cwd=self.folder,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
            child.stdout.read(10)
            child.stdout.close()
            self.assertEqual(child.stderr.read(), b"")
        self.assertEqual(child.returncode, -signal.SIGPIPE)


class Colours(Case):
    def test_always(self):
        self.file("page.txt", f"燈&hellip;塔\n{HARBOUR}\n磨\n{HARBOUR}\n")
        self.assertEqual(self.diff("--color=always", "-U0", "page.txt").splitlines()[:8], [
            "\x1b[1m=== page.txt\x1b[m",
            "\x1b[36m@@ line 1 @@\x1b[m",
            "\x1b[33m# line 1: repair: entity\x1b[m",
            "\x1b[31m-燈\x1b[7m&hellip;\x1b[27m塔\x1b[m",
            "\x1b[32m+燈\x1b[7m…\x1b[27m塔\x1b[m",
            "\x1b[36m@@ line 4 @@\x1b[m",
            "\x1b[33m# line 4: repeated-block: the same as page.txt:2\x1b[m",
            f"\x1b[31m-{HARBOUR}\x1b[m"])

    def test_they_change_nothing_else(self):
        self.file("page.txt", PAGE)
        coloured = self.diff("--color=always", "page.txt")
        self.assertEqual(re.sub(r"\x1b\[\d*m", "", coloured), self.diff("page.txt"))

    def test_controls_of_a_text_or_a_name_reach_no_terminal(self):
        bad = "\x1b]0;title\x07\x1b[2J\u202e\x9b"
        name = self.file("a\x1b[31m.txt", f"{bad}甲\n{bad}{HARBOUR}\n乙\n{bad}{HARBOUR}\n")
        for options in [], ["--repair=off"], ["--color=never", "-U9"]:
            self.assertNotRegex(self.diff(*options, name), "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]")

    def test_verbose_has_them_too(self):
        self.file("page.txt", PAGE)
        plain = self.run_command("-n", "-v", "page.txt").stderr
        self.assertNotIn(b"\x1b", plain)
        coloured = self.run_command("-n", "-v", "--color=always", "page.txt").stderr
        self.assertIn(b"\x1b[36mpage.txt:7\x1b[m: \x1b[33mrepeated-block\x1b[m", coloured)
        self.assertEqual(re.sub(rb"\x1b\[\d*m", b"", coloured), plain)


class Terminal(Case):
    """A run under a terminal of its own."""

    def setUp(self):
        super().setUp()
        self.file("page.txt", PAGE)
        self.environment = {"PATH": os.environ["PATH"], "TERM": "xterm", "HOME": self.folder}

    def on_terminal(self, *args, keys=b"", status=0, **variables):
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.folder)
            os.execve(DEDUP, [DEDUP, *args], {**self.environment, **variables})
        shown = b""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if not select.select([terminal], [], [], 1)[0]:
                continue
            try:
                piece = os.read(terminal, 65536)
            except OSError:  # Linux says so when the other side is closed
                break
            if not piece:
                break
            shown += piece
            if keys:
                os.write(terminal, keys)
                keys = b""
        os.close(terminal)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), status, shown)
        return shown.decode().replace("\r\n", "\n")

    def program(self, name, script):
        path = self.path(self.file(name, "#!/bin/sh\n" + script))
        os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
        return path

    def test_colours_without_being_asked(self):
        shown = self.on_terminal("diff", "--no-pager", "page.txt")
        self.assertEqual(shown, self.diff("--color=always", "page.txt"))

    def test_no_colours_where_nobody_wants_them(self):
        plain = self.diff("page.txt")
        for more in {"NO_COLOR": "1"}, {"TERM": "dumb"}:
            self.assertEqual(self.on_terminal("diff", "--no-pager", "page.txt", **more), plain)
        self.assertEqual(
            self.on_terminal("diff", "--no-pager", "--color=never", "page.txt"), plain)
        self.assertIn("\x1b", self.on_terminal("diff", "--no-pager", "page.txt", NO_COLOR=""))
        self.assertIn("\x1b", self.on_terminal("diff", "--no-pager", "--color=always", "page.txt",
                                               NO_COLOR="1"))

    def test_verbose_on_a_terminal(self):
        self.assertIn("\x1b[36m", self.on_terminal("-n", "-v", "page.txt"))
        self.assertNotIn("\x1b", self.on_terminal("-n", "-v", "page.txt", NO_COLOR="1"))

    def test_a_pager_of_ones_own(self):
        self.program("bin/first", "echo first; cat")
        self.program("bin/second", "echo second $1; cat")
        self.environment["PATH"] = self.path("bin") + ":" + self.environment["PATH"]
        whole = self.diff("--color=always", "page.txt")
        self.assertEqual(self.on_terminal("diff", "page.txt", DEDUP_PAGER="first", PAGER="second"),
                         "first\n" + whole)
        self.assertEqual(self.on_terminal("diff", "page.txt", PAGER="second 'of two'"),
                         "second of two\n" + whole)
        self.assertEqual(self.on_terminal("diff", "page.txt", DEDUP_PAGER="", PAGER="second"),
                         whole)
        self.assertEqual(self.on_terminal("diff", "page.txt", PAGER="cat"), whole)
        self.assertEqual(self.on_terminal("diff", "--no-pager", "page.txt", PAGER="first"), whole)

    def test_less_is_the_pager_where_there_is_one(self):
        self.program("bin/less", "echo less $LESS $LESSCHARSET; cat")
        shown = self.on_terminal("diff", "page.txt", PATH=self.path("bin") + ":/usr/bin:/bin")
        self.assertEqual(shown.split("\n")[0], "less FRX utf-8")
        shown = self.on_terminal("diff", "page.txt", PATH=self.path("none"))
        self.assertEqual(shown, self.diff("--color=always", "page.txt"))

    def test_a_list_is_paged_too(self):
        self.program("bin/first", "echo first; cat")
        self.run_command("page.txt", "--removed=list")
        shown = self.on_terminal("diff", "--removed=list", DEDUP_PAGER=self.path("bin/first"))
        self.assertEqual(shown, "first\n" + self.diff("--removed=list", "--color=always"))

    def test_who_quits_the_pager_is_told_nothing(self):
        self.file("long.txt", "燈&hellip;塔\n" * 200000)
        pager = self.program("bin/quits", "head -n 1")
        self.assertEqual(self.on_terminal("diff", "--color=never", "long.txt", DEDUP_PAGER=pager),
                         "=== long.txt\n")

    def test_the_pager_ends_before_the_command(self):
        pager = self.program("bin/slow", "cat > /dev/null; sleep 1; echo end")
        self.assertEqual(self.on_terminal("diff", "page.txt", DEDUP_PAGER=pager), "end\n")

    def test_a_pager_that_does_not_run_is_told(self):
        shown = self.on_terminal("diff", "page.txt", DEDUP_PAGER="./none", status=2)
        self.assertIn("dedup: pager ./none: does not run\n", shown)

    def test_what_interrupts_is_for_the_pager(self):
        self.file("long.txt", "燈&hellip;塔\n" * 200000)
        pager = self.program("bin/waits", "trap 'echo heard; kill $!; exit' INT; echo ready; sleep 30 & wait")
        shown = self.on_terminal("diff", "long.txt", keys=b"\x03", DEDUP_PAGER=pager)
        self.assertIn("heard\n", shown)

    def test_standard_input_that_is_a_terminal_is_not_waited_for(self):
        shown = self.on_terminal("diff", status=64)
        self.assertIn("diff needs a FILE", shown)


@unittest.skipIf("DEDUP_SANITIZED" in os.environ, "the sanitizers take memory of their own")
class Memory(Case):
    def peak(self, *args):
        """Mebibytes."""
        with open(os.devnull, "wb") as nothing, subprocess.Popen(
                [DEDUP, *args], cwd=self.folder, stdout=nothing, stderr=nothing) as child:
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(child.returncode, 0)
        return used.ru_maxrss / 1024

    def write(self, name, line, megabytes):
        with open(self.path(name), "w", encoding="utf-8") as file:
            for number in range(megabytes * 1000000 // len(line.format(0).encode())):
                file.write(line.format(number))

    def test_it_does_not_grow_with_the_input(self):
        for name, line, megabytes in (
                ("lines", "第{}段：燈&hellip;塔還在海邊，磨坊的木輪停了。\n", 50),
                ("one-line", "第{}段：燈&hellip;塔還在海邊，磨坊的木輪停了，", 8),
                ("kept", "第{}段：燈塔還在海邊，磨坊的木輪停了，", 8)):
            self.write(name, line, megabytes)
            usual = self.peak("-n", "-v", name)
            self.assertLess(self.peak("diff", name), usual + 24, name)
            self.run_command(name, "--removed=list", "-o", "clean")
            self.assertLess(self.peak("diff", "--removed=list", "clean"), 40, name)
            self.assertLess(self.peak("diff", "--removed=list"), 40, name)


if __name__ == "__main__":
    unittest.main()
