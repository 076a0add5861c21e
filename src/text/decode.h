// SPDX-License-Identifier: Apache-2.0
// Decoding: bytes in any pieces to valid UTF-8. This is the seam where other charsets come in:
// whoever reads a document holds a Decoder and does not know which. See charset/decoders.h for
// those that are known, charset/choosing_decoder.h for the one that chooses.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dedup/encoding.h"
#include "dedup/sink.h"

namespace dedup::text {

/// What is known of a document from outside, before its first byte.
struct CharsetHints {
  std::string_view label;  ///< the charset of its content type; empty: none, others than ours too
  bool html = false;       ///< it is HTML, which may say itself
};

/// Call order: (reset feed* finish)*. The result does not depend on how the bytes were cut. One
/// thread at a time.
class Decoder {
 public:
  Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  virtual ~Decoder() = default;

  /// Appends to `out` all that is decided; a few bytes of an unfinished character wait, and where
  /// the charset is still to be chosen up to 64 KiB.
  virtual void feed(std::string_view bytes, std::string& out) = 0;

  /// The input ends here: a character still unfinished is broken.
  virtual void finish(std::string& out) = 0;

  /// Forgets counts and what waits, for the next document.
  virtual void reset(const CharsetHints& hints) = 0;
  void reset() { reset({}); }

  /// How the document is read; known at its end.
  [[nodiscard]] virtual Encoding encoding() const noexcept = 0;

  /// Bytes given since the last reset().
  [[nodiscard]] std::uint64_t input_bytes() const noexcept { return input_; }
  /// What of them did not decode. U+FFFD stands for each such sequence.
  [[nodiscard]] const Damage& damage() const noexcept { return damage_; }

 protected:
  std::uint64_t input_ = 0;
  Damage damage_;
};

/// UTF-8. What does not decode becomes U+FFFD, one for each maximal subpart of an ill-formed
/// sequence (Unicode 15, section 3.9, table 3-8). Cost: one pass of simdjson's validation.
class Utf8Decoder final : public Decoder {
 public:
  void feed(std::string_view bytes, std::string& out) override;
  void finish(std::string& out) override;
  using Decoder::reset;
  void reset(const CharsetHints& hints) override;
  [[nodiscard]] Encoding encoding() const noexcept override;

 private:
  void settle_waiting(std::string& out);
  void repair(std::string_view bytes, std::uint64_t offset, std::string& out);
  void broken(std::uint64_t offset, std::string& out);

  std::string waiting_;  // up to three bytes of a sequence that may go on
};

}  // namespace dedup::text
