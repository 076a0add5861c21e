// SPDX-License-Identifier: Apache-2.0
// Records in scratch space are the records that Record has, however their lines are cut.
#include "dedup/long_record.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "dedup/error.h"
#include "dedup/record.h"
#include "generator.h"
#include "support.h"

using dedup::Fields;
using dedup::FormatError;
using dedup::LongRecord;
using dedup::Record;
using dedup::test::Generator;
using dedup::test::MemoryScratch;

namespace {

/// All that is known of a record in one text. What is wrong with a line that is none may be said in
/// other words where it is parsed. Of several values each second one gets another text.
std::string told(std::string_view line, const Fields& fields) {
  try {
    const Record record(line, fields);
    std::string all = record.text() + '|' + record.name() + '|' + record.url() + '|';
    all += std::to_string(record.broken()) + '|';
    std::vector<std::optional<std::string_view>> texts;
    for (const std::uint64_t size : record.sizes()) {
      all += std::to_string(size) + ',';
      texts.push_back(texts.size() % 2 == 0 ? std::optional("新\"\n😀") : std::nullopt);
    }
    return all + record.with_texts(texts) + '|' + record.line();
  } catch (const FormatError&) {
    return "no record";
  }
}

/// The same by way of scratch space, with the line cut at random into pieces of up to `longest`.
std::string told_in_pieces(std::string_view line, const Fields& fields, Generator& random,
                           std::size_t longest) {
  MemoryScratch scratch;
  LongRecord record(scratch.create(), fields);
  for (std::string_view rest = line; !rest.empty();) {
    const std::string_view part = rest.substr(0, random.below(longest) + 1);
    record.feed(part);
    rest.remove_prefix(part.size());
  }
  std::string all;
  const LongRecord::Take take = [&all](std::string_view piece) { all += piece; };
  try {
    record.finish();
    record.text(take);
    all += '|' + record.name() + '|' + record.url() + '|' + std::to_string(record.broken()) + '|';
    for (const std::uint64_t size : record.sizes()) all += std::to_string(size) + ',';
    for (std::size_t i = 0; i < record.values(); ++i) {
      record.before(i, take);
      if (i % 2 == 0) {
        all += record.escaped(i, "新\"\n") + record.escaped(i, "😀");
      } else {
        record.written(i, take);
      }
    }
    record.before(record.values(), take);
    all += '|';
    record.line(take);
    return all;
  } catch (const FormatError&) {
    record.line(take);
    CHECK(all == line);
    return "no record";
  }
}

void check_same(std::string_view line, Generator& random, const Fields& fields = Fields({"text"})) {
  const std::string expected = told(line, fields);
  for (const std::size_t longest : {std::size_t{1}, std::size_t{5}, std::size_t{100000}}) {
    if (line.size() > 10000 && longest < 100) continue;
    INFO(dedup::test::visible(line.substr(0, 300)));
    INFO(longest);
    CHECK(dedup::test::difference(expected, told_in_pieces(line, fields, random, longest)).empty());
  }
}

/// `unit` over and over, some 200 KiB of it: more than one portion.
std::string much(std::string_view unit) {
  std::string all;
  while (all.size() < 200000) all += unit;
  return all;
}

}  // namespace

