// SPDX-License-Identifier: Apache-2.0
#include "cleaner/rules/stretches.h"

#include <algorithm>
#include <cstddef>

namespace dedup::cleaner {

void Stretches::begin_document() {
  places_.clear();
  front_ = 0;
  earlier_.clear();
  heavy_ = false;
  walk_ = {};
  lone_walk_ = {};
}

/// A run that shares a sentence with the stretch makes it longer by what is new of it; any other
/// begins a stretch.
void Stretches::found(std::uint64_t last, bool heavy, const RunPlaces& first,
                      std::vector<Cut>& cuts) {
  const std::uint64_t begin = last - 2;
  if (!earlier_.empty() && begin >= first_ + earlier_.size()) {
    decide(true, cuts);
  }
  if (earlier_.empty()) {
    first_ = begin;
  }
  for (std::uint64_t number = first_ + earlier_.size(); number <= last; ++number) {
    earlier_.push_back(first[static_cast<std::size_t>(number - begin)]);
  }
  heavy_ = heavy_ || heavy;
  bound(cuts);
}

/// What waits is bounded in sentences, too: of light ones alone, which may never go, only the last
/// are kept, and of many the head is decided before the end is known.
void Stretches::bound(std::vector<Cut>& cuts) {
  constexpr std::size_t kMostLight = 32;
  constexpr std::size_t kMostWaiting = 4096;
  if (!heavy_ && earlier_.size() > kMostLight) {
    const std::size_t over = earlier_.size() - kMostLight;
    earlier_.erase(earlier_.begin(), earlier_.begin() + static_cast<std::ptrdiff_t>(over));
    first_ += over;
  } else if (earlier_.size() > kMostWaiting) {
    decide(false, cuts);
  }
}

void Stretches::alone(std::uint64_t number, std::optional<Position> first, std::vector<Cut>& cuts) {
  const SentencePlace& place = at(number);
  if (!is_inside(place, false, lone_walk_) && !is_inside(place, true, lone_walk_)) {
    cuts.push_back({place.number, place.sentence, first});
  }
}

/// The last two sentences may yet begin a run, so their places stay.
void Stretches::close(bool all, std::vector<Cut>& cuts) {
  const std::uint64_t end = front_ + places_.size();
  if (!earlier_.empty() && (all || first_ + earlier_.size() < end)) {
    decide(true, cuts);
  }
  const std::uint64_t needed = !earlier_.empty() ? first_ : end;
  const std::uint64_t done = std::min(needed, std::max(end, front_ + 2) - 2) - front_;
  places_.erase(places_.begin(), places_.begin() + static_cast<std::ptrdiff_t>(done));
  front_ += done;
}

/// What waits is bounded: of a stretch of megabytes the head is decided before its end is known.
void Stretches::end_if_far(const Window& window, const Block& here, BlockNumber number,
                           std::vector<Cut>& cuts) {
  if (!earlier_.empty()) {
    const SentencePlace& first = at(first_);
    if (is_too_far(window, here, number, start_of(*first.window, *first.block), first.number)) {
      decide(false, cuts);
    }
  }
}

BlockNumber Stretches::open() const noexcept {
  return earlier_.empty() ? kNoBlock : at(first_).number;
}

/// A stretch of whole paragraphs is enough with one heavy run. A part of one has to be long: what
/// is as short as a quotation, an entry of a register or a step of two procedures, means what it
/// does by what stands around it.
bool Stretches::is_enough() const noexcept {
  constexpr std::uint32_t kLeastSentence = 15;  // on an average
  constexpr std::uint32_t kLeastPart = 110;
  const SentencePlace& first = at(first_);
  const SentencePlace& last = at(first_ + earlier_.size() - 1);
  if (!heavy_ || (first.sentence == 0 && last.sentence + 1 == last.block->sentence_count)) {
    return heavy_;
  }
  std::uint32_t weight = 0;
  for (std::uint64_t number = first_; number < first_ + earlier_.size(); ++number) {
    const SentencePlace& place = at(number);
    weight += place.window->sentences[place.block->first_sentence + place.sentence].weight;
  }
  return weight >= kLeastPart && weight >= kLeastSentence * earlier_.size();
}

/// `whole`: its end is known, and looked at.
void Stretches::decide(bool whole, std::vector<Cut>& cuts) {
  const std::uint64_t last = first_ + earlier_.size() - 1;
  if (is_enough() && !is_inside(at(first_), false, walk_) &&
      !(whole && is_inside(at(last), true, walk_))) {
    for (std::uint64_t number = first_; number <= last; ++number) {
      const SentencePlace& place = at(number);
      cuts.push_back(
          {place.number, place.sentence, earlier_[static_cast<std::size_t>(number - first_)]});
    }
  }
  earlier_.clear();
  heavy_ = false;
}

/// Whether the sentence begins inside, or ends so. Stretches come in order, so that a block is
/// walked along once; should they overlap, anew.
bool Stretches::is_inside(const SentencePlace& place, bool end, Walk& walk) {
  const Sentence& sentence = place.window->sentences[place.block->first_sentence + place.sentence];
  const std::size_t at = end ? sentence.end : sentence.start;
  if (walk.block != place.number || at < walk.asked) {
    walk.nesting.emplace(repaired_content(*place.window, *place.block));
    walk.block = place.number;
  }
  walk.asked = at;
  return walk.nesting->is_inside(at);
}

}  // namespace dedup::cleaner
