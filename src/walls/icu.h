// SPDX-License-Identifier: Apache-2.0
// The ICU wall: what needs more than a table look-up. ICU's own objects are immutable singletons,
// so every function is safe on any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dedup::icu {

/// NFKC_Casefold of valid UTF-8. ICU reorders combining marks in quadratic time: the caller keeps
/// runs of them short.
[[nodiscard]] std::string nfkc_casefold(std::string_view text);

/// A span of a text, in bytes, and what it is to become.
struct Replacement {
  std::size_t start = 0;
  std::size_t end = 0;
  std::string text;
};

/// What brings valid UTF-8 to NFC, in order; quick where it is in NFC. Quadratic in runs of
/// combining marks: the caller keeps them short.
[[nodiscard]] std::vector<Replacement> nfc_replacements(std::string_view text);

/// The offsets at which grapheme clusters begin, and text.size() at the end.
[[nodiscard]] std::vector<std::size_t> grapheme_boundaries(std::string_view text);

/// The version of the library built against, e.g. "72.1"; its data cannot differ, since the soname
/// carries the major version.
[[nodiscard]] std::string_view version();

}  // namespace dedup::icu
