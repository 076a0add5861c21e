// SPDX-License-Identifier: Apache-2.0
// Paths: RFC 6901, and * for every element or member.
#include "walls/json_path.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "dedup/error.h"
#include "walls/json_scan.h"

using dedup::FormatError;
using dedup::json::Path;
using dedup::json::Scan;
using dedup::json::Walk;

namespace {

using Texts = std::vector<std::string>;

std::vector<Scan::Found> found_of(std::string_view line, const std::vector<Path>& paths,
                                  Walk::Set several = 0) {
  Scan scan(paths, several);
  scan.feed(line);
  return scan.finish();
}

/// What stands in the line where the pointer leads.
Texts at(std::string_view line, std::string_view pointer) {
  const auto path = Path::pointer(pointer);
  REQUIRE(path);
  Texts texts;
  for (const Scan::Found& each : found_of(line, {*path})) {
    texts.emplace_back(line.substr(each.start, each.end - each.start));
  }
  return texts;
}

}  // namespace

TEST_CASE("Path: the examples of RFC 6901") {
  const std::string line = R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,)"
                           R"("i\\j":5,"k\"l":6," ":7,"m~n":8})";
  struct Row {
    std::string_view pointer, value;
  };
  const Row rows[] = {{"", line},
                      {"/foo", R"(["bar","baz"])"},
                      {"/foo/0", "\"bar\""},
                      {"/", "0"},
                      {"/a~1b", "1"},
                      {"/c%d", "2"},
                      {"/e^f", "3"},
                      {"/g|h", "4"},
                      {"/i\\j", "5"},
                      {"/k\"l", "6"},
                      {"/ ", "7"},
                      {"/m~0n", "8"}};
  for (const auto& [pointer, value] : rows) {
    INFO(pointer);
    CHECK(at(line, pointer) == Texts{std::string(value)});
  }
}

TEST_CASE("Path: what is no pointer") {
  for (const std::string_view text : {"a", "a/b", "/~", "/a~", "/~2", "/a/~/b", "/~a", "*"}) {
    INFO(text);
    CHECK_FALSE(Path::pointer(text));
  }
  for (const std::string_view text : {"", "/", "//", "/~0", "/~1", "/~01", "/*", "/-", "/a b"}) {
    INFO(text);
    CHECK(Path::pointer(text));
  }
}

TEST_CASE("Path: where a pointer leads, and where not") {
  const std::string line = R"({"a":[["x","y"],{"0":"m","01":"n","-":"o","*":"p"},"z"],"~1":"t",)"
                           R"("b":{"a":["q"]},"n":null})";
  struct Row {
    std::string_view pointer;
    Texts values;
  };
  const Row rows[] = {
      {"/a/0/1", {"\"y\""}},
      {"/a/1/0", {"\"m\""}},
      {"/a/1/01", {"\"n\""}},
      {"/a/1/-", {"\"o\""}},
      {"/a/1/*", {"\"m\"", "\"n\"", "\"o\"", "\"p\""}},
      {"/a/0/*", {"\"x\"", "\"y\""}},
      {"/a/*/0", {"\"x\"", "\"m\""}},
      {"/*/0", {R"(["x","y"])"}},
      {"/*/a/*", {"\"q\""}},
      {"/~01", {"\"t\""}},
      {"/n", {"null"}},
      {"/a/01", {}},
      {"/a/-", {}},
      {"/a/3", {}},
      {"/a/00", {}},
      {"/a/2/0", {}},
      {"/a/18446744073709551616", {}},
      {"/A", {}},
      {"/a/", {}},
      {"/~1", {}},
      {"/n/*", {}},
      {"/*/*/*/*", {}},
  };
  for (const auto& [pointer, values] : rows) {
    INFO(pointer);
    CHECK(at(line, pointer) == values);
  }
  CHECK(at(R"({"a":["x",["y",["z"]],"w"]})", "/a/*") == Texts{"\"x\"", R"(["y",["z"]])", "\"w\""});
}

