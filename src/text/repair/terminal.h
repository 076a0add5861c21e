// SPDX-License-Identifier: Apache-2.0
// What programs write to steer a terminal, in logs and recordings of it: colours, moves, titles.
//
//   ESC [31m错误 ESC [0m          ->   错误
//   ESC ]0;标题 BEL 提示          ->   提示
//
// Without its ESC the rest would stand in the text as if it were some.
#pragma once

#include <string_view>

#include "text/repair/changes.h"

namespace dedup::text {

/// The changes that take the control sequences (CSI) and commands (OSC) out of one line, each as a
/// whole. One that is broken off stays. Linear.
[[nodiscard]] Changes remove_terminal_sequences(std::string_view line);

}  // namespace dedup::text
