// SPDX-License-Identifier: Apache-2.0
// An option in one line.
#pragma once

#include <string>

#include "manual/option_table.h"

namespace dedup::tool {

/// What it means: that of -h, else the first clause of the whole text.
[[nodiscard]] std::string summary(const OptionEntry& option);

/// The options as a list in Markdown, by their groups: that of the README, or of the Chinese one.
[[nodiscard]] std::string option_list(bool chinese);

}  // namespace dedup::tool