TEST_CASE("LongRecord: what Record has of a line") {
  Generator random(1);
  const std::string text = much(R"(山水，\u5c71\ud83d\ude00\n\"\\)");
  for (const std::string& line : {
           std::string(R"({"text":"山","id":"7","url":"http://a/"})"),
           std::string(
               "\t{ \"id\": 1.50 , \"te\\u0078t\" :\t\"舊\\u6587\\/\" , \"a\":[\"text\"]}\r"),
           std::string(R"({"text":"\u5c71","url":"http:\/\/a\u4e2d"})"),
           std::string(R"({"text":"","id":{"a":1},"url":null})"),
           std::string(R"({"id":"","url":"u","text":"plain"})"),
           std::string(R"({"text":"a","text":"b"})"),
           std::string(R"({"x":{"text":"a"}})"),
           std::string(R"({"text":["a"]})"),
           std::string(R"({"text":"a"}})"),
           std::string(R"(["text"])"),
           std::string(R"({"text":"\ud83d"})"),
           std::string(R"({"text":"a)"),
           std::string("{\"text\":\"a\xff\"}"),
           std::string("{\"text\":\"a\xE5\xB1"),
           std::string("{\"text\":1\xE5\xB1}"),
           std::string("{x}\xE5\xB1"),
           std::string(" \t"),
           std::string(),
           R"({"id":")" + text + R"(","url":"u","text":"a"})",  // too long for a name
           R"({"id":)" + much("1") + R"(,"text":"a"})",
           R"({"text":")" + text + R"("})",
           R"({"text":")" + much(R"(\u5c71)") + R"("})",
           R"({"text":")" + much(R"(\ud83d\ude00)") + R"(","id":1})",
           R"({"text":")" + much(R"(\\)") + R"("})",
           R"({"text":")" + much("a") + R"(\u5c71"})",
           R"({"text":")" + much("山") + R"(\u5c71"})",
           R"({"n":[1)" + much(",2") + R"(],"text":"山"})",
       }) {
    check_same(line, random);
  }
}

TEST_CASE("LongRecord: what Record has of several fields") {
  Generator random(4);
  const Fields fields({"title", "/a/*", "/a/0", "/b/*/text"});
  const std::string text = much(R"(山水，\u5c71\ud83d\ude00\n\"\\)");
  for (const std::string& line : {
           std::string(R"({"title":"山","a":["x","\u5c71",null,"","\ud800"],"id":"7"})"),
           std::string(R"({"b":[{"text":"甲"},{"no":1},{"text":"\q"}],"title":null})"),
           std::string(R"({"a":{"k":"甲","k":"乙"}})"),
           std::string(R"({"a":["x",["y"]]})"),
           std::string(R"({"a":["x"],"a":["y"]})"),
           std::string(R"({"a":["\ud800"]})"),
           std::string(R"({"a":[]})"),
           std::string(R"([{"title":"x"}])"),
           R"({"title":")" + text + R"(","a":[")" + much("山") + R"(","x","\u5c71"]})",
           R"({"title":"x","a":[")" + much(R"(\u5c71",")") + R"("]})",
       }) {
    check_same(line, random, fields);
  }
}

TEST_CASE("LongRecord: a damaged line is the same damage cut anywhere", "[property]") {
  const std::string whole =
      R"({"id":-1.5e3,"text":"山\u5c71\ud83d\ude00\n\"a","n":[true,null,{"a":"b"}],"url":"u"})";
  Generator random(2);
  for (int round = 0; round < 2000; ++round) {
    std::string line = whole;
    for (std::size_t edits = random.below(3); edits > 0; --edits) {
      const std::size_t at = random.below(line.size());
      switch (random.below(3)) {
        case 0:
          line.erase(at, 1);
          break;
        case 1:
          line[at] = whole[random.below(whole.size())];
          break;
        default:
          line.insert(at, 1, "\"\\u{}[],:x\xE5"[random.below(11)]);
      }
    }
    check_same(line, random);
    check_same(line, random, Fields({"text", "/n/*/a"}));
  }
}

TEST_CASE("LongRecord: what is wrong is said at the end") {
  const auto cause = [](std::string_view line) -> std::string {
    MemoryScratch scratch;
    LongRecord record(scratch.create(), "text");
    record.feed(line);
    try {
      record.finish();
    } catch (const FormatError& error) {
      return error.what();
    }
    return {};
  };
  CHECK(cause("{\"text\":\"\"}").empty());
  CHECK(cause("{\"a\":1}") == "no field \"text\"");
  CHECK(cause("{\"text\":1}") == "field \"text\" is not a string");
  CHECK(cause("{\"text\":\"a\",\"text\":1}") == "more than one field \"text\"");
  CHECK(cause("x\xff") == "not valid UTF-8");  // wherever that stands
  CHECK(cause("{\"text\":\"\xE5\xB1") == "not valid UTF-8");
  CHECK(cause("") == "an empty line where JSON should be");
}

TEST_CASE("LongRecord: the field may be the id or the URL") {
  MemoryScratch scratch;
  LongRecord record(scratch.create(), "id");
  record.feed(R"({"id":"7","url":"http://a/"})");
  record.finish();
  CHECK(record.name() == "7");
  CHECK(record.url() == "http://a/");
}

TEST_CASE("LongRecord: what scratch space throws comes out") {
  struct Full : dedup::ScratchFile {
    void append(std::span<const std::byte>) override {
      throw dedup::ScratchError("/full", "no space");
    }
    void read(std::uint64_t, std::span<std::byte>) override {}
  };
  LongRecord record(std::make_unique<Full>(), "text");
  CHECK_THROWS_AS(record.feed("{"), dedup::ScratchError);
}
