#include "memory/seen_set.h"

#include <map>
#include <optional>
#include <random>

#include "catch.h"
#include "dedup/edit.h"

using dedup::Position;
using dedup::memory::SeenSet;
using dedup::numbers::Fingerprint;

TEST_CASE("the first place stands") {
  SeenSet<Position> set(true);
  CHECK_FALSE(set.find_or_insert({1, 2}, {0, 5}));
  CHECK(set.find_or_insert({1, 2}, {3, 9}) == Position{0, 5});
  CHECK(set.find_or_insert({1, 2}, {4, 1}) == Position{0, 5});
  CHECK(set.size() == 1);
}

TEST_CASE("without places it still knows what it has seen") {
  SeenSet<Position> set(false);
  CHECK_FALSE(set.find_or_insert({1, 2}, {0, 5}));
  CHECK(set.find_or_insert({1, 2}, {3, 9}) == Position{});
}

TEST_CASE("all-zero and all-one fingerprints are fingerprints like any other") {
  SeenSet<Position> set(true);
  CHECK_FALSE(set.find_or_insert({0, 0}, {1, 1}));
  CHECK_FALSE(set.find_or_insert({~0ULL, ~0ULL}, {2, 2}));
  CHECK(set.find_or_insert({0, 0}, {3, 3}) == Position{1, 1});
  CHECK(set.find_or_insert({~0ULL, ~0ULL}, {3, 3}) == Position{2, 2});
  CHECK(set.size() == 2);
  set.clear();
  CHECK_FALSE(set.find_or_insert({0, 0}, {1, 1}));
}

TEST_CASE("it agrees with a map, through growth, collisions and clearing") {
  std::mt19937_64 random(3);
  SeenSet<Position> set(true);
  for (int round = 0; round < 4; ++round) {
    std::map<std::pair<std::uint64_t, std::uint64_t>, Position> known;
    const int count = round == 1 ? 20000 : 300;
    for (int i = 0; i < count; ++i) {
      // few distinct low words, so that probes run into one another
      const Fingerprint fingerprint{random() % 64, random() % (static_cast<unsigned>(count) / 2)};
      const Position here{static_cast<std::uint64_t>(round), static_cast<std::uint64_t>(i)};
      const auto [found, fresh] = known.emplace(std::pair(fingerprint.low, fingerprint.high), here);
      const auto answer = set.find_or_insert(fingerprint, here);
      REQUIRE(answer.has_value() == !fresh);
      if (answer) REQUIRE(*answer == found->second);
    }
    CHECK(set.size() == known.size());
    set.clear();
    CHECK(set.size() == 0);
  }
}
