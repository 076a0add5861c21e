// SPDX-License-Identifier: Apache-2.0
// Which options decide what is remembered of a document: an index in a file is for one choice of
// them.
#pragma once

#include <string>

#include "dedup/options.h"

namespace dedup::cleaner {

/// As words with a blank between them, "scope=corpus repair=on …". Those with the same words
/// remember the same of the same document.
[[nodiscard]] std::string key_options(const Options& options);

}  // namespace dedup::cleaner
