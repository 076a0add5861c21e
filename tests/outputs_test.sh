#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Outputs: old or new and never in between, whatever reading or writing comes to.
#
#   tests/outputs_test.sh PATH/TO/dedup PATH/TO/libdedup_torture.so
set -u
case $1 in /*) dedup=$1 ;; *) dedup=$PWD/$1 ;; esac
case $2 in /*) shim=$2 ;; *) shim=$PWD/$2 ;; esac
work=$(mktemp -d) && cd "$work" || exit 1
trap 'rm -rf "$work"' EXIT
failed=0 passed=0

# holds NAME COMMAND...: the command succeeds.
holds() {
  local name=$1
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)) && echo "FAILED: $name: $*"; fi
}
# ends NAME STATUS WORDS COMMAND...: the exit status, and words of the message.
ends() {
  local name=$1 want=$2 words=$3
  shift 3
  "$@" >.out 2>.err </dev/null
  local status=$?
  holds "$name: status" [ $status = "$want" ]
  [ -z "$words" ] || holds "$name: message" grep -qF -- "$words" .err
}
# faulty TORTURE ARGUMENTS...: a run in which a call fails; see torture_shim.cc.
faulty() { LD_PRELOAD=$shim TORTURE=$1 "$dedup" -T1 "${@:2}" 200>/dev/null; }
is() { [ "$(cat "$1")" = "$2" ]; }
old() { for file in "$@"; do mkdir -p "$(dirname "$file")" && echo old >"$file"; done; }
no_trace() { [ -z "$(find . -name '.dedup-*')" ]; }

printf '甲\n' >a.txt && printf '乙\n' >b.txt
EIO=5 ENOSPC=28
# The reads of a run before those of its input: of the machine's memory, by the standard library.
LD_PRELOAD=$shim TORTURE=count "$dedup" -T1 a.txt 200>.count >/dev/null
first=$(($(sed -n 's/^read //p' .count) - 1))

# -- reading fails ---------------------------------------------------------------------------------
old out list
ends 'a read that fails' 2 'a.txt: offset 0: Input/output error' \
  faulty read:$first:once:$EIO -o out --removed=list a.txt
holds 'leaves both outputs' is out old
holds 'leaves both outputs' is list old
ends 'a read that fails at the end' 2 'a.txt: offset 4: Input/output error' \
  faulty read:$((first + 1)):once:$EIO -o a.txt a.txt
holds 'the input stays' is a.txt 甲
ends 'in the survey' 2 'a.txt: offset 0: Input/output error' \
  faulty read:$first:once:$EIO --keep=none -o out a.txt b.txt
holds 'leaves the output' is out old
ends 'the other file' 2 'a.txt: offset 0' faulty read:$first:once:$EIO a.txt b.txt
holds 'is cleaned on standard output' is .out 乙
old tidy/a.txt
ends 'the other file' 2 'a.txt: offset 0' \
  faulty read:$first:once:$EIO --output-dir=tidy --removed=list a.txt b.txt
holds 'is written to its directory' is tidy/b.txt 乙
holds 'and this one stays' is tidy/a.txt old
LD_PRELOAD=$shim TORTURE=count "$dedup" learn a.txt 200>.count >/dev/null
first_of_learn=$(($(sed -n 's/^read //p' .count) - 1))
ends 'no model of a part' 2 'a.txt: offset 0' \
  env LD_PRELOAD="$shim" TORTURE=read:$first_of_learn:once:$EIO "$dedup" learn a.txt -o model
holds 'no model of a part' [ ! -e model ]

# -- what does not decode --------------------------------------------------------------------------
printf 'a\xffb\n' >broken && cp broken kept && ln broken twin && ln -s broken link
for name in broken ./broken twin link; do
  ends "-o $name onto what did not decode" 2 'not replaced, as not all of it decodes' \
    "$dedup" broken -o $name
  holds "$name stays" cmp broken kept
done
ends 'elsewhere it is written' 1 'U+FFFD' "$dedup" broken -o elsewhere
ends 'beside a whole one' 1 'U+FFFD' "$dedup" b.txt broken -o b.txt
printf '乙\n' >b.txt
ends 'if asked for' 1 'U+FFFD' "$dedup" broken -o broken --replace-damaged
holds 'it is replaced' is broken $'a\xef\xbf\xbdb'

# -- together or not at all ------------------------------------------------------------------------
old out list
ends 'the text cannot be written' 2 'No space left' \
  "$dedup" --removed=list -o /dev/full a.txt
holds 'the list stays' is list old
ends 'standard output cannot be written' 2 'No space left' \
  bash -c '"$0" --removed=list a.txt >/dev/full' "$dedup"
holds 'the list stays' is list old
rm -r tidy && old tidy/a.txt tidy/b.txt
ends 'one of the files cannot be made durable' 2 'Input/output error' \
  faulty fsync:3:once:$EIO --output-dir=tidy --removed=list a.txt b.txt
for file in list tidy/a.txt tidy/b.txt; do holds "$file stays" is $file old; done
ends 'the second rename fails' 4 'others are new already' \
  faulty rename:2:once:$EIO -o out --removed=list a.txt
holds 'the text is old, as was said' is out old
ends 'the directory is not synced' 4 'might not survive a loss of power' \
  faulty fsync:2:once:$EIO -o out a.txt
holds 'the text is new, as was said' is out 甲
ends 'a write that takes nothing' 2 'out: Input/output error' faulty write:1:none:0 -o out b.txt
holds 'no trace is left' no_trace

# -- what is no place for a file -------------------------------------------------------------------
rm -rf tidy && mkdir tidy && mkfifo tidy/a.txt
ends 'a pipe in the directory' 2 'tidy/a.txt: is no regular file; not replaced' \
  "$dedup" --output-dir=tidy a.txt
holds 'the pipe stays' [ -p tidy/a.txt ]
rm tidy/a.txt && ln -s ../b.txt tidy/a.txt
ends 'a link in the directory' 0 '' "$dedup" --output-dir=tidy a.txt
holds 'is replaced' [ ! -L tidy/a.txt ]
holds 'and not followed' is b.txt 乙
ends 'a full standard error' 2 '' bash -c '"$0" -n --stats a.txt 2>/dev/full' "$dedup"
printf '%s\n' "$(printf '春天的早晨我們沿著河岸慢慢走過去看見遠處%.0s' 1 2 3 4)" >long.txt
ends 'and with -v' 2 '' bash -c 'cat long.txt long.txt | "$0" -n -v 2>/dev/full' "$dedup"

# -- leftovers -------------------------------------------------------------------------------------
mkdir left && old left/.dedup-0123456789 left/.dedup-012345678 left/.dedup-012345678Z left/other
mkdir left/.dedup-abcdefghij && old left/.dedup-abcdefghij/0 && mkfifo left/.dedup-aaaaaaaaaa
exec 9>left/.dedup-held000000 && flock 9
"$dedup" -o left/out a.txt
holds 'leftovers of killed runs go, and nothing else' [ "$(ls -A left | tr '\n' ' ')" = \
  '.dedup-012345678 .dedup-012345678Z .dedup-aaaaaaaaaa .dedup-held000000 other out ' ]
exec 9>&-
"$dedup" --output-dir=left a.txt
holds 'and when its run has ended, that too' [ ! -e left/.dedup-held000000 ]

# They lie at the top of it, and are looked for there though the directory below is there by now.
mkdir -p mounted/m/deep && cp a.txt mounted/a.txt && mkdir -p m/deep && cp a.txt m/deep/a.txt
if unshare -rm mount -t tmpfs none mounted/m 2>/dev/null; then
  unshare -rm bash -c '
    mount -t tmpfs none mounted/m && mkdir -p mounted/m/.dedup-0123456789 mounted/m/deep &&
    touch mounted/m/.dedup-0123456789/0 mounted/m/.dedup-0123456789x &&
    "$0" --output-dir=mounted m/deep/a.txt && ls -A mounted/m && cat mounted/m/deep/a.txt
  ' "$dedup" >.mounted
  holds 'leftovers on a file system below the root go' \
    [ "$(tr '\n' ' ' <.mounted)" = '.dedup-0123456789x deep 甲 ' ]
else
  echo 'skipped: leftovers on a file system below the root (nothing can be mounted here)'
fi

# -- a directory swapped for a link ----------------------------------------------------------------
mkdir -p sub outside && cp a.txt sub/a.txt
(
  end=$((SECONDS + 3))
  mkdir -p race/sub
  while [ $SECONDS -lt $end ]; do
    mv race/sub race/aside && ln -s ../outside race/sub && rm race/sub && mv race/aside race/sub
  done
) 2>/dev/null &
swapper=$!
runs=0
while kill -0 $swapper 2>/dev/null; do
  "$dedup" --output-dir=race sub/a.txt 2>/dev/null
  runs=$((runs + 1))
done
wait
holds 'the race was run' [ $runs -gt 20 ]
holds 'nothing was written outside' [ -z "$(ls -A outside)" ]

# -- many files, few descriptors -------------------------------------------------------------------
for i in $(seq 100); do mkdir -p many/$i && cp a.txt many/$i/a.txt; done
ends 'sixteen descriptors are enough' 0 '' \
  bash -c 'ulimit -n 20 && exec "$0" -T1 --output-dir=lots many/*/a.txt' "$dedup"
