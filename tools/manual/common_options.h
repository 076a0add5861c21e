// SPDX-License-Identifier: Apache-2.0
// Options that mean the same in several commands.
#pragma once

#include "manual/option_table.h"

namespace dedup::tool::common {

inline constexpr OptionEntry kFilesFrom = {
    .name = "files-from",
    .argument = "LIST",
    .text = "files named in LIST, one on each line; - for standard input",
    .excludes = "files0-from",
    .group = Group::input};

inline constexpr OptionEntry kFiles0From = {
    .name = "files0-from",
    .argument = "LIST",
    .text = "the same with a NUL byte behind each: find -print0",
    .group = Group::input};

inline constexpr OptionEntry kQuiet = {.letter = 'q',
                                       .name = "quiet",
                                       .text = "no messages about damaged or skipped input",
                                       .group = Group::output,
                                       .value = Value::none};

/// Of a subcommand: the main job's are told of in other words.
inline constexpr OptionEntry kBriefHelp = {
    .letter = 'h', .text = "a shorter text", .group = Group::running, .value = Value::none};

inline constexpr OptionEntry kHelp = {
    .name = "help", .text = "this text", .group = Group::running, .value = Value::none};

}  // namespace dedup::tool::common
