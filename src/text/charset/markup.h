// SPDX-License-Identifier: Apache-2.0
// The charset that a page in HTML says it is in.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "text/charset/names.h"

namespace dedup::text {

/// Where it is looked for. The standard says 1,024 bytes; pages have it later.
inline constexpr std::size_t kMarkupHead = std::size_t{16} << 10;

/// Of the first <meta charset>, <meta http-equiv="Content-Type" content> or <?xml encoding?> that
/// names a charset of ours, comments aside. UTF-16 and UTF-32 are passed over: in them the
/// declaration itself could not be read.
[[nodiscard]] std::optional<Charsets> charset_in_markup(std::string_view head);

}  // namespace dedup::text
