# SPDX-License-Identifier: Apache-2.0
"""dedup.spark on a cluster of two executors that die: one in each stage, by SIGKILL, while tasks
run twice (speculation). What comes out is what the command writes."""
import glob
import os
import signal
import threading
import time
import unittest

import dedup.spark
from spark_case import SparkCase, lines_of

STAGES = ("keys", "documents", "settled", "blocks", "applied")


def executors():
    """The processes of executors, the latest last."""
    found = []
    for path in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(path, "rb") as file:
                if b"CoarseGrainedExecutorBackend" in file.read():
                    found.append((os.stat(path).st_mtime, int(path.split("/")[2])))
        except OSError:
            continue
    return [pid for _, pid in sorted(found)]


class Killer(threading.Thread):
    """Kills an executor when the first files of a stage are there, once for each stage."""

    def __init__(self, job):
        super().__init__(daemon=True)
        self.job, self.killed, self.done = job, [], threading.Event()

    def run(self):
        while not self.done.is_set() and len(self.killed) < len(STAGES):
            stage = STAGES[len(self.killed)]
            if glob.glob(os.path.join(self.job, f"{stage}-*")):
                alive = executors()
                if alive:
                    os.kill(alive[0], signal.SIGKILL)
                    self.killed.append(stage)
            time.sleep(.005)


class Cluster(SparkCase):
    master = "local-cluster[2,1,1024]"
    settings = {"spark.speculation": "true", "spark.speculation.interval": "10ms",
                "spark.speculation.multiplier": "1.01", "spark.speculation.quantile": "0.1",
                "spark.task.maxFailures": "20", "spark.deploy.maxExecutorRetries": "-1",
                "spark.executor.memory": "512m",
                "spark.executorEnv.SPARK_LOCAL_IP": "127.0.0.1"}

    def test_lost_executors_and_tasks_that_run_twice_change_nothing(self):
        for number in range(2):
            with open(os.path.join(self.source, f"{number}.jsonl"), "w", encoding="utf-8") as file:
                file.write(lines_of(number, 300))
        whole, edits, told = self.command()
        for kill in (True, False):
            self.target = self.path(f"clean-{kill}")
            killer = Killer(os.path.join(self.target, "_dedup"))
            if kill:
                killer.start()
            counts = dedup.spark.clean_jsonl(self.session, self.source, self.target, edits=True,
                                             split_bytes=10_000, slice_bytes=5000)
            killer.done.set()
            self.assertEqual(killer.killed, list(STAGES) if kill else [])
            self.assertEqual(b"".join(self.bytes_of(self.parts())), whole)
            self.assertEqual(b"".join(self.bytes_of(self.parts("_edits"))).splitlines()[1:],
                             edits.splitlines()[1:])
            self.assertEqual(counts["messages"], told)
            left = [name for _, _, names in os.walk(self.target) for name in names]
            self.assertGreater(sum(name.startswith("keys-") for name in left), 20)


if __name__ == "__main__":
    unittest.main()
