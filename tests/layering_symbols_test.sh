#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: tests/layering_symbols_test.sh CXX
#
# Compiles a small house, which layering_symbols.py must pass, and one with a planted fault each
# time, which it must find in the object at fault.
set -eu
lint=$(cd "$(dirname "$0")" && pwd)/layering_symbols.py
cxx=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
failed=0

# object FILE CODE: compiles it to house.dir/FILE.cc.o.
object() {
  mkdir -p "house.dir/${1%/*}"
  printf '%s\n' "$2" | "$cxx" -std=c++20 -x c++ -c -o "house.dir/$1.cc.o" -
}
sound_house() {
  rm -rf house.dir
  object text/fold 'namespace dedup::text { void fold() {} }'
  object text/repair/space 'namespace dedup::text { void fold(); void space() { fold(); } }'
  object formats/names 'namespace dedup { struct Face { void say(); }; void Face::say() {} }'
  object memory/seen 'namespace dedup::text { void fold(); }
    namespace dedup::memory { void seen() { text::fold(); } }'
  object boilerplate/rules 'namespace dedup { struct Face { void say(); }; }
    namespace dedup::boilerplate { struct Rule { virtual ~Rule(); }; Rule::~Rule() {}
      void rules() { Face().say(); } }'
  object cleaner/judge 'namespace dedup::memory { void seen(); }
    namespace dedup::boilerplate { struct Rule { virtual ~Rule(); }; }
    namespace dedup::cleaner { struct Mine : boilerplate::Rule {}; Mine mine;
      void judge() { memory::seen(); } }
    namespace dedup { struct Cleaner { void end(); }; void Cleaner::end() {} }'
  object __/generated/tables \
    'namespace dedup::text { extern const int table; const int table = 1; }'
}
look() { find house.dir -name '*.o' | sort | xargs python3 -B "$lint" 2>&1; }
# plant FILE WHAT CODE: the object takes the place of that of the sound house.
plant() {
  sound_house
  object "$1" "$3"
  if message=$(look); then
    echo "not found in $1: $3" >&2
    failed=1
  elif ! printf '%s\n' "$message" | grep -q "^house.dir/$1.cc.o: $2"; then
    echo "found, but not as '$2' in $1: $message" >&2
    failed=1
  fi
}

sound_house
look >/dev/null || { look >&2; echo "the sound house does not pass" >&2; exit 1; }

plant boilerplate/more 'needs what src/cleaner defines' \
  'namespace dedup { struct Cleaner { void end(); }; }
   namespace dedup::boilerplate { void more() { Cleaner().end(); } }'
plant text/fold 'needs what src/memory defines' \
  'namespace dedup::memory { void seen(); }
   namespace dedup::text { void fold() { memory::seen(); } }'
plant memory/more 'needs what src/boilerplate defines' \
  'namespace dedup::boilerplate { void rules(); }
   namespace dedup::memory { void more() { boilerplate::rules(); } }'
plant boilerplate/more 'needs what src/memory defines' \
  'namespace dedup::memory { void seen(); }
   namespace dedup::boilerplate { void more() { memory::seen(); } }'
plant text/more 'speaks of a room it does not see' \
  'namespace dedup::cleaner { struct Window {}; }
   namespace dedup::text { void more(const cleaner::Window&) {} }'
plant memory/more 'written outside of its room' \
  'namespace dedup::text { void more() {} }'
plant __/generated/tables 'needs what src/cleaner defines' \
  'namespace dedup { struct Cleaner { void end(); }; }
   namespace dedup::text { void table() { Cleaner().end(); } }'

exit $failed
