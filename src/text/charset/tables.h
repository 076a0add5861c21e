// SPDX-License-Identifier: Apache-2.0
// What the double-byte character sets mean. tools/build/make_charsets.cc writes the definitions at
// build time out of ICU, so that a page in GBK costs no start-up and decoding needs no converter.
#pragma once

#include <cstddef>
#include <cstdint>

namespace dedup::text::charset_tables {

inline constexpr char16_t kUnmapped = 0xFFFF;  // a noncharacter, which no set has

// GB 18030: the pairs, leads 81 to FE and trails 40 to FE (7F stays unmapped), in the basic plane
// but for six, for which the table has a surrogate, kGbUpper + an index into kGbUpperCodes; and
// what of four bytes lies in the basic plane, by the linear number of the sequence. All above is
// arithmetic.
inline constexpr unsigned kGbFirstLead = 0x81;
inline constexpr unsigned kGbFirstTrail = 0x40;
inline constexpr unsigned kGbTrails = 0xFE - 0x40 + 1;
inline constexpr std::size_t kGbPairs = std::size_t{0xFE - 0x81 + 1} * kGbTrails;
inline constexpr std::size_t kGbQuads = 39'420;
inline constexpr char16_t kGbUpper = 0xD800;
inline constexpr char32_t kGbUpperCodes[6] = {0x20087, 0x20089, 0x200CC, 0x215D7, 0x2298F, 0x241FE};
extern const char16_t gb_pairs[kGbPairs];
extern const char16_t gb_quads[kGbQuads];

// Big5 with HKSCS-2008: leads 81 to FE, trails 40 to FE. Two planes: 16 bits of the code point and,
// where the bit of the pair is set, 0x20000 added. Four pairs stand for two code points each: the
// table has a surrogate, kBig5Double + an index into kBig5Doubles.
inline constexpr std::size_t kBig5Pairs = kGbPairs;
inline constexpr char16_t kBig5Double = 0xD800;
extern const char16_t big5_pairs[kBig5Pairs];
extern const std::uint8_t big5_planes[kBig5Pairs / 8 + 1];
inline constexpr char16_t kBig5Doubles[4][2] = {
    {0xCA, 0x304}, {0xCA, 0x30C}, {0xEA, 0x304}, {0xEA, 0x30C}};

// The way back, for the characters of the basic plane: the pair, lead first, or 0. Of two pairs
// that mean the same the first has it. Code points that older converters had for a pair have it,
// too.
inline constexpr std::size_t kCodes = 0x10000;
extern const std::uint16_t gb_codes[kCodes];
extern const std::uint16_t big5_codes[kCodes];

// EUC-TW: planes 1 to 7 and 15 of CNS 11643, in this order, 94 x 94 each; bits as above.
inline constexpr std::size_t kCnsRow = 94;
inline constexpr std::size_t kCnsPlane = kCnsRow * kCnsRow;
inline constexpr std::size_t kCnsPlanes = 8;
extern const char16_t cns[kCnsPlanes * kCnsPlane];
extern const std::uint8_t cns_planes[kCnsPlanes * kCnsPlane / 8 + 1];

}  // namespace dedup::text::charset_tables
