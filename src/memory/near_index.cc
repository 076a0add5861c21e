#include "memory/near_index.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "numbers/numerals.h"
#include "numbers/shingles.h"

namespace dedup::memory {
namespace {

using numbers::for_each_shingle;
using numbers::most_shingles;

constexpr double kContainment = 0.9;
constexpr std::size_t kWordBits = 64;

struct ShingleBits {
  std::span<const std::uint64_t> words;
  std::uint64_t ones = 0;
};

/// Words for the bits of so many shingles: eight to sixteen bits each.
std::size_t words_for(std::size_t shingles) noexcept {
  return std::bit_ceil(std::max<std::size_t>(8, (8 * shingles + kWordBits - 1) / kWordBits));
}

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

NearBlock::NearBlock(std::u16string_view block_key)
    : key(block_key),
      bits(words_for(most_shingles(block_key))),
      numerals(numbers::numerals_digest(block_key)) {
  numbers::Signature signature;
  const std::uint64_t mask = bits.size() - 1;
  for_each_shingle(block_key, [&](std::uint64_t shingle) {
    signature.add(shingle);
    bits[shingle / kWordBits & mask] |= std::uint64_t{1} << shingle % kWordBits;
  });
  ones = static_cast<std::uint32_t>(count_ones(bits));
  bands = signature.bands();
}

// -- counting -------------------------------------------------------------------------------------

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

NearIndex::NearIndex(double threshold)
    : resemblance_(threshold),
      containment_(std::max(threshold, kContainment)),
      arena_(first_chunk_.data(), first_chunk_.size()) {}

std::optional<NearVerdict> NearIndex::find(const NearBlock& block) {
  begin_query();
  std::uint32_t earliest = static_cast<std::uint32_t>(kept_.size());
  double similarity = 0;
  buckets_.for_each(block.bands, [&](std::uint32_t id) {
    Kept& kept = kept_[id];
    if (id >= earliest || kept.query == query_) {
      return;
    }
    kept.query = query_;
    if (kept.numerals != block.numerals || !may_qualify(block, kept)) {
      return;
    }
    const auto found = compare(block, kept);
    if (found && numbers::numerals_cover(kept.key, block.key)) {
      earliest = id;
      similarity = *found;
    }
  });
  if (earliest == kept_.size()) {
    return std::nullopt;
  }
  return NearVerdict{.first = kept_[earliest].place, .similarity = similarity};
}

void NearIndex::begin_query() {
  query_distinct_ = 0;
  if (++query_ == 0) {
    for (Kept& kept : kept_) kept.query = 0;
    query_ = 1;
  }
}

/// False only where compare() would find nothing: in the light of the bits alone, with every
/// shingle taken for a distinct one, even the best case falls short.
bool NearIndex::may_qualify(const NearBlock& block, const Kept& kept) const noexcept {
  const std::uint64_t here = most_shingles(block.key);
  const std::uint64_t both = here + most_shingles(kept.key);
  const auto [only_here, only_there] = differ({block.bits, block.ones}, {kept.bits, kept.ones});
  const std::uint64_t apart = only_here + only_there;
  return (apart <= both && resemblance_.reached(both - apart, both + apart)) ||
         (only_here <= here && containment_.reached(here - only_here, here));
}

std::optional<double> NearIndex::compare(const NearBlock& block, Kept& kept) {
  if (query_distinct_ == 0) {
    query_distinct_ = query_shingles_.assign(block.key);
  }
  if (kept.distinct == 0) {
    kept.distinct = static_cast<std::uint32_t>(scratch_.assign(kept.key));
  }
  const std::uint64_t both = query_distinct_ + kept.distinct;
  // common / (both - common) ≥ t  ⇔  common ≥ t both / (1 + t); rounded down, so never too much.
  const std::uint64_t least =
      std::min(both * resemblance_.parts() / (numbers::Threshold::kUnit + resemblance_.parts()),
               query_distinct_ * containment_.parts() / numbers::Threshold::kUnit);
  const std::uint64_t common = query_shingles_.count_common(kept.key, least);
  const numbers::Resemblance resemblance{.common = common, .all = both - common};
  if (resemblance.reaches(resemblance_)) {
    return resemblance.value();
  }
  const numbers::Resemblance containment{.common = common, .all = query_distinct_};
  return containment.reaches(containment_) ? std::optional(containment.value()) : std::nullopt;
}

void NearIndex::add(const NearBlock& block, const Position& place) {
  if (!buckets_.add(block.bands, static_cast<std::uint32_t>(kept_.size()))) {
    return;  // nobody would find it
  }
  const std::size_t bit_bytes = block.bits.size() * sizeof(std::uint64_t);
  const std::size_t key_bytes = block.key.size() * sizeof(char16_t);
  auto* const bits =
      static_cast<std::uint64_t*>(arena_.allocate(bit_bytes + key_bytes, alignof(std::uint64_t)));
  auto* const key = reinterpret_cast<char16_t*>(bits + block.bits.size());
  std::copy(block.bits.begin(), block.bits.end(), bits);
  std::copy(block.key.begin(), block.key.end(), key);
  arena_bytes_ += bit_bytes + key_bytes;
  kept_.push_back({.key = {key, block.key.size()},
                   .bits = {bits, block.bits.size()},
                   .place = place,
                   .numerals = block.numerals,
                   .ones = block.ones});
}

void NearIndex::clear() {
  constexpr std::size_t kLarge = 4096;
  buckets_.clear();
  kept_.clear();
  if (kept_.capacity() > kLarge) {
    kept_ = std::vector<Kept>();  // = {} would keep the memory
  }
  arena_.release();
  arena_bytes_ = 0;
  query_ = 0;
  query_shingles_.shrink();
  scratch_.shrink();
}

std::size_t NearIndex::memory() const noexcept {
  return buckets_.memory() + kept_.capacity() * sizeof(Kept) + arena_bytes_ +
         query_shingles_.memory() + scratch_.memory();
}

}  // namespace dedup::memory
