// SPDX-License-Identifier: Apache-2.0
// Options by the names and words of the command, as keyword arguments give them.
#pragma once

#include <nanobind/nanobind.h>

#include <string_view>
#include <vector>

#include "dedup/options.h"

namespace dedup::python {

/// Raises TypeError for a name that no option has and for a value of another type, InvalidOption
/// for a word that the option does not know. What makes no sense together is for the Cleaner.
[[nodiscard]] Options options_from(const nanobind::kwargs& given);

/// The names, in the order in which they are explained.
[[nodiscard]] std::vector<std::string_view> option_names();

/// Scratch space below a directory; None: below that for temporary files.
[[nodiscard]] std::shared_ptr<Scratch> scratch_from(nanobind::handle directory);

/// A key of the fingerprints: 32 bytes.
[[nodiscard]] Secret secret_from(nanobind::handle bytes);

}  // namespace dedup::python
