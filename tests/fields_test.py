#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Several fields of JSONL: what becomes of random records, beside what becomes of their texts joined,
and the way back.

    fields_test.py PATH/TO/dedup
"""
import json
import os
import random
import subprocess
import sys
import tempfile

DEDUP = os.path.abspath(sys.argv[1])
MIB = 1 << 20
FAILED = []
PASSED = 0

# Prose of the lengths that rules look for, dirt, boilerplate, and what must stay.
PARTS = [
    "七月起，濱海海洋館每週五、六開放夜遊，每晚限二百人，遊客可在海底隧道旁搭帳篷過夜，看魚群在微光裡洄遊，"
    "清晨再由講解員帶領餵食企鵝，並可帶走一張當晚的合影。",
    "館方表示，夜間開放以來一位難求，八月場次已於昨日售完，九月的名額將在下週一上午九點放出，屆時請先在網上登記，"
    "現場不再另外發放號碼牌，敬請各位遊客留意。",
    "責任編輯：林小滿", "免責聲明：本網轉載此文出於傳遞更多信息之目的，並不代表本網贊同其觀點。如有侵權，請聯繫我們刪除。",
    "夜遊&amp;露營", "\u3000\u3000縮排", "零\u200b寬", "山 水 相 連", "第一段。", "", " ", "/路/徑", "\"引\\用\"", "plain text", "😀表情",
    "創(chuàng)新，開(kāi)放，夜遊(yóu)；創(chuàng)新，開(kāi)放，夜遊(yóu)。",
]


def holds(name, condition, detail=""):
    global PASSED
    if condition:
        PASSED += 1
    else:
        FAILED.append(name)
        print(f"FAILED: {name} {detail[:2000]}")


def run(arguments, data=None):
    done = subprocess.run([DEDUP, *arguments], input=data, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr.decode()


def steps(field):
    if not field.startswith("/"):
        return [field], [False]
    parts = field[1:].split("/")
    return ([part.replace("~1", "/").replace("~0", "~") for part in parts],
            [part == "*" for part in parts])


def leads(field, path):
    keys, every = steps(field)
    return len(keys) == len(path) and all(
        any_ or key == step or (isinstance(step, int) and key == str(step))
        for key, any_, step in zip(keys, every, path))


def values(node, path=()):
    """Each value that is no object or array, with its path, in the order of the line."""
    if isinstance(node, dict):
        for key, child in node.items():
            yield from values(child, (*path, key))
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from values(child, (*path, index))
    else:
        yield path, node


def texts(record, fields):
    return [value for path, value in values(record)
            if isinstance(value, str) and any(leads(field, path) for field in fields)]


def rest(record, fields):
    return [(path, value) for path, value in values(record)
            if not isinstance(value, str) or not any(leads(field, path) for field in fields)]


FIELDS = [["title", "/paras/*"], ["/a~1b/*/text", "title"], ["/paras/*", "/deep/0/1", "/deep/*/0"],
          ["title", "body"], ["/deep/1/1", "/paras/1", "title"], ["/paras/*"]]


def made_record(source, number):
    """A record in which every one of FIELDS finds a text."""
    def text():
        return source.choice(PARTS) if source.random() < .8 else ""

    record = {
        "id": number, "title": text(), "body": text(), "score": source.choice([1.5, None, True, 0]),
        "paras": [text() if source.random() < .9 else None for _ in range(source.randrange(12))]
                 + [text(), text()],
        "a/b": [{"text": text(), "by": text()} for _ in range(source.randrange(4))],
        "deep": [[text(), text()], [text(), text()]], "url": "http://a/", "other": text(),
    }
    members = list(record.items())
    source.shuffle(members)
    return json.dumps(dict(members), ensure_ascii=source.random() < .3,
                      separators=source.choice([(",", ":"), (", ", ": ")]))


def check_records(name, lines, fields, options):
    """Against the texts joined as one field; and back."""
    typed = ["-f", "jsonl", *options]
    data = ("\n".join(lines) + "\n").encode()
    before = [json.loads(line) for line in lines]
    joined = "".join(json.dumps({"id": record["id"], "text": "\n".join(texts(record, fields))})
                     + "\n" for record in before).encode()
    removed = os.path.join(WORK, "list")
    status, out, err = run([*typed, *(f"--field={field}" for field in fields),
                            f"--removed={removed}"], data)
    holds(f"{name}: status", status == 0, err)
    plain = [json.loads(line) for line in run(typed, joined)[1].splitlines()]
    after = [json.loads(line) for line in out.splitlines()]
    holds(f"{name}: the same records", [r["id"] for r in plain] == [r["id"] for r in after])
    by_id = {record["id"]: (record, line) for record, line in zip(before, lines)}
    for record, one, line in zip(after, plain, out.decode().splitlines()):
        first, written = by_id[record["id"]]
        holds(f"{name}: other values stay", rest(first, fields) == rest(record, fields), line)
        clean = texts(record, fields)
        holds(f"{name}: the clean text", "".join(clean) == one["text"].replace("\n", ""),
              f"{clean} {one['text']}")
        if clean == texts(first, fields):
            holds(f"{name}: what has no edit stays as it is written", line == written, line)
    status, back, err = run(["restore", f"--removed={removed}"], out)
    holds(f"{name}: restored", status == 0, err)
    restored = [json.loads(line) for line in back.splitlines()]
    holds(f"{name}: the texts are back", [texts(r, fields) for r in restored]
          == [texts(r, fields) for r in before])
    holds(f"{name}: and all else", restored == before)
    return out


def random_records():
    source = random.Random(1)
    for number in range(60):
        fields = FIELDS[number % len(FIELDS)]
        options = source.choice([[], ["--scope=document"], ["--near"], ["--documents=off"],
                                 ["--boilerplate=off"], ["-T1"], ["--sentences=lone"],
                                 ["--keep=none"], ["--boilerplate=page"], ["--repair=off"]])
        lines = [made_record(source, i) for i in range(12)]
        check_records(f"records {number} {fields} {options}", lines, fields, options)


def long_records():
    """Beyond 1 MiB they lie in scratch space, and come out the same."""
    for number in range(6):
        short, long = random.Random(number), random.Random(number)
        fields = FIELDS[number]
        lines = [made_record(short, i) for i in range(3)]
        padded = []
        for line in lines:
            record = {"pad": "山" * (MIB // 3), **json.loads(line)}
            padded.append(json.dumps(record, ensure_ascii=long.random() < .3))
        check_records(f"long records {number}", padded, fields, [])
    record = json.dumps({"id": 1, "paras": [PARTS[i % 14][:9] + str(i) for i in range(65536)]},
                        ensure_ascii=False)
    check_records("many values", [record], ["/paras/*"], ["--scope=document"])
    status, out, err = run(["-f", "jsonl", "--field=/a/*"],
                           b'{"a":[""' + b',""' * 65536 + b']}\n{"a":["x"]}\n')
    holds("too many values pass", status == 1 and out.endswith(b'{"a":["x"]}\n'), err)
    holds("and are told", "more than 65,536 values in the fields; passed through" in err, err)


def one_text():
    """A pointer to the text, and fields that are not there, change nothing."""
    source = random.Random(3)
    lines = "".join(json.dumps({"id": i, "text": "\n".join(source.choices(PARTS, k=8))},
                               ensure_ascii=source.random() < .5) + "\n" for i in range(40)).encode()
    expected = run(["-f", "jsonl"], lines)
    for fields in (["text"], ["/text"], ["text", "none"], ["/text", "/none/*"],
                   ["text", "/text", "/te/*"]):
        holds(f"{fields} is the text",
              run(["-f", "jsonl", *(f"--field={field}" for field in fields)], lines) == expected)


def other_options():
    fields = ["--field=title", "--field=/paras/*"]
    lines = ('{"id":1,"title":"","paras":["責任編輯：林小滿",""]}\n'
             '{"id":2,"title":"","paras":["",""]}\n'
             f'{{"id":4,"title":"責任編輯：林小滿","paras":["{PARTS[3]}"]}}\n'
             '{"id":3,"title":"標題","paras":["責任編輯：林小滿"]}\n').encode()
    status, out, err = run(["-f", "jsonl", "--drop-empty", *fields], lines)
    holds("emptied records go, empty and half empty ones stay",
          status == 0 and [json.loads(line)["id"] for line in out.splitlines()] == [2, 3], err)
    removed = os.path.join(WORK, "list")
    out = run(["-f", "jsonl", "--drop-empty", f"--removed={removed}", *fields], lines)[1]
    holds("and come back", run(["restore", f"--removed={removed}"], out)[1] == lines)
    twice = "".join(json.dumps({"id": i, "title": "題", "paras": PARTS[:2]}, ensure_ascii=False)
                    + "\n" for i in (1, 2)).encode()
    out = run(["-f", "jsonl", "--verdicts", *fields], twice)[1].splitlines()
    holds("a verdict of a copy", json.loads(out[1]).get("dropped") == "duplicate-document")
    out = run(["-f", "jsonl", f"--removed={removed}", *fields], twice)[1]
    holds("a copy comes back", run(["restore", f"--removed={removed}"], out)[1] == twice)
    pages = "".join(json.dumps({"id": f"http://a/{i}", "title": f"第{i}篇",
                                "paras": [f"第{i}頁的正文。", "濱海晚報移動客戶端下載", "訂閱我們的晨報快訊"]},
                               ensure_ascii=False) + "\n" for i in range(8)).encode()
    model = os.path.join(WORK, "model")
    status, _, err = run(["learn", "-f", "jsonl", *fields, "-o", model], pages)
    holds("learn", status == 0, err)
    out = run(["-f", "jsonl", *fields, f"--boilerplate-model={model}"], pages)[1]
    holds("what was learned goes", json.loads(out.splitlines()[0])["paras"]
          == ["第0頁的正文。", "", ""], out.decode())


def refusals():
    for name, words, arguments in (
            ("several pages", "--markup is for one field", ["--field=a", "--field=b",
                                                                 "--markup=html"]),
            ("pages in an array", "--markup is for one field", ["--field=/a/*", "--markup=html"]),
            ("no pointer", "--field: no JSON pointer: /a~2", ["--field=a", "--field=/a~2"]),
            ("too many", "--field: fields must be", [f"--field=f{i}" for i in range(33)]),
            ("no name", "--field needs a value", ["--field=a", "--field="])):
        status, _, err = run(["-f", "jsonl", *arguments], b"")
        holds(name, status == 64 and words in err, f"{status} {err}")
    status, out, err = run(["-f", "jsonl", "--markup=html", "--field=/page/html"],
                           '{"page":{"html":"<p>甲&amp;乙"}}\n'.encode())
    holds("a page under a pointer", status == 0 and out.decode() == '{"page":{"html":"甲&乙\\n"}}\n'
          or out.decode() == '{"page":{"html":"甲&乙"}}\n', err + out.decode())
    status, out, _ = run(["-f", "jsonl", "--field=[a]", "--field=x,y"],
                         '{"[a]":"甲&amp;","x,y":"&lt;"}\n'.encode())
    holds("names with signs", out.decode() == '{"[a]":"甲&","x,y":"<"}\n', out.decode())
    holds("a changed list", changed_list())


def changed_list():
    removed = os.path.join(WORK, "list")
    line = '{"a":"甲&amp;乙","b":"丙&lt;"}\n'.encode()
    out = run(["-f", "jsonl", "--field=a", "--field=b", f"--removed={removed}"], line)[1]
    with open(removed, encoding="utf-8") as file:
        text = file.read()
    good = run(["restore", f"--removed={removed}"], out)[1] == line
    for old, new in (('"fields":[11,7]', '"fields":[12,6]'), ('"fields":[11,7]', '"fields":[18]'),
                     ('"fields":[11,7]', '"fields":[11,6,0]'), (',"fields":[11,7]', ""),
                     ('"fields":[11,7]', '"fields":[11,18446744073709551615]'),
                     ('"fields":["a","b"]', '"fields":["a"]'), ('"fields":["a","b"]', '"fields":["/~"]')):
        assert old in text, text
        with open(removed, "w", encoding="utf-8") as file:
            file.write(text.replace(old, new))
        status, _, err = run(["restore", f"--removed={removed}"], out)
        good = good and status == 2 and err.startswith("dedup: ")
    return good


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as WORK:
        random_records()
        long_records()
        one_text()
        other_options()
        refusals()
    print(f"fields: {PASSED} passed, {len(FAILED)} failed")
    sys.exit(1 if FAILED else 0)
