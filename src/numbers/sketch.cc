// SPDX-License-Identifier: Apache-2.0
#include "numbers/sketch.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace dedup::numbers {

Resemblance resemblance(std::span<const std::uint64_t> a,
                        std::span<const std::uint64_t> b) noexcept {
  // The least of the union are known up to the size of a sketch; all of it, if neither was cut.
  const bool whole = a.size() < kSketchSize && b.size() < kSketchSize;
  const std::size_t most = whole ? a.size() + b.size() : kSketchSize;
  Resemblance result;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size() && result.all < most) {
    const std::uint64_t x = a[i];
    const std::uint64_t y = b[j];
    i += x <= y ? 1 : 0;
    j += y <= x ? 1 : 0;
    result.common += x == y ? 1 : 0;
    ++result.all;
  }
  const std::size_t rest = (a.size() - i) + (b.size() - j);
  result.all += std::min<std::size_t>(rest, most - result.all);
  return result;
}

void Sketcher::take(std::uint64_t shingle) {
  constexpr std::size_t kPruneAt = 4 * kSketchSize;
  values_.push_back(shingle);
  sorted_ = false;
  if (values_.size() >= kPruneAt) {
    prune();
  }
}

/// Leaves the least, distinct and in order. Hashes are spread evenly below the bound: by their
/// leading bits they fall nearly into place, and what is not among the least need not be sorted.
void Sketcher::prune() {
  if (sorted_) {
    return;
  }
  sorted_ = true;
  constexpr std::size_t kPlaces = 1024;
  const int shift = std::max(0, 64 - std::countl_zero(bound_) - std::countr_zero(kPlaces));
  std::array<std::uint32_t, kPlaces> ends{};
  for (const std::uint64_t value : values_) {
    ++ends[value >> shift];
  }
  std::uint32_t before = 0;
  for (std::uint32_t& end : ends) {
    before += std::exchange(end, before);
  }
  by_place_.resize(values_.size());
  for (const std::uint64_t value : values_) {
    by_place_[ends[value >> shift]++] = value;
  }
  values_.clear();
  auto start = by_place_.begin();
  for (std::size_t place = 0; place < kPlaces && values_.size() < kSketchSize; ++place) {
    const auto end = by_place_.begin() + ends[place];
    std::sort(start, end);
    values_.insert(values_.end(), start, std::unique(start, end));
    start = end;
  }
  if (values_.size() >= kSketchSize) {
    values_.resize(kSketchSize);
    bound_ = values_.back();
  }
}

void Sketcher::add(Sketch&& other) {
  if (values_.empty()) {
    values_ = std::move(other);
    bound_ = values_.size() < kSketchSize ? kNoBound : values_.back();
    return;
  }
  for (const std::uint64_t value : other) {
    add(value);
  }
}

Sketch Sketcher::finish() {
  prune();
  Sketch sketch(values_.begin(), values_.end());  // of its own size
  values_.clear();
  bound_ = kNoBound;
  sorted_ = true;
  return sketch;
}

}  // namespace dedup::numbers
