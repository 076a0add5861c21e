#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: tests/consumer/pkg_config.sh PREFIX SOURCE CXX VERSION
#
# Builds and runs the example of README.md, SOURCE, with what pkg-config says of the library
# installed in PREFIX, which may have been moved since. Without pkg-config it does nothing.
set -eu
prefix=$1 source=$2 cxx=$3 version=$4
command -v pkg-config >/dev/null || { echo "skipped: no pkg-config"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$prefix" "$work/moved"
libraries=$(dirname "$(find "$work/moved" -name dedup.pc)")
export PKG_CONFIG_PATH="$libraries" LD_LIBRARY_PATH="$libraries/.."

pkg-config --exact-version="$version" dedup
# A static library needs its dependencies named either way; --static must not name too many.
for how in '' --static; do
  # shellcheck disable=SC2046,SC2086  # flags, each a word
  "$cxx" -std=c++20 "$source" -o "$work/example" $(pkg-config $how --cflags --libs dedup)
  "$work/example" 2>&1 | grep -qx 'line 2: boilerplate'
done
