// SPDX-License-Identifier: Apache-2.0
#include "text/repair/misread.h"

#include <algorithm>
#include <iterator>

#include "text/characters.h"
#include "text/charset/tables.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

// What 80 to 9F are in Windows-1252, where it has them, and 80 to FF in Mac Roman.
constexpr char32_t kWindows[] = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};
constexpr char32_t kMac[] = {
    0x00C4, 0x00C5, 0x00C7, 0x00C9, 0x00D1, 0x00D6, 0x00DC, 0x00E1, 0x00E0, 0x00E2, 0x00E4, 0x00E3,
    0x00E5, 0x00E7, 0x00E9, 0x00E8, 0x00EA, 0x00EB, 0x00ED, 0x00EC, 0x00EE, 0x00EF, 0x00F1, 0x00F3,
    0x00F2, 0x00F4, 0x00F6, 0x00F5, 0x00FA, 0x00F9, 0x00FB, 0x00FC, 0x2020, 0x00B0, 0x00A2, 0x00A3,
    0x00A7, 0x2022, 0x00B6, 0x00DF, 0x00AE, 0x00A9, 0x2122, 0x00B4, 0x00A8, 0x2260, 0x00C6, 0x00D8,
    0x221E, 0x00B1, 0x2264, 0x2265, 0x00A5, 0x00B5, 0x2202, 0x2211, 0x220F, 0x03C0, 0x222B, 0x00AA,
    0x00BA, 0x03A9, 0x00E6, 0x00F8, 0x00BF, 0x00A1, 0x00AC, 0x221A, 0x0192, 0x2248, 0x2206, 0x00AB,
    0x00BB, 0x2026, 0x00A0, 0x00C0, 0x00C3, 0x00D5, 0x0152, 0x0153, 0x2013, 0x2014, 0x201C, 0x201D,
    0x2018, 0x2019, 0x00F7, 0x25CA, 0x00FF, 0x0178, 0x2044, 0x20AC, 0x2039, 0x203A, 0xFB01, 0xFB02,
    0x2021, 0x00B7, 0x201A, 0x201E, 0x2030, 0x00C2, 0x00CA, 0x00C1, 0x00CB, 0x00C8, 0x00CD, 0x00CE,
    0x00CF, 0x00CC, 0x00D3, 0x00D4, 0xF8FF, 0x00D2, 0x00DA, 0x00DB, 0x00D9, 0x0131, 0x02C6, 0x02DC,
    0x00AF, 0x02D8, 0x02D9, 0x02DA, 0x00B8, 0x02DD, 0x02DB, 0x02C7};

// Of a line that was misread nothing is alien, but for what was added to it since.
constexpr std::size_t kAliens = 4;
constexpr std::size_t kBytesOfAlien = 16;

std::optional<char> byte_of_windows(char32_t c) {
  if (c <= 0xFF) return static_cast<char>(c);
  const auto* const found = std::find(std::begin(kWindows), std::end(kWindows), c);
  if (found == std::end(kWindows)) return std::nullopt;
  return static_cast<char>(0x80 + (found - std::begin(kWindows)));
}

std::optional<char> byte_of_mac(char32_t c) {
  if (c < 0x80) return static_cast<char>(c);
  const auto* const found = std::find(std::begin(kMac), std::end(kMac), c);
  if (found == std::end(kMac)) return std::nullopt;
  return static_cast<char>(0x80 + (found - std::begin(kMac)));
}

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

bool leads_within(char byte, unsigned first, unsigned last) {
  const auto lead = static_cast<unsigned char>(byte);
  return lead >= first && lead <= last;
}

/// Writes pairs. The euro sign stands for 80, and in GB 18030 for the pair A2 E3, too.
class PairWriter {
 public:
  explicit PairWriter(std::string& bytes) : bytes_(bytes) {}

  void put(char byte) {
    settle_euro(byte);
    bytes_ += byte;
  }
  void put_pair(unsigned pair) {
    put(static_cast<char>(pair >> 8));
    bytes_ += static_cast<char>(pair & 0xFFU);
  }
  void put_euro() {
    put('\x80');
    euro_ = true;
  }

 private:
  /// In UTF-8 a continuation goes on behind the sign where two were due before it; where it was
  /// one, only the pair has a lead for it.
  void settle_euro(char next) {
    if (!euro_) return;
    euro_ = false;
    const std::size_t before = bytes_.size() - 1;
    const bool one_due = (before >= 2 && is_continuation(bytes_[before - 1]) &&
                          leads_within(bytes_[before - 2], 0xE0, 0xEF)) ||
                         (before >= 1 && leads_within(bytes_[before - 1], 0xC2, 0xDF));
    if (one_due && is_continuation(next)) bytes_.replace(before, 1, "\xA2\xE3");
  }

  std::string& bytes_;
  bool euro_ = false;  // the last byte is one that may have to become a pair
};

/// Whether there are bytes for the character, which are then written.
bool put_pairs_of(char32_t c, Misread as, PairWriter& writer) {
  if (as == Misread::gbk && c == 0x20AC) {
    writer.put_euro();
    return true;
  }
  if (c >= charset_tables::kCodes) return false;
  const auto& codes = as == Misread::gbk ? charset_tables::gb_codes : charset_tables::big5_codes;
  // Behind C6A1 every Big5 has other signs: nothing there proves which bytes it was.
  const bool disputed = as == Misread::big5 && codes[c] >= 0xC6A1 && codes[c] <= 0xC8FE;
  if (codes[c] == 0 || disputed) return false;
  writer.put_pair(codes[c]);
  return true;
}

bool put(char32_t c, Misread as, PairWriter& writer) {
  if (c < 0x80) {
    writer.put(static_cast<char>(c));
    return true;
  }
  if (as == Misread::gbk || as == Misread::big5) return put_pairs_of(c, as, writer);
  if (is_main_ideograph(c)) return false;  // as most are of a line that is looked at for nothing
  const auto byte = as == Misread::mac ? byte_of_mac(c) : byte_of_windows(c);
  if (byte) writer.put(*byte);
  return byte.has_value();
}

}  // namespace

std::optional<Bytes> bytes_behind(std::string_view line, Misread as) {
  Bytes behind;
  PairWriter writer(behind.bytes);
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = utf8::next(line, at);
    if (c == utf8::kReplacement) {
      ++behind.lost;
      writer.put(kLostByte);
    } else if (!put(c, as, writer)) {
      ++behind.alien;
      if (behind.alien > kAliens + behind.bytes.size() / kBytesOfAlien) return std::nullopt;
    }
  }
  return behind;
}

}  // namespace dedup::text
