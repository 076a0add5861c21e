// SPDX-License-Identifier: Apache-2.0
#include "memory/near_index.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "catch.h"
#include "naive_resemblance.h"
#include "numbers/novelty.h"
#include "numbers/numerals.h"
#include "numbers/turns.h"
#include "support.h"

namespace dedup::memory {
namespace {

using test::NaiveResemblance;
using test::RandomKeys;

/// An index asked by keys.
class Index {
 public:
  explicit Index(double threshold = .8) : index_(threshold, NearIndex::Keep::copies, budget_) {}
  /// One that has so many bytes, and disk for the rest.
  Index(std::uint64_t bytes, Scratch& scratch) : Index() { budget_.limit(bytes, scratch); }

  std::optional<NearVerdict> find(const std::u16string& key) {
    return index_.find(key, numbers::bands_of(key));
  }
  void add(const std::u16string& key, const Position& place) {
    index_.add(key, numbers::bands_of(key), place);
  }
  void clear() { index_.clear(); }
  [[nodiscard]] std::size_t memory() const { return index_.memory(); }

 private:
  Budget budget_;
  NearIndex index_;
};

/// What happens to a sequence of keys: the number of the witness, or nothing where one is kept.
std::vector<std::optional<std::uint64_t>> witnesses(Index& index,
                                                    const std::vector<std::u16string>& keys) {
  std::vector<std::optional<std::uint64_t>> result;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (const auto verdict = index.find(keys[i])) {
      result.emplace_back(verdict->first.block);
    } else {
      index.add(keys[i], {.document = 0, .block = i});
      result.emplace_back();
    }
  }
  return result;
}

std::vector<std::optional<std::uint64_t>> witnesses(const std::vector<std::u16string>& keys) {
  Index index;
  return witnesses(index, keys);
}

std::size_t removed(const std::vector<std::u16string>& keys) {
  std::size_t count = 0;
  for (const auto& witness : witnesses(keys)) count += witness ? 1U : 0U;
  return count;
}

TEST_CASE("a block with a character changed is a near-duplicate, and says how near") {
  RandomKeys random(1);
  const std::u16string first = random.key(100);
  std::u16string second = first;
  second[50] = u'海';
  Index index;
  index.add(first, {.document = 3, .block = 7});
  const auto verdict = index.find(second);
  REQUIRE(verdict);
  CHECK(verdict->first == Position{.document = 3, .block = 7});
  CHECK(verdict->similarity == 91. / 101.);
}

TEST_CASE("a part of an earlier block is a near-duplicate, the whole of an earlier part is not") {
  RandomKeys random(2);
  const std::u16string whole = random.key(120);
  const std::u16string part = whole.substr(0, 90);  // resemblance .74
  CHECK(removed({part, whole}) == 0);
  int found = 0;
  for (int i = 0; i < 100; ++i) {
    const std::u16string text = random.key(120);
    found += removed({text, text.substr(0, 90)}) == 1 ? 1 : 0;
  }
  CHECK(found >= 95);  // the bands are made for .8
}

TEST_CASE("figures and Chinese numerals keep blocks apart") {
  RandomKeys random(3);
  const std::u16string front = random.key(60);
  const std::u16string back = random.key(60);
  const auto with = [&](std::u16string_view middle) {
    return front + std::u16string(middle) + back;
  };
  CHECK(removed({with(u"增长12个"), with(u"增长13个")}) == 0);
  CHECK(removed({with(u"1月23日"), with(u"12月3日")}) == 0);
  CHECK(removed({with(u"第三条"), with(u"第十三条")}) == 0);
  CHECK(removed({with(u"二〇二四年"), with(u"二〇二三年"), with(u"二零二四年")}) == 0);
  CHECK(removed({with(u"伍万元"), with(u"陆万元"), with(u"五万元")}) == 0);
  CHECK(removed({with(u"增长12个"), with(u"增加12个")}) == 1);
}

TEST_CASE("short keys are never near-duplicates of others") {
  RandomKeys random(4);
  std::set<std::u16string> keys = {u""};
  while (keys.size() < 20'000) keys.insert(random.key(1 + random.below(4)));
  CHECK(removed({keys.begin(), keys.end()}) == 0);
}

TEST_CASE("characters beyond U+FFFF count once") {
  RandomKeys random(5);
  std::u16string key;
  for (int i = 0; i < 60; ++i)
    key += {u'\xD840', static_cast<char16_t>(0xDC00 + random.below(1024))};
  std::u16string other = key;
  other[61] = static_cast<char16_t>(other[61] ^ 1);  // one of 60 characters
  Index index;
  index.add(key, {});
  const auto verdict = index.find(other);
  REQUIRE(verdict);
  CHECK(verdict->similarity == 51. / 61.);
}

TEST_CASE("of a chain of drifting versions one is kept each time it has gone too far") {
  RandomKeys random(6);
  std::vector<std::u16string> versions = {random.key(200)};
  while (versions.size() < 15) {
    std::u16string next = versions.back();
    next[12 * versions.size()] = u'海';
    versions.push_back(next);
  }
  std::vector<std::size_t> kept;
  const auto found = witnesses(versions);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i]) {
      kept.push_back(i);
    } else {
      CHECK(found[i] == kept.back());
      CHECK(NaiveResemblance(versions[i], versions[kept.back()]).resembles());
    }
  }
  CHECK(kept == std::vector<std::size_t>{0, 5, 10});  // 20 of 216 shingles differ after four steps
}

