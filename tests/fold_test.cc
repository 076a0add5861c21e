// SPDX-License-Identifier: Apache-2.0
// Keys against the tables of testdata/fold/: a text, a tab, its key in UTF-8. \u{200b} stands for a
// character that would not show.
#include "text/fold.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "support.h"
#include "text/kernels.h"
#include "walls/utf8.h"

namespace dedup::test {
namespace {

namespace fs = std::filesystem;
using text::fold;
using text::join;
using text::Piece;

struct Row {
  std::string text;
  std::string key;
};

std::vector<Row> load(const fs::path& file) {
  std::vector<Row> rows;
  std::istringstream stream(read_file(file));
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with('#')) continue;
    const std::size_t tab = line.find('\t');
    REQUIRE(tab != std::string::npos);
    rows.push_back({unescaped(line.substr(0, tab)), unescaped(line.substr(tab + 1))});
  }
  return rows;
}

std::vector<fs::path> files() {
  std::vector<fs::path> result;
  for (const auto& entry : fs::directory_iterator(testdata("fold"))) result.push_back(entry);
  std::sort(result.begin(), result.end());
  return result;
}

/// UTF-16 to UTF-8; fails on lone surrogates, which no key may hold.
std::string narrow(std::u16string_view key) {
  std::string result;
  for (std::size_t i = 0; i < key.size(); ++i) {
    char32_t c = key[i];
    if (c >= 0xD800 && c < 0xE000) {
      REQUIRE(c < 0xDC00);
      REQUIRE(i + 1 < key.size());
      const char32_t low = key[++i];
      REQUIRE((low >= 0xDC00 && low < 0xE000));
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    }
    utf8::append(result, c);
  }
  return result;
}

std::string key_of(std::string_view text) {
  std::u16string key;
  fold(text, key);
  return narrow(key);
}

Piece piece(std::string_view text) {
  std::u16string key;
  return fold(text, key);
}

TEST_CASE("fold gives the keys of the tables") {
  REQUIRE_FALSE(files().empty());
  for (const fs::path& file : files()) {
    DYNAMIC_SECTION(file.stem().string()) {
      const std::vector<Row> rows = load(file);
      REQUIRE_FALSE(rows.empty());
      for (const Row& row : rows) {
        INFO(visible(row.text));
        CHECK(key_of(row.text) == row.key);
        CHECK(key_of(row.key) == row.key);  // a key is its own key
      }
    }
  }
}

TEST_CASE("fold knows no neighbours but marks, jamo and signs") {
  // Between ideographs and between Latin letters a text has the key it has by itself.
  for (const fs::path& file : files()) {
    if (file.stem() == "marks" || file.stem() == "hangul" || file.stem() == "width") continue;
    for (const Row& row : load(file)) {
      INFO(visible(row.text));
      CHECK(key_of("甲" + row.text + "乙") == "甲" + row.key + "乙");
      CHECK(key_of("x" + row.text + "y") == "x" + row.key + "y");
    }
  }
}

TEST_CASE("fold drops any number of combining marks") {
  std::string text = "e";
  for (int i = 0; i < 1000; ++i) text += "\u0301\u0323";
  std::u16string key;
  const Piece result = fold(text, key);
  CHECK(result.weight == 1);
  REQUIRE_FALSE(key.empty());
  CHECK(key.size() == 1);
}

TEST_CASE("fold weighs ideographs, kana and runs") {
  struct Weight {
    std::string_view text;
    std::uint32_t weight;
    bool starts_in_run;
    bool ends_in_run;
  };
  const std::vector<Weight> table = {
      {"", 0, false, false},
      {"，。 !", 0, false, false},
      {"中文", 2, false, false},
      {"第 12 章", 3, false, false},
      {"2023年", 2, true, false},
      {"共1000", 2, false, true},
      {"abc", 1, true, true},
      {"hello, world 42", 1, true, true},  // blanks and marks do not part a run
      {"https://example.org/a/b?c=1", 1, true, true},
      {"3.14", 1, true, true},
      {"ＡＢＣ", 1, true, true},
      {"a中b文c", 5, true, true},
      {"ひらがな", 4, false, false},
      {"カタカナ", 4, false, false},
      {"ｶﾞ", 1, false, false},  // one kana after folding
      {"한글", 1, true, true},
      {"мир", 1, true, true},
      {"㍿", 4, false, false},  // expands to four ideographs
      {"㎡", 1, true, true},    // m2
      {"½", 1, true, true},     // a letter of its own
      {"㈠中", 2, false, false},
      {"〇", 1, false, false},
      {"\u2F08", 1, false, false},
      {"\uF90A", 1, false, false},
      {"\U00020BB7", 1, false, false},
      {"\U0001F600", 0, false, false},
      {"中\U0001F600a", 2, false, true},
  };
  for (const Weight& row : table) {
    INFO(row.text);
    const Piece result = piece(row.text);
    CHECK(result.weight == row.weight);
    CHECK(result.starts_in_run == row.starts_in_run);
    CHECK(result.ends_in_run == row.ends_in_run);
  }
}

