// SPDX-License-Identifier: Apache-2.0
// Radicals: dirt of PDF beside anything, but sometimes the subject.
#include "text/repair/radicals.h"

#include <string>
#include <string_view>

#include "catch.h"
#include "text/repair/repair.h"

namespace dedup::text {
namespace {

struct Case {
  std::string_view text;
  std::string_view expected;
};

TEST_CASE("radicals in prose become ideographs beside anything") {
  const Case cases[] = {
      {"可直接使\u2F64。", "可直接使用。"},
      {"打开 logs \u2F64户表", "打开 logs 用户表"},
      {"在 app\u2F6C录里", "在 app目录里"},
      {"（\u2F64于\u2F50较）", "（用于比较）"},
      {"共12\u2EDA", "共12页"},
      {"时间：8\u2F4912\u2F47", "时间：8月12日"},
      {"性别：\u2F25", "性别：女"},
      {"\u2F00、范围", "一、范围"},
      {"（\u2F06）依据", "（二）依据"},
      {"第\u2F00，\u2F29\u2F3C；第\u2F06，\u2F24胆", "第一，小心；第二，大胆"},
      {"“\u2F64法”一栏", "“用法”一栏"},
      {"本课学习部首。\n\n同学们好。\n请看\u2FCA板。", "本课学习部首。\n\n同学们好。\n请看黑板。"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const std::string after = text::apply(c.text, repair(c.text));
    CHECK(after == c.expected);
    CHECK(repair(after).empty());
  }
}

TEST_CASE("radicals that are the subject stay") {
  for (const std::string_view text : {
           "部首\u2F55（U+2F55）与火同形。",
           "\u2F55的码位是 U+2F55。",
           "偏旁有\u2F3C和\u2F64。",
           "下面讲康熙字典。\n例如\u2F55和\u2F3C。",
           "例如\u2F55和\u2F3C。\n\n这些都是部首。",
           "部首\t读音\n\u2F55\thuǒ\n\u2F3C\txīn\n\u2F64\tyòng",
           "\u2F00 \u2F01 \u2F02 \u2F03",
           "| \u2F55 | 火 | 4 |",
           "\u2F55（火）在第八十六。",
           "“\u2F55”看起来像常用的那个字。",
           "\u2F55",
           "`\u2F55` = \"火\"",
       }) {
    CAPTURE(text);
    CHECK(repair(text).empty());
  }
}

}  // namespace
}  // namespace dedup::text
