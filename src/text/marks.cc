// SPDX-License-Identifier: Apache-2.0
#include "text/marks.h"

#include <algorithm>
#include <cstring>

namespace dedup::text {
void Marks::find(std::string_view text, std::initializer_list<Mark> wanted, const Kernels& with) {
  const std::size_t blocks = (text.size() + kMarkBlock - 1) / kMarkBlock;
  const std::size_t whole = text.size() < kMarkReach ? 0 : (text.size() - kMarkReach) / kMarkBlock;
  for (const Mark mark : wanted) {
    Words& room = words_[static_cast<std::size_t>(mark)];
    if (room.size < blocks) {
      room.words = std::make_unique_for_overwrite<std::uint64_t[]>(blocks);
      room.size = blocks;
    }
  }
  const auto set = [&](const unsigned char* bytes, std::size_t first, std::size_t count) {
    MarkWords words{};
    for (const Mark mark : wanted) {
      const auto i = static_cast<std::size_t>(mark);
      words[i] = words_[i].words.get() + first;
    }
    with.set_marks(bytes, count, words);
  };
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  for (std::size_t first = 0; first < whole; first += kMarkBlocks) {
    set(bytes + first * kMarkBlock, first, std::min(kMarkBlocks, whole - first));
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
