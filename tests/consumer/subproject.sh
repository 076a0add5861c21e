#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: tests/consumer/subproject.sh SOURCE BUILD CXX VERSION [CMAKE OPTION]...
#
# The project in SOURCE as a part of another one, tests/consumer, built in the folder BUILD: it asks
# for nothing that only the command and the tests need, and sets nothing of the other's. Both ways
# of linking are configured; the shared one is built, installed and used from there.
set -eu
source=$1 build=$2 cxx=$3 version=$4
shift 4
here=$source/tests/consumer

fail() { echo "subproject: $*" >&2; exit 1; }
# configure NAME OPTION...: configures the consumer in BUILD/NAME.
configure() {
  name=$1
  shift
  cmake -S "$here" -B "$build/$name" -G Ninja -DDEDUP_SOURCE="$source" \
    -DCMAKE_CXX_COMPILER="$cxx" "$@" >"$build/$name.log" 2>&1 ||
    { cat "$build/$name.log"; fail "$name: cmake"; }
}
# check NAME: builds BUILD/NAME and runs its tests.
check() {
  { cmake --build "$build/$1" && (cd "$build/$1" && ctest --output-on-failure); } \
    >"$build/$1.log" 2>&1 || { cat "$build/$1.log"; fail "$1: build or tests"; }
}

rm -rf "$build"
mkdir -p "$build"
set -- "$@" -DCMAKE_CXX_FLAGS=-O0 -DDEDUP_PRECOMPILE=ON  # which is quicker
part="-DDEDUP_HOW=add_subdirectory -DCMAKE_DISABLE_FIND_PACKAGE_CLI11=ON
  -DCMAKE_DISABLE_FIND_PACKAGE_Catch2=ON"

# shellcheck disable=SC2086  # options, each a word
configure static "$@" $part
cache=$build/static/CMakeCache.txt
grep -qx 'CMAKE_BUILD_TYPE:STRING=' "$cache" || fail 'sets a build type'
! grep -q '^BUILD_TESTING' "$cache" || fail 'sets BUILD_TESTING'
[ ! -e "$build/static/compile_commands.json" ] || fail 'asks for compile commands'
[ ! -e "$build/static/dedup/cmake_install.cmake" ] ||
  ! grep -q 'file(INSTALL' "$build"/static/dedup/*/cmake_install.cmake || fail 'installs itself'
targets=$(cmake --build "$build/static" --target help | sed -n 's/^\([A-Za-z_]*\): phony$/\1/p' |
  grep -vxE 'all|clean|help|test|edit_cache|rebuild_cache|install|list_install_components' |
  grep -vxE 'example|page|pages|plugin|host|seen' |
  grep -vxE 'dedup|dedup_grammar|dedup_make_tables|dedup_make_charsets|dedup_make_rules' || true)
[ -z "$targets" ] || fail "more targets than the library's:" $targets

# shellcheck disable=SC2086
configure shared "$@" $part -DBUILD_SHARED_LIBS=ON -DDEDUP_INSTALL=ON
check shared
library=$build/shared/dedup/libdedup.so.$version
abi=${version%.*}
[ -f "$library" ] || fail "no $library"
objdump -p "$library" | grep -q "SONAME *libdedup\.so\.$abi\$" || fail "SONAME is not of $abi"
python3 -B "$here/exports.py" "$library" "$source/include/dedup"

cmake --install "$build/shared" --prefix "$build/prefix" >/dev/null
configure package "$@" -DDEDUP_HOW=find_package -DCMAKE_PREFIX_PATH="$build/prefix"
check package
readelf -d "$build/package/example" | grep -q "NEEDED.*libdedup\.so\.$abi\]" ||
  fail 'the example does not need the shared library'
sh "$here/pkg_config.sh" "$build/prefix" "$build/package/example.cc" "$cxx" "$version"
sh "$source/tests/c/languages.sh" "$build/prefix" "$source"
