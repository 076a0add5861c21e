// SPDX-License-Identifier: Apache-2.0
// The tables behind characters.h and fold.h. tools/build/make_tables.cc writes their definitions at
// build time; the layout below is the contract between the two.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "text/short_text.h"

namespace dedup::text::tables {

// An entry is 32 bits: the low 16 hold the key unit, or an index into `sequences`; above them
// flags.
inline constexpr std::uint32_t kEmit = 1U << 16;      // gives the unit in the low bits
inline constexpr std::uint32_t kWide = 1U << 17;      // ideograph or kana: weighs 1 by itself
inline constexpr std::uint32_t kRun = 1U << 18;       // other letter or digit: a run weighs 1
inline constexpr std::uint32_t kSequence = 1U << 19;  // gives sequences[low bits]
inline constexpr std::uint32_t kSelf = 1U << 20;      // supplementary, gives its own surrogates
inline constexpr std::uint32_t kContext = 1U << 21;   // only ICU can tell, from the neighbours
inline constexpr std::uint32_t kBlank = 1U << 22;     // white space, control or invisible
inline constexpr std::uint32_t kHan = 1U << 23;
inline constexpr std::uint32_t kRadical = 1U << 24;
inline constexpr std::uint32_t kTraditionalOnly = 1U << 25;
inline constexpr std::uint32_t kCommon = 1U << 26;
inline constexpr std::uint32_t kMark = 1U << 27;
inline constexpr std::uint32_t kPictograph = 1U << 28;
inline constexpr std::uint32_t kRightToLeft = 1U << 29;
inline constexpr std::uint32_t kJoining = 1U << 30;
inline constexpr std::uint32_t kSign = 1U << 31;  // gives the unit where signs.h says so

// The version of the rules of signs.cc, digested with the tables: to be raised with any change of
// what a sign's neighbours decide.
inline constexpr std::uint32_t kSignRules = 1;

// ½ is a letter of a key by itself: as 1/2 it would make 11/2 of 1½.
[[nodiscard]] constexpr bool is_fraction(char32_t c) noexcept {
  return (c >= 0xBC && c <= 0xBE) || (c >= 0x2150 && c <= 0x215E) || c == 0x2189;
}
// The degree that is one character with its scale.
inline constexpr char32_t kCelsius = 0x2103;
inline constexpr char32_t kFahrenheit = 0x2109;

// The basic plane flat, since the hot loop lives there; the others in shared blocks of 128.
extern const std::uint32_t basic[0x10000];

// The same for the hot loop of fold(), in as few bytes as it needs: the unit of what gives a wide
// unit, or within ASCII a letter or digit; else one of these.
extern const std::uint16_t plain[0x10000];
inline constexpr std::uint16_t kPlainBlank = 0;  // gives nothing and shows nothing
inline constexpr std::uint16_t kPlainDrop = 1;   // gives nothing
inline constexpr std::uint16_t kPlainLeave = 2;  // takes a look at its entry

// The same for ASCII by bytes, as entries: a unit with kEmit, and what the loop has to know.
extern const std::uint32_t ascii[0x100];
inline constexpr std::uint32_t kAsciiDigit = 1U << 17;
inline constexpr std::uint32_t kAsciiJoins = 1U << 18;  // counts from behind, see below
inline constexpr std::uint32_t kAsciiPassed = 1U
                                              << 19;    // blank: what it stands behind still counts
inline constexpr std::uint32_t kAsciiLeave = 1U << 20;  // takes a look; and all of other characters
inline constexpr std::uint32_t kAsciiShows = 1U << 21;  // more than a blank

// The same by kinds, for who looks at many bytes at a time: 16 rows for each kind, one for each low
// nibble, with a bit for each high nibble.
enum class AsciiKind : std::uint8_t { emits, digit, joins, passed, leave };
inline constexpr std::size_t kAsciiKinds = 5;
extern const std::uint8_t ascii_kinds[kAsciiKinds * 16];

// The most frequent marks, which count only before numbers: they are dropped as they come, and
// looked at again from the number behind them, if there is one.
[[nodiscard]] constexpr bool counts_from_behind(char32_t c) noexcept {
  switch (c) {
    case U'.':
    case U',':
    case U':':
    case U'-':
    case U'~':
    case U'/':
    case U'*':
    case U'，':
    case U'：':
    case U'、':
    case U'—':
      return true;
    default:
      return false;
  }
}

inline constexpr unsigned kBlockBits = 7;
extern const std::uint16_t supplementary_index[0x100000 >> kBlockBits];
extern const std::uint32_t supplementary[];

[[nodiscard]] inline std::uint32_t entry(char32_t c) noexcept {
  if (c < 0x10000) {
    return basic[c];
  }
  const char32_t s = c - 0x10000;
  return supplementary[(std::size_t{supplementary_index[s >> kBlockBits]} << kBlockBits) +
                       (s & ((1U << kBlockBits) - 1))];
}

// Keys of more than one unit. The first element packs, from the low bits: length (6), weight (6),
// whether it starts in a run (1), whether it ends in one (1); the units follow.
extern const char16_t sequences[];

using Reading = ShortText<7>;  // zhuāng

// Readings: an index into `readings` for each code point, 0 for none; readings[0] is empty.
extern const std::uint16_t reading_index[0x110000 >> kBlockBits];
extern const std::uint16_t reading_of[];
extern const Reading readings[];

extern const Reading syllables[];  // sorted, without tones, ü as ü
extern const std::size_t syllable_count;

extern const std::pair<char32_t, char32_t> radicals[];  // sorted; to unified ideographs
extern const std::size_t radical_count;
extern const std::pair<char32_t, char32_t> mirrors[];  // sorted
extern const std::size_t mirror_count;

extern const std::string_view digest;           // of everything above that decides keys
extern const std::string_view unicode_version;  // of the data the tables were made from

}  // namespace dedup::text::tables
