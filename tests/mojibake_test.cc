// SPDX-License-Identifier: Apache-2.0
// Lines that were read in a wrong charset before.
#include "text/repair/mojibake.h"

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "dedup/cleaner.h"
#include "text/charset/decoders.h"
#include "text/repair/repair.h"

namespace dedup::text {
namespace {

std::string repaired(std::string_view text) { return text::apply(text, repair(text)); }

/// What a decoder of `charset` makes of some bytes.
std::string misread(std::string_view bytes, Charset charset) {
  std::string text;
  const auto decoder = decoder_of(charset);
  decoder->feed(bytes, text);
  decoder->finish(text);
  return text;
}

/// How many lines look like mojibake and stay.
std::size_t marked(std::string_view text) {
  const auto repairs = repair_unless_dense(text, Marks(text, {Mark::repair}), 0, text.size());
  return repairs ? repairs->mangled.size() : 0;
}

constexpr std::string_view kText = "图书馆的新馆在河边，周末开放。";
constexpr std::string_view kUtf8AsLatin1 =
    "\u00E5\u009B\u00BE\u00E4\u00B9\u00A6\u00E9\u00A6\u0086\u00E7\u009A\u0084\u00E6\u0096\u00B0"
    "\u00E9\u00A6\u0086\u00E5\u009C\u00A8\u00E6\u00B2\u00B3\u00E8\u00BE\u00B9\u00EF\u00BC\u008C"
    "\u00E5\u0091\u00A8\u00E6\u009C\u00AB\u00E5\u00BC\u0080\u00E6\u0094\u00BE\u00E3\u0080\u0082";
constexpr std::string_view kUtf8AsWindows =
    "\u00E5\u203A\u00BE\u00E4\u00B9\u00A6\u00E9\u00A6\u2020\u00E7\u0161\u201E\u00E6\u2013\u00B0"
    "\u00E9\u00A6\u2020\u00E5\u0153\u00A8\u00E6\u00B2\u00B3\u00E8\u00BE\u00B9\u00EF\u00BC\u0152"
    "\u00E5\u2018\u00A8\u00E6\u0153\u00AB\u00E5\u00BC\u20AC\u00E6\u201D\u00BE\u00E3\u20AC\u201A";
constexpr std::string_view kUtf8AsMac =
    "\u00C2\u00F5\u00E6\u2030\u03C0\u00B6\u00C8\u00B6\u00DC\u00C1\u00F6\u00D1\u00CA\u00F1\u221E"
    "\u00C8\u00B6\u00DC\u00C2\u00FA\u00AE\u00CA\u2264\u2265\u00CB\u00E6\u03C0\u00D4\u00BA\u00E5"
    "\u00C2\u00EB\u00AE\u00CA\u00FA\u00B4\u00C2\u00BA\u00C4\u00CA\u00EE\u00E6\u201E\u00C4\u00C7";
constexpr std::string_view kGbkAsLatin1 =
    "\u00CD\u00BC\u00CA\u00E9\u00B9\u00DD\u00B5\u00C4\u00D0\u00C2\u00B9\u00DD\u00D4\u00DA\u00BA"
    "\u00D3\u00B1\u00DF\u00A3\u00AC\u00D6\u00DC\u00C4\u00A9\u00BF\u00AA\u00B7\u00C5\u00A1\u00A3";

TEST_CASE("a line of mojibake becomes what it was") {
  for (const std::string_view line : {kUtf8AsLatin1, kUtf8AsWindows, kUtf8AsMac, kGbkAsLatin1}) {
    INFO(line);
    CHECK(unmangled(line) == std::string(kText));
    CHECK(repaired("甲\n" + std::string(line) + "\n乙\n") ==
          "甲\n" + std::string(kText) + "\n乙\n");
  }
  const Changes changes = repair(kUtf8AsWindows);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].kind == RepairKind::mojibake);
}

