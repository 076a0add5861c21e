#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Usage: tests/tarball_test.sh
#
# The tarball of tools/packaging/tarball: two runs give the same bytes, whatever the umask, the zone
# and git's settings are; all that is committed is in it, below one folder; it configures, as a
# packager does it, with the tests and as the recipes do it; and the recipes are of its version.
# Status 77 where there is no git to make one of.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
git -C "$root" rev-parse --verify HEAD >/dev/null 2>&1 || { echo "skipped: no git"; exit 77; }
work=$(mktemp -d) && cd "$work" || exit 1
trap 'rm -rf "$work"' EXIT
failed=0
# holds NAME COMMAND...: the command succeeds.
holds() {
  local name=$1
  shift
  "$@" >.out 2>&1 || { failed=1 && echo "FAILED: $name: $*" && cat .out; }
}

version=$(sed -nE 's/^project\(dedup VERSION ([0-9.]+).*/\1/p' "$root/CMakeLists.txt")
holds "first run" "$root/tools/packaging/tarball" HEAD one
cp .out said
digest=$(sha256sum <"one/dedup-$version.tar.gz" | cut -c 1-64)
holds "says its digest" grep -qx "sha256 $digest" said
umask 077
export TZ=Asia/Taipei GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=tar.umask GIT_CONFIG_VALUE_0=0077
holds "second run" "$root/tools/packaging/tarball" HEAD two
unset TZ GIT_CONFIG_COUNT
umask 022
holds "same bytes" cmp one/dedup-"$version".tar.gz two/dedup-"$version".tar.gz
holds "nothing else" [ "$(ls one)" = "dedup-$version.tar.gz" ]
holds "no such commit" sh -c "! '$root/tools/packaging/tarball' nothing three"

tar -xzf "one/dedup-$version.tar.gz" || exit 1
tree=$work/dedup-$version
holds "one folder" [ "$(ls)" = "$(printf '%s\n' dedup-"$version" one said two)" ]
git -C "$root" ls-tree -r --name-only -z HEAD | LC_ALL=C sort -z >.committed
(cd "$tree" && find . -type f -printf '%P\0' | LC_ALL=C sort -z) >.packed
holds "all that is committed" cmp .committed .packed
holds "commands are executable" [ -x "$tree/tools/run" ]

holds "configures" cmake -S "$tree" -B one/plain -DCMAKE_INSTALL_PREFIX=/usr
holds "the tests are there" [ -e one/plain/tests ]
holds "configures shared" cmake -S "$tree" -B one/shared -DBUILD_SHARED_LIBS=ON -DBUILD_TESTING=OFF
# As conanfile.py and the vcpkg port do, which bring the table along.
table=$(sed -n 's/^DEDUP_EQUIVALENT_IDEOGRAPHS:[A-Z]*=//p' one/plain/CMakeCache.txt)
holds "configures the library alone" cmake -S "$tree" -B one/library -DBUILD_TESTING=OFF \
  -DDEDUP_TOOL=OFF -DDEDUP_OPENCC=OFF -DDEDUP_EQUIVALENT_IDEOGRAPHS="$table"
# The recipes are of this version, and of the languages that they are in.
recipes=$tree/tools/packaging
for recipe in dedup.rb conanfile.py vcpkg/vcpkg.json; do
  holds "$recipe has the version" grep -q "[-\"]$version[.\"]" "$recipes/$recipe"
done
holds "Conan's is Python" python3 -B -c 'import ast, sys; ast.parse(open(sys.argv[1]).read())' \
  "$recipes/conanfile.py"
holds "vcpkg's is JSON" python3 -m json.tool "$recipes/vcpkg/vcpkg.json"
if command -v ruby >/dev/null; then
  holds "Homebrew's is Ruby" ruby -c "$recipes/dedup.rb"
else
  echo "not looked at, for want of ruby: dedup.rb"
fi
[ $failed = 0 ] && echo "all hold"
exit $failed
