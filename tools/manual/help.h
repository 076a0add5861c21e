// SPDX-License-Identifier: Apache-2.0
// What -h and --help print.
#pragma once

#include <string>

#include "manual/option_table.h"

namespace dedup::tool {

/// The options that are needed most, and how to begin.
[[nodiscard]] std::string brief_help(const Manual& manual);

/// All there is to say.
[[nodiscard]] std::string whole_help(const Manual& manual);

}  // namespace dedup::tool
