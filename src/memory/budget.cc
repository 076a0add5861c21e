// SPDX-License-Identifier: Apache-2.0
#include "memory/budget.h"

#include <algorithm>

namespace dedup::memory {

void Budget::reserve(std::size_t more) {
  while (limited()) {
    std::uint64_t taken = more + next_filter();
    for (const Spillable* const member : members_) {
      taken += member->memory();
    }
    if (taken <= limit_) {
      return;
    }
    const auto largest = std::max_element(
        members_.begin(), members_.end(),
        [](const auto* a, const auto* b) { return a->spillable() < b->spillable(); });
    if (largest == members_.end() || (*largest)->spillable() < kLeast) {
      return;
    }
    (*largest)->spill();
  }
}

}  // namespace dedup::memory
