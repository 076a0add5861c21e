#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: tests/licence.sh [ROOT]
#
# Fails, naming them, where a source, script or CMake file does not say its licence in its first
# three lines.
set -eu
cd "${1:-$(dirname "$0")/..}"
bare=$(
  find include src tools tests .ci CMakeLists.txt -type f \( -name '*.h' -o -name '*.cc' \
    -o -name '*.sh' -o -name '*.py' -o -name CMakeLists.txt -o -path .ci/run \
    -o -path 'tools/*' ! -name '*.*' \) | sort |
    while read -r file; do
      head -n 3 "$file" | grep -q 'SPDX-License-Identifier: Apache-2\.0$' || echo "$file"
    done
)
[ -z "$bare" ] || { echo "no licence line in:" "$bare" >&2; exit 1; }
