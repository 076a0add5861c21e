// SPDX-License-Identifier: Apache-2.0
// What a line is known by where its key says too much or nothing.
//
//   frame   2031-04-03 19:09  ->  #-#-##:#       the same on every page but for its figures
//           已有 1,280 人评论  ->  已有#人评论
//   mark    |                 ->  |              no key at all
//
// Only lines that say something about their page have a frame: a moment and nothing else, or a
// count of readers and comments. In others the figures are what the page is for: 价格：199 元,
// 上证指数收报 3021 点, 第 12 回.
#pragma once

#include <string>
#include <string_view>

namespace dedup::boilerplate {

/// The frame of a line (repaired, without line end) with this key; empty if it has none. No key is
/// a frame. Linear in the key, of which no more than 40 units are looked at.
[[nodiscard]] std::u16string frame_key(std::string_view line, std::u16string_view key);

/// The visible characters of a line without a key, as it is counted; empty for a long one.
[[nodiscard]] std::u16string mark_key(std::string_view line);

}  // namespace dedup::boilerplate
