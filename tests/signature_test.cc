// SPDX-License-Identifier: Apache-2.0
#include "numbers/signature.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "naive_resemblance.h"
#include "numbers/shingles.h"

namespace dedup::numbers {
namespace {

Signature signature_of(std::u16string_view key) {
  Signature signature;
  for_each_shingle(key, [&](std::uint64_t shingle) { signature.add(shingle); });
  return signature;
}

std::size_t equal_components(const Signature& a, const Signature& b) {
  const auto x = a.components();
  const auto y = b.components();
  std::size_t equal = 0;
  for (std::size_t i = 0; i < kComponents; ++i) equal += x[i] == y[i] ? 1U : 0U;
  return equal;
}

bool share_a_band(const Signature& a, const Signature& b) {
  const auto x = a.bands();
  const auto y = b.bands();
  bool any = false;
  for (std::size_t i = 0; i < kBands; ++i) any |= x[i] == y[i];
  return any;
}

TEST_CASE("a signature depends on the set alone") {
  const std::u16string key = u"本网站所刊载的全部内容版权归原作者所有";
  Signature forwards;
  Signature twice_backwards;
  std::vector<std::uint64_t> shingles;
  for_each_shingle(key, [&](std::uint64_t shingle) { shingles.push_back(shingle); });
  for (const auto shingle : shingles) forwards.add(shingle);
  std::reverse(shingles.begin(), shingles.end());
  for (const auto shingle : shingles) twice_backwards.add(shingle);
  for (const auto shingle : shingles) twice_backwards.add(shingle);
  CHECK(forwards.components() == twice_backwards.components());
  CHECK(forwards.bands() == twice_backwards.bands());
}

TEST_CASE("short keys have signatures of their own") {
  test::RandomKeys random(2);
  std::set<std::u16string> keys = {u""};
  while (keys.size() < 2000) keys.insert(random.key(1 + random.below(4)));
  std::set<Bands> bands;
  for (const auto& key : keys) bands.insert(signature_of(key).bands());
  CHECK(bands.size() == keys.size());
}

TEST_CASE("bands are pinned: near-duplicates found depend on them") {
  const Bands bands = signature_of(u"科创走廊是长三角一体化的重要平台").bands();
  CHECK(bands[0] == 0x1F8DA0F6);
  CHECK(bands[19] == 0xD6536D8C);
}

/// Sets of `size` shingles each, with the resemblance given as nearly as whole numbers allow it,
/// but not below.
std::pair<Signature, Signature> pair_of(std::size_t size, double resemblance,
                                        std::mt19937_64& random) {
  const auto own =
      static_cast<std::size_t>(static_cast<double>(size) * (1 - resemblance) / (1 + resemblance));
  std::pair<Signature, Signature> result;
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint64_t shingle = random();
    result.first.add(shingle);
    result.second.add(i < own ? random() : shingle);
  }
  return result;
}

TEST_CASE("signatures estimate resemblance, and similar sets share a band") {
  constexpr int kTrials = 2000;
  std::mt19937_64 random(3);
  for (const std::size_t size : {36U, 60U, 100U, 200U}) {
    for (const double resemblance : {.5, .8, .85, .9}) {
      double sum = 0;
      int found = 0;
      for (int i = 0; i < kTrials; ++i) {
        const auto [a, b] = pair_of(size, resemblance, random);
        sum += static_cast<double>(equal_components(a, b)) / kComponents;
        found += share_a_band(a, b) ? 1 : 0;
      }
      CAPTURE(size, resemblance, found);
      const auto own =
          std::floor(static_cast<double>(size) * (1 - resemblance) / (1 + resemblance));
      const double exact = (static_cast<double>(size) - own) / (static_cast<double>(size) + own);
      CHECK(std::abs(sum / kTrials - exact) < .01);
      if (resemblance >= .8) CHECK(found >= kTrials * 998 / 1000);
    }
  }
}

}  // namespace
}  // namespace dedup::numbers
