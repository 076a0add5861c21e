// Decoding: bytes in any pieces to valid UTF-8. What does not decode becomes U+FFFD, one for each
// maximal subpart of an ill-formed sequence (Unicode 15, section 3.9, table 3-8), and is counted.
// This is the seam where other encodings will come in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dedup/sink.h"

namespace dedup::text {

/// Call order: (feed* finish)*. The result does not depend on how the bytes were cut.
class Decoder {
 public:
  /// Appends to `out` all that is decided; up to three bytes of an unfinished sequence wait.
  void feed(std::string_view bytes, std::string& out);

  /// The input ends here: a sequence still unfinished is broken.
  void finish(std::string& out);

  /// Bytes given since the last finish().
  [[nodiscard]] std::uint64_t input_bytes() const noexcept { return input_; }
  [[nodiscard]] const Damage& damage() const noexcept { return damage_; }

  /// Forgets counts, for the next document.
  void reset() noexcept;

 private:
  void settle_waiting(std::string& out);
  void repair(std::string_view bytes, std::uint64_t offset, std::string& out);
  void broken(std::uint64_t offset, std::string& out);

  std::string waiting_;
  std::uint64_t input_ = 0;
  Damage damage_;
};

}  // namespace dedup::text
