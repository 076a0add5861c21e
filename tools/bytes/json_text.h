// SPDX-License-Identifier: Apache-2.0
// A string as JSON writes it.
#pragma once

#include <string>
#include <string_view>

namespace dedup::tool {

/// `text`, which is UTF-8, in quotes; quotes, backslashes and controls escaped.
[[nodiscard]] std::string json_string(std::string_view text);

}  // namespace dedup::tool
