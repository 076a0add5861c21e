// SPDX-License-Identifier: Apache-2.0
// The built-in rules as the build lays them out, and as they are laid out when a run has rules of
// its own: one and the same.
#include "boilerplate/rule_tables.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "boilerplate/builtin_rules.h"
#include "boilerplate/grammar.h"
#include "boilerplate/laid_out.h"
#include "boilerplate/rules.h"
#include "catch.h"
#include "text/fold.h"
#include "text/signs.h"

namespace dedup::boilerplate {
namespace {

void check_same(const PhraseTables& one, const PhraseTables& other) {
  CHECK(std::ranges::equal(one.patterns, other.patterns));
  CHECK(std::ranges::equal(one.entries, other.entries));
  CHECK(std::ranges::equal(one.first, other.first));
  CHECK(std::ranges::equal(one.pairs, other.pairs));
  CHECK(std::ranges::equal(one.triples, other.triples));
}

std::string verdict(const BoilerplateRules& rules, const std::string& line) {
  std::u16string key;
  const std::uint32_t weight = text::fold(line, key).weight;
  const auto hit = rules.judge(line, text::letters_of(key), weight);
  return hit ? std::string(hit->rule) : "none";
}

}  // namespace

TEST_CASE("the build lays the built-in rules out as a run would") {
  RuleSet read;
  parse_rules(builtin_rules(), "built-in boilerplate rules", read);
  const LaidOut laid_out(read);
  const RuleTables at_run_time = laid_out.tables();
  const RuleTables& built = builtin_tables();
  CHECK(at_run_time.units == built.units);
  CHECK(at_run_time.letters == built.letters);
  CHECK(std::ranges::equal(at_run_time.parts, built.parts));
  CHECK(std::ranges::equal(at_run_time.phrases, built.phrases));
  check_same(at_run_time.cues, built.cues);
  check_same(at_run_time.keeps, built.keeps);
  check_same(at_run_time.guards, built.guards);
  CHECK(std::ranges::equal(at_run_time.bylines, built.bylines));
  CHECK(std::ranges::equal(at_run_time.tails, built.tails));
  CHECK(std::ranges::equal(at_run_time.bar_words, built.bar_words));
  CHECK(std::ranges::equal(at_run_time.signs, built.signs));
  CHECK(std::ranges::equal(at_run_time.ornaments, built.ornaments));
  CHECK(std::ranges::equal(at_run_time.dated, built.dated));
  CHECK(std::ranges::equal(at_run_time.classes, built.classes));
}

TEST_CASE("a rule of its own leaves the built-in ones as they were") {
  const BoilerplateRules built;
  const BoilerplateRules own("class mine\nstrong 海边小城欢迎你");
  for (const char* line : {"转载请注明出处", "责任编辑：林小川", "点赞 收藏 分享", "© 2024",
                           "- END -", "清江的水很绿。"}) {
    CAPTURE(line);
    CHECK(verdict(built, line) == verdict(own, line));
  }
  CHECK(verdict(built, "海边小城欢迎你") == "none");
  CHECK(verdict(own, "海边小城欢迎你") == "mine: 海边小城欢迎你");
}

}  // namespace dedup::boilerplate
