// SPDX-License-Identifier: Apache-2.0
#include "numbers/sketch.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace dedup::numbers {
namespace {

/// So many values that the least are worth being told from the others.
constexpr std::size_t kPruneAt = 4 * kSketchSize;

/// Mostly none, one or two.
void sort(std::uint64_t* start, std::uint64_t* end) {
  constexpr std::ptrdiff_t kFew = 8;
  if (end - start > kFew) {
    std::sort(start, end);
    return;
  }
  for (std::uint64_t* next = start; next < end; ++next) {
    for (std::uint64_t* at = next; at != start && at[0] < at[-1]; --at) {
      std::swap(at[0], at[-1]);
    }
  }
}

}  // namespace

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
  values_.push_back(shingle);
  sorted_ = false;
  if (values_.size() >= kPruneAt) {
    prune();
  }
}

/// Whether one is below the bound cannot be foreseen, so nothing branches on it.
void Sketcher::add(std::span<const std::uint64_t> shingles) {
  std::size_t size = values_.size();
  values_.resize(size + shingles.size());
  for (const std::uint64_t shingle : shingles) {
    values_[size] = shingle;
    size += shingle < bound_ ? 1 : 0;
  }
  sorted_ = sorted_ && size == values_.size() - shingles.size();
  values_.resize(size);
  if (size >= kPruneAt) {
    prune();
  }
}

/// Leaves the least, distinct and in order. Hashes are spread evenly below the bound: by their
/// leading bits they fall nearly into place, one or two into each, and what is not among the least
/// need not be sorted.
void Sketcher::prune() {
  if (sorted_) {
    return;
  }
  sorted_ = true;
  constexpr std::size_t kMostPlaces = 1024;
  const std::size_t places =
      std::clamp<std::size_t>(std::bit_floor(values_.size()), 2, kMostPlaces);
  const int shift = std::max(0, 64 - std::countl_zero(bound_) - std::countr_zero(places));
  std::array<std::uint32_t, kMostPlaces> ends;
  std::fill_n(ends.begin(), places, 0);
  for (const std::uint64_t value : values_) {
    ++ends[value >> shift];
  }
  std::uint32_t before = 0;
  for (std::size_t place = 0; place < places; ++place) {
    before += std::exchange(ends[place], before);
  }
  by_place_.resize(values_.size());
  for (const std::uint64_t value : values_) {
    by_place_[ends[value >> shift]++] = value;
  }
  take_least(std::span(ends).first(places));
}

/// Of the values by their places, which end there.
void Sketcher::take_least(std::span<const std::uint32_t> ends) {
  std::size_t size = 0;
  std::uint64_t* start = by_place_.data();
  for (std::size_t place = 0; place < ends.size() && size < kSketchSize; ++place) {
    std::uint64_t* const end = by_place_.data() + ends[place];
    sort(start, end);
    for (; start != end; ++start) {
      values_[size] = *start;
      size += size == 0 || values_[size - 1] != *start ? 1 : 0;
    }
  }
  values_.resize(std::min(size, kSketchSize));
  if (size >= kSketchSize) {
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
