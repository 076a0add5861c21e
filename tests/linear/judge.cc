// SPDX-License-Identifier: Apache-2.0
#include "linear/judge.h"

#include <algorithm>
#include <cstdio>

namespace dedup::test {
namespace {

constexpr std::size_t kReported = 10;
constexpr double kLongest = 1e9;  // a second or so: what takes longer is not tried larger

struct Step {
  std::size_t bytes;
  int runs;
};

}  // namespace

bool Judge::is_linear(const Labour& labour) {
  ++cases_;
  // Each step is asked only where the one before cannot tell.
  Growth growth;
  for (const auto& [bytes, runs] : {Step{bytes_, 1}, Step{bytes_, 5}, Step{4 * bytes_, 3},
                                    Step{4 * bytes_, 7}, Step{16 * bytes_, 5}}) {
    growth = growth_of(labour, bytes, runs, kFactor);
    if (growth.factor <= kMostGrowth || growth.spent > kLongest) break;
  }
  remember(labour, growth);
  return growth.factor <= kMostGrowth;
}

bool Judge::is_level(const Labour& labour) {
  ++cases_;
  Growth growth;
  for (const int runs : {1, 3, 7}) {
    growth = growth_of(labour, bytes_, runs, 2);
    if (growth.factor <= most_level()) break;
  }
  remember(labour, growth);
  return growth.factor <= most_level();
}

void Judge::report(double most, std::size_t factor) const {
  std::printf("%zu cases by %s; the fastest growing, of %.2f allowed for %zu times the text:\n",
              cases_, meter_.counts_instructions() ? "instructions" : "processor time", most,
              factor);
  for (auto worst = worst_.rbegin(); worst != worst_.rend(); ++worst) {
    std::printf("  %6.2f  %s\n", worst->first, worst->second.c_str());
  }
}

/// The least of several runs, since whatever else goes on can only add to the work. The sizes take
/// turns, so that it adds to both.
Judge::Growth Judge::growth_of(const Labour& labour, std::size_t bytes, int runs,
                               std::size_t factor) const {
  const std::string small = labour.text(bytes);
  const std::string large = labour.text(factor * bytes);
  double least_small = labour.work(meter_, small);
  double least_large = labour.work(meter_, large);
  for (int run = 1; run < runs && least_large < kLongest; ++run) {
    least_small = std::min(least_small, labour.work(meter_, small));
    least_large = std::min(least_large, labour.work(meter_, large));
  }
  return {least_large / least_small, least_large};
}

void Judge::remember(const Labour& labour, const Growth& growth) {
  worst_.emplace(growth.factor, labour.label);
  if (worst_.size() > kReported) worst_.erase(worst_.begin());
}

}  // namespace dedup::test
