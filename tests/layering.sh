#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: tests/layering.sh [ROOT]
#
# Fails, naming file and line, where
#   - a file includes a floor above its own, a room beside its own on the same floor, or a header of
#     a third party outside its wall;
#   - the library includes a header, or calls a function, for files, streams, environment, clock or
#     exit, which belong to tools/ and tests/;
#   - a .cc file is not named in the CMakeLists.txt next above it, so that nothing builds it and no
#     test of it runs;
#   - a source holds an invisible character, is not UTF-8, or has a line over 100 characters.
# testdata/ is data, and so is the dirty text in README's example: neither is looked at.
set -eu
export LC_ALL=C.UTF-8
floors=$(cd "$(dirname "$0")" && pwd)/floors.txt
cd "${1:-$(dirname "$0")/..}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
found="$work/found"
: >"$found"

cxx=$(find include src tools tests -name '*.h' -o -name '*.cc' | sort)
[ -n "$cxx" ] || { echo "no sources under $PWD" >&2; exit 1; }

# -- includes -------------------------------------------------------------------------------------
# shellcheck disable=SC2086  # no name of ours holds a space
grep -nE '^[[:blank:]]*#[[:blank:]]*(include|import)' $cxx /dev/null | awk -v floors="$floors" '
  BEGIN {
    while ((getline < floors) > 0) {
      if ($0 ~ /^#/) continue
      if ($2 == "=") { same[$1] = $3; floor[$1] = floor[$3]; continue }
      level++
      for (i = 1; i <= NF; i++) floor[$i] = level
    }
    # Readers hand to writers, and both tell listeners, as restorers do.
    door["tools/readers", "tools/writers"] = door["tools/readers", "tools/listeners"] = 1
    door["tools/writers", "tools/listeners"] = door["tools/restorers", "tools/listeners"] = 1
    # One wall for each third party: the header and the files that may include it.
    wall["unicode/"] = "src/walls/icu.cc tools/build/make_tables.cc tools/build/make_charsets.cc"
    wall["xxhash.h"] = "src/walls/hash.cc"
    wall["simdjson.h"] = "src/walls/json.cc"
    wall["zlib.h"] = "src/walls/zlib.cc"
    wall["zstd.h"] = wall["zstd_errors.h"] = "src/walls/zstd.cc"
    wall["lzma.h"] = "src/walls/lzma.cc"
    wall["opencc/"] = "src/walls/opencc.cc"
    wall["CLI/"] = "tools/command/typed.cc"
    wall["catch2/"] = "tests/catch.h"
    # The system: memory, and files. And the headers of C that C++ has under other names.
    system_wall["include/dedup/c.h"] = " stddef.h stdint.h "
    system_wall["src/walls/pages.cc"] = " sys/mman.h unistd.h "
    system_wall["src/walls/files.cc"] = " fcntl.h unistd.h "
    system_wall["src/walls/transfer.cc"] = " fcntl.h unistd.h "
    system_wall["src/walls/shared_file.cc"] = " ctime fcntl.h sys/stat.h sys/vfs.h unistd.h "
    wall["immintrin.h"] = "src/text/kernel_loops.h src/numbers/kernels_wide.cc"
    wall["benchmark/"] = "tools/measure/bench.cc"
    world = " chrono clocale csignal cstdio ctime filesystem fstream iostream locale "
  }
  function fault(what) { print file ":" line ": " what ": " text }
  function directory(path) { sub("/[^/]*$", "", path); return path }
  # The folder that a header named in quotes lies in.
  function folder_of(header) {
    return (header ~ /^dedup\// ? "include/" : top == "tools" ? "tools/" : "src/") directory(header)
  }
  function room_of(folder) { return folder in same ? same[folder] : folder }
  function may_see(folder,    room) {
    room = room_of(folder)
    return floor[folder] < floor[own] || room == room_of(own) || (own, folder) in door
  }
  function angle(header,    key, third) {
    third = header; sub("/.*", "/", third)
    if (third == "nanobind/") {  # a folder of its own, most of which is it
      if (own != "tools/python/bindings") fault("third party outside its wall")
    } else if (third in wall) {
      if (index(" " wall[third] " ", " " file " ") == 0) fault("third party outside its wall")
    } else if (outer) {
      return  # tools and tests may use all of the standard library and of POSIX
    } else if (file in system_wall && index(system_wall[file], " " header " ") > 0) {
      return
    } else if (header !~ /^[a-z_0-9]+$/ || index(world, " " header " ") > 0) {
      fault("not for the library")
    }
  }
  function quote(header,    folder) {
    folder = folder_of(header)
    if (header ~ /(^|\/)\.\.?\//) fault("a path with dots")
    else if (top == "tests") return  # tests see everything
    else if (file == "tools/measure/bench.cc") return  # measures the floors one by one
    else if (file == "tools/build/make_tables.cc" && header == "text/tables.h") return  # fills it
    else if (file == "tools/build/make_charsets.cc" && header == "text/charset/tables.h") return
    else if (file == "tools/build/make_rules.cc" && header ~ /^boilerplate\//) return
    else if (!(folder in floor)) fault(top == "tools" ? "tools see the face of the library only" \
                                                      : "on no floor of the library")
    else if (!may_see(folder)) fault(floor[folder] > floor[own] ? "a floor above its own" \
                                                               : "a room without a door to it")
  }
  {
    file = $0; sub(/:.*/, "", file)
    line = substr($0, length(file) + 2); sub(/:.*/, "", line)
    text = substr($0, length(file) + length(line) + 3)
    top = file; sub("/.*", "", top)
    outer = top == "tools" || top == "tests"
    own = directory(file)
    if (!outer && !(own in floor)) fault("a file on no floor")
    if (match(text, /<[^>]*>/)) angle(substr(text, RSTART + 1, RLENGTH - 2))
    else if (match(text, /"[^"]*"/)) quote(substr(text, RSTART + 1, RLENGTH - 2))
    else fault("an include that cannot be read")
  }' >>"$found"

# -- calls ----------------------------------------------------------------------------------------
find include src -name '*.h' -o -name '*.cc' | sort |
  xargs grep -nE '\<(getenv|setenv|setlocale|exit|_Exit|quick_exit|fopen|printf)[[:blank:]]*\(' |
  sed 's/$/   <- not for the library/' >>"$found"

# -- forgotten sources -----------------------------------------------------------------------------
# The CMakeLists.txt of a file is the nearest one upward; it names the file from where it lies.
for file in $cxx; do
  case $file in *.h) continue ;; esac
  folder=${file%/*}
  while [ ! -e "$folder/CMakeLists.txt" ]; do
    case $folder in */*) folder=${folder%/*} ;; *) break ;; esac
  done
  name=${file#"$folder"/}
  grep -qE "(^|[[:blank:]])$name([[:blank:])]|\$)" "$folder/CMakeLists.txt" 2>/dev/null ||
    echo "$file:1: not built by $folder/CMakeLists.txt" >>"$found"
done

# -- characters -----------------------------------------------------------------------------------
# All that is written by hand, tables and rules of the library among it.
written=$(
  find include src tools tests .ci -type f
  for file in CMakeLists.txt CMakePresets.json CHANGELOG.md .clang-format .clang-tidy \
    .editorconfig .gitignore; do
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
