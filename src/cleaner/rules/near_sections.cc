// SPDX-License-Identifier: Apache-2.0
#include "cleaner/rules/near_sections.h"

#include "cleaner/rules/give_back.h"

namespace dedup::cleaner {

/// What waits is bounded: windows have to stay meanwhile.
void NearSections::look(StableQueue<Judged>& open, BlockNumber front, BlockNumber number) {
  const auto at = [&](BlockNumber block) -> Judged& {
    return open[static_cast<std::size_t>(block - front)];
  };
  const Judged& judged = at(number);
  if (!gone_.empty()) {
    const Judged& waiting = at(gone_.front());
    if (is_too_far(*judged.window, *judged.block, number, start_of(*waiting.window, *waiting.block),
                   gone_.front())) {
      end(open, front);
    }
  }
  if (!is_asked(*judged.block)) {
    return;
  }
  const bool near = judged.verdict.removed == Reason::near_duplicate;
  if (is_heading(*judged.block) && !near) {
    end(open, front);
    bare_ = !judged.verdict.removed;
  } else if (!judged.verdict.removed) {
    gone_.clear();
    bare_ = false;
  } else if (bare_ && near && judged.verdict.within) {
    gone_.push_back(number);
  }
}

/// Those that come back were no witnesses, and do not become any: what resembles them stays.
void NearSections::end(StableQueue<Judged>& open, BlockNumber front) {
  for (const BlockNumber number : gone_) {
    give_back(open, static_cast<std::size_t>(number - front));
  }
  gone_.clear();
  bare_ = false;
}

}  // namespace dedup::cleaner
