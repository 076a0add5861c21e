// SPDX-License-Identifier: Apache-2.0
// A value is cut into words, each is folded and judged by itself; the weakest decides, but one that
// is surely a name speaks for short ones beside it:
//
//   林小川、老猫   [林小川] own  [老猫] loose  → own
//   撤销、剪切     [撤销] none                 → none
//
// How a word is judged, the first answer stands:
//
//   person   Latin letters or digits → own     anybody (佚名), a role (记者) → own
//            without role and deed: a surname and one or two characters → own, an office → own
//            short, and nothing in it that names have not → loose            else → none
//   medium   the same, but what ends as papers and sites do comes first (日报, 网)
//   moment   a day by name, or figures with their units alone                else → none
//   number   figures, 万, 次                                                 else → none
//
// Keys are folded and Simplified, so each list stands for both scripts. A character may be in
// several lists: what it never is comes before what it mostly is (方 is a surname, 方法 no name).
#include "boilerplate/value_shape.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "boilerplate/key_units.h"
#include "text/ascii.h"
#include "text/characters.h"
#include "text/fold.h"
#include "walls/utf8.h"

namespace dedup::boilerplate {
namespace {

using Key = std::u16string_view;

constexpr std::size_t kLongestNickname = 4;  // units
constexpr std::size_t kLongestSite = 6;      // units
constexpr std::size_t kMostWords = 8;        // of a value; more are a sentence

// The surnames that nine of ten bear, but for those that mostly begin other words (时 全 单 和 可).
constexpr Key kSurnames =
    u"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏"
    u"魏吕丁任"
    u"卢姚沈姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严"
    u"覃武戴莫"
    u"孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞柳甘祝包宁尚符舒阮柯纪梅"
    u"童凌毕"
    u"裴霍苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简车项连芦麦褚娄"
    u"窦戚岑景"
    u"党宫费卜冷晏席卫米柏宗瞿桂佟应臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明池查麻苑迟"
    u"邝官封谈"
    u"常匡鞠惠荆乐冀郁胥南班储芮东湛郗牧鄢晁";
constexpr std::array<Key, 12> kDoubleSurnames{u"欧阳", u"司马", u"上官", u"诸葛", u"东方", u"皇甫",
                                              u"尉迟", u"公孙", u"令狐", u"慕容", u"司徒", u"夏侯"};

// Words that begin like a name and are none.
constexpr std::array<Key, 42> kNoNames{
    u"方法", u"方式", u"方案", u"方向", u"高级", u"高亮", u"高度", u"文字", u"文件",
    u"文本", u"文档", u"任意", u"任务", u"任何", u"金额", u"白色", u"黄色", u"蓝色",
    u"包括", u"包含", u"应用", u"应该", u"管理", u"解决", u"解释", u"关于", u"关闭",
    u"向下", u"向上", u"于是", u"明天", u"明白", u"查看", u"查询", u"连接", u"应当",
    u"何时", u"周一", u"周三", u"周五", u"周日", u"辛苦"};

// Characters of sentences and commands, which no name has.
constexpr Key kNeverInNames = u"的了吗呢吧啊我你您他她它这那哪什怎没不很把被让请击删剪贴粘按撤";
// Those that a short name may have, and a short answer or command mostly has.
constexpr Key kRarelyInNicknames =
    u"收好明天周下上看说写完发做行有无能会要等再先已正就都也和与或及点选改查换打开关保复制待定对是"
    u"用入"
    u"出筛导调设全各位几何谁加减增移存";

// Who wrote it where nobody says so.
constexpr std::array<Key, 24> kAnybody{
    u"佚名", u"匿名",     u"未知",     u"不详", u"网友",     u"网络", u"互联网", u"本站",
    u"本网", u"本报",     u"本刊",     u"原创", u"综合",     u"转载", u"官方",   u"小编",
    u"转帖", u"来自网络", u"网络综合", u"投稿", u"读者投稿", u"编译", u"整理",   u"转载文章"};
// What stands before a name, and by itself for one.
constexpr std::array<Key, 14> kRoles{
    u"本报记者", u"特约记者", u"实习记者", u"见习记者", u"本刊记者", u"实习编辑", u"实习生",
    u"通讯员",   u"责任编辑", u"记者",     u"编辑",     u"特约",     u"主编",     u"作者"};
// What stands behind a name: 林小川摄, 某网综合报道. The longer comes before its own end.
constexpr std::array<Key, 14> kDeeds{u"综合整理", u"综合报道", u"编译报道", u"整理", u"编译",
                                     u"综合",     u"报道",     u"实习",     u"摄影", u"供图",
                                     u"提供",     u"摄",       u"等",       u"文"};

// How the names of papers, sites and offices end; of one character only from three on.
constexpr std::array<Key, 70> kInstitutions{
    u"日报",   u"晚报", u"时报", u"早报", u"新闻",   u"财经",   u"观察",   u"周刊", u"频道",
    u"客户端", u"杂志", u"传媒", u"融媒", u"媒体",   u"论坛",   u"贴吧",   u"博客", u"微博",
    u"公众号", u"微信", u"头条", u"视频", u"图库",   u"证券",   u"基金",   u"研究", u"年鉴",
    u"官网",   u"网站", u"在线", u"中心", u"大学",   u"集团",   u"学院",   u"法院", u"公安",
    u"政府",   u"协会", u"公司", u"银行", u"委员会", u"工作室", u"编辑部", u"团队", u"小组",
    u"资讯",   u"评论", u"生活", u"发布", u"之声",   u"体育",   u"娱乐",   u"科技", u"卫视",
    u"电视",   u"广播", u"通讯", u"快讯", u"早参",   u"平台",   u"社区",   u"宣传", u"交警",
    u"消防",   u"气象", u"卫健", u"教育", u"旅游",   u"健康",   u"专栏"};
constexpr Key kInstitutionEnds = u"报网社台刊志局院厅委办司校馆站号组室队部会所店";
// Words that end like an institution and are none.
constexpr std::array<Key, 16> kNoInstitutions{u"全部", u"内部", u"外部", u"局部", u"社会", u"机会",
                                              u"机组", u"分组", u"学会", u"情报", u"举报", u"汇报",
                                              u"上网", u"编号", u"型号", u"账号"};

template <std::size_t N>
bool ends_with_any(Key key, const std::array<Key, N>& endings) {
  return std::ranges::any_of(endings, [key](Key ending) { return key.ends_with(ending); });
}

template <std::size_t N>
bool is_any(Key key, const std::array<Key, N>& words) {
  return std::ranges::find(words, key) != words.end();
}

template <std::size_t N>
bool starts_with_any(Key key, const std::array<Key, N>& words) {
  return std::ranges::any_of(words, [key](Key word) { return key.starts_with(word); });
}

bool holds_any(Key key, Key units) { return key.find_first_of(units) != Key::npos; }

bool has_ideograph(Key key) { return std::ranges::any_of(key, is_ideographic); }

/// Whether the character parts words of a value. The point of a foreign name does not: 安娜·林.
bool parts_words(char32_t c) {
  static constexpr std::u32string_view kParting =
      U" \t\u3000\u00A0、，,；;&()（）[]【】“”\"《》_|/-—－·";
  // What most of every value is, so that no list is searched for it.
  if (text::is_main_ideograph(c) || text::is_latin(c) || text::is_digit(c)) return false;
  return c != U'·' && kParting.find(c) != std::u32string_view::npos;
}

/// The keys of its words; none where it has too many.
std::vector<std::u16string> words_in(std::string_view value) {
  std::vector<std::u16string> words;
  std::string word;
  const auto finish = [&] {
    std::u16string key;
    text::fold(word, key);
    if (!key.empty()) words.push_back(std::move(key));
    word.clear();
  };
  for (std::size_t at = 0; at < value.size() && words.size() <= kMostWords;) {
    const std::size_t start = at;
    if (parts_words(utf8::next(value, at))) {
      finish();
    } else {
      word += value.substr(start, at - start);
    }
  }
  finish();
  if (words.size() > kMostWords) words.clear();
  return words;
}

/// 本报记者林小川 -> 林小川; a role alone stays.
Key without_role(Key key) {
  for (const Key role : kRoles) {
    if (key.size() > role.size() && key.starts_with(role)) return key.substr(role.size());
  }
  return key;
}

/// 林小川摄 -> 林小川; what would be left with one character is a word of its own: 拍摄.
Key without_deed(Key key) {
  for (const Key deed : kDeeds) {
    if (key.size() > deed.size() + 1 && key.ends_with(deed)) {
      return key.substr(0, key.size() - deed.size());
    }
  }
  return key;
}

/// The first of what names never have is 的, which an institution may: 山的那边工作室.
bool is_institution(Key key) {
  if (holds_any(key, kNeverInNames.substr(1)) || ends_with_any(key, kNoInstitutions)) return false;
  return (key.size() >= 3 && kInstitutionEnds.find(key.back()) != Key::npos) ||
         (key.size() >= 2 && ends_with_any(key, kInstitutions));
}

/// 海边网2020年3月5日 -> 海边网
Key without_date(Key key) {
  const std::size_t last = key.find_last_not_of(u"0123456789年月日时分秒点更新-/:.");
  const bool dated = last != Key::npos && holds_any(key.substr(last + 1), u"0123456789");
  return dated ? key.substr(0, last + 1) : key;
}

/// 林小川, 欧阳明月, 林某. Two or three characters with a surname; four with one of two characters.
bool is_full_name(Key key) {
  if (key.ends_with(u"某") || key.ends_with(u"某某")) return key.size() <= 4;
  if (starts_with_any(key, kNoNames) || holds_any(key, kNeverInNames)) return false;
  if (starts_with_any(key, kDoubleSurnames)) return key.size() >= 3 && key.size() <= 4;
  return (key.size() == 2 || key.size() == 3) && kSurnames.find(key[0]) != Key::npos;
}

/// In the order of the table above.
Fit person_word(Key key) {
  if (!has_ideograph(key) || is_any(key, kAnybody) || is_any(key, kRoles)) return Fit::own;
  key = without_deed(without_role(key));
  if (is_full_name(key) || is_institution(key)) return Fit::own;
  const bool nickname = key.size() <= kLongestNickname && !starts_with_any(key, kNoNames) &&
                        !holds_any(key, kNeverInNames) && !holds_any(key, kRarelyInNicknames);
  return nickname ? Fit::loose : Fit::none;
}

/// Names of sites may be any short words, so more is loose than of persons.
Fit medium_word(Key key) {
  if (!has_ideograph(key) || is_any(key, kAnybody) || is_institution(key)) return Fit::own;
  if (is_any(key, kDeeds) || is_full_name(without_deed(without_role(key)))) return Fit::own;
  const bool brief = key.size() <= kLongestSite && !starts_with_any(key, kNoNames) &&
                     !holds_any(key, kNeverInNames) && !holds_any(key, kRarelyInNicknames);
  return brief ? Fit::loose : Fit::none;
}

/// Digits and their units: 2020年3月5日.
bool is_date(Key key) {
  return std::ranges::all_of(key, [](char16_t unit) {
    return text::is_digit(unit) || Key(u"年月日时分秒点-/:.").find(unit) != Key::npos;
  });
}

/// A date beside a name neither helps nor harms: 海边日报 2020-03-05. No word, no fit.
template <class Judge>
Fit fit_words(std::string_view value, Judge judge) {
  Fit fit = Fit::none;
  for (const std::u16string& word : words_in(value)) {
    const Fit of_word = is_date(word) ? Fit::loose : judge(without_date(word));
    if (of_word == Fit::none) return Fit::none;
    fit = std::max(fit, of_word);
  }
  return fit;
}

std::u16string key_of(std::string_view value) {
  std::u16string key;
  text::fold(value, key);
  return key;
}

}  // namespace

Fit fit_person(std::string_view value) {
  // The parts of a foreign name need no list: 安娜·林德.
  if (value.find("\u00B7") != std::string_view::npos && key_of(value).size() >= 3) return Fit::own;
  return fit_words(value, person_word);
}

/// A book or a film names itself by its marks, whatever it is called.
Fit fit_medium(std::string_view value) {
  if (value.find("《") != std::string_view::npos) return Fit::own;
  return fit_words(value, medium_word);
}

/// A year or a day leads; what follows may be an hour, a place, a counter.
Fit fit_moment(std::string_view value) {
  const std::u16string key = key_of(value);
  static constexpr std::array<Key, 5> kDays{u"今天", u"昨天", u"前天", u"刚刚", u"今日"};
  if (starts_with_any(key, kDays)) return Fit::own;
  if (key.empty() || !text::is_digit(key[0])) return Fit::none;
  const Key units = u"年月日时分秒点前小周一二三四五六上下午星期天amp-/:.";
  const bool only_time = std::ranges::all_of(key, [units](char16_t unit) {
    return text::is_digit(unit) || units.find(unit) != Key::npos;
  });
  const auto digits =
      std::ranges::count_if(key, [](char16_t unit) { return text::is_digit(unit); });
  return only_time || digits >= 6 ? Fit::own : Fit::none;
}

/// Begins with a figure, so that 万人空巷 is no count.
Fit fit_number(std::string_view value) {
  const std::u16string key = key_of(value);
  const bool counts =
      !key.empty() && text::is_digit(key[0]) && std::ranges::all_of(key, [](char16_t unit) {
        return text::is_digit(unit) || Key(u"次人万千百亿k").find(unit) != Key::npos;
      });
  return counts ? Fit::own : Fit::none;
}

}  // namespace dedup::boilerplate
