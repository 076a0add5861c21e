// SPDX-License-Identifier: Apache-2.0
// Injected pinyin: which documents are spoilt, and which notes go out of them.
#include "text/repair/pinyin.h"

#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "text/repair/repair.h"

namespace dedup::text {
namespace {

std::string repaired(std::string_view text) {
  std::string result = text::apply(text, repair(text));
  CHECK(repair(result).empty());
  return result;
}

struct Case {
  std::string_view text;
  std::string_view expected;
};

// Three characters with their readings, twice each: enough to convict a document.
const std::string kProof =
    "開創(chuàng)了新的漢(hàn)語課，轉(zhuǎn)到創(chuàng)新，說漢(hàn)語，再轉(zhuǎn)回來。\n";
const std::string kProofClean = "開創了新的漢語課，轉到創新，說漢語，再轉回來。\n";
const std::string kUntoned = "由山(shan)東人民(min)在此种树(shu)的故事，说来话长。\n";
const std::string kUntonedClean = "由山東人民在此种树的故事，说来话长。\n";

TEST_CASE("notes go out of a spoilt document, in all their forms") {
  const Case cases[] = {
      {"創(chuàng)新", "創新"},
      {"創（chuàng）新", "創新"},
      {"創(chuàng )新，創(\u00A0chuàng)新", "創新，創新"},
      {"創(chua\u0300ng)新", "創新"},  // the tone as a combining mark
      {"綠(lǜ)，綠(lu\u0308\u0300)，綠(lv)", "綠，綠，綠"},
      {"創(chuàng)(chuàng)新，創(chuàng) (chuàng)新", "創新，創 新"},
      {"漢(chuang)(hàn)", "漢(chuang)"},
      // The reading of another place, but with its tone.
      {"長(cháng)度，校長(zhǎng)", "長度，校長"},
      // Cut off at the end of the line.
      {"帶(d", "帶"},
      {"帶(dài", "帶"},
      {"過(gu.", "過."},
      {"過(gu……", "過……"},
      {"過（gu\n新", "過\n新"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(repaired(kProof + std::string(c.text)) == kProofClean + std::string(c.expected));
  }
}

TEST_CASE("notes of the author stay even there") {
  for (const std::string_view text : {
           "基地(嘉興)",
           "長五公分(cm)",
           "見圖(a)",
           "龜茲(Qiūcí)",
           "他(she)",
           "漢(ab)",
           "和(hé、hè、huó)",
           "過(gx",
           "過(",
           "過(gu) x(gu",
           "(chuàng)",
           "a(chuàng)",
           "創(chuàngchuàng)",
           "創(CHUÀNG)",
           "創[chuàng]",
       }) {
    CAPTURE(text);
    // Enough proof that one character without a note does not matter.
    CHECK(repaired(kProof + kProof + kProof + kProof + std::string(text)) ==
          kProofClean + kProofClean + kProofClean + kProofClean + std::string(text));
  }
}

TEST_CASE("a Simplified document without tones") {
  CHECK(repaired(kUntoned) == kUntonedClean);
  // A syllable that is not the reading goes if seen again on the same character.
  CHECK(repaired(kUntoned + "了(liao)结，了(liao)断") == kUntonedClean + "了结，了断");
  CHECK(repaired(kUntoned + "了(liao)结，图(a)图(a)") == kUntonedClean + "了(liao)结，图(a)图(a)");
}

TEST_CASE("a kit that leaves a blank behind each note") {
  CHECK(repaired("由山(shan) 東人民(min) 在此种树(shu) 的故事，说(shuo)") ==
        "由山東人民在此种树的故事，说");
  // One blank by chance is the author's.
  CHECK(repaired(kUntoned + "说(shuo) Java") == kUntonedClean + "说 Java");
}

TEST_CASE("documents of authors who write pinyin stay whole") {
  std::string long_text;
  for (int i = 0; i < 2000; ++i) {
    long_text += "文字";
  }
  const std::string texts[] = {
      // Too few characters, or none of them twice.
      "創(chuàng)新，漢(hàn)語，創(chuàng)新，漢(hàn)語",
      "媽(mā)麻(má)馬(mǎ)罵(mà)",
      // Rare characters of the Simplified script, as in notes on poems.
      "裛(yì)涴(wò)裛(yì)涴(wò)氲(yūn)氲(yūn)，如此而已。",
      // Few and far between, on characters that both scripts share.
      long_text + "山(shān)人(rén)水(shuǐ)山(shān)人(rén)水(shuǐ)",
      // A reader for children: every character.
      "大(dà)山(shān)小(xiǎo)水(shuǐ)大(dà)山(shān)小(xiǎo)水(shuǐ)",
      // A lesson: the same characters stand without a note elsewhere.
      "风(fēng)、雨(yǔ)、雪(xuě)\n大风(fēng)、小雨(yǔ)、下雪(xuě)"
      "\n刮风的时候常常下雨，冬天才下雪。\n",
      // Not their readings.
      "山(dà)小(shān)水(xiǎo)山(dà)小(shān)水(xiǎo)，如此而已。",
  };
  for (const std::string& text : texts) {
    CAPTURE(text.substr(0, 60));
    CHECK(repair(text).empty());
  }
}

TEST_CASE("the whole document decides") {
  // One note a line, the proof spread over all of them; radicals count as their ideographs.
  CHECK(repaired(
            "創(chuàng)\r\n漢(hàn)\n轉(zhuǎn)\r創(chuàng)\n\n漢(hàn)\n轉(zhuǎn)\n新的一年到了") ==
        "創\r\n漢\n轉\r創\n\n漢\n轉\n新的一年到了");
  CHECK(repaired(kProof + "用\u2F2F(gōng)人") == kProofClean + "用工人");
}

TEST_CASE("each note is one change") {
  const Changes changes = repair(kProof);
  REQUIRE(changes.size() == 6);
  CHECK(changes.front() == Change{6, 15, "", RepairKind::pinyin});
}

}  // namespace
}  // namespace dedup::text
