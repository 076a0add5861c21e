// SPDX-License-Identifier: Apache-2.0
// The seen set against a map: in memory, through growth and crowding, and with a budget so small
// that nearly all of it is on disk.
#include "memory/seen_set.h"

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "dedup/edit.h"
#include "memory/budget.h"
#include "memory/ordered_table.h"
#include "memory/sorted_runs.h"
#include "support.h"

using dedup::Position;
using dedup::memory::Budget;
using dedup::memory::Identity;
using dedup::memory::OrderedTable;
using dedup::memory::SeenSet;
using dedup::memory::SortedRuns;
using dedup::memory::Spillable;
using dedup::numbers::Fingerprint;
using dedup::test::MemoryScratch;

namespace {

/// Only the upper 112 bits are stored: the lower half without its last 16.
Fingerprint fingerprint(std::uint64_t low, std::uint64_t high) { return {low << 16, high}; }

/// Asks a set and a map the same, with many repeats.
template <typename Draw>
void compare(SeenSet<Position>& set, int count, Draw draw) {
  std::map<std::pair<std::uint64_t, std::uint64_t>, Position> known;
  for (int i = 0; i < count; ++i) {
    const Fingerprint print = draw();
    const Position here{7, static_cast<std::uint64_t>(i)};
    REQUIRE(set.contains(print) == known.contains({print.low, print.high}));
    const auto [found, fresh] = known.emplace(std::pair(print.low, print.high), here);
    const auto answer = set.find_or_insert(print, here);
    REQUIRE(answer.has_value() == !fresh);
    if (answer) REQUIRE(*answer == found->second);
  }
  CHECK(set.size() == known.size());
}

}  // namespace

TEST_CASE("the first place stands") {
  Budget budget;
  SeenSet<Position> set(true, budget);
  CHECK_FALSE(set.find_or_insert({1, 2}, {0, 5}));
  CHECK(set.find_or_insert({1, 2}, {3, 9}) == Position{0, 5});
  CHECK(set.find_or_insert({1, 2}, {4, 1}) == Position{0, 5});
  CHECK(set.size() == 1);
}

TEST_CASE("without places it still knows what it has seen") {
  Budget budget;
  SeenSet<Position> set(false, budget);
  CHECK_FALSE(set.find_or_insert({1, 2}, {0, 5}));
  CHECK(set.find_or_insert({1, 2}, {3, 9}) == Position{});
}

TEST_CASE("all-zero and all-one fingerprints are fingerprints like any other") {
  Budget budget;
  SeenSet<Position> set(true, budget);
  CHECK_FALSE(set.find_or_insert({0, 0}, {1, 1}));
  CHECK_FALSE(set.find_or_insert({~0ULL, ~0ULL}, {2, 2}));
  CHECK(set.find_or_insert({0, 0}, {3, 3}) == Position{1, 1});
  CHECK(set.find_or_insert({~0ULL, ~0ULL}, {3, 3}) == Position{2, 2});
  CHECK(set.size() == 2);
  set.clear();
  CHECK_FALSE(set.find_or_insert({0, 0}, {1, 1}));
}

TEST_CASE("it agrees with a map, through growth and clearing") {
  std::mt19937_64 random(3);
  Budget budget;
  SeenSet<Position> set(true, budget);
  for (const int count : {300, 60'000, 300, 5}) {
    std::uniform_int_distribution<std::uint64_t> seeds(0, static_cast<std::uint64_t>(count) / 2);
    compare(set, count, [&] {
      std::mt19937_64 spread(seeds(random));
      return fingerprint(spread(), spread());
    });
    set.clear();
    CHECK(set.size() == 0);
  }
}

TEST_CASE("fingerprints that crowd at one place, at the end above all, are told apart") {
  for (const std::uint64_t high : {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{1} << 63}) {
    std::mt19937_64 random(4);
    Budget budget;
    SeenSet<Position> set(true, budget);
    compare(set, 4'000, [&] { return fingerprint(1 + random() % 3'000, high - high % 5); });
  }
}

TEST_CASE("so they are in a set too large to be copied as it grows") {
  std::mt19937_64 random(8);
  Budget budget;
  SeenSet<Position> set(true, budget);
  compare(set, 120'000, [&] {
    return random() % 32 == 0 ? fingerprint(1 + random() % 3'000, ~std::uint64_t{0})
                              : fingerprint(random(), random());
  });
  CHECK(set.memory() > 3'000'000);
}

