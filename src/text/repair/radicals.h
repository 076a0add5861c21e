// SPDX-License-Identifier: Apache-2.0
// Radicals: code points that PDF extraction leaves in the place of ideographs, such as U+2F2F for
// 工.
#pragma once

#include <string_view>

#include "text/repair/changes.h"

namespace dedup::text {

/// The changes that put the unified ideograph for each radical of a line that has ideographs or
/// radicals on both sides. A radical that stands alone is meant as one. Linear.
[[nodiscard]] Changes unify_radicals(std::string_view line);

}  // namespace dedup::text
