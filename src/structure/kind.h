// SPDX-License-Identifier: Apache-2.0
// The vocabulary of structure within the library: what its public face calls a LineKind. Everything
// that asks "is this a list, a table, code?" asks in these words.
#pragma once

#include <cstdint>

#include "dedup/structure.h"

namespace dedup::structure {

using Kind = LineKind;

/// Of headings: 1 to 6 in Markdown and on pages. What says no level is below all that do.
inline constexpr std::uint8_t kUnmarkedLevel = 7;

/// Whether lines of this kind have sentences.
[[nodiscard]] constexpr bool has_sentences(Kind kind) noexcept {
  return kind == Kind::prose || kind == Kind::heading;
}

/// Whether what stands in lines of this kind is text that an author wrote for readers: neither
/// source nor addresses.
[[nodiscard]] constexpr bool is_written(Kind kind) noexcept {
  return kind != Kind::code && kind != Kind::media && kind != Kind::rule && kind != Kind::markup;
}

}  // namespace dedup::structure
