// SPDX-License-Identifier: Apache-2.0
#include "memory/arena.h"

#include <algorithm>
#include <utility>

namespace dedup::memory {
namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);
constexpr std::size_t kChunk = (std::size_t{1} << 20) / kWord;

}  // namespace

std::uint64_t* Arena::allocate(std::size_t words) {
  if (words > left_) {
    const std::size_t size = std::max(words, kChunk);
    chunks_.push_back(std::make_unique_for_overwrite<std::uint64_t[]>(size));
    bytes_ += size * kWord;
    if (words == size) {  // a chunk of its own; the one before is not full yet
      return chunks_.back().get();
    }
    next_ = chunks_.back().get();
    left_ = size;
  }
  left_ -= words;
  return std::exchange(next_, next_ + words);
}

void Arena::release() noexcept {
  chunks_.clear();
  next_ = nullptr;
  left_ = bytes_ = 0;
}

std::size_t Arena::growth(std::size_t words) const noexcept {
  return words > left_ ? std::max(words, kChunk) * kWord : 0;
}

}  // namespace dedup::memory
