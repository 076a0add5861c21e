#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Usage: tests/spark_run_test.sh DEDUP
#
# tools/spark/run from a shell: its parts, joined, are what the command writes.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dedup=$(readlink -f "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir in
for page in "$root"/testdata/golden/*/*.txt; do
  python3 -c 'import json, sys
print(json.dumps({"id": sys.argv[1], "text": open(sys.argv[1], errors="replace").read()}))' "$page"
done | tee in/0.jsonl in/2.jsonl | tac >in/1.jsonl
"$root/tools/spark/run" clean in out --near --split-bytes=20K --edits 2>log || { cat log; exit 1; }
"$dedup" --near --removed=list "$PWD"/in/*.jsonl >whole
cat out/part-* | cmp - whole
cmp <(sed 1d list) <(cat out/_edits/* | sed 1d)
[ "$(ls out/part-* | wc -l)" -gt 3 ] && [ -s whole ]
echo "tools/spark/run: $(ls out/part-* | wc -l) parts, the command's bytes"
