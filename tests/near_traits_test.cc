// SPDX-License-Identifier: Apache-2.0
#include "memory/near_traits.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "naive_resemblance.h"
#include "numbers/numerals.h"
#include "numbers/shingles.h"

namespace dedup::memory {
namespace {

using test::RandomKeys;

/// A key and what is known of it.
struct Known {
  explicit Known(const std::u16string& text)
      : key(text), words(trait_words(text), ~std::uint64_t{0}), traits(near_traits(key, words)) {
    numbers::for_each_shingle(key, [&](std::uint64_t shingle) { shingles.insert(shingle); });
  }
  std::u16string key;
  std::vector<std::uint64_t> words;
  NearTraits traits;
  std::set<std::uint64_t> shingles;
};

std::size_t only_in(const std::set<std::uint64_t>& one, const std::set<std::uint64_t>& other) {
  std::vector<std::uint64_t> only;
  std::ranges::set_difference(one, other, std::back_inserter(only));
  return only.size();
}

TEST_CASE("blocks never differ by more than the shingles that one of them lacks") {
  RandomKeys random(1);
  std::size_t told = 0;
  for (int i = 0; i < 500; ++i) {
    const std::u16string first = random.key(30 + random.below(300));
    const Known a(first);
    const Known b(random.below(2) == 0 ? random.edited(first, random.below(20))
                                       : random.key(1 + random.below(900)));
    const Difference found = differ(a.traits, b.traits);
    CHECK(found.left <= only_in(a.shingles, b.shingles));
    CHECK(found.right <= only_in(b.shingles, a.shingles));
    told += found.left + found.right;
  }
  CHECK(told > 50'000);
}

TEST_CASE("traits are known once they are made, and hold the mask of the numerals") {
  CHECK_FALSE(NearTraits{}.known());
  const Known empty(u"");
  CHECK(empty.traits.known());
  const std::u16string key = u"2024年第十三届g60科创走廊共有九城";
  CHECK(Known(key).traits.numerals == numbers::numerals_mask(key));
}

}  // namespace
}  // namespace dedup::memory
