// SPDX-License-Identifier: Apache-2.0
// Gathered first, asked then: gather() numbers the sentences that have a key and notes the number
// of the last sentence of each question; judge() puts all runs, then all lone sentences, and tells
// both to the stretches in the order of those numbers.
//
//   sentences   1   2   3   4   5
//   runs                3   4   5     when the third of them came
//   lone            2       4         a heavy one
//   told            2   3   4   4 5   run before lone where they end together
//
// Invariant: asks and last of a Question, and heavy_ with runs_, are of one length; an Answer::ask
// counts in them.
#include "cleaner/rules/sentences.h"

namespace dedup::cleaner {

SentenceRepeats::SentenceRepeats(const Options& options, memory::Index& index,
                                 memory::Budget& budget)
    : options_(options), index_(index), own_(options.first_positions, budget) {}

void SentenceRepeats::begin_document(std::uint64_t document) {
  document_ = document;
  recent_.clear();
  stretches_.begin_document();
  own_.clear();
  runs_.forget();
  heavy_.clear();
  lone_.forget();
  cuts_.clear();
}

void SentenceRepeats::Question::forget() noexcept {
  asks.clear();
  last.clear();
  answers.clear();
}

/// A block that went is looked at for its place alone: a run must not reach too far over it. What
/// is no prose, and stays, ends a run: there the copies need not agree. So does a damaged sentence,
/// and a block that was given back: it is kept for its neighbours, whole.
void SentenceRepeats::gather(const Judged& judged, bool left, BlockNumber number) {
  const Window& window = *judged.window;
  const Block& block = *judged.block;
  recent_.end_if_far(window, block, number);
  stretches_.end_if_far(window, block, number, cuts_);
  if (!left) {
    return;
  }
  if (block.sentence_count == 0 || judged.verdict.stays) {
    recent_.clear();
    return;
  }
  for (std::uint32_t i = 0; i < block.sentence_count; ++i) {
    gather_sentence(window, block, i, number);
  }
}

void SentenceRepeats::gather_sentence(const Window& window, const Block& block, std::uint32_t i,
                                      BlockNumber number) {
  const std::size_t index = block.first_sentence + i;
  const Sentence& sentence = window.sentences[index];
  if (!sentence.keyed) {
    recent_.clear();
    return;
  }
  recent_.push() = {.block = number,
                    .sentence = i,
                    .weight = sentence.weight,
                    .line = block.line.number,
                    .start = start_of(window, block),
                    .key = sentence.key,
                    .place = window.stretch.offset + index};
  const std::uint64_t pushed = stretches_.push({&window, &block, number, i});
  gather_run(window, index, pushed);
  if (options_.sentences == Sentences::lone && sentence.weight >= kLoneWeight) {
    lone_.asks.push_back({sentence.key, {block.line.number, 0, 0}});
    lone_.last.push_back(pushed);
  }
}

/// Of heavy sentences that follow one another in a window the key is at hand. Windows have more
/// bytes than sentences, so places of two windows do not meet but at the border.
void SentenceRepeats::gather_run(const Window& window, std::size_t last, std::uint64_t number) {
  if (!recent_.full()) {
    return;
  }
  const Link& a = recent_[0];
  const Link& b = recent_[1];
  const Link& c = recent_[2];
  const bool heavy = is_sentence_run(a.weight, b.weight, c.weight);
  const bool adjoin = last >= 2 && b.place + 1 == c.place && a.place + 2 == c.place;
  const auto key = adjoin && heavy ? window.sentences[last].run
                                   : index_.fingerprinter().of_run(a.key, b.key, c.key);
  runs_.asks.push_back({key, recent_.lines()});
  runs_.last.push_back(number);
  heavy_.push_back(heavy ? 1 : 0);
}

/// Whichever ends first is told first; of a run and a lone sentence that end together, the run. A
/// sentence that is cut twice is cut for the first reason (Verdict::apply).
std::span<const Cut> SentenceRepeats::judge(bool at_end) {
  told_.swap(cuts_);  // what end_if_far() decided
  cuts_.clear();
  ask(memory::Kind::sentence_run, runs_);
  ask(memory::Kind::sentence, lone_);
  std::size_t run = 0;
  for (std::size_t lone = 0; lone < lone_.answers.size(); ++lone) {
    const std::uint64_t last = lone_.last[lone_.answers[lone].ask];
    while (run < runs_.answers.size() && runs_.last[runs_.answers[run].ask] <= last) {
      tell_run(run++);
    }
    tell_lone(lone);
  }
  while (run < runs_.answers.size()) {
    tell_run(run++);
  }
  stretches_.close(at_end, told_);
  runs_.forget();
  heavy_.clear();
  lone_.forget();
  return told_;
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

void SentenceRepeats::tell_run(std::size_t answer) {
  const memory::Answer& found = runs_.answers[answer];
  const RunPlaces first = {first_of(found, 0), first_of(found, 1), first_of(found, 2)};
  stretches_.found(runs_.last[found.ask], heavy_[found.ask] != 0, first, told_);
}

void SentenceRepeats::tell_lone(std::size_t answer) {
  const memory::Answer& found = lone_.answers[answer];
  stretches_.alone(lone_.last[found.ask], first_of(found, 0), told_);
}

std::optional<Position> SentenceRepeats::first_of(const memory::Answer& answer,
                                                  std::size_t i) const {
  return options_.first_positions ? std::optional(answer.first.position(i)) : std::nullopt;
}

}  // namespace dedup::cleaner
