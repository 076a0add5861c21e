// SPDX-License-Identifier: Apache-2.0
// Digits as they are written.
#pragma once

#include <string_view>

namespace dedup {

inline constexpr std::string_view kHexDigits = "0123456789abcdef";

}  // namespace dedup
