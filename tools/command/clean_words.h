// SPDX-License-Identifier: Apache-2.0
// What the words of the main job become, for it and for what is a run of it besides: diff, shard.
#pragma once

#include <optional>

#include "command/args.h"
#include "command/typed.h"
#include "command/values.h"
#include "manual/option_table.h"

namespace dedup::tool {

/// The help that was asked for, if any.
[[nodiscard]] std::optional<Answer> help(const Typed& typed, const Manual& manual);

[[nodiscard]] Operands operands_of(const Typed& typed);

void fill(const Typed& typed, CleanJob& job);

/// What was given of the options that decide what comes out, as --name=value. Who goes on with a
/// job may do it faster, or be told more of it.
[[nodiscard]] Words settings(const Typed& typed);

/// A run that was gone on with writes the same list of edits as one that was not interrupted.
[[nodiscard]] Words without_resume(Words words);

/// One of these goes to standard output, or what comes out is of no use.
/// Whether an output is also an input is asked of the file system in plan.cc.
void check_outputs(const CleanJob& job);

/// A log is of what is written, file by file; and to go on with a job its originals are read again.
void check_log_options(const CleanJob& job);

}  // namespace dedup::tool
