// SPDX-License-Identifier: Apache-2.0
#include "dedup/cleaner.h"

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "dedup/dedup.h"
#include "support.h"

using dedup::Cleaner;
using dedup::Options;
using dedup::Reason;
using dedup::test::Recorder;

namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string result;
  while (times-- > 0) result += text;
  return result;
}

const std::string kLong = repeat("春夏秋冬山水花鳥", 8) + "。\n";  // weight 64

}  // namespace

TEST_CASE("a run does not reach over more than 4 MiB of removed text") {
  // So that what lies between need not be kept until it is decided.
  const std::string parts[] = {"山中人家門前有一條小路通向水邊的石橋與渡口，",
                               "春天來時孩子們在橋上放風箏一直到天色暗下來，",
                               "老人坐在樹下喝茶說起很多年以前那場大雨和洪水。"};
  const std::string disclaimer = "免責聲明：本網轉載此文出於傳遞更多信息之目的。\n";
  for (const bool far : {false, true}) {
    std::string text = parts[0] + "\n" + parts[1] + "\n";
    for (std::size_t size = 0; size < (far ? 5U << 20 : 100'000U); size += disclaimer.size()) {
      text += disclaimer;
    }
    const std::string again = parts[0] + "\n" + parts[1] + "\n" + parts[2] + "\n";
    const std::string clean = dedup::clean(text + parts[2] + "\n中間另有一行\n" + again);
    const std::string once = again + "中間另有一行\n";
    CHECK(clean == (far ? once + again : once));
  }
}

TEST_CASE("options that make no sense are refused at construction") {
  Options options;
  options.min_block = 0;
  CHECK_THROWS_AS(Cleaner(options), dedup::InvalidOption);
  options.min_block = 50;
  options.min_block_across = 49;
  CHECK_THROWS_AS(Cleaner(options), dedup::InvalidOption);
}

TEST_CASE("a Cleaner remembers across documents and names the first copy") {
  Cleaner cleaner;
  Recorder recorder;
  cleaner.clean("標題\n" + kLong, recorder, "a.txt");
  cleaner.clean("別的\n\n" + kLong + "尾\n", recorder, "b.txt");
  REQUIRE(recorder.documents.size() == 2);
  CHECK(recorder.documents[0].edits.empty());
  const auto& second = recorder.documents[1];
  CHECK(second.name == "b.txt");
  CHECK(second.clean == "別的\n\n尾\n");
  REQUIRE(second.edits.size() == 1);
  CHECK(second.edits[0].reason == Reason::repeated_block);
  CHECK(second.edits[0].block == 2);
  CHECK(second.edits[0].first == dedup::Position{0, 1});
  CHECK(cleaner.stats().documents == 2);
  CHECK(cleaner.stats().blocks == 5);
  CHECK(cleaner.stats().blocks_kept == 4);
}

TEST_CASE("first positions are left out where they are not kept") {
  Options options;
  options.first_positions = false;
  Cleaner cleaner(options);
  Recorder recorder;
  cleaner.clean(kLong + kLong, recorder);
  REQUIRE(recorder.only().edits.size() == 1);
  CHECK_FALSE(recorder.only().edits[0].first);
}

TEST_CASE("a block that loses all its sentences goes whole, with its line end") {
  const std::string a = repeat("春", 70) + "。";
  const std::string b = repeat("夏", 70) + "。";
  const std::string c = repeat("秋", 70) + "。";
  Options options;
  options.paragraphs = dedup::Paragraphs::off;
  options.runs = false;
  Cleaner cleaner(options);
  Recorder recorder;
  cleaner.clean(a + b + c + "\n開頭。" + a + b + "\n" + c + "\n結尾。\n", recorder);
  CHECK(recorder.only().clean == a + b + c + "\n開頭。\n結尾。\n");
  REQUIRE(recorder.only().edits.size() == 2);
  CHECK(recorder.only().edits[1].reason == Reason::repeated_sentences);
  CHECK(recorder.only().edits[1].text == c + "\n");
}

TEST_CASE("a cut sentence takes the repairs on its border along") {
  const std::string a = repeat("春", 70) + "。";
  const std::string b = repeat("夏", 70) + "。";
  const std::string c = repeat("秋", 70) + "。";
  Cleaner cleaner;
  Recorder recorder;
  cleaner.clean(a + b + c + "\n開頭。\u200B" + a + b + c + "\u200B結\u200B尾。\n", recorder);
  CHECK(recorder.only().clean == a + b + c + "\n開頭。結尾。\n");
  REQUIRE(recorder.only().edits.size() == 2);
  CHECK(recorder.only().edits[0].text == "\u200B" + a + b + c + "\u200B");
  CHECK(recorder.only().edits[0].reason == Reason::repeated_sentences);
  CHECK(recorder.only().edits[1].reason == Reason::repair);
}

TEST_CASE("what repair makes whole counts as a repeat") {
  // Private use by itself is damage; in this text it is Hong Kong's.
  const std::string text =
      "今日返屋企，佢話\uECDA嘢好食，\uECD8邊度買？係度買，買返\uE547大家一齊食，食完再去行街睇戲，"
      "睇完戲先返屋企訓覺，聽日再去過海探外婆，大家開開心心過一個禮拜。\n";
  const std::string clean =
      "今日返屋企，佢話啲嘢好食，喺邊度買？係度買，買返嚟大家一齊食，食完再去行街睇戲，"
      "睇完戲先返屋企訓覺，聽日再去過海探外婆，大家開開心心過一個禮拜。\n";
  CHECK(dedup::clean(text + text) == clean);
  CHECK(dedup::clean(text + clean) == clean);
}

TEST_CASE("a damaged sentence has no key: its block never counts as a repeat") {
  const std::string damaged = repeat("春夏秋冬山水花鳥", 8) + "\uFFFD。\n";
  Cleaner cleaner;
  Recorder recorder;
  cleaner.clean(damaged + damaged, recorder);
  CHECK(recorder.only().edits.empty());
  CHECK(recorder.only().stats.damaged_sentences == 2);
}

TEST_CASE("an overlong line is judged in pieces and written unbroken") {
  std::string piece;
  for (int i = 0; piece.size() < (std::size_t{1} << 20) - 4000; ++i) {
    piece += "第" + std::to_string(i) + "句春夏秋冬山水花鳥";
  }
  piece += std::string((std::size_t{1} << 20) - 3 - piece.size(), 'x') + "。";
  REQUIRE(piece.size() == std::size_t{1} << 20);
  Options options;
  options.repair = false;
  const std::string once = piece + "尾\n下一行\n";
  CHECK(dedup::clean(once, options) == once);
  CHECK(dedup::clean(piece + piece + piece + "\n下一行\n", options) == piece + "\n下一行\n");
  CHECK(dedup::clean(piece + "\n" + piece + piece + "\n下一行\n", options) == piece + "\n下一行\n");
}

TEST_CASE("a repair that reaches over a cut of an overlong line is done once") {
  std::string entities;
  while (entities.size() < (std::size_t{3} << 20)) entities += "&amp;";
  std::string reversed = "\u202E";
  while (reversed.size() < (std::size_t{3} << 20)) reversed += "春夏";
  Options options;
  options.paragraphs = dedup::Paragraphs::off;
  options.runs = false;
  options.sentences = dedup::Sentences::off;
  Recorder recorder;
  Cleaner cleaner(options);
  cleaner.clean(entities, recorder);
  cleaner.clean(reversed, recorder);
  CHECK(recorder.documents[0].clean == std::string(entities.size() / 5, '&'));
  CHECK(recorder.documents[1].clean.size() == reversed.size() - 3);
  CHECK(recorder.documents[1].clean.starts_with("夏春"));
}

TEST_CASE("text over several windows is judged as one document") {
  std::string text;
  for (int i = 0; text.size() < (std::size_t{9} << 20); ++i) {
    text += "第" + std::to_string(i) + "段";
    for (int k = 0; k < 14; ++k) text += "字" + std::to_string(i * 31 + k) + "文本";
    text += "。\n";
  }
  Options options;
  options.sentences = dedup::Sentences::off;
  Cleaner cleaner(options);
  Recorder recorder;
  cleaner.clean(text + text, recorder);
  CHECK(recorder.only().clean == text);
  CHECK(cleaner.stats().decoded_bytes == 2 * text.size());
}

// -- rule 2 ---------------------------------------------------------------------------------------

namespace {

/// A document of its own: weight 5 for each sentence, a line each.
std::string document_of(std::string_view seed, int lines) {
  std::string text;
  for (int i = 0; i < lines; ++i) {
    text += std::string(seed) + "第" + std::to_string(i) + "行的話";
    text += i % 3 == 2 ? "。\n" : "，";
  }
  return text + "\n";
}

std::vector<std::string> texts(const Recorder& recorder) {
  std::vector<std::string> result;
  for (const auto& document : recorder.documents) result.push_back(document.clean);
  return result;
}

std::vector<std::string> clean_all(const std::vector<std::string>& documents,
                                   const Options& options) {
  Cleaner cleaner(options);
  Recorder recorder;
  for (int pass = 0; pass <= cleaner.surveys(); ++pass) {
    if (pass > 0) cleaner.next_pass();
    for (const std::string& document : documents) cleaner.clean(document, recorder);
  }
  return texts(recorder);
}

}  // namespace

TEST_CASE("a document with the same sequence of keys as an earlier one goes whole") {
  const std::string page = "標題\n\n" + document_of("春天", 30);
  const std::string again = "标题\n" + document_of("春天", 30) + "\n責任編輯：林小滿\n";
  Cleaner cleaner;
  Recorder recorder;
  cleaner.clean(page, recorder);
  cleaner.clean("別的\n", recorder);
  cleaner.clean(again, recorder);
  CHECK(texts(recorder) == std::vector<std::string>{page, "別的\n", ""});
  const auto& edits = recorder.documents[2].edits;
  REQUIRE(edits.size() == 1);
  CHECK(edits[0].reason == Reason::duplicate_document);
  CHECK(edits[0].text == again);
  CHECK(edits[0].first == dedup::Position{0, 0});
  CHECK(recorder.documents[2].stats.blocks_kept == 0);
}

TEST_CASE("light documents and documents at document scope are not compared") {
  const std::string light = "甲乙丙丁\n戊己庚辛\n";
  CHECK(clean_all({light, light}, {}) == std::vector<std::string>{light, light});
  Options options;
  options.scope = dedup::Scope::document;
  const std::string page = document_of("春天", 30);
  CHECK(clean_all({page, page}, options) == std::vector<std::string>{page, page});
}

TEST_CASE("near-duplicate documents go on request, and the witness stays") {
  const std::string page = document_of("春天", 60);
  std::string edited = page;
  edited.replace(edited.find("第7行"), std::string("第7行").size(), "第八十行");
  Options options;
  options.paragraphs = dedup::Paragraphs::off;
  options.runs = false;
  CHECK(clean_all({page, edited}, options) == std::vector<std::string>{page, edited});
  options.documents = dedup::Documents::near;
  CHECK(clean_all({page, edited}, options) == std::vector<std::string>{page, ""});
}

// -- rule 5 ---------------------------------------------------------------------------------------

TEST_CASE("near-duplicate blocks go on request, within a document or with wide scope") {
  const std::string one =
      "海邊的小城在清晨醒來，漁船一艘接一艘駛出港口，碼頭上的人們忙著整理漁網，孩子們背著書包沿著石"
      "板路走向學校，"
      "賣豆漿的老人推著車慢慢走過街角。\n";
  const std::string other =
      "海邊的小城在清晨醒來，漁船一艘接一艘駛出港灣，碼頭上的人們忙著整理漁網，孩子們背著書包沿著石"
      "板路走向學校，"
      "賣豆漿的老人推著車慢慢走過街角。\n";
  Options options;
  CHECK(clean_all({one + other}, options) == std::vector<std::string>{one + other});
  options.paragraphs = dedup::Paragraphs::near;
  CHECK(clean_all({one + other}, options) == std::vector<std::string>{one});
  CHECK(clean_all({one, other}, options) == std::vector<std::string>{one, other});
  options.scope = dedup::Scope::wide;
  Cleaner cleaner(options);
  Recorder recorder;
  cleaner.clean(one, recorder);
  cleaner.clean(other, recorder);
  CHECK(texts(recorder) == std::vector<std::string>{one, ""});
  REQUIRE(recorder.documents[1].edits.size() == 1);
  CHECK(recorder.documents[1].edits[0].reason == Reason::near_duplicate);
  CHECK(recorder.documents[1].edits[0].similarity.value_or(0) > 0.8);
}

TEST_CASE("near-duplicates do not empty a section whose heading stays") {
  const std::string paragraph =
      "打开配电箱的门。用万用表测量输入端的电压，确认读数在规定的范围之内。如果读数异常，应当立即断"
      "开"
      "总开关并通知值班电工，由其检查线路后方可继续操作。操作完毕后关好箱门。\n\n";
  std::string near = paragraph;  // a typing error
  near.replace(near.find("异常"), std::string("异常").size(), "异长");
  const std::string other = "停电以后先不要合闸，等值班电工到了再说。\n\n";
  const std::string end = "## 丙\n\n完。\n";
  const std::string first = "## 甲\n\n" + paragraph;
  struct Case {
    std::string_view name;
    std::string text;
    std::string clean;
  };
  const std::vector<Case> cases = {
      {"the same", first + "## 乙\n\n" + paragraph + end, ""},
      {"nearly the same", first + "## 乙\n\n" + near + end, ""},
      {"the last section", first + "## 乙\n\n" + near, ""},
      {"two of them", first + "## 乙\n\n" + near + "又：" + near + end, ""},
      {"below two headings", first + "## 乙\n\n### 送电\n\n" + near + end, ""},
      {"something else stays before it", first + "## 乙\n\n" + other + near + end,
       first + "## 乙\n\n" + other + end},
      {"and behind it", first + "## 乙\n\n" + near + other + end,
       first + "## 乙\n\n" + other + end},
      {"the same section", first + near + end, first + end},
      {"no heading", paragraph + other + near + other, paragraph + other + other},
  };
  Options options;
  options.paragraphs = dedup::Paragraphs::near;
  for (const Case& each : cases) {
    INFO(each.name);
    CHECK(clean_all({each.text}, options)[0] == (each.clean.empty() ? each.text : each.clean));
  }
}

TEST_CASE("what a section was left does not count against later near-duplicates") {
  const std::string words =
      "海边的小城在清晨醒来，渔船一艘接一艘驶出码头，人们忙着整理渔网，孩子们背着书包沿着石板路走"
      "向学校，卖豆浆的老人推着车走过街角";
  const std::string text = "## 甲\n\n" + words + "。\n\n## 乙\n\n" + words +
                           "！\n\n## 丙\n\n雨停了。\n\n" + words + "呢。\n";
  Options options;
  options.paragraphs = dedup::Paragraphs::near;
  CHECK(clean_all({text}, options)[0] ==
        "## 甲\n\n" + words + "。\n\n## 乙\n\n" + words + "！\n\n## 丙\n\n雨停了。\n");
}

// -- rule 6, further ------------------------------------------------------------------------------

TEST_CASE("lone sentences of weight 60 go on request; runs in other documents with wide scope") {
  const std::string lone = repeat("春夏秋冬山水花鳥", 8) + "。";
  const std::string page = "開頭的話。" + lone + "中間的話。\n結尾。" + lone + "\n";
  Options options;
  CHECK(clean_all({page}, options) == std::vector<std::string>{page});
  options.sentences = dedup::Sentences::lone;
  CHECK(clean_all({page}, options) ==
        std::vector<std::string>{"開頭的話。" + lone + "中間的話。\n結尾。\n"});

  const std::string run =
      repeat("春", 70) + "。" + repeat("夏", 70) + "。" + repeat("秋", 70) + "。";
  options.sentences = dedup::Sentences::exact;
  CHECK(clean_all({"甲。" + run + "\n", "乙。" + run + "丙。\n"}, options) ==
        std::vector<std::string>{"甲。" + run + "\n", "乙。" + run + "丙。\n"});
  options.scope = dedup::Scope::wide;
  CHECK(clean_all({"甲。" + run + "\n", "乙。" + run + "丙。\n"}, options) ==
        std::vector<std::string>{"甲。" + run + "\n", "乙。丙。\n"});
}

// -- Keep::none -----------------------------------------------------------------------------------

TEST_CASE("with Keep::none all copies of a block go, the first too") {
  Options options;
  options.keep = dedup::Keep::none;
  CHECK(clean_all({"頭\n" + kLong + "中\n" + kLong, kLong + "尾\n", "獨\n"}, options) ==
        std::vector<std::string>{"頭\n中\n", "尾\n", "獨\n"});
  // weight 40 to 59: within the document only
  const std::string lighter = repeat("春夏秋冬山水花鳥", 6) + "。\n";
  CHECK(clean_all({lighter + "甲\n", lighter + "乙\n"}, options) ==
        std::vector<std::string>{lighter + "甲\n", lighter + "乙\n"});
  CHECK(clean_all({lighter + "甲\n" + lighter}, options) == std::vector<std::string>{"甲\n"});
}

TEST_CASE("with Keep::none all copies of a document go, and their blocks do not count") {
  Options options;
  options.keep = dedup::Keep::none;
  const std::string page = document_of("春天", 30) + kLong;
  CHECK(clean_all({page, kLong + "甲\n", page}, options) ==
        std::vector<std::string>{"", kLong + "甲\n", ""});
  CHECK(Cleaner(options).surveys() == 2);
  CHECK(Cleaner().surveys() == 0);
}

TEST_CASE("a sink's exception passes through") {
  struct Full : dedup::Sink {
    void kept(std::string_view) override { throw std::runtime_error("no space left"); }
    void edit(const dedup::Edit&) override {}
  };
  Full sink;
  CHECK_THROWS_WITH(Cleaner().clean("文\n", sink), "no space left");
}
