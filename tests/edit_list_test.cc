// SPDX-License-Identifier: Apache-2.0
// The edit list: the three kinds of line as they are written, and as they are read back.
#include "dedup/edit_list.h"

#include <string>

#include "catch.h"
#include "dedup/error.h"
#include "dedup/version.h"
#include "walls/json.h"

using namespace dedup;

namespace {

Edit example() {
  Edit edit;
  edit.block = 3;
  edit.start = 120;
  edit.end = 127;
  edit.text = "重複\n";
  edit.reason = Reason::repeated_block;
  return edit;
}

}  // namespace

TEST_CASE("edit list: an edit is one line, its members in order, absent ones left out") {
  Edit edit = example();
  CHECK(to_line(edit, 5, "") ==
        "{\"document\":5,\"block\":3,\"start\":120,\"end\":127,\"text\":\"重複\\n\","
        "\"reason\":\"repeated-block\"}\n");
  edit.rule = "cue";
  edit.first = Position{1, 2};
  edit.similarity = 0.8125;
  edit.replacement = "&";
  CHECK(to_line(edit, 5, "a.txt") ==
        "{\"document\":5,\"name\":\"a.txt\",\"block\":3,\"start\":120,\"end\":127,"
        "\"text\":\"重複\\n\",\"reason\":\"repeated-block\",\"rule\":\"cue\","
        "\"first\":{\"document\":1,\"block\":2},\"similarity\":0.8125,\"replacement\":\"&\"}\n");
}

TEST_CASE("edit list: an edit is read back with its reason and its earlier copy") {
  Edit edit = example();
  edit.rule = "cue";
  edit.first = Position{1, 2};
  edit.first_name = "b.txt";
  edit.similarity = 0.8125;
  const auto read = parse_edit_list_line(to_line(edit, 5, "a.txt")).edit;
  REQUIRE(read);
  CHECK(read->block == 3);
  CHECK(read->reason == Reason::repeated_block);
  CHECK(read->rule == "cue");
  CHECK(read->first == Position{1, 2});
  CHECK(read->first_name == "b.txt");
  CHECK(read->similarity == 0.8125);
  const auto bare = parse_edit_list_line(
      R"({"document":0,"start":1,"end":2,"text":"a","reason":"of a later version"})");
  REQUIRE(bare.edit);
  CHECK(!bare.edit->reason);
  CHECK(!bare.edit->first);
  CHECK(!bare.edit->similarity);
  CHECK_THROWS_WITH(
      parse_edit_list_line(R"({"document":0,"start":1,"end":2,"text":"a","first":7})"),
      "member \"first\" is not an object");
  CHECK_THROWS_WITH(
      parse_edit_list_line(R"({"document":0,"start":1,"end":2,"text":"a","similarity":"x"})"),
      "member \"similarity\" is not a number");
}

TEST_CASE("edit list: each reason is found by its name") {
  for (std::size_t i = 0; i < kReasonCount; ++i) {
    CHECK(reason_named(name(static_cast<Reason>(i))) == static_cast<Reason>(i));
  }
  CHECK(!reason_named(""));
  CHECK(!reason_named("repair "));
}

TEST_CASE("edit list: a closing line tells where its document began, if that is known") {
  const EditListClosing closing{.document = 7, .decoded = 10, .output = 9, .line = 0};
  CHECK(to_line(closing) == "{\"document\":7,\"decoded\":10,\"output\":9,\"line\":0}\n");
  CHECK(parse_edit_list_line(to_line(closing)).closing->line == 0);
  CHECK(!parse_edit_list_line(R"({"document":7,"decoded":1,"output":1})").closing->line);
}

TEST_CASE("edit list: header and closing line") {
  CHECK(to_line(EditListHeader{"jsonl", "text", "-f jsonl"}) ==
        "{\"dedup\":\"" + std::string(version()) + "\",\"recipe\":\"" + std::string(key_recipe()) +
            "\",\"format\":\"jsonl\",\"field\":\"text\",\"options\":\"-f jsonl\"}\n");
  EditListClosing closing{.document = 7, .name = "n", .decoded = 10, .output = 9};
  CHECK(to_line(closing) == "{\"document\":7,\"name\":\"n\",\"decoded\":10,\"output\":9}\n");
  closing.passed = true;
  closing.omitted = "{}\n";
  CHECK(to_line(closing) ==
        "{\"document\":7,\"name\":\"n\",\"decoded\":10,\"output\":9,\"passed\":true,"
        "\"omitted\":\"{}\\n\"}\n");
}

