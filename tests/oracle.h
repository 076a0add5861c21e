// SPDX-License-Identifier: Apache-2.0
// The oracle: rules 3, 4 and 6 and the blank-line rule, written as the design states them and with
// no eye to speed: whole keys compared in loops, no hashing, no windows. It shares structure,
// folding and segmentation with the library, which have tests of their own.
#pragma once

#include <string>
#include <vector>

#include "dedup/options.h"

namespace dedup::test {

/// The clean text of each document, for repair off and boilerplate off.
[[nodiscard]] std::vector<std::string> oracle(const std::vector<std::string>& documents,
                                              const Options& options);

}  // namespace dedup::test