TEST_CASE("the earliest of several witnesses is reported") {
  RandomKeys random(7);
  const std::u16string key = random.key(200);
  const auto change = [&](std::size_t from) {
    std::u16string changed = key;
    for (std::size_t i = from; i < from + 24; i += 6) changed[i] = u'海';
    return changed;
  };
  // Either differs from the key in 20 shingles and from the other in 40.
  const auto found = witnesses({change(20), change(120), key});
  CHECK(found == decltype(found){std::nullopt, std::nullopt, 0});
}

TEST_CASE("a threshold of one's own") {
  RandomKeys random(8);
  const std::u16string key = random.key(100);
  std::u16string other = key;
  other[50] = u'海';
  for (const auto& [threshold, expected] : {std::pair{.9, true}, {.95, false}, {.5, true}}) {
    Index index(threshold);
    index.add(key, {});
    CHECK(index.find(other).has_value() == expected);
  }
}

// -- against the truth ----------------------------------------------------------------------------

/// Families of edited copies in random order, of resemblances on both sides of the threshold.
std::vector<std::u16string> families(std::uint32_t seed) {
  RandomKeys random(seed);
  std::vector<std::u16string> keys;
  for (int family = 0; family < 12; ++family) {
    const std::u16string original = random.key(40 + random.below(200));
    for (std::size_t member = random.below(12); member > 0; --member) {
      std::u16string key = random.edited(original, random.below(1 + original.size() / 16));
      if (random.below(8) == 0) key.replace(key.size() / 2, 1, random.below(2) == 0 ? u"3" : u"三");
      if (random.below(6) == 0) key = key.substr(0, 40 + random.below(key.size() - 30));
      keys.insert(keys.begin() + static_cast<std::ptrdiff_t>(random.below(keys.size() + 1)), key);
    }
  }
  return keys;
}

/// Whether the rule, read word by word, lets `earlier` stand for `later`.
bool qualifies(const std::u16string& later, const std::u16string& earlier) {
  const NaiveResemblance found(later, earlier);
  const auto numerals = numbers::numerals_cover(earlier, later) ? numbers::Numerals::in_order
                                                                : numbers::Numerals::elsewhere;
  return numbers::numerals_include(earlier, later) &&
         numbers::says_nothing_else(earlier, later, numerals) &&
         (found.resembles() || found.is_contained());
}

TEST_CASE("every removal has its witness, and few pairs are missed") {
  std::size_t pairs = 0;
  std::size_t missed = 0;
  std::size_t contained = 0;
  std::size_t contained_missed = 0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const auto keys = families(seed);
    const auto found = witnesses(keys);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (found[i]) {
        CHECK(*found[i] < i);
        CHECK_FALSE(found[*found[i]]);  // kept itself
        CHECK(qualifies(keys[i], keys[*found[i]]));
      }
      for (std::size_t k = 0; k < found[i].value_or(i); ++k) {
        if (found[k] || !qualifies(keys[i], keys[k])) continue;
        (NaiveResemblance(keys[i], keys[k]).resembles() ? missed : contained_missed) += 1;
      }
      pairs += found[i] && NaiveResemblance(keys[i], keys[*found[i]]).resembles() ? 1U : 0U;
      contained += found[i] && !NaiveResemblance(keys[i], keys[*found[i]]).resembles() ? 1U : 0U;
    }
  }
  std::printf("near blocks: %zu found by resemblance, %zu missed; by containment %zu, %zu missed\n",
              pairs, missed, contained, contained_missed);
  CHECK(pairs > 500);
  CHECK(1000 * missed <= 2 * pairs);
}

