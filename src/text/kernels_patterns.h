// SPDX-License-Identifier: Apache-2.0
// What the marks are set on: patterns of a byte and the two behind it, in hexadecimal digits.
//
//   {{"E", "3"}, {"8", "0"}, {"8", "2"}}      E3 80 82, the full stop
//   {{"2", "127E"}}                           21 22 27 2E: ! " ' .
//   {{"EF", "3EF"}, {"B", "C"}, {"8", "8"}}   E3, EE, EF, F3 (FE, FF are in no text); then BC 88
//
// Each byte is one of some first digits and some second ones, since the wide kernel looks the two
// up apart. A pattern may fit what nobody has something to do with, but never miss what somebody
// has; so it takes in what is rare where that saves another pattern. Text is valid UTF-8.
//
// Eight patterns make a group, which is asked at once. What a mark is about, all its groups say.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dedup::text::patterns {

/// A set of hexadecimal digits, a bit each.
using Digits = std::uint16_t;
inline constexpr std::string_view kAny = "0123456789ABCDEF";

consteval Digits digits(std::string_view wanted) {
  Digits set = 0;
  for (const char digit : wanted) {
    set = static_cast<Digits>(set | 1U << kAny.find(digit));
  }
  return set;
}

/// All bytes with one of these first digits and one of these second ones.
struct ByteClass {
  ByteClass() = default;
  consteval ByteClass(std::string_view first, std::string_view second)
      : high(digits(first)), low(digits(second)) {}

  [[nodiscard]] constexpr bool contains(std::size_t byte) const noexcept {
    return ((high >> (byte >> 4U)) & (low >> (byte & 0xFU)) & 1U) != 0;
  }
  [[nodiscard]] constexpr bool is_all() const noexcept { return high == 0xFFFF && low == 0xFFFF; }

  Digits high = 0xFFFF;
  Digits low = 0xFFFF;
};

struct Pattern {
  ByteClass bytes[3];
  /// How far behind the first a space has to stand, 3 or 4; 0 if none has to.
  std::size_t space = 0;
};

inline constexpr Pattern kLineEnd[] = {{{{"0", "AD"}}}};

/// segment.cc looks at these.
inline constexpr Pattern kSentence[] = {
    {{{"0", "BC"}}},                              // VT FF
    {{{"2", "127E"}}},                            // ! " ' .
    {{{"3", "F"}}},                               // ?
    {{{"C", "2"}, {"8", "5"}}},                   // NEL
    {{{"E", "3"}, {"8", "0"}, {"8", "2"}}},       // 。
    {{{"E", "2"}, {"8", "0"}, {"AB", "689C"}}},   // … LS PS ‼
    {{{"E", "2"}, {"8", "1"}, {"8", "789"}}},     // ⁇ ⁈ ⁉
    {{{"E", "F"}, {"B", "CD"}, {"89A", "1EF"}}},  // ！ ． ？ ｡
};

/// damage.cc looks at these: question marks, private use, U+FFFD.
inline constexpr Pattern kDamage[] = {
    {{{"3", "F"}}},                          // ?
    {{{"E", "F"}, {"B", "C"}, {"9", "F"}}},  // ？
    {{{"E", "E"}}},                          // U+E000 to U+EFFF
    {{{"E", "F"}, {"89A", kAny}}},           // to U+F8FF
    {{{"E", "F"}, {"B", "F"}}},              // U+FFFD
    {{{"F", "34"}}},                         // from U+C0000 on
};

// needs.cc looks at those of the three groups of repair, and names what they are for.

/// Leads of U+0080 to U+00FF, Cyrillic, U+1000 to U+3FFF, U+E000 to U+FFFF and from U+C0000 on.
inline constexpr ByteClass kLead("CDEF", "0123EF");

/// What two bytes tell. Of what has such a lead nearly all; but behind E2 and E3 nothing with 80,
/// for which the next group has what is not clean, and behind EF nothing with BC, which is full
/// width.
inline constexpr Pattern kRepairByLead[] = {
    {{kLead, {"9A", kAny}}},
    {{kLead, {"8", "123456789ABCDEF"}}},
    {{kLead, {"B", "0123456789ABDEF"}}},
    {{{"E", "EF"}, {"8", "0"}}},
    {{{"E", "2E"}, {"B", "C"}}},          // radicals, U+EF00 to U+EF3F
    {{{"CDF", "12348D"}, {"89", kAny}}},  // U+0080 to U+00DF, U+034F, U+061C, U+100000 on
    {{{"E", "9"}, {"8", "ABCDEF"}}},      // U+9280 to U+947F
    {{{"E", "9"}, {"9", "014"}}},         // to there, 锛 and 锟
};

inline constexpr Pattern kRepairByThree[] = {
    {{{"89ABCDEF", kAny}, {"2", "8"}, {"67C", kAny}}},   // a note: 甲(jiǎ
    {{{"89ABCDEF", kAny}, {"2", "8"}, {"2E", "0123"}}},  // or a blank in it
    {{{"EF", "3EF"}, {"B", "C"}, {"8", "8"}}},           // （
    {{{"2", "0"}, {"E", "23F"}}},                        // a space before a mark
    {{{"2", "0"}, {"EF", kAny}}, 4},                     // or before one ideograph by itself
    {{{"E", "2"}, {"8", "0"}, {"8A", "ABCDEF"}}},        // U+200B to U+200F, U+202A to U+202E
    {{{"E", "3"}, {"8", "0"}, {"8", "0"}}},              // U+3000
    {{{"E", "57"}, {"8B", "13"}, {"A", "BF"}}},          // 烫 and 屯
};

inline constexpr Pattern kRepairByOne[] = {
    {{{"0", "012345678BCEF"}}},  // controls but those of lines
    {{{"1", kAny}}},
    {{{"2", "6"}}},       // &
    {{{"6", "0"}}},       // `
    {{{"7", "EF"}}},      // ~ DEL
    {{{"E", "23F"}}, 3},  // a mark before a space
};

}  // namespace dedup::text::patterns
