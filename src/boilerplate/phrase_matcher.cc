// SPDX-License-Identifier: Apache-2.0
// A pattern is a row of parts, literals or numbers, with gaps between some; one literal is the
// anchor:
//
//   pattern   转载 … 注明来源 <digits>
//   key       本文转载时请注明来源2024      the anchor 注明来源, by a pair of its units, then
//                                           <digits> behind it, then 转载 before it
//
// Each part takes the nearest place that fits and never goes back on it. That is no full search,
// but it is linear.
//
// From a pair to its entries: `pairs`, a bit for 16 bits of hash → `triples`, of the pair and the
// unit on either side of it → `first`, a table with open addressing → `entries`, sorted by pair,
// those of one pair in a row. Most texts with a pair of a cue go on otherwise, as `triples` tell.
#include "boilerplate/phrase_matcher.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "boilerplate/key_units.h"
#include "text/ascii.h"

namespace dedup::boilerplate {
namespace {

constexpr std::size_t kNone = std::u16string_view::npos;

std::uint32_t pair_at(const char16_t* unit) {
  std::uint32_t pair;
  std::memcpy(&pair, unit, sizeof pair);
  return pair;
}

constexpr std::size_t kPairWords = 1024;   // 8 kB
constexpr std::size_t kTripleWords = 512;  // 4 kB

// A pair of units, well mixed in its high bits.
std::uint32_t mixed(std::uint32_t pair) { return pair * 0x9E3779B1U; }

// Where its bit is in a bitmap of 1024 words: which word is well mixed of both units, which bit in
// it the first unit says as it is. That takes least, and every pair of every key is asked.
std::size_t word_of(std::uint32_t pair) { return mixed(pair) >> 22; }
unsigned bit_of(std::uint32_t pair) { return pair % 64; }

// Three units, 15 bits of them.
std::size_t hash_of_triple(const char16_t* units) {
  return mixed(pair_at(units) + units[2] * 0x85EBCA6BU) >> 17;
}

// Where its bit is in a table of so many places, a power of two: what to take off of 32 bits.
unsigned shift_for(std::size_t places) {
  return static_cast<unsigned>(std::countl_zero(places - 1)) - 32U;
}

// A part with its words at hand.
struct ReadPart {
  std::u16string_view literal;
  bool after_gap = false;
};

// A pattern with its parts and words at hand.
class ReadPattern {
 public:
  ReadPattern(const tables::Pattern& pattern, std::span<const tables::Part> parts,
              std::u16string_view units)
      : pattern_(pattern), parts_(parts.subspan(pattern.first, pattern.count)), units_(units) {}

  [[nodiscard]] const tables::Pattern& rule() const noexcept { return pattern_; }
  [[nodiscard]] std::size_t size() const noexcept { return parts_.size(); }
  [[nodiscard]] ReadPart operator[](std::size_t i) const noexcept {
    const tables::Part& part = parts_[i];
    return {{units_.data() + part.literal.at, part.literal.size}, part.after_gap};
  }
  [[nodiscard]] std::u16string_view anchor() const noexcept {
    return (*this)[pattern_.anchor].literal;
  }

