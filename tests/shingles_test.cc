// SPDX-License-Identifier: Apache-2.0
#include "numbers/shingles.h"

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "naive_resemblance.h"
#include "numbers/numerals.h"

namespace dedup::numbers {
namespace {

std::vector<std::uint64_t> shingles(std::u16string_view key) {
  std::vector<std::uint64_t> result;
  for_each_shingle(key, [&](std::uint64_t hash) { result.push_back(hash); });
  return result;
}

TEST_CASE("shingles are the windows of five characters") {
  const auto all = shingles(u"科创走廊g60");
  REQUIRE(all.size() == 3);
  CHECK(all[0] == shingles(u"科创走廊g")[0]);
  CHECK(all[1] == shingles(u"创走廊g6")[0]);
  CHECK(all[2] == shingles(u"走廊g60")[0]);
}

TEST_CASE("a key of fewer than five characters is one shingle, and each another") {
  const std::vector<std::u16string> keys = {u"",     u"甲",   u"甲甲",   u"甲甲甲",    u"甲甲甲甲",
                                            u"甲乙", u"乙甲", u"甲乙丙", u"甲甲甲甲甲"};
  std::set<std::uint64_t> hashes;
  for (const auto& key : keys) {
    REQUIRE(shingles(key).size() == 1);
    hashes.insert(shingles(key)[0]);
  }
  CHECK(hashes.size() == keys.size());
}

TEST_CASE("a character beyond U+FFFF counts once and is told from its neighbours") {
  CHECK(shingles(u"𠀀𠀁𠀂𠀃").size() == 1);
  CHECK(shingles(u"𠀀𠀁𠀂𠀃𠀄").size() == 1);
  CHECK(shingles(u"𠀀𠀁𠀂𠀃𠀄𠀅").size() == 2);
  CHECK(shingles(u"甲乙丙丁𠀀") != shingles(u"甲乙丙丁𠀁"));
  CHECK(shingles(u"甲乙丙丁𠀀") != shingles(u"甲乙丙丁𰀀"));
  CHECK(most_shingles(u"𠀀𠀁𠀂𠀃𠀄𠀅") >= 2);
}

TEST_CASE("windows run on over the borders of pieces") {
  const std::u16string key = u"甲乙𠀀丙丁戊己𠀁庚辛";
  for (std::size_t cut = 0; cut <= key.size(); ++cut) {
    const auto first = whole_characters(key, cut);
    std::vector<std::uint64_t> result;
    const auto visit = [&](std::uint64_t hash) { result.push_back(hash); };
    Shingler shingler;
    shingler.feed(first, visit);
    shingler.feed(std::u16string_view(key).substr(first.size()), visit);
    shingler.finish(visit);
    CHECK(result == shingles(key));
  }
}

TEST_CASE("hashes tell as many shingles apart as strings do") {
  test::RandomKeys random(1);
  std::u16string key;
  for (int i = 0; i < 20'000; ++i) key += static_cast<char16_t>(u'a' + random.below(6));
  const auto all = shingles(key);
  CHECK(std::set(all.begin(), all.end()).size() == test::naive_shingles(key).size());
}

TEST_CASE("shingle hashes are pinned: stored sketches and the recipe depend on them") {
  CHECK(shingles(u"科创走廊g")[0] == 0x1D26BAFE35DAC2DB);
  CHECK(shingles(u"𠀀𠀁𠀂𠀃𠀄")[0] == 0xE711E5A16428263E);
  CHECK(shingles(u"甲")[0] == 0xD4EDDF91F1A8C911);
  CHECK(shingles(u"")[0] == 0x88320B0A967EFBF3);
}

// -- numerals -------------------------------------------------------------------------------------

TEST_CASE("texts that differ in figures alone have other numerals") {
  const std::vector<std::pair<std::u16string, std::u16string>> pairs = {
      {u"增长12个百分点", u"增长13个百分点"},
      {u"增长12个百分点", u"增长21个百分点"},
      {u"1月23日", u"12月3日"},
      {u"第三条", u"第十三条"},
      {u"第三条第五款", u"第三条第三款"},
      {u"二〇二四年", u"二〇二三年"},
      {u"共两次", u"共三次"},
      {u"三亿元", u"三万元"},
      {u"廿年", u"卅年"},
      {u"伍仟元", u"陆仟元"},
      {u"参拾元", u"伍拾元"},
      {u"参拾元", u"拾元"},
      {u"共3人", u"共人"}};
  for (const auto& [a, b] : pairs) {
    CAPTURE(a, b);
    CHECK_FALSE((numerals_include(a, b) && numerals_include(b, a)));
    CHECK_FALSE(numerals_cover(a, b));
    CHECK_FALSE(numerals_cover(b, a));
  }
}

TEST_CASE("numerals do not depend on the words around them") {
  CHECK(numerals_mask(u"2024年第十三届g60科创走廊") == numerals_mask(u"2024的十三届共60"));
  CHECK(numerals_mask(u"参加会议") == 0);
  CHECK(numerals_mask(u"3人") == numerals_mask(u"共有3"));
}

TEST_CASE("a text includes the numerals of another in any order, each as often at least") {
  const auto includes = [](std::u16string_view earlier, std::u16string_view later) {
    CHECK((!numerals_include(earlier, later) ||
           may_include(numerals_mask(earlier), numerals_mask(later))));
    return numerals_include(earlier, later);
  };
  CHECK(includes(u"第三条第五款", u"第五条第三款"));
  CHECK_FALSE(numerals_cover(u"第三条第五款", u"第五条第三款"));
  CHECK(includes(u"第三条第三款", u"第三条"));
  CHECK_FALSE(includes(u"第三条", u"第三条第三款"));
  CHECK_FALSE(includes(u"第三条第五款", u"第三条第三款"));
  CHECK_FALSE(includes(u"第十三条", u"第三条"));
  CHECK(includes(u"第三条", u"一些条款"));
  CHECK_FALSE(includes(u"第三条", u"第一条"));
}

TEST_CASE("a mask tells few numerals apart") {
  std::size_t passed = 0;
  for (int i = 10; i < 100; ++i) {
    const std::string text = std::to_string(i);
    const std::u16string key(text.begin(), text.end());
    CHECK(may_include(numerals_mask(key), 0));
    CHECK_FALSE(may_include(0, numerals_mask(key)));
    passed += may_include(numerals_mask(u"共三人"), numerals_mask(key)) ? 1U : 0U;
  }
  CHECK(passed < 6);
}

TEST_CASE("every numeral counts") {
  const std::u16string numerals =
      u"0123456789〇零二三四五六七八九十百千万亿兆两半廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟";
  for (const char16_t a : numerals) {
    CHECK(numerals_mask({&a, 1}) != 0);
    for (const char16_t b : numerals) CHECK(numerals_include({&a, 1}, {&b, 1}) == (a == b));
  }
}

TEST_CASE("the later text may lack a 一 by itself, and nothing else") {
  const std::u16string earlier = u"有一些人统一在第三条一项第一款十一日";
  CHECK(numerals_cover(earlier, earlier));
  CHECK(numerals_cover(earlier, u"有些人统一在第三条一项第一款十一日"));
  CHECK(numerals_cover(earlier, u"有些人统在第三条项第一款十一日"));
  CHECK_FALSE(numerals_cover(u"有些人统一在第三条一项第一款十一日", earlier));
  CHECK_FALSE(numerals_cover(earlier, u"有一些人统一在第三条一项前款十一日"));
  CHECK_FALSE(numerals_cover(earlier, u"有一些人统一在第三条一项第一款十日"));
  CHECK_FALSE(numerals_cover(earlier, u"有一些人统一在第三条半项第一款十一日"));
  CHECK_FALSE(numerals_cover(u"以三比一获胜", u"以一比三告负"));
}

}  // namespace
}  // namespace dedup::numbers
