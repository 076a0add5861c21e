// SPDX-License-Identifier: Apache-2.0
// Resemblance as a fraction of counts, so that verdicts compare integers and are the same
// everywhere.
#pragma once

#include <cmath>
#include <cstdint>

namespace dedup::numbers {

/// A share, in ten thousandths.
class Threshold {
 public:
  static constexpr std::uint64_t kUnit = 10'000;

  /// `share` from 0 to 1, rounded to a ten thousandth.
  explicit Threshold(double share)
      : parts_(static_cast<std::uint64_t>(std::lround(share * kUnit))) {}

  [[nodiscard]] std::uint64_t parts() const noexcept { return parts_; }

  /// part / whole ≥ the threshold; for counts below 2^50.
  [[nodiscard]] bool reached(std::uint64_t part, std::uint64_t whole) const noexcept {
    return part * kUnit >= whole * parts_;
  }

 private:
  std::uint64_t parts_;
};

/// How much two sets, or equal samples of them, have in common.
struct Resemblance {
  std::uint64_t common = 0;
  std::uint64_t all = 0;

  [[nodiscard]] bool reaches(Threshold threshold) const noexcept {
    return all != 0 && threshold.reached(common, all);
  }
  [[nodiscard]] double value() const noexcept {
    return all == 0 ? 0 : static_cast<double>(common) / static_cast<double>(all);
  }
};

}  // namespace dedup::numbers
