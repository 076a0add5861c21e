#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The way back: what dedup restore notices, and one file out of several.
#
#   tests/restore_test.sh PATH/TO/dedup
set -u
case $1 in /*) dedup=$1 ;; *) dedup=$PWD/$1 ;; esac
work=$(mktemp -d) && cd "$work" || exit 1
trap 'rm -rf "$work"' EXIT
failed=0 passed=0

# holds NAME COMMAND...: the command succeeds.
holds() {
  local name=$1
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)) && echo "FAILED: $name: $*"; fi
}
same() { holds "$1" cmp "$2" "$3"; }
# refused NAME WORDS COMMAND...: exit status 2, and the words are in the message.
refused() {
  local name=$1 words=$2
  shift 2
  "$@" >.out 2>.err </dev/null
  local status=$?
  holds "$name: status" [ $status = 2 ]
  holds "$name: message" grep -qF "$words" .err
}

long='春天的早晨我們沿著河岸慢慢走過去看見遠處的山坡上開滿了白色的小花孩子們在草地上放風箏老人坐在樹下喝茶聊天說起很多年以前這裡還是一片荒地的時候大家怎樣一起修路種樹'
other='秋天收割以後田野忽然安靜下來稻草堆在路邊麻雀成群地落下又飛起傍晚時分村口的燈一盞一盞亮了歸家的人推著車從橋上經過水面上映著最後一點晚霞和遠處鐘樓的影子'

# -- every change is noticed -----------------------------------------------------------------------
printf '%s\n他說&amp;她\n%s\n' "$long" "$long" >a.txt
"$dedup" a.txt --removed=list >clean
"$dedup" restore --removed=list clean >back
same 'restored' a.txt back
size=$(wc -c <clean) noticed=0
for ((i = 0; i < size; ++i)); do
  byte=$(od -An -tu1 -j$i -N1 clean)
  other_byte=$(printf '\\x%x' $((byte ^ 1)))
  { head -c $i clean && printf "$other_byte" && tail -c +$((i + 2)) clean; } >flipped
  "$dedup" restore --removed=list flipped >back 2>.err
  [ $? = 2 ] && noticed=$((noticed + 1))
done
holds 'each flipped byte is noticed' [ $noticed = "$size" ]
sed 's/,"digest":"[0-9a-f]*"//' list >older
"$dedup" restore --removed=older clean >back
same 'a list without digests' a.txt back
printf '{"text":"甲乙"}\n[1,2]\n' >r.jsonl
"$dedup" -q --removed=list r.jsonl >clean.jsonl
sed 's/乙/丙/' clean.jsonl >other.jsonl
refused 'a changed record' 'is not the one that was cleaned' \
  "$dedup" restore --removed=list other.jsonl
sed 's/2/3/' clean.jsonl >other.jsonl
refused 'a changed line that passed' 'is not the one that was cleaned' \
  "$dedup" restore --removed=list other.jsonl

# -- one file of several ---------------------------------------------------------------------------
printf '%s' "$other" >b.txt
printf '短\n%s\n%s\n' "$long" "$other" >c.txt
"$dedup" --removed=list a.txt b.txt c.txt >clean
for file in a b c; do
  "$dedup" restore --removed=list --name=$file.txt clean >back
  same "$file.txt out of the text of all" $file.txt back
done
refused 'a file that was not there' 'the list has no file of this name: d.txt' \
  "$dedup" restore --removed=list --name=d.txt clean
"$dedup" --output-dir=tidy --removed=list a.txt b.txt c.txt
for file in a b c; do
  "$dedup" restore --removed=list --name=$file.txt tidy/$file.txt >back
  same "$file.txt from its own" $file.txt back
done
refused 'which of them' 'give --name=FILE' "$dedup" restore --removed=list tidy/a.txt
refused 'the text of another' 'clean text' "$dedup" restore --removed=list --name=a.txt tidy/c.txt
"$dedup" --removed=list - b.txt <a.txt >clean
"$dedup" restore --removed=list --name=- clean >back
same 'standard input is -' a.txt back

printf '{"id":1,"text":"%s\\n%s\\n%s"}\n\n' "$long" "$other" "$long" >1.jsonl
printf ' \n{"id":2,"text":"%s"}\n\n{"id":3,"text":"甲&amp;"}\n \n' "$long" >2.jsonl
printf '{"text":"乙"}\n{"id":5,"text":"%s"}\n' "$other" >3.jsonl
"$dedup" --removed=list 1.jsonl 2.jsonl 3.jsonl >clean
for file in 1 2 3; do
  "$dedup" restore --removed=list --name=$file.jsonl clean >back
  same "$file.jsonl out of the text of all" $file.jsonl back
done
"$dedup" --output-dir=tidy --removed=list 1.jsonl 2.jsonl 3.jsonl
for file in 1 2 3; do
  "$dedup" restore --removed=list --name=$file.jsonl tidy/$file.jsonl >back
  same "$file.jsonl from its own" $file.jsonl back
done

# -- JSONL at the borders of files -----------------------------------------------------------------
# Blank lines at the end of a file stay in front of what the next one lost.
text="$long\\n$other\\n第二段。\\n第三段。"
printf '{"id":1,"text":"%s"}\n\n \n' "$text" >1.jsonl
printf '\t\n{"id":2,"text":"%s"}\n{"id":3,"text":"丙"}\n' "$text" >2.jsonl
"$dedup" --runs=off --removed=list 1.jsonl 2.jsonl >clean
holds 'a record is left out' grep -q '"omitted"' list
"$dedup" restore --removed=list clean >back
same 'blank lines stay in their place' <(cat 1.jsonl 2.jsonl) back
"$dedup" restore --removed=list --name=2.jsonl clean >back
same 'and in their file' 2.jsonl back
# A carriage return alone ends no line of JSONL.
printf '{"text":"甲"}\r' >1.jsonl && printf '{"text":"乙"}\n' >2.jsonl
"$dedup" --removed=list 1.jsonl 2.jsonl >clean
holds 'two records are two lines' [ "$(wc -l <clean)" = 2 ]
"$dedup" restore --removed=list clean >back
same 'also restored' clean back

# -- records of which nothing is left --------------------------------------------------------------
printf '{"id":1,"text":"责任编辑：林某"}\n{"id":2,"text":""}\n{"id":3,"text":"好"}\n' >1.jsonl
"$dedup" --drop-empty --removed=list 1.jsonl >clean
same 'what was empty before stays' <(printf '{"id":2,"text":""}\n{"id":3,"text":"好"}\n') clean
"$dedup" restore --removed=list clean >back
same 'emptied records come back' 1.jsonl back
"$dedup" --drop-empty --verdicts 1.jsonl >clean
holds 'they are told' grep -qxF '{"dropped":"empty","document":0,"name":"1"}' clean

echo "restore: $passed passed, $failed failed"
[ $failed = 0 ]
