// SPDX-License-Identifier: Apache-2.0
// Records: only the bytes of the text field change.
#include "dedup/record.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catch.h"
#include "dedup/error.h"

using dedup::Fields;
using dedup::FormatError;
using dedup::Record;

TEST_CASE("Record: another text leaves every other byte") {
  const std::string line =
      "\t{ \"id\": 1.50 , \"te\\u0078t\" :\t\"舊\\u6587\\/\" , \"text \":[\"text\"]}\r";
  const Record record(line, "text");
  CHECK(record.text() == "舊文/");
  CHECK(record.with_text("新\"\n") ==
        "\t{ \"id\": 1.50 , \"te\\u0078t\" :\t\"新\\\"\\n\" , \"text \":[\"text\"]}\r");
  CHECK(record.with_text("") ==
        "\t{ \"id\": 1.50 , \"te\\u0078t\" :\t\"\" , \"text \":[\"text\"]}\r");
}

TEST_CASE("Record: a text that was moved out leaves the line as it is") {
  Record record(R"({"text":"舊"})", "text");
  CHECK(record.line() == R"({"text":"舊"})");
  CHECK(record.take_text() == "舊");
  CHECK(record.text().empty());
  CHECK(record.line() == R"({"text":"舊"})");
  CHECK(record.with_text("新") == R"({"text":"新"})");
}

TEST_CASE("Record: the style of escaping stays") {
  CHECK(Record(R"({"text":"\u4e2d"})", "text").with_text("文") == R"({"text":"\u6587"})");
  CHECK(Record(R"({"text":"\u4e2d中"})", "text").with_text("文") == R"({"text":"文"})");
  CHECK(Record(R"({"text":"plain"})", "text").with_text("文") == R"({"text":"文"})");
  CHECK(Record(R"({"a":"中","text":"\u4e2d"})", "text").with_text("😀") ==
        R"({"a":"中","text":"\ud83d\ude00"})");
}

TEST_CASE("Record: the name is the id, else the URL") {
  const auto name = [](const std::string& line) { return Record(line, "text").name(); };
  CHECK(name(R"({"url":"http://a/","id":"7","text":""})") == "7");
  CHECK(name(R"({"url":"http:\/\/a\u4e2d","text":""})") == "http://a中");
  CHECK(name(R"({"id":-12e3,"text":""})") == "-12e3");
  CHECK(name(R"({"id":"","url":"u","text":""})") == "u");
  CHECK(name(R"({"id":{"a":1},"url":null,"text":""})").empty());
  CHECK(name(R"({"text":""})").empty());
  CHECK(name(R"({"url":"u","text":"","id":")" + std::string(65536, 'x') + "\"}") == "u");
  CHECK(Record(R"({"id":"7","url":"http:\/\/a/","text":""})", "text").url() == "http://a/");
}

TEST_CASE("Record: half a surrogate pair beside the field stays as it is written") {
  const std::string line = R"({"x":["\ud800"],"url":"\udc00","\udc00":1,"text":"a"})";
  const Record record(line, "text");
  CHECK(record.text() == "a");
  CHECK(record.name().empty());
  CHECK(record.with_text("b") == R"({"x":["\ud800"],"url":"\udc00","\udc00":1,"text":"b"})");
  CHECK_THROWS_WITH(Record(line, "url"), "a string with a broken escape");
}

TEST_CASE("Record: the field has any name") {
  CHECK(Record(R"({"a\"b":"x"})", "a\"b").text() == "x");
  CHECK(Record(R"({"":"x"})", "").text() == "x");
  CHECK(Record(R"({"內容":"x"})", "內容").text() == "x");
}

