// SPDX-License-Identifier: Apache-2.0
#include "numbers/sketch.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <set>
#include <vector>

#include "catch.h"

namespace dedup::numbers {
namespace {

std::vector<std::uint64_t> random_values(std::size_t count, std::mt19937_64& random) {
  std::vector<std::uint64_t> values(count);
  for (auto& value : values) value = random();
  return values;
}

Sketch sketch_of(const std::vector<std::uint64_t>& values) {
  Sketcher sketcher;
  for (const auto value : values) sketcher.add(value);
  return sketcher.finish();
}

TEST_CASE("a sketch is the least distinct values in order") {
  std::mt19937_64 random(1);
  for (const std::size_t count : {0U, 1U, 511U, 512U, 513U, 2047U, 2048U, 2049U, 5000U, 100'000U}) {
    auto values = random_values(count, random);
    for (std::size_t i = 0; i < count / 2; ++i) values.push_back(values[random() % count]);
    const std::set<std::uint64_t> all(values.begin(), values.end());
    Sketch expected(all.begin(), all.end());
    expected.resize(std::min(expected.size(), kSketchSize));
    CAPTURE(count);
    CHECK(sketch_of(values) == expected);
  }
}

TEST_CASE("a sketcher begins anew") {
  std::mt19937_64 random(2);
  const auto first = random_values(10'000, random);
  const auto second = random_values(300, random);
  Sketcher sketcher;
  for (const auto value : first) sketcher.add(value);
  CHECK(sketcher.finish() == sketch_of(first));
  for (const auto value : second) sketcher.add(value);
  CHECK(sketcher.finish() == sketch_of(second));
  CHECK(sketcher.finish().empty());
}

TEST_CASE("a sketch of sketches is that of all values") {
  std::mt19937_64 random(3);
  for (const std::size_t count : {3U, 300U, 600U, 5'000U}) {
    std::vector<std::uint64_t> all;
    Sketcher sketcher;
    for (int part = 0; part < 4; ++part) {
      const auto values = random_values(count, random);
      all.insert(all.end(), values.begin(), values.end());
      if (part == 2) {
        for (const auto value : values) sketcher.add(value);
      } else {
        sketcher.add(sketch_of(values));
      }
    }
    CHECK(sketcher.finish() == sketch_of(all));
    CHECK(sketcher.finish().empty());
  }
}

TEST_CASE("values that are not spread evenly are sorted all the same") {
  std::vector<std::uint64_t> values;
  for (std::uint64_t i = 5000; i > 0; --i) values.push_back(i);
  for (std::uint64_t i = 0; i < 5000; ++i) values.push_back(7);
  const Sketch sketch = sketch_of(values);
  REQUIRE(sketch.size() == kSketchSize);
  CHECK(sketch.front() == 1);
  CHECK(sketch.back() == kSketchSize);
}

TEST_CASE("resemblance is exact while sketches hold the whole sets") {
  std::mt19937_64 random(3);
  const auto common = random_values(300, random);
  auto a = common;
  auto b = common;
  for (int i = 0; i < 100; ++i) a.push_back(random());
  for (int i = 0; i < 200; ++i) b.push_back(random());
  const Resemblance found = resemblance(sketch_of(a), sketch_of(b));
  CHECK(found.common == 300);
  CHECK(found.all == 600);
  CHECK(resemblance({}, {}).all == 0);
  CHECK(resemblance(sketch_of(a), {}).common == 0);
}

TEST_CASE("resemblance of large sets is estimated with the standard error stated") {
  std::mt19937_64 random(4);
  constexpr int kTrials = 200;
  double squares = 0;
  double sum = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    auto a = random_values(4000, random);  // 4,000 of 5,000 in all
    auto b = a;
    for (int i = 0; i < 1000; ++i) (i < 300 ? a : b).push_back(random());
    const double error = resemblance(sketch_of(a), sketch_of(b)).value() - .8;
    sum += error;
    squares += error * error;
  }
  CHECK(std::abs(sum / kTrials) < .005);
  CHECK(std::sqrt(squares / kTrials) < .022);
}

TEST_CASE("thresholds compare integers") {
  const Threshold threshold(0.8);
  CHECK(threshold.reached(4, 5));
  CHECK(threshold.reached(800'000'000'000, 1'000'000'000'000));
  CHECK_FALSE(threshold.reached(799'999'999'999, 1'000'000'000'000));
  CHECK_FALSE(Resemblance{}.reaches(threshold));
}

}  // namespace
}  // namespace dedup::numbers
