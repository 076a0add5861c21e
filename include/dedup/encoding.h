// SPDX-License-Identifier: Apache-2.0
// How the bytes of a document were read.
#pragma once

#include <cstdint>
#include <string_view>

#include "dedup/export.h"

namespace dedup {

/// What decided how the bytes of a document are read; in the order in which it is asked. Each but
/// the first is checked against the bytes, and passed over where they contradict it.
enum class EncodingSource : std::uint8_t {
  given,     ///< Options::encoding
  mark,      ///< a byte order mark
  valid,     ///< the bytes are UTF-8, or all but one in a hundred sequences are
  label,     ///< the charset of a content type, such as that of an HTTP header
  markup,    ///< what a page in HTML says of itself
  guess,     ///< what the bytes look like
  fallback,  ///< nothing fits: read as UTF-8, which then does not decode in full
};

/// The word for it, e.g. "guess".
[[nodiscard]] DEDUP_EXPORT std::string_view name(EncodingSource source) noexcept;

/// The charset that a document was read in. A plain value; the name lives for ever.
struct Encoding {
  std::string_view name = "UTF-8";                ///< "UTF-16LE", "GB18030", "Big5", "EUC-TW" …
  EncodingSource source = EncodingSource::valid;  ///< what decided for it
  double confidence = 1;  ///< from 0 to 1; below 1 for labels, guesses and the fallback
  /// Member by member.
  friend bool operator==(const Encoding&, const Encoding&) = default;
};

}  // namespace dedup