TEST_CASE("verdicts are a pure function of the sequence, also after clearing") {
  Index index;
  for (std::uint32_t seed = 0; seed < 5; ++seed) {
    index.clear();
    CHECK(witnesses(index, families(seed)) == witnesses(families(seed)));
  }
  RandomKeys random(9);
  std::vector<std::u16string> many;
  for (int i = 0; i < 6000; ++i) many.push_back(random.key(60));
  index.clear();
  witnesses(index, many);
  index.clear();
  CHECK(witnesses(index, families(1)) == witnesses(families(1)));
  index.clear();  // gives back what the many took
  CHECK(index.memory() < 500'000);
}

TEST_CASE("questions keep to the memory there is, though nothing is added") {
  constexpr std::size_t kLimit = 12'000'000;
  test::MemoryScratch scratch;
  Index index(kLimit, scratch);
  RandomKeys random(12);
  std::vector<std::u16string> keys;
  while (index.memory() < kLimit * 2 / 3) {
    keys.push_back(random.key(1'000));
    index.add(keys.back(), {.document = 0, .block = keys.size()});
  }
  CHECK(scratch.files() == 0);
  std::size_t found = 0;
  for (std::u16string& key : keys) {
    key[500] = u'海';  // of a few a turning word was there
    found += index.find(key) ? 1 : 0;
    CHECK(index.memory() < kLimit + 3'000'000);
  }
  CHECK(found > keys.size() * 9 / 10);
  CHECK(scratch.files() > 0);
}

TEST_CASE("with little memory it goes on from disk, and the witnesses are the same") {
  test::MemoryScratch scratch;
  std::size_t removals = 0;
  for (const std::uint64_t bytes : {0U, 300'000U}) {
    Index index(bytes, scratch);
    for (std::uint32_t seed = 0; seed < 3; ++seed) {
      index.clear();
      std::vector<std::u16string> keys;
      for (std::uint32_t i = 0; i < 25; ++i) {
        for (const std::u16string& key : families(100 * seed + i % 20)) keys.push_back(key);
      }
      RandomKeys random(seed);  // of one template: buckets that are full
      const std::u16string gap = random.key(100);
      for (int i = 0; i < 60; ++i) {
        keys.push_back(std::u16string(gap).replace(40, 10, random.key(10)));
      }
      keys.push_back(random.key(4'000));  // longer than what is read at once
      keys.push_back(random.edited(keys.back(), 100));
      const auto found = witnesses(index, keys);
      CHECK(found == witnesses(keys));
      CHECK(index.memory() < bytes + 2'000'000);
      for (const auto& witness : found) removals += witness ? 1 : 0;
    }
    CHECK(scratch.files() > 0);
  }
  CHECK(scratch.files() == 0);
  CHECK(removals > 500);
}

TEST_CASE("a very long block is compared like any other") {
  RandomKeys random(10);
  const std::u16string key = random.key(300'000);
  std::u16string mistyped = key;
  for (std::size_t i = 30; i < key.size(); i += 60) {
    if (!numbers::is_negation(key[i])) mistyped[i] = u'海';
  }
  CHECK(removed({key, mistyped}) == 1);
  CHECK(removed({key, random.edited(key, 20'000)}) == 0);
}

// -- cost -----------------------------------------------------------------------------------------

double seconds_for(std::size_t blocks, const std::function<std::u16string()>& make) {
  const std::clock_t start = std::clock();  // of the processor: others may be at work too
  Index index;
  for (std::size_t i = 0; i < blocks; ++i) {
    const std::u16string key = make();
    if (!index.find(key)) index.add(key, {.document = 0, .block = i});
  }
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

TEST_CASE("a million blocks of one template take at most five times as long as distinct ones",
          "[slow]") {
  constexpr std::size_t kBlocks = 1'000'000;
  RandomKeys random(11);
  const std::u16string one_gap = random.key(100);
  const double distinct = seconds_for(kBlocks, [&] { return random.key(100); });
  const double names = seconds_for(
      kBlocks, [&] { return std::u16string(one_gap).replace(40, 10, random.key(10)); });  // .745
  const double edits = seconds_for(kBlocks, [&] {
    std::u16string key = one_gap;  // .73 and more
    for (const std::size_t at : {15U, 60U}) key.replace(at, 3, random.key(3));
    return key;
  });
  std::printf("near blocks: distinct %.1f s, one gap %.1f s, two gaps %.1f s\n", distinct, names,
              edits);
  CHECK(names <= 5 * distinct);
  CHECK(edits <= 5 * distinct);
}

}  // namespace
}  // namespace dedup::memory
