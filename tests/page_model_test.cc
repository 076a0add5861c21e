// SPDX-License-Identifier: Apache-2.0
// What page mode takes from a page, and what it leaves. Whole pages of several kinds are in
// testdata/pages; here are the rules behind them.

#include "boilerplate/page_model.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "boilerplate/page_pieces.h"
#include "boilerplate/rules.h"
#include "catch.h"
#include "dedup/error.h"
#include "support.h"
#include "text/fold.h"
#include "text/signs.h"

namespace {

using dedup::boilerplate::BoilerplateRules;
using dedup::boilerplate::PageLine;
using dedup::boilerplate::PageLines;
using dedup::boilerplate::PageModel;
using dedup::boilerplate::PagePieces;
using dedup::boilerplate::PageVerdict;
using Texts = std::vector<std::string>;

const PageModel& model() {
  static const PageModel kBuiltIn;
  return kBuiltIn;
}

PageLines page_of(const Texts& texts) {
  static const BoilerplateRules kRules;
  PageLines page(model().cues());
  const std::vector<dedup::structure::Place> places = dedup::test::places_of(texts);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string& text = texts[i];
    std::u16string key;
    const std::uint32_t weight = dedup::text::fold(text, key).weight;
    std::u16string room;
    const std::u16string_view letters = dedup::text::letters_of(key, room);
    const auto hit = kRules.judge(text, letters, weight, places[i].kind);
    page.add(text, letters, places[i], hit.has_value());
  }
  return page;
}

/// The lines that neither page mode nor the block rules take.
Texts kept(const Texts& texts) {
  const PageLines page = page_of(texts);
  const std::vector<PageVerdict> verdicts = model().judge(page.lines());
  REQUIRE(verdicts.size() == texts.size());
  Texts left;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    CHECK(verdicts[i].furniture == !verdicts[i].reason.empty());
    if (!verdicts[i].furniture && !page.lines()[i].has(PageLine::kByRule)) left.push_back(texts[i]);
  }
  return left;
}

