// SPDX-License-Identifier: Apache-2.0
// The decoder that finds out which charset a document is in.
//
//   head        ASCII, the same in most charsets: goes on at once, but for the first 64 bytes
//   gathering   from the first other byte on (or from the head's first, if that is within those 64)
//               bytes wait, until they are UTF-8 for certain, or 64 KiB, or the document ends
//   decided     all goes to the decoder of the charset
//
// So most text in UTF-8 waits for four characters, and the choice depends on the document's bytes
// alone, not on how they were cut.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "text/charset/choice.h"
#include "text/charset/names.h"
#include "text/decode.h"

namespace dedup::text {

/// Memory: 64 KiB, and 16 more for HTML.
class ChoosingDecoder final : public Decoder {
 public:
  /// `among`: two charsets at least. Where these are not all, ASCII waits, too.
  explicit ChoosingDecoder(Charsets among) : among_(among) {}

  using Decoder::reset;
  void feed(std::string_view bytes, std::string& out) override;
  void finish(std::string& out) override;
  void reset(const CharsetHints& hints) override;
  [[nodiscard]] Encoding encoding() const noexcept override;

 private:
  static constexpr std::size_t kHead = 64;
  static constexpr std::size_t kSample = std::size_t{64} << 10;

  void pass_head(std::string_view& bytes, std::string& out);
  void gather(std::string_view& bytes, std::string& out);
  void decide(bool whole, std::string& out);
  void settle(const Choice& choice, std::string& out);
  void pass(std::string_view ascii, std::string& out);
  void take_over_damage();

  Charsets among_;
  std::optional<Charsets> label_;
  bool html_ = false;
  bool gathering_ = false;
  std::string markup_head_;     // what was passed of the first 16 KiB of HTML
  std::string held_;            // bytes that wait
  std::uint64_t passed_ = 0;    // before them
  std::size_t seen_ = 0;        // of held_, looked at for UTF-8
  std::size_t characters_ = 0;  // found there
  Utf8Head utf8_ = Utf8Head::open;
  std::optional<Choice> choice_;
  Decoder* chosen_ = nullptr;
  std::array<std::unique_ptr<Decoder>, kCharsetCount> decoders_;  // those that were chosen so far
};

/// The decoder for a choice among `among`: with one, of that charset.
[[nodiscard]] std::unique_ptr<Decoder> decoder_among(Charsets among);
/// The same by name; throws InvalidOption where it is unknown.
[[nodiscard]] std::unique_ptr<Decoder> decoder_called(const std::string& name);

}  // namespace dedup::text
