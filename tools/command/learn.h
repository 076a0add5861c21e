// SPDX-License-Identifier: Apache-2.0
// `dedup learn`: reads documents and writes a model of the boilerplate that they share.
#pragma once

#include "command/args.h"

namespace dedup::tool {

/// Returns the exit status. Throws UsageError, InputError for operands out of which no file comes,
/// OutputError and InvalidOption.
[[nodiscard]] int learn(LearnJob job);

}  // namespace dedup::tool
