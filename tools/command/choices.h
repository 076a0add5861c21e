// SPDX-License-Identifier: Apache-2.0
// The choices of the main job: what was typed for its options, as text, and what they mean.
#pragma once

#include <optional>
#include <string>

#include "command/args.h"
#include "command/typed.h"

namespace dedup::tool {

/// Checks every choice and sets what it means. Throws UsageError.
void apply(const Typed& typed, CleanJob& job);

/// `--format`; unset for "auto".
[[nodiscard]] std::optional<Format> format_of(const std::string& value);
/// `--color`
[[nodiscard]] Colour colour_of(const std::string& value);

}  // namespace dedup::tool
