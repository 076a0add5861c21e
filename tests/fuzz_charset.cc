// SPDX-License-Identifier: Apache-2.0
// Fuzz target: decoding of any bytes in any charset. The first byte chooses the charset and whether
// the document is HTML, the second the label, the third the size of the pieces.
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "dedup/dedup.h"
#include "support.h"
#include "text/charset/choosing_decoder.h"

namespace {

constexpr const char* kCharsets[] = {"auto",     "utf-8",    "gb18030",  "big5",
                                     "euc-tw",   "utf-16",   "utf-16le", "utf-16be",
                                     "utf-32le", "utf-32be", "utf-32"};
constexpr const char* kLabels[] = {"", "utf-8", "gbk", "big5", "euc-tw", "utf-16", "latin1"};

void require(bool holds, const char* promise) {
  if (!holds) throw std::logic_error(promise);
}

struct Decoded {
  std::string text;
  std::uint64_t sequences = 0;
  std::uint64_t offset = 0;
  dedup::Encoding encoding;
  friend bool operator==(const Decoded&, const Decoded&) = default;
};

Decoded decode(dedup::text::Decoder& decoder, std::string_view bytes, std::size_t piece,
               const dedup::text::CharsetHints& hints) {
  Decoded result;
  decoder.reset(hints);
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    decoder.feed(bytes.substr(at, piece), result.text);
  }
  decoder.finish(result.text);
  require(decoder.input_bytes() == bytes.size(), "all bytes are counted");
  result.sequences = decoder.damage().sequences;
  result.offset = decoder.damage().offset;
  result.encoding = decoder.encoding();
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 3, size - 3);
  const auto decoder = dedup::text::decoder_called(kCharsets[data[0] % std::size(kCharsets)]);
  const dedup::text::CharsetHints hints{kLabels[data[1] % std::size(kLabels)], data[0] >= 128};

  const Decoded whole = decode(*decoder, bytes, size, hints);
  require(dedup::test::is_utf8(whole.text), "P4: what is decoded is UTF-8");
  require(whole.sequences == 0 || whole.offset < bytes.size(), "damage lies in the document");
  require(whole.text.size() <= 3 * bytes.size(), "no byte becomes more than three");
  require(whole.encoding.confidence >= 0 && whole.encoding.confidence <= 1, "a share");
  const Decoded pieces = decode(*decoder, bytes, 1U + data[2], hints);
  require(whole == pieces, "P5: reads of any size");
  if (dedup::test::is_utf8(bytes) && whole.encoding.name == "UTF-8") {
    require(whole.text == bytes, "P1: valid UTF-8 stays");
  }
  return 0;
}