TEST_CASE("edit list: several fields") {
  const EditListHeader header{.format = "jsonl", .fields = {"title", "/a~1b/*", "\"\\中\n"}};
  const std::string line = to_line(header);
  CHECK(line.find(R"("fields":["title","/a~1b/*","\"\\中\n"])") != std::string::npos);
  CHECK(line.find("\"field\"") == std::string::npos);
  const auto read = parse_edit_list_line(line.substr(0, line.size() - 1)).header;
  REQUIRE(read);
  CHECK(read->fields == header.fields);
  const EditListClosing closing{.document = 7, .decoded = 10, .output = 9, .fields = {4, 0, 4}};
  CHECK(to_line(closing) == "{\"document\":7,\"decoded\":10,\"output\":9,\"fields\":[4,0,4]}\n");
  CHECK(parse_edit_list_line(to_line(closing)).closing->fields == closing.fields);
  CHECK_THROWS_WITH(parse_edit_list_line(R"({"document":7,"decoded":1,"output":1,"fields":[-1]})"),
                    "member \"fields\" is not a count");
  CHECK_THROWS_WITH(parse_edit_list_line(R"({"dedup":"1","format":"jsonl","fields":["a",1]})"),
                    "member \"fields\" is not of strings");
}

TEST_CASE("edit list: a digest is of the bytes, not of the pieces") {
  Digest whole;
  whole.add("abc");
  Digest pieces;
  for (const char* piece : {"a", "", "bc"}) pieces.add(piece);
  CHECK(whole.hex() == "06b05ab6733a618578af5f94892f3950");  // XXH3-128 by xxhsum
  CHECK(pieces.hex() == whole.hex());
  pieces.add("\n");
  CHECK(pieces.hex() != whole.hex());
}

TEST_CASE("edit list: what was written is read back") {
  Edit edit = example();
  edit.replacement = "\"\\";
  const auto read = parse_edit_list_line(to_line(edit, 5, "a"));
  REQUIRE(read.edit);
  CHECK_FALSE((read.header || read.closing));
  CHECK(read.edit->document == 5);
  CHECK(read.edit->start == 120);
  CHECK(read.edit->end == 127);
  CHECK(read.edit->text == edit.text);
  CHECK(read.edit->replacement == edit.replacement);

  const auto header = parse_edit_list_line(to_line(EditListHeader{"jsonl", "t", "-v"})).header;
  REQUIRE(header);
  CHECK(header->format == "jsonl");
  CHECK(header->field == "t");
  CHECK(header->options == "-v");
  CHECK_FALSE(header->separate);
  CHECK(parse_edit_list_line(to_line(EditListHeader{.separate = true})).header->separate);

  const EditListClosing all{.document = ~std::uint64_t{0},
                            .name = "名",
                            .file = "f",
                            .decoded = 1,
                            .output = 2,
                            .passed = true,
                            .digest = Digest().hex(),
                            .before = 3,
                            .omitted = "raw\n"};
  const auto closing = parse_edit_list_line(to_line(all)).closing;
  REQUIRE(closing);
  CHECK(closing->document == all.document);
  CHECK(closing->name == all.name);
  CHECK(closing->decoded == 1);
  CHECK(closing->output == 2);
  CHECK(closing->file == "f");
  CHECK(closing->passed);
  CHECK(closing->digest == all.digest);
  CHECK(closing->before == 3);
  CHECK(closing->omitted == all.omitted);
}

TEST_CASE("edit list: names that are not UTF-8 still give valid JSON") {
  const std::string line = to_line(example(), 0, "a\xFF\xE4\xB8\"中");
  const auto found = json::members(line);
  CHECK(found.at(1).string == "a\uFFFD\uFFFD\uFFFD\"中");
}

TEST_CASE("edit list: what is no line of a list is refused") {
  for (const char* line :
       {"", "{}", "[]", "not JSON", R"({"document":0})", R"({"dedup":"1"})",
        R"({"document":0,"start":0,"end":2,"text":"a"})",
        R"({"document":0,"start":2,"end":1,"text":"a"})",
        R"({"document":-1,"start":0,"end":1,"text":"a"})",
        R"({"document":0,"start":"0","end":1,"text":"a"})",
        R"({"document":0,"start":0.0,"end":1,"text":"a"})",
        R"({"document":0,"start":0,"end":1,"text":1})", R"({"document":0,"decoded":1})"}) {
    CAPTURE(line);
    CHECK_THROWS_AS(parse_edit_list_line(line), FormatError);
  }
}
