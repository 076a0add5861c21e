// SPDX-License-Identifier: Apache-2.0
// The steps of `dedup shard` that read keys and no text. Each returns the exit status.
#pragma once

#include "command/args.h"

namespace dedup::tool {

/// first, and settle.
int shard_first(const ShardFirstJob& job);

/// index
int shard_index(const ShardIndexJob& job);

}  // namespace dedup::tool
