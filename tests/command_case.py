# SPDX-License-Identifier: Apache-2.0
"""What tests of the command share: a folder of their own, and runs in it.

The first argument of such a test is the command; it is taken off the list when this is imported."""
import os
import subprocess
import sys
import tempfile
import unittest

DEDUP = os.path.abspath(sys.argv.pop(1))


class CommandCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def file(self, name, data):
        """Writes a file below the folder, and the folders that it takes; returns its name."""
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as file:
            file.write(data if isinstance(data, bytes) else data.encode())
        return name

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def run_command(self, *args, given=b"", status=0):
        """Runs the command in the folder; its status must be `status`."""
        done = subprocess.run([DEDUP, *args], input=given, cwd=self.folder, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, status, done.stderr.decode())
        return done
