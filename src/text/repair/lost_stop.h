// SPDX-License-Identifier: Apache-2.0
// The lost stop: UTF-8 that was read as GBK ends in 。 and has lost the last byte of it.
//
//   。 at the end of a line       E3 80 82
//   what GBK makes of it         銆 and a lead without trail, or what stood before, € and the same
//   what comes of that           nothing, a question mark or U+FFFD
//
// Nearly every line of prose ends so, so no line could be put right without this. What else begins
// with E3 80 and may stand at the end of a line, behind an ideograph, is a bracket that closes,
// where one is open; and 〇, behind numerals.
#pragma once

#include "text/repair/misread.h"

namespace dedup::text {

/// Restores the stop at the end of the bytes behind a line, where it can be nothing else.
void restore_stop(Bytes& behind);

}  // namespace dedup::text
