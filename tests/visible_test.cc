// SPDX-License-Identifier: Apache-2.0
// Text as `dedup diff` shows it: what is spelled out, and how long stretches are shortened.
#include "differences/visible.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "catch.h"
#include "differences/stretch.h"

using namespace dedup::tool;

namespace {

std::string visible(std::string_view text, Spelling spelling = Spelling::unsafe) {
  std::string out;
  append_visible(out, text, spelling);
  return out;
}

std::string repeated(std::string_view text, int times) {
  std::string out;
  while (times-- > 0) out += text;
  return out;
}

/// Added in pieces of so many bytes.
std::string shortened(std::string_view text, std::size_t piece) {
  Stretch stretch;
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    stretch.add(text.substr(0, piece));
  }
  std::string line;
  stretch.append_to(line, palette(false));
  return line;
}

}  // namespace

TEST_CASE("visible: what could move a cursor or hide is spelled out") {
  CHECK(visible("甲\x1b[31m乙\x07") == "甲<U+001B>[31m乙<U+0007>");
  CHECK(visible("\xC2\x9B"
                "2J") == "<U+009B>2J");
  CHECK(visible("a\u200Bb\uFEFF\u202E\u2028") == "a<U+200B>b<U+FEFF><U+202E><U+2028>");
  CHECK(visible("\U000E0001") == "<U+E0001>");
}

TEST_CASE("visible: what honest text needs stays, unless all that is invisible is wanted") {
  const std::string_view text = "\t\u3000中\U000E0100\u200D\uFE0F\u00A0 ";
  CHECK(visible(text) == text);
  CHECK(visible(text, Spelling::invisible) ==
        "<U+0009><U+3000>中<U+E0100><U+200D><U+FE0F><U+00A0> ");
}

TEST_CASE("visible: a byte that is no part of a character is shown by its number") {
  CHECK(visible("甲\xE4\xB8") == "甲<E4><B8>");
  CHECK(visible("\xFF\x80"
                "a\xC0\xAF") == "<FF><80>a<C0><AF>");
}

TEST_CASE("visible: characters are counted from both ends") {
  CHECK(count_characters("甲a\U00020000") == 3);
  CHECK(size_of_first("甲a乙", 2) == 4);
  CHECK(size_of_first("甲a乙", 9) == 7);
  CHECK(size_of_last("甲a乙", 2) == 4);
  CHECK(size_of_last("甲a乙", 9) == 7);
}

TEST_CASE("stretch: all of what is short is shown, and both ends of what is not") {
  CHECK(shortened(repeated("甲", 100), 1000) == repeated("甲", 100));
  CHECK(shortened(repeated("甲", 101), 1000) ==
        repeated("甲", 40) + "[… 21 characters …]" + repeated("甲", 40));
}

TEST_CASE("stretch: however the text was cut, it is shown alike") {
  std::string text;
  for (int i = 0; i < 60000; ++i) text += "第" + std::to_string(i) + "頁";
  const std::string whole = shortened(text, text.size());
  CHECK(whole.find("characters …]") != std::string::npos);
  CHECK(whole.ends_with("第59999頁"));
  for (const std::size_t piece : {1, 2, 7, 4096, 65536, 65537, 300000}) {
    CHECK(shortened(text, piece) == whole);
  }
}
