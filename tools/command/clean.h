// SPDX-License-Identifier: Apache-2.0
// The main job: reads the operands in order, cleans them, writes the outputs.
#pragma once

#include "command/args.h"

namespace dedup::tool {

/// Returns the exit status. Throws UsageError, OutputError, and InvalidOption or FormatError for
/// what the Cleaner thinks of options and rules.
[[nodiscard]] int clean(const CleanJob& job);

}  // namespace dedup::tool
