// SPDX-License-Identifier: Apache-2.0
// The loops behind kernels.h. Each kernels*.cc includes this file and is compiled for its
// processor; so everything here has internal linkage, and nothing of the
// standard library is called that the linker might share with code for other processors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "text/ascii_words.h"
#include "text/kernels.h"
#include "text/kernels_patterns.h"
#include "text/threes.h"

namespace dedup::text {
namespace {  // one copy for each processor is the purpose

using patterns::ByteClass;
using patterns::Pattern;

using Byte = unsigned char;

// -- marks, byte by byte --------------------------------------------------------------------------
// One word has a bit for each pattern of all groups. What a byte fits at each of three places is
// looked up; what is left of the three words are the patterns that fit.

/// The bits of the patterns of one mark, and what each byte fits at each place.
struct WordTables {
  std::uint64_t fitting[3][256]{};
  std::uint64_t of[kMarkCount]{};
  /// Of the patterns for which a space has to stand so far behind.
  std::uint64_t before_space[kMarkReach + 1]{};
};

class WordTablesMaker {
 public:
  template <std::size_t kSize>
  constexpr void add(Mark mark, const Pattern (&group)[kSize]) {
    for (const Pattern& pattern : group) {
      for (std::size_t place = 0; place < 3; ++place) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
          tables_.fitting[place][byte] |= pattern.bytes[place].contains(byte) ? next_ : 0;
        }
      }
      tables_.of[static_cast<std::size_t>(mark)] |= next_;
      tables_.before_space[pattern.space] |= next_;
      next_ <<= 1;
    }
  }
  [[nodiscard]] constexpr WordTables tables() const { return tables_; }

 private:
  WordTables tables_;
  std::uint64_t next_ = 1;
};

inline constexpr WordTables kWordTables = [] {
  WordTablesMaker maker;
  maker.add(Mark::line_end, patterns::kLineEnd);
  maker.add(Mark::sentence, patterns::kSentence);
  maker.add(Mark::repair, patterns::kRepairByOne);
  maker.add(Mark::repair, patterns::kRepairByLead);
  maker.add(Mark::repair, patterns::kRepairByThree);
  maker.add(Mark::damage, patterns::kDamage);
  return maker.tables();
}();

inline void set_marks_singly(const Byte* text, std::size_t blocks,
                             const MarkWords& words) noexcept {
  for (std::size_t block = 0; block < blocks; ++block, text += kMarkBlock) {
    std::uint64_t found[kMarkCount]{};
    for (std::size_t i = 0; i < kMarkBlock; ++i) {
      const Byte* const at = text + i;
      std::uint64_t fitting = kWordTables.fitting[0][at[0]] & kWordTables.fitting[1][at[1]] &
                              kWordTables.fitting[2][at[2]];
      if (fitting == 0) continue;  // as most
      fitting &= at[3] == ' ' ? ~std::uint64_t{0} : ~kWordTables.before_space[3];
      fitting &= at[4] == ' ' ? ~std::uint64_t{0} : ~kWordTables.before_space[4];
      for (std::size_t mark = 0; mark < kMarkCount; ++mark) {
        found[mark] |= std::uint64_t{(fitting & kWordTables.of[mark]) != 0} << i;
      }
    }
    for (std::size_t mark = 0; mark < kMarkCount; ++mark) {
      if (words[mark] != nullptr) {
        words[mark][block] = found[mark];
      }
    }
  }
}

#if defined(__AVX2__)

// -- marks, by 32 bytes ---------------------------------------------------------------------------
// One byte has a bit for each pattern of a group. What a byte fits is looked up by its two digits.

using Bytes32 [[gnu::vector_size(32)]] = Byte;

inline Bytes32 load(const Byte* from) noexcept {
  Bytes32 bytes;
  __builtin_memcpy(&bytes, from, sizeof bytes);
  return bytes;
}

inline void store(Bytes32 bytes, Byte* to) noexcept { __builtin_memcpy(to, &bytes, sizeof bytes); }

/// What each digit of a byte at one place fits. Twice, as a look-up goes over 16 bytes.
struct DigitTables {
  alignas(32) Byte high[32];
  alignas(32) Byte low[32];
};

template <const auto& kGroup, std::size_t kPlace>
inline constexpr DigitTables kDigitTables = [] {
  static_assert(std::size(kGroup) <= 8);
  DigitTables tables{};
  for (std::size_t i = 0; i < std::size(kGroup); ++i) {
    for (unsigned digit = 0; digit < 32; ++digit) {
      const ByteClass& set = kGroup[i].bytes[kPlace];
      const unsigned high = set.high >> digit % 16 & 1U;
      const unsigned low = set.low >> digit % 16 & 1U;
      tables.high[digit] = static_cast<Byte>(tables.high[digit] | high << i);
      tables.low[digit] = static_cast<Byte>(tables.low[digit] | low << i);
    }
  }
  return tables;
}();

