// SPDX-License-Identifier: Apache-2.0
// Classes that are switched off, and lines that a user's keep rule protects: both against every
// kind of rule, and from both sides.
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "catch.h"
#include "dedup/dedup.h"
#include "support.h"

namespace dedup::test {
namespace {

const std::string kPage =
    "首页\n新闻\n财经\n体育\n娱乐\n论坛\n登录\n注册\n更多>>\n"
    "三月的清江乍暖还寒，北岸的社区却早早热闹起来。昨天上午，这里的图书馆挂上了招牌，居民排队领取了"
    "借阅证。\n"
    "记者了解到，另外两个社区的图书馆也将在年内开放，总藏书量约为六万册，其中三成是少儿读物。\n"
    "“以前借书要坐七站公交车，现在下楼走五分钟就到了。”退休教师吴老师说。\n"
    "大桥周末夜间封闭施工\n公园樱花进入盛花期（图）\n热点排行\n1\n这家面馆开了四十年\n2\n"
    "主队逆转取胜\n关于我们\n联系我们\n广告服务\n网站地图\n";

std::string taught_model() {
  BoilerplateLearner learner;
  for (int i = 0; i < 6; ++i) {
    const std::string number = std::to_string(i * 7);
    learner.learn("海濱在線首頁\n本地要聞\n" + number + "號山坡上的人們說起從前的第" + number +
                  "件事\n讀者熱線全天開通\n海濱日報社主辦\n");
  }
  return learner.model();
}

/// The rule that took each line of the text, "" where none did.
std::vector<std::string> verdicts(const std::string& text, const Options& options) {
  Recorder recorder;
  Cleaner(options).clean(text, recorder);
  std::vector<std::string> rules;
  std::size_t start = 0;
  for (std::size_t end; (end = text.find('\n', start)) != std::string::npos; start = end + 1) {
    std::string rule;
    for (const RecordedEdit& edit : recorder.only().edits) {
      const bool here = edit.start <= start && start < edit.end;
      if (here && edit.reason == Reason::boilerplate) rule = edit.rule;
    }
    rules.push_back(rule);
  }
  return rules;
}

std::string verdict(const std::string& line, const Options& options) {
  return verdicts(line + "\n", options).front();
}

std::string class_of(std::string_view rule) { return std::string(rule.substr(0, rule.find(':'))); }

Options without(const std::vector<std::string>& classes) {
  Options options;
  options.boilerplate_without = classes;
  return options;
}

struct Example {
  std::string line;
  std::string name;  // of the class that takes it
};

const std::vector<Example> kExamples{
    {"本网转载此文不代表本网观点。", "disclaimer"},  // strong
    {"责任编辑：林小川", "byline"},                  // byline
    {"（记者 林小川）", "byline"},                   // credit
    {"原标题：海边的小城", "reprint"},               // byline of another class
    {"返回顶部", "page"},                            // line
    {"关于我们 联系我们 广告服务", "page"},          // weak
    {"点赞 12 | 收藏 | 微信", "share"},              // bar
    {"© 2001-2006 Example", "copyright"},            // sign
};

}  // namespace

TEST_CASE("a class that is switched off takes nothing, every other goes on") {
  for (const Example& example : kExamples) {
    INFO(example.line);
    CHECK(class_of(verdict(example.line, {})) == example.name);
    CHECK(verdict(example.line, without({example.name})).empty());
    for (const Example& other : kExamples) {
      if (other.name == example.name) continue;
      INFO("without " << other.name);
      CHECK(class_of(verdict(example.line, without({other.name}))) == example.name);
    }
  }
}

TEST_CASE("a line that two classes take goes by the one that is left") {
  const std::string line = "本网转载此文不代表本网观点，如有侵权请联系删除。";
  CHECK(class_of(verdict(line, {})) == "disclaimer");
  CHECK(class_of(verdict(line, without({"disclaimer"}))) == "infringement");
  CHECK(verdict(line, without({"disclaimer", "infringement"})).empty());
}

TEST_CASE("a label of a class that is off still ends the value before it") {
  const std::string line = "原标题：海边的小城 作者：林小川";
  CHECK(class_of(verdict(line, {})) == "reprint");
  CHECK(class_of(verdict(line, without({"byline"}))) == "reprint");
}

TEST_CASE("a class of a user's own can be switched off, and switching off twice is the same") {
  Options options = without({"shop"});
  options.boilerplate_rules = "class shop\nstrong 晨星商城\nbyline 配乐\n";
  CHECK(verdict("晨星商城欢迎您", options).empty());
  CHECK(verdict("配乐：林小川", options).empty());
  options.boilerplate_without = {};
  CHECK(verdict("晨星商城欢迎您", options) == "shop: 晨星商城");
  CHECK(verdict("配乐：林小川", options) == "shop: 配乐");
  CHECK(verdict("责任编辑：林小川", without({"byline", "byline"})).empty());
}

TEST_CASE("a class may have a colon in its name") {
  const std::string rules = "class shop:new\nstrong 晨星商城\nclass shop\nstrong 晨星书屋\n";
  for (const auto& [off, new_stays, shop_stays] :
       {std::tuple("shop:new", true, false), std::tuple("shop", false, true)}) {
    INFO(off);
    Options options = without({off});
    options.boilerplate_rules = rules;
    CHECK(verdict("晨星商城欢迎您", options).empty() == new_stays);
    CHECK(verdict("晨星书屋欢迎您", options).empty() == shop_stays);
  }
}

TEST_CASE("the learned model and page mode are classes, too") {
  Options learned;
  learned.boilerplate_model = taught_model();
  const std::string pages = "海濱在線首頁\n本地要聞\n今天又說起另一件從前的事\n";
  CHECK(class_of(verdicts(pages, learned)[0]) == "learned");
  learned.boilerplate_without = {"learned"};
  CHECK(verdicts(pages, learned) == std::vector<std::string>{"", "", ""});

  Options page;
  page.boilerplate = Boilerplate::page;
  CHECK(class_of(verdicts(kPage, page)[1]) == "page");
  page.boilerplate_without = {"page"};
  CHECK(verdicts(kPage, page)[1].empty());
}

TEST_CASE("an unknown class is refused with the list of those there are") {
  CHECK_THROWS_WITH(Cleaner(without({"bylines"})),
                    Catch::Contains("\"bylines\"") && Catch::Contains("byline, ") &&
                        Catch::Contains("disclaimer, ") && Catch::EndsWith("learned"));
  CHECK_THROWS_AS(Cleaner(without({""})), InvalidOption);
  CHECK_NOTHROW(Cleaner(without({"learned", "page"})));
}

TEST_CASE("a user's keep rule protects a line from rules of every kind") {
  Options options;
  for (const Example& example : kExamples) {
    INFO(example.line);
    options.boilerplate_rules =
        "keep 本网转载 | 林小川 | 海边的小城 | 返回顶部 | 广告服务 | 收藏 | example\n";
    CHECK(verdict(example.line, options).empty());
    options.boilerplate_rules = "keep 别的什么\n";
    CHECK(class_of(verdict(example.line, options)) == example.name);
  }
}

TEST_CASE("a built-in keep rule protects from phrases only") {
  CHECK(verdict("被告称不代表本网观点", {}).empty());
  CHECK(class_of(verdict("来源：法院", {})) == "byline");
}

TEST_CASE("a user's keep rule protects a line from page mode and from a model") {
  Options page;
  page.boilerplate = Boilerplate::page;
  page.boilerplate_rules = "keep 财经\n";
  const std::vector<std::string> of_page = verdicts(kPage, page);
  CHECK(class_of(of_page[1]) == "page");
  CHECK(of_page[2].empty());
  CHECK(class_of(of_page[3]) == "page");

  Options learned;
  learned.boilerplate_model = taught_model();
  learned.boilerplate_rules = "keep 要聞\n";
  const std::vector<std::string> of_site =
      verdicts("海濱在線首頁\n本地要聞\n今天又說起另一件從前的事\n", learned);
  CHECK(class_of(of_site[0]) == "learned");
  CHECK(of_site[1].empty());
}

}  // namespace dedup::test
