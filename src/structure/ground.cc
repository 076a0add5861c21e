// SPDX-License-Identifier: Apache-2.0
// Zones are matched as brackets are: an end takes the last beginning of its kind, and what began
// behind that and was not ended begins nothing. Nor does what has too many within it.
#include "structure/ground.h"

#include <algorithm>

namespace dedup::structure {
namespace {

constexpr std::size_t kDeepest = 4;  // zones within zones; layout goes down into each

}  // namespace

void Ground::find_zones(std::size_t first) {
  zone_ends_.resize(shapes_.size());
  std::vector<std::size_t> open;
  for (std::size_t i = first; i < shapes_.size(); ++i) {
    const int zone = is_closed(i) ? 0 : shapes_[i].zone;
    if (zone > 0) {
      if (open.size() == kDeepest) {
        open.erase(open.begin());
      }
      open.push_back(i);
    }
    const auto begins = std::find_if(open.rbegin(), open.rend(), [this, zone](std::size_t line) {
      return shapes_[line].zone == -zone;
    });
    if (zone < 0 && begins != open.rend()) {
      zone_ends_[*begins] = i + 1;
      open.erase(begins.base() - 1, open.end());
    }
  }
}

std::size_t Ground::part_end(std::size_t i) const noexcept {
  const auto is_row = [this](std::size_t line) {
    return is_closed(line) || shapes_[line].kind == Kind::row;
  };
  if (!is_row(i)) {
    return std::max(zone_end(i), i + 1);
  }
  while (i < size_ && is_row(i)) {
    ++i;
  }
  return i;
}

}  // namespace dedup::structure
