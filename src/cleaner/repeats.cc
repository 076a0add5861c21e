#include "cleaner/repeats.h"

#include <algorithm>

namespace dedup::cleaner {

BlockRepeats::BlockRepeats(const Options& options, const numbers::Fingerprinter& fingerprinter)
    : options_(options),
      fingerprinter_(fingerprinter),
      corpus_blocks_(options.first_positions),
      corpus_runs_(options.first_positions),
      document_blocks_(options.first_positions),
      document_runs_(options.first_positions) {}

void BlockRepeats::begin_document(std::uint64_t document) {
  document_ = document;
  document_blocks_.clear();
  document_runs_.clear();
  recent_.clear();
}

/// Where a block of this weight is looked for. Heavy ones are remembered for the whole corpus,
/// which includes the document; the lighter ones for the document alone.
memory::SeenSet<Position>& BlockRepeats::blocks_for(std::uint32_t weight) noexcept {
  const bool across = options_.scope == Scope::corpus && weight >= options_.min_block_across;
  return across ? corpus_blocks_ : document_blocks_;
}

void BlockRepeats::judge(Judged& judged) {
  const Block& block = *judged.block;
  if (!block.keyed) {
    recent_.clear();
    return;
  }
  if (options_.paragraphs == Paragraphs::exact && block.weight >= options_.min_block) {
    const Position here{document_, block.line.number};
    if (const auto first = blocks_for(block.weight).find_or_insert(block.key, here)) {
      judged.remove(Reason::repeated_block, options_.first_positions ? first : std::nullopt);
    }
  }
  if (options_.runs) {
    recent_.push(&judged);
    judge_run();
  }
}

void BlockRepeats::judge_run() {
  if (!recent_.full()) {
    return;
  }
  const auto& run = recent_.items();
  const std::uint64_t weight =
      std::uint64_t{run[0]->block->weight} + run[1]->block->weight + run[2]->block->weight;
  const auto long_blocks = std::count_if(run.begin(), run.end(), [](const Judged* judged) {
    return judged->block->weight >= kRunBlockWeight;
  });
  if (weight < kRunWeight || long_blocks < 2) {
    return;
  }
  memory::SeenSet<RunPlace>& runs = options_.scope == Scope::corpus ? corpus_runs_ : document_runs_;
  RunPlace here{document_, {}};
  for (std::size_t i = 0; i < 3; ++i) {
    here.blocks[i] = run[i]->block->line.number;
  }
  const auto key =
      fingerprinter_.of_run(run[0]->block->key, run[1]->block->key, run[2]->block->key);
  if (const auto first = runs.find_or_insert(key, here)) {
    for (std::size_t i = 0; i < 3; ++i) {
      run[i]->remove(Reason::repeated_run, counterpart(*first, i));
    }
  }
}

std::optional<Position> BlockRepeats::counterpart(const RunPlace& first, std::size_t i) const {
  return options_.first_positions ? std::optional(Position{first.document, first.blocks[i]})
                                  : std::nullopt;
}

const Judged* BlockRepeats::open() const noexcept {
  Judged* const* const earliest = recent_.earliest_open();
  return earliest == nullptr ? nullptr : *earliest;
}

SentenceRepeats::SentenceRepeats(const Options& options,
                                 const numbers::Fingerprinter& fingerprinter)
    : fingerprinter_(fingerprinter),
      first_positions_(options.first_positions),
      runs_(first_positions_) {}

void SentenceRepeats::begin_document(std::uint64_t document) {
  document_ = document;
  runs_.clear();
  recent_.clear();
}

void SentenceRepeats::judge(Judged& judged) {
  const Block& block = *judged.block;
  for (std::uint32_t i = 0; i < block.sentence_count; ++i) {
    const Sentence& sentence = judged.window->sentences[block.first_sentence + i];
    if (!sentence.keyed) {
      recent_.clear();
      continue;
    }
    recent_.push({&judged, i, &sentence});
    judge_run();
  }
}

void SentenceRepeats::judge_run() {
  if (!recent_.full()) {
    return;
  }
  const auto& run = recent_.items();
  const std::uint64_t weight =
      std::uint64_t{run[0].value->weight} + run[1].value->weight + run[2].value->weight;
  if (weight < kRunWeight) {
    return;
  }
  RunPlace here{document_, {}};
  for (std::size_t i = 0; i < 3; ++i) {
    here.blocks[i] = run[i].judged->block->line.number;
  }
  const auto key = fingerprinter_.of_run(run[0].value->key, run[1].value->key, run[2].value->key);
  const auto first = runs_.find_or_insert(key, here);
  if (!first) {
    return;
  }
  for (std::size_t i = 0; i < 3; ++i) {
    auto& cuts = run[i].judged->cuts;
    // Runs come in order, so what a run before it cut already is at the back.
    if (cuts.empty() || cuts.back().sentence < run[i].sentence) {
      const Position counterpart{first->document, first->blocks[i]};
      cuts.push_back(
          {run[i].sentence, first_positions_ ? std::optional(counterpart) : std::nullopt});
    }
  }
}

const Judged* SentenceRepeats::open() const noexcept {
  const Place* const earliest = recent_.earliest_open();
  return earliest == nullptr ? nullptr : earliest->judged;
}

}  // namespace dedup::cleaner
