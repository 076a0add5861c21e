# SPDX-License-Identifier: Apache-2.0
"""The command dedup, which the wheel brings along."""
import os
import shutil
import sys

from . import Error

__all__ = ["path"]


def path():
    """Where it is: in this package, else on the way of $PATH. Raises Error where there is none."""
    own = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bin", "dedup")
    found = own if os.access(own, os.X_OK) else shutil.which("dedup")
    if found is None:
        raise Error("the command dedup is not installed")
    return found


def main():
    own = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bin", "dedup")
    os.execv(own, ["dedup", *sys.argv[1:]])
