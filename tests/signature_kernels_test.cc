// SPDX-License-Identifier: Apache-2.0
// Each kernel against its twin, and both against what is written word by word.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "numbers/batches.h"
#include "numbers/donors.h"
#include "numbers/kernels.h"
#include "numbers/sample.h"
#include "numbers/shingles.h"
#include "numbers/signature.h"

namespace dedup::numbers {
namespace {

/// Any units but surrogates.
std::u16string any_units(std::size_t size, std::mt19937& random) {
  std::u16string units(size, u' ');
  for (char16_t& unit : units) {
    const auto any = static_cast<char16_t>(random());
    unit = (any & 0xF800U) == 0xD800U ? static_cast<char16_t>(any ^ 0x8000U) : any;
  }
  return units;
}

std::vector<std::uint64_t> one_by_one(std::u16string_view key) {
  std::vector<std::uint64_t> hashes;
  for_each_shingle(key, [&](std::uint64_t hash) { hashes.push_back(hash); });
  return hashes;
}

std::vector<std::uint64_t> by_batches(std::u16string_view key, const Kernels& kernels) {
  std::vector<std::uint64_t> hashes;
  for_each_shingle(key, kernels, [&](std::uint64_t hash) { hashes.push_back(hash); });
  return hashes;
}

TEST_CASE("kernels hash shingles as they are hashed one by one") {
  std::mt19937 random(1);
  for (const Simd simd : {Simd::none, Simd::automatic}) {
    for (std::size_t size = 0; size < 300; ++size) {
      const std::u16string key = any_units(size, random);
      CHECK(by_batches(key, kernels(simd)) == one_by_one(key));
    }
    const std::u16string high(40, u'\xFFFF');
    CHECK(by_batches(high, kernels(simd)) == one_by_one(high));
  }
}

TEST_CASE("kernels write nothing behind the hashes that are asked for") {
  std::mt19937 random(2);
  constexpr std::uint64_t kUntouched = 0x0123456789ABCDEF;
  const std::u16string key = any_units(100, random);
  for (const Simd simd : {Simd::none, Simd::automatic}) {
    for (std::size_t count = 1; count < 40; ++count) {
      std::vector<std::uint64_t> hashes(count + 8, kUntouched);
      kernels(simd).hash_shingles(key.data(), count, hashes.data());
      CHECK(std::all_of(hashes.begin() + static_cast<std::ptrdiff_t>(count), hashes.end(),
                        [](std::uint64_t hash) { return hash == kUntouched; }));
    }
  }
}

TEST_CASE("characters beyond U+FFFF are one character, in batches too") {
  std::mt19937 random(3);
  for (int i = 0; i < 100; ++i) {
    std::u16string key = any_units(60, random);
    key.insert(random() % key.size(), u"\U00020BB7");
    CHECK(by_batches(key, kernels()) == one_by_one(key));
  }
}

/// Bins of which about so many in a hundred are full.
std::array<std::uint32_t, kComponents> bins(std::size_t percent, std::mt19937& random) {
  std::array<std::uint32_t, kComponents> components;
  for (std::uint32_t& component : components) {
    component = random() % 100 < percent ? static_cast<std::uint32_t>(random()) : kEmptyBin;
  }
  return components;
}

/// The donor of one bin, as donors.h has it; the last tabled one if none is full.
std::size_t naive_donor(const std::array<std::uint32_t, kComponents>& components, std::size_t bin) {
  std::size_t from = bin;
  for (std::size_t attempt = 0; components[from] == kEmptyBin && attempt < kTabledAttempts;
       ++attempt) {
    from = donor(bin, attempt);
  }
  return from;
}

TEST_CASE("kernels find the first full donor of each bin") {
  std::mt19937 random(4);
  for (const Simd simd : {Simd::none, Simd::automatic}) {
    for (int round = 0; round < 2000; ++round) {
      const auto components = bins(random() % 101, random);
      Donors donors{};
      const bool found = kernels(simd).find_donors(components.data(), donors.data());
      bool all = true;
      for (std::size_t bin = 0; bin < kComponents; ++bin) {
        const std::size_t expected = naive_donor(components, bin);
        REQUIRE(donors[bin] == expected);
        all = all && components[expected] != kEmptyBin;
      }
      CHECK(found == all);
    }
  }
}

TEST_CASE("bands are the same on any processor") {
  std::mt19937 random(5);
  for (int i = 0; i < 500; ++i) {
    const std::u16string key = any_units(random() % 400, random);
    CHECK(bands_of(key, kernels(Simd::none)) == bands_of(key));
  }
}

TEST_CASE("a sample of pieces is that of the whole, on any processor") {
  std::mt19937 random(6);
  for (int i = 0; i < 300; ++i) {
    const std::u16string key = any_units(random() % 600, random);
    Sampler whole;
    whole.feed(key, kernels(Simd::none));
    Sampler pieces;
    for (std::size_t at = 0; at < key.size();) {
      const std::size_t size = 1 + random() % 60;
      pieces.feed(std::u16string_view(key).substr(at, size));
      at += size;
    }
    const Sampler::Whole expected = whole.take_whole();
    const Sampler::Whole found = pieces.take_whole();
    CHECK(found.bands == expected.bands);
    CHECK(found.sketch == expected.sketch);
  }
}

}  // namespace
}  // namespace dedup::numbers
