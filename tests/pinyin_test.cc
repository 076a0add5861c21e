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

TEST_CASE("a text that teaches readings keeps its notes") {
  std::string index = "汉语拼音索引：";
  for (int i = 0; i < 40; ++i) {
    index += "阿(a) 1页，安(an) 3页，八(ba) 5页，";
  }
  const std::string texts[] = {
      // Two readings of one word, whatever the others.
      "“行（háng）业”，而“行（xíng）业”错；山(shān)、水(shuǐ)、人(rén)；"
      "山(shān)、水(shuǐ)、人(rén)。",
      "銀行(háng)、銀行(xíng)，轉(zhuǎn)來，說(shuō)明，學(xué)習，"
      "轉(zhuǎn)來，說(shuō)明，學(xué)習",
      "爱好(hào)，爱好(hǎo)；重(zhòng)要、长(zhǎng)官、山(shān)水；"
      "重(zhòng)要、长(zhǎng)官、山(shān)水",
      "“行（háng）业”不读“行（xíng）业”，“银行（háng）”不读“银行（xíng）”；“重（chóng）复”不读"
      "“重（zhòng）复”，“重（chóng）新”不读“重（zhòng）新”；“长（zhǎng）辈”不读“长（cháng）辈”，"
      "“长（zhǎng）官”不读“长（cháng）官”。",
      // Two readings of most characters.
      "长(zhǎng)辈、长(zhǎng)官，长(cháng)短、长(cháng)处；重(zhòng)要、重(zhòng)量，"
      "重(chóng)叠、重(chóng)来；行(xíng)走、行(xíng)动，行(háng)业、行(háng)情",
      "長(zhǎng)輩、長(zhǎng)官，長(cháng)短、長(cháng)處；還(hái)有、還(hái)要，"
      "還(huán)書、還(huán)錢；調(diào)動、調(diào)查，調(tiáo)和、調(tiáo)味",
      // A word about readings beside most notes.
      "用拼音打字：先打“你(ni)”，再打“好(hao)”，最后打“吗(ma)”。",
      "打出山(shan)水时要注意拼音，打出人(ren)民和大(da)地也是。",
      "“創(chuàng)”字讀作創(chuàng)，漢(hàn)字讀作漢(hàn)，轉(zhuǎn)字讀作轉(zhuǎn)。",
      // Characters by themselves, and such a word somewhere.
      "拼音索引：阿(a) 1页，安(an) 3页，八(ba) 5页。",
      index,
      "拼音索引\n\n阿(a) 1页\n安(an) 3页\n八(ba) 5页\n",
      "聲調\n\n創(chuàng)、漢(hàn)、轉(zhuǎn)\n創(chuàng)、漢(hàn)、轉(zhuǎn)\n",
  };
  for (const std::string& text : texts) {
    CAPTURE(text.substr(0, 60));
    CHECK(repair(text).empty());
  }
}

TEST_CASE("a machine's notes go out of a text that speaks of readings, too") {
  const Case cases[] = {
      // In another line, in another sentence, beside a few of the notes.
      {"他會用拼音打字。\n", "他會用拼音打字。\n"},
      {"多音字\n\n", "多音字\n\n"},
      {"漢(hàn)語拼音是一套方案。\n", "漢語拼音是一套方案。\n"},
      {"生僻的字注上讀音，例如創(chuàng)。\n", "生僻的字注上讀音，例如創。\n"},
      // Two readings of one character, one of them without a tone, and what is no reading.
      {"長(cháng)度，校長(zhǎng)\n", "長度，校長\n"},
      {"創(chuang)新，創(chuàng)新\n", "創新，創新\n"},
      {"見圖(a)，見圖(e)\n", "見圖(a)，見圖(e)\n"},
      // Characters by themselves, of which nobody speaks.
      {"創(chuàng)、漢(hàn)、轉(zhuǎn)、創(chuàng)、漢(hàn)、轉(zhuǎn)\n",
       "創、漢、轉、創、漢、轉\n"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const std::string proof = kProof + kProof + kProof;
    const std::string clean = kProofClean + kProofClean + kProofClean;
    CHECK(repaired(std::string(c.text) + proof) == std::string(c.expected) + clean);
    CHECK(repaired(proof + std::string(c.text)) == clean + std::string(c.expected));
  }
  // All in one line, of which a sentence says the word.
  std::string line = "他會用拼音打字。";
  std::string clean = line;
  for (int i = 0; i < 6; ++i) {
    line += kProof.substr(0, kProof.size() - 1);
    clean += kProofClean.substr(0, kProofClean.size() - 1);
  }
  CHECK(repaired(line) == clean);
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
