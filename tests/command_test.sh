#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Transcripts of the command: exit status, standard output and standard error, byte for byte.
#
#   tests/command_test.sh PATH/TO/dedup
#
# Works in a directory of its own, prints each failed case with a diff, and fails if there was one.
# Cases that the machine cannot stage (no second user, no strace) are named as skipped.
set -u
case $1 in /*) dedup=$1 ;; *) dedup=$PWD/$1 ;; esac
work=$(mktemp -d) && cd "$work" || exit 1
trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
umask 022
failed=0 passed=0

# expect NAME STATUS OUT ERR COMMAND...: OUT and ERR take printf's escapes.
expect() {
  local name=$1 status=$2
  printf '%b' "$3" >.want-out
  printf '%b' "$4" >.want-err
  shift 4
  "$@" >.out 2>.err </dev/null
  local got=$?
  if [ $got = "$status" ] && cmp -s .want-out .out && cmp -s .want-err .err; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: $name: exit status $got, expected $status"
    diff -u --label 'expected stdout' --label stdout .want-out .out
    diff -u --label 'expected stderr' --label stderr .want-err .err
  fi
}

# same NAME FILE FILE: the files are equal.
same() {
  if cmp -s "$2" "$3"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: $1"
    diff -u "$2" "$3"
  fi
}

# holds NAME COMMAND...: the command succeeds.
holds() {
  local name=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: $name: $*"
  fi
}

skip() { echo "skipped: $1"; }
dedup() { "$dedup" "$@"; }
piped() { printf '%b' "$1" | "$dedup" "${@:2}"; }
redirected() { "$dedup" "${@:2}" <"$1"; }
onto() { "$dedup" "${@:2}" >"$1"; }
appended() { "$dedup" "${@:2}" >>"$1"; }
mode() { stat -c %a "$1"; }
# Nothing but what the cases made: no temporary file was left behind.
clean_directory() { [ -z "$(find "$1" -name '.dedup-*')" ]; }

long='春天的早晨我們沿著河岸慢慢走過去看見遠處的山坡上開滿了白色的小花孩子們在草地上放風箏老人坐在樹下喝茶聊天說起很多年以前這裡還是一片荒地的時候大家怎樣一起修路種樹'
other='秋天收割以後田野忽然安靜下來稻草堆在路邊麻雀成群地落下又飛起傍晚時分村口的燈一盞一盞亮了歸家的人推著車從橋上經過水面上映著最後一點晚霞和遠處鐘樓的影子'
printf '%s\n' "$long" "$other" "$long" >twice.txt
printf '%s\n' "$long" "$other" >once.txt
printf '%s' "$other" >no-end.txt
printf '%s' "短" >short.txt
printf 'ab\xffc\n\xe4\xb8\n' >broken.txt

# -- text ------------------------------------------------------------------------------------------
expect 'a file' 0 "$long\n$other\n" '' dedup twice.txt
expect 'standard input' 0 "$long\n$other\n" '' redirected twice.txt
expect 'standard input as -' 0 "$long\n$other\n" '' redirected twice.txt -
expect 'a pipe' 0 "$long\n" '' piped "$long\n"
expect 'nothing in, nothing out' 0 '' '' piped ''
# Who reads from a slow pipe gets what is done while the writer rests.
mkfifo slow.in slow.out
dedup -f jsonl <slow.in >slow.out &
exec 8>slow.in 9<slow.out
printf '{"text":"a&amp;b"}\n{"te' >&8
holds 'output comes while the input pauses' \
  bash -c 'read -r -t 20 line <&9 && [ "$line" = "{\"text\":\"a&b\"}" ]'
printf 'xt":"c"}\n' >&8
exec 8>&-
holds 'and the rest behind it' bash -c 'read -r -t 20 line <&9 && [ "$line" = "{\"text\":\"c\"}" ]'
exec 9<&-
wait
expect 'a missing line end stays missing' 0 "$other" '' dedup no-end.txt
expect 'a missing line end is added between files' 0 "短\n$other\n$long\n" '' \
  dedup short.txt no-end.txt once.txt
expect 'nothing is added before a file that writes nothing' 0 "$other" '' \
  dedup no-end.txt /dev/null no-end.txt
expect 'scope document' 0 "$other\n$other" '' dedup --scope=document no-end.txt no-end.txt
expect 'paragraphs off' 0 "$long\n$other\n$long\n" '' \
  dedup --paragraphs=off --sentences=off twice.txt
expect 'a repair' 0 "他說&她笑著走了\n" '' piped "他說&amp;她笑著走了\n"
expect 'repair off' 0 "他說&amp;她笑著走了\n" '' piped "他說&amp;她笑著走了\n" --repair=off
expect 'the locale does not matter' 0 "$long\n$other\n" '' env LC_ALL=zh_CN.GBK "$dedup" twice.txt
expect 'a file after --' 0 "$other" '' dedup -- no-end.txt
cp no-end.txt restore && cp no-end.txt '[a]' && cp no-end.txt ./-n
expect 'a file named as a subcommand' 0 "$other" '' dedup ./restore
expect 'a file named as a list' 0 "$other" '' dedup '[a]'
expect 'a file named as an option' 0 "$other" '' dedup -- -n
rm restore '[a]' ./-n

# -- damaged and missing input ---------------------------------------------------------------------
expect 'broken bytes' 1 'ab\xef\xbf\xbdc\n\xef\xbf\xbd\n' \
  'dedup: broken.txt: 2 broken byte sequences, the first at offset 2; written as U+FFFD\n' \
  dedup broken.txt
printf '\xca\xd0\xcd\xbc\xca\xe9\xb9\xdd\xc3\xbf\xcc\xec\xbf\xaa\xb7\xc5\xa1\xa3\n' >gbk.txt
market='市图书馆每天开放。\n'
expect 'another charset is found' 0 "$market" \
  'dedup: gbk.txt: looks like GB18030, and is read so (see --encoding)\n' dedup gbk.txt
expect 'another charset is named' 0 "$market" '' dedup --encoding=cp936 gbk.txt
expect '-v tells the charset' 0 "$market" 'gbk.txt:1: read as GB18030 (given, confidence 1.00)\n' \
  dedup -v --encoding=gbk gbk.txt
expect 'a file is not replaced on a guess' 2 '' "$(printf '%s\\n%s\\n' \
  'dedup: gbk.txt: looks like GB18030, and is read so (see --encoding)' \
  'dedup: gbk.txt: not replaced, as its charset is a guess (see --encoding, --replace-damaged)')" \
  dedup gbk.txt -o gbk.txt
cp gbk.txt named.txt
expect 'but where the charset is named' 0 '' '' dedup --encoding=gbk named.txt -o named.txt
holds 'it is UTF-8 then' grep -qx '市图书馆每天开放。' named.txt
holds '--stats=json counts charsets' grep -qF '"encodings":{"GB18030":1,"UTF-8":1}' \
  <("$dedup" --stats=json --output-dir=two gbk.txt named.txt 2>&1)
expect 'JSONL is UTF-8' 64 '' "dedup: --encoding=gbk is for text: JSONL is UTF-8; convert it \
first, with iconv -t UTF-8\n" dedup -f jsonl --encoding=gbk gbk.txt
expect 'an unknown charset' 64 '' "dedup: unknown encoding klingon; known are auto, utf-8, gb18030 \
(also gbk, gb2312, cp936), big5 (also big5-hkscs, cp950), euc-tw, utf-16, utf-16le, utf-16be, \
utf-32, utf-32le, utf-32be\n" dedup --encoding=klingon gbk.txt
expect 'broken bytes on standard input' 1 'a\xef\xbf\xbd' \
  'dedup: standard input: 1 broken byte sequence, at offset 1; written as U+FFFD\n' piped 'a\xff'
expect '-q silences warnings, not the status' 1 'ab\xef\xbf\xbdc\n\xef\xbf\xbd\n' '' \
  dedup -q broken.txt
expect 'a missing file' 1 "$other" 'dedup: none.txt: No such file or directory\n' \
  dedup none.txt no-end.txt
mkdir folder
expect 'a directory' 1 "$other" \
  'dedup: folder: Is a directory; -r reads the files below it\n' dedup no-end.txt folder
expect 'an empty name' 1 '' 'dedup: : No such file or directory\n' dedup ''
expect 'a name with control characters' 1 '' 'dedup: a\\nb\\x1b[m: No such file or directory\n' \
  dedup $'a\nb\e[m'
expect 'standard input closed' 2 '' 'dedup: standard input: offset 0: Bad file descriptor\n' \
  bash -c '"$0" <&-' "$dedup"
if [ "$(id -u)" != 0 ]; then
  touch secret && chmod 0 secret
  expect 'an unreadable file' 1 "$other" 'dedup: secret: Permission denied\n' \
    dedup secret no-end.txt
elif nobody="setpriv --reuid=65534 --regid=65534 --clear-groups" && chmod 755 "$work" &&
  $nobody "$dedup" --version >/dev/null 2>&1; then
  touch secret && chmod 0 secret
  expect 'an unreadable file' 1 "$other" 'dedup: secret: Permission denied\n' \
    $nobody "$dedup" secret no-end.txt
else
  skip 'an unreadable file'
fi
echo old >old.txt && echo old >old.list
expect 'outputs stay when nothing was read' 1 '' 'dedup: none.txt: No such file or directory\n' \
  dedup -o old.txt --removed=old.list none.txt
echo old >.want && same 'the old output' .want old.txt && same 'the old list' .want old.list

# -- output ----------------------------------------------------------------------------------------
expect '-o' 0 '' '' dedup -o new.txt twice.txt
same '-o holds the text' once.txt new.txt
holds '-o follows the umask' [ "$(mode new.txt)" = 644 ]
expect '-o - is standard output' 0 "$other" '' dedup -o - no-end.txt
expect '-o /dev/stdout is standard output' 0 "$other" '' dedup -o /dev/stdout no-end.txt
cp twice.txt own.txt && chmod 600 own.txt
expect '-o onto the input' 0 '' '' dedup own.txt -o own.txt
same '-o onto the input holds the text' once.txt own.txt
holds '-o keeps the mode' [ "$(mode own.txt)" = 600 ]
ln -s own.txt link && ln -s nowhere dangling
expect '-o through a link' 0 '' '' dedup -o link no-end.txt
holds 'the link stays' [ -L link ]
same 'what the link points to is replaced' no-end.txt own.txt
expect '-o through a dangling link' 0 '' '' dedup -o dangling no-end.txt
same 'what the dangling link points to is made' no-end.txt nowhere
expect '-o with damaged input' 1 '' \
  'dedup: broken.txt: 2 broken byte sequences, the first at offset 2; written as U+FFFD\n' \
  dedup -o new.txt broken.txt
holds '-o is written with status 1' [ "$(head -c 2 new.txt)" = ab ]
expect '-o into no directory' 2 '' 'dedup: no/x: No such file or directory\n' dedup -o no/x once.txt
expect '-o onto a directory' 2 '' 'dedup: folder: Is a directory\n' dedup -o folder once.txt
expect '-n writes nothing' 0 '' '' dedup -n twice.txt
echo old >old.txt
expect '-n leaves -o' 0 '' '' dedup -n -o old.txt twice.txt
same '-n leaves -o as it was' .want old.txt
mkfifo pipe
cat pipe >from-pipe &
expect '-o into a pipe' 0 '' '' dedup -o pipe once.txt
wait
same 'the pipe got the text' once.txt from-pipe

expect 'a full disk' 2 '' 'dedup: standard output: No space left on device\n' \
  onto /dev/full once.txt
expect 'a full disk as -o' 2 '' 'dedup: /dev/full: No space left on device\n' \
  dedup -o /dev/full once.txt
expect 'a full disk for the list' 2 '' 'dedup: /dev/full: No space left on device\n' \
  dedup --removed=/dev/full -o old.txt once.txt
same 'a failed run leaves -o' .want old.txt
expect 'a full disk for the help' 2 '' 'dedup: standard output: No space left on device\n' \
  onto /dev/full --help
expect 'standard output closed' 2 '' 'dedup: standard output: Bad file descriptor\n' \
  bash -c '"$0" once.txt >&-' "$dedup"
expect 'standard error closed' 1 "$other" '' bash -c '"$0" none.txt no-end.txt 2>&-' "$dedup"
(ulimit -f 1 && trap '' XFSZ && yes "$other" | head -n 100000 |
  "$dedup" --paragraphs=off --runs=off --sentences=off -o old.txt 2>.err)
holds 'a file that grows too large fails' [ $? = 2 ]
same 'and leaves -o' .want old.txt
cp twice.txt own.txt
expect 'onto the input by the shell' 2 '' \
  'dedup: own.txt: is standard output too; use -o to write a file in its place\n' \
  appended own.txt own.txt
expect 'onto standard input by the shell' 2 '' \
  'dedup: standard input: is standard output too; use -o to write a file in its place\n' \
  bash -c '"$0" <own.txt >>own.txt' "$dedup"
same 'the input was not touched' twice.txt own.txt

seq 100000 >large.txt
(
  "$dedup" large.txt | head -c 1 >/dev/null
  exit "${PIPESTATUS[0]}"
)
holds 'dies of SIGPIPE when the reader goes' [ $? = 141 ]
(
  trap '' PIPE
  "$dedup" large.txt 2>.err | head -c 1 >/dev/null
  exit "${PIPESTATUS[0]}"
)
holds 'fails where SIGPIPE is ignored' [ $? = 2 ]
printf 'dedup: standard output: Broken pipe\n' >.want-err && same 'and says so' .want-err .err
for signal in KILL INT; do
  mkdir "kill-$signal" && echo old >"kill-$signal/out" && mkfifo "kill-$signal.in"
  # A shell's background jobs may have SIGINT ignored.
  env --default-signal=INT "$dedup" -o "kill-$signal/out" "kill-$signal.in" &
  pid=$!
  exec 3>"kill-$signal.in" && echo text >&3 && sleep .2
  kill -$signal $pid && wait $pid 2>/dev/null
  holds "dies of SIG$signal" [ $? -gt 128 ]
  exec 3>&-
  same "SIG$signal leaves the old bytes" .want "kill-$signal/out"
  holds "SIG$signal leaves no other file" [ "$(ls -A "kill-$signal")" = out ]
done
if strace -o .trace true 2>/dev/null; then
  strace -o .trace -e trace=fsync,rename,renameat,renameat2 "$dedup" -o synced.txt once.txt
  holds 'written, synced, renamed, directory synced' \
    [ "$(sed -n 's/^\(fsync\|rename\).*/\1/p' .trace | tr '\n' ' ')" = 'fsync rename fsync ' ]
