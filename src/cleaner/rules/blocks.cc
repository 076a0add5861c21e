// SPDX-License-Identifier: Apache-2.0
// One question for each kind of key and stretch, and one finding for each block of each answer. A
// block may be named more than once, by itself and by up to three runs; the first finding stands
// (Verdict::apply), so the order of the questions here is the order of the reasons.
//
//   across, within → census → runs
#include "cleaner/rules/blocks.h"

namespace dedup::cleaner {

BlockRepeats::BlockRepeats(const Options& options, Census* census, memory::Index& index,
                           memory::Budget& budget)
    : options_(options),
      census_(census),
      index_(index),
      own_(options.first_positions, budget),
      asker_(options, index.fingerprinter()) {}

void BlockRepeats::begin_document(std::uint64_t document) {
  document_ = document;
  own_.clear();
  brought_.clear();
  brought_runs_.clear();
  asker_.begin_document();
}

std::span<const Finding> BlockRepeats::judge(const Window& window, std::size_t first,
                                             std::size_t end, BlockNumber number) {
  findings_.clear();
  asks_.clear();
  asker_.gather(window, first, end, number, asks_);
  ask(memory::Kind::block, true, asks_.across, Reason::repeated_block);
  tell_own(asks_.across, 0, brought_);
  const std::size_t across = findings_.size();
  ask(memory::Kind::block, false, asks_.within, Reason::repeated_block);
  for (std::size_t i = across; i < findings_.size(); ++i) {
    findings_[i].within = true;
  }
  if (census_ != nullptr) {
    count_blocks(window, first, end, number);
  }
  // Behind the others, so that a block that repeats by itself is told as such.
  const std::size_t runs = findings_.size();
  ask(memory::Kind::run, options_.scope != Scope::document, asks_.runs, Reason::repeated_run);
  tell_own(asks_.runs, runs, brought_runs_);
  return findings_;
}

/// Asks and remembers in one step: a key that was not there is there from now on, with this place.
/// An answer names the place of the earlier copy; of a run, all three.
template <std::size_t kBlocks>
void BlockRepeats::ask(memory::Kind kind, bool across, const BlockQuestion<kBlocks>& question,
                       Reason reason) {
  answers_.clear();
  if (question.asks.empty()) {
    return;
  }
  if (across) {
    index_.find_or_insert(kind, document_, question.asks, answers_);
  } else {
    own_.find_or_insert(kind, document_, question.asks, answers_);
  }
  for (const memory::Answer& answer : answers_) {
    for (std::size_t i = 0; i < kBlocks; ++i) {
      const std::optional<Position> first =
          options_.first_positions ? std::optional(answer.first.position(i)) : std::nullopt;
      findings_.push_back(
          {.block = question.blocks[answer.ask][i], .reason = reason, .first = first});
    }
  }
}

/// Of what is asked about across, says which are copies of the document's own. Answers come in the
/// order of the asks, and what has none is new. `found`: the first finding of the question.
template <std::size_t kBlocks>
void BlockRepeats::tell_own(const BlockQuestion<kBlocks>& question, std::size_t found,
                            OwnKeys& brought) {
  std::size_t answer = 0;
  for (std::size_t i = 0; i < question.asks.size(); ++i) {
    const numbers::Fingerprint& key = question.asks[i].key;
    if (answer < answers_.size() && answers_[answer].ask == i) {
      const bool own = brought.contains(key);
      for (std::size_t k = 0; k < kBlocks; ++k) {
        findings_[found + kBlocks * answer + k].within = own;
      }
      ++answer;
    } else {
      brought.add(key);
    }
  }
}

/// Where no copy is to stay the first goes, too, and has no earlier one. Behind the questions, so
/// that a later copy is told with the first one that they found.
void BlockRepeats::count_blocks(const Window& window, std::size_t first, std::size_t end,
                                BlockNumber number) {
  for (std::size_t i = first; i < end; ++i) {
    const Block& block = window.blocks[i];
    if (is_asked(block) && block.keyed && options_.paragraphs != Paragraphs::off &&
        block.weight >= options_.min_block && census_->repeats(block, document_)) {
      findings_.push_back({.block = number + (i - first), .reason = Reason::repeated_block});
    }
  }
}

}  // namespace dedup::cleaner
