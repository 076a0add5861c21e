# SPDX-License-Identifier: Apache-2.0
"""What stands at the head of the files of `dedup shard`. Apart from the rest, which takes numpy and
pyarrow, so that who has no need of those does not wait for them."""
from . import Error

__all__ = ["heading_of"]


def heading_of(path, kind):
    """The heading as a dict of lists, and where the rest of the file begins."""
    with open(path, "rb") as file:
        head, end = b"", -1
        while end < 0 and len(head) < 1 << 20 and (more := file.read(4096)):
            head += more
            end = head.find(b"\n\n")
    lines = head[:max(end, 0)].decode().split("\n")
    if lines[0] != f"dedup-{kind} 1":
        raise Error(f"{path}: is not what dedup shard {kind} of this version writes")
    heading = {}
    for line in lines[1:]:
        name, _, value = line.partition(" ")
        heading.setdefault(name, []).append(value)
    return heading, end + 2
