// SPDX-License-Identifier: Apache-2.0
#include "text/decode.h"

#include <random>
#include <string>
#include <string_view>

#include "catch.h"
#include "support.h"

using dedup::text::Utf8Decoder;

namespace {

struct Decoded {
  std::string text;
  dedup::Damage damage;
};

Decoded decode(std::string_view bytes, std::size_t piece = std::string::npos) {
  Utf8Decoder decoder;
  Decoded result;
  for (std::size_t at = 0; at < bytes.size(); at += std::min(piece, bytes.size())) {
    decoder.feed(bytes.substr(at, piece), result.text);
  }
  decoder.finish(result.text);
  CHECK(decoder.input_bytes() == bytes.size());
  result.damage = decoder.damage();
  return result;
}

}  // namespace

TEST_CASE("broken sequences become one U+FFFD for each maximal subpart, with the first offset") {
  struct Row {
    std::string_view bytes;
    std::string_view text;
    std::size_t sequences;
    std::size_t offset;
  };
  using namespace std::string_view_literals;
  const Row rows[] = {
      {"中文"sv, "中文", 0, 0},
      {"中\xFF文"sv, "中\uFFFD文", 1, 3},
      {"\x80\x80"sv, "\uFFFD\uFFFD", 2, 0},
      // a character cut short
      {"中\xE6\x96"sv, "中\uFFFD", 1, 3},
      {"\xE6\x96x"sv, "\uFFFDx", 1, 0},
      {"\xF0\x9F\x98中"sv, "\uFFFD中", 1, 0},
      // overlong forms, surrogates, beyond Unicode: no subpart is well-formed
      {"\xC0\xAF"sv, "\uFFFD\uFFFD", 2, 0},
      {"\xE0\x80\x80"sv, "\uFFFD\uFFFD\uFFFD", 3, 0},
      {"\xED\xA0\x80"sv, "\uFFFD\uFFFD\uFFFD", 3, 0},
      {"\xF4\x90\x80\x80"sv, "\uFFFD\uFFFD\uFFFD\uFFFD", 4, 0},
      {"\xF5"sv, "\uFFFD", 1, 0},
      // NUL and noncharacters are text
      {"a\0b"sv, "a\0b"sv, 0, 0},
      {"\xEF\xBF\xBE\xEF\xBF\xBF"sv, "\xEF\xBF\xBE\xEF\xBF\xBF", 0, 0},
  };
  for (const Row& row : rows) {
    const Decoded decoded = decode(row.bytes);
    CHECK(decoded.text == row.text);
    CHECK(decoded.damage.sequences == row.sequences);
    CHECK(decoded.damage.offset == row.offset);
  }
}

TEST_CASE("the pieces that bytes come in make no difference") {
  std::mt19937 random(1);
  // Bytes that are leads, continuations or ASCII, so that every kind of cut and break occurs.
  static constexpr unsigned char kBytes[] = {0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2,
                                             0xE0, 0xE4, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5};
  for (int i = 0; i < 20000; ++i) {
    std::string bytes;
    for (std::size_t n = random() % 12; n > 0; --n) {
      bytes += static_cast<char>(kBytes[random() % std::size(kBytes)]);
    }
    const Decoded whole = decode(bytes);
    REQUIRE(whole.text == dedup::test::decoded(bytes));
    for (std::size_t piece = 1; piece <= 5; ++piece) {
      const Decoded cut = decode(bytes, piece);
      REQUIRE(cut.text == whole.text);
      REQUIRE(cut.damage.sequences == whole.damage.sequences);
      REQUIRE(cut.damage.offset == whole.damage.offset);
    }
  }
}

TEST_CASE("what is decoded tile by tile in one call is what comes of single bytes") {
  // Every character, and every broken one, once across each border between tiles of 4,000 bytes.
  for (const std::string_view unit :
       {"甲", "a\u00E9", "\U00020000", "\xE7\x94", "\xFF", "\xF0\x9F"}) {
    for (std::size_t shift = 0; shift < 4; ++shift) {
      std::string bytes(3992 + shift, 'a');
      while (bytes.size() < 9000) {
        bytes += unit;
      }
      const Decoded whole = decode(bytes);
      const Decoded single = decode(bytes, 1);
      CHECK(whole.text == single.text);
      CHECK(whole.damage.sequences == single.damage.sequences);
      CHECK(whole.damage.offset == single.damage.offset);
    }
  }
}