else
  skip 'the order of system calls'
fi

# -- output directories ----------------------------------------------------------------------------
mkdir -p pages/a && cp twice.txt pages/a/1.txt && cp no-end.txt pages/2.txt
expect 'an output directory' 0 '' '' dedup --output-dir=tidy/deep ./pages//a/1.txt pages/2.txt
same 'mirrors paths' once.txt tidy/deep/pages/a/1.txt
holds 'compares files with one another' [ ! -s tidy/deep/pages/2.txt ]
expect 'absolute paths are re-rooted' 0 '' '' dedup --output-dir=rooted "$work/once.txt"
same 'below the directory' once.txt "rooted$work/once.txt"
expect 'no ..' 64 '' \
  'dedup: --output-dir does not take a path with ".." in it: pages/../once.txt\n' \
  dedup --output-dir=x pages/../once.txt
expect 'two files, one target' 64 '' \
  'dedup: once.txt and ./once.txt would both be written to x/once.txt\n' \
  dedup --output-dir=x once.txt ./once.txt
expect 'a target that is an input' 64 '' 'dedup: ./once.txt would be written, but is also read\n' \
  dedup --output-dir=. once.txt
expect 'no name for standard input' 64 '' 'dedup: --output-dir has no name for standard input\n' \
  dedup --output-dir=x
