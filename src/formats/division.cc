// SPDX-License-Identifier: Apache-2.0
#include "dedup/division.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace dedup {

Division::Division(std::vector<std::uint64_t> sizes)
    : sizes_(std::move(sizes)), clean_(sizes_.size()), edited_(sizes_.size()) {}

std::uint64_t Division::room() const noexcept {
  const bool last = value_ + 1 >= sizes_.size();
  return last ? std::numeric_limits<std::uint64_t>::max() : sizes_[value_] - passed_;
}

void Division::next_value() {
  ++value_;
  passed_ = 0;
}

void Division::give(std::string_view text, const Take& take) {
  if (text.empty()) return;
  clean_[value_] += text.size();
  written_ += text.size();
  take(text);
}

/// Behind the value that is full comes a line feed, which is not given.
void Division::kept(std::string_view text, const Take& take) {
  while (!text.empty()) {
    const std::string_view own = text.substr(0, std::min<std::uint64_t>(room(), text.size()));
    give(own, take);
    passed_ += own.size();
    text.remove_prefix(own.size());
    if (text.empty()) return;
    text.remove_prefix(1);
    next_value();
  }
}

void Division::edit(std::uint64_t size, std::string_view replacement, const Take& take) {
  if (!replacement.empty()) edited_[value_] = true;
  give(replacement, take);
  pass(size);
}

/// A value of which no byte is passed stays as it is written: an empty one has none.
void Division::pass(std::uint64_t size) {
  while (size > 0) {
    const std::uint64_t own = std::min(room(), size);
    if (own > 0) edited_[value_] = true;
    passed_ += own;
    size -= own;
    if (size == 0) return;
    size -= 1;
    next_value();
  }
}

std::vector<std::optional<std::string_view>> Division::texts(std::string_view clean) const {
  std::vector<std::optional<std::string_view>> texts(sizes_.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (edited_[i]) texts[i] = clean.substr(0, clean_[i]);
    clean.remove_prefix(clean_[i]);
  }
  return texts;
}

}  // namespace dedup
