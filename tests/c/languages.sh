#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Usage: tests/c/languages.sh PREFIX SOURCE
#
# Programs in C, Go, Java and Rust that call the shared library installed in PREFIX through its C
# face. What has no toolchain here is passed over, and told; C is always there.
set -eu
prefix=$(cd "$1" && pwd) here=$2/tests/c
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
libraries=$(dirname "$(dirname "$(find "$prefix" -name dedup.pc)")")
export PKG_CONFIG_PATH="$libraries/pkgconfig" LD_LIBRARY_PATH="$libraries"

cat >"$work/expected" <<'END'
page 0: 343 of 368 bytes, repeats an earlier one: 0
page 1: 13 of 13 bytes, repeats an earlier one: 0
page 2: 0 of 343 bytes, repeats an earlier one: 1
END
# check LANGUAGE COMMAND...: what it prints is what is expected.
check() {
  language=$1
  shift
  if ! "$@" >"$work/out" 2>"$work/err" || ! cmp -s "$work/out" "$work/expected"; then
    cat "$work/err" "$work/out" >&2
    echo "languages: $language: not what was expected" >&2
    exit 1
  fi
  echo "$language: as expected"
}
# have COMMAND...: whether all are there.
have() {
  for command; do
    command -v "$command" >/dev/null || { echo "passed over: no $command"; return 1; }
  done
}

# works COMMAND...: whether it does: a toolchain may be there by its name alone.
works() { "$@" >/dev/null 2>&1 || { echo "passed over: $* fails"; return 1; }; }

cc -std=c99 -Wall -Wextra -Werror -pedantic -I"$prefix/include" "$here/face_test.c" \
  -o "$work/face" -L"$libraries" -ldedup
"$work/face"

if have go pkg-config && works go version; then
  mkdir "$work/go"
  cp "$here/go/main.go" "$work/go"
  (cd "$work/go" && GO111MODULE=off GOPATH="$work/path" GOCACHE="$work/cache" GOFLAGS= \
    go build -o ../go-pages main.go)
  check Go "$work/go-pages"
fi
if have rustc && works rustc --version; then
  rustc -L"$libraries" -o "$work/rust-pages" "$here/rust/main.rs"
  check Rust "$work/rust-pages"
fi
home=$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /)")")")
if have javac java && works test -f "$home/include/jni.h"; then
  javac -encoding UTF-8 -d "$work" -h "$work" "$here/java/Pages.java"
  cc -shared -fPIC -Wall -Wextra -Werror -I"$home/include" -I"$home/include/linux" \
    -I"$prefix/include" -I"$work" "$here/java/pages.c" -o "$work/libpages.so" -L"$libraries" -ldedup
  check Java java -Djava.library.path="$work" -cp "$work" Pages
fi
