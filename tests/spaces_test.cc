// SPDX-License-Identifier: Apache-2.0
// Blanks: which of them do not belong in Chinese text.
#include "text/repair/spaces.h"

#include <string>
#include <string_view>

#include "catch.h"

namespace dedup::text {
namespace {

std::string tidied(std::string_view line) {
  std::string result = text::apply(line, tidy_spaces(line));
  CHECK(tidy_spaces(result).empty());
  return result;
}

struct Case {
  std::string_view line;
  std::string_view expected;
};

TEST_CASE("blanks inside of full-width marks go") {
  const Case cases[] = {
      {"天气真好 ，我们走吧 。", "天气真好，我们走吧。"},
      {"怎么样\u00A0？好\u3000！", "怎么样？好！"},
      {"他说：「 你好 」", "他说：「你好」"},
      {"见《 红楼 》（ 上 ）【 注 】", "见《红楼》（上）【注】"},
      {"安装 Linux 、Windows", "安装 Linux、Windows"},
      {"他说“ 你好 ”。", "他说“你好”。"},
      {"他说：‘ 你好 ’", "他说：‘你好’"},
  };
  for (const Case& c : cases) {
    CHECK(tidied(c.line) == c.expected);
  }
}

TEST_CASE("blanks that stand for something stay") {
  for (const std::string_view line : {
           "正确的是（   ）。",  // to be filled in
           "姓名：   ，性别：   。",
           "、 ， 。 ？ 的用法",        // a list of marks
           "世称 三君 ，又称 八俊 ，",  // lost quotation marks
           "张小明 李丽 王大山",        // names
           "首页 新闻 体育 财经",       // a menu
           "白日依山尽 黄河入海流",     // verse
           "目 录",
           "甲 1 乙 2 丙 3 丁 4",
           "“ Hello ” he said",         // Latin text
           "运行 ‘ls‘ 或者 ‘cd‘ 即可",  // a mark used for its partner
           "好的 ”甲”",
           "| 甲 ， | 乙 |",  // tables
           "│ 甲    │    ，乙",
           "中文 English 混排",
           "甲  乙",
       }) {
    CAPTURE(line);
    CHECK(tidy_spaces(line).empty());
  }
}

TEST_CASE("a line spaced out letter by letter is closed up") {
  const Case cases[] = {
      {"本 站 版 权 所 有", "本站版权所有"},
      {"早 上 6 時 天 文 台 錄 得", "早上 6 時天文台錄得"},
      {"今 天 天 气 好 ， 我 们 走 。", "今天天气好，我们走。"},
      {"提 示 ： 请 先 登 录 ， 再 提 问 。", "提示：请先登录，再提问。"},
      {"公告：本 店 今 日 休 息 ， 明 日 开 门 。", "公告：本店今日休息，明日开门。"},
      {"祝 大 家 节 日 快 乐 ！", "祝大家节日快乐！"},
      // Three gaps are not enough, nor are gaps amid words.
      {"本 站 版 权", "本 站 版 权"},
      {"甲乙丙 丁 戊 己 庚 辛壬癸子", "甲乙丙 丁 戊 己 庚 辛壬癸子"},
  };
  for (const Case& c : cases) {
    CHECK(tidied(c.line) == c.expected);
  }
}

TEST_CASE("single characters that are a list stay apart") {
  for (const std::string_view line : {
           "一 二 三 四 五 六 日",
           "生词：天 地 人 你 我 他",
           "笔画：横 竖 撇 捺 点 。",
           "甲 乙 丙 丁 戊 己",
           "春 夏 秋 冬 风 霜 雨 雪",
           "花色： 梅 兰 竹 菊 莲",
       }) {
    CAPTURE(line);
    CHECK(tidy_spaces(line).empty());
  }
}

TEST_CASE("blanks in tags stay, those between go") {
  CHECK(tidied("<b title=\"甲 ，乙\">丙 ，</b>丁 。") == "<b title=\"甲 ，乙\">丙，</b>丁。");
}

TEST_CASE("wide blanks around a line go, ASCII ones stay") {
  const Case cases[] = {
      {"\u3000\u3000段落", "段落"},
      {"\u00A0 \u00A0段落\u3000", "段落"},
      {"    \u3000段落 \u00A0 ", "段落"},
      {"\u3000\u3000", ""},
      {"   段落  ", "   段落  "},
      {"   ", "   "},
      {"", ""},
      {"第一条\u3000总则", "第一条\u3000总则"},
      {"\u2003段落", "\u2003段落"},
  };
  for (const Case& c : cases) {
    CHECK(tidied(c.line) == c.expected);
  }
}

TEST_CASE("each blank run is one change") {
  CHECK(tidy_spaces("\u3000甲 ，乙\u00A0") == Changes{{0, 3, "", RepairKind::indent},
                                                      {6, 7, "", RepairKind::space},
                                                      {13, 15, "", RepairKind::indent}});
}

}  // namespace
}  // namespace dedup::text
