// SPDX-License-Identifier: Apache-2.0
// What completes the options and operands of dedup in a shell.
#pragma once

#include <string>

namespace dedup::tool {

[[nodiscard]] std::string bash_completion();
[[nodiscard]] std::string zsh_completion();
[[nodiscard]] std::string fish_completion();

}  // namespace dedup::tool
