// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "command/args.h"
#include "command/values.h"

namespace dedup::tool {

/// The words behind `dedup index`. Throws UsageError.
[[nodiscard]] Command read_index(const Words& words);

}  // namespace dedup::tool