TEST_CASE("identities stand in order, whatever the order they came in") {
  std::mt19937_64 random(5);
  OrderedTable table(0);
  for (int i = 0; i < 300'000; ++i) {
    const Identity identity(Fingerprint{random(), random()});
    if (table.full()) {
      const std::size_t before = table.memory();
      const std::size_t growth = table.growth();
      table.grow();
      REQUIRE(table.memory() == before + growth);
    }
    table.insert(identity, table.find(identity));
  }
  std::optional<Identity> last;
  std::size_t count = 0;
  table.for_each([&](std::span<const std::byte> entry) {
    const Identity identity(entry.data());
    REQUIRE((!last || *last < identity));
    last = identity;
    ++count;
  });
  CHECK(count == 300'000);
  CHECK(table.memory() < 21 * count);
}

TEST_CASE("a budget makes it go on from disk, and nothing is forgotten or made up") {
  MemoryScratch scratch;
  Budget budget;
  budget.limit(200'000, scratch);
  std::mt19937_64 random(6);
  SeenSet<Position> set(true, budget);
  SeenSet<bool> other(false, budget);
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 3'000; ++i) {
      other.find_or_insert(fingerprint(random(), random()), true);
    }
    compare(set, 120'000, [&] {
      std::mt19937_64 spread(random() % 60'000);
      return fingerprint(spread(), spread());
    });
    CHECK(scratch.files() > 0);
    CHECK(scratch.files() <= 8);
    CHECK(set.memory() + other.memory() < 200'000 + 2 * Budget::kLeast);
    set.clear();
    other.clear();
    CHECK(scratch.files() == 0);
  }
}

TEST_CASE("a budget of nothing is passed by a little for each, and the answers are the same") {
  MemoryScratch scratch;
  Budget budget;
  budget.limit(0, scratch);
  std::mt19937_64 random(7);
  SeenSet<Position> set(true, budget);
  compare(set, 20'000, [&] {
    std::mt19937_64 spread(random() % 9'000);
    return fingerprint(spread(), spread());
  });
  CHECK(set.memory() < 2 * Budget::kLeast);
}

TEST_CASE("on disk, identities that share their upper half are found across pages") {
  MemoryScratch scratch;
  OrderedTable table(sizeof(Position));
  for (std::uint64_t i = 0; i < 2'000; ++i) {
    const Identity identity(fingerprint(i + 1, 42));
    if (table.full()) table.grow();
    const Position place{i, i};
    std::memcpy(table.insert(identity, table.find(identity)), &place, sizeof place);
  }
  Budget budget;
  budget.limit(128, scratch);
  SortedRuns runs(budget, table.entry_bytes());
  runs.add([&](const SortedRuns::Put& put) { table.for_each(put); });
  for (std::uint64_t i = 0; i < 2'000; ++i) {
    const std::byte* const payload = runs.find(Identity(fingerprint(i + 1, 42)));
    REQUIRE(payload != nullptr);
    Position place;
    std::memcpy(&place, payload, sizeof place);
    REQUIRE(place == Position{i, i});
  }
  for (const auto& [low, high] : {std::pair(0U, 42U), {2'001U, 42U}, {1U, 41U}, {1U, 43U}}) {
    CHECK(runs.find(Identity(fingerprint(low, high))) == nullptr);
  }
}

TEST_CASE("the largest spill, and those with little are left alone") {
  struct Member : Spillable {
    explicit Member(std::size_t bytes) : held(bytes) {}
    std::size_t memory() const noexcept override { return held; }
    std::size_t spillable() const noexcept override { return held; }
    void spill() override { held = 0; }
    std::size_t held;
  };
  MemoryScratch scratch;
  Budget budget;
  Member small(Budget::kLeast - 1);
  Member middle(200'000);
  Member large(900'000);
  for (Member* const member : {&small, &middle, &large}) budget.join(*member);
  budget.reserve(1'000'000'000);
  CHECK(large.held == 900'000);  // no limit
  budget.limit(1'000'000, scratch);
  budget.reserve(100'000);
  CHECK(large.held == 0);
  CHECK(middle.held == 200'000);
  budget.reserve(2'000'000);
  CHECK(middle.held == 0);
  CHECK(small.held == Budget::kLeast - 1);
}

TEST_CASE("filters take half of a budget, the first of them half of that, and give it back") {
  MemoryScratch scratch;
  Budget budget;
  budget.limit(64'000, scratch);
  {
    const Budget::FilterShare first(budget);
    const Budget::FilterShare second(budget);
    CHECK(first.bytes() == 16'000);
    CHECK(second.bytes() == 8'000);
    std::size_t all = first.bytes() + second.bytes();
    std::vector<std::unique_ptr<Budget::FilterShare>> more;
    for (int i = 0; i < 4; ++i) {
      more.push_back(std::make_unique<Budget::FilterShare>(budget));
      all += more.back()->bytes();
    }
    CHECK(all <= 32'000);
    CHECK(budget.next_filter() == 1'000);  // never nothing
  }
  CHECK(budget.next_filter() == 16'000);
}
