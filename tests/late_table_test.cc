// SPDX-License-Identifier: Apache-2.0
#include "cleaner/rules/late_table.h"

#include <cstdint>
#include <map>
#include <random>

#include "catch.h"

namespace dedup::cleaner {
namespace {

struct Numbered {
  std::uint64_t key = 0;
  std::uint64_t number = 0;
};

TEST_CASE("a late table finds what was added, the first of a key") {
  LateTable<Numbered> table;
  CHECK(table.find(7) == nullptr);
  table.add({7, 1});
  table.add({7, 2});
  REQUIRE(table.find(7) != nullptr);
  CHECK(table.find(7)->number == 1);
  table.add({7, 3});
  table.add({9, 4});
  CHECK(table.find(7)->number == 1);
  CHECK(table.find(9)->number == 4);
  CHECK(table.size() == 4);
  SECTION("and nothing once it is cleared") {
    table.clear();
    CHECK(table.find(7) == nullptr);
    CHECK(table.size() == 0);
  }
}

TEST_CASE("a late table has a place for the key 0") {
  LateTable<Numbered> table;
  table.add({0, 5});
  REQUIRE(table.find(0) != nullptr);
  CHECK(table.find(0)->number == 5);
}

// Keys of few values meet often, keys of one remainder crowd the same slots.
TEST_CASE("a late table agrees with a map") {
  std::mt19937_64 random(7);
  LateTable<Numbered> table;
  std::map<std::uint64_t, std::uint64_t> map;
  const std::uint64_t step = GENERATE(1U, 64U, 0x9E3779B97F4A7C15U);
  for (std::uint64_t number = 0; number < 5000; ++number) {
    const std::uint64_t key = (1 + random() % 2000) * step;
    if (random() % 3 == 0) {
      const Numbered* const found = table.find(key);
      REQUIRE((found != nullptr) == map.contains(key));
      if (found != nullptr) REQUIRE(found->number == map[key]);
    } else {
      table.add({key, number});
      map.emplace(key, number);
    }
  }
}

}  // namespace
}  // namespace dedup::cleaner
