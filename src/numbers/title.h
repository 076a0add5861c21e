// SPDX-License-Identifier: Apache-2.0
// Titles: what two documents of much the same prose may still differ by. Records of one template
// say the same of another product; a reprint has nearly the headline of its original.
//
//   甲采购系统quickreceiptdetail接口越权     甲采购系统receiptdetail接口越权      other words: apart
//   固件里的口令                            打印机的日志                        unlike: apart
//   某法2013年修正                          某法2018年修正                      figures alone: agree
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dedup::numbers {

/// What is longer by weight is no title, nor is what has fewer units, such as 简介 or 正文. Of the key
/// of a title no more units than this are kept.
inline constexpr std::uint32_t kHeaviestTitle = 40;
inline constexpr std::size_t kShortestTitle = 4;
inline constexpr std::size_t kLongestTitle = 64;

/// Whether documents with titles of these keys may be one: the same words of other scripts and
/// identifiers, and half of all pairs of neighbouring characters in common. Pairs, since a change
/// in a title of ten characters leaves no shingle of five. An empty key is no title and agrees
/// with all.
[[nodiscard]] bool titles_agree(std::u16string_view a, std::u16string_view b);

}  // namespace dedup::numbers
