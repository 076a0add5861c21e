// SPDX-License-Identifier: Apache-2.0
#include "cleaner/groups.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace dedup::cleaner {
namespace {

/// Everything behind the head is its member, also blank lines and what layer 1 took: they lie
/// within the group, and a later verdict on them changes nothing.
void form_group(std::span<Block> blocks, const numbers::Fingerprinter& fingerprinter,
                std::vector<numbers::Fingerprint>& keys) {
  const auto head = std::ranges::find_if(blocks, is_left);
  if (head == blocks.end()) {
    return;
  }
  keys.clear();
  std::uint32_t weight = 0;
  for (auto block = head; block != blocks.end(); ++block) {
    block->member = block != head;
    if (is_left(*block)) {
      keys.push_back(block->key);
      weight += block->weight;
      head->keyed = head->keyed && block->keyed;
    }
  }
  head->weight = weight;
  if (keys.size() > 1) {
    head->key = fingerprinter.of_group(keys);
  }
}

}  // namespace

void form_groups(std::vector<Block>& blocks, const numbers::Fingerprinter& fingerprinter,
                 std::vector<numbers::Fingerprint>& scratch) {
  for (std::size_t first = 0; first < blocks.size();) {
    const std::size_t end = end_of_group(blocks, first + 1);
    if (end - first > 1) {
      form_group(std::span(blocks).subspan(first, end - first), fingerprinter, scratch);
    }
    first = end;
  }
}

}  // namespace dedup::cleaner
