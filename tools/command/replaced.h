// SPDX-License-Identifier: Apache-2.0
// What --in-place can replace, and --joblog can log. What they cannot is refused before the first
// file is opened.
#pragma once

#include "command/plan.h"

namespace dedup::tool {

/// Throws UsageError for standard input, directories, pipes and devices, files named twice, pages
/// and archives, and for a list of edits that cannot grow as the files become new.
void check_in_place(const CleanJob& job, const Plan& plan);

/// Throws UsageError where the log of a job is also another file of it, or the list cannot grow.
void check_log(const CleanJob& job);

}  // namespace dedup::tool
