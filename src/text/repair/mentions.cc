// SPDX-License-Identifier: Apache-2.0
#include "text/repair/mentions.h"

#include <algorithm>

namespace dedup::text {
namespace {

constexpr std::size_t kNear = 1000;  // bytes: some 330 characters, a paragraph or two

constexpr std::string_view kWords[] = {"乱码", "亂碼",   "编码",     "編碼",     "解码",
                                       "解碼", "字符集", "文字化け", "mojibake", "Mojibake"};

}  // namespace

Mentions::Mentions(std::string_view text) {
  for (const std::string_view word : kWords) {
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + word.size())) {
      places_.push_back(at);
    }
  }
  std::sort(places_.begin(), places_.end());
}

bool Mentions::near(std::size_t start, std::size_t end) {
  while (next_ < places_.size() && places_[next_] < start) ++next_;
  if (next_ > 0 && start - places_[next_ - 1] <= kNear) return true;
  const auto first = places_.begin() + static_cast<std::ptrdiff_t>(next_);
  const auto behind = std::lower_bound(first, places_.end(), end);
  return behind != places_.end() && *behind - end <= kNear;
}

}  // namespace dedup::text
