// SPDX-License-Identifier: Apache-2.0
#include "numbers/turns.h"

#include <algorithm>
#include <cstddef>

namespace dedup::numbers {
namespace {

constexpr std::u16string_view kNegations = u"不没未无非勿莫毋禁";

/// Each line of words stands in the same places, and one is not the other.
constexpr std::u16string_view kOpposed[] = {
    // degree and measure
    u"高中低", u"大中小", u"多少", u"增减", u"升降", u"涨跌", u"加减乘除", u"长短", u"快慢",
    u"轻重", u"强弱", u"深浅", u"冷热", u"粗细", u"厚薄", u"宽窄", u"软硬", u"干湿", u"松紧",
    u"单双", u"奇偶", u"盈亏", u"敏量",
    // place and time
    u"东西南北", u"上中下", u"左中右", u"前中后", u"先后", u"内外", u"里外", u"早中晚", u"昼夜",
    u"日夜", u"春夏秋冬", u"年月周日时分秒", u"始末终", u"初中末", u"初中底", u"今昨明",
    u"今去明前后", u"上本下", u"首再末", u"起止", u"古今", u"远近", u"顶底", u"横竖纵", u"城乡",
    u"晴阴雨雪", u"唐宋元明清汉隋秦", u"中美英法德俄日韩欧港澳台加印泰",
    // people
    u"男女", u"父母", u"公母", u"雌雄", u"老少", u"长次幼", u"父兄弟子孙", u"母姐妹女", u"夫妻",
    u"师生", u"原被", u"主被", u"主客", u"主次", u"敌我", u"你我", u"军警", u"民刑", u"冠亚季",
    // deeds
    u"买卖", u"进出", u"入出", u"收支付", u"开关停", u"赢输平", u"胜负败平", u"正负反", u"来去",
    u"生死", u"借还贷", u"存取", u"推拉", u"问答", u"供需", u"奖惩", u"赏罚", u"启停", u"攻守",
    // judgement
    u"是否", u"有无", u"对错", u"真假", u"好坏", u"新旧", u"优良中差", u"正副", u"阴阳", u"良恶",
    u"急慢", u"利弊", u"得失", u"难易", u"善恶", u"贫富", u"贵贱", u"吉凶", u"虚实", u"动静",
    u"顺逆",
    // kinds of things
    u"猪牛羊鸡鸭鹅鱼虾蟹狗猫马驴兔鹿", u"稻麦豆棉", u"酸甜苦辣咸", u"心肝脾肺肾胃肠脑",
    u"氢氦锂硼碳氮氧氟氖钠镁铝硅磷硫氯氩钾钙钛铬锰铁钴镍铜锌溴银锡碘钡金汞铅盐硝醋",
    // names of members in a series
    u"甲乙丙丁戊己庚辛壬癸", u"省市县区乡镇村", u"厅局处科室股", u"元角分", u"红橙黄绿青蓝紫黑白"};

/// They make other words, too: hence the places at which alone they are looked at.
constexpr std::u16string_view kSurnames =
    u"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁"
    u"魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎"
    u"易常武乔贺赖龚文施洪严关齐尤华俞柳殷倪葛管祝米柯章鲁曲翟庞邢左路游温季芦申耿";
constexpr std::u16string_view kBeforeSurnames = u"老小阿";

constexpr std::u16string_view kUnits =
    u"毫微纳厘分公市英平立方克斤吨磅钱米里尺寸丈码升亩顷瓦伏安赫焦帕卡度元角镑年月周天时秒"
    u"箱袋桶瓶盒包罐";

constexpr std::u16string_view kLabels[] = {u"摘要",     u"导读",     u"提要",     u"核心提示",
                                           u"内容提要", u"内容摘要", u"最新消息", u"编者按"};

/// With the time before them that reporters like to give.
constexpr std::u16string_view kTimes[] = {u"日前", u"近日", u"昨日", u"昨天",  u"今日",
                                          u"今天", u"昨",   u"近期", u"连日来"};
constexpr std::u16string_view kOpenings[] = {u"据",   u"本报", u"本网",   u"本刊",   u"本台",
                                             u"本站", u"记者", u"通讯员", u"新华",   u"中新",
                                             u"央视", u"央广", u"人民网", u"人民日", u"从"};
constexpr std::u16string_view kClosings[] = {u"报道", u"报导", u"消息", u"获悉", u"了解到",
                                             u"了解", u"讯",   u"电",   u"据悉", u"介绍"};
constexpr std::u16string_view kReporters[] = {u"本报记者", u"本网记者", u"本台记者",
                                              u"本刊记者", u"记者",     u"通讯员"};
constexpr std::size_t kLongestName = 4;

void take_time(std::u16string_view& head) noexcept {
  for (const std::u16string_view time : kTimes) {
    if (head.starts_with(time)) {
      head.remove_prefix(time.size());
      return;
    }
  }
}

}  // namespace

bool is_negation(char16_t ideograph) noexcept {
  return kNegations.find(ideograph) != std::u16string_view::npos;
}

bool are_opposed(char16_t a, char16_t b) noexcept {
  return a != b && std::ranges::any_of(kOpposed, [&](std::u16string_view words) {
           return words.find(a) != std::u16string_view::npos &&
                  words.find(b) != std::u16string_view::npos;
         });
}

bool are_others(char16_t a, char16_t b, char16_t before, char16_t behind) noexcept {
  const auto holds = [](std::u16string_view all, char16_t one) {
    return all.find(one) != std::u16string_view::npos;
  };
  return a != b && (behind == u'某' ||
                    (holds(kBeforeSurnames, before) && holds(kSurnames, a) && holds(kSurnames, b)));
}

bool is_unit_of_measure(char16_t ideograph) noexcept {
  return kUnits.find(ideograph) != std::u16string_view::npos;
}

bool leads_in(std::u16string_view head) noexcept {
  if (std::ranges::find(kLabels, head) != std::end(kLabels)) {
    return true;
  }
  take_time(head);
  const bool opens = std::ranges::any_of(
      kOpenings, [&](std::u16string_view word) { return head.starts_with(word); });
  if (!opens) {
    return false;
  }
  return std::ranges::any_of(kClosings,
                             [&](std::u16string_view word) { return head.ends_with(word); }) ||
         std::ranges::any_of(kReporters, [&](std::u16string_view word) {
           return head.starts_with(word) && head.size() > word.size() &&
                  head.size() <= word.size() + kLongestName;
         });
}

}  // namespace dedup::numbers
