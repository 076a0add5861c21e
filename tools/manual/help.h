// SPDX-License-Identifier: Apache-2.0
// What -h and --help print.
#pragma once

#include <string>

#include "manual/option_table.h"

namespace dedup::tool {

/// The options that are needed most, and how to begin; in Chinese, if that is wanted.
[[nodiscard]] std::string brief_help(const Manual& manual, bool chinese);

/// All there is to say, in English.
[[nodiscard]] std::string whole_help(const Manual& manual);

}  // namespace dedup::tool
