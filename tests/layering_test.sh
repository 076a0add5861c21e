#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A lint that cannot fail is worth nothing: plants one fault at a time in a small tree and requires
# layering.sh to find it there, and to pass the tree without it.
set -eu
lint=$(cd "$(dirname "$0")" && pwd)/layering.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
cd "$tree"
failed=0

sound_tree() {
  rm -rf ./* .ci
  mkdir -p include/dedup src/walls src/text/repair src/numbers src/formats src/boilerplate
  mkdir -p src/memory src/cleaner/rules tools/bytes tools/readers tools/writers tools/listeners
  mkdir -p tools/command tools/build tools/measure tests .ci
  printf '#include <string_view>\n' >include/dedup/edit.h
  printf '#include "walls/icu.h"\n#include <unicode/uchar.h>\n' >src/walls/icu.cc
  printf '#  include <xxhash.h>\n' >src/walls/hash.cc
  printf '#include <simdjson.h>\n' >src/walls/json.cc
  printf '#include <sys/mman.h>\n#include <unistd.h>\n' >src/walls/pages.cc
  printf '#include <fcntl.h>\n#include <unistd.h>\n#include <cerrno>\n' >src/walls/files.cc
  printf '#include "dedup/edit.h"\n#include "walls/icu.h"\n' >src/text/fold.cc
  printf '#include "text/fold.h"\n' >src/numbers/fingerprint.cc
  printf '#include "numbers/fingerprint.h"\n' >src/memory/seen_set.cc
  printf '#include "text/fold.h"\n' >src/text/repair/repair.cc
  printf '#include "text/repair/repair.h"\n' >src/text/segment.cc
  printf '#include "numbers/fingerprint.h"\n' >src/boilerplate/rules.cc
  printf '#include "walls/json.h"\n#include "dedup/record.h"\n' >src/formats/record.cc
  printf '#include "memory/seen_set.h"\n#include "dedup/cleaner.h"\n' >src/cleaner/judge.cc
  printf '#include "cleaner/judge.h"\n#include "boilerplate/rules.h"\n' >src/cleaner/rules/near.cc
  printf '#include <CLI/CLI.hpp>\n#include "command/choices.h"\n' >tools/command/typed.cc
  printf '#include "bytes/source.h"\n#include "dedup/edit.h"\n' >tools/readers/text.cc
  printf '#include <unicode/uchar.h>\n#include "text/tables.h"\n' >tools/build/make_tables.cc
  printf '#include <fcntl.h>\n#include <iostream>\n' >tools/bytes/source.cc
  printf '#include <benchmark/benchmark.h>\n#include "text/fold.h"\n' >tools/measure/bench.cc
  printf '#include <catch2/catch.hpp>\n' >tests/catch.h
  printf '#include "catch.h"\n#include "text/fold.h"\n#include <iostream>\n' >tests/fold_test.cc
  for folder in src tools tools/build tests; do
    (cd $folder && find . -name '*.cc' | sed 's|^\./|  |' >CMakeLists.txt)
  done
  printf '%0100d\n' 0 >tools/run
  printf '\344\270\255%.0s' $(seq 100) >src/text/wide.h  # 100 characters, 300 bytes
}

# plant FILE 'LINE FOR PRINTF' WHAT: the line goes to the end of the file.
plant() {
  sound_tree
  mkdir -p "${1%/*}"
  printf '\n'"$2"'\n' >>"$1"
  if message=$(sh "$lint" "$tree" 2>&1); then
    echo "not found in $1: $2" >&2
    failed=1
  elif ! printf '%s' "$message" | grep -q "^$1:[0-9]*:.*$3"; then
    echo "found, but not as '$3' in $1: $2: $message" >&2
    failed=1
  fi
}

sound_tree
sh "$lint" "$tree" || { echo "the sound tree does not pass" >&2; failed=1; }

above='a floor above its own'
plant include/dedup/edit.h '#include "text/fold.h"' "$above"
plant src/walls/icu.cc '#include "text/fold.h"' "$above"
plant src/text/fold.cc '#include "numbers/fingerprint.h"' "$above"
plant src/numbers/fingerprint.cc ' #  include "memory/seen_set.h"' "$above"
plant src/memory/seen_set.cc '#include "cleaner/judge.h"' "$above"
plant src/cleaner/judge.cc '#include "command/args.h"' 'on no floor'
plant src/cleaner/judge.cc '#include "tools/command/args.h"' 'on no floor'
plant src/text/fold.cc '#include "fold.h"' 'on no floor'
plant src/text/fold.cc '#include "../numbers/fingerprint.h"' 'with dots'
plant src/walls/pages.cc '#include <fcntl.h>' 'not for the library'
plant src/walls/files.cc '#include <sys/mman.h>' 'not for the library'
plant src/walls/files.cc '#include <fstream>' 'not for the library'
plant src/walls/icu.cc '#include <unistd.h>' 'not for the library'
plant src/text/fold.cc '#include <sys/mman.h>' 'not for the library'
plant src/new_floor.cc '#include <string>' 'a file on no floor'
plant src/text/new.cc '#include <string>' 'not built'
plant tests/new_test.cc '#include <string>' 'not built'
plant tests/other/fold_test.cc '#include <string>' 'not built'  # another of that name is
plant tools/build/args.cc '#include <string>' 'not built'       # has a CMakeLists.txt of its own
plant tools/command/args.cc '#include "text/fold.h"' 'face of the library only'
plant tools/command/args.cc '#include "../src/text/fold.h"' 'with dots'

wall='outside its wall'
plant src/text/fold.cc '#include <unicode/uchar.h>' "$wall"
plant src/walls/json.cc '#include <unicode/uchar.h>' "$wall"
plant include/dedup/edit.h '#include <unicode/utypes.h>' "$wall"
plant tests/fold_test.cc '#include <unicode/uchar.h>' "$wall"
plant src/numbers/fingerprint.cc '#include <xxhash.h>' "$wall"
plant src/cleaner/judge.cc '#include <simdjson.h>' "$wall"
plant tools/measure/bench.cc '#include <CLI/CLI.hpp>' "$wall"
plant tests/fold_test.cc '#include <catch2/catch.hpp>' "$wall"
plant tests/fold_test.cc '#include <benchmark/benchmark.h>' "$wall"
plant src/text/fold.cc '#include "xxhash.h"' 'on no floor'
plant src/text/fold.cc '#include <lmdb.h>' 'not for the library'
plant src/text/fold.cc '#include HEADER' 'cannot be read'

for header in fstream iostream filesystem cstdio chrono unistd.h fcntl.h sys/stat.h; do
  plant src/cleaner/judge.cc "#include <$header>" 'not for the library'
done
plant include/dedup/edit.h '#include <iostream>' 'not for the library'
plant src/cleaner/judge.cc 'auto home = std::getenv("HOME");' 'not for the library'
plant src/cleaner/judge.cc 'std::exit(1);' 'not for the library'

# U+00A0 U+00AD U+200B U+202E U+2066 U+3000 U+FE0F U+FEFF U+E0041, NUL, CR: as bytes, in octal.
for bytes in '\302\240' '\302\255' '\342\200\213' '\342\200\256' '\342\201\246' '\343\200\200' \
  '\357\270\217' '\357\273\277' '\363\240\201\201' '\000' '\015'; do
  plant src/text/fold.cc "// a${bytes}b" 'invisible'
done
plant tools/run '# a\342\200\213b' 'invisible'
plant .ci/run '# a\342\200\213b' 'invisible'
plant src/boilerplate/rules.txt 'a\343\200\200b' 'invisible'
plant src/text/fold.cc '// \377' 'not UTF-8'
plant src/text/fold.cc "$(printf '%0101d' 0)" 'over 100'
plant tools/run "$(printf '%0101d' 0)" 'over 100'

exit $failed
