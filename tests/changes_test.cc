// SPDX-License-Identifier: Apache-2.0
// Changes: applying them, and composing two lists into one.
#include "text/repair/changes.h"

#include <random>
#include <string>

#include "catch.h"

namespace dedup::text {
namespace {

constexpr RepairKind kFirst = RepairKind::entity;
constexpr RepairKind kSecond = RepairKind::space;

TEST_CASE("apply replaces the spans and keeps the rest") {
  CHECK(text::apply("abc", {}) == "abc");
  CHECK(text::apply("abc", {{1, 2, "", kFirst}}) == "ac");
  CHECK(text::apply("abc", {{0, 1, "xy", kFirst}, {1, 2, "", kFirst}}) == "xyc");
  CHECK(text::apply("abc", {{3, 3, "!", kFirst}}) == "abc!");
}

TEST_CASE("compose gives offsets of the first text") {
  struct Case {
    const char* what;
    Changes first;
    Changes second;
    Changes expected;
  };
  const Case cases[] = {
      {"apart, the second behind the first",
       {{1, 4, "", kFirst}},
       {{2, 3, "", kSecond}},
       {{1, 4, "", kFirst}, {5, 6, "", kSecond}}},
      {"apart, the second before the first",
       {{4, 5, "xyz", kFirst}},
       {{0, 1, "", kSecond}},
       {{0, 1, "", kSecond}, {4, 5, "xyz", kFirst}}},
      {"touching spans stay two",
       {{1, 2, "", kFirst}},
       {{1, 2, "", kSecond}},
       {{1, 2, "", kFirst}, {2, 3, "", kSecond}}},
      {"within a replacement: the kind of the first",
       {{1, 6, " ", kFirst}},
       {{1, 2, "", kSecond}},
       {{1, 6, "", kFirst}}},
      {"over a deletion: the kind of the second",
       {{2, 3, "", kFirst}},
       {{1, 4, "", kSecond}},
       {{1, 5, "", kSecond}}},
      {"cutting into a replacement takes the change along",
       {{1, 3, "xyz", kFirst}},
       {{3, 5, "!", kSecond}},
       {{1, 4, "xy!", kSecond}}},
      {"a bridge between two changes makes them one",
       {{0, 1, "ab", kFirst}, {3, 4, "cd", kFirst}},
       {{1, 5, "-", kSecond}},
       {{0, 4, "a-d", kSecond}}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    CHECK(compose(c.first, c.second) == c.expected);
  }
}

Changes random_changes(std::mt19937& random, std::size_t size) {
  Changes changes;
  for (std::size_t at = random() % 4; at < size;) {
    const std::size_t end = std::min<std::size_t>(size, at + random() % 4);
    changes.push_back(
        {at, end, std::string(random() % 3, static_cast<char>('A' + random() % 26)), kFirst});
    at = end + random() % 3 + (end == at ? 1 : 0);
  }
  return changes;
}

TEST_CASE("composed changes do the same as one after the other") {
  std::mt19937 random(1);
  const std::string text = "0123456789abcdef";
  for (int i = 0; i < 20000; ++i) {
    const Changes first = random_changes(random, text.size());
    const std::string middle = text::apply(text, first);
    const Changes second = random_changes(random, middle.size());
    const Changes both = compose(first, second);
    REQUIRE(text::apply(text, both) == text::apply(middle, second));
    std::size_t last = 0;
    for (const Change& change : both) {
      REQUIRE(last <= change.start);
      REQUIRE(change.start <= change.end);
      last = change.end;
    }
  }
}

TEST_CASE("neighbouring deletions of a kind become one") {
  Changes changes;
  append_deletion(changes, 0, 3, kFirst);
  append_deletion(changes, 3, 6, kFirst);
  append_deletion(changes, 6, 7, kSecond);
  append_deletion(changes, 8, 8, kSecond);
  CHECK(changes == Changes{{0, 6, "", kFirst}, {6, 7, "", kSecond}});
}

}  // namespace
}  // namespace dedup::text
