#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage: tests/shard_recipes_test.py DEDUP

The scripts of tools/spark/README.md, word by word: with GNU parallel, and as an array of tasks,
whose scheduler is a loop here. What they write is what one run writes.
"""
import json
import os
import random
import re
import shutil
import subprocess
import unittest

from command_case import DEDUP, CommandCase
from shard_command_test import texts

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools", "spark", "README.md")
STAGES = (("keys", 5), ("documents", 2), ("settle", 5), ("blocks", 3), ("apply", 5))


def scripts():
    with open(PAGE, encoding="utf-8") as file:
        return re.findall(r"(?m)^```bash\n([\s\S]*?)^```$", file.read())


class ShardRecipes(CommandCase):
    def setUp(self):
        super().setUp()
        records = [json.dumps({"text": "".join(lines)}, ensure_ascii=False) + "\n"
                   for lines in texts(random.Random(1), 60)]
        for number in range(5):
            self.file(f"crawl/{number}.jsonl", "".join(records[number::5]) + "no record\n")
        self.file("array.sh", scripts()[1])
        os.makedirs(self.path("bin"))
        os.symlink(DEDUP, self.path("bin/dedup"))
        self.run_command(*(f"crawl/{number}.jsonl" for number in range(5)), "-o", "whole", status=1)

    def bash(self, *words, **environment):
        done = subprocess.run(["bash", *words], cwd=self.folder, check=False, capture_output=True,
                              env={**os.environ, "HOME": self.folder, **environment,
                                   "PATH": self.path("bin") + ":" + os.environ["PATH"]})
        self.assertEqual(done.returncode, 0, done.stderr.decode())

    @unittest.skipUnless(shutil.which("parallel"), "parallel is missing")
    def test_parallel(self):
        for lost in ("clean/1.jsonl", "clean/3.jsonl"):  # and it goes on where that is missing
            self.bash("-c", scripts()[0])
            self.assertEqual(self.read("clean.jsonl"), self.read("whole"))
            os.unlink(self.path(lost))

    def test_an_array_of_tasks(self):
        self.file("job/files", "".join(f"crawl/{number}.jsonl\n" for number in range(5)))
        self.file("job/secret", bytes(range(32)))
        for stage, count in STAGES:
            for task in range(count):
                self.bash("array.sh", stage, SLURM_ARRAY_TASK_ID=str(task),
                          SLURM_ARRAY_TASK_COUNT=str(count))
        self.assertEqual(b"".join(self.read(f"job/apply-{part:05}") for part in range(5)),
                         self.read("whole"))


if __name__ == "__main__":
    unittest.main()
