// SPDX-License-Identifier: Apache-2.0
// The manual page of all commands, dedup.1, in man(7).
#pragma once

#include <string>
#include <string_view>

namespace dedup::tool {

/// `version` as of dedup::version().
[[nodiscard]] std::string man_page(std::string_view version);

}  // namespace dedup::tool
