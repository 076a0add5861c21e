// SPDX-License-Identifier: Apache-2.0
#include "text/repair/mojibake.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "text/characters.h"
#include "text/charset/decoders.h"
#include "text/charset/likelihood.h"
#include "walls/json.h"
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

constexpr std::size_t kLeastIdeographs = 4;
constexpr double kLeastMeanGain = 1.5;  // of GBK, where the bytes prove less

using ByteOf = std::optional<char> (*)(char32_t);

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

/// The bytes that the characters of a line stand for; stops at the first that stands for none.
std::optional<std::string> bytes_of(std::string_view line, ByteOf byte_of) {
  std::string bytes;
  for (std::size_t at = 0; at < line.size();) {
    const auto byte = byte_of(utf8::next(line, at));
    if (!byte) return std::nullopt;
    bytes += *byte;
  }
  return bytes;
}

/// Whether this is a line in Chinese, rather than one of a few signs.
bool is_chinese(std::string_view text) {
  std::size_t ideographs = 0;
  std::size_t others = 0;  // of what is no ASCII, outside the blocks of Chinese text
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::next(text, at);
    ideographs += is_han(c) ? 1 : 0;
    others += c >= 0x80 && c < 0x2000 ? 1 : 0;
  }
  return ideographs >= kLeastIdeographs && others <= ideographs / 4;
}

/// As GBK, if it is Chinese in it beyond doubt.
std::optional<std::string> as_gbk(std::string_view bytes) {
  const Reading reading = read_as(Charset::gb18030, bytes, true);
  const bool sure = reading.broken == 0 && reading.convinces() &&
                    reading.gain >= kLeastMeanGain * static_cast<double>(reading.characters);
  if (!sure) return std::nullopt;
  std::string text;
  const auto decoder = decoder_of(Charset::gb18030);
  decoder->feed(bytes, text);
  decoder->finish(text);
  return is_chinese(text) ? std::optional(std::move(text)) : std::nullopt;
}

}  // namespace

std::optional<std::string> unmangled(std::string_view line) {
  for (const ByteOf byte_of : {&byte_of_windows, &byte_of_mac}) {
    auto bytes = bytes_of(line, byte_of);
    if (!bytes) continue;
    if (json::is_valid_utf8(*bytes) && is_chinese(*bytes)) return bytes;
    if (byte_of == &byte_of_windows) {
      if (auto text = as_gbk(*bytes)) return text;
    }
  }
  return std::nullopt;
}

bool settle_mojibake(Patients& lines) {
  bool any = false;
  for (Patient& line : lines) {
    if (!line.needs(kMojibake) || line.fenced) continue;
    if (auto text = unmangled(line.text())) {
      line.change({{0, line.text().size(), std::move(*text), RepairKind::mojibake}});
      any = true;
    }
  }
  return any;
}

}  // namespace dedup::text
