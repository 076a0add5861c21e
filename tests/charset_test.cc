// SPDX-License-Identifier: Apache-2.0
// Charsets: their names, what their bytes mean, and which one a document is in.
#include <iconv.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "dedup/dedup.h"
#include "support.h"
#include "text/charset/choosing_decoder.h"
#include "text/charset/content_type.h"
#include "text/charset/decoders.h"
#include "text/charset/markup.h"
#include "text/charset/names.h"

using namespace std::string_view_literals;
using dedup::Encoding;
using dedup::EncodingSource;
using dedup::text::Charset;
using dedup::text::CharsetHints;
using dedup::text::Charsets;

namespace {

struct Decoded {
  std::string text;
  dedup::Damage damage;
  Encoding encoding;
};

Decoded decode(dedup::text::Decoder& decoder, std::string_view bytes,
               std::size_t piece = std::string::npos, const CharsetHints& hints = {}) {
  Decoded result;
  decoder.reset(hints);
  for (std::size_t at = 0; at < bytes.size(); at += std::min(piece, bytes.size())) {
    decoder.feed(bytes.substr(at, piece), result.text);
  }
  decoder.finish(result.text);
  CHECK(decoder.input_bytes() == bytes.size());
  result.damage = decoder.damage();
  result.encoding = decoder.encoding();
  return result;
}

Decoded decode(const std::string& charset, std::string_view bytes, const CharsetHints& hints = {}) {
  return decode(*dedup::text::decoder_called(charset), bytes, std::string::npos, hints);
}

/// The system's converter, which is nobody of ours.
class Iconv {
 public:
  Iconv(const char* to, const char* from) : descriptor_(::iconv_open(to, from)) {
    REQUIRE(descriptor_ != reinterpret_cast<iconv_t>(-1));
  }
  Iconv(const Iconv&) = delete;
  Iconv& operator=(const Iconv&) = delete;
  ~Iconv() { ::iconv_close(descriptor_); }

  /// Empty where not all of it converts.
  std::string operator()(std::string_view bytes) {
    std::string from(bytes);
    std::string out(4 * bytes.size() + 8, '\0');
    char* in = from.data();
    char* to = out.data();
    std::size_t left = from.size();
    std::size_t room = out.size();
    ::iconv(descriptor_, nullptr, nullptr, nullptr, nullptr);
    const bool done = ::iconv(descriptor_, &in, &left, &to, &room) != static_cast<std::size_t>(-1);
    ::iconv(descriptor_, nullptr, nullptr, &to, &room);
    out.resize(out.size() - room);
    return done && left == 0 ? out : std::string();
  }

 private:
  iconv_t descriptor_;
};

std::string encoded(const char* charset, std::string_view text) {
  Iconv convert(charset, "UTF-8");
  std::string bytes = convert(text);
  REQUIRE((!bytes.empty() || text.empty()));
  return bytes;
}

constexpr std::string_view kSimplified =
    "市图书馆今天宣布，从下周起延长开放时间。\n读者可以在晚上九点以前进入阅览室，周末也不例外。\n";
constexpr std::string_view kTraditional =
    "市圖書館今天宣布，從下週起延長開放時間。\n讀者可以在晚上九點以前進入閱覽室，週末也不例外。\n";

}  // namespace

