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
