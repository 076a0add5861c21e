// SPDX-License-Identifier: Apache-2.0
// From cheap to dear, each step only refusing what the last would refuse anyway:
//
//   same bucket → all numerals, by a mask → may_qualify(): bits → compare(): shingles
//     → says_nothing_else(): numerals in order or with the words around them, then all words
//
// The bits of a block: one for each shingle, by the low bits of its hash, in 2^n words. Two blocks
// of different sizes are compared at the smaller one, into which the larger is folded:
//
//   8 words   a b c d e f g h    →    4 words   a|e  b|f  c|g  d|h
//
// Invariants: kept_ is in order of addition, ids are places in it, and all on disk are earlier than
// all in memory. So the first found on disk is the earliest of all, and in memory the least id is.
//
// Counters such as query_ mark what a query has met, so that nothing is cleared between queries;
// where one comes round to 0 all marks are cleared once.
#include "memory/near_index.h"

#include <algorithm>
#include <bit>
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
constexpr std::size_t kWordBits = 64;

struct ShingleBits {
  std::span<const std::uint64_t> words;
  std::uint64_t ones = 0;
};

/// Bits set in both. By hand, since std::popcount calls a function where the processor is not known
/// to have the instruction, while this becomes vectors. The bytes of `sums` count up to 128.
std::uint64_t count_common(const std::uint64_t* a, const std::uint64_t* b,
                           std::size_t words) noexcept {
  constexpr std::size_t kStride = 16;
  constexpr std::uint64_t kEvenBytes = 0x00FF00FF00FF00FF;
  std::uint64_t count = 0;
  for (std::size_t start = 0; start < words; start += kStride) {
    const std::size_t end = std::min(words, start + kStride);
    std::uint64_t sums = 0;
    for (std::size_t i = start; i < end; ++i) {
      std::uint64_t word = a[i] & b[i];
      word -= word >> 1 & 0x5555555555555555;
      word = (word & 0x3333333333333333) + (word >> 2 & 0x3333333333333333);
      sums += (word + (word >> 4)) & 0x0F0F0F0F0F0F0F0F;
    }
    sums = (sums & kEvenBytes) + (sums >> 8 & kEvenBytes);
    count += sums * 0x0001000100010001 >> 48;
  }
  return count;
}

std::uint64_t count_ones(std::span<const std::uint64_t> bits) noexcept {
  return count_common(bits.data(), bits.data(), bits.size());
}

/// The bits that so many words would have, since they go by the low bits of the hash.
std::vector<std::uint64_t> folded(std::span<const std::uint64_t> bits, std::size_t words) {
  std::vector<std::uint64_t> result(words);
  for (std::size_t i = 0; i < bits.size(); ++i) {
    result[i % words] |= bits[i];
  }
  return result;
}

/// Shingles that only one of two texts has, at least: each bit that is set on one side only stands
/// for one or more of them.
struct Difference {
  std::uint64_t left = 0;
  std::uint64_t right = 0;
};

/// Numerals included.
bool says_nothing_else(std::u16string_view earlier, std::u16string_view later) {
  const bool in_order = numbers::numerals_cover(earlier, later);
  return (in_order || numbers::numerals_include(earlier, later)) &&
         numbers::says_nothing_else(earlier, later,
                                    in_order ? Numerals::in_order : Numerals::elsewhere);
}

Difference differ(const ShingleBits& left, const ShingleBits& right) {
  if (left.words.size() != right.words.size()) {
    const std::size_t words = std::min(left.words.size(), right.words.size());
    const auto a = folded(left.words, words);
    const auto b = folded(right.words, words);
    return differ({.words = a, .ones = count_ones(a)}, {.words = b, .ones = count_ones(b)});
  }
  const std::uint64_t both = count_common(left.words.data(), right.words.data(), left.words.size());
  return {.left = left.ones - both, .right = right.ones - both};
}

}  // namespace

// -- blocks ---------------------------------------------------------------------------------------

/// Eight to sixteen bits for each shingle: so few are shared by chance that the
/// difference tells unlike blocks apart.
std::size_t NearBlocks::words_for(std::u16string_view key) noexcept {
  return std::bit_ceil(
      std::max<std::size_t>(8, (8 * most_shingles(key) + kWordBits - 1) / kWordBits));
}

/// One pass over the shingles for both, signature and bits.
std::uint32_t NearBlocks::add(std::u16string_view key) {
  Entry entry;
  entry.numerals = numbers::numerals_mask(key);
  entry.first_word = bits_.size();
  entry.words = static_cast<std::uint32_t>(words_for(key));
  bits_.resize(bits_.size() + entry.words);
  std::uint64_t* const bits = &bits_[entry.first_word];
  numbers::Signature signature;
  const std::uint64_t mask = entry.words - 1;
  for_each_shingle(key, [&](std::uint64_t shingle) {
    signature.add(shingle);
    bits[shingle / kWordBits & mask] |= std::uint64_t{1} << shingle % kWordBits;
  });
  entry.ones = static_cast<std::uint32_t>(count_ones({bits, entry.words}));
  entry.bands = signature.bands();
  entries_.push_back(entry);
  return static_cast<std::uint32_t>(entries_.size() - 1);
}

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

/// A block as the archive has it.
void write(const NearBlock& block, const Position& place, std::vector<std::uint64_t>& words) {
  words.insert(words.end(), {place.document, place.block, block.numerals, block.ones,
                             block.bits.size(), block.key.size()});
  words.insert(words.end(), block.bits.begin(), block.bits.end());
  const std::size_t start = words.size();
  words.resize(start + key_words(block.key));
  std::memcpy(words.data() + start, block.key.data(), block.key.size() * sizeof(char16_t));
}

