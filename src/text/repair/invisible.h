// SPDX-License-Identifier: Apache-2.0
// Invisible characters: controls, what steers a terminal, zero-width and format characters,
// orphaned joiners and variation selectors, and text stored backwards under a right-to-left
// override.
//
//   其实[RLO]致导[PDF]肥胖   ->   其实导致肥胖
//
// What a line needs to be shown right stays: joiners in emoji and between letters of cursive
// scripts, selectors behind emoji and ideographs, direction marks in a line with right-to-left
// letters.
#pragma once

#include <string_view>

#include "text/repair/changes.h"

namespace dedup::text {

/// The changes that clean one line (without its line end). Cleaning the result again changes
/// nothing. Linear.
[[nodiscard]] Changes remove_invisible(std::string_view line);

}  // namespace dedup::text