expect 'not with -o' 64 '' \
  'dedup: --output and --output-dir exclude each other (see dedup --help)\n' \
  dedup --output-dir=x -o y once.txt
holds 'nothing was made' [ ! -e x ]
expect 'nothing is made for a missing file' 1 '' 'dedup: none.txt: No such file or directory\n' \
  dedup --output-dir=x none.txt
holds 'no directory for a missing file' [ ! -e x ]
mkdir outside guarded && ln -s ../outside guarded/pages
expect 'no link leads out of it' 2 '' \
  'dedup: guarded/pages: Too many levels of symbolic links\n' \
  dedup --output-dir=guarded pages/2.txt
holds 'nothing was written outside' [ -z "$(ls -A outside)" ]
expect 'a list that is also an output' 64 '' \
  'dedup: --removed names a file that is also written to --output-dir\n' \
  dedup --output-dir=x --removed=x/once.txt once.txt

# -- the edit list and the way back ----------------------------------------------------------------
expect 'a list' 0 "$long\n$other\n" '' dedup --removed=list twice.txt
# The names of all members, line by line.
names='s/\{"document":0,"block":0\}/0/; s/:("[^"]*"|[0-9]+)//g'
expect 'the list' 0 '{"dedup","recipe","format","options"}
{"document","name","block","start","end","text","reason","first":{"document","name","block"}}
{"document","name","decoded","output","digest"}\n' '' sed -E "$names" list
for repair in on off; do
  "$dedup" --repair=$repair --removed=list short.txt twice.txt no-end.txt once.txt >clean
  expect "restore, repair $repair" 0 \
    "短$long\n$other\n$long\n$other$long\n$other\n" '' redirected clean restore --removed=list
