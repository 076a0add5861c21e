// SPDX-License-Identifier: Apache-2.0
// What counts as boilerplate. The lines that must go and those that must stay are in
// testdata/boilerplate; here are the rules behind them.

#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "boilerplate/rules.h"
#include "catch.h"
#include "dedup/error.h"
#include "text/fold.h"
#include "text/signs.h"

namespace {

using dedup::boilerplate::BoilerplateRules;
using dedup::boilerplate::Hit;

std::optional<Hit> hit(const BoilerplateRules& rules, std::string_view line) {
  std::u16string key;
  const std::uint32_t weight = dedup::text::fold(line, key).weight;
  return rules.judge(line, dedup::text::letters_of(key), weight);
}

std::optional<std::string> judge(const BoilerplateRules& rules, std::string_view line) {
  const std::optional<Hit> found = hit(rules, line);
  return found ? std::optional<std::string>(found->rule) : std::nullopt;
}

std::optional<std::string> judge(std::string_view line) {
  static const BoilerplateRules kBuiltIn;
  return judge(kBuiltIn, line);
}

std::vector<std::string> examples(const std::string& name) {
  std::ifstream file(std::string(DEDUP_TESTDATA) + "/boilerplate/" + name);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && !line.starts_with("%%")) lines.push_back(line);
  }
  REQUIRE(lines.size() > 100);
  return lines;
}