NearBlock read(std::span<const std::uint64_t> words, Position& place) noexcept {
  constexpr std::size_t kHead = 6;
  place = {words[0], words[1]};
  const auto* const key = reinterpret_cast<const char16_t*>(words.data() + kHead + words[4]);
  return {{key, words[5]},
          words.subspan(kHead, words[4]),
          words[2],
          static_cast<std::uint32_t>(words[3])};
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
std::optional<NearVerdict> NearIndex::find(const NearBlock& block, const numbers::Bands& bands) {
  begin_query();
  Buckets::Counts before{};
  if (archive_) {
    if (auto verdict = find_on_disk(block, bands, before)) {
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
    if (const auto found = judge(block, kept.block, kept.distinct)) {
      earliest = id;
      similarity = *found;
    }
  });
  if (earliest == kept_.size()) {
    return std::nullopt;
  }
  return NearVerdict{.first = kept_[earliest].place, .similarity = similarity};
}

/// Places ascend as ids did, so the first that qualifies is the earliest. The key and the bits lie
/// in the archive's buffer until its next read.
std::optional<NearVerdict> NearIndex::find_on_disk(const NearBlock& block,
                                                   const numbers::Bands& bands,
                                                   Buckets::Counts& met) {
  for (const std::uint64_t at : archive_->find(bands, met)) {
    Position place;
    std::uint32_t distinct = 0;
    const NearBlock earlier = read(archive_->read(at), place);
    if (const auto found = judge(block, earlier, distinct)) {
      return NearVerdict{.first = place, .similarity = *found};
    }
  }
  return std::nullopt;
}

/// Whatever the last query counted or met is another's from now on.
void NearIndex::begin_query() {
  query_distinct_ = 0;
  if (++query_ == 0) {
    for (Kept& kept : kept_) kept.query = 0;
    query_ = 1;
  }
}

/// How similar they are, if the one is a near-duplicate of the other. Numerals are compared by
/// their masks first; where the earlier has them is asked only when all else holds.
std::optional<double> NearIndex::judge(const NearBlock& block, const NearBlock& earlier,
                                       std::uint32_t& distinct) {
  if (!numbers::may_include(earlier.numerals, block.numerals) || !may_qualify(block, earlier)) {
    return std::nullopt;
  }
  const auto found = compare(block, earlier, distinct);
  return found && says_nothing_else(earlier.key, block.key) ? found : std::nullopt;
}

/// False only where compare() would find nothing: in the light of the bits alone, with every
/// shingle taken for a distinct one, even the best case falls short.
bool NearIndex::may_qualify(const NearBlock& block, const NearBlock& earlier) const noexcept {
  const std::uint64_t here = most_shingles(block.key);
  const std::uint64_t both = here + most_shingles(earlier.key);
  const auto [only_here, only_there] =
      differ({block.bits, block.ones}, {earlier.bits, earlier.ones});
  const std::uint64_t apart = only_here + only_there;
  return (apart <= both && resemblance_.reached(both - apart, both + apart)) ||
         (only_here <= here && containment_.reached(here - only_here, here));
}

/// `distinct` is the candidate's own, counted once and kept with it. Of the query the shingles are
/// put into a table when the first candidate gets here: most queries have none.
std::optional<double> NearIndex::compare(const NearBlock& block, const NearBlock& earlier,
                                         std::uint32_t& distinct) {
  if (query_distinct_ == 0) {
    query_distinct_ = query_shingles_.assign(block.key);
  }
  if (distinct == 0) {
    distinct = static_cast<std::uint32_t>(scratch_.assign(earlier.key));
  }
  const std::uint64_t both = query_distinct_ + distinct;
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

void NearIndex::add(const NearBlock& block, const numbers::Bands& bands, const Position& place) {
  make_room(block);
  if (!buckets_.add(bands, static_cast<std::uint32_t>(kept_.size()))) {
    return;  // nobody would find it
  }
  kept_.push_back({.block = keep_ == Keep::copies ? copy(block) : block, .place = place});
}

/// Asks the budget for it, upon which all so far may go to disk.
void NearIndex::make_room(const NearBlock& block) {
  if (!budget_.limited()) {
    return;
  }
  const std::size_t more = kept_.size() == kept_.capacity() ? 2 * kept_.size() + 1 : 0;
  const std::size_t words = block.bits.size() + key_words(block.key);
  budget_.reserve(buckets_.growth() + more * sizeof(Kept) +
                  (keep_ == Keep::copies ? arena_.growth(words) : 0));
}

NearBlock NearIndex::copy(const NearBlock& block) {
  std::uint64_t* const bits = arena_.allocate(block.bits.size() + key_words(block.key));
  auto* const key = reinterpret_cast<char16_t*>(bits + block.bits.size());
  std::copy(block.bits.begin(), block.bits.end(), bits);
  std::copy(block.key.begin(), block.key.end(), key);
  return {{key, block.key.size()}, {bits, block.bits.size()}, block.numerals, block.ones};
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
                  write(kept_[id].block, kept_[id].place, words);
                });
  buckets_ = Buckets();
  kept_ = std::vector<Kept>();
  arena_.release();
}

std::size_t NearIndex::memory() const noexcept {
  return spillable() + query_shingles_.memory() + scratch_.memory() +
         (archive_ ? archive_->memory() : 0);
}

std::size_t NearIndex::spillable() const noexcept {
  return buckets_.memory() + kept_.capacity() * sizeof(Kept) + arena_.memory();
}

}  // namespace dedup::memory
