// SPDX-License-Identifier: Apache-2.0
// `dedup index`: looks after the files of --index.
#pragma once

#include "command/args.h"

namespace dedup::tool {

/// Returns the exit status. Throws IndexError, InputError and OutputError.
[[nodiscard]] int look_after(const IndexJob& job);

}  // namespace dedup::tool