/// Some blocks of text, the digits of which are taken apart once for all groups.
class SplitText {
 public:
  SplitText(const Byte* text, std::size_t blocks) noexcept : text_(text) {
    const std::size_t size = blocks * kMarkBlock;
    for (std::size_t block = 0; block < size; block += kMarkBlock) {
      for (std::size_t i = block; i < block + kMarkBlock; i += sizeof(Bytes32)) {
        const Bytes32 bytes = load(text + i);
        store(bytes >> 4, high_ + i);
        store(bytes & 0x0F, low_ + i);
      }
    }
    for (std::size_t at = size; at < size + kMarkReach; ++at) {
      high_[at] = text[at] >> 4;
      low_[at] = text[at] & 0x0F;
    }
  }

  /// Not 0 where one of the patterns fits the bytes from `at` on.
  template <const auto& kGroup>
  [[nodiscard]] Bytes32 fitting(std::size_t at) const noexcept {
    Bytes32 found = look_up<kGroup, 0>(at);
    if constexpr (asks<kGroup>(1)) {
      found &= look_up<kGroup, 1>(at);
    }
    if constexpr (asks<kGroup>(2)) {
      found &= look_up<kGroup, 2>(at);
    }
    return before_space<kGroup, 4>(before_space<kGroup, 3>(found, at), at);
  }

 private:
  template <const auto& kGroup, std::size_t kPlace>
  [[nodiscard]] Bytes32 look_up(std::size_t at) const noexcept {
    const auto& tables = kDigitTables<kGroup, kPlace>;
    return look_up(tables.high, high_ + at + kPlace) & look_up(tables.low, low_ + at + kPlace);
  }

  static Bytes32 look_up(const Byte* table, const Byte* digits) noexcept {
    return Bytes32(_mm256_shuffle_epi8(__m256i(load(table)), __m256i(load(digits))));
  }

  /// Without the patterns for which no space stands there.
  template <const auto& kGroup, std::size_t kSpace>
  [[nodiscard]] Bytes32 before_space(Bytes32 found, std::size_t at) const noexcept {
    constexpr Byte kAsking = [] {
      unsigned bits = 0;
      for (std::size_t i = 0; i < std::size(kGroup); ++i) {
        bits |= (kGroup[i].space == kSpace ? 1U : 0U) << i;
      }
      return static_cast<Byte>(bits);
    }();
    if constexpr (kAsking != 0) {
      found &= Bytes32(load(text_ + at + kSpace) == ' ') | static_cast<Byte>(~kAsking);
    }
    return found;
  }

  template <const auto& kGroup>
  static consteval bool asks(std::size_t place) {
    for (std::size_t i = 0; i < std::size(kGroup); ++i) {
      if (!kGroup[i].bytes[place].is_all()) {
        return true;
      }
    }
    return false;
  }

  static constexpr std::size_t kSize = kMarkBlocks * kMarkBlock + kMarkReach;

  const Byte* text_;
  alignas(32) Byte high_[kSize];
  alignas(32) Byte low_[kSize];
};

/// Sets a bit where a pattern of these groups fits. `kMore`: besides those that are set.
template <bool kMore, const auto&... kGroups>
inline void set_words(const SplitText& text, std::size_t blocks, std::uint64_t* words) noexcept {
  if (words == nullptr) return;
  for (std::size_t block = 0; block < blocks; ++block) {
    std::uint64_t denied = 0;
    for (std::size_t i = 0; i < kMarkBlock; i += sizeof(Bytes32)) {
      const Bytes32 found = (text.fitting<kGroups>(block * kMarkBlock + i) | ...);
      const int bits = _mm256_movemask_epi8(__m256i(found == 0));
      denied |= std::uint64_t{static_cast<std::uint32_t>(bits)} << i;
    }
    words[block] = kMore ? words[block] | ~denied : ~denied;
  }
}

/// A loop for each mark, and two for repair: the tables of one have to fit the registers.
inline void set_marks_widely(const Byte* text, std::size_t blocks,
                             const MarkWords& words) noexcept {
  const SplitText split(text, blocks);
  const auto of = [&](Mark mark) { return words[static_cast<std::size_t>(mark)]; };
  using namespace patterns;
  set_words<false, kLineEnd>(split, blocks, of(Mark::line_end));
  set_words<false, kSentence>(split, blocks, of(Mark::sentence));
  set_words<false, kRepairByOne, kRepairByLead>(split, blocks, of(Mark::repair));
  set_words<true, kRepairByThree>(split, blocks, of(Mark::repair));
  set_words<false, kDamage>(split, blocks, of(Mark::damage));
}

#endif

}  // namespace
}  // namespace dedup::text
