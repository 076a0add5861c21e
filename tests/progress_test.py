#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/progress_test.py DEDUP

Progress on a terminal: it grows, it goes, it touches nothing else. The terminal is a pty, and a
reader that takes its time makes the run long.
"""
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
import unittest

from command_case import DEDUP, CommandCase

LINE = "春天的早晨我們沿著河岸慢慢走過去，看見遠處的山坡上開滿了白色的小花，這是第{}次。\n"


class Terminal:
    """A pty, and all that is written on it."""

    def __init__(self, columns):
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.bytes = b""
        self.thread = threading.Thread(target=self.listen)
        self.thread.start()

    def listen(self):
        try:
            while piece := os.read(self.master, 65536):
                self.bytes += piece
        except OSError:
            pass  # nobody has the other end any more

    def close(self):
        os.close(self.slave)
        self.thread.join()
        os.close(self.master)
        return self.bytes.decode()


def screen(written):
    """What stands on the terminal at last, line by line."""
    lines = []
    for row in written.split("\n"):
        cells = []
        for part in row.split("\r"):
            cells[:len(part)] = part
        lines.append("".join(cells).rstrip())
    return lines


class Progress(CommandCase):
    def setUp(self):
        super().setUp()
        self.text = "".join(LINE.format(i) for i in range(100_000))
        half = self.text.index("\n", len(self.text) // 2) + 1
        self.file("a", self.text[:half])
        self.file("b", self.text[half:])

    def run_slowly(self, *args, columns=100, given=None, seconds=2.5, call=None):
        """Runs the command on a terminal, and takes its output within so many seconds."""
        terminal = Terminal(columns)
        with subprocess.Popen([DEDUP, "-T1", *args], cwd=self.folder, stdin=given,
                              stdout=subprocess.PIPE, stderr=terminal.slave) as child:
            output = b""
            expected = len(self.text.encode())
            while piece := os.read(child.stdout.fileno(), 1 << 17):
                output += piece
                time.sleep(seconds * len(piece) / expected)
                if call and len(output) > expected / 2:
                    call(child)
                    call = None
        written = terminal.close()
        self.assertEqual(child.returncode, 0, written)
        return output.decode(), written

    def test_shares_grow_to_all_and_the_line_goes_away(self):
        lines = self.text.splitlines(keepends=True)
        names = [self.file(f"{i:02}", "".join(lines[5000 * i:5000 * i + 5000])) for i in range(20)]
        output, written = self.run_slowly(*names)
        self.assertEqual(output, self.text)
        shares = [int(share) for share in re.findall(r"dedup: (\d+) %", written)]
        self.assertEqual(shares, sorted(shares))
        self.assertGreater(len(set(shares)), 4)
        self.assertLess(shares[0], 100)
        self.assertGreaterEqual(shares[-1], 90)
        self.assertRegex(written, r"1\d of 20 files")
        self.assertEqual(screen(written), [""])

    def test_it_is_redrawn_five_times_a_second_at_most_and_from_one_second_on(self):
        start = time.monotonic()
        _, written = self.run_slowly("a", "b")
        seconds = time.monotonic() - start
        self.assertLessEqual(written.count("dedup: "), 5 * (seconds - 1) + 1)
        self.assertEqual(self.run_slowly("a", "b", seconds=0)[1].count("0:00 so far"), 0)

    def test_it_never_fills_a_line(self):
        for columns in (20, 40, 80):
            _, written = self.run_slowly("a", "b", columns=columns, seconds=1.6)
            self.assertIn("dedup: ", written)
            for row in re.split(r"[\r\n]", written):
                self.assertLess(len(row), columns)

    def test_of_a_pipe_nobody_knows_the_end(self):
        with subprocess.Popen(["cat", "a", "b"], cwd=self.folder, stdout=subprocess.PIPE) as pipe:
            output, written = self.run_slowly(given=pipe.stdout)
        self.assertEqual(output, self.text)
        self.assertIn("MB/s", written)
        self.assertNotIn("%", written)
        self.assertNotIn("left", written)

    def test_messages_stand_by_themselves(self):
        self.file("c", "責任編輯：林小滿\n")
        output, written = self.run_slowly("-v", "--color=never", "a", "c", "b")
        self.assertEqual(output, self.text)
        self.assertEqual(screen(written), ["c:1: boilerplate byline: 责任编辑", ""])

    def test_a_signal_asks_for_a_line_without_a_terminal(self):
        with open(self.path("said"), "wb") as said:
            with subprocess.Popen([DEDUP, "-T1", "a", "b"], cwd=self.folder, stderr=said,
                                  stdout=subprocess.PIPE) as child:
                first = os.read(child.stdout.fileno(), 1)  # it runs, and then waits for us
                child.send_signal(signal.SIGUSR1)
                time.sleep(0.3)
                rest = child.stdout.read()
        self.assertEqual(child.returncode, 0)
        self.assertEqual((first + rest).decode(), self.text)
        self.assertRegex(self.read("said").decode(),
                         r"^dedup: \d+ %, [\d.]+ MB of [\d.]+ MB, .* of 2 files, 0:00 so far\n$")

    def test_a_signal_leaves_the_line_on_the_terminal_whole(self):
        _, written = self.run_slowly("a", "b", call=lambda run: run.send_signal(signal.SIGUSR1))
        lines = screen(written)
        self.assertEqual(len(lines), 2)
        self.assertRegex(lines[0], r"^dedup: \d+ %.*so far$")
        self.assertEqual(lines[1], "")

    def test_nothing_is_drawn_where_nobody_wants_it(self):
        for option in ("--progress=never", "--quiet"):
            self.assertEqual(self.run_slowly(option, "a", "b", seconds=1.6)[1], "")
        done = self.run_command("a", "b")
        self.assertEqual(done.stderr, b"")

    def test_a_broken_run_takes_its_line_along(self):
        terminal = Terminal(80)
        with subprocess.Popen([DEDUP, "-T1", "a", "b", "-o", "/dev/full"], cwd=self.folder,
                              stderr=terminal.slave) as child:
            pass
        self.assertNotEqual(child.returncode, 0)
        self.assertRegex("\n".join(screen(terminal.close())), r"^dedup: .*\n$")


if __name__ == "__main__":
    unittest.main(argv=sys.argv)