holds 'for a hundred directories' [ "$(find lots -name a.txt | wc -l)" = 100 ]

# -- in place: the list, then the log, then the second name, and only then the file ----------------
byline='責任編輯：林小滿'
job=(-i.bak --removed=edits --joblog=log x.txt)
printf '甲\n%s\n' $byline >x.txt && old=$(cat x.txt)
killed_at() {  # CALL: anew, up to that call
  rm -f edits log x.txt.bak && echo "$old" >x.txt
  faulty "$1:kill:0" "${job[@]}"
  holds "killed at $1: the file is old" is x.txt "$old"
}
killed_at rename:1
holds 'before the list is there, the log has no file' [ "$(wc -l <log)" = 1 ]
killed_at linkat:2
holds 'before the second name is, the edits are' grep -q $byline edits
holds 'and the log tells of the file' grep -q '"file":"x.txt"' log
holds 'the second name is not there' [ ! -e x.txt.bak ]
killed_at rename:2
holds 'before the file is new, its second name is there' is x.txt.bak "$old"
ends 'the job is gone on with' 0 '' "$dedup" "${job[@]}" --resume
holds 'and done' is x.txt 甲
holds 'the old one is kept' is x.txt.bak "$old"
holds 'the killed run left nothing' [ -z "$(find . -maxdepth 1 -name '.dedup-*')" ]
rm -f edits log x.txt.bak && echo "$old" >x.txt
ends 'a list that cannot be made durable' 2 'edits: Input/output error' \
  faulty fsync:4:once:$EIO "${job[@]}"
holds 'leaves the file' is x.txt "$old"
rm -f edits log
ends 'nor its name' 4 'edits: Input/output error' faulty fsync:5:once:$EIO "${job[@]}"
holds 'leaves the file, too' is x.txt "$old"
rm -f edits log
ends 'nor the log' 4 'log: Input/output error' faulty fsync:6:once:$EIO "${job[@]}"
holds 'leaves the file as well' is x.txt "$old"
rm -f edits log
ends 'a rename that fails' 2 'x.txt: not replaced, as Input/output error' \
  faulty rename:2:once:$EIO "${job[@]}"
holds 'leaves the file' is x.txt "$old"
holds 'the log has the last word on it' grep -q 'not replaced, as Input' <(tail -n 1 log)
holds 'and no temporary' [ -z "$(find . -maxdepth 1 -name '.dedup-*')" ]

echo "outputs: $passed passed, $failed failed"
[ $failed = 0 ]
