// The simdjson wall: what is a valid line, where its values stand, and how strings are written.
#include "walls/json.h"

#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "dedup/error.h"

using dedup::FormatError;
using dedup::json::append_string;
using dedup::json::members;

namespace {

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

/// The raw values of a line, each as it stands there.
std::vector<std::string> raw_values(std::string_view line) {
  std::vector<std::string> values;
  for (const auto& member : members(line)) {
    values.emplace_back(line.substr(member.start, member.end - member.start));
  }
  return values;
}

std::string written(std::string_view text, bool ascii = false) {
  std::string out;
  append_string(out, text, ascii);
  return out;
}

}  // namespace

TEST_CASE("JSON: without a copy, with the wanted strings only") {
  const std::string line = R"({"a":"1","b":"\u4e2d","c":3,"a":"4"})";
  std::string same = line;
  const auto found = members(same, {"a", "c"});
  CHECK(same == line);
  REQUIRE(found.size() == 4);
  CHECK(found[0].string == "1");
  CHECK_FALSE(found[1].string);
  CHECK_FALSE(found[2].string);
  CHECK(found[3].string == "4");
  CHECK(found[1].end - found[1].start == 8);
  std::string broken = "{\"a\":";
  CHECK_THROWS_AS(members(broken, {"a"}), FormatError);
  CHECK(broken == "{\"a\":");
}

TEST_CASE("members: raw values are exact, whatever the spacing") {
  using Values = std::vector<std::string>;
  CHECK(raw_values("{}").empty());
  CHECK(raw_values(" \t{ } \r").empty());
  CHECK(raw_values(R"({"a":1,"b":"x"})") == Values{"1", "\"x\""});
  CHECK(raw_values(" { \"a\" : -1.50e+3 ,\"b\"\t:\t\"x\"\t} ") == Values{"-1.50e+3", "\"x\""});
  CHECK(raw_values(R"({"a":true , "b":null,"c": false })") == Values{"true", "null", "false"});
  CHECK(raw_values(R"({"a":{"b":"}]\""} ,"c":[[],"]",{}],"d":""})") ==
        Values{R"({"b":"}]\""})", R"([[],"]",{}])", R"("")"});
  CHECK(raw_values(R"({"a":"\\","b":"\\\"","c":"\\\\"})") ==
        Values{R"("\\")", R"("\\\"")", R"("\\\\")"});
  CHECK(raw_values(R"({"a\":\"":"{\"b\":1}"})") == Values{R"("{\"b\":1}")"});
}

TEST_CASE("members: keys and strings are unescaped") {
  const auto found = members(R"({"te\u0078t":"\u4e2d\ud83d\ude00\n\/","\u0000":"\u0000b","":7})");
  REQUIRE(found.size() == 3);
  CHECK(found[0].key == "text");
  CHECK(found[0].string == "中😀\n/");
  CHECK(found[1].key == std::string(1, '\0'));
  CHECK(found[1].string == std::string("\0b", 2));
  CHECK(found[2].key.empty());
  CHECK_FALSE(found[2].string);
}

TEST_CASE("members: duplicate keys are all told, nested keys are not") {
  const auto found = members(R"({"x":{"text":"in"},"text":"a","text":"b"})");
  REQUIRE(found.size() == 3);
  CHECK(found[1].string == "a");
  CHECK(found[2].string == "b");
}

