// SPDX-License-Identifier: Apache-2.0
// One set for each kind of key, each storing as much of a place as answers of its kind need:
//
//   document                  8 bytes    its number
//   block, sentence          16 bytes    document and line
//   run, sentence run        24 bytes    document and three lines, two of them as distances
//
// Without places nothing is stored but the key; a document's number is stored all the same.
#include "memory/seen_keys.h"

#include <algorithm>

namespace dedup::memory {
namespace {

/// What a set stores of a place, and the place again.
void store(const Place& place, std::uint64_t& stored) noexcept { stored = place.document; }
void store(const Place& place, Position& stored) noexcept { stored = place.position(0); }
void store(const Place& place, Place& stored) noexcept { stored = place; }
Place restore(std::uint64_t stored) noexcept { return {stored, {}}; }
Place restore(const Position& stored) noexcept { return {stored.document, {stored.block, 0, 0}}; }
Place restore(const Place& stored) noexcept { return stored; }

/// Looks keys up one by one, those ahead being fetched meanwhile.
template <typename Stored>
void ask_set(SeenSet<Stored>& set, std::uint64_t document, std::span<const Ask> asks,
             std::vector<Answer>& answers) {
  constexpr std::size_t kAhead = 8;  // long enough for memory to answer
  for (std::size_t i = 0; i < std::min(kAhead, asks.size()); ++i) {
    set.prefetch(asks[i].key);
  }
  for (std::size_t i = 0; i < asks.size(); ++i) {
    if (i + kAhead < asks.size()) {
      set.prefetch(asks[i + kAhead].key);
    }
    Stored here{};
    store({document, asks[i].here}, here);
    if (const auto first = set.find_or_insert(asks[i].key, here)) {
      answers.push_back({static_cast<std::uint32_t>(i), restore(*first)});
    }
  }
}

}  // namespace

SeenKeys::SeenKeys(bool keep_places, Budget& budget)
    : documents_(true, budget),
      blocks_(keep_places, budget),
      runs_(keep_places, budget),
      sentence_runs_(keep_places, budget),
      sentences_(keep_places, budget) {}

void SeenKeys::find_or_insert(Kind kind, std::uint64_t document, std::span<const Ask> asks,
                              std::vector<Answer>& answers) {
  switch (kind) {
    case Kind::document:
      return ask_set(documents_, document, asks, answers);
    case Kind::block:
      return ask_set(blocks_, document, asks, answers);
    case Kind::run:
      return ask_set(runs_, document, asks, answers);
    case Kind::sentence_run:
      return ask_set(sentence_runs_, document, asks, answers);
    case Kind::sentence:
      return ask_set(sentences_, document, asks, answers);
  }
}

void SeenKeys::clear() noexcept {
  documents_.clear();
  blocks_.clear();
  runs_.clear();
  sentence_runs_.clear();
  sentences_.clear();
}

}  // namespace dedup::memory
