// SPDX-License-Identifier: Apache-2.0
// The allotment: how a limit of memory is divided between the windows being worked on, on so many
// threads, and what is remembered.
#pragma once

#include <cstdint>

#include "cleaner/analysis.h"
#include "dedup/options.h"

namespace dedup::cleaner {

/// What of the limit is left for what is remembered; a quarter of it at least. 0: no limit.
[[nodiscard]] std::uint64_t memory_for_index(const Options& options, const Analyser& analyser,
                                             unsigned threads);

/// As many threads as are wanted, or as leave half of the limit to what is remembered; 1 at least.
[[nodiscard]] unsigned affordable_threads(const Options& options, const Analyser& analyser);

}  // namespace dedup::cleaner