std::string message_of(std::string_view rules) {
  try {
    BoilerplateRules parsed(rules);
  } catch (const dedup::FormatError& fault) {
    return fault.what();
  }
  return "no error";
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("the word that ends a page goes among ornaments, not in code") {
  for (const char* line : {"- END -", "—— END ——", "* The End *", "~ 全文完 ~", "· END ·"}) {
    INFO(line);
    CHECK(judge(line));
  }
  for (const char* line : {"- `End`", "`End`", "\"END\"", "<end>", "{ end }", "end;", "End"}) {
    INFO(line);
    CHECK_FALSE(judge(line));
  }
}

TEST_CASE("notices of every class and region go") {
  for (const std::string& example : examples("hit.txt")) {
    const std::size_t tab = example.find('\t');
    REQUIRE(tab != std::string::npos);
    const std::string line = example.substr(tab + 1);
    INFO(line);
    const std::optional<std::string> reason = judge(line);
    REQUIRE(reason);
    CHECK(reason->substr(0, reason->find(':')) == example.substr(0, tab));
  }
}

TEST_CASE("law, contracts, judgements, news, code, fiction and texts about notices stay") {
  for (const std::string& line : examples("miss.txt")) {
    INFO(line);
    CHECK(judge(line).value_or("kept") == "kept");
  }
}

TEST_CASE("the reason names the class and the cue") {
  CHECK(judge("侵权请联系删除") == "infringement: 侵权请联系");
  CHECK(judge("責任編輯：陳靜") == "byline: 责任编辑");
  CHECK(judge("返回顶部") == "page: 返回顶部");
}

TEST_CASE("the score is the share that the cues explain") {
  const BoilerplateRules rules;
  CHECK(hit(rules, "侵权请联系")->score == 1.0);
  CHECK(hit(rules, "侵权请联系" + repeated("山", 5))->score == 0.5);
  CHECK(hit(rules, "更多 相关阅读")->score == 4.0 / 6);
  CHECK(hit(rules, "責任編輯：陳靜")->score == 1.0);
}

TEST_CASE("script, width, case, spaces and punctuation make no difference") {
  for (const char* line : {"京ICP备12345678号", "京ICP備12345678號", "京ＩＣＰ备１２３４５６７８号",
                           "京 icp 备 12345678 号", "【京ICP备-12345678号】"}) {
    INFO(line);
    CHECK(judge(line) == "licence: icp备 <digits>");
  }
}

TEST_CASE("a notice is judged by the share that its cues explain") {
  const std::string cue = "侵权请联系";
  SECTION("a short block needs 30 %") {
    CHECK(judge(cue + repeated("山", 11)));
    CHECK_FALSE(judge(cue + repeated("山", 12)));
  }
  SECTION("a long one needs two cues and 25 %, or 50 %") {
    const std::string two = "请尊重知识产权" + cue;  // weight 12
    const std::string three = two + "转载请注明";    // weight 17
    CHECK(judge(three + repeated("山", 50)));
    CHECK_FALSE(judge(three + repeated("山", 52)));
    CHECK_FALSE(judge(cue + repeated("山", 10) + cue + repeated("山", 20) + cue + cue +
                      repeated("山", 20)));
  }
  SECTION("one above weight 250 is never boilerplate") {
    CHECK(judge(repeated(cue, 50)));
    CHECK_FALSE(judge(repeated(cue, 51)));
  }
}

TEST_CASE("a bar of the page must be most of its line") {
  CHECK(judge("相关阅读"));
  CHECK(judge("相关阅读 >>"));
  CHECK(judge("更多 相关阅读"));
  CHECK_FALSE(judge("这一节的相关阅读列在书后"));
}

TEST_CASE("weak cues need company") {
  CHECK_FALSE(judge("联系我们"));
  CHECK_FALSE(judge("联系我们，联系我们"));
  CHECK(judge("关于我们 | 联系我们"));
}

TEST_CASE("what a line quotes is no evidence") {
  CHECK(judge("未经授权，不得转载"));
  for (const char* line : {"“未经授权，不得转载”的由来", "「未經授權，不得轉載」的由來",
                           "『未經授權，不得轉載』的由來", "《未经授权，不得转载》观后",
                           "\"未经授权，不得转载\"的由来"}) {
    INFO(line);
    CHECK_FALSE(judge(line));
  }
  CHECK(judge("本文经《海边周刊》授权，未经同意不得转载"));
}

TEST_CASE("keep cues take a block out of reach, but not a byline") {
  CHECK(judge("未经许可，不得转载"));
  CHECK_FALSE(judge("未经甲方许可，不得转载"));
  CHECK(judge("来源：最高人民法院"));
}

TEST_CASE("clauses of laws stay, and Markdown items lose only to strong cues") {
  CHECK(judge("严禁转载，转载必究"));
  CHECK_FALSE(judge("（二）严禁转载，转载必究"));
  CHECK_FALSE(judge("第二条 严禁转载，转载必究"));
  CHECK_FALSE(judge("二、严禁转载，转载必究"));
  CHECK(judge("- 严禁转载，转载必究"));
  CHECK(judge("延伸阅读"));
  CHECK_FALSE(judge("## 延伸阅读"));
  CHECK_FALSE(judge("- 作者：林小川"));
}

TEST_CASE("a byline is labels, marks and names, and nothing else") {
  SECTION("any mark, any brackets") {
    for (const char* line : {"责编：小林", "责编:小林", "责编丨小林", "责编｜小林", "责编／小林",
                             "（责编：小林）", "【责编：小林】", "[责编：小林]"}) {
      INFO(line);
      CHECK(judge(line) == "byline: 责编");
    }
  }
  SECTION("the label must stand alone before the mark") {
    CHECK_FALSE(judge("负责编制：小林"));
    CHECK_FALSE(judge("本书作者：小林"));
    CHECK_FALSE(judge("责编小林"));
    CHECK_FALSE(judge("责编："));
  }
  SECTION("dates and addresses may stand before it, Markdown links and times within") {
    CHECK(judge("2020-03-05 08:12 来源：海边日报"));
    CHECK(judge("http://example.com 2020-03-05 来源：海边日报"));
    CHECK(judge("作者：[Jane][a] 译者：[小林](https://example.com/lin)"));
    CHECK(judge("更新时间：2020年03月05日 08:12"));
  }
  SECTION("a sentence is no name") {
    CHECK_FALSE(judge("作者：我写这本书，是为了记住他们。"));
    CHECK_FALSE(judge("编辑：你怎么看"));
    CHECK_FALSE(judge("来源：本市统计局，作者自行整理"));
    CHECK_FALSE(judge("责编：" + repeated("山", 25)));
    CHECK(judge("责编：" + repeated("山", 24)));
  }
}

TEST_CASE("a byline may end in what the page adds to it") {
  CHECK(judge("責任編輯：林小滿\u3000分享到：微信 微博") == "byline: 责任编辑");
  CHECK(judge("来源：海边日报，作者：林小川") == "byline: 来源");
  CHECK_FALSE(judge("来源：海边日报，它的作者：林小川"));
  CHECK_FALSE(judge("分享到：我家的厨房"));
}

TEST_CASE("a credit has brackets and a blank, or a label that nothing else starts with") {
  CHECK(judge("（記者 陳大文）") == "byline: 记者");
  CHECK(judge("  [记者 陈大文、李小梅]") == "byline: 记者");
  CHECK(judge("（記者陳大文香港報道）") == "byline: 记者 … 报道");
  CHECK(judge("本报记者 林小川") == "byline: 本报记者");
  for (const char* line : {"记者 陈大文", "  记者 陈大文", "（记者问）", "（记者 2名）",
                           "本报记者走访了三家书店", "责任编辑 林小川", "（记者 匆匆离开了）"}) {
    INFO(line);
    CHECK_FALSE(judge(line));
  }
}

TEST_CASE("a label of one character needs a bar and a name") {
  CHECK(judge("圖／晨星社") == "byline: 图");
  CHECK(judge("文/林小川 图/陈静") == "byline: 文");
  CHECK_FALSE(judge("文：林小川"));
  CHECK_FALSE(judge("文/理"));
  CHECK_FALSE(judge("文/理科考生的志愿表必须分开填写不得混填"));
}

TEST_CASE("a pointer to another page has the marks of a headline, and no book and no link") {
  CHECK(judge("延伸閱讀：颱風將至，三縣市停班！") == "related: 延伸阅读 / <headline>");
  CHECK(judge("更多晨星週刊報導：") == "related: 更多 … 报导");
  CHECK_FALSE(judge("延伸閱讀：颱風將至。三縣市停班"));
  CHECK_FALSE(judge("延伸閱讀：《海邊的鐘樓》"));
  CHECK_FALSE(judge("推荐阅读：[命令行入门](https://example.com/)"));
  CHECK_FALSE(judge("更多讀者希望看到這樣的報導。"));
}

TEST_CASE("a bar is two different buttons or more, and nothing else but numbers") {
  CHECK(judge("点赞 12 | 收藏 | 分享到 微信") == "share: 点赞");
  CHECK(judge("【打印本页】【关闭窗口】") == "share: 打印本页");
  for (const char* line : {"收藏", "收藏 收藏", "微信 微博", "点赞 收藏 的次数", "“点赞 收藏”",
                           "- 点赞 收藏", "点赞 收藏 22.3 27.9"}) {
    INFO(line);
    CHECK_FALSE(judge(line));
  }
}

TEST_CASE("rows of a table lose to no bar or byline") {
  CHECK(judge("相关阅读"));
  CHECK_FALSE(judge("相关阅读 35.2 33.3"));
  CHECK(judge("爆料热线 2389 0000"));
}

TEST_CASE("a sign and a year at the start of a short line are a notice") {
  CHECK(judge("© 2001-2006 晨星网") == "copyright: ©");
  CHECK_FALSE(judge("© 晨星网"));
  CHECK_FALSE(judge("2001-2006 晨星网"));
  CHECK_FALSE(judge("© 2015 Example. " + repeated("Personal use is permitted. ", 4)));
}

TEST_CASE("a copyright sign counts where it is no comment of a program") {
  CHECK(judge("Copyright © 2001-2020 Example Inc. All Rights Reserved."));
  CHECK_FALSE(judge("Copyright (c) 2001 Example Inc. All rights reserved."));
  CHECK_FALSE(judge("# Copyright © 2001 Example Inc. All rights reserved."));
}

TEST_CASE("an empty line and one without a key stay") {
  CHECK_FALSE(judge(""));
  CHECK_FALSE(judge("——……！"));
  CHECK_FALSE(judge("一"));
}

TEST_CASE("a line of code stays, however long its runs of letters") {
  CHECK_FALSE(judge(repeated("allrightsreserved copyright ", 200) + "未经授权不得转载"));
}

TEST_CASE("a user's rules are added to the built-in ones") {
  const BoilerplateRules rules(
      "class shop\n"
      "strong 晨星商城 … 包邮 | 夏季全场 … 折起   # two rules\n"
      "line <start> 晨星卫视 <digits> 频道\n"
      "byline 配乐\n"
      "keep 晨星小说\n");
  CHECK(judge(rules, "晨星商城今天包邮") == "shop: 晨星商城 … 包邮");
  CHECK(judge(rules, "夏季全场三折起") == "shop: 夏季全场 … 折起");
  CHECK(judge(rules, "晨星卫视 24 频道") == "shop: <start> 晨星卫视 <digits> 频道");
  CHECK(judge(rules, "配樂：林小川") == "shop: 配乐");
  CHECK_FALSE(judge(rules, "晨星小说里的晨星商城包邮"));
  CHECK_FALSE(judge(rules, "请收看晨星卫视24频道"));
  CHECK(judge(rules, "返回顶部") == "page: 返回顶部");
}

TEST_CASE("a gap spans twenty ideographs, and any one run of letters") {
  const BoilerplateRules rules("class test\nstrong 晨星商城 … 全场包邮\n");
  CHECK(judge(rules, "晨星商城" + repeated("山", 20) + "全场包邮"));
  CHECK_FALSE(judge(rules, "晨星商城" + repeated("山", 21) + "全场包邮"));
  CHECK(judge(rules, "晨星商城" + repeated("a", 60) + "全场包邮"));
}

TEST_CASE("gaps, bars and the like need no blanks about them") {
  const BoilerplateRules rules(
      "class test\n"
      "strong 晨星商城…全场包邮|夏季全场……折起\n"
      "line <start>晨星卫视<digits>频道<end>\n"
      "strong ©晨星书屋\n"
      "byline 通讯员…/…摄影\n");
  CHECK(judge(rules, "晨星商城今天全场包邮") == "test: 晨星商城 … 全场包邮");
  CHECK(judge(rules, "晨星商城全场包邮"));
  CHECK(judge(rules, "夏季全场三折起"));
  CHECK_FALSE(judge(rules, "晨星商城今天没有活动"));
  CHECK(judge(rules, "晨星卫视 24 频道") == "test: <start> 晨星卫视 <digits> 频道 <end>");
  CHECK_FALSE(judge(rules, "晨星卫视频道"));
  CHECK(judge(rules, "版权 © 晨星书屋"));
  CHECK_FALSE(judge(rules, "请到晨星书屋"));
  CHECK(judge(rules, "通讯员：林小川摄影"));
  CHECK(message_of("class a\nstrong 敬请期待……\n") ==
        "boilerplate rules, line 2: a gap needs something behind it");
  CHECK(message_of("class a\nstrong 晨星商城|\n") == "boilerplate rules, line 2: a cue is missing");
}

TEST_CASE("other marks within a word are no words of their own") {
  const BoilerplateRules rules("class test\nstrong 晨星24/7商城 | 晨星<商城>热线 # 一…二\n");
  CHECK(judge(rules, "晨星24/7商城"));
  CHECK(judge(rules, "晨星商城热线"));
}

TEST_CASE("rules of several files are named in what is wrong with them, and each begins anew") {
  using dedup::RuleFile;
  const auto fault_of = [](const std::vector<RuleFile>& files) -> std::string {
    try {
      BoilerplateRules parsed(files, {});
    } catch (const dedup::FormatError& fault) {
      return fault.what();
    }
    return "no error";
  };
  const RuleFile good{"a.rules", "class a\nstrong 晨星商城\n"};
  CHECK(fault_of({good, {"b.rules", "\uFEFFclass b\nstrong 晨星书屋"}}) == "no error");
  CHECK(fault_of({good, {"b.rules", "class b\n\nloud 晨星书屋\n"}}) ==
        "b.rules, line 3: unknown word \"loud\"");
  CHECK(fault_of({good, {"b.rules", "strong 晨星书屋\n"}}) ==
        "b.rules, line 1: a rule needs a class before it");
  CHECK(fault_of({{"a.rules", "class"}, good}) == "a.rules, line 1: a class is one word");
}

TEST_CASE("a rule that makes no sense is refused with its line") {
  CHECK(message_of("# fine\n\nstrong 晨星商城\n") ==
        "boilerplate rules, line 3: a rule needs a class before it");
  CHECK(message_of("class a\nstrong\n") == "boilerplate rules, line 2: a cue is missing");
  CHECK(message_of("class a\nloud 晨星商城\n") ==
        "boilerplate rules, line 2: unknown word \"loud\"");
  CHECK(message_of("class a\nstrong 晨星\n") ==
        "boilerplate rules, line 2: a cue needs 3 characters without a gap");
  CHECK(message_of("class a\nstrong 晨星商城 …\n") ==
        "boilerplate rules, line 2: a gap needs something behind it");
  CHECK(message_of("class a\nstrong … 晨星商城\n") ==
        "boilerplate rules, line 2: a gap cannot come first");
  CHECK(message_of("class a\nstrong 晨星商城 <start>\n") ==
        "boilerplate rules, line 2: <start> must come first");
  CHECK(message_of("class a\nstrong ！！\n") ==
        "boilerplate rules, line 2: \"！！\" has no letter or ideograph");
  CHECK(message_of("class a\nbyline 记者 …\n") ==
        "boilerplate rules, line 2: what follows a label is / … or / … 报道 or one of "
        "/ <headline> <address> <person> <medium> <moment> <number>");
  CHECK(message_of("class a\ncredit 记者 / …\n") ==
        "boilerplate rules, line 2: a credit is written 记者 or 记者 … 报道");
  CHECK(message_of("class a b\n") == "boilerplate rules, line 1: a class is one word");
}

TEST_CASE("a rule that can never fire is refused with its line") {
  const std::string heavy = repeated("晨星", 21);
  CHECK(message_of("class a\nline " + heavy + "\n") ==
        "boilerplate rules, line 2: \"a: " + heavy +
            "\" can never fire: it is heavier than any line that it may take, 40");
  CHECK(message_of("class a\nstrong " + heavy + "\n") == "no error");
  CHECK(message_of("class a\nstrong " + repeated(heavy, 6) + "\n") != "no error");
  CHECK(message_of("class a\n\nstrong 晨星商城 | 本协议自动续费\n") ==
        "boilerplate rules, line 3: \"a: 本协议自动续费\" can never fire: it holds words that keep "
        "every text with them (see keep in the built-in rules)");
  CHECK(message_of("class a\nbyline " + heavy + "\n") != "no error");
  CHECK(message_of("class a\nbyline 本协议\n") == "no error");  // keep cues say nothing to bylines
}

TEST_CASE("rules that are not UTF-8 are refused with their line") {
  CHECK(message_of("class a\nstrong 晨星商城\nstrong \xB3\xBF\xD0\xC7\n") ==
        "boilerplate rules, line 3: not UTF-8");
  CHECK(message_of("# \xE6\x98\n") == "boilerplate rules, line 1: not UTF-8");  // cut off
  CHECK(message_of("class a\nkeep \xED\xA0\x80\n") == "boilerplate rules, line 2: not UTF-8");
  CHECK(message_of("\uFEFFclass a\r\nstrong 晨星商城\r\n") == "no error");
}

TEST_CASE("seventy thousand rules of a user's all count") {
  std::string text = "class shop\n";
  const auto name = [](int i) {
    std::string digits = std::to_string(i);
    return "晨星" + digits + "商城" + digits;
  };
  for (int i = 0; i < 70'000; ++i) text += "strong " + name(i) + "\n";
  text += "strong 最后一家商城\n";
  const BoilerplateRules rules(text);
  for (const int i : {0, 1, 32'767, 32'768, 65'535, 65'536, 69'999}) {
    INFO(i);
    CHECK(judge(rules, name(i)) == "shop: " + name(i));
  }
  CHECK(judge(rules, "最后一家商城") == "shop: 最后一家商城");
  CHECK_FALSE(judge(rules, name(70'000)));
  CHECK(judge(rules, "返回顶部") == "page: 返回顶部");
}

TEST_CASE("a strong cue counts behind however many others") {
  const std::string letters = repeated("copyright", 100);  // a run: one weak cue, a hundred times
  CHECK_FALSE(judge(letters));
  CHECK(judge(letters + "版权所有不得转载") == "copyright: copyright … 版权所有");
}
