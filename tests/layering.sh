#!/bin/sh
# Usage: tests/layering.sh [ROOT]
#
# Fails, naming file and line, where
#   - a file includes a floor above its own, or a header of a third party outside its wall;
#   - the library includes a header, or calls a function, for files, streams, environment, clock or
#     exit, which belong to tools/ and tests/;
#   - a .cc file is not named in CMakeLists.txt, so that nothing builds it and no test of it runs;
#   - a source holds an invisible character, is not UTF-8, or has a line over 100 characters.
# testdata/ is data, and so is the dirty text in README's example: neither is looked at.
set -eu
export LC_ALL=C.UTF-8
cd "${1:-$(dirname "$0")/..}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
found="$work/found"
: >"$found"

cxx=$(find include src tools tests -name '*.h' -o -name '*.cc' | sort)
[ -n "$cxx" ] || { echo "no sources under $PWD" >&2; exit 1; }

# -- includes -------------------------------------------------------------------------------------
# shellcheck disable=SC2086  # no name of ours holds a space
grep -nE '^[[:blank:]]*#[[:blank:]]*(include|import)' $cxx /dev/null | awk '
  BEGIN {
    # The floors, bottom up. A file sees its own floor and those below.
    split("include/dedup src/walls src/text src/numbers src/memory src/cleaner", names, " ")
    for (i in names) floor[names[i]] = i
    # One wall for each third party: the header and the files that may include it.
    wall["unicode/"] = "src/walls/icu.cc tools/make_tables.cc"
    wall["xxhash.h"] = "src/walls/hash.cc"
    wall["simdjson.h"] = "src/walls/json.cc"
    wall["CLI/"] = "tools/args.cc"
    wall["catch2/"] = "tests/catch.h"
    wall["immintrin.h"] = "src/text/kernel_loops.h"
    wall["benchmark/"] = "tools/bench.cc"
    world = " chrono clocale csignal cstdio ctime filesystem fstream iostream locale "
  }
  function fault(what) { print file ":" line ": " what ": " text }
  function directory(path) { sub("/[^/]*$", "", path); return path }
  function floor_of(header) {
    return floor[header ~ /^dedup\// ? "include/dedup" : "src/" directory(header)]
  }
  function angle(header,    key, third) {
    third = header; sub("/.*", "/", third)
    if (third in wall) {
      if (index(" " wall[third] " ", " " file " ") == 0) fault("third party outside its wall")
    } else if (outer) {
      return  # tools and tests may use all of the standard library and of POSIX
    } else if (file == "src/walls/pages.cc" && (header == "sys/mman.h" || header == "unistd.h")) {
      return  # advice on memory, and nothing else of the system
    } else if (header !~ /^[a-z_0-9]+$/ || index(world, " " header " ") > 0) {
      fault("not for the library")
    }
  }
  function quote(header) {
    if (header ~ /(^|\/)\.\.?\//) fault("a path with dots")
    else if (top == "tests") return  # tests see everything
    else if (top == "tools" && header !~ /\//) return  # its own headers
    else if (top == "tools" && header ~ /^dedup\//) return
    else if (file == "tools/bench.cc" && floor_of(header)) return  # measures them one by one
    else if (file == "tools/make_tables.cc" && header == "text/tables.h") return  # what it fills
    else if (top == "tools") fault("tools see the face of the library only")
    else if (!floor_of(header)) fault("on no floor of the library")
    else if (floor_of(header) > own) fault("a floor above its own")
  }
  {
    file = $0; sub(/:.*/, "", file)
    line = substr($0, length(file) + 2); sub(/:.*/, "", line)
    text = substr($0, length(file) + length(line) + 3)
    top = file; sub("/.*", "", top)
    outer = top == "tools" || top == "tests"
    own = floor[directory(file)]
    if (!outer && !own) fault("a file on no floor")
    if (match(text, /<[^>]*>/)) angle(substr(text, RSTART + 1, RLENGTH - 2))
    else if (match(text, /"[^"]*"/)) quote(substr(text, RSTART + 1, RLENGTH - 2))
    else fault("an include that cannot be read")
  }' >>"$found"

# -- calls ----------------------------------------------------------------------------------------
find include src -name '*.h' -o -name '*.cc' | sort |
  xargs grep -nE '\<(getenv|setenv|setlocale|exit|_Exit|quick_exit|fopen|printf)[[:blank:]]*\(' |
  sed 's/$/   <- not for the library/' >>"$found"

# -- forgotten sources -----------------------------------------------------------------------------
for file in $cxx; do
  name=${file##*/}
  case $name in
    *.h) continue ;;
    fuzz_*) name=fuzz_ ;;  # made in a loop
  esac
  grep -qE "/$name" CMakeLists.txt || echo "$file:1: not built by CMakeLists.txt" >>"$found"
done

# -- characters -----------------------------------------------------------------------------------
# All that is written by hand, tables and rules of the library among it.
written=$(
  find include src tools tests .ci -type f
  for file in CMakeLists.txt CHANGELOG.md .clang-format .clang-tidy .editorconfig \
    .gitignore; do
    if [ -f "$file" ]; then echo "$file"; fi
  done
)
invisible='[\x00-\x08\x0B-\x1F\x7F-\xA0\xAD\x{34F}\x{61C}\x{115F}\x{1160}\x{1680}'
invisible="$invisible"'\x{17B4}\x{17B5}\x{180B}-\x{180F}\x{2000}-\x{200F}\x{2028}-\x{202F}'
invisible="$invisible"'\x{205F}-\x{206F}\x{3000}\x{3164}\x{FE00}-\x{FE0F}\x{FEFF}'
invisible="$invisible"'\x{FFA0}\x{FFF0}-\x{FFFB}\x{1D173}-\x{1D17A}\x{E0000}-\x{E0FFF}]'
for file in $written; do
  # The other two look at characters, so a file that has none comes first.
  if ! iconv -f UTF-8 -t UTF-8 "$file" >"$work/text" 2>/dev/null; then
    echo "$file:1: not UTF-8" >>"$found"
    continue
  fi
  grep -anP "$invisible" "$work/text" | sed "s|^\([0-9]*\):.*|$file:\1: an invisible character|" \
    >>"$found" || true
  case $file in
    *.h | *.cc | *.sh | *CMakeLists.txt | tools/* | .ci/*)
      grep -anP '^.{101}' "$work/text" | sed "s|^\([0-9]*\):.*|$file:\1: over 100 characters|" \
        >>"$found" || true ;;
  esac
done

[ ! -s "$found" ] || { cat "$found" >&2; exit 1; }