TEST_CASE("what hid it makes no difference to a second repair") {
  const std::string line(kUtf8AsWindows);
  for (const std::string& hidden :
       {line.substr(0, 2) + "\u200B" + line.substr(2), "&#xE5;" + line.substr(2), line + "&#xA0;",
        std::string("刘&#xE863;，在位"), std::string("刘\uE863 ，在位"),
        std::string("刘\u200B\uE863，在位"),
        // one ideograph more, and it is no code
        std::string("a'umA?#xf;ll;+&#xA0刘\uE863，x1r+b")}) {
    INFO(hidden);
    const std::string once = repaired(hidden);
    CHECK(repaired(once) == once);
  }
}

TEST_CASE("what is not provably so stays") {
  const std::string cut(kUtf8AsWindows.substr(0, kUtf8AsWindows.size() - 3));
  for (const std::string& line : {
           "乱码" + std::string(kUtf8AsWindows),  // quoted
           std::string(kUtf8AsWindows) + " 是乱码",
           cut,  // the end is lost
           std::string("Les \u00E9l\u00E8ves pr\u00E9f\u00E8rent \u00EAtre r\u00E9veill\u00E9s"),
           std::string("\u00C4\u00D6\u00DC\u00E4\u00F6\u00FC\u00DF \u00C4\u00D6\u00DC"),
           std::string("\u00E5\u00A5\u00BD"),  // one ideograph
           std::string("caf\u00E9 \u00C0 la carte"),
           "```\n" + std::string(kUtf8AsWindows) + "\n```",
       }) {
    INFO(line);
    CHECK(repaired(line) == line);
  }
}

// Nothing of these is lost but the end of 。
constexpr std::string_view kWhole[] = {
    "我们昨天去看了电影，票价是三十元",
    "雨停以后，孩子们都跑到院子里去了，谁也不肯回来。",
    "會議改在星期三下午兩點舉行，請各位同仁準時到",
    "他说：“明天的考试改到下周二。”大家听了都很高兴！",
    "本店营业时间9:00-21:30，周末照常开门，节日另行通知",
    "<p>河水涨得很快，桥已经过不去了，只好绕路走山后的小道去</p>",
};

TEST_CASE("UTF-8 that was read as GBK becomes what it was") {
  for (const std::string_view line : kWhole) {
    INFO(line);
    const std::string mangled = misread(line, Charset::gb18030);
    CHECK(repaired(mangled) == std::string(line));
    CHECK(repaired("甲乙丙\n" + mangled + "\n丁戊己\n") ==
          "甲乙丙\n" + std::string(line) + "\n丁戊己\n");
    CHECK(marked(mangled) == 0);
  }
}

TEST_CASE("older converters gave private use to a pair") {
  const std::string line = "这一出戏讲的是一个娼女从良以后的故事";  // E5 [A8 BC] E5 A5 B3
  const std::string mangled = misread(line, Charset::gb18030);
  const std::size_t at = mangled.find("\u1E3F");
  REQUIRE(at != std::string::npos);
  CHECK(repaired(mangled.substr(0, at) + "\uE7C7" + mangled.substr(at + 3)) == line);
}

TEST_CASE("the euro sign stands for a byte or for a pair") {
  for (const std::string_view line : {
           "一二三是他学会的第一批字，一共八十一",    // E4 B8 [80]
           "大家都说这个怢。确实很少有人认得它们了",  // E6 80 [A2 E3] [80] 82
           "一〇一是一，一一是一，唉一〇、一一了啊",
       }) {
    INFO(line);
    const std::string mangled = misread(line, Charset::gb18030);
    CHECK(mangled.find("\u20AC") != std::string::npos);
    CHECK(mangled.find("\uFFFD") == std::string::npos);
    CHECK(unmangled(mangled) == std::string(line));
  }
}

