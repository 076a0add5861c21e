#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# tools/evaluate against figures reckoned by hand, and dedup against the evaluation set.
#
#   tests/evaluate_test.sh PATH/TO/dedup
#
# Works in a directory of its own, names each failed case, and fails if there was one.
set -u
case $1 in /*) dedup=$1 ;; *) dedup=$PWD/$1 ;; esac
root=$(cd "$(dirname "$0")/.." && pwd)
evaluate=$root/tools/evaluate
set_of=$root/testdata/evaluation
work=$(mktemp -d) && cd "$work" || exit 1
trap 'rm -rf "$work"' EXIT
failed=0 passed=0

# is NAME WANTED COMMAND...: the command prints what is wanted.
is() {
  local name=$1 wanted=$2 got
  shift 2
  got=$("$@" 2>&1)
  if [ "$got" = "$wanted" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s\nexpected %s\ngot      %s\n' "$name" "$wanted" "$got"
  fi
}

# figures KEY COMMAND FOLDER: the summary under a key of --json, as one line.
figures() {
  "$evaluate" --json --command "$2" "$3" | python3 -c '
import json, sys
results = json.load(sys.stdin)
print(*(f"{k}={v}" for result in results for k, v in result.get(sys.argv[1], {}).items()))' "$1"
}

# The pairs that had to stay and did not, except those of the two classes that only meaning tells.
wrong_merges() {
  python3 -c '
import json, sys
for pair in json.load(sys.stdin)[0]["pairs"]:
    if pair["first lost"] or (pair["gone"] and pair["verdict"] == "keep" and
                              pair["class"] not in ("negation", "other names")):
        print(pair["class"], pair["first"], pair["second"])'
}

status() {
  "$@" >/dev/null 2>&1
  echo $?
}

# -- pages: 20 characters of content on two lines, 10 of boilerplate on one -----------------------
mkdir -p page/raw page/gold
printf '甲乙丙丁戊己庚辛壬癸\n\n版权所有不得转载谢谢\n子丑寅卯辰巳午未申酉\n' >page/raw/a.txt
printf '甲乙丙丁戊己庚辛壬癸\n子丑寅卯辰巳午未申酉\n' >page/gold/a.txt

is 'a copy keeps all and removes nothing' \
  'pages=1 recall=1.0 recall, lines=1.0 removed=0.0 removed, lines=0.0 precision=0.6667 F1=0.8' \
  figures summary cat page
is 'the right lines' \
  'pages=1 recall=1.0 recall, lines=1.0 removed=1.0 removed, lines=1.0 precision=1.0 F1=1.0' \
  figures summary 'grep -v 版权' page
is 'a lost line' \
  'pages=1 recall=0.5 recall, lines=0.5 removed=1.0 removed, lines=1.0 precision=1.0 F1=0.6667' \
  figures summary 'grep 甲' page
is 'a shortened line counts by its characters' \
  'pages=1 recall=0.9 recall, lines=0.5 removed=1.0 removed, lines=0.0 precision=1.0 F1=0.9474' \
  figures summary 'sed -e /版权/d -e s/甲乙//' page
is 'a piece under six characters counts as lost, and as boilerplate' \
  'pages=1 recall=0.5 recall, lines=0.5 removed=0.5 removed, lines=0.0 precision=0.6667 F1=0.5714' \
  figures summary 'sed -e /版权/d -e s/甲乙丙丁戊//' page
is 'an empty output' \
  'pages=1 recall=0.0 recall, lines=0.0 removed=1.0 removed, lines=1.0 precision=None F1=None' \
  figures summary true page

mkdir -p width/raw width/gold
printf '\357\274\241\357\274\242\343\200\200甲乙，丙丁\342\200\213\n' >width/raw/a.txt
printf 'AB甲乙,丙丁\n' >width/gold/a.txt
is 'width, blanks and invisible characters make no difference' \
  'pages=1 recall=1.0 recall, lines=1.0 removed=None removed, lines=None precision=1.0 F1=1.0' \
  figures summary cat width

mkdir -p twice/raw twice/gold
printf '甲乙丙丁戊己庚辛壬癸\n甲乙丙丁戊己庚辛壬癸\n' >twice/raw/a.txt
printf '甲乙丙丁戊己庚辛壬癸\n' >twice/gold/a.txt
is 'a second copy is boilerplate where gold has one' \
  'pages=1 recall=1.0 recall, lines=1.0 removed=0.0 removed, lines=0.0 precision=0.5 F1=0.6667' \
  figures summary cat twice

# -- pairs ----------------------------------------------------------------------------------------
mkdir pair
printf 'class\tverdict\tresemblance\tfirst\tsecond\n' >pair/pairs.tsv
printf 'a\tsame\t1.00\t甲乙丙\t甲乙丙\na\tsame\t-\t甲乙丁\t乙丁甲\n' >>pair/pairs.tsv
printf 'b\tkeep\t0.20\t甲3元\t甲4元\nb\tkeep\t0.20\t子丑寅\t子丑卯\n' >>pair/pairs.tsv
is 'nothing merged' 'pairs=4 same=2 recall=0.0 precision=None first lost=0' \
  figures 'pair summary' cat pair
is 'every second line dropped' 'pairs=4 same=2 recall=1.0 precision=0.5 first lost=0' \
  figures 'pair summary' 'sed -n 1p' pair
is 'every first line dropped' 'pairs=4 same=2 recall=0.5 precision=1.0 first lost=3' \
  figures 'pair summary' 'sed -n 2p' pair
is 'equal lines merged' 'pairs=4 same=2 recall=0.5 precision=1.0 first lost=0' \
  figures 'pair summary' uniq pair

# -- faults and promises ---------------------------------------------------------------------------
is 'a command that is not there' 2 status "$evaluate" --command ./nothing page
is 'a command that fails' 2 status "$evaluate" --command "sh -c 'exit 3'" page
is 'a folder without data' 2 status "$evaluate" --command cat page/raw
is 'an option that is not there' 64 status "$evaluate" --nothing page
is 'help' 0 status "$evaluate" --help
printf 'class\tverdict\n' >page/pairs.tsv
is 'a table without its head line' 2 status "$evaluate" --command cat page
rm page/pairs.tsv
is 'the same on any number of jobs' "$("$evaluate" --command cat --jobs 1 "$set_of")" \
  "$evaluate" --command cat --jobs 4 "$set_of"

# -- dedup on the project's set: nothing that must stay may go -------------------------------------
is 'dedup keeps all content of the lines' 'recall=1.0' \
  eval 'figures summary "$dedup" "$set_of/lines" | grep -o "recall=1.0"'
is 'dedup keeps all content of whole pages' 'recall=1.0' \
  eval 'figures summary "$dedup" "$set_of/pages" | grep -o "recall=1.0"'
is 'dedup --near merges nothing that differs in more than a word' '' \
  eval '"$evaluate" --json --command "$dedup --near" "$set_of/pairs" | wrong_merges'

echo "$passed passed, $failed failed"
[ $failed = 0 ]