done
expect 'restore -o' 0 '' '' dedup restore --removed=list -o clean clean
holds 'in place' [ "$(cat clean)" = "短$(cat twice.txt)
$other$(cat once.txt)" ]
"$dedup" --removed=list broken.txt >clean 2>/dev/null
expect 'restores the decoded input' 0 'ab\xef\xbf\xbdc\n\xef\xbf\xbd\n' '' \
  dedup restore --removed=list clean
"$dedup" --removed=list twice.txt >clean
printf 'x' >>clean
expect 'a clean text too long' 2 '' "dedup: clean: offset $(wc -c <once.txt): \
the clean text goes on after its end\n" dedup restore --removed=list -o back clean
head -c 5 once.txt >clean
expect 'a clean text too short' 2 '' 'dedup: clean: offset 5: the clean text ends too early\n' \
  dedup restore --removed=list -o back clean
holds 'a failed restore writes nothing' [ ! -e back ]
piped '甲甲&amp;乙乙\n' --removed=list >/dev/null
echo '甲甲和乙乙' >clean
expect 'another replacement' 2 '' \
  'dedup: clean: offset 6: does not hold what the list says was put there\n' \
  dedup restore --removed=list -o back clean
head -n 2 list >cut
expect 'a list cut off' 2 '' 'dedup: cut:2: the list ends within a document\n' \
  bash -c 'echo "甲甲&乙乙" | "$0" restore --removed=cut -o back' "$dedup"
expect 'no list' 2 '' 'dedup: clean:1: not valid JSON\n' dedup restore --removed=clean once.txt
expect 'an empty list' 2 '' 'dedup: /dev/null:0: not an edit list: the header is missing\n' \
  dedup restore --removed=/dev/null once.txt
expect 'restore of a missing file' 2 '' 'dedup: none.txt: No such file or directory\n' \
  dedup restore --removed=list none.txt
expect 'restore without a list' 64 '' 'dedup: restore needs --removed=FILE (see dedup --help)\n' \
  dedup restore clean
expect '-n writes the list' 0 '' '' dedup -n --removed=dry twice.txt
"$dedup" --removed=wet twice.txt >/dev/null
same 'the same list' <(sed 1d wet) <(sed 1d dry)
expect 'a list on standard output' 0 '3\n' '' \
  bash -c '"$0" -n --removed=- twice.txt | wc -l' "$dedup"
expect 'not together with the text' 64 '' \
  'dedup: --removed=- needs -o, -i, --output-dir or -n: standard output has the clean text\n' \
  dedup --removed=- twice.txt
expect 'the list as the output' 64 '' 'dedup: --removed and --output name the same file\n' \
  dedup -o ./new.txt --removed=new.txt twice.txt
expect 'the list as the input' 64 '' 'dedup: --removed names a file that is read\n' \
  dedup --removed=twice.txt twice.txt
cp no-end.txt $'odd\xff\n"name'
expect 'a name that is not UTF-8' 0 "$other" '' dedup --removed=list $'odd\xff\n"name'
holds 'the list names it' grep -qF $'"name":"odd\xef\xbf\xbd\\n\\"name"' list

# -- JSONL -----------------------------------------------------------------------------------------
printf '%b' '{"id": 1, "text" : "'"$long\\\\n$other\\\\n$long"'",' \
  '"x":[1.0e0, {"text":"\\u00e9"}] }\r\n' \
  '\n' '{"text":"'"$long\\\\n"'","id":"two"}\n' ' \t\r\n' '{"text":"","z":0}' >in.jsonl
printf '%b' '{"id": 1, "text" : "'"$long\\\\n$other\\\\n"'","x":[1.0e0, {"text":"\\u00e9"}] }\r\n' \
  '\n' '{"text":"","id":"two"}\n' ' \t\r\n' '{"text":"","z":0}' >out.jsonl
dedup in.jsonl --removed=list >clean.jsonl
holds 'JSONL is well' [ $? = 0 ]
same 'only the text field changes' out.jsonl clean.jsonl
"$dedup" restore --removed=list clean.jsonl >back.jsonl
same 'JSONL restored' in.jsonl back.jsonl
expect 'JSONL by option' 0 '{"a":"&"}' '' piped '{"a":"&"}' -f jsonl --field=a
expect 'escapes stay where nothing changes' 0 '{"text":"\\u4e2d\\/"}\n' '' \
  piped '{"text":"\\u4e2d\\/"}\n' -f jsonl
expect 'the style of escapes stays' 0 '{"text":"\\u4e2d\\u4e2d&\\u6587\\u6587"}\n' '' \
  piped '{"text":"\\u4e2d\\u4e2d&amp;\\u6587\\u6587"}\n' -f jsonl
expect 'a byte order mark' 0 '\xef\xbb\xbf{"text":"a"}\n' '' \
  piped '\xef\xbb\xbf{"text":"a"}\n' -f jsonl
printf '{"text":"a"}' >1.ndjson && printf '\xef\xbb\xbf{"text":"b"}\n{"text":"c"}' >2.ndjson
expect 'streams are kept apart' 0 '{"text":"a"}\n\xef\xbb\xbf{"text":"b"}\n{"text":"c"}' '' \
  dedup 1.ndjson 2.ndjson
expect 'standard input is text' 0 '{"text":"a"}' '' redirected 1.ndjson -f text
expect 'formats do not mix' 64 '' \
  "dedup: once.txt and 1.ndjson differ in format by their names: give --format, or run\
 each format by itself\n" \
  dedup once.txt 1.ndjson
printf '%b' '{"text":"a"}\n{"text":"b\xff"}\r\n{"other":1}\n[]\n{"text":1}\n' \
  '{"text":"a","text":"b"}\n' \
  '{"text":"\\ud800"}\n{"text":"unfinished\n{"text":"c"}' >bad.jsonl
expect 'bad lines pass through' 1 "$(sed 's/\xff/\xef\xbf\xbd/; s/\\/\\\\/g' bad.jsonl)" \
  'dedup: bad.jsonl:2: bad line at offset 13: not valid UTF-8; passed through
dedup: bad.jsonl:3: bad line at offset 28: no field "text"; passed through
dedup: bad.jsonl:4: bad line at offset 40: JSON, but not an object; passed through
dedup: bad.jsonl:5: bad line at offset 43: field "text" is not a string; passed through
dedup: bad.jsonl:6: bad line at offset 54: more than one field "text"; passed through
dedup: bad.jsonl:7: bad line at offset 78: a string with a broken escape; passed through
dedup: bad.jsonl:8: bad line at offset 96: a string without an end; passed through\n' \
  dedup --removed=list bad.jsonl
holds 'bad lines have numbers' \
  grep -q '^{"document":7,"name":"bad.jsonl",.*"passed":true,"digest":".*"}$' list
holds 'so has what follows' \
  grep -q '^{"document":8,"name":"bad.jsonl","decoded":1,"output":1,"digest":".*","line":8}$' list
"$dedup" bad.jsonl >clean.jsonl 2>/dev/null
expect 'bad lines are restored as decoded' 0 "$(sed 's/\\/\\\\/g' clean.jsonl)" '' \
  dedup restore --removed=list clean.jsonl
sed 's/"c"/"d"/; s/"a"/"aa"/' clean.jsonl >wrong.jsonl
expect 'a record of another length' 2 '' \
  'dedup: wrong.jsonl:1: offset 0: another length than the list gives\n' \
  dedup restore --removed=list -o back wrong.jsonl
# A line of more than 64 MiB is not held in memory: it passes, and so does its mark and its end.
{
  printf '{"text":"a&amp;b","id":1}\n\xef\xbb\xbf{"text":"'
  head -c 70000000 /dev/zero | tr '\0' x
  printf '&amp;\xe4\xb8\xad"}\r\n\n{"text":"a&amp;b","id":3}'
} >long-line.jsonl
dedup --removed=list long-line.jsonl >clean.jsonl 2>message
holds 'a line that is too long: status' [ $? = 3 ]
sed '1s/&amp;/\&/; 4s/&amp;/\&/' long-line.jsonl >want.jsonl
holds 'a line that is too long passes' cmp want.jsonl clean.jsonl
holds 'a line that is too long is named' [ "$(cat message)" = \
  'dedup: long-line.jsonl:2: line at offset 26 is longer than 64 MiB; passed through' ]
holds 'a line that is too long has a number' [ "$(grep -c '"passed":true' list)" = 1 ]
dedup restore --removed=list clean.jsonl >back.jsonl
holds 'a line that is too long is restored' cmp long-line.jsonl back.jsonl
# It is the length that decides, its end included, and not how it was read; blank ones pass, too.
{
  printf '{"text":"'
  head -c 67108852 /dev/zero | tr '\0' x
  printf '"}\n'
} >longest.jsonl
holds 'the longest line' [ "$(stat -c %s longest.jsonl)" = 67108864 ]
dedup -f jsonl <longest.jsonl | cmp -s - longest.jsonl
holds 'the longest line is a record' [ "${PIPESTATUS[*]}" = '0 0' ]
sed 's/x/xx/' longest.jsonl >longer.jsonl
for reader in 'cat longer.jsonl' 'dd if=longer.jsonl bs=999983 status=none'; do
  $reader | dedup -q -f jsonl | cmp -s - longer.jsonl
  holds "a byte more passes: $reader" [ "${PIPESTATUS[*]}" = '0 3 0' ]
done
dedup -q longer.jsonl | cmp -s - longer.jsonl
holds 'a byte more passes, read as a file' [ "${PIPESTATUS[*]}" = '3 0' ]
{
  echo "{\"text\":\"$long\\n$other\"}"
  head -c 67108864 /dev/zero | tr '\0' ' '
  printf '\r\n'
  echo "{\"text\":\"$long\\n$other\"}"
} >blank.jsonl
dedup -q --removed=list blank.jsonl >clean.jsonl
dedup restore --removed=list clean.jsonl | cmp -s - blank.jsonl
holds 'a blank line that is too long is restored' [ "${PIPESTATUS[*]}" = '0 0' ]
rm long-line.jsonl want.jsonl longest.jsonl longer.jsonl blank.jsonl
# A line of more than 1 MiB goes through scratch space, as the same record, an unknown one likewise.
{
  body=$(yes 'a&amp;b春天的早晨\n' | head -n 80000 | tr -d '\n')
  printf ' {"text" : "%s","id":[1.50,"\\u5c71"]}\r\n' "$body"
  printf '{"n":"%s","text":"a&amp;b","id":"n"}\n' "$body"
  printf '{"text":"%s"\n' "$body"
  head -c 1500000 /dev/zero | tr '\0' ' '
  printf '\n\xef\xbb\xbf{"text":"%s"}' "$body"
} >long.jsonl
sed '1s/&amp;/\&/g; 2s/a&amp;b","id/a\&b","id/' long.jsonl | head -n 4 >want.jsonl
dedup --removed=list long.jsonl >clean.jsonl 2>message
holds 'long records: status' [ $? = 1 ]
holds 'long records: text' cmp want.jsonl clean.jsonl
holds 'long records: message' [ "$(cat message)" = \
  "dedup: long.jsonl:3: bad line at offset $(head -n 2 long.jsonl | wc -c): \
not valid JSON; passed through" ]
dedup restore --removed=list clean.jsonl | cmp -s - long.jsonl
holds 'long records are restored' [ "${PIPESTATUS[*]}" = '0 0' ]
expect 'long records: no scratch space' 2 '' 'dedup: /none: No such file or directory\n' \
  dedup -n --tmpdir=/none long.jsonl
rm long.jsonl want.jsonl
seq 12 >numbers.jsonl
expect 'ten complaints a file' 0 '11\n' '' \
  bash -c '"$0" numbers.jsonl 2>&1 >/dev/null | wc -l' "$dedup"
expect 'and the rest counted' 0 'dedup: numbers.jsonl: and 2 more bad lines, 12 in all\n' '' \
  bash -c '"$0" numbers.jsonl 2>&1 >/dev/null | tail -n 1' "$dedup"

# -- duplicate documents ---------------------------------------------------------------------------
# Weight 100 and more, in paragraphs too short to be repeats of their own.
printf '%s\n' 春天的早晨我們沿著河岸慢慢走過去看見遠處的山坡上開滿了白色的小花 \
  孩子們在草地上放風箏老人坐在樹下喝茶聊天說起很多年以前這裡還是一片荒地 \
  秋天收割以後田野忽然安靜下來稻草堆在路邊麻雀成群地落下又飛起傍晚時分 \
  村口的燈一盞一盞亮了歸家的人推著車從橋上經過水面上映著最後一點晚霞 >page.txt
cp page.txt again.txt
expect 'a document that occurred before' 0 "$(cat page.txt)\n" '' \
  dedup --runs=off page.txt again.txt
expect 'documents off' 0 "$(cat page.txt page.txt)\n" '' \
  dedup --documents=off --runs=off page.txt again.txt
expect 'its file is empty' 0 '' '' dedup --output-dir=pairs page.txt again.txt
holds 'but there' [ -f pairs/again.txt ] && holds 'empty' [ ! -s pairs/again.txt ]
"$dedup" --removed=list page.txt again.txt >clean
holds 'the list says so' grep -q '"reason":"duplicate-document"' list
expect 'a document restored' 0 "$(cat page.txt page.txt)\n" '' dedup restore --removed=list clean

text=$(sed 's/$/\\n/' page.txt | tr -d '\n')
{
  printf '{"id":1,"text":"%s"}\n\n{"id":2,"text":"甲"}\n' "$text"
  printf ' \r\n\xef\xbb\xbf{"id":3,"text":"%s"}\r\n\n{"id":4,"text":"乙"}\n' "$text"
  printf '{"id":5,"text":"%s"}' "$text"
} >copies.jsonl
"$dedup" --removed=list copies.jsonl >clean.jsonl
holds 'records are left out' [ "$(grep -o '"id":[0-9]' clean.jsonl | tr -dc 0-9)" = 124 ]
holds 'and are in the list' [ "$(grep -c '"omitted":"' list)" = 2 ]
"$dedup" restore --removed=list clean.jsonl >back.jsonl
same 'records restored' copies.jsonl back.jsonl
cp copies.jsonl more.jsonl
"$dedup" --removed=list copies.jsonl more.jsonl >clean.jsonl
holds 'across files, too' [ "$(grep -o '"id":[0-9]' clean.jsonl | tr -dc 0-9)" = 12424 ]
"$dedup" restore --removed=list clean.jsonl >back.jsonl
same 'records of two files restored' <(cat copies.jsonl && echo && cat more.jsonl) back.jsonl

# -- documents in one file -------------------------------------------------------------------------
printf '%s\n===\n甲\n===\r\n%s\n===\n乙\n' "$(cat page.txt)" "$(cat page.txt)" >joined.txt
printf '%s\n===\n甲\n===\r\n乙\n' "$(cat page.txt)" >parted.txt
expect 'a separator' 0 '' '' dedup --runs=off --document-separator==== -o clean \
  --removed=list joined.txt
same 'a document goes with its separator' parted.txt clean
"$dedup" restore --removed=list clean >back.txt
same 'restored with separators' joined.txt back.txt
expect 'each has a number' 0 '4\n' '' grep -c '"decoded"' list
expect 'without the option it is text' 0 "$(cat joined.txt)\n" '' \
  dedup --runs=off --sentences=off joined.txt
bytewise() {
  while IFS= read -r -n 1 -d '' c; do printf '%s' "$c"; done <"$1" | "$dedup" "${@:2}"
}
bytewise joined.txt --runs=off --document-separator==== >clean
same 'in small pieces' parted.txt clean
expect 'only separators' 0 '==\n==\n==' '' piped '==\n==\n==' --document-separator===
expect 'lines that only start so' 0 '===\n=\n==x\n' '' piped '===\n=\n==x\n' \
  --document-separator===
expect '-v counts lines of the file' 0 '' 'joined.txt:8: duplicate-document (first at joined.txt:1)
joined.txt:12: duplicate-document separator\n' \
  dedup -n -v --runs=off --document-separator==== joined.txt
expect 'damage is told at its place' 1 'a\n=\nb\xef\xbf\xbd\n' \
  'dedup: standard input: 1 broken byte sequence, at offset 5; written as U+FFFD\n' \
  piped 'a\n=\nb\xff\n' --document-separator==
for bad in $'a\nb' $'a\xff'; do
  "$dedup" --document-separator "$bad" once.txt >.out 2>.err
  holds 'no line to separate by' [ $? = 64 ]
done
expect 'a separator is for text' 64 '' \
  'dedup: --document-separator is for text: a record of JSON is a document\n' \
  dedup --document-separator=x in.jsonl

# -- no copy stays ---------------------------------------------------------------------------------
expect 'keep none' 0 "$other\n" '' dedup --keep=none twice.txt
expect 'keep none, standard input' 0 "$other\n" '' redirected twice.txt --keep=none
expect 'keep none, a pipe' 0 "$other\n" '' piped "$long\n$other\n$long\n" --keep=none
expect 'keep none across files' 0 "$long\n" '' dedup --keep=none once.txt no-end.txt
cat once.txt >pipe &
expect 'keep none, a pipe by name' 0 "$long\n" '' dedup --keep=none pipe no-end.txt
wait
offset=$((12 + $(printf %s "$long" | wc -c)))
expect 'keep none, records' 1 '{"text":""}\n{"text":1}\n{"text":""}\n' \
  "dedup: standard input:2: bad line at offset $offset: field \"text\" is not a string; passed \
through\n" \
  piped '{"text":"'"$long"'"}\n{"text":1}\n{"text":"'"$long"'"}\n' --keep=none -f jsonl
expect 'keep none, a missing file' 1 "$other" 'dedup: none.txt: No such file or directory\n' \
  dedup --keep=none none.txt no-end.txt
expect 'keep none, damage told once' 1 'ab\xef\xbf\xbdc\n\xef\xbf\xbd\n' \
  'dedup: broken.txt: 2 broken byte sequences, the first at offset 2; written as U+FFFD\n' \
  dedup --keep=none broken.txt
mkdir spool
expect 'a spool directory' 0 "$other\n" '' redirected twice.txt --keep=none --tmpdir=spool
holds 'nothing is left there' [ -z "$(ls -A spool)" ]
expect 'no spool directory' 2 '' 'dedup: no/x: No such file or directory\n' \
  redirected twice.txt --keep=none --tmpdir=no/x -o old.txt
expect 'no spool directory by environment' 2 '' 'dedup: no/y: No such file or directory\n' \
  env TMPDIR=no/y "$dedup" --keep=none -o old.txt
same 'and leaves -o' .want old.txt

# -- learned boilerplate ---------------------------------------------------------------------------
mkdir site
for i in 1 2 3 4 5 6; do
  {
    printf '%s\n' 海濱在線首頁 本地要聞 圖說海濱 "第$i頁的標題是這一行"
    for word in 山坡 海邊 河岸; do
      echo "這是第$i篇文章裡說到$word的那一段話，篇篇寫的都是各不相同的第$i件事情，說完就到這裡為止。"
    done
    printf '%s\n' 讀者熱線全天開通 海濱日報社主辦
  } >site/$i.txt
done
expect 'learn' 0 '' '' dedup learn site/[1-5].txt -o model
expect 'what was learned goes' 0 "$(sed -n 4,7p site/6.txt)\n" '' \
  dedup --boilerplate-model=model site/6.txt
holds 'and says why' grep -q '"rule":"learned: 5 documents"' <("$dedup" -n --removed=- \
  --boilerplate-model=model site/6.txt)
"$dedup" learn --min-documents=6 site/[1-5].txt >few
expect 'too few documents' 0 "$(cat site/6.txt)\n" '' dedup --boilerplate-model=few site/6.txt
for i in 1 2 3 4 5 6; do
  printf '{"id":%s,"url":"https://www.example.org/%s","text":"%s"}\n' $i $i \
    "$(sed 's/$/\\n/' site/$i.txt | tr -d '\n')"
done >site.jsonl
head -n 5 site.jsonl | "$dedup" learn -f jsonl >model.host
holds 'learn from records' [ $? = 0 ]
holds 'for their host' grep -q learned <(tail -n 1 site.jsonl | "$dedup" -n --removed=- -f jsonl \
  --boilerplate-model=model.host)
! tail -n 1 site.jsonl | sed 's/example/other/' | "$dedup" -n --removed=- -f jsonl \
  --boilerplate-model=model.host | grep -q learned
holds 'and for no other' [ $? = 0 ]
printf 'x\n{}\n{"text":"a"}\n' >bad
expect 'learn from bad records' 1 '' \
  "dedup: bad:1: bad line at offset 0: not valid JSON; passed over
dedup: bad:2: bad line at offset 2: no field \"text\"; passed over\n" \
  dedup learn -f jsonl bad -o model.bad
expect 'learn from nothing' 1 '' 'dedup: none.txt: No such file or directory\n' \
  dedup learn none.txt -o model.none
holds 'writes nothing' [ ! -e model.none ]
expect 'a missing model' 64 '' 'dedup: --boilerplate-model: none: No such file or directory\n' \
  dedup --boilerplate-model=none once.txt
expect 'no model' 64 '' 'dedup: boilerplate model: not a model\n' \
  dedup --boilerplate-model=once.txt once.txt
head -c -1 model >cut
expect 'a damaged model' 64 '' 'dedup: boilerplate model: damaged: the checksum does not fit\n' \
  dedup --boilerplate-model=cut once.txt
expect 'a model without boilerplate' 64 '' \
  'dedup: --boilerplate-model makes no sense with --boilerplate=off\n' \
  dedup --boilerplate-model=model --boilerplate=off once.txt
for i in $(seq 3000); do
  echo "{\"text\":\"$i\\u53f7\",\"url\":\"http://$i.example/\"}"
done >hosts.jsonl
expect 'learn within too little memory' 0 '' \
  "$(printf 'dedup: memory for counting ran short: of blocks in fewer than %s documents %s' 13 \
     'some may not be learned (see --memory)')\n" dedup learn --memory=1K hosts.jsonl -o model.hosts
expect 'learn within too little memory, quietly' 0 '' '' \
  dedup learn -q --memory=1K hosts.jsonl -o model.hosts
expect 'learn, too few by option' 64 '' \
  'dedup: min_documents must be at least 2: what occurs once is no boilerplate\n' \
  dedup learn --min-documents=1 once.txt -o x

# -- reports ---------------------------------------------------------------------------------------
expect '-v' 0 "$long\n$other\n" 'twice.txt:3: repeated-block (first at twice.txt:1)\n' \
  dedup -v twice.txt
expect '-v across files' 0 '' 'no-end.txt:1: repeated-block (first at once.txt:2)\n' \
  dedup -v -n once.txt no-end.txt
expect '-v in a stream' 0 '' \
  'in.jsonl:1:3: repeated-block (first at in.jsonl:1:1)
in.jsonl:3:1: repeated-block (first at in.jsonl:1:1)\n' dedup -n -v in.jsonl
json='{"schema":1,"documents":1,"input_bytes":[0-9]+,"decoded_bytes":[0-9]+,"output_bytes":[0-9]+,'
json+='"blocks":3,"blocks_kept":2,.*'
json+='"removed":\{.*"repeated-block":\{"items":1,"bytes":[0-9]+\}.*\},'
json+='"repaired":\{"control":0,.*,"mojibake":0,"script":0,"nfc":0\},'
json+='"skipped_records":\{"warcinfo":0,.*,"damaged":0\}\}'
holds '--stats=json' grep -qE "^$json\$" <("$dedup" -n --stats=json twice.txt 2>&1)
printf '甲乙丙丁\n锟斤拷锟斤拷锟斤拷\n\n烫烫烫烫烫烫烫\n' >lost.txt
expect '-v, mojibake' 0 "$(cat lost.txt)\n" \
  'lost.txt:2: looks like mojibake, and stays, as does 1 more line of the document\n' \
  dedup -v lost.txt
holds '--stats=json, mojibake' \
  grep -q '"mojibake_lines":2,' <("$dedup" -n --stats=json lost.txt 2>&1)
holds '--stats, mojibake' grep -qE '^mojibake lines +2$' <("$dedup" -n --stats lost.txt 2>&1)
holds '--stats' grep -qE '^blocks kept +2$' <("$dedup" -n --stats twice.txt 2>&1)
expect '--stats takes no word' 0 '' '' \
  bash -c '"$0" --stats twice.txt >/dev/null 2>&1' "$dedup"

# -- threads and memory ----------------------------------------------------------------------------
# The output is the same however it is made. 18,000 paragraphs do not fit a budget of a byte.
awk 'BEGIN {
  for (i = 0; i < 6; ++i) text = text "山中人家水邊花開"
  for (i = 0; i < 18000; ++i) printf "%s%s第%d段。\n%s", text, text, i % 15000, i % 9 ? "" : "\n"
}' >many.txt
"$dedup" -T1 many.txt >many.expected
holds 'many paragraphs repeat' [ "$(wc -l <many.expected)" -lt 17500 ]
for threads in 1 2 3 8; do
  expect "-T $threads" 0 '' '' cmp <("$dedup" -T $threads many.txt) many.expected
  expect "-T $threads from a pipe" 0 '' '' cmp <(cat many.txt | "$dedup" -T $threads) many.expected
done
slowly() { head -c 1 many.txt; sleep 0.2; tail -c +2 many.txt | dd bs=77777 2>/dev/null; }
expect 'from a slow pipe' 0 '' '' cmp <(slowly | "$dedup") many.expected
expect '--memory=1' 0 '' '' cmp <("$dedup" --memory=1 many.txt) many.expected
expect '--memory=1 with places' 0 '' '' cmp \
  <("$dedup" --memory=1 --removed=many.removed many.txt) many.expected
expect '--memory=1, restored' 0 '' '' cmp \
  <("$dedup" restore --removed=many.removed many.expected) many.txt
expect '--memory needs --tmpdir' 2 '' 'dedup: ./gone: No such file or directory\n' \
  bash -c '"$0" --memory=1 --tmpdir=./gone many.txt >/dev/null' "$dedup"
expect 'nothing is left in --tmpdir' 0 '' '' \
  bash -c 'mkdir scratch && "$0" --memory=1 --tmpdir=scratch many.txt >/dev/null &&
    rmdir scratch' "$dedup"
expect '--memory=0' 64 '' \
  'dedup: --memory takes a size such as 512M, 2G or 25%, not "0" (see dedup --help)\n' \
  dedup --memory=0 once.txt
for size in 1x -1 101% G 1e30; do
  message="dedup: --memory takes a size such as 512M, 2G or 25%, not \"$size\" (see dedup --help)\n"
  expect "--memory=$size" 64 '' "$message" dedup --memory=$size once.txt
done

# -- the command line ------------------------------------------------------------------------------
expect 'present behaviour by name' 0 "$other" '' dedup --keep=first -T 1 --documents=exact \
  --normalise=off --script=keep --progress=never --format=text --encoding=utf-8 \
  --boilerplate=rules --paragraphs=exact --runs=on --sentences=exact --scope=corpus --repair=on \
  no-end.txt
for option in --near --near-threshold=.8 --near-threshold=1 --boilerplate=page --documents=off \
  --documents=near --paragraphs=near --sentences=lone --scope=wide --keep=none --tmpdir=. \
  --document-separator== --threads=2 --threads=0 -T8 --memory=1 \
  --memory=64M --memory=1.5GiB --memory=25% --normalise=nfc --progress=auto; do
  expect "$option" 0 "$other" '' dedup "$option" no-end.txt
done
see='(see dedup --help)'
expect 'a flag with a value' 64 '' 'dedup: --near takes no value (see dedup --help)\n' \
  dedup --near=0.9 once.txt
expect 'a slip in an option' 64 '' \
  "dedup: unknown option --boilerplat=off; did you mean --boilerplate? $see\n" \
  dedup --boilerplat=off once.txt
expect 'a slip in a value' 64 '' \
  "dedup: --keep takes first, none, not \"frist\"; did you mean first? $see\n" \
  dedup --keep=frist once.txt
expect 'a slip in a command' 64 '' \
  "dedup: lern: No such file or directory; did you mean dedup learn? $see\n" dedup lern
for option in --documents=exact --min-block=50 -T2 --tmpdir=/tmp; do
  "$dedup" -f jsonl $option $option /dev/null 2>.err
  holds "$option twice" grep -q 'is given twice' .err
done
expect 'a field of text' 64 '' 'dedup: --field is for JSONL: give --format=jsonl, too\n' \
  dedup --field=text once.txt
"$dedup" -T 4294967295 once.txt >/dev/null 2>.err
holds 'more threads than make sense' grep -q '^dedup: --threads takes a number up to 1024' .err
holds 'the short help is short' [ "$("$dedup" -h | wc -l)" -le 24 ]
holds 'the long help is long' [ "$("$dedup" --help | wc -l)" -gt 80 ]

# Classes of rules that do not fire, and what a user's rules keep.
printf '責任編輯：林小滿\n免責聲明：本網轉載此文出於傳遞更多信息之目的。\n' >notice.txt
expect 'all classes' 0 '' '' dedup notice.txt
expect 'without one' 0 '責任編輯：林小滿\n' '' dedup --boilerplate=rules,-byline notice.txt
expect 'without two' 0 "$(sed 's/\\/\\\\/g' notice.txt)\n" '' \
  dedup --boilerplate=rules,-byline,-disclaimer notice.txt
"$dedup" --boilerplate=rules,-bylines notice.txt 2>.err
holds 'no such class: status' [ $? = 64 ]
holds 'no such class: message' grep -q 'no class "bylines" .* there are disclaimer, ' .err
echo 'keep 林小满' >keep.rules
printf 'class mine\nstrong 春天来了 … 特价\n' >mine.rules
expect 'what is kept' 0 '責任編輯：林小滿\n' '' dedup --boilerplate-rules=keep.rules notice.txt
printf '春天來了，全場特價。\n責任編輯：林小滿\n' >spring.txt
expect 'rules of two files' 0 '責任編輯：林小滿\n' '' \
  dedup --boilerplate-rules=mine.rules --boilerplate-rules=keep.rules spring.txt
printf '\nclass mine\nloud 晨星商城\n' >bad.rules
expect 'a fault in the second of two files of rules' 64 '' \
  'dedup: bad.rules, line 3: unknown word "loud"\n' \
  dedup --boilerplate-rules=mine.rules --boilerplate-rules=bad.rules spring.txt
expect 'an empty model' 64 '' 'dedup: boilerplate model: not a model\n' \
  dedup --boilerplate-model=/dev/null notice.txt
expect 'an unknown option' 64 '' "dedup: unknown option --bogus $see\n" dedup --bogus
expect 'a bad value' 64 '' "dedup: --runs takes on, off, not \"maybe\" $see\n" dedup --runs=maybe
expect 'a bad number' 64 '' "dedup: --min-block takes a number, not \"-5\" $see\n" \
  dedup --min-block=-5
for value in 0.4 1.1 nan x ''; do
  "$dedup" --near-threshold "$value" once.txt >.out 2>.err
  holds "--near-threshold '$value' is refused" [ $? = 64 ]
done
expect 'a threshold out of range' 64 '' \
  "dedup: --near-threshold takes a number from 0.5 to 1, not \"2\" $see\n" \
  dedup --near-threshold=2 once.txt
expect 'no value' 64 '' "dedup: --field needs a value $see\n" dedup --field
expect 'an empty value' 64 '' "dedup: --removed needs a value $see\n" dedup --removed= once.txt
expect 'two outputs' 64 '' 'dedup: --output is given twice\n' dedup -o a -o b once.txt
expect 'standard input twice' 64 '' 'dedup: standard input is named twice\n' dedup - -
expect 'missing rules' 64 '' 'dedup: --boilerplate-rules: none: No such file or directory\n' \
  dedup --boilerplate-rules=none once.txt
"$dedup" --min-block=9 --min-block-across=3 once.txt >.out 2>.err
holds 'options that contradict' [ $? = 64 ]
expect 'a longer guard is one across documents too' 0 "$other" '' dedup --min-block=200 no-end.txt
holds 'the help fits' [ "$("$dedup" --help | awk 'length > 100' | wc -l)" = 0 ]
holds 'and that of learn' [ "$("$dedup" learn --help | awk 'length > 100' | wc -l)" = 0 ]
! "$dedup" --help | grep -q COST_
holds 'no figure is missing in the help' [ $? = 0 ]
options_of() { grep -oE '^ +(-., )?--[a-z0-9-]+' | grep -oE -- '--[a-z0-9-]+'; }
for option in $("$dedup" learn --help | options_of); do
  ! "$dedup" learn $option -q -q /dev/null 2>&1 | grep -q 'unknown option'
  holds "$option of learn exists" [ $? = 0 ]
done
for option in $("$dedup" --help | options_of); do
  "$dedup" $option= once.txt >/dev/null 2>.err
  [ $option = --document-separator ] ||  # its empty value is a blank line
    holds "$option of the help is known" grep -q 'needs a value' .err
  ! "$dedup" $option -n -n /dev/null 2>&1 | grep -q 'unknown option'
  holds "$option of the help exists" [ $? = 0 ]
done
holds 'the version' grep -qzE '^dedup [0-9.]+
ICU [0-9.]+, Unicode [0-9.]+
key recipe [0-9a-f]{16}
$' <("$dedup" --version)
if script -qec true /dev/null >/dev/null 2>&1; then
  script -qec "'$dedup'; echo status \$?" /dev/null </dev/null | tr -d '\r' >.out
  holds 'short help on a terminal' grep -q '^Usage: dedup' .out
  holds 'which is a usage error' grep -q '^status 64$' .out
else
  skip 'standard input is a terminal'
fi
holds 'no temporary file anywhere' clean_directory .

echo "command: $passed passed, $failed failed"
[ $failed = 0 ]
