// SPDX-License-Identifier: Apache-2.0
#include "text/charset/names.h"

#include <algorithm>

#include "dedup/encoding.h"
#include "text/ascii.h"

namespace dedup {

std::string_view name(EncodingSource source) noexcept {
  switch (source) {
    case EncodingSource::given:
      return "given";
    case EncodingSource::mark:
      return "mark";
    case EncodingSource::valid:
      return "valid";
    case EncodingSource::label:
      return "label";
    case EncodingSource::markup:
      return "markup";
    case EncodingSource::guess:
      return "guess";
    case EncodingSource::fallback:
      break;
  }
  return "fallback";
}

namespace text {
namespace {

struct Called {
  std::string_view names;  // small letters, no hyphens, a blank between two
  Charsets charsets;
};

constexpr Charsets kUtf16 = Charsets(Charset::utf16le) | Charsets(Charset::utf16be);
constexpr Charsets kUtf32 = Charsets(Charset::utf32le) | Charsets(Charset::utf32be);
constexpr Charsets kGb(Charset::gb18030);
constexpr Charsets kBig5(Charset::big5);
constexpr Charsets kEucTw(Charset::euc_tw);

// What iconv, Python, Windows, Java and the WHATWG's list of labels call them.
// A name is rather taken for ours than refused where it could mean nothing else; a name that could
// (chinese-big, iso-2022-cn, hz) is not in the list.
constexpr Called kCalled[] = {
    {"auto", Charsets::all()},
    {"utf8 utf8sig utf8mb4 cp65001 unicode11utf8 unicode20utf8 "
     "xunicode20utf8",
     Charsets(Charset::utf8)},
    {"utf16 ucs2 iso10646ucs2 unicode", kUtf16},
    {"utf16le ucs2le", Charsets(Charset::utf16le)},
    {"utf16be ucs2be", Charsets(Charset::utf16be)},
    {"utf32 ucs4 iso10646ucs4", kUtf32},
    {"utf32le ucs4le", Charsets(Charset::utf32le)},
    {"utf32be ucs4be", Charsets(Charset::utf32be)},
    {"gb18030 gb180302000 gb180302005 gb180302022 gbk xgbk cp936 ms936 936 "
     "windows936 gb2312 gb23121980 gb231280 csgb2312 csgb231280 "
     "csiso58gb231280 isoir58 euccn xeuccn eucgb2312cn chinese gb",
     kGb},
    {"big5 bigfive big5tw big5eten csbig5 cnbig5 xxbig5 xbig5 cp950 ms950 "
     "950 windows950 big5hkscs big5hk big5hkscs:2004 big5hkscs:2008 "
     "big5hkscs2008 hkscs cp951",
     kBig5},
    {"euctw xeuctw cseuctw cns11643", kEucTw},
};

bool has_word(std::string_view words, std::string_view wanted) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == wanted) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

}  // namespace

std::string_view name(Charset charset) noexcept {
  constexpr std::string_view kNames[kCharsetCount] = {
      "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "GB18030", "Big5", "EUC-TW"};
  return kNames[static_cast<std::size_t>(charset)];
}

/// Spelling varies more than names do: UTF8, utf_8, Big5-HKSCS, big5hkscs.
std::optional<Charsets> charsets_called(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c != '-' && c != '_' && c != ' ') {
      plain += lower(c);
    }
  }
  for (const Called& called : kCalled) {
    if (has_word(called.names, plain)) {
      return called.charsets;
    }
  }
  return std::nullopt;
}

/// Not all of the table, of which most is spelling.
std::string charset_names() {
  return "auto, utf-8, gb18030 (also gbk, gb2312, cp936), big5 (also big5-hkscs, cp950), euc-tw, "
         "utf-16, utf-16le, utf-16be, utf-32, utf-32le, utf-32be";
}

}  // namespace text
}  // namespace dedup
