// SPDX-License-Identifier: Apache-2.0
// Taking a verdict back, which the rules that look at the neighbours of copies do.
#pragma once

#include <cstddef>

#include "cleaner/stable_queue.h"
#include "cleaner/verdict.h"

namespace dedup::cleaner {

/// Takes a verdict of rules 3 to 5 back, for all of the group that begins there.
inline void give_back(StableQueue<Judged>& open, std::size_t head) {
  open[head].verdict = {.stays = true};
  for (std::size_t i = head + 1; i < open.size() && open[i].block->member; ++i) {
    if (open[i].block->boilerplate.empty()) {
      open[i].verdict = {};
    }
  }
}

}  // namespace dedup::cleaner
