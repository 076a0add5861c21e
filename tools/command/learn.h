// SPDX-License-Identifier: Apache-2.0
// `dedup learn`: reads documents and writes a model of the boilerplate that they share.
#pragma once

#include "command/args.h"

namespace dedup::tool {

/// Returns the exit status. Throws UsageError, OutputError and InvalidOption.
[[nodiscard]] int learn(const LearnJob& job);

}  // namespace dedup::tool
