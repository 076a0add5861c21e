// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "command/args.h"
#include "command/values.h"

namespace dedup::tool {

/// The words behind `dedup shard`. Throws UsageError.
[[nodiscard]] Command read_shard(const Words& words);

}  // namespace dedup::tool
