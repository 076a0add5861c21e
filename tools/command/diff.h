// SPDX-License-Identifier: Apache-2.0
// What went and what changed, shown to people: of files as they would be cleaned, or of a run that
// is done, by its list.
#pragma once

#include "command/args.h"

namespace dedup::tool {

/// Cleans, writes no clean text, and shows the hunks. Returns the exit status, which does not tell
/// whether there are any; throws what clean() throws. Requires: job.view is set.
[[nodiscard]] int diff_files(CleanJob job);

/// The same out of the list of a run. Throws InputError, also where list and clean text do not
/// belong together, and OutputError.
[[nodiscard]] int diff_list(const DiffJob& job);

}  // namespace dedup::tool