TEST_CASE("Record: a line without exactly one string there is refused") {
  CHECK_THROWS_WITH(Record(R"({"a":1})", "text"), "no field \"text\"");
  CHECK_THROWS_WITH(Record(R"({"x":{"text":"a"}})", "text"), "no field \"text\"");
  CHECK_THROWS_WITH(Record(R"({"text":["a"]})", "text"), "field \"text\" is not a string");
  CHECK_THROWS_WITH(Record(R"({"text":"a","te\u0078t":"b"})", "text"),
                    "more than one field \"text\"");
  CHECK_THROWS_WITH(Record(R"({"text":1,"text":"b"})", "text"), "more than one field \"text\"");
  CHECK_THROWS_AS(Record("", "text"), FormatError);
  CHECK_THROWS_AS(Record("[\"text\"]", "text"), FormatError);
}

TEST_CASE("Record: several fields are one text, in the order of the line") {
  const std::string line =
      R"({"b":{"p":["\u4e59","", 3.50 ]},"id":7,"n":NaN,"a": "甲\/" ,"c":null})";
  const Record record(line, Fields({"a", "/b/p/0", "/b/p/1", "c"}));
  CHECK(record.text() == "乙\n\n甲/");
  CHECK(record.sizes() == std::vector<std::uint64_t>{3, 0, 4});
  CHECK(record.values() == 3);
  CHECK(record.broken() == 0);
  CHECK(record.name() == "7");
  CHECK(record.with_texts({std::nullopt, std::nullopt, std::nullopt}) == line);
  CHECK(record.with_texts({"丙", std::nullopt, ""}) ==
        R"({"b":{"p":["\u4e19","", 3.50 ]},"id":7,"n":NaN,"a": "" ,"c":null})");
  CHECK_THROWS_AS(record.with_text("x"), dedup::Misuse);
  CHECK_THROWS_AS(record.with_texts({"x", "y"}), dedup::Misuse);
}

TEST_CASE("Record: a value that two fields lead to counts once") {
  CHECK(Record(R"({"a":["x","y"]})", Fields({"/a/*", "/a/1", "/*/0"})).text() == "x\ny");
  CHECK(Record(R"({"a":"x"})", Fields({"a", "a", "/a"})).text() == "x");
}

TEST_CASE("Record: one pointer is as strict as one member") {
  CHECK(Record(R"({"a":{"text":"x"}})", Fields({"/a/text"})).text() == "x");
  CHECK_THROWS_WITH(Record(R"({"a":{"text":null}})", Fields({"/a/text"})),
                    "field \"/a/text\" is not a string");
  CHECK_THROWS_WITH(Record(R"({"a":{}})", Fields({"/a/text"})), "no field \"/a/text\"");
  CHECK_THROWS_AS(Record(R"({"a":{"text":"\q"}})", Fields({"/a/text"})), FormatError);
}

TEST_CASE("Record: fields of which a record has none, or something else") {
  const Fields fields({"title", "/paras/*"});
  CHECK(Record(R"({"title":"x","paras":[]})", fields).text() == "x");
  CHECK(Record(R"({"title":null,"paras":["x",null,"y"]})", fields).text() == "x\ny");
  CHECK(Record(R"({"paras":[""]})", fields).text().empty());
  CHECK_THROWS_WITH(Record(R"({"text":"x"})", fields),
                    "none of the fields \"title\", \"/paras/*\"");
  CHECK_THROWS_WITH(Record(R"({"title":null,"paras":[null]})", fields),
                    "none of the fields \"title\", \"/paras/*\"");
  CHECK_THROWS_WITH(Record(R"({"title":1,"paras":["x"]})", fields),
                    "field \"title\" is not a string");
  CHECK_THROWS_WITH(Record(R"({"title":"x","paras":["y",["z"]]})", fields),
                    "field \"/paras/*\" is not a string");
  CHECK_THROWS_WITH(Record(R"({"title":"x","title":"y"})", fields),
                    "more than one field \"title\"");
  CHECK_THROWS_WITH(Record("{\"title\":\"\xff\"}", fields), "not valid UTF-8");
}

