#include "cleaner/rules/near.h"

namespace dedup::cleaner {

NearRepeats::NearRepeats(const Options& options, memory::Index& index, memory::Budget& budget)
    : wide_(options.scope == Scope::wide),
      index_(index),
      own_(options.near_threshold, memory::NearIndex::Keep::references, budget) {}

std::optional<Finding> NearRepeats::judge(const Window& window, const Block& block,
                                          BlockNumber number) {
  if (block.near == Block::kNoNear) {
    return std::nullopt;
  }
  const auto verdict = find_or_add(window, block);
  return verdict ? std::optional(Finding{.block = number,
                                         .reason = Reason::near_duplicate,
                                         .first = verdict->first,
                                         .similarity = verdict->similarity})
                 : std::nullopt;
}

std::optional<memory::NearVerdict> NearRepeats::find_or_add(const Window& window,
                                                            const Block& block) {
  const memory::NearBlock near = window.near_blocks.block(block.near, key_of(window, block));
  const numbers::Bands& bands = window.near_blocks.bands(block.near);
  const Position here{document_, block.line.number};
  const bool may_go = block.weight >= memory::kLeastNearWeight;
  if (wide_) {
    return index_.find_or_add_near(near, bands, may_go, here);
  }
  if (window_ != &window) {
    own_.clear();
    window_ = &window;
  }
  if (auto verdict = may_go ? own_.find(near, bands) : std::nullopt) {
    return verdict;
  }
  own_.add(near, bands, here);
  return std::nullopt;
}

void NearRepeats::let_go(const Window& window) {
  if (window_ == &window) {
    own_.clear();
    window_ = nullptr;
  }
}

void NearRepeats::prefetch(const Window& window, const Block& block) {
  if (block.near == Block::kNoNear) {
    return;
  }
  const numbers::Bands& bands = window.near_blocks.bands(block.near);
  if (wide_) {
    index_.prefetch_near(bands);
  } else {
    own_.prefetch(bands);
  }
}

}  // namespace dedup::cleaner
