// SPDX-License-Identifier: Apache-2.0
// How a clean text is divided among the values it came from.
#include "dedup/division.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"

using dedup::Division;

namespace {

/// A span of the document: kept, or an edit with its replacement.
struct Span {
  std::string_view text;
  std::optional<std::string_view> replacement = std::nullopt;
};

/// The values as "a|b|c"; one that no edit changed is in brackets.
std::string divided(const std::vector<std::string_view>& values, const std::vector<Span>& spans) {
  std::vector<std::uint64_t> sizes;
  std::string document;
  for (const std::string_view value : values) {
    document += (sizes.empty() ? "" : "\n") + std::string(value);
    sizes.push_back(value.size());
  }
  std::string clean, told;
  Division division(sizes);
  const Division::Take take = [&](std::string_view piece) { clean += piece; };
  for (const auto& [text, replacement] : spans) {
    told += text;
    replacement ? division.edit(text.size(), *replacement, take) : division.kept(text, take);
  }
  REQUIRE(told == document);
  CHECK(division.written() == clean.size());
  std::string shown;
  std::size_t at = 0;
  const auto texts = division.texts(clean);
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const std::string text = clean.substr(at, division.clean(i));
    at += text.size();
    CHECK(texts[i].has_value() == division.edited(i));
    if (texts[i]) CHECK(*texts[i] == text);
    shown += (i == 0 ? "" : "|") + (texts[i] ? text : '[' + text + ']');
  }
  CHECK(at == clean.size());
  return shown;
}

}  // namespace

TEST_CASE("Division: text that stays") {
  CHECK(divided({"甲", "乙"}, {{"甲\n乙"}}) == "[甲]|[乙]");
  CHECK(divided({"ab", "cd"}, {{"a"}, {"b"}, {"\n"}, {"c"}, {"d"}}) == "[ab]|[cd]");
  CHECK(divided({"ab", "cd"}, {{"ab\n"}, {"cd"}}) == "[ab]|[cd]");
  CHECK(divided({"ab", "cd"}, {{"ab"}, {"\ncd"}}) == "[ab]|[cd]");
  CHECK(divided({"", "", ""}, {{"\n\n"}}) == "[]|[]|[]");
  CHECK(divided({"", "a", ""}, {{"\na\n"}}) == "[]|[a]|[]");
  CHECK(divided({"a\n", "\nb"}, {{"a\n\n\nb"}}) == "[a\n]|[\nb]");
  CHECK(divided({"a"}, {{"a"}}) == "[a]");
  CHECK(divided({""}, {}) == "[]");
}

TEST_CASE("Division: edits at borders") {
  // Up to the line feed, with it, and beyond it.
  CHECK(divided({"ab", "cd"}, {{"a"}, {"b", ""}, {"\ncd"}}) == "a|[cd]");
  CHECK(divided({"ab", "cd"}, {{"a"}, {"b\n", ""}, {"cd"}}) == "a|[cd]");
  CHECK(divided({"ab", "cd"}, {{"a"}, {"b\nc", ""}, {"d"}}) == "a|d");
  CHECK(divided({"ab", "cd"}, {{"ab"}, {"\n", ""}, {"cd"}}) == "[ab]|[cd]");
  CHECK(divided({"ab", "cd"}, {{"ab"}, {"\nc", ""}, {"d"}}) == "[ab]|d");
  CHECK(divided({"ab", "cd"}, {{"ab\n"}, {"c", ""}, {"d"}}) == "[ab]|d");
  CHECK(divided({"ab", "cd"}, {{"ab\ncd", ""}}) == "|");
  // Over whole values.
  CHECK(divided({"ab", "cd", "ef"}, {{"a"}, {"b\ncd\ne", ""}, {"f"}}) == "a||f");
  CHECK(divided({"ab", "", "ef"}, {{"ab"}, {"\n\n", ""}, {"ef"}}) == "[ab]|[]|[ef]");
  CHECK(divided({"ab", "", "ef"}, {{"a"}, {"b\n\ne", ""}, {"f"}}) == "a|[]|f");
  // Line feeds within a value are its own.
  CHECK(divided({"a\nb", "c"}, {{"a"}, {"\nb\n", ""}, {"c"}}) == "a|[c]");
  CHECK(divided({"a\n", "c"}, {{"a"}, {"\n", ""}, {"\nc"}}) == "a|[c]");
}

TEST_CASE("Division: a replacement belongs to the value in which it starts") {
  CHECK(divided({"ab", "cd"}, {{"a"}, {"b", "x"}, {"\ncd"}}) == "ax|[cd]");
  CHECK(divided({"ab", "cd"}, {{"a"}, {"b\nc", "x"}, {"d"}}) == "ax|d");
  CHECK(divided({"ab", "cd"}, {{"ab"}, {"\nc", "x"}, {"d"}}) == "abx|d");
  CHECK(divided({"ab", "cd"}, {{"ab\n"}, {"c", "x"}, {"d"}}) == "[ab]|xd");
  CHECK(divided({"ab", "cd"}, {{"ab"}, {"", "x"}, {"\ncd"}}) == "abx|[cd]");
  CHECK(divided({"ab", "cd"}, {{"ab\n"}, {"", "x"}, {"cd"}}) == "[ab]|xcd");
  CHECK(divided({"ab", "cd"}, {{"ab\ncd"}, {"", "x"}}) == "[ab]|cdx");
  CHECK(divided({"", "cd"}, {{"\nc", "x"}, {"d"}}) == "x|d");
}
