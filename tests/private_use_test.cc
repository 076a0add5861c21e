// SPDX-License-Identifier: Apache-2.0
// Private-use leftovers of GBK.
#include "text/repair/private_use.h"

#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "text/damage.h"
#include "text/repair/repair.h"

namespace dedup::text {
namespace {

std::string repaired(std::string_view text) { return text::apply(text, repair(text)); }

TEST_CASE("private-use characters of GBK become those that Unicode has") {
  struct Row {
    std::string_view text, want;
  };
  const Row rows[] = {
      {"南汉高祖刘\uE863，在位", "南汉高祖刘䶮，在位"},
      {"部件\uE816字", "部件𠂇字"},
      {"竖排\uE78D字", "竖排︐字"},
      {"姓名\uE5E5张三", "姓名\u3000张三"},
      {"\uE5E5\uE5E5春天来了", "春天来了"},  // an indent, which then goes
      {"\uE5E5\uE5E5\uE5E5\uE5E5春天", "春天"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(repaired(row.text) == row.want);
    CHECK(repaired(row.want) == row.want);
    std::vector<std::size_t> damage;
    find_damage(row.want, Marks(row.want, {Mark::damage}), damage);
    CHECK(damage.empty());
  }
  const Changes changes = repair("刘\uE863，");
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].kind == RepairKind::private_use);
}

TEST_CASE("private-use characters stand for those of Hong Kong by the code of Big5") {
  struct Row {
    char32_t c, want;
  };
  // One at each end of a lead's trails and of the rooms; 0 where Big5 has no ideograph.
  const Row rows[] = {
      {0xECD1, U'嘅'}, {0xECD7, U'嗰'}, {0xECDA, U'啲'}, {0xECD8, U'喺'}, {0xECD9, U'咗'},
      {0xECB1, U'嘢'}, {0xE547, U'嚟'}, {0xE420, U'瞓'}, {0xE517, U'鰂'}, {0xDFFF, 0},
      {0xF8FF, 0},     {0xF849, 0},     {0xF6B1, 0},  // the digit 1 in a circle
  };
  for (const Row& row : rows) {
    INFO(static_cast<unsigned>(row.c));
    CHECK(form_in_hkscs(row.c) == row.want);
  }
}

TEST_CASE("private-use characters of Hong Kong are repaired in Cantonese") {
  struct Row {
    std::string_view text, want;
  };
  const Row rows[] = {
      {"佢話\uECDA嘢好食，\uECD8邊度買？", "佢話啲嘢好食，喺邊度買？"},
      {"多謝你\uECD1\uECB1，歡迎\uE547參加。", "多謝你嘅嘢，歡迎嚟參加。"},
      {"買\uECD9。\n佢話\uECDA嘢", "買咗。\n佢話啲嘢"},
      {"劉\uE863，佢話\uECDA嘢", "劉萠，佢話啲嘢"},  // not GBK's, since the other is not
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(repaired(row.text) == row.want);
    CHECK(repaired(row.want) == row.want);
  }
}

TEST_CASE("private-use characters of Hong Kong stay where they may be others") {
  for (const std::string_view text : {
           "他说\uECDA东西好吃",             // Simplified
           "佢好\uECDA嘢",                   // no script at all
           "\uECDA 首頁\n佢話\uECDA嘢好食",  // icons
           "佢話\uECDA嘢好食\n更多\uECDA",   //
           "佢話 \uECDA 嘢好食",             //
           "佢話\uF000嘢好食",               // stands for nothing
           "```\n佢話\uECDA嘢好食\n```",
       }) {
    INFO(text);
    CHECK(repaired(text) == text);
  }
}

TEST_CASE("icons and unknown private-use characters stay") {
  for (const std::string_view text : {
           "\uE863 首页",                  // at the head
           "\uE863首页",                   //
           "更多\uE863",                   // at the end
           "a\uE863b",                     // in no text of ours
           "刘\uE863，在位\n\uE62C 首页",  // beside a font of icons
           "甲\uE000乙",                   // stands for nothing
           "\uE5E5首页",                   // one space is no indent
           "```\n刘\uE863，在位\n```",
       }) {
    INFO(text);
    CHECK(repaired(text) == text);
  }
}

TEST_CASE("what repair knows is no damage") {
  std::vector<std::size_t> damage;
  const std::string_view text = "刘\uE863，在位。甲\uE000乙";
  find_damage(text, Marks(text, {Mark::damage}), damage);
  CHECK(damage == std::vector<std::size_t>{text.find("\uE000")});
}

}  // namespace
}  // namespace dedup::text
