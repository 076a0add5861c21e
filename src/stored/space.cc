// SPDX-License-Identifier: Apache-2.0
#include "stored/space.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace dedup::stored {
namespace {

constexpr std::uint64_t kNoEnd = std::numeric_limits<std::uint64_t>::max();

}  // namespace

Space::Space(std::uint64_t first, std::vector<Extent> used) {
  std::ranges::sort(used, {}, &Extent::first);
  for (const Extent& extent : used) {
    if (extent.first > first) gaps_.push_back({first, extent.first});
    first = std::max(first, extent.first + extent.pages);
  }
  gaps_.push_back({first, kNoEnd});
}

Extent Space::take(std::uint64_t pages, std::uint64_t generation) {
  const auto gap =
      std::ranges::find_if(gaps_, [pages](const Gap& one) { return one.end - one.first >= pages; });
  const Extent extent{gap->first, pages, generation};
  gap->first += pages;
  if (gap->first == gap->end) gaps_.erase(gap);
  return extent;
}

void Space::give_back(const Extent& extent, std::uint64_t kept) {
  if (kept < extent.pages) add(extent.first + kept, extent.first + extent.pages);
}

void Space::add(std::uint64_t first, std::uint64_t end) {
  auto next = std::ranges::lower_bound(gaps_, first, {}, &Gap::first);
  if (next->first == end) {
    next->first = first;
  } else {
    next = gaps_.insert(next, {first, end});
  }
  if (next != gaps_.begin() && std::prev(next)->end == first) {
    std::prev(next)->end = next->end;
    gaps_.erase(next);
  }
}

void Space::committed() {
  waiting_.insert(waiting_.end(), retired_.begin(), retired_.end());
  retired_.clear();
}

std::vector<Extent> Space::release() {
  for (const Extent& extent : waiting_) add(extent.first, extent.first + extent.pages);
  return std::exchange(waiting_, {});
}

std::uint64_t Space::end() const noexcept { return gaps_.back().first; }

std::uint64_t Space::free() const noexcept {
  std::uint64_t pages = 0;
  for (std::size_t i = 0; i + 1 < gaps_.size(); ++i) pages += gaps_[i].end - gaps_[i].first;
  return pages;
}

}  // namespace dedup::stored
