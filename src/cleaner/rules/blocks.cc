#include "cleaner/rules/blocks.h"

#include <algorithm>

namespace dedup::cleaner {

BlockRepeats::BlockRepeats(const Options& options, Census* census, memory::Index& index,
                           memory::Budget& budget)
    : options_(options), census_(census), index_(index), own_(options.first_positions, budget) {}

void BlockRepeats::begin_document(std::uint64_t document) {
  document_ = document;
  own_.clear();
  recent_.clear();
}

std::span<const Finding> BlockRepeats::judge(const Window& window, std::size_t first,
                                             std::size_t end, BlockNumber number) {
  findings_.clear();
  for (Question* const question : {&across_, &within_}) {
    question->asks.clear();
    question->blocks.clear();
  }
  runs_.clear();
  run_blocks_.clear();
  for (std::size_t i = first; i < end; ++i) {
    gather(window, window.blocks[i], number + (i - first));
  }
  ask_blocks(across_, true);
  ask_blocks(within_, false);
  if (census_ != nullptr) {
    count_blocks(window, first, end, number);
  }
  ask_runs();  // behind the others: a block that repeats by itself is told as such
  return findings_;
}

void BlockRepeats::gather(const Window& window, const Block& block, BlockNumber number) {
  recent_.end_if_far(start_of(window, block));
  if (!is_left(block)) {
    return;
  }
  if (!block.keyed) {
    recent_.clear();  // it breaks a run and equals nothing
    return;
  }
  if (options_.paragraphs != Paragraphs::off && block.weight >= options_.min_block) {
    Question& question = is_across(block.weight) ? across_ : within_;
    question.asks.push_back({block.key, {block.line.number, 0, 0}});
    question.blocks.push_back(number);
  }
  if (options_.runs) {
    recent_.push({.block = number,
                  .weight = block.weight,
                  .line = block.line.number,
                  .start = start_of(window, block),
                  .key = block.key});
    gather_run(block);
  }
}

void BlockRepeats::gather_run(const Block& last) {
  if (!recent_.full()) {
    return;
  }
  const Link& a = recent_[0];
  const Link& b = recent_[1];
  const Link& c = recent_[2];
  if (!is_block_run(a.weight, b.weight, c.weight)) {
    return;
  }
  const auto key = last.has_run ? last.run : index_.fingerprinter().of_run(a.key, b.key, c.key);
  runs_.push_back({key, recent_.lines()});
  run_blocks_.push_back({a.block, b.block, c.block});
}

/// Heavy blocks are remembered for the whole corpus, which includes the document; the lighter ones
/// for the document alone.
bool BlockRepeats::is_across(std::uint32_t weight) const noexcept {
  return options_.scope != Scope::document && weight >= options_.min_block_across;
}

void BlockRepeats::ask(memory::Kind kind, bool across, const std::vector<memory::Ask>& asks) {
  answers_.clear();
  if (asks.empty()) {
    return;
  }
  if (across) {
    index_.find_or_insert(kind, document_, asks, answers_);
  } else {
    own_.find_or_insert(kind, document_, asks, answers_);
  }
}

void BlockRepeats::ask_blocks(Question& question, bool across) {
  ask(memory::Kind::block, across, question.asks);
  for (const memory::Answer& answer : answers_) {
    findings_.push_back({.block = question.blocks[answer.ask],
                         .reason = Reason::repeated_block,
                         .first = options_.first_positions ? std::optional(answer.first.position(0))
                                                           : std::nullopt});
  }
}

/// Where no copy is to stay the first goes, too, and has no earlier one.
void BlockRepeats::count_blocks(const Window& window, std::size_t first, std::size_t end,
                                BlockNumber number) {
  for (std::size_t i = first; i < end; ++i) {
    const Block& block = window.blocks[i];
    if (is_left(block) && block.keyed && options_.paragraphs != Paragraphs::off &&
        block.weight >= options_.min_block && census_->repeats(block, document_)) {
      findings_.push_back({.block = number + (i - first), .reason = Reason::repeated_block});
    }
  }
}

void BlockRepeats::ask_runs() {
  ask(memory::Kind::run, options_.scope != Scope::document, runs_);
  for (const memory::Answer& answer : answers_) {
    for (std::size_t i = 0; i < 3; ++i) {
      findings_.push_back({.block = run_blocks_[answer.ask][i],
                           .reason = Reason::repeated_run,
                           .first = options_.first_positions
                                        ? std::optional(answer.first.position(i))
                                        : std::nullopt});
    }
  }
}

}  // namespace dedup::cleaner
