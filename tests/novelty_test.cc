// SPDX-License-Identifier: Apache-2.0
#include "numbers/novelty.h"

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

#include "catch.h"
#include "naive_resemblance.h"
#include "numbers/title.h"
#include "numbers/turns.h"
#include "text/fold.h"

namespace dedup::numbers {
namespace {

using test::RandomKeys;

std::u16string key_of(std::string_view text) {
  std::u16string key;
  text::fold(text, key);
  return key;
}

struct Pair {
  std::string_view earlier;
  std::string_view later;
};

bool merges(const Pair& pair) {
  return says_nothing_else(key_of(pair.earlier), key_of(pair.later));
}

TEST_CASE("what says nothing else") {
  constexpr std::string_view kText =
      "磨坊的水车停了半个冬天，开春以后木匠换掉朽坏的叶片，齿轮也上了油，村里人又挑着谷子来排队。";
  for (const std::string_view later : {
           "磨坊的水车停了半个冬天，开春以后木匠换掉朽坏的叶片，齿轮也上了油，村里人又挑着谷子来排"
           "队。",
           "磨房的水车停了半个冬天，开春以后木匠换掉朽坏的叶片，齿轮也上了油，村里人又挑着谷子来排"
           "队。",
           "磨坊的水车停了半个冬天，开春以后木匠换掉朽坏叶片，齿轮也上了油，村里人又挑着谷子来排队"
           "。",
           "磨坊的的水车停了半个冬天，开春以后木匠换掉朽坏的叶片，齿轮也上了油，村里人又挑着谷子来"
           "排対。",
           "磨坊的水車停了半個冬天,開春以後木匠換掉朽壞的葉片,齒輪也上了油,村裡人又挑著穀子來排隊.",
           "磨坊的水车停了半个冬天，齿轮也上了油，开春以后木匠换掉朽坏的叶片，村里人又挑着谷子来排"
           "队。",
           "磨坊的水车停了半个冬天，开春以后木匠换掉朽坏的叶片，村里人又挑着谷子来排队。",
           "据本报记者报道，磨坊的水车停了半个冬天，开春以后木匠换掉朽坏的叶片，齿轮也上了油，村里"
           "人又挑着谷子来排队。",
           "本报讯 "
           "磨坊的水车停了半个冬天，开春以后木匠换掉朽坏的叶片，齿轮也上了油，村里人又挑着谷子来排"
           "队。",
           "（记者 "
           "周某）磨坊的水车停了半个冬天，开春以后木匠换掉朽坏的叶片，齿轮也上了油，村里人又挑着谷"
           "子来排队。",
       }) {
    CAPTURE(std::string(later));
    CHECK(merges({kText, later}));
  }
}

TEST_CASE("what says something else") {
  constexpr std::string_view kText =
      "磨坊的水车停了半个冬天，开春以后木匠换掉朽坏的叶片，齿轮也上了油，村里人又挑着谷子来排队。";
  for (const std::string_view later : {
           "磨坊的风扇停了半个冬天，开春以后木匠换掉朽坏的叶片，齿轮也上了油，村里人又挑着谷子来排"
           "队。",
           "磨坊的水车没停半个冬天，开春以后木匠换掉朽坏的叶片，齿轮也上了油，村里人又挑着谷子来排"
           "队。",
           "磨坊的水车停了半个冬天，开春以前木匠换掉朽坏的叶片，齿轮也上了油，村里人又挑着谷子来排"
           "队。",
           "磨坊的水车停了半个冬天，开春以后铁匠铺换掉朽坏的叶片，齿轮也上了油，村里人又挑着谷子来"
           "排队。",
           "磨坊的水车停了半个冬天，开春以后木匠换掉朽坏的叶片，齿轮也上了油，村里人又挑着谷子来排"
           "队。账还欠着。",
           "水渠修好了，磨坊的水车停了半个冬天，开春以后木匠换掉朽坏的叶片，齿轮也上了油，村里人又"
           "挑着谷子来排队。",
           "据水文站说，磨坊的水车停了半个冬天，开春以后木匠换掉朽坏的叶片，齿轮也上了油，村里人又"
           "挑着谷子来排队。",
       }) {
    CAPTURE(std::string(later));
    CHECK_FALSE(merges({kText, later}));
  }
}

TEST_CASE("words of other scripts, also in other clauses, and what turns a meaning") {
  const std::string front = "管理台的日志接口没有校验调用者的身份，";
  const std::string back = "升级以后需要重启服务并核对一遍配置。";
  const auto text = [&](std::string_view middle) { return front + std::string(middle) + back; };
  const auto merged = [&](std::string_view a, std::string_view b) {
    return merges({text(a), text(b)});
  };
  CHECK(merged("请调用 listOrders 查看，", "请调用ＬｉｓｔＯｒｄｅｒｓ查看，"));
  CHECK(merged("请调用 listOrders 查看，", "请调用 list好Orders 查看，"));
  CHECK_FALSE(merged("请调用 listOrders 查看，", "请调用 listUsers 查看，"));
  CHECK_FALSE(merged("请调用 listOrders 查看，", "请调用 listOrders v 查看，"));
  CHECK_FALSE(merged("请从 src 复制到 dst，", "请从 dst 复制到 src，"));
  CHECK_FALSE(merged("气温是-5℃，", "气温是5℃，"));
  CHECK_FALSE(merged("危害等级为高，", "危害等级为低，"));
  CHECK_FALSE(merged("危害等級為高，", "危害等级为中，"));
  CHECK_FALSE(merged("可以关闭端口，", "不可以关闭端口，"));
  CHECK_FALSE(merged("并没有关闭端口，", "并关闭端口，"));
  CHECK_FALSE(merged("由甲方承担，", "由乙方承担，"));
  CHECK(merged("由本方承担，", "由木方承担，"));
  CHECK_FALSE(merged("由总务处承担，", "由总务科承担，"));
  CHECK_FALSE(merged("张建国负责，", "李建军负责，"));  // a name, though one ideograph stays
}

/// A paragraph with a word at its start and one in its middle.
std::string about(std::string_view first, std::string_view second = {}) {
  return std::string(first) + "，河边的磨坊照常开门，木匠检查了水车的齿轮" + std::string(second) +
         "，村里人挑着谷子在门外排队，掌柜说账目要在收工以前核对一遍。";
}

TEST_CASE("a single ideograph that turns the meaning, in both scripts") {
  constexpr Pair kPairs[] = {
      {"今天", "明天"},
      {"昨天", "今天"},
      {"去年", "今年"},
      {"本周", "下周"},
      {"月初", "月末"},
      {"日间", "夜间"},
      {"原告", "被告"},
      {"主队", "客队"},
      {"长子", "次子"},
      {"铜牌", "银牌"},
      {"猪肉", "牛肉"},
      {"硫酸", "盐酸"},
      {"氧气", "氮气"},
      {"港币", "澳币"},
      {"日元", "欧元"},
      {"首次", "再次"},
      {"过敏", "过量"},
      {"去年", "後年"},
      {"銅牌", "銀牌"},
      {"豬肉", "雞肉"},
      {"硫酸", "鹽酸"},
      {"日圓", "歐圓"},
      {"長子", "次子"},
      {"急性", "慢性"},
      {"赵某", "钱某"},
      {"趙某", "錢某"},
      {"逯某某", "张某某"},
      {"老王", "老李"},
      {"小陳", "小孫"},
      {"阿梁", "阿马"},
      {"加入五毫克", "加入五微克"},

      {"再走三公里", "再走三公斤"},
      {"再走 3 公里", "再走 3 公斤"},
      {"倒入三瓶", "倒入三桶"},
      {"加高兩米", "加高兩尺"},
      {"加高5毫米", "加高5釐米"},
  };
  for (const Pair& pair : kPairs) {
    CAPTURE(std::string(pair.earlier), std::string(pair.later));
    CHECK_FALSE(merges({about(pair.earlier), about(pair.later)}));
    CHECK_FALSE(merges({about(pair.later), about(pair.earlier)}));
    CHECK_FALSE(merges({about("近来", pair.earlier), about("近来", pair.later)}));
  }
}

TEST_CASE("a single ideograph that may be a typing error") {
  constexpr Pair kPairs[] = {
      {"今天", "令天"},
      {"去年", "去牛"},
      {"本周", "木周"},
      {"原告", "源告"},
      {"铜牌", "铜脾"},
      {"猪肉", "猪内"},
      {"氧气", "氧汽"},
      {"长子里", "长子裡"},
      {"老王家", "老玉家"},
      {"老师傅", "老帅傅"},
      {"小时候", "小是候"},
      {"王家", "汪家"},
      {"赵某人", "赵某入"},
      {"五毫克", "五亳克"},
      {"三公里", "三公理"},
      {"米和油", "里和油"},
      {"他慢慢地走", "他慢慢的走"},
      {"首次的", "首次"},
  };
  for (const Pair& pair : kPairs) {
    CAPTURE(std::string(pair.earlier), std::string(pair.later));
    CHECK(merges({about(pair.earlier), about(pair.later)}));
    CHECK(merges({about("近来", pair.earlier), about("近来", pair.later)}));
  }
}

TEST_CASE("a clause that swaps its place with another, however short") {
  const std::string front = "管理台的日志接口要校验调用者的身份，";
  CHECK(merges({front + "此外，升级以后需要重启服务，再核对配置。",
                front + "升级以后需要重启服务，此外，再核对配置。"}));
  CHECK_FALSE(merges({front + "张某看管库房，升级以后由李某重启服务。",
                      front + "李某看管库房，升级以后由张三重启服务。"}));
}

bool merges_elsewhere(const Pair& pair) {
  return says_nothing_else(key_of(pair.earlier), key_of(pair.later), Numerals::elsewhere);
}

TEST_CASE("numerals move or go with their clauses") {
  constexpr std::string_view kText =
      "镇上的粮站入库三百袋新收稻谷，河边的仓库在上午出库八十袋去年麦子，管理员晚间核对账目，没有发"
      "现短少。";
  for (const std::string_view later : {
           "河边的仓库在上午出库八十袋去年麦子，镇上的粮站入库三百袋新收稻谷，管理员晚间核对账目，"
           "没有发现短少。",
           "镇上的粮站入库三百袋新收稻谷，管理员晚间核对账目，河边的仓库在上午出库八十袋去年麦子，"
           "没有发现短少。",
           "河边的仓库在上午出库八十袋去年麦子，镇上的粮站入库三百袋新收稻谷，管理员晚间核对帐目，"
           "没有发现短少。",
           "镇上的粮站入库三百袋新收稻谷，管理员晚间核对账目，没有发现短少。",
           "河边的仓库在上午出库八十袋去年麦子，管理员晚间核对账目，没有发现短少。",
           "镇上的粮站入库三百袋新收稻谷。",
       }) {
    CAPTURE(std::string(later));
    CHECK(merges_elsewhere({kText, later}));
  }
  for (const std::string_view later : {
           "镇上的粮站入库八十袋新收稻谷，河边的仓库在上午出库三百袋去年麦子，管理员晚间核对账目，"
           "没有发现短少。",
           "河边的仓库在上午出库三百袋去年麦子，镇上的粮站入库八十袋新收稻谷，管理员晚间核对账目，"
           "没有发现短少。",
           "镇上的粮站入库八十袋新收稻谷，管理员晚间核对账目，河边的仓库在上午出库三百袋去年麦子，"
           "没有发现短少。",
           "镇上的粮站入库八十袋新收稻谷，管理员晚间核对账目，没有发现短少。",
           "镇上的粮站入库三百袋去年麦子，管理员晚间核对账目，没有发现短少。",
           "河边的仓库在上午出库三百袋新收稻谷，管理员晚间核对账目，没有发现短少。",
           "镇上的粮站入库袋新收稻谷，河边的仓库在上午出库八十袋去年麦子，管理员晚间核对账目，没有"
           "发现短少。",
           "镇上的粮站入库三百袋新收稻谷，河边的仓库在上午出库去年麦子，管理员晚间核对账目，没有发"
           "现短少。",
           "镇上的粮站入库三百",
           "镇上的粮站入库袋新收稻谷三百，河边的仓库在上午出库八十袋去年麦子，管理员晚间核对账目，"
           "没有发现短少。",
           "八十镇上的粮站入库三百袋新收稻谷，河边的仓库在上午出库袋去年麦子，管理员晚间核对账目，"
           "没有发现短少。",
       }) {
    CAPTURE(std::string(later));
    CHECK_FALSE(merges_elsewhere({kText, later}));
  }
}

TEST_CASE("figures that change places in rows of one kind are others") {
  constexpr Pair kPairs[] = {
      {"其中东仓收谷3吨，其中西仓收谷8吨，其中南仓收谷5吨。",
       "其中东仓收谷8吨，其中西仓收谷3吨，其中南仓收谷5吨。"},
      {"2019年增长5%，2020年增长8%，2021年增长6%。", "2019年增长8%，2020年增长5%，2021年增长6%。"},
      {"第三条由村里办理，第五条由镇里办理，其余照旧。",
       "第五条由村里办理，第三条由镇里办理，其余照旧。"},
      {"周一收稻谷，周二收麦子，其余日子收豆子。", "周二收稻谷，周一收麦子，其余日子收豆子。"},
      {"两队以三比二和五比四先后胜出。", "两队以五比四和三比二先后胜出。"},
      {"3万元用于修水渠，8万元用于修磨坊，余下的存入账户。",
       "8万元用于修水渠，3万元用于修磨坊，余下的存入账户。"},
      {"共3万元用于修水渠，共8万元用于修磨坊，余下的存入账户。",
       "余下的存入账户，共8万元用于修水渠，共3万元用于修磨坊。"},
      {"第一项申请借用、第五项申请购买及第六项申请退还仓库的，应当在月底以前提出，逾期不办。",
       "第一项申请退还仓库的，应当在月底以前提出，逾期不办。"},
      {"东仓收谷三百袋，西仓收谷五百袋，都已入账，账目由管理员核对。",
       "东仓收谷五百袋，都已入账，账目由管理员核对。"},
  };
  for (const Pair& pair : kPairs) {
    CAPTURE(std::string(pair.earlier), std::string(pair.later));
    CHECK_FALSE(merges_elsewhere(pair));
  }
}

TEST_CASE("lead-ins, and heads that are none") {
  for (const auto* const head : {u"据本报记者报道", u"本报讯", u"据报道", u"日前记者获悉",
                                 u"最新消息", u"摘要", u"记者李明", u"据新华社电"}) {
    CHECK(leads_in(head));
  }
  for (const auto* const head :
       {u"昨夜全市停电", u"据水文站说", u"记者节的由来是怎样的", u"这条消息", u"从前", u"本报"}) {
    CHECK_FALSE(leads_in(head));
  }
}

// -- two hundred of each --------------------------------------------------------------------------

/// A paragraph with a slot in its middle.
struct Frame {
  std::u16string front;
  std::u16string back;
  explicit Frame(RandomKeys& random)
      : front(random.key(60 + random.below(80))), back(random.key(60 + random.below(80))) {}
  [[nodiscard]] std::u16string with(std::u16string_view middle) const {
    return front + std::u16string(middle) + back;
  }
};

std::u16string identifier(RandomKeys& random) {
  std::u16string word;
  for (std::size_t i = 0; i < 6; ++i) word += static_cast<char16_t>(u'a' + random.below(26));
  return word;
}

TEST_CASE("no pair merges that differs in an identifier, a name or a turning word") {
  constexpr std::u16string_view kTurns[][2] = {
      {u"高", u"低"}, {u"男", u"女"}, {u"上", u"下"}, {u"增", u"减"}, {u"东", u"西"},
      {u"买", u"卖"}, {u"赢", u"输"}, {u"甲", u"丙"}, {u"", u"不"},   {u"未", u""}};
  RandomKeys random(21);
  for (std::size_t i = 0; i < 200; ++i) {
    const Frame frame(random);
    const auto& turn = kTurns[i % std::size(kTurns)];
    CHECK_FALSE(says_nothing_else(frame.with(turn[0]), frame.with(turn[1])));
    CHECK_FALSE(says_nothing_else(frame.with(turn[1]), frame.with(turn[0])));
    CHECK_FALSE(says_nothing_else(frame.with(identifier(random)), frame.with(identifier(random))));
    const std::size_t length = 2 + random.below(3);
    CHECK_FALSE(says_nothing_else(frame.with(random.key(length)), frame.with(random.key(length))));
    CHECK_FALSE(says_nothing_else(frame.with(u""), frame.with(random.key(length))));
  }
}

TEST_CASE("no pair merges in which two numerals have changed places, a clause moved or not") {
  constexpr std::u16string_view kNumerals[][2] = {
      {u"3", u"8"},   {u"三", u"五"},    {u"十", u"百"}, {u"20", u"21"},
      {u"五", u"一"}, {u"2.5", u"1:30"}, {u"一", u"二"}, {u"十二", u"二"}};
  RandomKeys random(23);
  std::size_t found = 0;
  for (std::size_t i = 0; i < 200; ++i) {
    const auto& [a, b] = kNumerals[i % std::size(kNumerals)];
    const auto clause = [&](std::u16string_view front, std::u16string_view numeral,
                            std::u16string_view back) {
      return std::u16string(front) + std::u16string(numeral) + std::u16string(back);
    };
    // every third pair has the same words before the numerals, every fourth behind them
    const std::u16string front = random.key(3 + random.below(20));
    const std::u16string front_too = i % 3 == 0 ? front : random.key(3 + random.below(20));
    const std::u16string back = random.key(3 + random.below(20));
    const std::u16string back_too = i % 4 == 0 ? back : random.key(3 + random.below(20));
    const std::u16string between = random.key(random.below(30));
    const std::u16string earlier =
        clause(front, a, back) + between + clause(front_too, b, back_too);
    const std::u16string moved = clause(front_too, b, back_too) + between + clause(front, a, back);
    found += says_nothing_else(earlier, moved, Numerals::elsewhere) ? 1U : 0U;
    if (i % 12 == 0) continue;  // the clauses differ in their numerals alone
    CHECK_FALSE(says_nothing_else(earlier,
                                  clause(front, b, back) + between + clause(front_too, a, back_too),
                                  Numerals::elsewhere));
    CHECK_FALSE(says_nothing_else(earlier,
                                  clause(front_too, a, back_too) + between + clause(front, b, back),
                                  Numerals::elsewhere));
    CHECK_FALSE(says_nothing_else(earlier, clause(front, b, back) + between, Numerals::elsewhere));
    CHECK_FALSE(
        says_nothing_else(earlier, between + clause(front_too, a, back_too), Numerals::elsewhere));
  }
  CHECK(found > 90);  // the rest begin or end with a numeral, nearly, or are alike in front of it
}

TEST_CASE("typing errors, lead-ins and dropped clauses merge") {
  constexpr std::u16string_view kLeadIns[] = {u"据本报记者报道", u"本报讯", u"据报道", u"摘要"};
  RandomKeys random(22);
  for (std::size_t i = 0; i < 200; ++i) {
    const Frame frame(random);
    const std::u16string whole = frame.with(u"");
    std::u16string mistyped = whole;
    mistyped[random.below(whole.size())] = u'海';
    CHECK(says_nothing_else(whole, mistyped));
    CHECK(says_nothing_else(whole, std::u16string(kLeadIns[i % std::size(kLeadIns)]) + whole));
    std::u16string shorter = whole;
    shorter.erase(20 + random.below(20), 1 + random.below(20));
    CHECK(says_nothing_else(whole, shorter));
    CHECK_FALSE(says_nothing_else(shorter, frame.with(random.key(20))));
    CHECK(says_nothing_else(frame.front + frame.back, frame.back + frame.front));
  }
}

TEST_CASE("a long text of repeats takes no longer than any other") {
  std::u16string earlier;
  std::u16string later;
  for (std::size_t i = 0; i < 60'000; ++i) {
    earlier += i % 7 == 0 ? u'海' : u'水';
    later += i % 9 == 0 ? u'海' : u'水';
  }
  CHECK_FALSE(says_nothing_else(earlier, later + u"山川草木"));
}

// -- titles ---------------------------------------------------------------------------------------

TEST_CASE("titles agree or veto") {
  const auto agree = [](std::string_view a, std::string_view b) {
    return titles_agree(key_of(a), key_of(b)) && titles_agree(key_of(b), key_of(a));
  };
  CHECK(agree("", "水电站怎样过冬"));
  CHECK(agree("水电站怎样过冬", "水电站怎样过冬"));
  CHECK(agree("山里的小水电站怎样过冬", "山里小水电站是怎样过冬的"));
  CHECK(agree("某某管理办法（2013年修正）", "某某管理办法（2018年修正）"));
  CHECK_FALSE(agree("山里的小水电站怎样过冬", "河边的老磨坊"));
  CHECK_FALSE(agree("甲采购系统 listOrders 接口越权", "甲采购系统 listUsers 接口越权"));
  CHECK_FALSE(agree("Foo 网关安装说明", "Bar 网关安装说明"));
  CHECK_FALSE(agree("网关 G60 安装说明", "网关 G70 安装说明"));
}

TEST_CASE("a title that names another thing, and one that says the same at greater length") {
  const auto agree = [](std::string_view a, std::string_view b) {
    return titles_agree(key_of(a), key_of(b)) && titles_agree(key_of(b), key_of(a));
  };
  constexpr Pair kOthers[] = {
      {"河东区渡口管理处编制表", "河东区林场管理处编制表"},
      {"云岭县选举委员会办事细则", "石桥市选举委员会办事细则"},
      {"资源局北部分局编制表", "资源局中部分局编制表"},
      {"资源局北部分局编制表", "资源局东南沙洲分局编制表"},
      {"装备保障局编制表", "装备医护局编制表"},
      {"装备局编制与员额表", "装医局编制与员额表"},
      {"清溪山林区管理站章程", "玉山林区管理站章程"},
      {"财务局渡口分局青松管理站章程", "财务局渡口分局松南管理站章程"},
      {"粮食局大安分局新桥仓库编制表", "粮食局大安分局桥北仓库编制表"},
      {"水泵安装手册第一册", "水泵安装手册第二册"},
      {"# 平江市老楼加装电梯规定", "# 安湖市老楼加装电梯规定"},
  };
  for (const Pair& pair : kOthers) {
    CAPTURE(std::string(pair.earlier), std::string(pair.later));
    CHECK_FALSE(agree(pair.earlier, pair.later));
  }
  constexpr Pair kSame[] = {
      {"河东区渡口管理处编制表", "河東區渡口管理處編制表"},
      {"渡口管理处办事细则（2013年修正）", "渡口管理处办事细则（2018年12月修订）"},
      {"渡口管理处办事细则", "渡口管理处办事细则（修正稿）"},
      {"渡口管理处办事细则 V2.0", "渡口管理处办事细则（V2.0）"},
      {"转载：老磨坊的水车停了半个冬天", "老磨坊的水车停了半个冬天"},
      {"山里的水渠与河边的老磨坊的往事", "山里的水渠和河边的老磨坊的往事"},
      {"老磨坊为什么停了半个冬天", "停了半个冬天，老磨坊为什么"},
      {"渡口管理处办事细则 3.1 版", "渡口管理处办事细则 3.2 版"},
  };
  for (const Pair& pair : kSame) {
    CAPTURE(std::string(pair.earlier), std::string(pair.later));
    CHECK(agree(pair.earlier, pair.later));
  }
}

TEST_CASE("titles of any length are compared") {
  RandomKeys random(31);
  for (std::size_t length = 8; length < 140; ++length) {
    const std::u16string title = random.key(length);
    CHECK(titles_agree(title, title + u"山"));
    CHECK(titles_agree(title + u"\xD840\xDC00", title));
  }
}

}  // namespace
}  // namespace dedup::numbers