 private:
  const tables::Pattern& pattern_;
  std::span<const tables::Part> parts_;
  std::u16string_view units_;
};

// Past `part` where it starts at `from` or later, at `latest` at the latest; or kNone.
std::size_t part_behind(const ReadPart& part, std::u16string_view key, std::size_t from,
                        std::size_t latest) {
  if (!part.literal.empty()) {
    const std::size_t reach = std::min(latest + part.literal.size(), key.size());
    const std::size_t at = key.substr(0, reach).find(part.literal, from);
    return at == kNone ? kNone : at + part.literal.size();
  }
  std::size_t at = from;
  while (at < latest && !text::is_digit(key[at])) ++at;
  if (at == key.size() || !text::is_digit(key[at])) return kNone;
  while (at < key.size() && text::is_digit(key[at])) ++at;
  return at;
}

// The start of `part` where it ends at `to` or earlier, at `earliest` at the earliest; or kNone.
std::size_t part_before(const ReadPart& part, std::u16string_view key, std::size_t earliest,
                        std::size_t to) {
  const std::size_t size = part.literal.size();
  if (size > 0) {
    const std::size_t reach = earliest < size ? 0 : earliest - size;
    const std::size_t at = key.substr(reach, to - reach).rfind(part.literal);
    return at == kNone ? kNone : reach + at;
  }
  std::size_t at = to;
  while (at > earliest && !text::is_digit(key[at - 1])) --at;
  if (at == 0 || !text::is_digit(key[at - 1])) return kNone;
  while (at > 0 && text::is_digit(key[at - 1])) --at;
  return at;
}

// As far as a gap that starts at `at` may reach: so many ideographs, with whatever letters and
// digits stand between them, but no more than so many units.
std::size_t gap_end(std::u16string_view key, std::size_t at) {
  const std::size_t limit = std::min(at + kMaxGapUnits, key.size());
  for (std::size_t left = kMaxGap; at < limit; ++at) {
    if (is_ideographic(key[at]) && left-- == 0) break;
  }
  return at;
}

// As far back as a gap that ends at `at` may reach.
std::size_t gap_start(std::u16string_view key, std::size_t at) {
  const std::size_t limit = at > kMaxGapUnits ? at - kMaxGapUnits : 0;
  for (std::size_t left = kMaxGap; at > limit; --at) {
    if (is_ideographic(key[at - 1]) && left-- == 0) break;
  }
  return at;
}

// Past the parts of `pattern` behind its anchor, which ends at `at`; or kNone.
std::size_t match_behind(const ReadPattern& pattern, std::u16string_view key, std::size_t at) {
  for (std::size_t i = pattern.rule().anchor + 1; i < pattern.size(); ++i) {
    const ReadPart part = pattern[i];
    std::size_t from = at;
    std::size_t latest = part.after_gap ? gap_end(key, at) : at;
    const bool ends_key =
        pattern.rule().to_end && !pattern.rule().gap_before_end && i + 1 == pattern.size();
    if (ends_key && !part.literal.empty()) {  // there is only one place for it
      if (key.size() < at + part.literal.size()) return kNone;
      from = key.size() - part.literal.size();
      if (from > latest) return kNone;
    }
    at = part_behind(part, key, from, latest);
    if (at == kNone) return kNone;
  }
  return at;
}

// The start of the parts of `pattern` before its anchor, which starts at `at`; or kNone.
std::size_t match_before(const ReadPattern& pattern, std::u16string_view key, std::size_t at) {
  for (std::size_t i = pattern.rule().anchor; i > 0; --i) {
    const std::size_t earliest = pattern[i].after_gap ? gap_start(key, at) : at;
    at = part_before(pattern[i - 1], key, earliest, at);
    if (at == kNone) return kNone;
  }
  return at;
}

// Whether an anchor of three units or more, as the bits of their hashed starts tell, may begin at
// `at` or, so that its second pair is there, one unit before. Shorter anchors are looked for at
// every position, or stand at the start.
bool may_stand_at(std::u16string_view key, std::size_t at, const std::uint64_t* triples) {
  const auto begins = [&](std::size_t start) {
    const std::size_t triple = hash_of_triple(key.data() + start);
    return (triples[triple / 64] >> (triple % 64) & 1) != 0;
  };
  return at == 0 || begins(at - 1) || (at + 2 < key.size() && begins(at));
}

}  // namespace

// The hash table is at most half full, so a search for what is not there ends soon. 0 is an empty
// slot.
PhraseIndex::PhraseIndex(std::vector<tables::Pattern> patterns, std::span<const tables::Part> parts,
                         std::u16string_view units)
    : patterns_(std::move(patterns)) {
  if (patterns_.empty()) return;
  pairs_.resize(kPairWords);
  triples_.resize(kTripleWords);
  for (std::uint32_t i = 0; i < patterns_.size(); ++i) {
    add_entries(ReadPattern(patterns_[i], parts, units).anchor(), i);
  }
  std::ranges::stable_sort(entries_, {}, &tables::Entry::pair);
  first_.resize(std::bit_ceil(2 * entries_.size() + 2));
  add_pairs();
}

void PhraseIndex::add_entries(std::u16string_view anchor, std::uint32_t pattern) {
  const std::uint16_t offsets = anchor.size() > 2 ? 2 : 1;
  for (std::uint16_t offset = 0; offset < offsets; ++offset) {
    entries_.push_back({pair_at(anchor.data() + offset), offset, anchor.back(),
                        static_cast<std::uint32_t>(anchor.size() - 1 - offset), pattern});
  }
  if (anchor.size() > 2) {
    const std::size_t triple = hash_of_triple(anchor.data());
    triples_[triple / 64] |= std::uint64_t{1} << (triple % 64);
  }
}

void PhraseIndex::add_pairs() {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const std::uint32_t pair = entries_[i].pair;
    if (i > 0 && entries_[i - 1].pair == pair) continue;
    std::size_t slot = mixed(pair) >> shift_for(first_.size());
    while (first_[slot] != 0) slot = (slot + 1) & (first_.size() - 1);
    first_[slot] = static_cast<std::uint32_t>(i + 1);
    pairs_[word_of(pair)] |= std::uint64_t{1} << bit_of(pair);
  }
}

