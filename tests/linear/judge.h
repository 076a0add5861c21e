// SPDX-License-Identifier: Apache-2.0
// Whether work is linear in the size of a text, told by measuring it at sizes eight times apart.
//
// A single factor of two drowns in the noise of a busy machine; over three doublings a quadratic
// pass takes 64 times as long and a linear one 8 times. What looks too slow is measured again, with
// the least of several runs, and then at larger sizes, where a fixed cost and the caches, which
// hold the smaller text and not the larger, matter less and a quadratic pass more: only what grows
// too fast there is a fault.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>

#include "linear/work_meter.h"

namespace dedup::test {

inline constexpr double kMostPerDoubling = 2.2;
inline constexpr std::size_t kFactor = 8;  // between the two sizes
inline constexpr double kMostGrowth = kMostPerDoubling * kMostPerDoubling * kMostPerDoubling;

/// Something to measure: how a text of so many bytes is made, and the work that is done on it.
struct Labour {
  std::string label;
  std::function<std::string(std::size_t bytes)> text;
  std::function<double(const WorkMeter&, const std::string& text)> work;
};

/// Measures work, and remembers what grew fastest.
class Judge {
 public:
  /// `bytes`: the smaller size to begin with.
  explicit Judge(std::size_t bytes) : bytes_(bytes) {}

  /// Whether the work grows as it should.
  bool is_linear(const Labour& labour);

  /// Whether the work does not leap where a line outgrows a window: from a line of somewhat less to
  /// one of twice that. Such a leap is soon made up for at larger sizes, so there is no asking
  /// them.
  bool is_level(const Labour& labour);

  /// Processor time also tells what the caches hold of the smaller text and not of the larger.
  [[nodiscard]] double most_level() const noexcept {
    return meter_.counts_instructions() ? kMostPerDoubling : 2.5;
  }

  /// Prints what grew fastest.
  void report(double most = kMostGrowth, std::size_t factor = kFactor) const;

 private:
  struct Growth {
    double factor = 0;
    double spent = 0;  // by the longest run
  };
  [[nodiscard]] Growth growth_of(const Labour& labour, std::size_t bytes, int runs,
                                 std::size_t factor) const;
  void remember(const Labour& labour, const Growth& growth);

  WorkMeter meter_;
  std::size_t bytes_;
  std::size_t cases_ = 0;
  std::multimap<double, std::string> worst_;
};

}  // namespace dedup::test
