// SPDX-License-Identifier: Apache-2.0
// Outline: lines that recur in many documents and yet belong to each of them, since documents of
// one kind have the same bones. They are never learned to be boilerplate, and never removed as
// such, however often they were seen.
//
//   第一章 总则      第 3 條 本辦法用詞，定義如下：      一、申請書。      1. 产品参数
//   ## 语法          | 名称 | 类型 |      │書記│委任│      [1]: https://example.org
//   本法自公布日施行。
//
// What a line is by its shape is structure's to say; here it is said which shapes are bones.
#pragma once

#include <string_view>

namespace dedup::boilerplate {

/// Whether `line` (repaired, without line end) with this key is counted as a clause, an item, a
/// chapter is, a heading of Markdown, a row of a table, where a link leads to, or the formula that
/// puts a law into force. Bullets and dates count nothing: menus have them.
/// A pure function of the line, so that what is learned in one document holds in all.
[[nodiscard]] bool is_outline(std::string_view line, std::u16string_view key);

}  // namespace dedup::boilerplate
