// SPDX-License-Identifier: Apache-2.0
// The main job: reads the operands in order, cleans them, writes the outputs.
#pragma once

#include "command/args.h"

namespace dedup::tool {

/// Returns the exit status. Throws UsageError, InputError for operands out of which no file comes,
/// OutputError, and InvalidOption or FormatError for what the Cleaner thinks of options and rules.
[[nodiscard]] int clean(CleanJob job);

}  // namespace dedup::tool
