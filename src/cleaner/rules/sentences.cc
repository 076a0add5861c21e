// SPDX-License-Identifier: Apache-2.0
// Gathered first, asked then: gather() numbers the sentences that have a key and notes the number
// at which each question would have been put; judge() puts all runs, then all lone sentences, and
// lays the two rows of answers together by those numbers.
//
//   sentences   1   2   3   4   5
//   runs                3   4   5     when the third of them came
//   lone            2       4         a heavy one
//   told            2   3   4   4 5   run before lone where they end together
//
// Invariant: asks, spots and when of a Question are of one length; an Answer::ask counts in them.
#include "cleaner/rules/sentences.h"

namespace dedup::cleaner {

SentenceRepeats::SentenceRepeats(const Options& options, memory::Index& index,
                                 memory::Budget& budget)
    : options_(options), index_(index), own_(options.first_positions, budget) {}

void SentenceRepeats::begin_document(std::uint64_t document) {
  document_ = document;
  recent_.clear();
  own_.clear();
  runs_.forget();
  lone_.forget();
  gathered_ = 0;
}

void SentenceRepeats::Question::forget() noexcept {
  asks.clear();
  spots.clear();
  when.clear();
  answers.clear();
}

/// A block that went is looked at for its place alone: a run must not reach too far over it. One
/// that is damaged has sentences without keys, and those break a run.
void SentenceRepeats::gather(const Window& window, const Block& block, bool left,
                             BlockNumber number) {
  recent_.end_if_far(window, block);
  if (!left) {
    return;
  }
  for (std::uint32_t i = 0; i < block.sentence_count; ++i) {
    const std::size_t index = block.first_sentence + i;
    const Sentence& sentence = window.sentences[index];
    if (!sentence.keyed) {
      recent_.clear();
      continue;
    }
    ++gathered_;
    recent_.push({.block = number,
                  .sentence = i,
                  .weight = sentence.weight,
                  .line = block.line.number,
                  .start = start_of(window, block),
                  .key = sentence.key,
                  .place = window.stretch.offset + index});
    gather_run(window, index);
    if (options_.sentences == Sentences::lone && sentence.weight >= kLoneWeight) {
      lone_.asks.push_back({sentence.key, {block.line.number, 0, 0}});
      lone_.spots.push_back({Spot{number, i}, {}, {}});
      lone_.when.push_back(gathered_);
    }
  }
}

/// Of sentences that follow one another in a window the key is at hand. Windows have more bytes
/// than sentences, so places of two windows do not meet but at the border.
void SentenceRepeats::gather_run(const Window& window, std::size_t last) {
  if (!recent_.full()) {
    return;
  }
  const Link& a = recent_[0];
  const Link& b = recent_[1];
  const Link& c = recent_[2];
  if (!is_sentence_run(a.weight, b.weight, c.weight)) {
    return;
  }
  const bool adjoin = last >= 2 && b.place + 1 == c.place && a.place + 2 == c.place;
  const auto key =
      adjoin ? window.sentences[last].run : index_.fingerprinter().of_run(a.key, b.key, c.key);
  runs_.asks.push_back({key, recent_.lines()});
  runs_.spots.push_back(
      {Spot{a.block, a.sentence}, Spot{b.block, b.sentence}, Spot{c.block, c.sentence}});
  runs_.when.push_back(gathered_);
}

/// Overlapping runs name a sentence more than once; Verdict::apply takes it once, the first time.
std::span<const Cut> SentenceRepeats::judge() {
  cuts_.clear();
  ask(memory::Kind::sentence_run, runs_);
  ask(memory::Kind::sentence, lone_);
  // Whichever ends first is told first; of a run and a lone sentence that end together, the run.
  std::size_t run = 0;
  for (std::size_t lone = 0; lone < lone_.answers.size(); ++lone) {
    const std::uint32_t when = lone_.when[lone_.answers[lone].ask];
    while (run < runs_.answers.size() && runs_.when[runs_.answers[run].ask] <= when) {
      cut_run(run++);
    }
    cut_lone(lone);
  }
  while (run < runs_.answers.size()) {
    cut_run(run++);
  }
  runs_.forget();
  lone_.forget();
  gathered_ = 0;
  return cuts_;
}

/// Asks and remembers in one step, in the index or in what is forgotten with the document.
void SentenceRepeats::ask(memory::Kind kind, Question& question) {
  if (question.asks.empty()) {
    return;
  }
  if (options_.scope == Scope::wide) {
    index_.find_or_insert(kind, document_, question.asks, question.answers);
  } else {
    own_.find_or_insert(kind, document_, question.asks, question.answers);
  }
}

void SentenceRepeats::cut_run(std::size_t answer) {
  const memory::Answer& found = runs_.answers[answer];
  for (std::size_t i = 0; i < 3; ++i) {
    const Spot& spot = runs_.spots[found.ask][i];
    cuts_.push_back({spot.block, spot.sentence, first_of(found, i)});
  }
}

void SentenceRepeats::cut_lone(std::size_t answer) {
  const memory::Answer& found = lone_.answers[answer];
  const Spot& spot = lone_.spots[found.ask][0];
  cuts_.push_back({spot.block, spot.sentence, first_of(found, 0)});
}

std::optional<Position> SentenceRepeats::first_of(const memory::Answer& answer,
                                                  std::size_t i) const {
  return options_.first_positions ? std::optional(answer.first.position(i)) : std::nullopt;
}

}  // namespace dedup::cleaner