TEST_CASE("join weighs two pieces as one text") {
  const std::vector<std::string_view> pieces = {"",    "。",  "abc",   "12", "中",
                                                "a中", "中b", "c文 d", "한"};
  for (const std::string_view left : pieces) {
    for (const std::string_view right : pieces) {
      INFO('"' << left << "\" \"" << right << '"');
      const Piece whole = piece(std::string(left) + std::string(right));
      const Piece joined = join(piece(left), piece(right));
      CHECK(joined.weight == whole.weight);
      CHECK(joined.starts_in_run == whole.starts_in_run);
      CHECK(joined.ends_in_run == whole.ends_in_run);
    }
  }
}

TEST_CASE("fold appends to the key and weighs the new piece alone") {
  std::u16string key = u"甲";
  CHECK(fold("乙x", key).weight == 2);
  CHECK(fold("y丙", key).weight == 2);
  CHECK(narrow(key) == "甲乙xy丙");
}

/// Characters of one to four bytes in stretches, and among them what leaves the fast ways.
std::string mixed_text(std::mt19937& random) {
  static constexpr std::string_view kPieces[] = {"甲乙丙丁戊己庚辛壬癸",
                                                 "國語",
                                                 "，",
                                                 "。",
                                                 "\u3000",
                                                 "\u200B",
                                                 "－",
                                                 "５",
                                                 "％",
                                                 "→",
                                                 "가",
                                                 "a",
                                                 "G60",
                                                 " ",
                                                 "-5",
                                                 "é",
                                                 "\u0301",
                                                 "\U00020000",
                                                 "\U0001F600",
                                                 "⼀",
                                                 "㎏",
                                                 "〇"};
  std::string text;
  for (std::size_t left = random() % 24; left > 0; --left) {
    text += random() % 3 == 0 ? kPieces[random() % std::size(kPieces)] : kPieces[0];
  }
  return text;
}

/// ASCII with marks between numbers, signs and blanks; now and then another character.
std::string ascii_text(std::mt19937& random) {
  static constexpr std::string_view kPieces[] = {
      "a",  "Word", "G", "7", "15", "2024", " ",  "  ", "\t", ".",  ",",
      ":",  "-",    "~", "/", "*",  "#",    "+",  "=",  "<",  "%",  "$",
      "\"", "(",    ")", "_", "!",  "\x01", "甲", "。", "é",  "－", "、"};
  std::string text;
  for (std::size_t left = random() % 40; left > 0; --left) {
    text += kPieces[random() % (random() % 4 == 0 ? std::size(kPieces) : 28)];
  }
  return text;
}

/// With no byte behind it that may be read: memory of its own, of just its size.
std::u16string key_by(const std::string& text, Simd simd, Piece& piece) {
  const std::vector<char> bytes(text.begin(), text.end());
  text::KeyBuffer key;
  piece = fold({bytes.data(), bytes.size()}, key, {text::kernels(simd)});
  return std::u16string(key.view());
}

TEST_CASE("every kernel folds the same key, at every length") {
  std::mt19937 random(3);
  for (int i = 0; i < 40'000; ++i) {
    const std::string text = i % 4 == 0 ? mixed_text(random) : ascii_text(random);
    CAPTURE(text);
    Piece expected;
    const std::u16string key = key_by(text, Simd::none, expected);
    Piece piece;
    CHECK(key_by(text, Simd::wide, piece) == key);
    CHECK(piece.weight == expected.weight);
    CHECK(piece.visible == expected.visible);
    CHECK(piece.signs == expected.signs);
    CHECK(piece.starts_in_run == expected.starts_in_run);
    CHECK(piece.ends_in_run == expected.ends_in_run);
  }
}

TEST_CASE("what stands behind a text does not count, though it may be read") {
  const std::string text = "甲乙丙丁戊己庚辛壬癸，子丑寅卯";
  for (std::size_t size = 0; size <= text.size(); size += 3) {
    text::KeyBuffer key;
    fold(std::string_view(text).substr(0, size), key, {text::kernels(), text.data() + text.size()});
    CHECK(narrow(key.view()) == key_of(text.substr(0, size)));
  }
}

}  // namespace
}  // namespace dedup::test
