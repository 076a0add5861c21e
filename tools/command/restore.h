// SPDX-License-Identifier: Apache-2.0
// The way back: from the clean text and the list of edits to the decoded input.
#pragma once

#include "command/args.h"
#include "restorers/restorer.h"

namespace dedup::tool {

/// Returns the exit status. Throws InputError, also where list and clean text do not belong
/// together, and OutputError.
[[nodiscard]] int restore(const RestoreJob& job);

/// The part of it between opening the files and making the output good; see restorer.h.
void restore(List& list, Choice choice, const std::string& clean, Target& out,
             Listener* listener = nullptr);

}  // namespace dedup::tool
