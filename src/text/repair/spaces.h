// SPDX-License-Identifier: Apache-2.0
// Blanks that do not belong in Chinese text: between the ideographs of a line spaced out letter by
// letter, inside of full-width marks, and U+3000 or no-break spaces around a line.
//
//   人 民 网 版 权 所 有     ->  人民网版权所有
//   大家都知道 ，「 他 」     ->  大家都知道，「他」
//
// Blanks that stand for something stay: between names and menu items, in a pair of empty brackets,
// in a table, in a list of single characters (日 一 二 三), in mark-up, and the ASCII indent of a line.
#pragma once

#include <string_view>

#include "text/repair/changes.h"
#include "text/tags.h"

namespace dedup::text {

/// The changes that tidy the blanks of one line that is not code. `before` is the state of tags
/// where the line starts. Tidying the result again changes nothing. Linear.
[[nodiscard]] Changes tidy_spaces(std::string_view line, const TagState& before = {});

}  // namespace dedup::text