TEST_CASE("Path: keys written with escapes, and keys that nobody can read") {
  CHECK(at(R"({"\u0061":{"\u4e2d":"x"}})", "/a/中") == Texts{"\"x\""});
  CHECK(at(R"({"a":{"\ud800":"x","":"y"}})", "/a/") == Texts{"\"y\""});
  CHECK(at(R"({"a":{"\ud800":"x","":"y"}})", "/a/*") == Texts{"\"x\"", "\"y\""});
}

TEST_CASE("Path: a member's key is taken as it is") {
  const std::string line = R"({"/a":"x","*":"y","a":{"a":"z"}})";
  const std::vector<Path> paths{Path::member("/a"), Path::member("*"), Path::member("a/a")};
  const auto found = found_of(line, paths);
  REQUIRE(found.size() == 2);
  CHECK(found[0].wanted == 1);
  CHECK(found[1].wanted == 2);
}

TEST_CASE("Scan: a value that several paths lead to is found once") {
  const std::vector<Path> paths{*Path::pointer("/a/*"), *Path::pointer("/a/0"),
                                *Path::pointer("/*/0")};
  const auto found = found_of(R"({"a":["x","y"],"b":["z"]})", paths);
  REQUIRE(found.size() == 3);
  CHECK(found[0].wanted == 7);
  CHECK(found[1].wanted == 1);
  CHECK(found[2].wanted == 4);
}

TEST_CASE("Scan: the same key twice on the way is told") {
  const std::vector<Path> paths{*Path::pointer("/a/b"), *Path::pointer("/*/b"),
                                *Path::pointer("/a/*"), *Path::pointer("/c/*/d")};
  const auto twice = [&](std::string_view line) {
    Scan scan(paths);
    scan.feed(line);
    static_cast<void>(scan.finish());
    return scan.twice();
  };
  CHECK(twice(R"({"a":{"b":1},"x":{"b":2},"c":[{"d":1},{"d":2}]})") == 0);
  CHECK(twice(R"({"a":{"b":1,"\u0062":2}})") == 3);
  CHECK(twice(R"({"a":{},"a":{}})") == 5);
  CHECK(twice(R"({"x":{"y":1,"y":2},"x":0})") == 0);
  CHECK(twice(R"({"c":[{"d":1},{"d":1,"d":2}]})") == 8);
}

TEST_CASE("Scan: of several texts a null is none, and a broken escape breaks one alone") {
  const std::vector<Path> paths{*Path::pointer("/a/*"), Path::member("id")};
  const auto found =
      found_of(R"({"a":["\q","x",null,"\u12","\ud800\u12g4","\u1\"","y"],"id":null})", paths, 1);
  REQUIRE(found.size() == 7);
  const bool broken[] = {true, false, true, true, true, false};
  for (std::size_t i = 0; i < std::size(broken); ++i) {
    INFO(i);
    CHECK(found[i].string);
    CHECK(found[i].broken == broken[i]);
  }
  CHECK(found[6].wanted == 2);
  CHECK_FALSE(found[6].string);
  // Elsewhere it is no JSON, and neither is a control character anywhere.
  CHECK_THROWS_AS(found_of(R"({"a":["x"],"b":"\q"})", paths, 1), FormatError);
  CHECK_THROWS_AS(found_of(R"({"a":["x"],"id":"\u12"})", paths, 1), FormatError);
  CHECK_THROWS_AS(found_of(R"({"a":["\q"]})", paths), FormatError);
  CHECK_THROWS_AS(found_of("{\"a\":[\"\\\x01\"]}", paths, 1), FormatError);
  CHECK_THROWS_AS(found_of(R"({"a":["\q)", paths, 1), FormatError);
}

TEST_CASE("Scan: what is found is bounded") {
  const auto line = [](std::size_t count) {
    std::string text = R"({"a":[""])";
    text.pop_back();
    for (std::size_t i = 1; i < count; ++i) text += R"(,"")";
    return text + "]}";
  };
  const std::vector<Path> paths{*Path::pointer("/a/*")};
  CHECK(found_of(line(65536 + 128), paths).size() == 65536 + 128);
  CHECK_THROWS_WITH(found_of(line(65536 + 129), paths), "more than 65,536 values in the fields");
}
