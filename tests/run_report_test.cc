// SPDX-License-Identifier: Apache-2.0
// What the report of a run is made of; the page itself is looked at by report_test.py.
#include <memory>
#include <string>

#include "catch.h"
#include "report/advice.h"
#include "report/findings.h"
#include "report/html.h"
#include "report/recent_texts.h"

using namespace dedup;
using namespace dedup::tool;

TEST_CASE("text in HTML is no mark-up, and what nobody sees is written as its number") {
  CHECK(escaped("<a href=\"x\">'&'</a>") ==
        "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  CHECK(escaped(std::string_view("\0", 1)) == "U+0000");
  CHECK(made_visible("海\u200B邊\U000E0041\t\n<") ==
        "海<b class=\"u\">U+200B</b>邊<b class=\"u\">U+E0041</b>\t\n&lt;");
}

TEST_CASE("no text ends the script that holds it") {
  CHECK(as_script("{\"a\":\"</script><!--\u2028&\"}") ==
        "{\"a\":\"\\u003C/script\\u003E\\u003C!--\\u2028\\u0026\"}");
}

TEST_CASE("a text is cut between characters") {
  CHECK(first_bytes("海邊a", 5) == "海");
  CHECK(first_bytes("海邊a", 6) == "海邊");
  CHECK(first_bytes("海邊a", 99) == "海邊a");
  CHECK(last_bytes("海邊a", 5) == "邊a");
  CHECK(last_bytes("海邊a", 3) == "a");
  CHECK(first_bytes("海", 0).empty());
}

TEST_CASE("figures are written for people") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1234567) == "1,234,567");
  CHECK(rough_bytes(999) == "999 bytes");
  CHECK(rough_bytes(1000) == "1.0 kB");
  CHECK(rough_bytes(1250000) == "1.3 MB");
  CHECK(percent(0, 100) == "0 %");
  CHECK(percent(1, 100000) == "<0.1 %");
  CHECK(percent(1, 3) == "33.3 %");
  CHECK(percent(3, 3) == "100.0 %");
}

namespace {

/// Counts `items` edits of a rule, of which sample i has i bytes.
RuleFinding& fill(Findings& findings, const std::string& name, std::uint64_t items) {
  RuleFinding& rule = findings.rule(Reason::boilerplate, name);
  for (std::uint64_t i = 0; i < items; ++i) {
    if (!findings.count(rule, 1)) continue;
    auto sample = std::make_shared<Sample>();
    sample->bytes = i;
    findings.put(rule, sample);
  }
  return rule;
}

}  // namespace

TEST_CASE("the draw is fair: no part of a run is preferred") {
  std::uint64_t in_first_half = 0, all = 0;
  Findings findings;
  for (int rule = 0; rule < 100; ++rule) {
    const RuleFinding& found = fill(findings, std::to_string(rule), 1000);
    REQUIRE(found.drawn.size() == 20);
    for (std::size_t i = 0; i < found.drawn.size(); ++i) {
      in_first_half += found.drawn[i].bytes < 500 ? 1 : 0;
      ++all;
    }
  }
  CHECK(all == 2000);
  CHECK(in_first_half > 900);  // 4.5 standard deviations
  CHECK(in_first_half < 1100);
}

TEST_CASE("what there is few of is held whole") {
  Findings findings;
  CHECK(fill(findings, "few", 7).drawn.size() == 7);
}

TEST_CASE("the more rules there are, the fewer samples each of them holds") {
  Findings findings;
  for (int rule = 0; rule < 5000; ++rule) fill(findings, std::to_string(rule), 20);
  std::size_t samples = 0;
  for (const RuleFinding* rule : findings.rules()) samples += rule->drawn.size();
  CHECK(samples <= 4096 + 1);
  CHECK(findings.rules().size() == 4097);  // and one of the others
  CHECK(findings.rules_pooled());
  CHECK(findings.rules().front()->rule == "(others)");
  CHECK(findings.rules().front()->count.items == (5000 - 4096) * 20);
}

TEST_CASE("recent texts give the lines of an earlier copy while there is room") {
  RecentTexts texts;
  texts.begin(3);
  texts.add("甲\r\n乙");
  texts.add("乙\n丙\r丁");
  texts.begin(5);
  texts.add("戊\n");
  CHECK(texts.lines(3, 0, 1, 99) == "甲\r\n");
  CHECK(texts.lines(3, 1, 1, 99) == "乙乙\n");
  CHECK(texts.lines(3, 1, 2, 99) == "乙乙\n丙\r");
  CHECK(texts.lines(3, 3, 9, 99) == "丁");
  CHECK(texts.lines(3, 1, 1, 4) == "乙");
  CHECK(texts.lines(3, 4, 1, 99).empty());
  CHECK(texts.lines(4, 0, 1, 99).empty());
  CHECK(texts.lines(5, 0, 1, 99) == "戊\n");
  texts.begin(6);
  texts.add(std::string(20'000'000, 'x'));
  texts.begin(7);
  texts.add(std::string(5'000'000, 'y'));
  texts.begin(8);
  texts.add("己");
  CHECK(texts.lines(3, 0, 1, 99).empty());
  CHECK(texts.lines(8, 0, 1, 99) == "己");
}

TEST_CASE("what would have kept a text is said by its reason") {
  Sample sample;
  sample.reason = Reason::boilerplate;
  sample.rule = "byline: 责任编辑";
  sample.text = "責任編輯：林小滿\n";
  Options options;
  CHECK(advice(sample, options).option == "--boilerplate=auto,-byline");
  CHECK(advice(sample, options).keep_rule == "keep 責任編輯");
  options.boilerplate = Boilerplate::rules;
  options.boilerplate_without = {"share"};
  CHECK(advice(sample, options).option == "--boilerplate=rules,-share,-byline");

  sample.text = "返回頂部\n";
  CHECK(advice(sample, options).keep_rule == "keep <start> 返回頂部 <end>");
  sample.text = "2023-05-06\n";
  CHECK(advice(sample, options).keep_rule.empty());

  sample.reason = Reason::repeated_block;
  sample.first = Copy{};
  CHECK(advice(sample, options).option == "--paragraphs=off --sentences=off");
  sample.first->elsewhere = true;
  CHECK(advice(sample, options).option == "--scope=document");
}
