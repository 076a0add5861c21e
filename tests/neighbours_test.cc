// SPDX-License-Identifier: Apache-2.0
// What neighbours say to the rules: both sides of each border, and a second pass finds nothing.
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "dedup/dedup.h"
#include "support.h"

namespace dedup::test {
namespace {

/// What layer 1 leaves of a text.
std::string left_of(std::string_view text, const std::string& rules = {}) {
  Options options;
  options.boilerplate_rules = rules;
  options.repair = false;
  Recorder recorder;
  Cleaner(options).clean(text, recorder);
  return recorder.only().clean;
}

struct Case {
  std::string_view name;
  std::string text;
  std::string left;
};

void check(const std::vector<Case>& cases) {
  for (const Case& each : cases) {
    INFO(each.name);
    const std::string left = left_of(each.text);
    CHECK(left == each.left);
    CHECK(left_of(left) == left);
  }
}

void check_stays(const std::vector<std::string_view>& texts) {
  for (const std::string_view text : texts) {
    INFO(text);
    CHECK(left_of(text) == text);
  }
}

const std::string kProse = "渡口的老船工每天天不亮就起来，先把船舱里的水舀干净。\n";

}  // namespace

TEST_CASE("a byline that is a field of a record stays") {
  check_stays({
      "书名：河边的磨坊\n作者：林小川\n出版社：晨星出版社\n",
      "出版社：晨星出版社\n\n责任编辑：林小川\n\n定价：30元\n",
      "手机：甲型\n发布时间：2031-04-05\n内存：8G\n",
      "漏洞描述：\n发布日期：2031-04-05\n危害等级：高\n",
      "1. 渠道：按门店筛选\n2. 来源：海边日报\n",
      "第一名\n作者：林小川\n第二名\n作者：陈静\n",
      "1. "
      "《山间》\n作者：林小川\n评委写了很长的一段话，说这部作品的结构像一座桥，从头到尾没有一处松动"
      "的地方。\n"
      "2. 《水边》\n作者：陈静\n",
  });
}

TEST_CASE("dialogue stays, also where a speaker says no more than a name") {
  check_stays({
      "作者：稿子写完了\n编辑：收到\n主编：辛苦各位\n",
      "编辑：稿子呢？\n作者：马上。\n编辑：林小川\n",
      "作者：老猫\n编辑：老狗\n",
      "作者：陈静\n编辑：林小川\n作者：王小梅\n",
  });
}

TEST_CASE("bylines and nothing else go, also below a record") {
  check({
      {"alone", kProse + "责任编辑：林小川\n", kProse},
      {"a group", "晨星街修好了\n来源：海边日报\n作者：林小川\n编辑：陈静\n" + kProse,
       "晨星街修好了\n" + kProse},
      {"with what pages add", "来源：海边网\n分享到：\n" + kProse, kProse},
      {"above a paragraph with a label", "编辑：林小川\n海边网消息：" + kProse,
       "海边网消息：" + kProse},
      {"behind a date", "孩子：我的奶酪，谁做主\n2020-03-05 来源：海边日报\n" + kProse,
       "孩子：我的奶酪，谁做主\n" + kProse},
      {"in brackets", "书名：山间\n作者：林小川\n（责任编辑：陈静）\n",
       "书名：山间\n作者：林小川\n"},
      {"with links and commas", kProse + "作者：[Ann][a], [Ben][b]\n校对：[Cy](https://a.org/c)\n",
       kProse},
      {"a pen name", kProse + "作者：清风\n", kProse},
  });
}

TEST_CASE("a label that has other uses needs a value of its kind") {
  for (const char* line : {"来源：海边日报 2020-03-05", "来源：example.com", "来源：市统计局",
                           "图片来源：网络", "编辑：本报记者 林小川", "作者：晨星编辑部",
                           "作者：安娜·林德", "发布时间：2020-03-05 08:12", "发布时间：昨天",
                           "阅读量：10万+", "转载自：《山间》", "来源：海边网2020年3月5日"}) {
    INFO(line);
    CHECK(left_of(kProse + line + '\n') == kProse);
  }
  for (const char* line :
       {"来源：按地区筛选", "编辑：撤销、剪切与粘贴", "编辑：修改选中的文字", "作者：还没有交稿",
        "发布时间：每周三", "发布时间：待定", "阅读量：持续走低", "排版：左对齐", "摄影：可选",
        "来源：全部", "编辑：下周三"}) {
    INFO(line);
    CHECK(left_of(kProse + line + '\n') == kProse + line + '\n');
  }
}

TEST_CASE("code, tables and images are not judged") {
  check_stays({
      "```\n// 返回顶部\n责任编辑：林小川\n```\n",
      "| 项 | 值 |\n|---|---|\n| 图片来源：网络 | 一 |\n| 扫码关注 | 二 |\n",
      "项\t值\n关注公众号\t十分\n转载请注明\t必填\n",
      "![图源：实验室](https://example.com/b.png)\n",
  });
  check({{"outside", kProse + "返回顶部\n图源：实验室\n", kProse}});
}

TEST_CASE("a head goes with the links that it announces, or neither goes") {
  check({
      {"links", kProse + "推荐阅读\n[甲地](https://example.com/a)\n[乙地](https://example.com/b)\n",
       kProse},
      {"items", kProse + "**往期回顾**\n\n- [甲地](https://example.com/a)\n\n" + kProse,
       kProse + "\n" + kProse},
      {"a notice", kProse + "特别声明\n本文仅代表作者观点，不代表本站立场。\n", kProse},
      {"at the end", kProse + "往期推荐\n", kProse},
      {"alone among notices", "扫码关注我们\n免责声明：\n下午的雨一直没有停。\n",
       "下午的雨一直没有停。\n"},
  });
  check_stays({
      kProse + "参考资料\n[某手册](https://example.com/a)\n",
      kProse + "推荐阅读\n1. 《山间》，林小川著\n2. 《水边》，陈静著\n",
      kProse + "延伸阅读\n想知道渡口后来怎样的人，可以去县里的档案馆，那里有一本旧账。\n",
      "免责声明\n使用者应当自行承担因此产生的后果，本软件的作者不作任何保证。\n",
      "免责声明\n",
  });
}

TEST_CASE("a list of steps keeps what is also said by notices") {
  check_stays({
      "1. 长按电源键开机。\n2. 打开微信扫一扫，扫描机身上的二维码关注设备账号。\n3. 输入密码。\n",
      "- 打开设置。\n- 点击关注\n- 返回首页\n",
  });
  check({
      {"by itself", kProse + "打开微信扫一扫，关注我们\n", kProse},
      {"a list of nothing else", kProse + "1. 扫码关注我们\n2. 点个在看\n", kProse},
  });
}

TEST_CASE("contacts that a notice announces stay") {
  check_stays({
      "线索举报方式如下：\n举报电话：0571-88880000\n举报邮箱：jb@a.example."
      "cn\n来信地址：河边街1号\n",
      "投稿方式：电子邮件\n投稿邮箱：tg@a.example.cn\n通讯地址：河边街1号\n",
      "物业电话：88880001\n举报电话：12345\n监督电话：88880002\n",
  });
  check({{"alone", kProse + "举报电话：0571-88880000\n", kProse},
         {"with an editor", kProse + "责任编辑：林小川\n举报电话：0571-88880000\n", kProse}});
}

TEST_CASE("a notice as the value of an entry stays, and one with a label of its own goes") {
  check_stays({
      "词条：转载\n释义：把作品再次刊登。\n例句：未经授权，禁止转载。\n",
      "例句：请扫描二维码关注我们的公众号。\n出处：练习册\n",
      "释义：把作品再次刊登。\n例句：未经授权，禁止转载。\n例句二：未经许可，不得转载。\n",
  });
  check({{"a statement", "名称：晨星网\n声明：本文仅代表作者观点，与本站无关\n", "名称：晨星网\n"},
         {"in the other script", "名稱：晨星網\n聲明：本文僅代表作者觀點，與本站無關\n",
          "名稱：晨星網\n"},
         {"beside tags", kProse + "标签：手机 科技\n版面：本文版权归本站所有，未经授权不得转载。\n",
          kProse + "标签：手机 科技\n"},
         {"alone", kProse + "来路：未经授权，禁止转载。\n" + kProse, kProse + kProse}});
}

TEST_CASE("the options of a question are no notices") {
  check_stays(
      {"1. 下列哪一项是声明？\nA. 本文仅代表作者个人观点，与本站立场无关\n"
       "B. 版权所有，侵权必究\nC. 更多内容请关注微信公众号\n"});
  check({{"counted notices", kProse + "1. 本文仅代表作者个人观点，与本站立场无关\n", kProse}});
}

TEST_CASE("words of a page's frame above a paragraph head a section") {
  const std::string paragraph = "根据浏览记录，在首页下方展示二十个商品，每次下拉加载十个。\n";
  const std::string liked = "猜你喜欢\n" + paragraph;
  const std::string login = "注册登录\n" + paragraph;
  check_stays({liked, login});
  check(
      {{"above titles", kProse + "猜你喜欢\n河边的磨坊修好了吗\n", kProse + "河边的磨坊修好了吗\n"},
       {"at the end", kProse + "猜你喜欢\n", kProse}});
}

TEST_CASE("a speaker between two lines of another is no byline") {
  check_stays({
      "主持人：今天的嘉宾有哪几位？\n作者：林小川\n主持人：您好，请先介绍一下新书。\n",
      "王姐：今天谁值班？\n编辑：林小川\n王姐：来源查了吗？\n",
  });
  check({{"between two others", "王姐：今天谁值班？\n编辑：林小川\n李姐：来源查了吗？\n",
          "王姐：今天谁值班？\n李姐：来源查了吗？\n"}});
}

TEST_CASE("a title that ends in a word of bidding is no part of the notice below it") {
  check({
      {"a title", "语音识别\n\n免责声明：本文不代表本站立场\n" + kProse, "语音识别\n\n" + kProse},
      {"prose", "他打开网页，点击搜索\n未经授权，禁止转载\n", "他打开网页，点击搜索\n"},
      {"a bare word", kProse + "点击\n阅读原文\n", kProse},
      {"a title above one that is broken",
       "语音识别\n点击【\n**阅读原文**\n】立即报名！\n" + kProse, "语音识别\n" + kProse},
  });
}

TEST_CASE("a notice broken over lines is read as one, a step of a manual too") {
  check({
      {"a button", kProse + "点击【\n**阅读原文**\n】立即报名！\n", kProse},
      {"quoted", kProse + "想了解更多，请点击\n“阅读原文”\n", kProse},
  });
  check_stays({
      "表格填写完毕以后，\n点击\n【保存】\n按钮，回到列表，新的一行会排在最上面。\n",
      "请先点击\n【关注】\n按钮，店铺会出现在列表里，以后不用再找。\n",
      "他翻到最后，点击【\n然后什么也没有发生。\n",
  });
}

TEST_CASE("interface words go only among lines that go") {
  check({{"amid", kProse + "继续滑动看下一个\n知道了\n微信扫一扫\n", kProse}});
  check_stays({kProse + "知道了\n" + kProse, "知道了\n取消 允许\n"});
}

TEST_CASE("a user's keep rule protects from what neighbours say") {
  const std::string links = "推荐阅读\n[甲地](https://example.com/a)\n";
  CHECK(left_of(kProse + links) == kProse);
  CHECK(left_of(kProse + links, "keep 甲地\n") == kProse + links);
  CHECK(left_of(kProse + links, "keep 推荐阅读\n") == kProse + links);
  const std::string broken = "点击【\n阅读原文\n】立即报名！\n";
  CHECK(left_of(broken) == "");
  CHECK(left_of(broken, "keep 立即报名\n") == "点击【\n】立即报名！\n");
  const std::string amid = "继续滑动看下一个\n知道了\n微信扫一扫\n";
  CHECK(left_of(amid, "keep 知道了\n") == "知道了\n");
  CHECK(left_of("来源：海边日报\n作者：林小川\n", "keep 林小川\n") == "作者：林小川\n");
}

}  // namespace dedup::test
