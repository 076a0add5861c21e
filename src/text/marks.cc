// SPDX-License-Identifier: Apache-2.0
#include "text/marks.h"

#include <algorithm>
#include <cstring>

namespace dedup::text {
namespace {

/// Bytes that are marked for all who want it before the next come: they stay in the cache.
constexpr std::size_t kTile = 16'384;

}  // namespace

void Marks::find(std::string_view text, std::initializer_list<Mark> wanted, const Kernels& with) {
  const std::size_t blocks = (text.size() + kMarkBlock - 1) / kMarkBlock;
  const std::size_t whole = text.size() < kMarkReach ? 0 : (text.size() - kMarkReach) / kMarkBlock;
  for (const Mark mark : wanted) {
    auto& words = words_[static_cast<std::size_t>(mark)];
    words.resize(std::max(words.size(), blocks));
  }
  const auto set = [&](const unsigned char* bytes, std::size_t first, std::size_t count) {
    for (const Mark mark : wanted) {
      const auto i = static_cast<std::size_t>(mark);
      with.set_marks[i](bytes, count, words_[i].data() + first);
    }
  };
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  constexpr std::size_t kStep = kTile / kMarkBlock;
  for (std::size_t first = 0; first < whole; first += kStep) {
    set(bytes + first * kMarkBlock, first, std::min(kStep, whole - first));
  }
  // What is left is more than a block by less than the reach.
  std::array<unsigned char, 2 * kMarkBlock + kMarkReach> rest;
  rest.fill('\n');
  if (const std::size_t start = whole * kMarkBlock; start < text.size()) {
    std::memcpy(rest.data(), bytes + start, text.size() - start);
    set(rest.data(), whole, blocks - whole);
  }
}

}  // namespace dedup::text