/// A sentence of words that have nothing to do with one another.
std::string random_sentence(std::mt19937& random) {
  constexpr std::string_view kWords[] = {
      "木匠", "把",   "旧",   "桌子", "送给", "邻居", "以后", "又", "做",   "了",   "一",   "只",
      "小船", "在",   "湖边", "等",   "风",   "，",   "船",   "却", "没有", "动",   "；",   "孩子",
      "们",   "说",   "：",   "是",   "的",   "、",   "那",   "天", "很",   "热",   "药店", "早就",
      "关门", "电话", "打",   "不通", "2019", "年",   "3",    "月", "GPS",  "信号", "弱",   "！"};
  constexpr std::size_t kCount = std::size(kWords);
  std::string sentence = "从前";
  const std::size_t words = 10 + random() % 20;
  for (std::size_t i = 0; i < words; ++i) sentence += kWords[random() % kCount];
  return sentence + "回来了。";
}

TEST_CASE("what lost no byte is put right, and what lost one is marked") {
  std::mt19937 random(20240817);  // NOLINT: the same each time
  std::size_t whole = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string line = random_sentence(random);
    const std::string mangled = misread(line, Charset::gb18030);
    INFO(line);
    const bool lost = mangled.substr(0, mangled.size() - 3).find("\uFFFD") != std::string::npos;
    whole += lost ? 0 : 1;
    CHECK(repaired(mangled) == (lost ? mangled : line));
    CHECK(marked(mangled) == (lost ? 1 : 0));
    CHECK(repaired(line) == line);
    CHECK(marked(line) == 0);
  }
  CHECK(whole > 200);
}

TEST_CASE("a full stop whose last byte is lost at the end of a line is one") {
  struct Row {
    std::string_view line;
    bool sure;
  };
  const Row rows[] = {
      {"孩子们都跑到院子里去了，谁也不肯回来。", true},
      {"孩子们都跑到院子里去了，谁也不肯先回来。", true},
      {"他看完了《红楼梦》，又从头看起。", true},
      {"请看「通知」，会议改期。", true},
      {"他最喜欢看的书是那本《红楼梦》", false},
      {"请大家都来看一看这份「通知」", false},
      {"请大家都来看一看这份「通知。", false},
      {"这栋房子是哪一年造的？一九八〇", false},
      {"买些青菜、萝卜、豆腐、面条、", true},  // wrong, but nobody ends a line so
      {"孩子们都跑到院子里去了，谁也不肯回来！", false},
      {"孩子们都跑到院子里去了，谁也不肯先回来”", false},
  };
  for (const Row& row : rows) {
    INFO(row.line);
    const std::string mangled = misread(row.line, Charset::gb18030);
    const std::string cut = mangled.substr(0, mangled.find("\uFFFD"));
    for (const std::string& each : {mangled, cut, cut + '?'}) {
      const auto text = unmangled(each);
      CHECK(text.has_value() == row.sure);
      if (!row.sure) CHECK(marked(each) == 1);
    }
  }
  CHECK(unmangled("浣犲ソ锛屼笘鐣岋紒浠婂ぉ澶╂皵寰堝ソ銆") == "你好，世界！今天天气很好。");
}

TEST_CASE("one double-byte set that was read as the other") {
  const std::string_view big5 =
      "\xB9\xCF\xAE\xD1\xC0\x5D\xAA\xBA\xB7\x73\xC0\x5D\xA6\x62\xAA\x65\xC3\xE4\xA1\x41\xB6\x67"
      "\xA5\xBD\xA4\x5D\xB6\x7D\xA9\xF1\xA1\x43";
  CHECK(repaired(misread(big5, Charset::gb18030)) == "圖書館的新館在河邊，週末也開放。");
  const std::string_view gbk =
      "\xCD\xBC\xCA\xE9\xB9\xDD\xB5\xC4\xD0\xC2\xB9\xDD\xD4\xDA\xBA\xD3\xB1\xDF\xA3\xAC\xD6\xDC"
      "\xC4\xA9\xBF\xAA\xB7\xC5\xA1\xA3";
  CHECK(repaired(misread(gbk, Charset::big5)) == std::string(kText));
}

