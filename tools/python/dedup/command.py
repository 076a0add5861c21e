# SPDX-License-Identifier: Apache-2.0
"""The command dedup, which the wheel brings along."""
import os
import shutil
import sys

from . import Error

__all__ = ["path"]

_OWN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bin", "dedup")


def path():
    """Where it is: in this package, else on the way of $PATH. Raises Error where there is none."""
    found = _OWN if os.access(_OWN, os.X_OK) else shutil.which("dedup")
    if found is None:
        raise Error("the command dedup is not installed")
    return found


def main():
    """What is installed as dedup: never one of $PATH, which may be this."""
    os.execv(_OWN, ["dedup", *sys.argv[1:]])
