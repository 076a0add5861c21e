#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/manual_test.py DEDUP

One table of options: the parser, the help, the manual page, the completions of three shells and the
lists in the READMEs name the same ones. Where mandoc, zsh or fish is missing, what needs it is
skipped.
"""
import os
import re
import shutil
import subprocess
import unittest

from command_case import DEDUP, CommandCase

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
COMMANDS = ["", "restore", "learn", "diff"]
# "  -o, --output=FILE …", "      --stats[=json]", "  -h"
OPTION = re.compile(r"^  (?:-(\w))?(?:, |    )?(?:--([a-z0-9-]+))?(\[?=\S+)?", re.M)


class Case(CommandCase):
    def told(self, *args, chinese=False):
        language = {"LC_ALL": "zh_CN.UTF-8" if chinese else "C"}
        done = subprocess.run([DEDUP, *args], cwd=self.folder, check=True, capture_output=True,
                              stdin=subprocess.DEVNULL, env={**os.environ, **language})
        self.assertEqual(done.stderr, b"")
        return done.stdout.decode()

    def options(self, command):
        """(letter, name, argument) of each option of a command, by its help."""
        text = self.told(*([command] if command else []), "--help")
        text = text[text.index("Examples:"):]
        found = [match.groups() for match in OPTION.finditer(text)]
        return [option for option in found if option[0] or option[1]]

    def names(self, command):
        return {f"--{name}" for _, name, _ in self.options(command) if name}


class Table(Case):
    def test_options_are_found(self):
        self.assertIn(("o", "output", "=FILE"), self.options(""))
        self.assertIn((None, "stats", "[=json]"), self.options(""))
        self.assertIn(("h", None, None), self.options("learn"))
        self.assertGreater(len(self.options("")), 35)

    def test_the_parser_knows_what_the_help_names(self):
        for command in COMMANDS:
            for letter, name, argument in self.options(command):
                for spelling in [f"-{letter}"] * bool(letter) + [f"--{name}"] * bool(name):
                    value = ["\x7f"] if argument and argument.startswith("=") else []
                    words = [command, spelling, *value, "--none"]
                    done = subprocess.run([DEDUP, *filter(None, words)], check=False,
                                          capture_output=True, stdin=subprocess.DEVNULL)
                    self.assertNotIn(f"unknown option {spelling}", done.stderr.decode())

    def test_every_word_that_an_option_lists_is_taken(self):
        for letter, name, argument in self.options(""):
            if not argument or name == "generate":
                continue
            for word in re.findall(r"[a-z-]+", argument.split(",")[0]):
                done = self.run_command(f"--{name}={word}", "-n", "--to=jsonl", "-f", "text",
                                        status=None)
                self.assertNotIn(f"--{name} takes", done.stderr.decode())

    def run_command(self, *args, status=0, **more):
        if status is not None:
            return super().run_command(*args, status=status, **more)
        return subprocess.run([DEDUP, *args], cwd=self.folder, check=False, capture_output=True,
                              input=b"")

    def test_what_stands_for_an_option_may_be_typed(self):
        text = self.told("--help")
        for name, standard in re.findall(r"--([a-z-]+)=[^\n]*?(?:(?!\n {6}--|\n  -)[\s\S])*?"
                                         r"\[([a-z0-9.%]+)\]\n", text):
            done = self.run_command(f"--{name}={standard}", "-n", status=None)
            self.assertNotIn("takes", done.stderr.decode(), (name, standard))

    def test_an_optional_value_stands_in_the_same_word(self):
        page = self.file("page.txt", "第一頁\n")
        self.assertEqual(self.run_command("--stats=json", page).stderr[:1], b"{")
        self.assertNotEqual(self.run_command("--stats", page).stderr[:1], b"{")
        self.run_command("--stats", "json", page, status=1)  # json is a file that is not there

    def test_the_short_help_names_no_other(self):
        for command in COMMANDS:
            brief = self.told(*([command] if command else []), "-h")
            options = brief[brief.index("\n\n"):brief.rindex("\n\n")]
            named = set(re.findall(r"(?m)^  (?:-\w, |    )(--[a-z0-9-]+)", options))
            self.assertTrue(named)
            self.assertLessEqual(named, self.names(command))

    def test_help_fits(self):
        for command in COMMANDS:
            words = [command] if command else []
            self.assertLessEqual(self.told(*words, "-h").count("\n"), 24)
            for text in self.told(*words, "-h"), self.told(*words, "--help"):
                self.assertLessEqual(max(map(len, text.split("\n"))), 100)
                self.assertFalse(re.search(r"(?m) $", text), "a blank at a line's end")


class Documents(Case):
    def test_the_readme_has_the_list_as_it_is_generated(self):
        with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as readme:
            listed = "\n" + self.told("--generate=markdown") in readme.read()
        self.assertTrue(listed, "put in what --generate=markdown writes")

    def test_the_chinese_readme_has_the_chinese_one(self):
        with open(os.path.join(ROOT, "README.zh.md"), encoding="utf-8") as readme:
            listed = "\n" + self.told("--generate=markdown", chinese=True) in readme.read()
        self.assertTrue(listed, "put in what LC_ALL=zh_CN dedup --generate=markdown writes")

    def test_every_option_has_a_chinese_text(self):
        for line in self.told("--generate=markdown", chinese=True).split("\n"):
            if line.startswith("- "):
                self.assertRegex(line.split("` ")[-1], "[\u4e00-\u9fff]")
        for command in COMMANDS:
            brief = self.told(*([command] if command else []), "-h", chinese=True)
            for line in filter(None, brief.split("\n")):
                self.assertRegex(line, r"[\u4e00-\u9fff]|^ {6}--\S+$")
            self.assertLessEqual(brief.count("\n"), 24)

    def test_the_manual_page_names_them(self):
        page = self.told("--generate=man").replace("\\-", "-")
        for command in COMMANDS:
            for letter, name, _ in self.options(command):
                for spelling in [f"-{letter}"] * bool(letter) + [f"--{name}"] * bool(name):
                    self.assertIn(f"\\fB{spelling}\\fR", page)

    @unittest.skipUnless(shutil.which("mandoc"), "mandoc is missing")
    def test_the_manual_page_is_well_formed(self):
        done = subprocess.run(["mandoc", "-T", "lint"], check=False, text=True,
                              capture_output=True, input=self.told("--generate=man"))
        self.assertEqual((done.stdout, done.returncode), ("", 0))


class Completions(Case):
    def offered(self, command):
        """What its help names; diff has a use for most options of the main job, too."""
        if command != "diff":
            return self.names(command)
        useless = ("--output --output-dir --in-place --replace-damaged --report --joblog --resume "
                   "--to --line-buffered --verdicts --dry-run --drop-empty --version --generate").split()
        return self.names("diff") | self.names("") - set(useless)

    def setUp(self):
        super().setUp()
        self.file("a-file.txt", "")
        self.file("a-folder/b", "")
        for shell in "bash", "zsh", "fish":
            self.file(f"dedup.{shell}", self.told(f"--generate={shell}"))

    def bash(self, line):
        words = [word for word in re.split(r"(=)|\s+", line) if word]
        if line.endswith((" ", "=")):
            words.append("")
        script = ("source ./dedup.bash; compopt() { :; }; COMP_LINE=$1 COMP_POINT=${#1};"
                  "shift; COMP_WORDS=(\"$@\") COMP_CWORD=$(($# - 1)); _dedup;"
                  "printf '%s\\n' \"${COMPREPLY[@]}\"")
        done = subprocess.run(["bash", "-c", script, "bash", line, *words], cwd=self.folder,
                              capture_output=True, check=True, text=True)
        self.assertEqual(done.stderr, "")
        return done.stdout.split()

    def test_bash(self):
        cases = [("dedup --scop", ["--scope="]),
                 ("dedup --scope=d", ["document"]),
                 ("dedup --scope w", ["wide"]),
                 ("dedup --stat", ["--stats"]),
                 ("dedup -f js", ["json", "jsonl"]),
                 ("dedup learn --min", ["--min-documents="]),
                 ("dedup restore --removed=a-fi", ["a-file.txt"]),
                 ("dedup --output-dir=a-", ["a-folder"]),
                 ("dedup lea", ["learn"]),
                 ("dedup diff --col", ["--color="]),
                 ("dedup diff --color=al", ["always"]),
                 ("dedup diff --scope=d", ["document"]),
                 ("dedup diff --output-d", []),
                 ("dedup a-f", ["a-file.txt", "a-folder"])]
        for line, expected in cases:
            with self.subTest(line):
                self.assertEqual(sorted(self.bash(line)), expected)

    def test_bash_offers_all_options(self):
        for command in COMMANDS:
            offered = self.bash(f"dedup {command} --".replace("  ", " "))
            self.assertEqual({word.rstrip("=") for word in offered}, self.offered(command))

    @unittest.skipUnless(shutil.which("fish"), "fish is missing")
    def test_fish(self):
        def fish(line):
            done = subprocess.run(["fish", "--no-config", "-c",
                                   "source dedup.fish; complete -C $argv[1]", line],
                                  cwd=self.folder, check=True, capture_output=True, text=True,
                                  env={**os.environ, "HOME": self.folder})
            return [found.split("\t")[0] for found in done.stdout.split("\n") if found]
        self.assertEqual(fish("dedup --scop"), ["--scope"])
        self.assertEqual(fish("dedup --scope=d"), ["--scope=document"])
        self.assertIn("learn", fish("dedup lea"))
        for command in COMMANDS:
            offered = fish(f"dedup {command} --".replace("  ", " "))
            self.assertEqual({word.rstrip("=") for word in offered}, self.offered(command))

    @unittest.skipUnless(shutil.which("zsh"), "zsh is missing")
    def test_zsh(self):
        self.file("functions/_dedup", self.read("dedup.zsh"))
        # A terminal in a shell: what it shows behind the line when tab was pressed.
        script = """
          zmodload zsh/zpty
          zpty z zsh -f -i
          zpty -w z 'PS1= fpath=(functions $fpath); autoload -U compinit; compinit -u -D; echo up'
          zpty -r -m z out '*up*'
          zpty -n -w z $'dedup '$1$'\\t\\C-a: \\C-e; echo done\\n'
          zpty -r -m z out '*done*done*'
          print -r -- $out
        """
        def zsh(line):
            done = subprocess.run(["zsh", "-f", "-c", script, "zsh", line], cwd=self.folder,
                                  check=True, capture_output=True, text=True, timeout=60,
                                  env={**os.environ, "HOME": self.folder, "TERM": "dumb"})
            return done.stdout
        self.assertIn("--scope=document", zsh("--scope=d"))
        self.assertIn("--min-documents=", zsh("learn --min-doc"))


if __name__ == "__main__":
    unittest.main()
