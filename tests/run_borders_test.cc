// SPDX-License-Identifier: Apache-2.0
// Where runs of another document's blocks may begin and end: of a section that stays nothing goes
// piecemeal, and what was taken over whole goes whole. The same of a document's own copies.
#include <string>
#include <vector>

#include "catch.h"
#include "dedup/cleaner.h"
#include "support.h"

namespace dedup::test {
namespace {

/// The second of two documents, cleaned.
std::string second_of(const std::string& first, const std::string& second) {
  Options options;
  options.boilerplate = Boilerplate::off;
  Cleaner cleaner(options);
  Recorder recorder;
  cleaner.clean(first, recorder);
  cleaner.clean(second, recorder);
  return recorder.documents[1].clean;
}

/// One document, cleaned.
std::string cleaned(const std::string& text) {
  Cleaner cleaner;
  Recorder recorder;
  cleaner.clean(text, recorder);
  return recorder.only().clean;
}

const std::string kSteps =
    "打开控制台，在左边的栏里选择设备，等列表出来。\n"
    "1. 选中要升级的那一台，点右上角的菜单。\n"
    "看到版本号以后，记下来，后面核对时要用。\n"
    "把固件文件拖进窗口里，进度条走完之前不要关机。\n";
const std::string kFacts =
    "## 适用范围\n| 型号 | 内存 |\n|---|---|\n| 甲 | 4 |\n## 准备工作\n- 网线一根\n- 记号笔\n";
const std::string kOther =
    "## 常见问题\n升级以后灯不亮，多半是电源没有接稳，拔下来再插一次。\n- 仍不亮就送修\n";

/// A text that was taken over: long, of sections with short paragraphs.
std::string article() {
  static const std::vector<std::string> kNames = {"仓库", "晒场", "水渠", "学堂", "桥头",
                                                  "果园", "磨坊", "渡口", "茶亭", "街市"};
  std::string text;
  for (const std::string& name : kNames) {
    text += "## " + name + "怎样安排\n" + name +
            "的钥匙由两个人管，早上七点开，晚上九点关，中午不歇，过节也照常，只有下雪那几天不开，要"
            "用的人先在本子上写一笔。\n" +
            name +
            "的账一月一清，清完了贴在门口，有疑问的当面问清楚再走，过后不再改，也不再补。\n- " +
            name + "里不堆柴\n- " + name + "外不停车\n";
  }
  return text;
}

}  // namespace

TEST_CASE("steps that begin within a section stay there") {
  const std::string first =
      "# 甲型设备升级\n" + kFacts + "## 升级\n甲型要先退出登录。\n" + kSteps + kOther;
  const std::string second = "# 乙型设备升级\n" + kFacts +
                             "## 升级\n乙型没有登录这一步，直接开始。\n" + kSteps +
                             "## 验证\n乙型升级以后会自己重新启动两次，第二次才算完。\n";
  CHECK(second_of(first, second) == second);
}

/// Questions with their answers: one group, as long as a text.
const std::string kAnswers = [] {
  std::string text;
  for (const char* thing : {"退货", "换货", "发票", "运费", "地址"}) {
    text += std::string("问：怎样办理") + thing + "？\n答：办理" + thing +
            "请在订单页面填写原因，客服会在二十四小时之内看到，三天之内答复，有疑问再打电话。\n";
  }
  return text;
}();

TEST_CASE("a text of groups alone that was appended to itself goes") {
  for (const std::string title : {"常见问题\n\n", "## 常见问题\n\n", "# 手册\n\n## 常见问题\n\n"}) {
    const std::string text = title + kAnswers;
    INFO(title);
    CHECK(cleaned(text + "\n" + text) == text);
    CHECK(cleaned(text + "\n" + text + "\n" + text) == text);
  }
}

TEST_CASE("what two parts say alike stays in both") {
  const std::vector<std::string> texts = {
      "## 甲型\n\n### 常见问题\n\n" + kAnswers + "\n## 乙型\n\n### 常见问题\n\n" + kAnswers,
      "甲型\n\n常见问题\n\n" + kAnswers + "\n乙型\n\n常见问题\n\n" + kAnswers,
      "## 甲型\n\n" + kAnswers + "\n## 乙型\n\n" + kAnswers,
  };
  for (const std::string& text : texts) {
    INFO(text);
    CHECK(cleaned(text) == text);
  }
}

TEST_CASE("a section that is settled is not looked at again, however long the next one waits") {
  const std::string line =
      "渡口的老船工每天天不亮就起来，先把船舱里的水舀干净，再把缆绳一圈一圈地盘好，等第一批人。\n"
      "\n";
  const std::string other =
      "书库的钥匙由两个人管，早上七点开，晚上九点关，中午不歇，过节也照常，只有下雪那几天不开。\n"
      "\n";
  std::string text = "# 小路\n\n" + line + "旁边的老井已经填平了。\n\n# 书库\n\n" + other +
                     "读者反映不错。\n\n# 小路\n\n" + line + "# 书库\n\n" + other;
  for (int i = 0; i < 8300; ++i) text += other;
  text += "完。\n";
  CHECK(cleaned(text).ends_with("完。\n"));
}

TEST_CASE("a section amid others is not emptied") {
  const std::string value = "如果成功就返回零，计数大于剩余的元素时返回一，否则返回错误码。\n";
  const std::string remark =
      "计数大于剩余的元素时，位置移到末尾，什么也不取出来，调用者要自己判断。\n";
  const auto page = [&](const std::string& name) {
    return "# " + name + "::跳过\n- 头文件 " + name + ".h\n- 库 " + name + ".lib\n## 返回值\n" +
           value + "## 备注\n" + remark + "## 另请参阅\n- [" + name + "](" + name +
           ".md)\n- [索引](i.md)\n";
  };
  CHECK(second_of(page("甲表"), page("乙表")) == page("乙表"));
}

TEST_CASE("a long text of sections that was taken over goes, with what is short in it") {
  const std::string before = "# 村规\n- 本页由乙村整理\n- 二〇三一年\n## 说明\n下面照抄甲村的。\n";
  const std::string behind = "## 附记\n乙村没有渡口，那一节不用。\n";
  CHECK(second_of("# 甲村\n" + article(), before + article() + behind) == before + behind);
}

TEST_CASE("what a site says at the foot of each page goes") {
  const std::string foot =
      "## "
      "关于我们\n我们每周三更新，节假日顺延一天，遇到停电再往后延一天，请大家不要着急。\n投稿请写清"
      "楚姓名和电话，稿件收到以后三天内回复，没有回复的可以再寄一次。"
      "\n"
      "转载请先来信，说明用在哪里，注明作者和出处即可。\n";
  const auto page = [&](const std::string& name) {
    return "# " + name + "的做法\n- " + name + "半斤\n- 盐少许\n## 步骤\n把" + name +
           "洗干净，切成小块，放进锅里煮二十分钟。\n";
  };
  CHECK(second_of(page("南瓜") + foot, page("冬瓜") + foot) == page("冬瓜"));
}

TEST_CASE("short paragraphs amid running prose stay, a long passage goes") {
  const std::string verse =
      "雪落长街灯影浅，一壶温酒待归人，门外马蹄声又远。\n桥头杨柳三千树，不及当年折柳时，水自东流云"
      "自西。\n"
      "客路青山行不尽，何人更唱别离歌，满城风雨近黄昏。\n";
  const auto story = [&](const std::string& name) {
    return name +
           "在桥边住了三十年，每天看船来船去，认得所有的船工。\n他念过一首诗，是从旧书里抄的：\n" +
           verse + name + "念完以后不说话了，只是望着河水，过了很久才走开。\n";
  };
  CHECK(second_of(story("老秦"), story("阿福")) == story("阿福"));

  std::string passage;
  for (const char* name : {"老王", "老李", "老赵", "老钱", "老孙", "老周", "老吴", "老郑"}) {
    passage +=
        std::string(name) + "说，桥要修，路也要修，先修哪一样大家商量着办，不要争，争也没有用。\n";
  }
  const std::string own = "这一段是从邻村抄来的，他们开会的时候就是这么说的。\n";
  CHECK(second_of("邻村开会记\n" + passage, own + passage + "我们村还没有开会。\n") ==
        own + "我们村还没有开会。\n");
}

TEST_CASE("the history of a law stays with it, and so does a record below its title") {
  const std::string history =
      "1.中華民國九十一年四月八日山城市政府山教體字第 0910012345 號令訂定\n發布全文 3 "
      "條；並自發布日施行\n"
      "2.中華民國一百零三年七月一日山城市政府山教體字第 1030054321 號令修\n正發布第 3 條條文\n";
  const auto law = [&](const std::string& place) {
    return place + "游泳池管理規則\n" + history + "第 1 條\u3000" + place +
           "游泳池之管理，依本規則。\n第 2 條\u3000" + place +
           "游泳池每日六時開放。\n第 3 條\u3000本規則自發布日施行。\n";
  };
  CHECK(second_of(law("東區"), law("西區")) == law("西區"));
  const std::string note =
      "1\u3000編      註：本編制表依據山城市各區游泳池組織準則第 4  "
      "條訂定，內\n容請參閱相關圖表附檔。\n";
  CHECK(second_of("東區游泳池編制表\n" + history + note, "西區游泳池編制表\n" + history + note) ==
        "西區游泳池編制表\n" + history + note);
}

TEST_CASE("of a paragraph only a long stretch of sentences goes") {
  const std::string entry =
      "达鲁花赤一员，千户一员，弹压二员，百户十员，知事一员。屯田左右千户所二，秩正五品，掌屯田之事"
      "。"
      "教官二员，蒙古字教授一员，儒学教授一员，掌训导。";
  const std::string page = "弩军千户所，秩正五品。" + entry +
                           "前卫在城东。\n后卫，秩正三品，掌宿卫。" + entry +
                           "后卫在城西，与前卫隔水相望。\n";
  const auto clean = [](const std::string& text) {
    Cleaner cleaner;
    Recorder recorder;
    cleaner.clean(text, recorder);
    return recorder.only().clean;
  };
  CHECK(clean(page) == page);
  const std::string own = "甲说完就坐下了。";
  std::string speech;
  for (const char* name : {"桥", "路", "渠", "井", "仓", "磨", "堤", "亭"}) {
    speech += "修" + std::string(name) +
              "的钱已经凑齐了，明天先把石料运来，后天请人动工，月底以前要完成。";
  }
  CHECK(clean(own + speech + "散会。\n乙又念了一遍。" + speech + "大家都笑了。\n") ==
        own + speech + "散会。\n乙又念了一遍。大家都笑了。\n");
}

TEST_CASE("of a text that was appended to itself no heading stays bare, at any level") {
  const std::string added =
      "### 新增\n\n- 新增按照仓库和日期分别导出库存报表的功能，导出时可以选格式\n"
      "- 新增移动端扫码入库的入口，断网时先存在本机，联网后再补传\n\n";
  const std::string mended = "### 修复\n\n- 修复了分页超过一百页以后最后一条记录重复出现的问题\n\n";
  const std::string older =
      "## 3.1.2（2023-08-20）\n\n### 修复\n\n- "
      "修复了夏令时切换当天报表里面时间整体偏移一小时的问题\n"
      "- 修复了用户名里面带有全角空格时无法登录到后台系统的问题\n\n";
  const std::string oldest =
      "## 3.1.0（2023-07-01）\n\n### 新增\n\n- "
      "新增了按照供应商名称的拼音首字母检索全部订单的功能\n\n";
  const std::string title = "# 更新日志\n\n";
  const std::string newest = "## 3.2.0（2023-09-12）\n\n" + added + mended;
  const std::string log = title + newest + older + oldest;
  const std::string other = "## 3.3.0（2023-10-08）\n\n";
  struct Case {
    std::string_view name;
    std::string text;
    std::string clean;
  };
  const std::vector<Case> cases = {
      {"a section with all below it", log + log, log + title + older + oldest},
      {"one in the midst", log + title + newest + oldest, log + title + oldest},
      {"at the end", log + newest, log},
      {"another section has its last part", log + other + added + oldest, ""},
      {"below what stays of its section", log + other + "本版只有一处改动。\n\n" + added, ""},
  };
  for (const Case& each : cases) {
    INFO(each.name);
    const std::string want = each.clean.empty() ? each.text : each.clean;
    const std::string text = cleaned(each.text);
    CHECK(text.substr(0, text.find_last_not_of('\n') + 1) ==
          want.substr(0, want.find_last_not_of('\n') + 1));
    CHECK(cleaned(text) == text);
  }
}

TEST_CASE("what stands between a heading and the one below it") {
  const std::string note =
      "本节的各项参数均在常温常压下测得，实际使用时请按照现场的温度和湿度另行修正，不得直接套用。"
      "\n";
  const std::string own = "甲型的功率是三千瓦，乙型没有测过，等样机到了再补。\n";
  const std::string first = "## 甲型\n" + note + "### 功率\n" + own;
  const std::string second = "## 乙型\n" + note + "### 功率\n样机还没有到，先空着这一栏。\n";
  CHECK(cleaned(first + second) == first + second);  // the note is the section's own
  const std::string third = "## 丙型\n丙型停产了。\n" + note;
  CHECK(cleaned(first + third) == first + "## 丙型\n丙型停产了。\n");
}

}  // namespace dedup::test
