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
    u"轻重", u"强弱", u"深浅", u"冷热",
    // place and time
    u"东西南北", u"上中下", u"左中右", u"前中后", u"先后", u"内外", u"里外", u"早中晚", u"昼夜",
    u"春夏秋冬", u"年月周日时分秒", u"始末终",
    // people
    u"男女", u"父母", u"公母", u"雌雄", u"老少",
    // deeds
    u"买卖", u"进出", u"入出", u"收支付", u"开关停", u"赢输平", u"胜负败平", u"正负反", u"来去",
    u"生死", u"借还贷",
    // judgement
    u"是否", u"有无", u"对错", u"真假", u"好坏", u"新旧", u"优良中差", u"正副", u"阴阳",
    // names of members in a series
    u"甲乙丙丁戊己庚辛壬癸", u"省市县区乡镇村", u"厅局处科室股", u"元角分", u"红橙黄绿青蓝紫黑白"};

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
