// SPDX-License-Identifier: Apache-2.0
// Lines that are told by the mark they begin with: fences, rules, headings and zones of Markdown,
// rows and frames, media, mark-up.
#pragma once

#include <optional>
#include <string_view>

#include "structure/shape.h"

namespace dedup::structure {

/// The kind of `text`, not empty, which begins with `first`, no ideograph; what else its mark says
/// goes to `shape`. Nothing if the mark means nothing by itself, as a quotation mark.
[[nodiscard]] std::optional<Kind> kind_by_first_mark(std::string_view text, char32_t first,
                                                     Shape& shape) noexcept;

}  // namespace dedup::structure