PhraseMatcher::PhraseMatcher(const PhraseTables& phrases, const RuleTables& rules) noexcept
    : tables_(phrases),
      parts_(rules.parts),
      units_(rules.units),
      shift_(phrases.first.empty() ? 0 : shift_for(phrases.first.size())) {}

// Where to look for a pair in the hash table, whose size is a power of two.
std::size_t PhraseMatcher::slot_of(std::uint32_t pair) const noexcept {
  return mixed(pair) >> shift_;
}

std::size_t PhraseMatcher::find(std::u16string_view key, Step step, std::span<Match> found) const {
  if (key.empty() || tables_.entries.empty()) return 0;
  const auto stride = static_cast<std::size_t>(step);
  const std::size_t last = key.size() - 1;
  const std::uint64_t* const pairs = tables_.pairs.data();
  const std::uint64_t* const triples = tables_.triples.data();
  const char16_t* const units = key.data();
  std::size_t count = 0;
  for (std::size_t at = 0; at < last; at += stride) {
    const std::uint32_t pair = pair_at(units + at);
    if ((pairs[word_of(pair)] >> bit_of(pair) & 1) != 0) [[unlikely]] {
      if (step == Step::every || may_stand_at(key, at, triples)) {
        count = look_up(key, at, stride, found, count);
      }
    }
  }
  return count;
}

// Appends to the `count` matches in `found` those with a pair of their anchor at `at`.
std::size_t PhraseMatcher::look_up(std::u16string_view key, std::size_t at, std::size_t stride,
                                   std::span<Match> found, std::size_t count) const {
  const std::uint32_t pair = pair_at(key.data() + at);
  const auto first = tables_.first;
  const auto entries = tables_.entries;
  std::size_t slot = slot_of(pair);
  while (first[slot] != 0 && entries[first[slot] - 1U].pair != pair) {
    slot = (slot + 1) & (first.size() - 1);
  }
  if (first[slot] == 0) return count;
  for (std::size_t i = first[slot] - 1U; i < entries.size() && entries[i].pair == pair; ++i) {
    const tables::Entry& entry = entries[i];
    const std::size_t last = at + entry.behind;
    if (last >= key.size() || key[last] != entry.last) continue;
    // At every position its first pair finds an anchor; its second one would find it once more.
    if (entry.offset >= stride) continue;
    if (const std::optional<Match> hit = match(entry, key, at)) {
      if (count < found.size()) found[count] = *hit;
      ++count;
    }
  }
  return count;
}

std::optional<Match> PhraseMatcher::match(const tables::Entry& entry, std::u16string_view key,
                                          std::size_t at) const {
  if (at < entry.offset) return std::nullopt;
  const tables::Pattern& rule = tables_.patterns[entry.pattern];
  const ReadPattern pattern(rule, parts_, units_);
  const std::u16string_view literal = pattern.anchor();
  at -= entry.offset;
  if (key.substr(at, literal.size()) != literal) return std::nullopt;
  std::size_t end = match_behind(pattern, key, at + literal.size());
  std::size_t start = end == kNone ? kNone : match_before(pattern, key, at);
  if (start == kNone) return std::nullopt;
  if (rule.lead != Pattern::Lead::anywhere) {
    if (rule.lead == Pattern::Lead::near_start) start = gap_start(key, start);
    if (start != 0) return std::nullopt;
  }
  if (rule.to_end) {
    if (rule.gap_before_end) end = gap_end(key, end);
    if (end != key.size()) return std::nullopt;
  }
  return Match{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end), entry.pattern};
}

}  // namespace dedup::boilerplate
