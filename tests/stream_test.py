# SPDX-License-Identifier: Apache-2.0
"""Streams: whoever is at both ends of a pipe gets each answer when it is there, with no timer.

stream_test.py DEDUP"""
import json
import os
import select
import subprocess
import sys
import threading
import time
import unittest

DEDUP = sys.argv.pop(1) if len(sys.argv) > 1 else "dedup"
PATIENCE = 20  # seconds, before an answer is said not to come
THREADS = ("-T1", "-T2")
PAGE = ("春天的早晨我們沿著河岸慢慢走過去看見遠處的山坡上開滿了白色的小花\n"
        "孩子們在草地上放風箏老人坐在樹下喝茶聊天說起很多年以前這裡還是一片荒地\n"
        "秋天收割以後田野忽然安靜下來稻草堆在路邊麻雀成群地落下又飛起傍晚時分\n"
        "村口的燈一盞一盞亮了歸家的人推著車從橋上經過水面上映著最後一點晚霞\n")


class Child:
    """The command as a child process, with a pipe at each end."""

    def __init__(self, *options):
        self.process = subprocess.Popen([DEDUP, *options], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, bufsize=0)
        self.rest = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if not self.process.stdin.closed:
            self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(PATIENCE)

    def write(self, text):
        self.process.stdin.write(text if isinstance(text, bytes) else text.encode())

    def write_all(self, data):
        """All of it, in as many writes as that takes."""
        while data:
            data = data[self.process.stdin.write(data):]

    def line(self, patience=PATIENCE):
        """The next line of output, or None where none comes in time."""
        end = time.monotonic() + patience
        while b"\n" not in self.rest:
            ready, _, _ = select.select([self.process.stdout], [], [],
                                        max(end - time.monotonic(), 0))
            more = os.read(self.process.stdout.fileno(), 1 << 16) if ready else b""
            if not more:
                return None
            self.rest += more
        line, _, self.rest = self.rest.partition(b"\n")
        return line.decode()

    def finish(self):
        """All that is still to come."""
        self.process.stdin.close()
        return self.rest + self.process.stdout.read()


def record(number, text):
    return json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n"


