#include "cleaner/repeats.h"

#include <algorithm>
#include <iterator>

namespace dedup::cleaner {

BlockRepeats::BlockRepeats(const Options& options, const numbers::Fingerprinter& fingerprinter,
                           Census* census, memory::Budget& budget)
    : options_(options),
      fingerprinter_(fingerprinter),
      census_(census),
      corpus_blocks_(options.first_positions, budget),
      corpus_runs_(options.first_positions, budget),
      document_blocks_(options.first_positions, budget),
      document_runs_(options.first_positions, budget) {}

void BlockRepeats::begin_document(std::uint64_t document) {
  document_ = document;
  document_blocks_.clear();
  document_runs_.clear();
  recent_.clear();
}

/// Where a block of this weight is looked for. Heavy ones are remembered for the whole corpus,
/// which includes the document; the lighter ones for the document alone.
memory::SeenSet<Position>& BlockRepeats::blocks_for(std::uint32_t weight) noexcept {
  const bool across = options_.scope != Scope::document && weight >= options_.min_block_across;
  return across ? corpus_blocks_ : document_blocks_;
}

memory::SeenSet<RunPlace>& BlockRepeats::runs() noexcept {
  return options_.scope != Scope::document ? corpus_runs_ : document_runs_;
}

void BlockRepeats::judge(Judged& judged) {
  const Block& block = *judged.block;
  if (!block.keyed) {
    recent_.clear();
    return;
  }
  if (options_.paragraphs != Paragraphs::off && block.weight >= options_.min_block) {
    judge_block(judged);
  }
  if (options_.runs) {
    recent_.push(&judged);
    judge_run();
  }
}

void BlockRepeats::judge_block(Judged& judged) {
  const Block& block = *judged.block;
  const Position here{document_, block.line.number};
  const auto first = blocks_for(block.weight).find_or_insert(block.key, here);
  if (first || (census_ != nullptr && census_->repeats(block, document_))) {
    judged.remove(Reason::repeated_block, options_.first_positions ? first : std::nullopt);
  }
}

void BlockRepeats::judge_run() {
  if (!recent_.full()) {
    return;
  }
  const auto& run = recent_.items();
  if (!is_run(*run[0]->block, *run[1]->block, *run[2]->block)) {
    return;
  }
  RunPlace here{document_, {}};
  for (std::size_t i = 0; i < 3; ++i) {
    here.blocks[i] = run[i]->block->line.number;
  }
  const Block& last = *run[2]->block;
  const auto key = last.has_run
                       ? last.run
                       : fingerprinter_.of_run(run[0]->block->key, run[1]->block->key, last.key);
  if (const auto first = runs().find_or_insert(key, here)) {
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

void BlockRepeats::prefetch(const Block& block) noexcept {
  if (block.weight >= options_.min_block) {
    blocks_for(block.weight).prefetch(block.key);
  }
  if (block.has_run) {
    runs().prefetch(block.run);
  }
}

NearRepeats::NearRepeats(const Options& options, memory::Budget& budget)
    : wide_(options.scope == Scope::wide),
      index_(options.near_threshold,
             wide_ ? memory::NearIndex::Keep::copies : memory::NearIndex::Keep::references,
             budget) {}

void NearRepeats::begin_document(std::uint64_t document) { document_ = document; }

void NearRepeats::let_go(const Window& window) {
  if (window_ == &window) {
    index_.clear();
    window_ = nullptr;
  }
}

void NearRepeats::judge(Judged& judged) {
  if (judged.block->near == Block::kNoNear) {
    return;
  }
  const Window& window = *judged.window;
  if (window_ != &window && !wide_) {
    index_.clear();
    window_ = &window;
  }
  const memory::NearBlock block =
      window.near_blocks.block(judged.block->near, key_of(window, *judged.block));
  const numbers::Bands& bands = window.near_blocks.bands(judged.block->near);
  const bool heavy = judged.block->weight >= memory::kLeastNearWeight;
  if (const auto verdict = heavy ? index_.find(block, bands) : std::nullopt) {
    judged.remove(Reason::near_duplicate, verdict->first);
    judged.similarity = verdict->similarity;
  } else {
    index_.add(block, bands, {document_, judged.block->line.number});
  }
}

void NearRepeats::prefetch(const Window& window, const Block& block) const noexcept {
  if (block.near != Block::kNoNear) {
    index_.prefetch(window.near_blocks.bands(block.near));
  }
}

SentenceRepeats::SentenceRepeats(const Options& options,
                                 const numbers::Fingerprinter& fingerprinter,
                                 memory::Budget& budget)
    : options_(options),
      fingerprinter_(fingerprinter),
      runs_(options.first_positions, budget),
      lone_(options.first_positions, budget) {}

void SentenceRepeats::begin_document(std::uint64_t document) {
  document_ = document;
  recent_.clear();
  if (options_.scope != Scope::wide) {
    runs_.clear();
    lone_.clear();
  }
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
    if (options_.sentences == Sentences::lone) {
      judge_lone(recent_.items()[2]);
    }
  }
}

void SentenceRepeats::judge_run() {
  if (!recent_.full()) {
    return;
  }
  const auto& run = recent_.items();
  if (!is_run(*run[0].value, *run[1].value, *run[2].value)) {
    return;
  }
  RunPlace here{document_, {}};
  for (std::size_t i = 0; i < 3; ++i) {
    here.blocks[i] = run[i].judged->block->line.number;
  }
  const Sentence* const last = run[2].value;
  const bool adjoin = run[1].value == last - 1 && run[0].value == last - 2;
  const auto key =
      adjoin ? last->run : fingerprinter_.of_run(run[0].value->key, run[1].value->key, last->key);
  if (const auto first = runs_.find_or_insert(key, here)) {
    for (std::size_t i = 0; i < 3; ++i) {
      cut(run[i], {first->document, first->blocks[i]});
    }
  }
}

void SentenceRepeats::judge_lone(const Place& place) {
  if (place.value->weight < kLoneWeight) {
    return;
  }
  const Position here{document_, place.judged->block->line.number};
  if (const auto first = lone_.find_or_insert(place.value->key, here)) {
    cut(place, *first);
  }
}

/// Runs come in order, so what was cut before is among the last; a lone sentence may have been cut
/// behind the beginning of a run.
void SentenceRepeats::cut(const Place& place, const Position& first) {
  auto& cuts = place.judged->cuts;
  const auto at = std::find_if(cuts.rbegin(), cuts.rend(), [&](const SentenceCut& cut) {
                    return cut.sentence <= place.sentence;
                  }).base();
  if (at == cuts.begin() || std::prev(at)->sentence != place.sentence) {
    cuts.insert(at,
                {place.sentence, options_.first_positions ? std::optional(first) : std::nullopt});
  }
}

void SentenceRepeats::prefetch(const Window& window, const Block& block) const noexcept {
  for (std::uint32_t i = 0; i < block.sentence_count; ++i) {
    runs_.prefetch(window.sentences[block.first_sentence + i].run);
  }
}

const Judged* SentenceRepeats::open() const noexcept {
  const Place* const earliest = recent_.earliest_open();
  return earliest == nullptr ? nullptr : earliest->judged;
}

}  // namespace dedup::cleaner
