// SPDX-License-Identifier: Apache-2.0
// Two homes, one rule. In all documents: the shared index, which copies what it keeps. Otherwise an
// index of the window at hand, which refers to the window's own keys, and so must forget
// them before the window goes:
//
//   judge, judge, … (window A)   own_ refers to A
//   judge           (window B)   own_ is cleared, refers to B
//   let_go          (window B)   own_ is cleared, refers to nothing
#include "cleaner/rules/near.h"

namespace dedup::cleaner {

NearRepeats::NearRepeats(const Options& options, memory::Index& index, memory::Budget& budget)
    : wide_(options.scope == Scope::wide),
      index_(index),
      own_(options.near_threshold, memory::NearIndex::Keep::references, budget) {}

std::optional<Finding> NearRepeats::judge(const Window& window, const Block& block,
                                          BlockNumber number) {
  const auto verdict = find_or_add(window, block);
  return verdict ? std::optional(Finding{.block = number,
                                         .reason = Reason::near_duplicate,
                                         .first = verdict->first,
                                         .similarity = verdict->similarity,
                                         .within = verdict->first.document == document_})
                 : std::nullopt;
}

/// Light blocks are witnesses only: what is too short to go may still be what another repeats. A
/// block that goes is not added, so witnesses never go by this rule.
std::optional<memory::NearVerdict> NearRepeats::find_or_add(const Window& window,
                                                            const Block& block) {
  const std::u16string_view key = key_of(window, block);
  const numbers::Bands& bands = window.near_bands[block.near];
  const Position here{document_, block.line.number};
  const bool may_go = block.weight >= memory::kLeastNearWeight;
  if (wide_) {
    return index_.find_or_add_near(key, bands, may_go, here);
  }
  if (window_ != &window) {
    if (window_ != nullptr) {
      own_.clear();
    }
    own_.reserve(window.near_bands.size());
    window_ = &window;
  }
  if (auto verdict = may_go ? own_.find(key, bands) : std::nullopt) {
    return verdict;
  }
  own_.add(key, bands, here);
  return std::nullopt;
}

void NearRepeats::let_go(const Window& window) {
  if (window_ == &window) {
    own_.clear();
    window_ = nullptr;
  }
}

/// In a hint a wrong window would do no harm: own_ may still be that of the last one.
void NearRepeats::prefetch(const Window& window, const Block& block) {
  const numbers::Bands& bands = window.near_bands[block.near];
  if (wide_) {
    index_.prefetch_near(bands);
  } else {
    own_.prefetch(bands);
  }
}

}  // namespace dedup::cleaner
