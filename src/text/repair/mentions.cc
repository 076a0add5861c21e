// SPDX-License-Identifier: Apache-2.0
#include "text/repair/mentions.h"

#include <algorithm>

namespace dedup::text {

Mentions::Mentions(std::string_view text, std::span<const std::string_view> words,
                   std::size_t reach)
    : reach_(reach) {
  for (const std::string_view word : words) {
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + word.size())) {
      places_.push_back(at);
    }
  }
  std::sort(places_.begin(), places_.end());
}

bool Mentions::near(std::size_t start, std::size_t end) {
  while (next_ < places_.size() && places_[next_] < start) ++next_;
  if (next_ > 0 && start - places_[next_ - 1] <= reach_) return true;
  const auto first = places_.begin() + static_cast<std::ptrdiff_t>(next_);
  const auto behind = std::lower_bound(first, places_.end(), end);
  return behind != places_.end() && *behind - end <= reach_;
}

}  // namespace dedup::text
