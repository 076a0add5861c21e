// SPDX-License-Identifier: Apache-2.0
// A block is asked about by itself and as the third of a run. Which blocks are asked about depends
// on windows and options alone, never on answers: so a stretch can be gathered before any is
// had.
#include "cleaner/rules/block_asker.h"

namespace dedup::cleaner {

void BlockAsker::gather(const Window& window, std::size_t first, std::size_t end,
                        BlockNumber number, BlockAsks& asks) {
  for (std::size_t i = first; i < end; ++i) {
    gather(window, window.blocks[i], number + (i - first), asks);
  }
}

/// What layer 1 took, and blank lines, are passed over without ending a run: the blocks around them
/// are neighbours in what is left, unless so far apart that nothing may wait for them.
void BlockAsker::gather(const Window& window, const Block& block, BlockNumber number,
                        BlockAsks& asks) {
  recent_.end_if_far(window, block, number);
  if (!is_asked(block)) {
    return;
  }
  if (!block.keyed) {
    recent_.clear();  // it breaks a run and equals nothing
    return;
  }
  if (options_.paragraphs != Paragraphs::off && block.weight >= options_.min_block) {
    auto& question = is_across(block.weight) ? asks.across : asks.within;
    question.add({block.key, {block.line.number, 0, 0}}, {number});
  }
  if (options_.runs) {
    recent_.push() = {.block = number,
                      .weight = block.weight,
                      .line = block.line.number,
                      .start = start_of(window, block),
                      .key = block.key};
    gather_run(block, asks);
  }
}

/// Within a window analysis has made the key of the run already; it is the same either way. Asked
/// only of three that are heavy enough together.
void BlockAsker::gather_run(const Block& last, BlockAsks& asks) {
  if (!recent_.full()) {
    return;
  }
  const Link& a = recent_[0];
  const Link& b = recent_[1];
  const Link& c = recent_[2];
  if (is_block_run(a.weight, b.weight, c.weight)) {
    const auto key = last.has_run ? last.run : fingerprinter_.of_run(a.key, b.key, c.key);
    asks.runs.add({key, recent_.lines()}, {a.block, b.block, c.block});
  }
}

/// Heavy blocks are remembered for the whole corpus, which includes the document; the lighter ones
/// for the document alone.
bool BlockAsker::is_across(std::uint32_t weight) const noexcept {
  return options_.scope != Scope::document && weight >= options_.min_block_across;
}

}  // namespace dedup::cleaner
