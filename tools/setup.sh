# SPDX-License-Identifier: Apache-2.0
# Sourced by tools/run, tools/test and .ci/run: packages and the build. Debian 12 or like it.
# Everything is said on stderr, so that stdout stays the program's.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

build_packages=(g++ cmake ninja-build libicu-dev libxxhash-dev libsimdjson-dev libcli11-dev
                zlib1g-dev libzstd-dev liblzma-dev libopencc-dev unicode-data)
test_packages=(catch2 python3 python3-html5lib gzip zstd xz-utils
               curl jq make mandoc miller parallel)
lint_packages=(clang-format clang-tidy)
python_packages=(python3 python3-dev python3-venv)  # what builds and tests the wheel
shell_packages=(zsh fish)  # whose completions are tried
browser_packages=(chromium)  # that the report is tried in
fuzz_packages=(clang libclang-rt-14-dev)
reference_packages=(doxygen)
packaging_packages=(dpkg-dev fakeroot file gzip lintian man-db pkg-config)
instructions_packages=(python3 valgrind)
bench_packages=(libbenchmark-dev mawk icu-devtools python3 gzip zstd xz-utils)

# quietly LOG COMMAND...: runs it with its output in LOG, and shows that only if it fails.
quietly() {
  local log=$1 status=0
  shift
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ $status -ne 0 ]; then
    cat "$log" >&2
    echo "dedup: failed with status $status: $*" >&2
  fi
  return $status
}

# watched LOG COMMAND...: likewise, but on a terminal the status line of the command, the last line
# that it wrote so far, is shown in place.
watched() {
  local log=$1 line
  shift
  if [ ! -t 2 ]; then
    quietly "$log" "$@"
    return
  fi
  quietly "$log" "$@" &
  local job=$!
  while kill -0 "$job" 2>/dev/null; do
    line=$(tail -n 1 "$log" 2>/dev/null | cut -c 1-70) || true
    printf '\r\033[K%s' "$line" >&2
    sleep 0.5
  done
  printf '\r\033[K' >&2
  wait "$job"
}

# install_packages PACKAGE...: those that are missing; needs neither network nor root if none is.
install_packages() {
  command -v dpkg-query >/dev/null || return 0  # not Debian: whoever is here has seen to it
  local missing=() package as_root=()
  for package; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "dedup: packages are missing; as root: apt-get install ${missing[*]}" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  echo "dedup: installing ${missing[*]} (once)" >&2
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120)
  mkdir -p "$root/build"
  quietly "$root/build/packages.log" "${as_root[@]}" "${apt[@]}" update &&
    quietly "$root/build/packages.log" \
      "${as_root[@]}" "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
}

# build NAME TARGET [CMAKE OPTION]...: builds TARGET in build/NAME, as the preset NAME says.
# Without options a configured build is left as it is: ninja itself sees to a changed
# CMakeLists.txt. Says on stderr where there is much to do; on a terminal ninja's own line of
# progress goes along.
build() {
  local name=$1 dir=$root/build/$1 target=$2 steps
  shift 2
  mkdir -p "$dir"
  (
    flock 9  # two in one pipe: tools/run a | tools/run -
    if [ $# -gt 0 ] || [ ! -e "$dir/build.ninja" ]; then
      # The compiler is g++ unless CXX says otherwise; cmake alone would take whatever c++ is.
      (cd "$root" && quietly "$dir/configure.log" \
        env CXX="${CXX:-g++}" cmake --preset "$name" "$@")
    fi
    steps=$(ninja -n -C "$dir" "$target" 2>/dev/null | grep -c '^\[') || true
    if [ "${steps:-0}" -le 5 ]; then
      quietly "$dir/build.log" ninja --quiet -C "$dir" "$target"
    else
      echo "dedup: building $target in build/$name, $steps steps (once; some minutes)" >&2
      watched "$dir/build.log" ninja -C "$dir" "$target"
    fi
  ) 9>"$dir/lock"
}
