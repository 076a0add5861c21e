// SPDX-License-Identifier: Apache-2.0
// From cheap to dear, each step only refusing what the last would refuse anyway:
//
//   same bucket → all numerals, by a mask → may_qualify(): bits → compare(): shingles
//     → says_nothing_else(): numerals in order or with the words around them, then all words
//
// Invariants: kept_ is in order of addition, ids are places in it, and all on disk are earlier than
// all in memory. So the first found on disk is the earliest of all, and in memory the least id is.
//
// Counters such as query_ mark what a query has met, so that nothing is cleared between queries;
// where one comes round to 0 all marks are cleared once.
#include "memory/near_index.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>

#include "numbers/novelty.h"
#include "numbers/numerals.h"
#include "numbers/shingles.h"

namespace dedup::memory {
namespace {

using numbers::for_each_shingle;
using numbers::most_shingles;
using numbers::Numerals;

constexpr double kContainment = 0.9;

/// Numerals included.
bool says_nothing_else(std::u16string_view earlier, std::u16string_view later) {
  const bool in_order = numbers::numerals_cover(earlier, later);
  return (in_order || numbers::numerals_include(earlier, later)) &&
         numbers::says_nothing_else(earlier, later,
                                    in_order ? Numerals::in_order : Numerals::elsewhere);
}

}  // namespace

// -- counting -------------------------------------------------------------------------------------

/// Slots of an earlier text count as empty, so none is cleared; three slots for each shingle keep
/// the probing short, and leave one empty, at which find() ends.
std::size_t ShingleCounter::assign(std::u16string_view key) {
  const std::size_t wanted = std::bit_ceil(3 * most_shingles(key));
  if (slots_.size() < wanted || ++text_ == 0) {
    slots_.assign(std::max(slots_.size(), wanted), Slot{});
    text_ = 1;
    other_ = 0;
  }
  mask_ = wanted - 1;  // a short text stays within a few lines of the cache
  std::size_t distinct = 0;
  for_each_shingle(key, [&](std::uint64_t shingle) {
    Slot& slot = find(shingle);
    if (slot.text != text_) {
      slot = {.shingle = shingle, .text = text_};
      ++distinct;
    }
  });
  return distinct;
}

ShingleCounter::Slot& ShingleCounter::find(std::uint64_t shingle) noexcept {
  std::size_t at = shingle & mask_;
  while (slots_[at].text == text_ && slots_[at].shingle != shingle) {
    at = (at + 1) & mask_;
  }
  return slots_[at];
}

/// Stops as soon as even all that is left could not reach `least`: unlike texts are told within a
/// few strides. An empty slot may be marked, too: its text is another, so it never counts.
std::size_t ShingleCounter::count_common(std::u16string_view other, std::size_t least) {
  if (++other_ == 0) {
    for (Slot& slot : slots_) slot.other = 0;
    other_ = 1;
  }
  numbers::Shingler shingler;
  std::size_t common = 0;
  std::size_t left = most_shingles(other);
  const auto visit = [&](std::uint64_t shingle) {
    Slot& slot = find(shingle);
    common += slot.text == text_ && slot.other != other_ ? 1U : 0U;
    slot.other = other_;
    --left;
  };
  constexpr std::size_t kStride = 32;
  while (!other.empty() && common + left >= least) {
    const std::u16string_view piece = numbers::whole_characters(other, kStride);
    shingler.feed(piece, visit);
    other.remove_prefix(piece.size());
  }
  shingler.finish(visit);
  return common;
}

void ShingleCounter::shrink() {
  constexpr std::size_t kLarge = 65'536;
  if (slots_.size() > kLarge) {
    *this = {};
  }
}

// -- index ----------------------------------------------------------------------------------------

namespace {

std::size_t key_words(std::u16string_view key) noexcept {
  return (key.size() * sizeof(char16_t) + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t);
}

/// A block as the archive has it. Its traits are made anew when it is met there: what they take to
/// write and read is more than what that costs.
void write(std::u16string_view key, const Position& place, std::vector<std::uint64_t>& words) {
  words.insert(words.end(), {place.document, place.block, key.size()});
  const std::size_t start = words.size();
  words.resize(start + key_words(key));
  std::memcpy(words.data() + start, key.data(), key.size() * sizeof(char16_t));
}

std::u16string_view read(std::span<const std::uint64_t> words, Position& place) noexcept {
  constexpr std::size_t kHead = 3;
  place = {words[0], words[1]};
  return {reinterpret_cast<const char16_t*>(words.data() + kHead), words[2]};
}

}  // namespace

NearIndex::NearIndex(double threshold, Keep keep, Budget& budget)
    : resemblance_(threshold),
      containment_(std::max(threshold, kContainment)),
      keep_(keep),
      budget_(budget) {
  budget_.join(*this);
}

/// In memory buckets are visited one by one, so ids do not come in order: of those that qualify the
/// least is kept, and what is later than it is not looked at. What is on disk fills a bucket's
/// sixteen places first.
std::optional<NearVerdict> NearIndex::find(std::u16string_view key, const numbers::Bands& bands) {
  begin_query();
  ask_for_traits();
  Buckets::Counts before{};
  if (archive_) {
    if (auto verdict = find_on_disk(key, bands, before)) {
      return verdict;
    }
  }
  std::uint32_t earliest = static_cast<std::uint32_t>(kept_.size());
  double similarity = 0;
  buckets_.for_each(bands, before, [&](std::uint32_t id) {
    Kept& kept = kept_[id];
    if (id >= earliest || kept.query == query_) {
      return;
    }
    kept.query = query_;
    if (const auto found = judge(key, kept)) {
      earliest = id;
      similarity = *found;
    }
  });
  if (earliest == kept_.size()) {
    return std::nullopt;
  }
  return NearVerdict{.first = kept_[earliest].place, .similarity = similarity};
}

/// Places ascend as ids did, so the first that qualifies is the earliest. The key lies in the
/// archive's buffer until its next read.
std::optional<NearVerdict> NearIndex::find_on_disk(std::u16string_view key,
                                                   const numbers::Bands& bands,
                                                   Buckets::Counts& met) {
  for (const std::uint64_t at : archive_->find(bands, met)) {
    Kept earlier;
    earlier.key = read(archive_->read(at), earlier.place);
    stored_bits_.resize(trait_words(earlier.key));
    earlier.traits = near_traits(earlier.key, stored_bits_);
    if (const auto found = judge(key, earlier)) {
      return NearVerdict{.first = earlier.place, .similarity = *found};
    }
  }
  return std::nullopt;
}

/// Whatever the last query counted or met is another's from now on.
void NearIndex::begin_query() {
  query_distinct_ = 0;
  query_traits_ = {};
  if (++query_ == 0) {
    for (Kept& kept : kept_) kept.query = 0;
    query_ = 1;
  }
}

/// How similar they are, if the one is a near-duplicate of the other. Numerals are compared by
/// their masks first; where the earlier has them is asked only when all else holds.
std::optional<double> NearIndex::judge(std::u16string_view key, Kept& earlier) {
  if (!query_traits_.known()) {
    query_bits_.resize(trait_words(key));
    query_traits_ = near_traits(key, query_bits_);
  }
  if (!earlier.traits.known()) {
    const std::size_t words = trait_words(earlier.key);
    earlier.traits = near_traits(earlier.key, {arena_.allocate(words), words});
  }
  if (!numbers::may_include(earlier.traits.numerals, query_traits_.numerals) ||
      !may_qualify(key, earlier)) {
    return std::nullopt;
  }
  const auto found = compare(key, earlier);
  return found && says_nothing_else(earlier.key, key) ? found : std::nullopt;
}

/// False only where compare() would find nothing: in the light of the bits alone, with every
/// shingle taken for a distinct one, even the best case falls short.
bool NearIndex::may_qualify(std::u16string_view key, const Kept& earlier) const {
  const std::uint64_t here = most_shingles(key);
  const std::uint64_t both = here + most_shingles(earlier.key);
  const auto [only_here, only_there] = differ(query_traits_, earlier.traits);
  const std::uint64_t apart = only_here + only_there;
  return (apart <= both && resemblance_.reached(both - apart, both + apart)) ||
         (only_here <= here && containment_.reached(here - only_here, here));
}

/// The distinct shingles of the candidate are counted once and kept with it. Those of the query are
/// put into a table when the first candidate gets here: most queries have none.
std::optional<double> NearIndex::compare(std::u16string_view key, Kept& earlier) {
  if (query_distinct_ == 0) {
    query_distinct_ = query_shingles_.assign(key);
  }
  if (earlier.distinct == 0) {
    earlier.distinct = static_cast<std::uint32_t>(scratch_.assign(earlier.key));
  }
  const std::uint64_t both = query_distinct_ + earlier.distinct;
  // common / (both - common) ≥ t  ⇔  common ≥ t both / (1 + t); rounded down, so never too much.
  const std::uint64_t least =
      std::min(both * resemblance_.parts() / (numbers::Threshold::kUnit + resemblance_.parts()),
               query_distinct_ * containment_.parts() / numbers::Threshold::kUnit);
  const std::uint64_t common = query_shingles_.count_common(earlier.key, least);
  const numbers::Resemblance resemblance{.common = common, .all = both - common};
  if (resemblance.reaches(resemblance_)) {
    return resemblance.value();
  }
  const numbers::Resemblance containment{.common = common, .all = query_distinct_};
  return containment.reaches(containment_) ? std::optional(containment.value()) : std::nullopt;
}

void NearIndex::add(std::u16string_view key, const numbers::Bands& bands, const Position& place) {
  make_room(key);
  if (!buckets_.add(bands, static_cast<std::uint32_t>(kept_.size()))) {
    return;  // nobody would find it
  }
  kept_.push_back({.key = keep_ == Keep::copies ? copy(key) : key, .place = place, .traits = {}});
}

/// Traits are made while buckets are visited, when nothing may go to disk. So what the queries
/// before took for them is asked for here: at most a few chunks of the arena are not yet.
void NearIndex::ask_for_traits() {
  if (arena_.memory() > asked_) {
    budget_.reserve(0);
    asked_ = arena_.memory();
  }
}

void NearIndex::reserve(std::size_t blocks) {
  const std::size_t more = blocks - std::min(blocks, kept_.capacity());
  budget_.reserve(buckets_.growth_for(blocks) + more * sizeof(Kept));
  buckets_.reserve(blocks);
  kept_.reserve(blocks);
}

/// Asks the budget where any is needed, upon which all so far may go to disk.
void NearIndex::make_room(std::u16string_view key) {
  const std::size_t more = kept_.size() == kept_.capacity() ? 2 * kept_.size() + 1 : 0;
  const std::size_t growth = buckets_.growth() + more * sizeof(Kept) +
                             (keep_ == Keep::copies ? arena_.growth(key_words(key)) : 0);
  if (growth > 0) {
    budget_.reserve(growth);
  }
}

std::u16string_view NearIndex::copy(std::u16string_view key) {
  auto* const units = reinterpret_cast<char16_t*>(arena_.allocate(key_words(key)));
  std::copy(key.begin(), key.end(), units);
  return {units, key.size()};
}

/// What refers to windows is cleared for each and keeps its memory; copies give back a large one.
void NearIndex::clear() {
  constexpr std::size_t kLarge = 4096;
  buckets_.clear();
  kept_.clear();
  if (kept_.capacity() > kLarge && keep_ == Keep::copies) {
    kept_ = std::vector<Kept>();  // = {} would keep the memory
  }
  arena_.release();
  asked_ = 0;
  archive_.reset();
  query_ = 0;
  query_shingles_.shrink();
  scratch_.shrink();
}

/// Ids start from 0 again behind what is on disk, which goes by places.
void NearIndex::spill() {
  if (!archive_) {
    archive_.emplace(budget_);
  }
  archive_->add(buckets_, static_cast<std::uint32_t>(kept_.size()),
                [this](std::uint32_t id, std::vector<std::uint64_t>& words) {
                  write(kept_[id].key, kept_[id].place, words);
                });
  buckets_ = Buckets();
  kept_ = std::vector<Kept>();
  arena_.release();
  asked_ = 0;
}

std::size_t NearIndex::memory() const noexcept {
  return spillable() + query_shingles_.memory() + scratch_.memory() +
         (query_bits_.capacity() + stored_bits_.capacity()) * sizeof(std::uint64_t) +
         (archive_ ? archive_->memory() : 0);
}

std::size_t NearIndex::spillable() const noexcept {
  return buckets_.memory() + kept_.capacity() * sizeof(Kept) + arena_.memory();
}

}  // namespace dedup::memory
