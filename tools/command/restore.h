// SPDX-License-Identifier: Apache-2.0
// The way back: from the clean text and the list of edits to the decoded input.
#pragma once

#include "command/args.h"

namespace dedup::tool {

/// Returns the exit status. Throws InputError, also where list and clean text do not belong
/// together, and OutputError.
[[nodiscard]] int restore(const RestoreJob& job);

}  // namespace dedup::tool
