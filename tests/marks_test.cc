// SPDX-License-Identifier: Apache-2.0
// Marks: every kernel against the twin that goes byte by byte, and the twin against the characters
// that the one who asks must see.
#include "text/marks.h"

#include <algorithm>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "text/kernels.h"

namespace dedup::text {
namespace {

using Places = std::vector<std::size_t>;

Places places(std::string_view text, Mark mark, std::size_t start, std::size_t end, Simd simd) {
  Marks marks;
  marks.find(text, {Mark::line_end, Mark::sentence, Mark::repair, Mark::damage}, kernels(simd));
  Places found;
  marks.for_each(mark, start, end, [&](std::size_t at) { found.push_back(at); });
  return found;
}

Places places(std::string_view text, Mark mark, Simd simd = Simd::none) {
  return places(text, mark, 0, text.size(), simd);
}

constexpr Mark kMarks[] = {Mark::line_end, Mark::sentence, Mark::repair, Mark::damage};

/// Text of characters that some mark is about, and of others, a few of them broken apart.
std::string random_text(std::mt19937& random, std::size_t size) {
  static constexpr std::string_view kPieces[] = {
      "\n",     "\r",     "\r\n",   " ",       "\t",         "&",          "`",      "```",
      "~",      "(",      "(a",     "\x7F",    "\x01",       "\x0B",       "?",      "!",
      "\"",     "'",      ".",      "…",       "。",         "，",         "！",     "？",
      "：",     "（",     "）",     "“",       "”",          "—",          "、",     "甲",
      "乙",     "a",      "9",      "\u00A0",  "\u0085",     "\u00AD",     "\u200B", "\u202E",
      "\u3000", "\uFEFF", "\uFFFD", "\uE000",  "\U000F0000", "\U00020000", "⼀",     "é",
      " 丙 ",   " ，",    "\xC2",   "\xEF\xBC"};
  std::string text;
  while (text.size() < size) {
    text += kPieces[random() % std::size(kPieces)];
  }
  text.resize(size);
  return text;
}

TEST_CASE("every kernel marks the same bytes, at every length and place") {
  std::mt19937 random(1);
  for (std::size_t size = 0; size < 300; ++size) {
    const std::string text = random_text(random, size);
    CAPTURE(text);
    for (const Mark mark : kMarks) {
      const Places expected = places(text, mark);
      CHECK(places(text, mark, Simd::wide) == expected);
      CHECK(places(text, mark, Simd::automatic) == expected);
    }
  }
}

TEST_CASE("the marks of long texts are the same, too") {
  std::mt19937 random(2);
  const std::string text = random_text(random, 200'000);
  for (const Mark mark : kMarks) {
    const Places expected = places(text, mark);
    CHECK(places(text, mark, Simd::wide) == expected);
  }
}

TEST_CASE("a stretch has the marks of the text that lie in it") {
  std::mt19937 random(3);
  const std::string text = random_text(random, 400);
  const Places all = places(text, Mark::sentence);
  for (int i = 0; i < 2000; ++i) {
    const std::size_t start = random() % 401;
    const std::size_t end = start + random() % (401 - start);
    Places expected;
    for (const std::size_t at : all) {
      if (at >= start && at < end) {
        expected.push_back(at);
      }
    }
    CHECK(places(text, Mark::sentence, start, end, Simd::automatic) == expected);
  }
}

TEST_CASE("who asks sees what concerns him") {
  struct Case {
    Mark mark;
    std::string_view text;
    Places at_least;
  };
  const Case cases[] = {
      {Mark::line_end, "a\nb\r\nc\r", {1, 3, 4, 6}},
      {Mark::sentence, "好。\x0B!?…‼｡", {3, 6, 7, 8, 9, 12, 15}},
      {Mark::sentence, "好！好？a.\"'\u0085", {3, 9, 13, 14, 15, 16}},
      {Mark::repair, "a\x01&\x7F\u00AD", {1, 2, 3, 4}},
      {Mark::repair, "甲(ji", {2}},
      {Mark::repair, "甲 ，\u3000乙 丙 丁", {3, 7, 13}},
      {Mark::damage, "?\uFFFD\uE000\U000F0000？", {0, 1, 4, 7, 11}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const Places found = places(c.text, c.mark);
    for (const std::size_t at : c.at_least) {
      CAPTURE(at);
      CHECK(std::find(found.begin(), found.end(), at) != found.end());
    }
  }
}

TEST_CASE("most of clean text has no mark") {
  constexpr std::string_view kClean = "他说：“你来，我走”——于是（她）笑了、走了";
  for (const Mark mark : {Mark::line_end, Mark::damage}) {
    CHECK(places(kClean, mark).empty());
  }
  CHECK(places(kClean, Mark::repair).size() <= 1);
  CHECK(places(kClean, Mark::sentence).size() <= 2);
}

}  // namespace
}  // namespace dedup::text