TEST_CASE("ideographs that are what they seem stay") {
  for (
      const std::string_view line : {
          "联通",
          "联通联通联通",
          "涓涓细流，汇成江河",
          "鏄鐨鍦涓浠鏈銆锛鏉鐢",  // leads alone
          "欧阳鑫鑫、司徒鎏、上官錾、诸葛鋆",
          "鍾錦、錢鏞、鐵鑄、鄭鑫鑫、鍾鎮、金鎏、鈕鏗",
          "銀、銅、鐵、錫、鋅、鎳、鉻、錳、鎂",
          "饕餮耄耋魑魅魍魉龃龉踟蹰",
          // in the order of Unicode, of which neighbours are neighbours in the sets
          "塕塖塗塘塙塚塛塜塝塞塟塠塡塢塣",
          "墂墄墆墇墈墊墋墌墍墎",
          "稭種稯稰稱稲稴稵稶稷",
          "稭種稯稰稱稲、稴稵稶稷",
          "銀行錄取鐵路錯誤鎮長，鏡頭鐘錶鑽石",
          "東京都の図書館は駅の近くにあります。",
          "カタカナとひらがなと漢字を混ぜて書く。",
          "大韓民國의 歷史와 文化",
          "漢字語: 圖書館, 鐵道, 銀行",
          "ㄅㄆㄇㄈ 注音符號ㄛㄜㄝ",
          "价格为€20，或€35。",
          "ⅠⅡⅢ①②③㈠㈡㈢",
          "\u2015\u2015\u2015\u2015\u2015\u2015\u2015\u2015\u2015\u2015\u2015\u2015",  // 求 in Big5
          "┌──┬──┐",
          "Привет, мир! 你好。",
          "氵字旁：汆汊汔汕汜汨沅沆沌沐沔沩泐泔泗",
          "钅字旁：钆钇钋钌钍钏钐钔钗钕钚钛钜钣钤钫钪钭钬钯",
          "图标 \uE62C 首页 \uE001 更多 \uE7C7",
      }) {
    INFO(line);
    CHECK(unmangled(line) == std::nullopt);
    CHECK_FALSE(looks_mangled(line));
    CHECK(marked(line) == 0);
  }
}

TEST_CASE("a text about mojibake keeps what it shows") {
  const std::string shown = misread(kWhole[0], Charset::gb18030);
  for (const std::string& text : {
           "打开文件以后只看见一行乱码：\n" + shown + "\n其实是编码选错了。",
           shown + "\n上面这种亂碼是怎麼來的？",
           "UTF-8 的字节按 GBK 解码，就成了这样：\n\n" + shown + "\n",
           "他说的“" + shown + "”我一个字也看不懂",
           "```\n" + shown + "\n```",
           "乱码是这样的：\n" + std::string(kUtf8AsWindows),
           std::string("乱码是这样的：\n锟斤拷锟斤拷锟斤拷锟斤拷"),
       }) {
    INFO(text);
    CHECK(repaired(text) == text);
    CHECK(marked(text) == 0);
  }
  // Far from there it is dirt again.
  std::string far = "这一篇讲乱码。\n";
  for (int i = 0; i < 60; ++i) far += "这一行说的是别的事情，" + std::to_string(i) + "。\n";
  CHECK(repaired(far + shown) == far + std::string(kWhole[0]));
}

