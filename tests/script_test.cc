// SPDX-License-Identifier: Apache-2.0
// Script and form: what stays is written in one script, and in one form of Unicode, where that is
// asked for. Without OpenCC there is no conversion to test.
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "dedup/dedup.h"
#include "support.h"
#include "text/script/phrases.h"
#include "text/script/untouched.h"

using dedup::Normalise;
using dedup::Options;
using dedup::Script;
using dedup::test::Recorder;

namespace {

/// Also sees that nothing is lost: what stays and what the edits took away is the document.
std::string written(std::string_view text, const Options& options) {
  Recorder recorder;
  dedup::Cleaner cleaner(options);
  cleaner.clean(text, recorder);
  REQUIRE(recorder.only().decoded == text);
  return recorder.only().clean;
}

std::string in_script(std::string_view text, Script script) {
  Options options;
  options.script = script;
  return written(text, options);
}

std::string simplified(std::string_view text) { return in_script(text, Script::simplified); }
std::string traditional(std::string_view text) { return in_script(text, Script::traditional); }

std::string nfc(std::string_view text) {
  Options options;
  options.normalise = Normalise::nfc;
  return written(text, options);
}

struct Case {
  std::string_view text;
  std::string_view expected;
};

}  // namespace

TEST_CASE("of phrases the longest counts, and the first value of two") {
  dedup::text::Phrases phrases;
  phrases.add("发", "發");
  phrases.add("头发", "頭髮");
  phrases.add("头发", "頭發");
  phrases.add("\U00020000", "丙");
  const auto longest = [&](std::string_view text, std::size_t at = 0) {
    const auto match = phrases.longest(text, at);
    return std::to_string(match.size) + std::string(match.value);
  };
  CHECK(longest("头发发白") == "6頭髮");
  CHECK(longest("头发发白", 3) == "3發");
  CHECK(longest("头") == "0");
  CHECK(longest("白发") == "0");
  CHECK(longest("\U00020000发") == "4丙");
}

TEST_CASE("addresses, code between backticks and tags are not touched") {
  const auto shown = [](std::string_view line) {
    dedup::text::TagState tags;
    std::string result(line);
    const auto spans = dedup::text::untouched_spans(line, tags);
    for (auto span = spans.rbegin(); span != spans.rend(); ++span) {
      result.insert(span->end, "]").insert(span->start, "[");
    }
    return result;
  };
  CHECK(shown("沒有任何東西") == "沒有任何東西");
  CHECK(shown("看https://example.org/a.html查詢") == "看[https://example.org/a.html]查詢");
  CHECK(shown("看 https://example.org/wiki/後漢書，再說") ==
        "看 [https://example.org/wiki/後漢書]，再說");
  CHECK(shown("用 `裡面` 和 ``後`面`` 兩種") == "用 [`裡面`] 和 [``後`面``] 兩種");
  CHECK(shown("`:``後` 裡 `面`") == "[`:``後`] 裡 [`面`]");
  CHECK(shown("一個 ` 不成對") == "一個 ` 不成對");
  CHECK(shown("<a title=\"後\">後</a>面") == "[<a title=\"後\">]後[</a>]面");
  CHECK(shown("`https://example.org/後`") == "[`https://example.org/後`]");
}

TEST_CASE("NFC is written where it is asked for") {
  CHECK(nfc("Cafe\u0301 與 cafe\u0301。\n") == "Caf\u00E9 與 caf\u00E9。\n");
  CHECK(nfc("\uF900\uF9DC 是相容字。\n") == "\u8C48\u9686 是相容字。\n");
  CHECK(nfc("已經是 caf\u00E9 了。\n") == "已經是 caf\u00E9 了。\n");
  CHECK(dedup::clean("Cafe\u0301\n") == "Cafe\u0301\n");
  // After the repairs: the entity becomes a mark, which composes with what is before it.
  CHECK(nfc("在 cafe&#x301; 見面。\n") == "在 caf\u00E9 見面。\n");
}

TEST_CASE("a line with a hundred marks in a row stays as it is") {
  std::string text = "e";
  for (int i = 0; i < 100; ++i) text += i % 2 == 0 ? "\u0323" : "\u0301";
  CHECK(nfc("e\u0301\n" + text + "\n") == "\u00E9\n" + text + "\n");
}

TEST_CASE("a build without OpenCC refuses to convert") {
  if (dedup::converts_scripts()) return;
  Options options;
  options.script = Script::traditional;
  CHECK_THROWS_AS(dedup::Cleaner(options), dedup::InvalidOption);
}

TEST_CASE("a document in the other script is converted phrase by phrase") {
  if (!dedup::converts_scripts()) return;
  CHECK(traditional("他的头发白了，皇后在里面干活，空气很干燥。\n") ==
        "他的頭髮白了，皇后在裡面幹活，空氣很乾燥。\n");
  CHECK(traditional("为什么要找台湾的面条？\n") == "為什麼要找臺灣的麵條？\n");
  CHECK(simplified("乾隆皇帝說，這裡的空氣很乾燥，皇后看後很瞭解。\n") ==
        "乾隆皇帝说，这里的空气很干燥，皇后看后很了解。\n");
}

