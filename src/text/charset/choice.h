// SPDX-License-Identifier: Apache-2.0
// Which charset a document is in, by its first bytes and what is said of it.
//
//   mark    valid UTF-8    label    mark-up    likelihood    UTF-8 with damage
//
// Each is taken only if the bytes do not contradict it: a label because they do not decode, or mean
// far more in another charset. Text with under one broken sequence in a hundred is damaged UTF-8.
#pragma once

#include <optional>
#include <string_view>

#include "dedup/encoding.h"
#include "text/charset/names.h"

namespace dedup::text {

/// What there is to decide by. The choice is a pure function of it.
struct Evidence {
  std::string_view bytes;          ///< from the head of the document, or of a line of it, on
  bool whole = false;              ///< the document ends with them
  bool at_start = false;           ///< and begins with them
  std::optional<Charsets> label;   ///< of the content type
  std::optional<Charsets> markup;  ///< what the document says of itself
};

struct Choice {
  Charset charset = Charset::utf8;
  EncodingSource source = EncodingSource::valid;
  double confidence = 1;
};

/// Chooses among `among`, which are not none. Cost: one pass over the bytes where they are UTF-8,
/// else one for each charset.
[[nodiscard]] Choice choose(const Evidence& evidence, Charsets among = Charsets::all());

/// Whether bytes that begin so are UTF-8 for certain, whatever follows.
enum class Utf8Head { certain, open, none };

/// Looks on at a head that was open: `seen` is how far it was looked at, `characters` what was
/// found there; both are 0 at first.
[[nodiscard]] Utf8Head look_at_head(std::string_view bytes, std::size_t& seen,
                                    std::size_t& characters) noexcept;

}  // namespace dedup::text
