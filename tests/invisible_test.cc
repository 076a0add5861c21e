// SPDX-License-Identifier: Apache-2.0
// Invisible characters: what goes, what stays for the sake of its neighbours, and text stored
// backwards.
#include "text/repair/invisible.h"

#include <string>
#include <string_view>

#include "catch.h"

namespace dedup::text {
namespace {

std::string cleaned(std::string_view line) {
  std::string result = text::apply(line, remove_invisible(line));
  CHECK(remove_invisible(result).empty());
  return result;
}

struct Case {
  std::string_view line;
  std::string_view expected;
};

TEST_CASE("control characters go, tab and the ends of inner lines stay") {
  using namespace std::string_view_literals;
  const Case cases[] = {
      {"花\x07\x07\x06，开"sv, "花，开"},
      {"a\0b"sv, "ab"},
      {"a\x7F"sv, "a"},
      {"a\u0080b\u009F", "ab"},
      {"a\tb\vc\fd", "a\tb\vc\fd"},
      {"a\u0085b\u2028c\u2029d", "a\u0085b\u2028c\u2029d"},
  };
  for (const Case& c : cases) {
    CHECK(cleaned(c.line) == c.expected);
  }
}

TEST_CASE("what steers a terminal goes as a whole") {
  const std::string link(4000, 'a');
  const Case cases[] = {
      {"\x1B[31m错误\x1B[0m", "错误"},
      {"\x1B[01;31m\x1B[K错误\x1B[m\x1B[K：\x1B[?25l好\x1B[2 q", "错误：好"},
      {"\x1B[38:2::255:0:0m红", "红"},
      {"\x1B]0;标题\a提示", "提示"},
      {"\x1B]8;;https://a.example/\x1B\\链接\x1B]8;;\x1B\\。", "链接。"},
      {"\x1B]104\a甲", "甲"},
      {"\x1B]0;\u05D0\a甲\u200F", "甲"},  // its letters are none of the line
      {"\u202E乙\x1B[0m甲\u202C", "甲乙"},
      // Broken off, or none: no more than the ESC goes.
      {"\x1B", ""},
      {"\x1B[", "["},
      {"\x1B[31", "[31"},
      {"\x1B[31，甲", "[31，甲"},
      {"\x1B[注]", "[注]"},
      {"甲\x1B[12]。", "甲[12]。"},
      {"\x1B\x1B[31m[0m", "[0m"},
      {"\x1B]0;标题", "]0;标题"},
      {"\x1B]0;标题\x1B[0m\a", "]0;标题"},
      {"\x1B]标题\a", "]标题"},
      {"\x1B]0标题\a", "]0标题"},
      {"[31m错误[0m", "[31m错误[0m"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.line);
    CHECK(cleaned(c.line) == c.expected);
  }
  CHECK(cleaned("\x1B]8;;" + link + "\a甲") == "甲");
  CHECK(cleaned("\x1B]8;;" + link + link + "\a甲") == "]8;;" + link + link + "甲");
}

TEST_CASE("zero-width and format characters go") {
  for (const std::string_view c :
       {"\u200B",     "\u2060", "\u2064", "\uFEFF", "\u00AD", "\u034F", "\u061C",    "\u180E",
        "\u115F",     "\u1160", "\u3164", "\uFFA0", "\uFFFC", "\uFFF9", "\uFFFB",    "\U000E0001",
        "\U000E0041", "\u200C", "\u200D", "\u200E", "\u200F", "\uFE0F", "\U000E0100"}) {
    CHECK(cleaned("a" + std::string(c) + "b") == "ab");
  }
}

TEST_CASE("what shapes its neighbours stays with them") {
  const Case cases[] = {
      // Joiners in emoji, and the orphan whose base is gone.
      {"👩\u200D💻", "👩\u200D💻"},
      {"👁\uFE0F\u200D🗨\uFE0F", "👁\uFE0F\u200D🗨\uFE0F"},
      {"👩\U0001F3FB\u200D💻", "👩\U0001F3FB\u200D💻"},
      {"她\u200D♀\uFE0F", "她♀\uFE0F"},
      {"👩\u200D\u200B💻", "👩\u200D💻"},
      // Joiners between letters of cursive scripts.
      {"\u0645\u06CC\u200C\u0634\u0648\u062F", "\u0645\u06CC\u200C\u0634\u0648\u062F"},
      {"\u0915\u094D\u200D\u0937", "\u0915\u094D\u200D\u0937"},
      {"中\u200C文", "中文"},
      // Variation selectors behind emoji, keycaps and ideographs.
      {"❤\uFE0F", "❤\uFE0F"},
      {"1\uFE0F\u20E3", "1\uFE0F\u20E3"},
      {"葛\U000E0100飾", "葛\U000E0100飾"},
      {"葛\U000E0100\U000E0101飾", "葛\U000E0100飾"},
      {"字，\uFE0F", "字，"},
      // The flag of a region, Hangul in pieces, Mongolian.
      {"\U0001F3F4\U000E0067\U000E0062\U000E007F", "\U0001F3F4\U000E0067\U000E0062\U000E007F"},
      {"\u115F\u1161", "\u115F\u1161"},
      {"\u1820\u180E\u1820", "\u1820\u180E\u1820"},
      // Direction marks in a line with right-to-left letters.
      {"\u05D0\u200F!", "\u05D0\u200F!"},
      {"\u202B\u05D0\u202C", "\u202B\u05D0\u202C"},
  };
  for (const Case& c : cases) {
    CHECK(cleaned(c.line) == c.expected);
  }
}

TEST_CASE("a right-to-left letter keeps the controls around it, not the overrides beside it") {
  const Case cases[] = {
      {"ヽ(\u0648)ノ 他\u202E说对\u202C了", "ヽ(\u0648)ノ 他对说了"},
      {"\u202E致导\u202C(\u0648)\u202E多很\u202C", "导致(\u0648)很多"},
      {"\u05D0 \u202E乙甲", "\u05D0 甲乙"},
      {"\u202E乙\u05D0\u202C \u202E乙甲\u202C", "\u202E乙\u05D0\u202C 甲乙"},
      {"\u202E乙\u2066\u05D0\u2069甲\u202C", "\u202E乙\u2066\u05D0\u2069甲\u202C"},
      {"\u05D0 \u202Aabc\u202C \u2066def\u2069", "\u05D0 \u202Aabc\u202C \u2066def\u2069"},
      {"\u202B\u05D0 \u202Eab\u202C\u202C", "\u202B\u05D0 \u202Eab\u202C\u202C"},
      {"\u05D0\u202C\u200F", "\u05D0\u202C\u200F"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.line);
    CHECK(cleaned(c.line) == c.expected);
  }
}

TEST_CASE("text under a right-to-left override is turned round") {
  const Case cases[] = {
      {"其实\u202E致导\u202C肥胖", "其实导致肥胖"},
      {"其实\u202E胖肥致导", "其实导致肥胖"},
      {"\u202E。（胖肥）致导\u202C", "导致（肥胖）。"},
      {"甲\u202E丁\u200B丙乙\u202C戊", "甲乙丙丁戊"},
      // A letter keeps its accents, an emoji its parts.
      {"\u202Ee\u0301a\u202C", "ae\u0301"},
      {"\u202E💻\uFE0F甲\u202C", "甲💻\uFE0F"},
      // Nested: an override inside an override changes nothing, letters embedded left to right keep
      // their order.
      {"\u202E丙\u202E乙\u202C甲\u202C丁", "甲乙丙丁"},
      {"\u202E丙\u202AAB\u202C甲\u202C丁", "甲AB丙丁"},
      {"\u202E丙\u2066AB\u2069甲\u202C丁", "甲AB丙丁"},
      // The end of an inner line ends the span.
      {"\u202E乙甲\u2028丙丁", "甲乙\u2028丙丁"},
  };
  for (const Case& c : cases) {
    CHECK(cleaned(c.line) == c.expected);
  }
}

TEST_CASE("other controls of direction just go") {
  CHECK(cleaned("甲\u202A乙\u202C丙\u202D丁\u202C") == "甲乙丙丁");
  CHECK(cleaned("\u2066甲\u2069\u2067乙\u2069\u2068丙\u2069") == "甲乙丙");
  CHECK(cleaned("甲\u202C乙\u2069") == "甲乙");
}

TEST_CASE("each change says what it was") {
  CHECK(remove_invisible("甲\u200B\u200B乙\x05") ==
        Changes{{3, 9, "", RepairKind::invisible}, {12, 13, "", RepairKind::control}});
  CHECK(remove_invisible("甲\x1B[1;31m乙\x1B]0;丙\a") ==
        Changes{{3, 10, "", RepairKind::control}, {13, 21, "", RepairKind::control}});
  CHECK(remove_invisible("\u202E乙甲\u202C丙") == Changes{{0, 12, "甲乙", RepairKind::bidi}});
}

}  // namespace
}  // namespace dedup::text