TEST_CASE("members: what is not one valid object is refused with its cause") {
  const auto [line, cause] = GENERATE(table<std::string, std::string>({
      {"", "an empty line where JSON should be"},
      {" ", "an empty line where JSON should be"},
      {"[]", "JSON, but not an object"},
      {"3", "JSON, but not an object"},
      {"\"text\"", "JSON, but not an object"},
      {"null", "JSON, but not an object"},
      {"{\"a\":1,}", "not valid JSON"},
      {"{\"a\" 1}", "not valid JSON"},
      {"{\"a\":1}{\"b\":2}", "not valid JSON"},
      {"{\"a\":1} x", "not valid JSON"},
      {"{\"a\":1}}", "not valid JSON"},
      {"{\"a\":nul}", "not valid JSON"},
      {"{a:1}", "not valid JSON"},
      {"{", "not valid JSON"},
      {"\xEF\xBB\xBF{}", "not valid JSON"},
      {std::string("{}\0", 3), "not valid JSON"},
      {"{\"a\":\"x", "a string without an end"},
      {"{\"a\":\"\xFF\"}", "not valid UTF-8"},
      {"{\"a\":\"\xED\xA0\x80\"}", "not valid UTF-8"},
      {"{\"a\":\"\\ud800\"}", "a string with a broken escape"},
      {"{\"a\":\"\\udc00\"}", "a string with a broken escape"},
      {"{\"a\":\"\\ud800\\u0041\"}", "a string with a broken escape"},
      {"{\"\\ud800\":1}", "a string with a broken escape"},
      {"{\"a\":\"\\x\"}", "a string with a broken escape"},
      {"{\"a\":\"\x01\"}", "a control character inside a string"},
      {"{\"a\":\"\t\"}", "a control character inside a string"},
      {"{\"a\":01}", "a number that is malformed or too large"},
      {"{\"a\":-}", "a number that is malformed or too large"},
      {"{\"a\":1e400}", "a number that is malformed or too large"},
      {"{\"a\":" + std::string(1'000'000, '1') + "}", "a number that is malformed or too large"},
      {"{\"a\":" + repeated("[", 100'000) + repeated("]", 100'000) + "}",
       "nested more than 1024 deep"},
      {repeated("{\"a\":", 100'000), "not valid JSON"},
  }));
  CAPTURE(line.substr(0, 40));
  if (cause == "not valid JSON" && line.size() > 1000) {
    CHECK_THROWS_AS(members(line), FormatError);  // too deep and unfinished: either cause will do
  } else {
    CHECK_THROWS_WITH(members(line), cause);
  }
}

TEST_CASE("members: deep and long is fine within the limits") {
  CHECK(members("{\"a\":" + repeated("[", 1000) + repeated("]", 1000) + "}").size() == 1);
  CHECK(members("{\"a\":0." + std::string(1'000'000, '1') + "}").size() == 1);
  const std::string text = repeated("長", 1'000'000);
  CHECK(members("{\"a\":\"" + text + "\"}").front().string == text);
  const std::string escapes = repeated("\\\\\\\"", 500'000);  // linear in runs of backslashes
  CHECK(members("{\"a\":\"" + escapes + "\"}").front().string == repeated("\\\"", 500'000));
}

TEST_CASE("append_string: escapes what JSON requires and nothing else") {
  CHECK(written("") == R"("")");
  CHECK(written("中文/é\x7F😀") == "\"中文/é\x7F😀\"");
  CHECK(written("\"\\\b\f\n\r\t") == R"("\"\\\b\f\n\r\t")");
  CHECK(written(std::string("\0\x01\x1F", 3)) == R"("\u0000\u0001\u001f")");
  CHECK(written("中a\u007F\u00E9\U0001F600\n", true) == R"("\u4e2da\u007f\u00e9\ud83d\ude00\n")");
}

TEST_CASE("append_string: every scalar value comes back, in both styles") {
  std::string text;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c < 0xD800 || c > 0xDFFF) dedup::utf8::append(text, c);
  }
  for (const bool ascii : {false, true}) {
    const std::string line = "{\"text\":" + written(text, ascii) + "}";
    const auto found = members(line);
    REQUIRE(found.size() == 1);
    CHECK((found[0].string == text));
    CHECK(found[0].end == line.size() - 1);
  }
}

TEST_CASE("is_valid_utf8") {
  using dedup::json::is_valid_utf8;
  CHECK(is_valid_utf8(""));
  CHECK(is_valid_utf8("中\xEF\xBF\xBF\xF4\x8F\xBF\xBF"));
  for (const char* bad : {"\x80", "\xC0\x80", "\xE4\xB8", "\xED\xA0\x80", "\xF4\x90\x80\x80"}) {
    CHECK_FALSE(is_valid_utf8(bad));
  }
}
