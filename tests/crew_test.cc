// SPDX-License-Identifier: Apache-2.0
// Work without an order is done once each, whoever does it.
#include "bytes/crew.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "catch.h"

namespace dedup::tool {
namespace {

TEST_CASE("a crew does each piece of work once, time and again", "[threads]") {
  for (const unsigned threads : {0U, 1U, 2U, 5U, 1000U}) {
    Crew crew(threads);
    for (const std::size_t count : {0U, 1U, 2U, 7U, 500U, 3U}) {
      std::vector<std::atomic<int>> done(count);
      crew.each(count, [&](std::size_t number) { done[number] += 1; });
      CHECK(std::ranges::all_of(done, [](const auto& times) { return times == 1; }));
    }
  }
}

TEST_CASE("a crew has all of its threads at work, and no more than two", "[threads]") {
  for (const unsigned threads : {1U, 3U, 20U}) {
    const std::size_t expected = std::min(threads, 2U);
    Crew crew(threads);
    std::mutex mutex;
    std::set<std::thread::id> seen;
    std::atomic<std::size_t> arrived = 0;
    crew.each(expected, [&](std::size_t) {
      {
        const std::lock_guard lock(mutex);
        seen.insert(std::this_thread::get_id());
      }
      arrived += 1;
      while (arrived < expected) std::this_thread::yield();  // so that nobody does two
    });
    CHECK(seen.size() == expected);
    crew.each(100, [&](std::size_t) {
      const std::lock_guard lock(mutex);
      seen.insert(std::this_thread::get_id());
    });
    CHECK(seen.size() == expected);
  }
}

}  // namespace
}  // namespace dedup::tool