class Records(unittest.TestCase):
    def test_each_record_is_answered_before_the_next_is_written(self):
        for threads in THREADS:
            with self.subTest(threads), Child("-f", "jsonl", threads) as child:
                child.write(record(0, "a&amp;b"))
                self.assertEqual(json.loads(child.line()), {"id": 0, "text": "a&b"})
                times = []
                for number in range(1, 51):
                    start = time.monotonic()
                    child.write(record(number, f"第{number}頁"))
                    self.assertEqual(json.loads(child.line())["id"], number)
                    times.append(time.monotonic() - start)
                # A timer of a tenth of a second would be in every one of them.
                self.assertLess(sorted(times)[len(times) // 2], 0.05)

    def test_half_a_record_keeps_no_whole_one_back(self):
        with Child("-f", "jsonl") as child:
            child.write(record(1, "甲") + '{"id":2,"te')
            self.assertEqual(json.loads(child.line())["id"], 1)
            child.write('xt":"乙"}\n')
            self.assertEqual(json.loads(child.line())["id"], 2)

    def test_a_bad_line_is_answered_too(self):
        with Child("-q", "-f", "jsonl") as child:
            child.write("no record\n")
            self.assertEqual(child.line(), "no record")

    def test_a_trickle_that_never_pauses_comes_out(self):
        for threads in THREADS:
            with self.subTest(threads), Child("-f", "jsonl", threads) as child:
                pipes = child.process.stdout, child.process.stdin
                end = time.monotonic() + PATIENCE
                number, answered = 0, False
                while not answered and time.monotonic() < end:
                    # Where a pipe has room, a record fits: no end ever waits for the other.
                    answers, room, _ = select.select(pipes[:1], pipes[1:], [], 1)
                    answered = bool(answers)
                    if room and not answered:
                        child.write(record(number, f"第{number}頁"))
                        number += 1
                self.assertTrue(answered)
                # Long before a buffer is full: that would take thousands of records.
                self.assertEqual(json.loads(child.line())["id"], 0)

    def test_line_buffered_answers_within_one_write(self):
        lines = [record(number, f"第{number}頁") for number in range(20)]
        with Child("-f", "jsonl", "--line-buffered", "-T2") as child:
            child.write("".join(lines))
            self.assertEqual([child.line() + "\n" for _ in lines], lines)


class Verdicts(unittest.TestCase):
    def test_a_dropped_record_is_answered(self):
        for threads in THREADS:
            with self.subTest(threads), Child("-f", "jsonl", "--verdicts", threads) as child:
                child.write(record("first", PAGE))
                self.assertEqual(json.loads(child.line())["id"], "first")
                child.write(record("second", PAGE))
                verdict = json.loads(child.line())
                self.assertEqual(verdict["dropped"], "duplicate-document")
                self.assertEqual(verdict["document"], 1)
                self.assertEqual(verdict["name"], "second")
                self.assertEqual(verdict["first"]["document"], 0)
                self.assertIn(verdict["first"].get("name", "first"), "first")

    def test_there_are_as_many_lines_as_records_and_kept_ones_are_as_ever(self):
        lines = [record(1, "甲"), record(2, PAGE), "bad\n", record('"3\\', PAGE), record(4, "乙")]
        given = "".join(lines).encode()
        plain = subprocess.run([DEDUP, "-q", "-f", "jsonl"], input=given, stdout=subprocess.PIPE)
        told = subprocess.run([DEDUP, "-q", "-f", "jsonl", "--verdicts"], input=given,
                              stdout=subprocess.PIPE)
        self.assertEqual(plain.returncode, told.returncode)
        out = told.stdout.decode().splitlines(keepends=True)
        self.assertEqual(len(out), len(lines))
        self.assertEqual(json.loads(out.pop(3))["name"], '"3\\')
        self.assertEqual("".join(out), plain.stdout.decode())

    def test_without_the_option_nothing_answers(self):
        with Child("-f", "jsonl") as child:
            child.write(record(1, PAGE))
            child.line()
            child.write(record(2, PAGE))
            self.assertIsNone(child.line(0.3))
            child.write(record(3, "甲"))
            self.assertEqual(json.loads(child.line())["id"], 3)

    def test_where_all_copies_go_the_first_has_none(self):
        given = (record(1, PAGE) + record(2, PAGE)).encode()
        run = subprocess.run([DEDUP, "-f", "jsonl", "--verdicts", "--keep=none"], input=given,
                             stdout=subprocess.PIPE)
        verdicts = [json.loads(line) for line in run.stdout.splitlines()]
        self.assertEqual([verdict.get("first") for verdict in verdicts],
                         [None, {"document": 0, "name": "1"}])


class Text(unittest.TestCase):
    def test_a_document_comes_out_when_it_ends(self):
        for separator in ("===", ""):
            option = "--document-separator=" + separator
            with self.subTest(separator), Child(option) as child:
                child.write(f"a&amp;b\n{separator}\n")
                self.assertEqual(child.line(), "a&b")
                self.assertEqual(child.line(), separator)

    def test_what_is_decided_within_a_document_comes_out_while_it_goes_on(self):
        # More than two windows; documents are not compared, or each would wait for its end.
        text = "".join(f"{number} 個字的一行\n" for number in range(500_000)).encode()
        for options in ([], ["--line-buffered"]):
            with self.subTest(options), Child("--documents=off", *options) as child:
                got = b""
                # Written beside, since both ends may have to wait for the other.
                writer = threading.Thread(target=child.write_all, args=(text,))
                writer.start()
                end = time.monotonic() + PATIENCE
                while len(got) < 4 << 20 and time.monotonic() < end:
                    if select.select([child.process.stdout], [], [], 0.1)[0]:
                        got += os.read(child.process.stdout.fileno(), 1 << 16)
                self.assertGreaterEqual(len(got), 4 << 20)
                while writer.is_alive():
                    if select.select([child.process.stdout], [], [], 0.01)[0]:
                        got += os.read(child.process.stdout.fileno(), 1 << 16)
                self.assertEqual(got + child.finish(), text)


if __name__ == "__main__":
    unittest.main()