TEST_CASE("Record: a broken value stays, and the others are text") {
  const std::string line = R"({"title":"\ud800","paras":["x","\u00g0\q","y"]})";
  const Record record(line, Fields({"title", "/paras/*"}));
  CHECK(record.text() == "x\ny");
  CHECK(record.broken() == 2);
  CHECK(record.with_texts({"", "z"}) == R"({"title":"\ud800","paras":["","\u00g0\q","z"]})");
  CHECK_THROWS_WITH(Record(R"({"title":"\ud800"})", Fields({"title", "/paras/*"})),
                    "a string with a broken escape");
}

TEST_CASE("Record: as many values as a record may have, whatever names it") {
  const auto line = [](std::size_t count) {
    std::string text = R"({"id":1,"url":"u","title":"","a":["x")";
    for (std::size_t i = 2; i < count; ++i) text += R"(,"")";
    return text + "]}";
  };
  const Fields fields({"title", "/a/*"});
  CHECK(Record(line(65536), fields).values() == 65536);
  for (const std::size_t count : {65537, 70000}) {
    CHECK_THROWS_WITH(Record(line(count), fields), "more than 65,536 values in the fields");
  }
}

TEST_CASE("Fields: names, pointers, and what is neither") {
  CHECK(Fields({"text"}).is_member());
  CHECK(Fields({""}).is_member());
  CHECK(Fields::member("/a").is_member());
  CHECK_FALSE(Fields({"/a"}).is_member());
  CHECK_FALSE(Fields({"/a"}).are_several());
  CHECK(Fields({"/a/*"}).are_several());
  CHECK(Fields({"a", "b"}).are_several());
  CHECK_FALSE(Fields({"*"}).are_several());
  CHECK(Record(R"({"/a":"x","a":"y"})", Fields::member("/a")).text() == "x");
  CHECK(Record(R"({"/a":"x","a":"y"})", Fields({"/~1a"})).text() == "x");
  CHECK(Record(R"({"":"x"})", Fields({"/"})).text() == "x");
  CHECK_THROWS_AS(Fields(std::vector<std::string>()), dedup::InvalidOption);
  CHECK_THROWS_AS(Fields(std::vector<std::string>(33, "a")), dedup::InvalidOption);
  CHECK_THROWS_WITH(Fields({"a", "/b~2"}),
                    "no JSON pointer: /b~2 (~ is written ~0, and / in a key ~1)");
}

TEST_CASE("RecordReader: each line is read as if it were alone") {
  const std::vector<std::string> lines = {
      R"({"id":7,"text":"甲\u4e59"})",
      R"({"text":"half)",                                    // no record
      R"({"text":")" + std::string(100'000, 'x') + R"("})",  // what it takes is not kept
      R"({"text":"\ud800 丙","n":NaN})",
      R"({"text":"","url":"https://a.example.cn/"})",
      "",
      R"({"id":8,"text":"丁"})",
  };
  for (const Fields& fields : {Fields({"text"}), Fields({"/text"}), Fields({"text", "n"})}) {
    dedup::RecordReader records(fields);
    for (const std::string& line : lines) {
      INFO(line.substr(0, 40));
      std::optional<Record> alone;
      try {
        alone.emplace(line, fields);
      } catch (const FormatError& error) {
        CHECK_THROWS_WITH(records.read(line), error.what());
        continue;
      }
      const Record record = records.read(line);
      CHECK(record.text() == alone->text());
      CHECK(record.name() == alone->name());
      CHECK(record.url() == alone->url());
      CHECK(record.broken() == alone->broken());
      CHECK(record.line() == line);
    }
  }
}

TEST_CASE("Record: NUL and line ends in the text come back") {
  const Record record(R"({"text":"a\u0000b\r\n"})", "text");
  CHECK(record.text() == std::string("a\0b\r\n", 5));
  CHECK(record.with_text(record.text()) == R"({"text":"a\u0000b\r\n"})");
}
