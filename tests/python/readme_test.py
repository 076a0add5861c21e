# SPDX-License-Identifier: Apache-2.0
"""The examples in Python of both READMEs, with what they are said to print."""
import os
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def examples(readme):
    """(program, output): what the block behind a program says that it prints, or nothing."""
    with open(os.path.join(ROOT, readme), encoding="utf-8") as file:
        text = file.read()
    return re.findall(r"(?m)^```python\n([\s\S]*?)^```$(?:\n\n```\n([\s\S]*?)^```$)?", text)


class Examples(unittest.TestCase):
    def run_in(self, place, program):
        path = os.pathsep.join([os.path.dirname(os.environ["DEDUP"]), os.environ["PATH"]])
        done = subprocess.run([sys.executable, "-c", program], cwd=place, capture_output=True,
                              text=True, env={**os.environ, "PATH": path,
                                         "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"})
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_each_prints_what_it_is_said_to(self):
        for readme in ("README.md", "README.zh.md"):
            found = examples(readme)
            self.assertEqual(len(found), 5, readme)
            for program, output in found:
                with self.subTest(program.splitlines()[0]), tempfile.TemporaryDirectory() as place:
                    self.assertEqual(self.run_in(place, program), output)
                    if "seen.index" in program and output:
                        self.assertEqual(self.run_in(place, program), "".join(
                            f"{number} repeats https://example.org/{number}\n"
                            for number in range(3)))

    def test_the_settings_of_scrapy_are_known_to_the_pipeline(self):
        import dedup.scrapy
        for readme in ("README.md", "README.zh.md"):
            settings = next(program for program, _ in examples(readme) if "ITEM_PIPELINES" in program)
            for name in re.findall(r"(?m)^(DEDUP_\w+)", settings):
                self.assertIn(f"\n{name}\n", dedup.scrapy.__doc__)
            for name in re.findall(r"(?m)^(DEDUP_\w+)$", dedup.scrapy.__doc__):
                with open(dedup.scrapy.__file__, encoding="utf-8") as file:
                    self.assertIn(f'"{name}"', file.read())


if __name__ == "__main__":
    unittest.main()
