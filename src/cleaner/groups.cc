// SPDX-License-Identifier: Apache-2.0
#include "cleaner/groups.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace dedup::cleaner {

/// Everything behind the head is its member, also blank lines and what layer 1 took: they lie
/// within the group, and a later verdict on them changes nothing.
void form_group(std::span<Block> blocks, const numbers::Fingerprinter& fingerprinter,
                std::vector<numbers::Fingerprint>& scratch) {
  const auto head = std::ranges::find_if(blocks, is_left);
  if (head == blocks.end()) {
    return;
  }
  scratch.clear();
  std::uint32_t weight = 0;
  for (auto block = head; block != blocks.end(); ++block) {
    block->member = block != head;
    if (is_left(*block)) {
      scratch.push_back(block->key);
      weight += block->weight;
      head->keyed = head->keyed && block->keyed;
    }
  }
  head->weight = weight;
  if (scratch.size() > 1) {
    head->key = fingerprinter.of_group(scratch);
  }
}

}  // namespace dedup::cleaner
