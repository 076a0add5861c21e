// SPDX-License-Identifier: Apache-2.0
#include "cleaner/stable_queue.h"

#include <deque>
#include <random>
#include <string>

#include "catch.h"

using dedup::cleaner::StableQueue;

TEST_CASE("a stable queue is a queue whose items stay where they are") {
  std::mt19937 random(1);
  StableQueue<std::string> queue;
  std::deque<std::pair<std::string, const std::string*>> expected;
  for (int i = 0; i < 20'000; ++i) {
    if (random() % 1000 < (i / 2'000 % 2 == 0 ? 600U : 400U) || expected.empty()) {
      std::string& item = queue.push();
      REQUIRE(item.empty());  // as if just made
      item = std::to_string(i);
      expected.emplace_back(item, &item);
    } else {
      queue.pop();
      expected.pop_front();
    }
    REQUIRE(queue.size() == expected.size());
    REQUIRE(queue.empty() == expected.empty());
    for (std::size_t k = 0; k < expected.size(); k += 1 + expected.size() / 7) {
      REQUIRE(queue[k] == expected[k].first);
      REQUIRE(&queue[k] == expected[k].second);
    }
  }
}
