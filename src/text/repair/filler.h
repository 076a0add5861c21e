// SPDX-License-Identifier: Apache-2.0
// Filler: what stands where text was lost for good.
//
//   锟斤拷锟斤拷锟斤拷    U+FFFD, twice, in UTF-8 and read as GBK
//   U+FFFD             bytes that did not decode
//   烫烫烫烫烫烫         CC and CD, with which debuggers fill memory, read as GBK; 屯屯屯屯屯屯
#pragma once

#include <string_view>

namespace dedup::text {

/// Whether a line holds little else: three units of 锟斤拷 or of U+FFFD, or six of 烫 or 屯, and no more
/// than as many other characters; beside 烫 and 屯, which are words, a third. A line that speaks of
/// it holds more. ASCII, which survives, is not counted.
[[nodiscard]] bool is_filler(std::string_view line);

}  // namespace dedup::text