TEST_CASE("a document in the script asked for stays byte for byte") {
  if (!dedup::converts_scripts()) return;
  for (const std::string_view text : {
           "皇后站在公里數的牌子後面，里長說天干地支，不能干涉，下面一只表。\n",
           "為什麼裏面的爲和裡面的為都可以？臺灣與台灣也是。\n",
       }) {
    CHECK(traditional(text) == text);
  }
  for (const std::string_view text : {
           "张乾说：“乾坤未定，著作等身，瞭望台上的藉口。”\n",
           "皇后在里面。\n",
           "",
           "no Chinese at all\n",
       }) {
    CHECK(simplified(text) == text);
    CHECK(simplified(simplified(text)) == text);
  }
  CHECK(traditional("皇后在里面。\n") == "皇后在里面。\n");  // shows neither script
}

TEST_CASE("the majority of a document decides, and then each line for itself") {
  if (!dedup::converts_scripts()) return;
  const std::string mostly_simplified =
      "这里说的话都是简体写的，没有别的问题，读者们请继续阅读。\n他引用了一句：「後來呢？」\n";
  CHECK(simplified(mostly_simplified) == mostly_simplified);
  CHECK(traditional(mostly_simplified) ==
        "這裡說的話都是簡體寫的，沒有別的問題，讀者們請繼續閱讀。\n他引用了一句：「後來呢？」\n");
  // In a converted document a line in the script asked for stays, though 后 and 里 would change.
  CHECK(traditional("这里说的话都是简体写的，没有别的问题。\n皇后與里長說話。\n") ==
        "這裡說的話都是簡體寫的，沒有別的問題。\n皇后與里長說話。\n");
  // A line that shows neither script goes with its document.
  CHECK(traditional("这里说的话都是简体写的。\n以后再去面包店\n") ==
        "這裡說的話都是簡體寫的。\n以後再去麵包店\n");
}

TEST_CASE("Japanese is neither script") {
  if (!dedup::converts_scripts()) return;
  const std::string japanese = "東京駅の前で時間を待っていた。電車が来ると、人々は話をやめた。\n";
  CHECK(simplified(japanese) == japanese);
  CHECK(simplified("這裡說的話都是繁體寫的。\n" + japanese) ==
        "这里说的话都是繁体写的。\n" + japanese);
}

TEST_CASE("code, tags and addresses of a converted document stay") {
  if (!dedup::converts_scripts()) return;
  CHECK(simplified("這裡說的話都是繁體寫的。\n```\nprint(\"後來\")\n```\n") ==
        "这里说的话都是繁体写的。\n```\nprint(\"後來\")\n```\n");
  CHECK(simplified("請看 https://example.org/wiki/後漢書 這一頁，以及 `後來` 這個變數。\n") ==
        "请看 https://example.org/wiki/後漢書 这一页，以及 `後來` 这个变数。\n");
  CHECK(simplified("<p title=\"後來\">這裡說的話</p>\n") == "<p title=\"後來\">这里说的话</p>\n");
}

TEST_CASE("dictionaries are taken from where a caller has them, and nowhere else") {
  if (!dedup::converts_scripts()) return;
  Options options;
  options.script = Script::simplified;
  options.script_dictionaries = "/nowhere";
  CHECK_THROWS_WITH(dedup::Cleaner(options),
                    Catch::Contains("/nowhere/TWVariants.ocd2") && Catch::Contains("OpenCC"));
  options.script = Script::keep;
  CHECK_NOTHROW(dedup::Cleaner(options));
}

TEST_CASE("a conversion is listed as repairs of their own kind") {
  if (!dedup::converts_scripts()) return;
  Options options;
  options.script = Script::simplified;
  Recorder recorder;
  dedup::Cleaner cleaner(options);
  cleaner.clean("他發財後&amp;開(kai)門。\n", recorder);
  std::vector<std::string> edits;
  for (const auto& edit : recorder.only().edits) {
    edits.push_back(edit.rule + " " + edit.text + " " + edit.replacement);
  }
  CHECK(edits == std::vector<std::string>{"script 發財後 发财后", "entity &amp; &", "script 開 开",
                                          "script 門 门"});
  CHECK(cleaner.stats().repaired[static_cast<std::size_t>(dedup::RepairKind::script)] == 3);
}

TEST_CASE("sentences that go, go from a line that is converted") {
  if (!dedup::converts_scripts()) return;
  const std::string copy =
      "山中人家門前有一條小路通向水邊的石橋與渡口，春天來時孩子們在橋上放風箏。"
      "老人坐在樹下喝茶，說起很多年以前那場大雨和洪水，大家都聽得入神。"
      "後來雨停了，河上又有了船，人們把房子一間一間蓋起來，路也修好了，學校也開了課。"
      "如今橋還是那座橋，渡口早已不在，只有到了春天，孩子們還會在橋上放風箏。";
  const std::string first = "開頭一句話說明來歷。" + copy + "這是結尾。\n";
  const std::string text = first + "\n另外一段開頭發生了別的事情。" + copy + "後面還有別的話。\n";
  const std::string without = dedup::clean(text);
  REQUIRE(without.size() < text.size());
  REQUIRE(without.find("後面還有別的話。") != std::string::npos);
  CHECK(simplified(text) == simplified(without));
}
