// SPDX-License-Identifier: Apache-2.0
// The charsets one by one: what stands at the head of some bytes. Stateless; a codec is a type.
//
// What does not decode costs as little as can be: where a byte of ASCII follows a lead that has no
// meaning with it, the lead alone is broken, so that no `<` or line end is ever swallowed (the
// Encoding Standard's rule). A pair that is well-formed but stands for nothing is broken as one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/charset/names.h"
#include "text/charset/tables.h"
#include "walls/utf8.h"

namespace dedup::text {

/// What stands at the head of some bytes.
struct Read {
  enum class State : std::uint8_t {
    whole,   ///< the character `c`
    broken,  ///< `size` bytes that are none
    cut,     ///< the beginning of one; if nothing follows, `size` bytes are broken
  };
  char32_t c = 0;
  std::uint8_t size = 1;
  State state = State::broken;

  static constexpr Read whole(char32_t c, std::uint8_t size) { return {c, size, State::whole}; }
  static constexpr Read broken(std::uint8_t size) { return {0, size, State::broken}; }
  static constexpr Read cut(std::uint8_t size) { return {0, size, State::cut}; }
};

/// Read::c of a pair that stands for two code points: this and an index into kBig5Doubles.
inline constexpr char32_t kDouble = 0x110000;

[[nodiscard]] inline unsigned byte_at(std::string_view bytes, std::size_t at) noexcept {
  return static_cast<unsigned char>(bytes[at]);
}

/// A surrogate in a table, which has no room for what is meant and says where to find it.
[[nodiscard]] constexpr bool is_index(char16_t c) noexcept { return (c & 0xF800U) == 0xD800; }

/// A pair whose second byte makes no sense.
[[nodiscard]] constexpr Read broken_pair(unsigned trail) noexcept {
  return Read::broken(trail < 0x80 ? 1 : 2);
}

/// GB18030 with all of GBK and GB 2312. 80 is the euro sign, as in code page 936.
struct Gb18030 {
  static constexpr Charset kCharset = Charset::gb18030;
  static constexpr bool kAscii = true;  ///< bytes below 80 are ASCII, at the head of a character

  /// What the two bytes at `bytes` stand for, if that is simple; else 0.
  [[nodiscard]] static std::uint32_t plain_pair(const char* bytes) noexcept {
    using namespace charset_tables;  // NOLINT(google-build-using-namespace)
    const unsigned lead = static_cast<unsigned char>(bytes[0]) - kGbFirstLead;
    const unsigned trail = static_cast<unsigned char>(bytes[1]) - kGbFirstTrail;
    if (lead > 0xFE - kGbFirstLead || trail >= kGbTrails) return 0;
    const char16_t c = gb_pairs[lead * kGbTrails + trail];
    return c == kUnmapped || is_index(c) ? 0 : c;
  }

  [[nodiscard]] static Read read(std::string_view bytes) noexcept {
    using namespace charset_tables;  // NOLINT(google-build-using-namespace)
    const unsigned lead = byte_at(bytes, 0);
    if (lead == 0x80) return Read::whole(0x20AC, 1);
    if (lead == 0xFF) return Read::broken(1);
    if (bytes.size() < 2) return Read::cut(1);
    const unsigned trail = byte_at(bytes, 1);
    if (trail >= kGbFirstTrail && trail <= 0xFE) {
      const char16_t c = gb_pairs[(lead - kGbFirstLead) * kGbTrails + trail - kGbFirstTrail];
      if (is_index(c)) return Read::whole(kGbUpperCodes[c - kGbUpper], 2);
      return c == kUnmapped ? broken_pair(trail) : Read::whole(c, 2);
    }
    return trail >= '0' && trail <= '9' ? read_four(bytes) : broken_pair(trail);
  }

 private:
  [[nodiscard]] static Read read_four(std::string_view bytes) noexcept {
    if (bytes.size() < 3) return Read::cut(1);
    const unsigned third = byte_at(bytes, 2);
    if (third < 0x81 || third == 0xFF) return Read::broken(1);
    if (bytes.size() < 4) return Read::cut(1);
    const unsigned fourth = byte_at(bytes, 3);
    if (fourth < '0' || fourth > '9') return Read::broken(1);
    const std::uint32_t index = ((byte_at(bytes, 0) - 0x81) * 10 + byte_at(bytes, 1) - '0') * 1260 +
                                (third - 0x81) * 10 + fourth - '0';
    constexpr std::uint32_t kSupplementary = 189'000;  // 90 30 81 30
    if (index >= kSupplementary && index < kSupplementary + 0x100000) {
      return Read::whole(0x10000 + index - kSupplementary, 4);
    }
    if (index >= charset_tables::kGbQuads) return Read::broken(1);
    const char16_t c = charset_tables::gb_quads[index];
    const bool last = index == charset_tables::kGbQuads - 1;  // U+FFFF itself
    return c == charset_tables::kUnmapped && !last ? Read::broken(1) : Read::whole(c, 4);
  }
};

/// Big5 with HKSCS-2008 and the extensions of ETEN, by code page 950 where that has more.
struct Big5 {
  static constexpr Charset kCharset = Charset::big5;
  static constexpr bool kAscii = true;

  /// See Gb18030.
  [[nodiscard]] static std::uint32_t plain_pair(const char* bytes) noexcept {
    using namespace charset_tables;  // NOLINT(google-build-using-namespace)
    const unsigned lead = static_cast<unsigned char>(bytes[0]) - kGbFirstLead;
    const unsigned trail = static_cast<unsigned char>(bytes[1]) - kGbFirstTrail;
    if (lead > 0xFE - kGbFirstLead || trail >= kGbTrails) return 0;
    const std::size_t index = lead * kGbTrails + trail;
    const char16_t c = big5_pairs[index];
    const bool upper = (big5_planes[index / 8] >> index % 8 & 1U) != 0;
    return upper || c == kUnmapped || is_index(c) ? 0 : c;
  }

