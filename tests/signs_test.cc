// SPDX-License-Identifier: Apache-2.0
// Which signs a key keeps, told by pairs of texts: those that say different things must have
// different keys, those that say the same in another style one key.
#include "text/signs.h"

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.h"
#include "text/fold.h"
#include "text/segment.h"

namespace dedup::test {
namespace {

using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;

std::u16string key_of(std::string_view text) {
  std::u16string key;
  text::fold(text, key);
  return key;
}

// clang-format off: a pair a line
const Pairs kDifferent = {
    // between digits
    {"增长3.5亿元", "增长35亿元"},
    {"比分1:30", "比分130"},
    {"比分3 : 2", "比分32"},
    {"比分3：2", "比分32"},
    {"共1,2两项", "共12两项"},
    {"见1、2两章", "见12两章"},
    {"第3-5页", "第35页"},
    {"第3 - 5页", "第35页"},
    {"第3~5天", "第35天"},
    {"占3/4", "占34"},
    {"１．５倍", "１５倍"},
    {"1,0000米", "10000米"},
    {"3.5.1版", "35.1版"},
    {"8:30到9:00", "83:0到9:00"},
    // before a number
    {"气温-5℃", "气温5℃"},
    {"-5℃", "5℃"},
    {"气温：-5℃", "气温：5℃"},
    {"利润（-5）", "利润（5）"},
    {"风力≥5级", "风力≤5级"},
    {"风力≥ 5级", "风力5级"},
    {"年龄>5岁", "年龄<5岁"},
    {"误差±5", "误差5"},
    {"涨跌+5", "涨跌-5"},
    {"100+家企业", "100家企业"},
    {"≈3公里", "3公里"},
    // units and currencies
    {"利率5%", "利率5‰"},
    {"利率5%", "利率5"},
    {"价格$5", "价格¥5"},
    {"价格5€", "价格5£"},
    {"转90°", "转90"},
    {"½杯", "12杯"},
    {"½杯", "¼杯"},
    {"1½杯", "11/2杯"},
    {"5℃", "5C"},
    {"10⁻³", "10³"},
    // operands
    {"a+b", "ab"},
    {"a=b", "ab"},
    {"3×4", "34"},
    {"6÷2", "62"},
    {"x<y", "x>y"},
    {"a==b", "ab"},
    {"3*4", "34"},
    // behind a letter
    {"学C++", "学C"},
    {"学C#", "学C"},
    {"学C++", "学C#"},
    {"用C++写", "用C+写"},
    {"成绩A+", "成绩A"},
    // answers
    {"同意☑", "同意☐"},
    {"[√] 同意", "[×] 同意"},
    {"（√）地球是圆的", "（×）地球是圆的"},
    {"地球是圆的。（√）", "地球是圆的。（×）"},
    {"地球是圆的吗？√", "地球是圆的吗？×"},
    {"对✓", "对✗"},
    {"☑ 同意", "☐ 同意"},
    {"√ 可以做", "× 可以做"},
    {"选甲○乙●", "选甲●乙○"},
    {"○A ○B", "○A ●B"},
    {"二○○二年", "二○二年"},
};

const Pairs kSame = {
    // width and style
    {"３．５％", "3.5%"},
    {"1：30", "1:30"},
    {"1：30", "１：３０"},
    {"1∶30", "1:30"},
    {"1 ： 30", "1:30"},
    {"3–5页", "3-5页"},
    {"3—5页", "3-5页"},
    {"3－5页", "3-5页"},
    {"3‐5页", "3-5页"},
    {"3 - 5页", "3-5页"},
    {"3～5天", "3~5天"},
    {"3〜5天", "3~5天"},
    {"3／4", "3/4"},
    {"气温−5", "气温-5"},
    {"气温－5", "气温-5"},
    {"￥5", "¥5"},
    {"5 %", "5%"},
    {"＞5", ">5"},
    {"≧5", "≥5"},
    {"Ｃ＋＋", "C++"},
    {"C＃", "c#"},
    {"5℃", "5°C"},
    {"5 ℃", "5°C"},
    {"对✓", "对√"},
    {"错✗", "错×"},
    {"3*4", "3×4"},
    {"1、2", "1,2"},
    {"1, 2", "1,2"},
    {"3 .5", "3.5"},
    {"3\u200B.5", "3.5"},
    // thousands
    {"1,200棵", "1200棵"},
    {"1，200棵", "1200棵"},
    {"12,345,678.9", "12345678.9"},
    {"$1,000", "$1000"},
    // marks of sentences
    {"共35。", "共35"},
    {"共35.", "共35"},
    {"共35，其中", "共35其中"},
    {"3.5.", "3.5"},
    {"他说：5个", "他说5个"},
    {"第一，5个", "第一5个"},
    {"分三间：第一", "分三间:第一"},
    {"老街.电线", "老街。电线"},
    {"2024年：3月", "2024年3月"},
    // bullets and decoration
    {"●老街的改造", "老街的改造"},
    {"●● 老街", "老街"},
    {"○ 老街", "老街"},
    {"√ 正品", "正品"},
    {"- 5 个", "5 个"},
    {"+ 5 个", "5 个"},
    {"* 5 个", "5 个"},
    {"> 5 个", "5 个"},
    {"• 5 个", "5 个"},
    {"★老街★", "老街"},
    {"北京——5月", "北京5月"},
    {"**3**个", "3个"},
    {"# 标题", "标题"},
    {"## 标题 ##", "标题"},
    {"#NBA# 总决赛", "NBA 总决赛"},
    {"~~旧~~", "旧"},
    {"`x`", "x"},
    {"“老街”", "老街"},
    {"《老街》", "老街"},
    {"老街…", "老街"},
    {"=====", ""},
    {"-----", ""},
    {"关注+转发", "关注转发"},
    {"老街/新街", "老街新街"},
    {"e-mail", "email"},
    {"GPT-4", "GPT4"},
    {"3·15晚会", "315晚会"},
    {"（010）", "010"},
    {"Mr. Li", "Mr Li"},
};
// clang-format on

TEST_CASE("texts that differ in a sign that counts have different keys") {
  for (const auto& [left, right] : kDifferent) {
    INFO(left << " | " << right);
    CHECK(key_of(left) != key_of(right));
  }
}

TEST_CASE("texts that differ in style, width and decoration have one key") {
  for (const auto& [left, right] : kSame) {
    INFO(left << " | " << right);
    CHECK(key_of(left) == key_of(right));
  }
}

TEST_CASE("signs weigh nothing and part no run") {
  const std::vector<std::pair<std::string_view, std::uint32_t>> table = {
      {"3.5", 1}, {"-5", 1}, {"5%", 1}, {"同意☑", 2}, {"（√）", 0}, {"2024-01-02 10:30", 1}};
  for (const auto& [text, weight] : table) {
    INFO(text);
    std::u16string key;
    const text::Piece piece = text::fold(text, key);
    CHECK(piece.weight == weight);
    CHECK(piece.starts_in_run == (weight == 1));
  }
}

/// Signs, what they stand beside, and what sentences end with, in any order.
std::string soup(std::mt19937& random) {
  static const std::vector<std::string> kParts = {
      "1",  "23", "456", "中", "文",     "a",      "b",  "+",  "-",  "−",  "—",  "~", ":",
      "：", ",",  "，",  "、", ".",      "．",     "/",  "%",  "％", "℃",  "$",  "√", "×",
      "☑",  "●",  "○",   ">",  "≥",      "=",      "*",  "#",  "。", "！", "？", "…", "(",
      "）", "”",  "\"",  " ",  "\u3000", "\u2028", "\v", "\t", "½",  "¼",  "１", "①", "\u200B"};
  std::string text;
  for (auto i = 1 + random() % 14; i > 0; --i) text += kParts[random() % kParts.size()];
  return text;
}

TEST_CASE("a block has the key of its sentences one behind the other") {
  std::mt19937 random(1);
  for (int i = 0; i < 100000; ++i) {
    const std::string block = soup(random);
    std::vector<std::size_t> ends;
    text::segment(block, ends);
    text::KeyBuffer buffer;
    std::vector<text::FoldedPiece> pieces;
    text::fold_pieces(block, ends, buffer, pieces);
    const std::u16string_view key = buffer.view();
    INFO(block);
    REQUIRE(key == key_of(block));
    std::u16string joined;
    std::size_t start = 0;
    for (const std::size_t end : ends) {
      joined += key_of(std::string_view(block).substr(start, end - start));
      start = end;
    }
    REQUIRE(joined == key);
  }
}

TEST_CASE("signs are the same where ICU has to see the text") {
  // A mark behind the text sends the whole piece through ICU and leaves no trace itself.
  std::mt19937 random(2);
  for (int i = 0; i < 100000; ++i) {
    const std::string text = soup(random);
    INFO(text);
    REQUIRE(key_of(text + "。\u0301") == key_of(text + "。"));
  }
}

TEST_CASE("letters of a key") {
  std::u16string room;
  CHECK(text::letters_of(u"涨3.5%", room) == u"涨35");
  CHECK(text::letters_of(u"老街", room) == u"老街");
  for (const auto& [text, same] : kDifferent) {
    const std::u16string key = key_of(text);
    for (const char16_t unit : text::letters_of(key, room)) CHECK_FALSE(text::is_sign(unit));
  }
}

}  // namespace
}  // namespace dedup::test
