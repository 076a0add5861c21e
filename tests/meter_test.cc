// SPDX-License-Identifier: Apache-2.0
// The meter of progress, with times that no clock gave.
#include "listeners/meter.h"

#include <cmath>
#include <cstdint>
#include <string>

#include "catch.h"

namespace dedup::tool {
namespace {

using Seconds = Meter::Seconds;

TEST_CASE("an hour-long run: the time that is left is right from a tenth on") {
  constexpr double kHour = 3600;
  constexpr std::uint64_t kTotal = 180'000'000'000;
  // A disk and a text that are faster at times: by a half, back and forth within half a minute.
  const auto read_by = [&](double time) {
    const double even = time / kHour;
    const double uneven = 0.5 * 5 / kHour * std::sin(time / 5);
    return static_cast<std::uint64_t>(static_cast<double>(kTotal) *
                                      std::min(1.0, even + uneven * (1 - even)));
  };
  Meter meter;
  for (double time = 0.2; time < kHour; time += 0.2) {
    meter.update({.bytes = read_by(time), .total = kTotal, .files = 0, .all_files = 1},
                 Seconds(time));
    if (time < kHour / 10) continue;
    const double left = kHour - time;
    CAPTURE(time, left);
    REQUIRE(meter.left().has_value());
    // Within 5 %; of the last minutes within some seconds, which is what one sees of them.
    REQUIRE(std::abs(meter.left()->count() - left) <= std::max(0.05 * left, 6.0));
  }
  CHECK(meter.share() == 99U);
}

TEST_CASE("a run that slows down is told so before long") {
  Meter meter;
  std::uint64_t bytes = 0;
  for (int second = 1; second <= 120; ++second) {
    bytes += second <= 60 ? 100'000'000 : 10'000'000;
    meter.update({.bytes = bytes, .total = std::nullopt, .files = 0, .all_files = 1},
                 Seconds(second));
  }
  CHECK(meter.rate() < 30'000'000);
  CHECK(meter.rate() >= 10'000'000);
}

TEST_CASE("the words say what is known, and fit") {
  Meter meter;
  const RunCount count{.bytes = 132'000'000, .total = 1'200'000'000, .files = 3, .all_files = 120};
  meter.update(count, Seconds(2));
  CHECK(meter.text(200) ==
        "11 %, 132 MB of 1.20 GB, 66.0 MB/s, 0:16 left, 3 of 120 files, 0:02 so far");
  CHECK(meter.text(60) == "11 %, 132 MB of 1.20 GB, 66.0 MB/s, 0:16 left");
  CHECK(meter.text(40) == "11 %, 132 MB of 1.20 GB, 0:16 left");
  CHECK(meter.text(15) == "11 %, 0:16 left");
  CHECK(meter.text(4) == "11 %");
  CHECK(meter.text(2) == "11");
  CHECK(meter.text(0).empty());
}

TEST_CASE("without a total there is neither share nor end") {
  Meter meter;
  meter.update({.bytes = 512, .total = std::nullopt, .files = 0, .all_files = 1}, Seconds(3725));
  CHECK_FALSE(meter.share());
  CHECK_FALSE(meter.left());
  CHECK(meter.text(80) == "512 B, 0 B/s, 1:02:05 so far");
}

TEST_CASE("a file that grows is not read beyond all of it") {
  Meter meter;
  meter.update({.bytes = 300, .total = 200, .files = 1, .all_files = 1}, Seconds(1));
  CHECK(meter.share() == 100U);
  CHECK(meter.left() == Seconds(0));
  meter.update({.bytes = 0, .total = 0, .files = 1, .all_files = 1}, Seconds(1));
  CHECK(meter.share() == 100U);
}

}  // namespace
}  // namespace dedup::tool
