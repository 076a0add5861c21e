// SPDX-License-Identifier: Apache-2.0
// A draw of a few out of any number: every one that came has a number drawn for it, and those with
// the least numbers are held. So the first of those held are a fair draw, too, of fewer.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "report/sample.h"

namespace dedup::tool {

/// Draws numbers, in every run the same ones.
class Lots {
 public:
  std::uint64_t next() noexcept {  // Steele, Lea and Flood: SplitMix64
    std::uint64_t value = state_ += 0x9E3779B97F4A7C15;
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
    value = (value ^ value >> 27) * 0x94D049BB133111EB;
    return value ^ value >> 31;
  }

 private:
  std::uint64_t state_ = 0;
};

class Draw {
 public:
  /// Whether one with this number would be held, where there is room for `most`.
  [[nodiscard]] bool wants(std::uint64_t number, std::size_t most) const noexcept {
    return held_.size() < most || number < held_.back().first;
  }

  /// Holds it. Requires that it is wanted.
  void put(std::uint64_t number, std::shared_ptr<Sample> sample, std::size_t most) {
    const auto place = std::ranges::upper_bound(held_, number, {}, &Held::first);
    held_.insert(place, {number, std::move(sample)});
    keep(most);
  }

  /// Lets go of all but so many.
  void keep(std::size_t most) {
    if (held_.size() > most) held_.resize(most);
  }

  [[nodiscard]] std::size_t size() const noexcept { return held_.size(); }
  /// The held ones, in the order in which they would stay.
  [[nodiscard]] const Sample& operator[](std::size_t i) const { return *held_[i].second; }

 private:
  using Held = std::pair<std::uint64_t, std::shared_ptr<Sample>>;
  std::vector<Held> held_;
};

}  // namespace dedup::tool
