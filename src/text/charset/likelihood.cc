// SPDX-License-Identifier: Apache-2.0
#include "text/charset/likelihood.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/characters.h"
#include "text/charset/codecs.h"
#include "text/decode.h"
#include "text/ideograph_set.h"
#include "text/tables.h"

namespace dedup::text {
namespace {

// The ideographs that any text is made of; Simplified, since they are looked up by their keys.
constexpr std::u16string_view kEveryday =
    u"的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年"
    u"过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心"
    u"她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间"
    u"由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给"
    u"世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变"
    u"四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社"
    u"便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北"
    u"边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔府造转完收根干团离八六七九"
    u"千百亿元号单城线流众快州周服语未食华广青红周字落包技办委员院每林组织近始局石热亲飞步网站"
    u"图图片读者版章节页费价钱买卖店车房间楼室医药病院校班级课考试题业余企业投资股票银行贷款险保"
    u"税证件号码址箱邮手机电脑软硬件联系客服务商品牌质量供应求职位薪酬待遇福利条款规定律法违约责"
    u"任纠纷诉讼裁判罪罚款缴纳申请审批准备案例如依据按照根本农村户籍身份登记持续增减少幅率比较均"
    u"历史朝皇帝古诗词歌曲电影视频音乐游戏球赛队冠亚奖运动员练习健康吃饭喝茶酒菜味道香爱情恋结婚"
    u"父母爸妈哥弟姐妹孩老师朋友谁怎样吗呢吧啊哦嗯呀哪您咱她它请谢早晚午夜春夏秋冬风雨雪云星阳河湖"
    u"江岛州省县镇乡街巷台湾港澳深圳京沪杭苏浙粤川渝陕鲁晋豫鄂湘皖闽赣桂黔滇藏疆甘青宁蒙辽吉黑";

/// By their keys' units.
constexpr IdeographSet kIsEveryday(kEveryday);

// Each class's share of a text over its size, as a logarithm. What counts is that they differ by
// far more than texts do.
constexpr double kOfEveryday = -7.3;    // .6 of a text, 900 characters in two scripts
constexpr double kOfCommon = -10;       // .2, 5,000
constexpr double kOfIdeographs = -14;   // .015, 15,000
constexpr double kOfRare = -18;         // .001, 70,000
constexpr double kOfMarks = -5.5;       // .1, 25
constexpr double kOfAscii = -6;         // .2, 97
constexpr double kOfSigns = -11.5;      // .02, 2,000: kana, full-width letters, Greek, Latin
constexpr double kOfOthers = -16;       // other scripts and signs
constexpr double kOfControls = -14;     // NUL among them, of which text has none
constexpr double kOfNothing = -20;      // private use, unassigned
constexpr double kOfBrokenByte = -12;   // worse than any rare character of two bytes
constexpr double kOfRandom = -10;       // a pair of bytes among all pairs
constexpr double kLeastGain = 8;        // three everyday characters, or two and a mark
constexpr double kLeastMeanGain = 0.8;  // a third of Chinese text's

bool is_mark_of_sentence(char32_t c) {
  constexpr std::u32string_view kMarks = U"，。、：；？！（）《》“”‘’「」『』—…·【】";
  if (c > 0x3011 && c < 0xFF01) return false;
  return c == 0x3000 || kMarks.find(c) != std::u32string_view::npos;
}

double likelihood_of_ideograph(char32_t c) {
  if (kIsEveryday.has(tables::entry(c) & 0xFFFFU)) return kOfEveryday;
  if (is_common(c)) return kOfCommon;
  return is_main_ideograph(c) ? kOfIdeographs : kOfRare;
}

double likelihood_of_small(char32_t c) {
  if (c < 0x20) return c == '\n' || c == '\r' || c == '\t' ? kOfAscii : kOfControls;
  if (c < 0x7F) return kOfAscii;
  if (c < 0xA0) return kOfControls;
  return c < 0x460 ? kOfSigns : kOfOthers;
}

double likelihood_of(char32_t c) {
  if (c < 0x2000 && c != U'·') return likelihood_of_small(c);
  if (is_main_ideograph(c)) return likelihood_of_ideograph(c);  // nearly all
  if (is_mark_of_sentence(c)) return kOfMarks;
  if (is_han(c)) return likelihood_of_ideograph(c);
  if (c >= 0xE000 && c < 0xF900) return kOfNothing;
  if ((c >= 0x2000 && c < 0x2700) || (c >= 0x3000 && c < 0x3130)) return kOfSigns;
  if (c >= 0xFF00 && c < 0xFF60) return kOfSigns;
  return c < 0xFFF0 || (c >= 0x1F000 && c < 0x20000) ? kOfOthers : kOfNothing;
}

class Reader {
 public:
  /// `counts`: whether it tells one charset from another.
  void add(char32_t c, bool counts) {
    const double each = likelihood_of(c < kDouble ? c : char32_t{0xCA});
    reading.likelihood += each;
    if (counts) {
      ++reading.characters;
      reading.gain += each - kOfRandom;
    }
  }
  /// Most of a page are letters and marks of ASCII, each as likely as the next.
  void add_ascii(std::size_t count) { reading.likelihood += kOfAscii * static_cast<double>(count); }
  void add_broken(std::size_t bytes) {
    ++reading.broken;
    reading.likelihood += kOfBrokenByte * static_cast<double>(bytes);
    reading.gain += kOfBrokenByte - kOfRandom / 2;
  }
  Reading reading;
};

/// How many characters at the head of `bytes` are visible, or blanks, of ASCII.
std::size_t ascii_at_head(std::string_view bytes) {
  const auto* const end = std::find_if(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x7F || (byte < 0x20 && c != '\n' && c != '\r' && c != '\t');
  });
  return static_cast<std::size_t>(end - bytes.begin());
}

template <typename Codec>
Reading read(std::string_view bytes, bool whole) {
  Reader reader;
  while (!bytes.empty()) {
    if constexpr (Codec::kAscii) {
      const std::size_t ascii = ascii_at_head(bytes);
      reader.add_ascii(ascii);
      bytes.remove_prefix(ascii);
      if (bytes.empty()) break;
    }
    if (Codec::kAscii && static_cast<unsigned char>(bytes.front()) < 0x80) {
      reader.add(static_cast<unsigned char>(bytes.front()), false);
      bytes.remove_prefix(1);
      continue;
    }
    const Read next = Codec::read(bytes);
    if (next.state == Read::State::whole) {
      reader.add(next.c, true);
    } else if (next.state == Read::State::broken || whole) {
      reader.add_broken(next.size);
    } else {
      break;
    }
    bytes.remove_prefix(next.size);
  }
  return reader.reading;
}

/// By the decoder, whose notion of a broken sequence is the one that counts. What it writes for
/// such is what may also be in the bytes; that stands for characters lost before.
Reading read_utf8(std::string_view bytes, bool whole) {
  Utf8Decoder decoder;
  std::string text;
  decoder.feed(bytes, text);
  if (whole) decoder.finish(text);
  Reader reader;
  std::size_t lost = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t ascii = ascii_at_head(std::string_view(text).substr(at));
    reader.add_ascii(ascii);
    at += ascii;
    if (at == text.size()) break;
    const char32_t c = utf8::next(text, at);
    if (c == utf8::kReplacement) {
      ++lost;
    } else {
      reader.add(c, c >= 0x80);
    }
  }
  const std::size_t broken = decoder.damage().sequences;
  for (std::size_t i = 0; i < broken; ++i) reader.add_broken(1);
  reader.reading.characters += lost - broken;
  return reader.reading;
}

}  // namespace

bool Reading::convinces() const noexcept {
  return gain >= kLeastGain && gain >= kLeastMeanGain * static_cast<double>(characters + broken);
}

Reading read_as(Charset charset, std::string_view bytes, bool whole) {
  if (charset == Charset::utf8) return read_utf8(bytes, whole);
  return with_codec(charset,
                    [&]<typename Codec>(Codec) { return text::read<Codec>(bytes, whole); });
}

}  // namespace dedup::text