TEST_CASE("what looks like mojibake and cannot be proven is marked, not changed") {
  const std::string gbk = misread(kWhole[1], Charset::gb18030);
  const std::string odd = misread("河水涨得很快，桥已经过不去了", Charset::gb18030);
  std::string question = misread("河水涨得很快，桥 已经过不去 了", Charset::gb18030);
  for (std::size_t at = 0; (at = question.find("\uFFFD")) != std::string::npos;) {
    question.replace(at, 3, "?");
  }
  const std::string latin(kUtf8AsLatin1);
  struct Row {
    std::string text;
    std::size_t want;
  };
  const Row rows[] = {
      {misread("雨停了，孩子们都跑到院子里去！", Charset::gb18030), 1},  // 45 bytes
      {question, 1},
      {latin.substr(0, latin.size() - 2), 1},
      {std::string(kUtf8AsWindows.substr(0, kUtf8AsWindows.size() - 3)), 1},
      {"锟斤拷锟斤拷锟斤拷", 1},
      {"2010锟斤拷1锟斤拷5锟斤拷", 1},
      {"\uFFFD\uFFFD\u0135\uFFFD\uFFFD\uFFFD", 1},
      {"烫烫烫烫烫烫烫烫烫烫", 1},
      {"hello烫烫烫屯屯屯屯", 1},
      {"锟斤拷锟斤拷锟斤拷\n甲乙\n烫烫烫烫烫烫\n", 2},
      // and what only speaks of it, or means it
      {"手持两把锟斤拷，口中疾呼烫烫烫。", 0},
      {"锟斤拷", 0},
      {"烫烫烫", 0},
      {"这碗汤烫烫烫，等一等再喝。", 0},
      {"屯屯屯，那边有个村子叫屯屯屯。", 0},
      {"三斤半拷贝纸", 0},
      {"有一个字\uFFFD看不清", 0},
      {"Les \u00E9l\u00E8ves pr\u00E9f\u00E8rent \u00EAtre r\u00E9veill\u00E9s", 0},
      {"\u00C4\u00D6\u00DC\u00E4\u00F6\u00FC\u00DF \u00C4\u00D6\u00DC", 0},
      {"Ti\u1EBFng Vi\u1EC7t: \u00C2m nh\u1EA1c v\u00E0 \u0111i\u1EC7n \u1EA3nh", 0},
      {"什么?怎么会?真的吗?", 0},
      {"```\n锟斤拷锟斤拷锟斤拷\n```", 0},
      {gbk, 0},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(marked(row.text) == row.want);
    if (row.want > 0) CHECK(repaired(row.text) == row.text);
    CHECK(repaired(repaired(row.text)) == repaired(row.text));
  }
}

TEST_CASE("mojibake that stays is counted, and its first line named") {
  const std::string text = "甲乙丙丁\n\n锟斤拷锟斤拷锟斤拷\n戊己庚辛\n烫烫烫烫烫烫烫\n";
  const Cleaned cleaned = Cleaner(Options{}).clean(Page{.bytes = text});
  CHECK(cleaned.text == text);
  CHECK(cleaned.stats.mojibake_lines == 2);
  CHECK(cleaned.damage.mojibake_line == 2);
  Options off;
  off.repair = false;
  CHECK(Cleaner(off).clean(Page{.bytes = text}).stats.mojibake_lines == 0);
}

TEST_CASE("a line that was put right has no damage") {
  // AD E6 and the like are private use in GBK.
  const std::string_view line = "中文资料都在中心的文件柜里，中间那层";
  const std::string mangled = misread(line, Charset::gb18030);
  REQUIRE(mangled.find("\uFFFD") == std::string::npos);
  const Cleaned cleaned = Cleaner(Options{}).clean(Page{.bytes = mangled});
  CHECK(cleaned.text == std::string(line));
  CHECK(cleaned.stats.damaged_sentences == 0);
}

TEST_CASE("kana and bopomofo are texts of their own") {
  for (const std::string_view text :
       {"ゼロからはじめる", "はじめてのパソコン", "ダンガンロンパ", "のんのんびより",
        "へのへのもへじ", "ゼロからはじめるPython", "ゼロから始める", "ㄅㄆㄇㄈ ㄉㄊㄋㄌ",
        "1. ㄅㄆㄇㄈㄉㄊㄋㄌ", "〆ゝゞ﹉﹊﹋", "㎡㏄㏎㏑㏒㏕︰￢￤℡"}) {
    INFO(text);
    CHECK_FALSE(unmangled(text));
  }
}

// Behind C6A1 decoders of Big5 have kana, or other signs in other places: て may be 其 or another.
TEST_CASE("GBK that was read as a Big5 with signs that others have elsewhere is not proven") {
  CHECK_FALSE(unmangled("栨褪參坻腔苤枑р植笐紲腔華源鏽堤懂﹝睿燠臙珨れ軗輛嫖荌曹趙腔岍賜"));
}

}  // namespace
}  // namespace dedup::text