  [[nodiscard]] static Read read(std::string_view bytes) noexcept {
    using namespace charset_tables;  // NOLINT(google-build-using-namespace)
    const unsigned lead = byte_at(bytes, 0);
    if (lead == 0x80 || lead == 0xFF) return Read::broken(1);
    if (bytes.size() < 2) return Read::cut(1);
    const unsigned trail = byte_at(bytes, 1);
    if (trail < kGbFirstTrail || trail == 0xFF) return broken_pair(trail);
    const std::size_t index = (lead - kGbFirstLead) * kGbTrails + trail - kGbFirstTrail;
    const char16_t low = big5_pairs[index];
    if (low == kUnmapped) return broken_pair(trail);
    const bool upper = (big5_planes[index / 8] >> index % 8 & 1U) != 0;
    if (!upper && is_index(low)) return Read::whole(kDouble + low - kBig5Double, 2);
    return Read::whole(upper ? 0x20000U + low : low, 2);
  }
};

/// EUC-TW: two bytes for plane 1 of CNS 11643, four for any.
struct EucTw {
  static constexpr Charset kCharset = Charset::euc_tw;
  static constexpr bool kAscii = true;

  [[nodiscard]] static Read read(std::string_view bytes) noexcept {
    const unsigned lead = byte_at(bytes, 0);
    const bool four = lead == 0x8E;
    if (!four && !is_cell(lead)) return Read::broken(1);
    if (bytes.size() < 2) return Read::cut(1);
    const unsigned second = byte_at(bytes, 1);
    if (!four) return is_cell(second) ? character(0, lead, second, 2) : broken_pair(second);
    if (second < 0xA1 || second > 0xB0) return Read::broken(1);
    for (std::size_t i = 2; i < 4; ++i) {
      if (bytes.size() <= i) return Read::cut(static_cast<std::uint8_t>(i));
      if (!is_cell(byte_at(bytes, i))) return Read::broken(static_cast<std::uint8_t>(i));
    }
    const unsigned plane = second - 0xA1;
    if (plane > 6 && plane != 14) return Read::broken(4);
    return character(plane == 14 ? 7 : plane, byte_at(bytes, 2), byte_at(bytes, 3), 4);
  }

 private:
  static constexpr bool is_cell(unsigned byte) { return byte >= 0xA1 && byte <= 0xFE; }

  static Read character(std::size_t plane, unsigned row, unsigned column, std::uint8_t size) {
    using namespace charset_tables;  // NOLINT(google-build-using-namespace)
    const std::size_t index = plane * kCnsPlane + (row - 0xA1) * kCnsRow + column - 0xA1;
    if (cns[index] == kUnmapped) return Read::broken(size);
    const bool upper = (cns_planes[index / 8] >> index % 8 & 1U) != 0;
    return Read::whole(upper ? 0x20000U + cns[index] : cns[index], size);
  }
};

template <bool big_endian>
struct Utf16 {
  static constexpr Charset kCharset = big_endian ? Charset::utf16be : Charset::utf16le;
  static constexpr bool kAscii = false;

  [[nodiscard]] static Read read(std::string_view bytes) noexcept {
    if (bytes.size() < 2) return Read::cut(1);
    const char32_t first = unit(bytes, 0);
    if ((first & 0xF800U) != 0xD800) return Read::whole(first, 2);
    if (first >= 0xDC00) return Read::broken(2);
    if (bytes.size() < 4) return Read::cut(static_cast<std::uint8_t>(bytes.size()));
    const char32_t second = unit(bytes, 2);
    if ((second & 0xFC00U) != 0xDC00) return Read::broken(2);
    return Read::whole(0x10000 + ((first & 0x3FFU) << 10) + (second & 0x3FFU), 4);
  }

 private:
  static char32_t unit(std::string_view bytes, std::size_t at) {
    return big_endian ? byte_at(bytes, at) << 8 | byte_at(bytes, at + 1)
                      : byte_at(bytes, at + 1) << 8 | byte_at(bytes, at);
  }
};

template <bool big_endian>
struct Utf32 {
  static constexpr Charset kCharset = big_endian ? Charset::utf32be : Charset::utf32le;
  static constexpr bool kAscii = false;

  [[nodiscard]] static Read read(std::string_view bytes) noexcept {
    if (bytes.size() < 4) return Read::cut(static_cast<std::uint8_t>(bytes.size()));
    char32_t c = 0;
    for (std::size_t i = 0; i < 4; ++i) c = c << 8 | byte_at(bytes, big_endian ? i : 3 - i);
    const bool scalar = c < 0xD800 || (c >= 0xE000 && c < 0x110000);
    return scalar ? Read::whole(c, 4) : Read::broken(4);
  }
};

/// Calls `visit` with the codec of a charset other than UTF-8.
template <typename Visit>
auto with_codec(Charset charset, const Visit& visit) {
  switch (charset) {
    case Charset::utf16be:
      return visit(Utf16<true>{});
    case Charset::utf32le:
      return visit(Utf32<false>{});
    case Charset::utf32be:
      return visit(Utf32<true>{});
    case Charset::gb18030:
      return visit(Gb18030{});
    case Charset::big5:
      return visit(Big5{});
    case Charset::euc_tw:
      return visit(EucTw{});
    case Charset::utf8:
    case Charset::utf16le:
      break;
  }
  return visit(Utf16<false>{});
}

}  // namespace dedup::text