TEST_CASE("a charset goes by many names") {
  struct Row {
    const char* name;
    std::string_view charset;
  };
  const Row rows[] = {
      {"utf-8", "UTF-8"},       {"UTF8", "UTF-8"},        {"utf_8", "UTF-8"},
      {"gbk", "GB18030"},       {"GB2312", "GB18030"},    {"cp936", "GB18030"},
      {"gb18030", "GB18030"},   {"x-gbk", "GB18030"},     {"GB_2312-80", "GB18030"},
      {"big5", "Big5"},         {"Big5-HKSCS", "Big5"},   {"hkscs", "Big5"},
      {"cp950", "Big5"},        {"euc-tw", "EUC-TW"},     {"utf-16le", "UTF-16LE"},
      {"UTF-16BE", "UTF-16BE"}, {"utf-32le", "UTF-32LE"}, {"UTF-32BE", "UTF-32BE"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(decode(row.name, "").encoding == Encoding{row.charset, EncodingSource::given, 1});
  }
  for (const char* unknown : {"", "latin1", "shift_jis", "gb", "big", "utf-7", "gbk gb2312"}) {
    INFO(unknown);
    if (std::string_view(unknown) == "gb") continue;  // taken for ours
    CHECK_THROWS_AS(dedup::text::decoder_called(unknown), dedup::InvalidOption);
    CHECK_THROWS_AS(dedup::Cleaner({.encoding = unknown}), dedup::InvalidOption);
    CHECK_THROWS_AS(dedup::BoilerplateLearner({.encoding = unknown}), dedup::InvalidOption);
  }
}

TEST_CASE("what does not decode is one U+FFFD, and never takes ASCII along") {
  struct Row {
    const char* charset;
    std::string_view bytes;
    std::string_view text;
    std::uint64_t sequences;
    std::uint64_t offset;
  };
  const Row rows[] = {
      {"gbk", "\xD6\xD0<p>"sv, "中<p>", 0, 0},
      {"gbk", "\x80"sv, "€", 0, 0},
      {"gbk", "a\xD6<p>"sv, "a\uFFFD<p>", 1, 1},
      {"gbk", "\xD6\n\xD0\r"sv, "\uFFFD\n\uFFFD\r", 2, 0},
      {"gbk", "\xD6\xFF\xD6\xD0"sv, "\uFFFD中", 1, 0},
      {"gbk", "\xFF\xD6\xD0"sv, "\uFFFD中", 1, 0},
      {"gbk", "\xD6\xD0\xD6"sv, "中\uFFFD", 1, 2},
      {"gb18030", "\x95\x32\x82\x36"sv, "𠀀", 0, 0},
      {"gb18030", "\xE3\x32\x9A\x35"sv, "\U0010FFFF", 0, 0},
      {"gb18030", "\xE3\x32\x9A\x36"sv, "\uFFFD2\uFFFD6", 2, 0},  // beyond Unicode
      {"gb18030", "\x81\x30\x81"sv, "\uFFFD0\uFFFD", 2, 0},
      {"gb18030", "\x81\x30<p>"sv, "\uFFFD0<p>", 1, 0},
      {"big5", "\xA4\xA4<p>"sv, "中<p>", 0, 0},
      {"big5", "\xA4<p>\xA4\xA4"sv, "\uFFFD<p>中", 1, 0},
      {"big5", "\x87\x40"sv, "䏰", 0, 0},       // HKSCS
      {"big5", "\xF9\xD6"sv, "碁", 0, 0},       // ETEN
      {"big5", "\x88\x62x"sv, "Ê̄x", 0, 0},      // two code points
      {"big5", "\x81\x40"sv, "\uFFFD@", 1, 0},  // nothing stands there
      {"euc-tw", "\xC4\xE3"sv, "中", 0, 0},
      {"euc-tw", "\x8E\xA2\xA1\xA1"sv, "乂", 0, 0},
      {"euc-tw", "\x8E\xA2\xA1<"sv, "\uFFFD<", 1, 0},
      {"utf-16le", "\x2D\x4E\n\0"sv, "中\n", 0, 0},
      {"utf-16le", "\xFF\xFE\x2D\x4E"sv, "中", 0, 0},
      {"utf-16be", "\xFE\xFF\x4E\x2D\xFE\xFF"sv, "中\uFEFF", 0, 0},
      {"utf-16be", "\xD8\x40\xDC\x00"sv, "𠀀", 0, 0},
      {"utf-16be", "\xD8\x40\0a\xDC\x00"sv, "\uFFFDa\uFFFD", 2, 0},
      {"utf-16le", "\x2D\x4E\x2D"sv, "中\uFFFD", 1, 2},
      {"utf-32be", "\0\0\x4E\x2D\0\x02\0\0"sv, "中𠀀", 0, 0},
      {"utf-32be", "\0\0\xD8\x40\0\x11\0\0\0"sv, "\uFFFD\uFFFD\uFFFD", 3, 0},
      {"utf-16", "\xFE\xFF\x4E\x2D"sv, "中", 0, 0},
      {"utf-32", "\xFF\xFE\0\0\x2D\x4E\0\0"sv, "中", 0, 0},
  };
  for (const Row& row : rows) {
    INFO(row.charset << ' ' << dedup::test::visible(row.bytes));
    const Decoded whole = decode(row.charset, row.bytes);
    CHECK(dedup::test::visible(whole.text) == dedup::test::visible(row.text));
    CHECK(whole.damage.sequences == row.sequences);
    CHECK(whole.damage.offset == row.offset);
  }
}

namespace {

/// Compares all of `sequences` with the system's converter, and returns how many differ, of which
/// those that either side refuses are not among.
struct Difference {
  std::size_t other = 0;  ///< both have a character, and not the same
  std::size_t ours = 0;   ///< only we have one
  std::size_t theirs = 0;
};

void compare(Difference& difference, dedup::text::Decoder& decoder, Iconv& convert,
             const std::string& bytes) {
  const Decoded got = decode(decoder, bytes);
  const std::string want = convert(bytes);
  const bool whole = got.damage.sequences == 0;
  difference.other += whole && !want.empty() && got.text != want ? 1 : 0;
  difference.ours += whole && want.empty() ? 1 : 0;
  difference.theirs += !whole && !want.empty() ? 1 : 0;
}

Difference compare_pairs(const char* charset, const char* theirs) {
  Difference difference;
  Iconv convert("UTF-8", theirs);
  const auto decoder = dedup::text::decoder_called(charset);
  for (unsigned lead = 0x80; lead <= 0xFF; ++lead) {
    for (unsigned trail = 0x40; trail <= 0xFF; ++trail) {
      compare(difference, *decoder, convert, {static_cast<char>(lead), static_cast<char>(trail)});
    }
  }
  return difference;
}

}  // namespace

// But for 80, which it has not: before ASCII, the euro sign or a byte that is none.
TEST_CASE("GB18030 is what iconv takes it for") {
  const Difference pairs = compare_pairs("gb18030", "GB18030");
  CHECK(pairs.other == 1);  // A3A0, the space
  CHECK(pairs.ours == 65);
  CHECK(pairs.theirs == 0);

  Difference quads;
  Iconv convert("UTF-8", "GB18030");
  const auto decoder = dedup::text::decoder_called("gb18030");
  for (std::uint32_t i = 0; i < 1'260'000; i += 97) {
    compare(quads, *decoder, convert,
            {static_cast<char>(0x81 + i / 12'600), static_cast<char>('0' + i / 1260 % 10),
             static_cast<char>(0x81 + i / 10 % 126), static_cast<char>('0' + i % 10)});
  }
  CHECK(quads.other == 0);
  CHECK(quads.ours == 0);
  CHECK(quads.theirs == 0);
}

// HKSCS-2008. Where code page 950 and HKSCS differ in marks (11 at A145 and behind), ours are those
// of the page, as in the Encoding Standard; so are eight that HKSCS has not. To iconv 80 is a
// control.
TEST_CASE("Big5 is what iconv takes Big5-HKSCS for") {
  const Difference pairs = compare_pairs("big5", "BIG5-HKSCS");
  CHECK(pairs.other == 11);
  CHECK(pairs.ours == 8);
  CHECK(pairs.theirs == 65);
}

// 13 marks have twins in Unicode; and ICU's table of plane 1 has radicals, and characters of
// CNS 11643-2007, which iconv has not.
TEST_CASE("EUC-TW is what iconv takes it for") {
  const Difference pairs = compare_pairs("euc-tw", "EUC-TW");
  CHECK(pairs.other == 13);
  CHECK(pairs.ours == 432);
  CHECK(pairs.theirs <= 8);
}

TEST_CASE("a document's charset is found, and told") {
  struct Row {
    const char* charset;  // of iconv
    std::string_view text;
    std::string_view name;
    EncodingSource source;
  };
  const Row rows[] = {
      {"UTF-8", kSimplified, "UTF-8", EncodingSource::valid},
      {"UTF-8", "plain ASCII\n", "UTF-8", EncodingSource::valid},
      {"GBK", kSimplified, "GB18030", EncodingSource::guess},
      {"GBK", kTraditional, "GB18030", EncodingSource::guess},
      {"BIG5", kTraditional, "Big5", EncodingSource::guess},
      {"EUC-TW", kTraditional, "EUC-TW", EncodingSource::guess},
      {"UTF-16LE", kSimplified, "UTF-16LE", EncodingSource::guess},
      {"UTF-16BE", kTraditional, "UTF-16BE", EncodingSource::guess},
      {"UTF-32LE", kSimplified, "UTF-32LE", EncodingSource::guess},
      {"UTF-32BE", kSimplified, "UTF-32BE", EncodingSource::guess},
      {"UTF-16", kSimplified, "UTF-16LE", EncodingSource::mark},
      {"UTF-32", kSimplified, "UTF-32LE", EncodingSource::mark},
      {"UTF-16LE", "a page in English\n", "UTF-16LE", EncodingSource::guess},
      {"GBK", "版权所有", "GB18030", EncodingSource::guess},
      {"BIG5", "版權所有", "Big5", EncodingSource::guess},
  };
  for (const Row& row : rows) {
    INFO(row.charset << ' ' << row.text);
    const Decoded result = decode("auto", encoded(row.charset, row.text));
    CHECK(result.text == row.text);
    CHECK(result.encoding.name == row.name);
    CHECK(result.encoding.source == row.source);
    CHECK(result.damage.sequences == 0);
  }
}

TEST_CASE("what is no Chinese text of ours is UTF-8, and its damage is told") {
  struct Row {
    const char* charset;
    std::string_view text;
  };
  const Row rows[] = {
      {"ISO-8859-1", "Les élèves préfèrent être réveillés très tôt à l'été, où êtes-vous né"},
      {"CP1252", "He said “don’t” and “it’s fine”, and she’d said “so’s this”."},
      {"CP1251", "Все люди рождаются свободными и равными в своем достоинстве и правах."},
      {"EUC-KR", "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다."},
      {"EUC-JP", "すべての人間は、生まれながらにして自由であり、尊厳と権利とについて平等である。"},
      {"SHIFT_JIS",
       "すべての人間は、生まれながらにして自由であり、尊厳と権利とについて平等である。"},
      {"GBK", "锕铪镎镅锔锫锎锿镄钔锘铹"},  // too strange to be sure of
  };
  for (const Row& row : rows) {
    INFO(row.charset << ' ' << row.text);
    const Decoded result = decode("auto", encoded(row.charset, row.text));
    CHECK(result.encoding.name == "UTF-8");
    CHECK(result.encoding.source == EncodingSource::fallback);
    CHECK(result.damage.sequences > 0);
  }
}

TEST_CASE("damaged UTF-8 is never another charset") {
  std::string text;
  for (int i = 0; i < 20; ++i) text += kSimplified;
  for (std::size_t at = 0; at < text.size(); at += 37) {
    std::string bytes = text;
    bytes[at] = '\xFF';
    const Decoded result = decode("auto", bytes);
    REQUIRE(result.encoding.name == "UTF-8");
    REQUIRE(result.encoding.source == EncodingSource::valid);
    REQUIRE(result.damage.sequences > 0);
  }
  // More than one in a hundred, and still more like UTF-8 than anything else.
  for (std::size_t i = 1; i < 30; ++i) {
    const Decoded result = decode("auto", kSimplified.substr(i, 31));
    CHECK(result.encoding.name == "UTF-8");
  }
  CHECK(decode("auto", "\xFF\xFE" + text).encoding.name == "UTF-8");  // a mark that lies
  CHECK(decode("auto", "a\0b\0\0c\0one\0two\0"sv).text == "a\0b\0\0c\0one\0two\0"sv);
}

TEST_CASE("labels are believed in their order, where the bytes do not contradict them") {
  const std::string gbk = encoded("GBK", kSimplified);
  const std::string big5 = encoded("BIG5", kTraditional);
  const std::string strange = encoded("GBK", "锕铪镎镅锔锫锎锿镄钔锘铹");
  const std::string meta = "<html><head><meta charset=gbk></head>\n";
  struct Row {
    std::string bytes;
    CharsetHints hints;
    std::string_view name;
    EncodingSource source;
  };
  const Row rows[] = {
      {gbk, {"gb2312", false}, "GB18030", EncodingSource::label},
      {gbk, {"utf-8", false}, "GB18030", EncodingSource::guess},
      {gbk, {"big5", false}, "GB18030", EncodingSource::guess},
      {gbk, {"iso-8859-1", false}, "GB18030", EncodingSource::guess},
      {gbk, {"utf-16", false}, "GB18030", EncodingSource::guess},
      {big5, {"gbk", false}, "Big5", EncodingSource::guess},
      {big5, {"big5-hkscs", false}, "Big5", EncodingSource::label},
      {std::string(kSimplified), {"gbk", false}, "UTF-8", EncodingSource::valid},
      {"\xEF\xBB\xBF" + std::string(kSimplified), {"gbk", false}, "UTF-8", EncodingSource::mark},
      {encoded("UTF-16", kSimplified), {"gbk", false}, "UTF-16LE", EncodingSource::mark},
      {encoded("UTF-16BE", kSimplified), {"utf-16", false}, "UTF-16BE", EncodingSource::guess},
      {strange, {"gbk", false}, "GB18030", EncodingSource::label},
      {strange, {"utf-8", false}, "UTF-8", EncodingSource::fallback},
      {meta + strange, {"", true}, "GB18030", EncodingSource::markup},
      {meta + strange, {"", false}, "UTF-8", EncodingSource::fallback},
      {meta + strange, {"big5", true}, "Big5", EncodingSource::label},
      {meta + big5, {"", true}, "Big5", EncodingSource::guess},
      {"<!-- " + meta + " -->" + strange, {"", true}, "UTF-8", EncodingSource::fallback},
      {std::string(16'000, ' ') + meta + strange, {"", true}, "GB18030", EncodingSource::markup},
      {std::string(16'384, ' ') + meta + strange, {"", true}, "UTF-8", EncodingSource::fallback},
  };
  for (const Row& row : rows) {
    INFO(row.name << " from " << dedup::test::visible(row.bytes.substr(0, 60)) << ", labelled "
                  << row.hints.label);
    const Decoded result = decode("auto", row.bytes, row.hints);
    CHECK(result.encoding.name == row.name);
    CHECK(result.encoding.source == row.source);
  }
}

TEST_CASE("what is read does not depend on how the bytes are cut") {
  std::vector<std::string> documents = {
      encoded("GBK", kSimplified),
      encoded("BIG5", kTraditional),
      encoded("EUC-TW", kTraditional),
      encoded("UTF-16", kSimplified),
      encoded("UTF-16BE", kTraditional),
      encoded("UTF-32LE", kSimplified),
      encoded("GB18030", "𠀀𠀁𠀂中文的一二三四。"),
      std::string(kSimplified),
      "\xEF\xBB\xBF" + std::string(kSimplified),
      std::string(80, 'a') + encoded("GBK", kSimplified) + "\xD6",
      std::string(70, 'a') + "\xE5\xB8" + std::string(kSimplified),
  };
  const auto decoder = dedup::text::decoder_called("auto");
  for (const std::string& document : documents) {
    const Decoded whole = decode(*decoder, document);
    for (std::size_t cut = 0; cut <= document.size(); ++cut) {
      Decoded parts;
      decoder->reset();
      decoder->feed(std::string_view(document).substr(0, cut), parts.text);
      decoder->feed(std::string_view(document).substr(cut), parts.text);
      decoder->finish(parts.text);
      REQUIRE(parts.text == whole.text);
      REQUIRE(decoder->encoding() == whole.encoding);
      REQUIRE(decoder->damage().sequences == whole.damage.sequences);
      REQUIRE(decoder->damage().offset == whole.damage.offset);
    }
    for (const std::size_t piece : {1, 2, 3, 5, 64}) {
      const Decoded pieces = decode(*decoder, document, piece);
      REQUIRE(pieces.text == whole.text);
      REQUIRE(pieces.encoding == whole.encoding);
      REQUIRE(pieces.damage.offset == whole.damage.offset);
    }
  }
}

TEST_CASE("a choice is made on 64 KiB, and stands") {
  std::string text;
  while (text.size() < 300'000) text += kTraditional;
  const std::string bytes = encoded("BIG5", text);
  const auto decoder = dedup::text::decoder_called("auto");
  for (const std::size_t piece : {1000, 65'535, 65'536, 65'537, 1 << 20}) {
    const Decoded result = decode(*decoder, bytes, piece);
    CHECK(result.text == text);
    CHECK(result.encoding.name == "Big5");
  }
  // Nothing waits that need not: ASCII, and UTF-8 behind four characters.
  std::string out;
  decoder->reset();
  decoder->feed(std::string(100, 'a') + "\n", out);
  CHECK(out.size() == 101);
  decoder->feed("中文网页", out);
  CHECK(out.size() == 113);
  // What follows the sample is read as the sample was.
  const Decoded mixed = decode(*decoder, bytes + std::string(kSimplified));
  CHECK(mixed.encoding.name == "Big5");
  CHECK(mixed.text.starts_with(text));
}

TEST_CASE("a content type has a media type and a charset") {
  struct Row {
    std::string_view text, media, charset;
    bool html;
  };
  const Row rows[] = {
      {"text/html; charset=gbk", "text/html", "gbk", true},
      {"Text/HTML;Charset=\"GB2312\"", "Text/HTML", "GB2312", true},
      {" text/html ; charset = 'big5' ; x=y", "text/html", "big5", true},
      {"application/xhtml+xml", "application/xhtml+xml", "", true},
      {"text/plain;charset=utf-8;format=flowed", "text/plain", "utf-8", false},
      {"charset=gbk", "", "gbk", false},
      {"text/html; mycharset; charset=gbk", "text/html", "gbk", true},
      {"text/html; charset=", "text/html", "", true},
      {"text/html; charset=\"gbk", "text/html", "", true},
      {"text/htmlx", "text/htmlx", "", false},
      {"", "", "", false},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const auto type = dedup::text::parse_content_type(row.text);
    CHECK(type.media == row.media);
    CHECK(type.charset == row.charset);
    CHECK(type.is_html() == row.html);
  }
}

TEST_CASE("HTML says what it is in, outside of comments") {
  struct Row {
    std::string_view head;
    std::optional<Charset> charset;
  };
  const Row rows[] = {
      {"<meta charset=gbk>", Charset::gb18030},
      {"<META CHARSET = \"Big5\" />", Charset::big5},
      {"<meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">", Charset::gb18030},
      {"<meta content='text/html;charset=utf-8' http-equiv='content-type'>", Charset::utf8},
      {"<meta content='text/html;charset=gbk'>", std::nullopt},
      {"<meta name=charset content=gbk>", std::nullopt},
      {"<!-- <meta charset=gbk> --><meta charset=big5>", Charset::big5},
      {"<!-- <meta charset=gbk>", std::nullopt},
      {"<!--><meta charset=gbk>", Charset::gb18030},
      {"<?xml version=\"1.0\" encoding=\"gbk\"?><html>", Charset::gb18030},
      {"<meta charset=utf-16>", std::nullopt},
      {"<meta charset=latin1><meta charset=gbk>", Charset::gb18030},
      {"<metadata charset=gbk>", std::nullopt},
      {"<meta charset='gbk", Charset::gb18030},
      {"<meta x=\"<meta charset=gbk>\">", std::nullopt},
      {"<meta =\"/\"/=charset=gbk", std::nullopt},
      {"<meta", std::nullopt},
      {"", std::nullopt},
  };
  for (const Row& row : rows) {
    INFO(row.head);
    const auto found = dedup::text::charset_in_markup(row.head);
    CHECK(found == (row.charset ? std::optional(Charsets(*row.charset)) : std::nullopt));
  }
}

TEST_CASE("a page is told how it was read") {
  dedup::Cleaner cleaner;
  const std::string gbk = encoded("GBK", kSimplified);
  const dedup::Cleaned guessed = cleaner.clean({.bytes = gbk});
  CHECK(guessed.text == kSimplified);
  CHECK(guessed.encoding.name == "GB18030");
  CHECK(guessed.encoding.source == EncodingSource::guess);
  CHECK(guessed.encoding.confidence > 0.9);
  const std::string strange = encoded("GBK", "锕铪镎镅锔锫锎锿镄钔锘铹");
  CHECK(cleaner.clean({.bytes = strange}).encoding.source == EncodingSource::fallback);
  CHECK(cleaner.clean({.bytes = strange, .content_type = "text/plain; charset=GBK"}).text ==
        "锕铪镎镅锔锫锎锿镄钔锘铹");
  const dedup::Cleaned damaged = cleaner.clean({.bytes = gbk + "\xD6\n"});
  CHECK(damaged.damage.sequences == 1);
  CHECK(damaged.damage.offset == gbk.size());
  CHECK(dedup::Cleaner({.encoding = "big5"}).clean({.bytes = gbk}).encoding.name == "Big5");
}