Texts lines_of(std::string_view text) {
  Texts lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

Texts joined(const std::vector<Texts>& parts) {
  Texts all;
  for (const Texts& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

const Texts kHead{"首页", "新闻", "财经", "体育",   "娱乐",
                  "论坛", "登录", "注册", "更多>>", "分享到："};
const Texts kTail{"相关阅读",
                  "大桥周末夜间封闭施工",
                  "公园樱花进入盛花期（图）",
                  "热点排行",
                  "1",
                  "这家面馆开了四十年",
                  "2",
                  "主队逆转取胜",
                  "发表评论",
                  "关于我们",
                  "联系我们",
                  "广告服务",
                  "网站地图"};
const Texts kStory{
    "三月的清江乍暖还寒，北岸的社区却早早热闹起来。昨天上午，这里的图书馆挂上了招牌，居民排队领取了"
    "借阅证。",
    "记者了解到，另外两个社区的图书馆也将在年内开放，总藏书量约为六万册，其中三成是少儿读物。",
    "“以前借书要坐七站公交车，现在下楼走五分钟就到了。”退休教师吴老师说。"};

}  // namespace

TEST_CASE("the frame of a page goes, its article stays") {
  CHECK(kept(joined({kHead, kStory, kTail})) == kStory);
}

TEST_CASE("a frame of one-line menus goes, too") {
  const Texts menu{"首页 | 新闻 | 财经 | 体育 | 娱乐 | 汽车 | 房产 | 教育",
                   "登录 | 注册 | 设为首页", "当前位置：首页 > 新闻 > 正文"};
  const Texts footer{"相关阅读", "大桥周末夜间封闭施工", "新建三条自行车道", "发表评论",
                     "关于我们 | 联系我们 | 广告服务 | 网站地图 | 诚聘英才"};
  const Texts left = kept(joined({menu, kStory, footer}));
  CHECK(std::ranges::includes(left, kStory, {}, [](const auto& s) { return s; }) == true);
  CHECK(std::ranges::count(left, footer.back()) == 0);
}

TEST_CASE("a menu drawn of boxes goes whole, a table in the article stays whole") {
  const Texts menu{"┌────────┬────────┬────────┐", "│  首页  │  新闻  │  灯谜  │",
                   "├────────┼────────┼────────┤", "│  论坛  │  下载  │  老茶馆 │",
                   "└────────┴────────┴────────┘"};
  const Texts table{"┌──────┬──────┐", "│ 馆名 │ 册数 │", "├──────┼──────┤", "│ 北岸 │ 二万 │",
                    "└──────┴──────┘"};
  const Texts article = joined({{kStory[0], kStory[1]}, table, {kStory[2]}});
  CHECK(kept(joined({menu, kHead, article, kTail})) == article);
  SECTION("a table that ends the article") {
    const Texts ends = joined({kStory, table});
    CHECK(kept(joined({kHead, ends, kTail, menu})) == ends);
  }
  SECTION("drawn with | and rules, as Markdown does") {
    const Texts rows{"| 馆名 | 册数 |", "|------|------|", "| 北岸 | 二万 |", "| 城南 | 三万 |"};
    const Texts with = joined({{kStory[0]}, rows, {kStory[1], kStory[2]}});
    CHECK(kept(joined({kHead, with, kTail})) == with);
  }
}

TEST_CASE("a long menu of boxes is a menu still") {
  Texts menu;
  for (int i = 0; i < 40; ++i) menu.emplace_back("│ 电视剧 │ 纪录片 │ 热播榜 │ 新闻 │");
  CHECK(kept(joined({kHead, kStory, kTail, menu})) == kStory);
}

TEST_CASE("entries that lone marks part go, verse among lone marks stays") {
  const Texts entries{"渔村旧事", "|", "城南夜话", "|", "老茶馆", "|", "山货铺子"};
  const Texts article = joined({{"清江市新建三座社区图书馆"}, kStory});
  CHECK(kept(joined({kHead, entries, article, kTail})) == article);
  const Texts verse{"清晨推窗见，白云在屋檐。", "*", "竹影过东墙，鸟声落西园。", "*",
                    "不知人间事，但闻水潺潺。"};
  const Texts left = kept(joined({kHead, kStory, verse, kStory, kTail}));
  for (const std::string& line : {verse[0], verse[2], verse[4]})
    CHECK(std::ranges::count(left, line) == 1);
}

TEST_CASE("code in the article and right behind it stays, counts of an archive are none") {
  const Texts code{"int total = 0;", "for (int i = 0; i < n; ++i) {", "  total += i;", "}"};
  const Texts article = joined({kStory, code});
  CHECK(kept(joined({kHead, article, kTail})) == article);
  const Texts archive{"文章存档", "2011年03月(9)", "2011年02月(14)", "2011年01月(8)"};
  CHECK(kept(joined({kHead, kStory, archive, kTail})) == kStory);
}

TEST_CASE("one copy of the headline stays, the one before the article") {
  const std::string headline = "清江市新建三座社区图书馆";
  const Texts page = joined({{headline + "_清江在线_本地新闻"}, kHead, {headline}, kStory, kTail});
  const Texts left = kept(page);
  CHECK(std::ranges::count(left, headline) == 1);
  CHECK(left.front() == headline);
}

TEST_CASE("a page without another headline keeps its first line") {
  const Texts page = joined({{"清江市新建三座社区图书馆 年内开放"}, kHead, kStory, kTail});
  CHECK(kept(page).front() == page.front());
}

TEST_CASE("subheadings between paragraphs stay") {
  const Texts article{kStory[0], "每天开到晚上九点", kStory[1], "书从哪里来", kStory[2]};
  CHECK(kept(joined({kHead, article, kTail})) == article);
}

TEST_CASE("the signature of a notice stays") {
  const Texts notice = joined({kStory, {"特此通告。", "云溪县城市管理局", "2024年3月16日"}});
  CHECK(kept(joined({kHead, notice, kTail})) == notice);
}

TEST_CASE("code in fences stays whatever it looks like") {
  const Texts article{kStory[0], "```", "登录", "首页", "1", "}", "```", kStory[1], kStory[2]};
  CHECK(kept(joined({kHead, article, kTail})) == article);
}

TEST_CASE("a sentence that line breaks tore apart stays whole") {
  const Texts torn{
      "去年",         "3",   "月到", "8", "月，全县新修水渠", "214", "公里，受益农户", "9300",
      "户，每亩增收", "120", "元。"};
  CHECK(kept(joined({kHead, kStory, torn, kTail})) == joined({kStory, torn}));
  const Texts name{"记者昨天从", "县水利局", "，了解到", "，今年还要再修一百里。"};
  CHECK(kept(joined({kHead, kStory, name, kTail})) == joined({kStory, name}));
}

TEST_CASE("numbers of rankings and counters join nothing") {
  const Texts ranking{"热点排行",         "1", "月季展周末开幕，门票减半",  "2",
                      "人行天桥下月通车", "3", "年货大集明天开市，夜里也开"};
  const Texts counters{"评论", "25", "条", "共", "3", "页", "浏览", "1024", "次"};
  const Texts tail = joined({ranking, counters, {"发表评论", "关于我们", "联系我们"}});
  CHECK(kept(joined({kHead, kStory, tail})) == kStory);
}

TEST_CASE("what is one piece") {
  const auto pieces = [](const Texts& texts) {
    return PagePieces(page_of(texts).lines()).pieces().size();
  };
  CHECK(pieces({"全县新修水渠", "214", "公里，受益农户众多，人人称好。"}) == 1);
  CHECK(pieces({"全县新修水渠二百多里", "，受益农户众多", "。"}) == 1);
  CHECK(pieces({"全县新修水渠二百多里。", "，受益农户众多"}) == 2);
  CHECK(pieces({"共", "3", "页"}) == 3);
  CHECK(pieces({"1", "月季展周末开幕，门票减半，老人免票", "2", "人行天桥下月通车"}) == 4);
  CHECK(pieces({"作者：", "3", "月刊记者站，编辑部，资料室各一人"}) == 2);
  CHECK(pieces({"```", "全县新修水渠", "，受益农户众多，人人称好。", "```"}) == 4);
  CHECK(pieces({}) == 0);
}

TEST_CASE("a short headline right above the article stays, so does the dateline") {
  const Texts article{"清江日报消息（早间）：",
                      "大桥合龙！",
                      kStory[0],
                      "水位回落",
                      kStory[1],
                      "谁来养护？",
                      kStory[2]};
  CHECK(kept(joined({kHead, article, kTail})) == article);
  // But neither a channel nor a label in its place.
  CHECK(kept(joined({kHead, {"本地新闻"}, kStory, kTail})) == kStory);
  CHECK(kept(joined({kHead, {"分享到微博："}, kStory, kTail})) == kStory);
}

TEST_CASE("of an article of one line title and line stay") {
  const Texts page{"[图集]老街点灯",
                   "首页",
                   "[图集]老街点灯",
                   "来源 : 清江网",
                   "2033-02-11 18:30",
                   "内容简介",
                   "老街点灯。",
                   "清江网消息：老街昨晚点灯迎客。",
                   "编辑：林小川",
                   "全部评论",
                   "查看更多评论",
                   "热播榜",
                   "更多>",
                   "TOP 1",
                   "渔村旧事",
                   "TOP 2",
                   "老手艺人的一天",
                   "相关推荐",
                   "加载更多",
                   "网站首页"};
  CHECK(kept(page) == Texts{"[图集]老街点灯", "清江网消息：老街昨晚点灯迎客。"});
}

TEST_CASE("a greeting above a list does not make the list furniture") {
  const Texts titles{"大桥周末夜间封闭施工", "新建三条自行车道", "老街换上新路灯", "第一场雪来了"};
  const Texts left =
      kept(joined({kHead, {"欢迎光临清江在线。"}, titles, {"发表评论", "关于我们", "联系我们"}}));
  for (const std::string& title : titles) CHECK(std::ranges::count(left, title) == 1);
}

TEST_CASE("teasers of other channels behind the end of an article go, frame or not") {
  const Texts byline{"责任编辑：林小川"};
  const Texts teasers{"体育 | 主队客场连胜！ 门将成英雄", "娱乐 ｜ 老歌新唱专场下周开演"};
  CHECK(kept(joined({kStory, byline, teasers})) == kStory);
  SECTION("not where nothing parts them from it") {
    CHECK(kept(joined({kStory, teasers})) == joined({kStory, teasers}));
  }
  SECTION("not in a digest, whose parts are sentences") {
    const Texts digest{"体育 | 主队昨晚客场取胜，门将三次扑出点球。", "娱乐 | 老歌专场下周开演。"};
    CHECK(kept(joined({kStory, digest})) == joined({kStory, digest}));
    CHECK(kept(joined({byline, digest, kStory})) == joined({digest, kStory}));
  }
  SECTION("nor rows of other words") {
    const Texts rows{"青菜 | 三元一斤不讲价的那种", "萝卜 | 两元一斤随便挑随便选"};
    CHECK(kept(joined({kStory, byline, rows})) == joined({kStory, rows}));
  }
}

TEST_CASE("texts without a frame stay whole") {
  const auto whole = [](std::string_view text) {
    const Texts lines = lines_of(text);
    CHECK(kept(lines) == lines);
  };
  SECTION("an article") { whole(kStory[0] + "\n小标题\n" + kStory[1] + "\n" + kStory[2]); }
  SECTION("verse, with and without marks") {
    whole("山居\n清晨推窗见，白云在屋檐。\n竹影过东墙，鸟声落西园。\n不知人间事，但闻水潺潺。\n");
    whole(
        "山里的歌\n风吹过山岗\n云飘过村庄\n我坐在门前\n等一个姑娘\n风吹过山岗\n花落满池塘\n"
        "我坐在门前\n等一个姑娘\n月亮上来了\n灯火都点亮\n");
  }
  SECTION("a law") {
    whole(
        "图书借阅办法\n第一章 总则\n第一条 为规范图书借阅，制定本办法。\n第二条 读者凭证借阅。\n"
        "第二章 借阅\n第三条 每证限借五册。\n第四条 借期三十日，可以续借一次。\n附则\n"
        "第五条 本办法自公布之日起施行。\n2024年3月16日\n");
  }
  SECTION("Markdown") {
    whole(
        "# 备份\n## 安装\n```\nsudo apt install backup\n```\n## 用法\n- 分钟\n- 小时\n- 日\n"
        "| 列 | 值 |\n|---|---|\n| a | 1 |\n| b | 2 |\n参见 https://example.org/\n");
  }
  SECTION("a list") {
    whole("用料\n牛腩 800克\n番茄 5个\n洋葱 半个\n姜 4片\n八角 1个\n生抽 2勺\n盐 适量\n糖 1勺\n");
  }
  SECTION("a story about a site") {
    whole(
        "他打开网站，点了登录，又点了注册，最后还是关闭了窗口。\n“首页上什么也没有。”他说。\n"
        "“看看评论？”她问。\n评论也没有。\n他们等了一会儿。\n天黑了。\n灯亮了。\n谁也没有来。\n");
  }
}

TEST_CASE("a short text stays whole, furniture and all") {
  const Texts lines{"首页", "登录", "注册", "联系我们", "关于我们", "新闻", "财经"};
  CHECK(kept(lines) == lines);
}

TEST_CASE("without a main text only clear furniture goes") {
  const Texts titles{"大桥周末夜间封闭施工", "新建三条自行车道", "老街换上新路灯", "第一场雪来了"};
  const Texts left = kept(joined({kHead, titles, {"发表评论", "关于我们", "联系我们"}}));
  for (const std::string& title : titles) CHECK(std::ranges::count(left, title) == 1);
  CHECK(std::ranges::count(left, "注册") == 0);
}

TEST_CASE("on a page of headlines menus go with the names that no cue knows") {
  const Texts menu{"首页", "新闻", "灯谜", "体育", "娱乐",
                   "副刊", "登录", "注册", "论坛", "更多>>"};
  const Texts titles{"大桥周末夜间封闭施工", "第一场雪", "老街换上新路灯", "新建三条自行车道",
                     "主队逆转取胜 积分榜升至第二"};
  const Texts footer{"关于我们", "联系我们", "广告服务", "网站地图"};
  CHECK(kept(joined({menu, titles, footer})) == titles);
  SECTION("but a list of names stays") {
    const Texts names{"林小川", "陈静", "吴大有", "周末", "何晓月", "顾平"};
    const Texts left = kept(joined({menu, titles, names, footer}));
    for (const std::string& name : names) CHECK(std::ranges::count(left, name) == 1);
  }
}

TEST_CASE("script and width make no difference") {
  const Texts head{"首頁", "新聞", "財經", "體育",     "娛樂",
                   "論壇", "登入", "註冊", "更多＞＞", "分享到："};
  const Texts tail{"相關閱讀", "熱門新聞", "發表評論", "關於我們",
                   "聯絡我們", "廣告刊登", "服務條款"};
  CHECK(kept(joined({head, kStory, tail})) == kStory);
}

TEST_CASE("what is too long to be a page stays whole") {
  Texts lines;
  while (lines.size() <= PageLines::kMost) lines.insert(lines.end(), kHead.begin(), kHead.end());
  const PageLines page = page_of(lines);
  CHECK(page.lines().empty());
  CHECK(model().judge(page.lines()).empty());
}

TEST_CASE("pages of several kinds: all content stays, nearly all of the frame goes") {
  std::size_t furniture = 0;
  std::size_t removed = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(dedup::test::testdata("pages/raw"))) {
    const std::string name = entry.path().filename().string();
    CAPTURE(name);
    const Texts raw = lines_of(dedup::test::read_file(entry.path()));
    const Texts gold =
        lines_of(dedup::test::read_file(dedup::test::testdata("pages/gold/" + name)));
    Texts left = kept(raw);
    for (const std::string& line : gold) {
      CAPTURE(line);
      const auto found = std::ranges::find(left, line);
      CHECK(found != left.end());
      if (found != left.end()) left.erase(found);
    }
    furniture += raw.size() - gold.size();
    removed += raw.size() - gold.size() - left.size();
  }
  CHECK(removed * 100 >= furniture * 95);
}

TEST_CASE("a model is read from a text, and faults in it are named") {
  const auto message = [](std::string_view text) {
    try {
      PageModel parsed(text);
    } catch (const dedup::FormatError& fault) {
      return std::string(fault.what());
    }
    return std::string("no error");
  };
  CHECK(message("# a remark\n\nweight\tend_stop\t-1.5\tends in a stop\n") == "no error");
  CHECK(message("weight\tend_stop\t-1.5\nweight\tmoon\t1\n") ==
        "page model, line 2: no such feature");
  CHECK(message("weight\tend_stop\tmuch\n") == "page model, line 1: a number is missing");
  CHECK(message("setting\tmoon\t1\n") == "page model, line 1: no such setting");
  CHECK(message("cues\tmoon\t首页\n") == "page model, line 1: no such class of cues");
  CHECK(message("cues\taction\t登\n") == "page model, line 1: a cue needs two characters");
  CHECK(message("hello\n") == "page model, line 1: neither weight nor setting nor cues");
}
