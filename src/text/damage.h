// SPDX-License-Identifier: Apache-2.0
// Damage: places where bytes were lost before the text got here, which no repair can undo. The
// sentences that hold one are kept, but nothing is concluded from them.
//
//   U+FFFD                               bytes that did not decode
//   使?jié)h字                            pinyin put into the middle of a character of GBK
//   USB ?[05][07][08]？榛                 the same with control characters
//   a private-use character beside an ideograph    a character lost in conversion, unless repair
//                                                  knows which
//
// Cost on clean text: a look at each question mark.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "text/marks.h"

namespace dedup::text {

/// Appends the offsets of the damaged places of `text`, which is not repaired yet, in order.
void find_damage(std::string_view text, const Marks& marks, std::vector<std::size_t>& offsets);

}  // namespace dedup::text
