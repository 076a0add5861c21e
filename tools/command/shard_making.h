// SPDX-License-Identifier: Apache-2.0
// With what a step of `dedup shard` makes keys: all steps must have the same, or keys do not meet.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command/args.h"
#include "dedup/index.h"
#include "dedup/index_file.h"
#include "dedup/options.h"
#include "shards/shard_file.h"

namespace dedup::tool {

/// Throws UsageError where the output of a step, if it is a file, is one that the step reads.
void must_not_replace(const std::optional<std::string>& output,
                      const std::vector<std::string>& read);

/// The secret in a file. Throws UsageError.
[[nodiscard]] Secret secret_in(const std::string& path);

/// What is in the index of earlier runs, where there is one. Throws IndexError.
[[nodiscard]] std::optional<IndexFacts> facts_of(const std::optional<std::string>& index);

/// Of a step that reads text with these options, beside an index or without.
[[nodiscard]] Making making_of(const ShardPart& job, const Secret& secret, const Options& options,
                               const std::optional<IndexFacts>& index);

/// What this step would have made of keys that are given: with its own index, or without.
[[nodiscard]] Making made_here(Making making, const Secret& secret,
                               const std::optional<IndexFacts>& index);

}  // namespace dedup::tool
