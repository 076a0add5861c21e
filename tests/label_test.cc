// SPDX-License-Identifier: Apache-2.0
// Labels against their definition, read character by character, in texts of all that matters there.
#include "structure/label.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include "catch.h"
#include "text/blanks.h"
#include "walls/utf8.h"

namespace dedup::structure {
namespace {

using NameAndValue = std::pair<std::string, std::string>;

bool is_wide(char32_t c) { return c >= 0x2E80; }

bool parts(char32_t c) {
  return std::u32string_view(U",;!?\"|<>=`\t，。；！？「」《》…“”").find(c) !=
         std::u32string_view::npos;
}

/// A name has 1 to 12 characters, or 24 without ideographs, and no mark of a sentence. Here nobody
/// speaks.
bool is_plain_name(std::string_view name) {
  std::size_t characters = 0;
  bool wide = false;
  for (std::size_t at = 0; at < name.size(); ++characters) {
    const char32_t c = utf8::next(name, at);
    wide = wide || is_wide(c);
    if (parts(c)) return false;
  }
  const std::size_t most_bytes = static_cast<unsigned char>(name.front()) < 0x80 ? 48 : 72;
  return characters <= (wide ? 12 : 24) && name.size() <= most_bytes;
}

/// The first colon that stands neither in an hour nor in an address, within 80 bytes.
NameAndValue plain_label_of(const std::string& text) {
  for (std::size_t at = 0; at < std::min<std::size_t>(text.size(), 80);) {
    const std::size_t start = at;
    const char32_t c = utf8::next(text, at);
    if (parts(c) && !text::is_white(c)) break;
    const auto digit = [&text](std::size_t i) {
      return i < text.size() && text[i] >= '0' && text[i] <= '9';
    };
    const bool inner =
        c == ':' && ((start > 0 && digit(start - 1) && digit(at)) ||
                     text.compare(at, 2, "//") == 0 || text.compare(at, 1, ":") == 0);
    if ((c != ':' && c != U'：') || inner) continue;
    const std::string_view name = strip_emphasis(std::string_view(text).substr(0, start));
    if (name.empty() || !is_plain_name(name)) break;
    return {std::string(name), std::string(strip_emphasis(std::string_view(text).substr(at)))};
  }
  return {};
}

TEST_CASE("a label is what its definition says", "[structure]") {
  constexpr std::array<std::string_view, 30> kParts{
      "甲", "书名", "\U00020000", "é",  "—",  "a",  "Content", "b1", "2",  "：",
      ":",  "：",   ":",          "，", "。", ",",  ";",       "、", "（", "「",
      " ",  "  ",   "\u3000",     "\t", "**", "__", "*",       "_",  "//", "这是一个比较长的名字"};
  std::mt19937 random(20);
  std::size_t labels = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    for (std::size_t parts = 1 + random() % (i % 4 == 0 ? 30 : 6); parts > 0; --parts) {
      text += kParts[random() % kParts.size()];
    }
    // A line comes without blanks and emphasis around it.
    const std::string line(strip_emphasis(text));
    const auto label = label_of(line);
    const NameAndValue found = label ? NameAndValue(label->name, label->value) : NameAndValue();
    INFO(line);
    REQUIRE(found == plain_label_of(line));
    labels += label ? 1 : 0;
  }
  CHECK(labels > 20'000);
}

TEST_CASE("a colon counts that begins within reach", "[structure]") {
  for (const std::string_view colon : {":", "："}) {
    for (std::size_t at = 70; at < 90; ++at) {
      std::string line = "书名" + std::string(at - 6, ' ');
      line += std::string(colon) + "山间小路，在雨后";
      CAPTURE(colon, at);
      CHECK(label_of(line).has_value() == (at < 80));
    }
  }
}

}  // namespace
}  // namespace dedup::structure
