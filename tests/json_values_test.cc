// SPDX-License-Identifier: Apache-2.0
#include "bytes/json_values.h"

#include <string>
#include <utility>
#include <vector>

#include "catch.h"

using dedup::tool::ByteSource;
using dedup::tool::JsonPart;
using dedup::tool::JsonValueEnd;
using dedup::tool::JsonValues;

namespace {

/// A text in chunks. Each is wiped when the next is asked for: views of it must not be used then.
class Chunks : public ByteSource {
 public:
  Chunks(const std::string& text, std::vector<std::size_t> sizes) : text_(text), sizes_(sizes) {}

  std::string_view read() override {
    chunk_.assign(chunk_.size(), '#');
    std::size_t size = text_.size();
    if (next_ < sizes_.size()) size = sizes_[next_++];
    chunk_ = text_.substr(0, size);
    text_.erase(0, size);
    return chunk_;
  }

 private:
  std::string text_;
  std::vector<std::size_t> sizes_;  // of the first chunks; the last is what is left
  std::size_t next_ = 0;
  std::string chunk_;
};

/// All parts: leads in parentheses, values bare, faults between exclamation marks.
struct Read {
  std::string parts, bytes;
};

Read read(const std::string& text, const std::vector<std::size_t>& sizes, std::size_t longest) {
  Chunks chunks(text, sizes);
  JsonValues values(chunks, longest);
  Read result;
  bool in_lead = false;
  std::string_view part;
  for (JsonPart next = values.next(part); next != JsonPart::end; next = values.next(part)) {
    const bool lead = next == JsonPart::lead;
    if (lead != in_lead) result.parts += lead ? '(' : ')';
    in_lead = lead;
    CHECK(values.offset() - (lead ? part.size() : 0) == result.bytes.size());
    if (next == JsonPart::fault) result.parts += std::string("!") + values.fault() + '!';
    do {
      result.parts += part;
      result.bytes += part;
    } while (next == JsonPart::value && values.is_head() && values.more(part));
    if (next == JsonPart::value) result.parts += '|';
  }
  if (in_lead) result.parts += ')';
  return result;
}

struct Row {
  std::string text, parts;
};

const Row kRows[] = {
    {"", ""},
    {" \n", "( \n)"},
    {"[]", "([])"},
    {R"x([{"a":1}])x", R"x(([){"a":1}|(]))x"},
    {"\xEF\xBB\xBF[ {} ,\n{}\n]\n", "(\xEF\xBB\xBF[ ){}|( ,\n){}|(\n]\n)"},
    {R"x([{"a":"]},{\"","b":[{"\\":[]}]},{}])x",
     R"x(([){"a":"]},{\"","b":[{"\\":[]}]}|(,){}|(]))x"},
    {R"x({"a":{}}{"b":2} {})x", R"x({"a":{}}|{"b":2}|( ){}|)x"},
    {"\xEF\xBB[{}]", "\xEF\xBB|([){}|(])"},
    {"\xEF", "\xEF|"},
    {"[{}] [] [{}]", "([){}|(] [] [){}|(])"},
    {R"x([1, "a,]\"" , null,[1,[2]],{}])x", R"x(([)1|(, )"a,]\""|( , )null|(,)[1,[2]]|(,){}|(]))x"},
    {"[{} {}]", "([){}|( )!a comma is missing!{}|(])"},
    {"[{}x, {}]", "([){}|!a comma is missing!x|(, ){}|(])"},
    {"[{},,{},]", "([){}|(,)!a value is missing!(,){}|(,)!a value is missing!(])"},
    {"[,{}]", "([)!a value is missing!(,){}|(])"},
    {"[{}", "([){}|!the array is cut short!"},
    {"[{\"a\":\"b", "([){\"a\":\"b|!the array is cut short!"},
    {"{},\n{}]\n[{}]", "{}|,|(\n){}|]|(\n[){}|(])"},
    {"# {}\n{}",
     "#|( ){}|(\n"
     "){}|"},
    {"[a b \n , {}]", "([)a b|( \n , ){}|(])"},
    {"[{\"a\":[1}, {}]", "([){\"a\":[1}, {}]|!the array is cut short!"},
    {"[{\"a\":1}}, {}]", "([){\"a\":1}|!a comma is missing!}|(, ){}|(])"},
};

}  // namespace

TEST_CASE("values of JSON are cut the same whatever the chunks") {
  for (const auto& [text, parts] : kRows) {
    INFO(text);
    for (const std::size_t longest : {std::size_t{0}, std::size_t{3}, std::size_t{1000}}) {
      CHECK(read(text, {}, longest).parts == parts);
      for (std::size_t first = 1; first < text.size(); ++first) {
        INFO(first);
        const Read split = read(text, {first}, longest);
        CHECK(split.parts == parts);
        CHECK(split.bytes == text);
        CHECK(read(text, {first, 1, 1}, longest).parts == parts);
      }
      CHECK(read(text, std::vector<std::size_t>(text.size(), 1), longest).parts == parts);
    }
  }
}

TEST_CASE("lines are counted to the value") {
  Chunks chunks("[\n{}\n,\n\n {\n},{}", {});
  JsonValues values(chunks, 100);
  std::vector<std::uint64_t> numbers;
  std::string_view part;
  for (JsonPart next = values.next(part); next != JsonPart::end; next = values.next(part)) {
    if (next == JsonPart::value) numbers.push_back(values.number());
  }
  CHECK(numbers == std::vector<std::uint64_t>{2, 5, 6});
}

TEST_CASE("a very long lead comes in parts, and blanks behind garbage are held to a limit") {
  const std::string blanks(300'000, ' ');
  for (const std::string& text : {'[' + blanks + "{}" + blanks + ',' + blanks + "{}]" + blanks,
                                  "[x" + blanks + ",{}]", "[x" + blanks + "y ,{}]"}) {
    const std::string whole = read(text, {}, 1000).bytes;
    CHECK((whole == text));
    CHECK((read(text, std::vector<std::size_t>(100, 7000), 1000).bytes == text));
  }
}
