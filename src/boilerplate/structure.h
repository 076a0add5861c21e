// SPDX-License-Identifier: Apache-2.0
// Structure: blocks that recur in many documents and yet belong to each of them. They are never
// learned to be boilerplate, and never removed as such, however often they were seen.
//
//   第一章 总则      第 3 條 本辦法用詞，定義如下：      一、申請書。      1. 产品参数
//   ## 语法          | 名称 | 类型 |      │書記│委任│      [1]: https://example.org
//   本法自公布日施行。
#pragma once

#include <string_view>

namespace dedup::boilerplate {

/// Whether `line` (repaired, without line end) with this key is a clause, a numbered item, a
/// heading, table row or link definition, or the formula that puts a law into force.
/// Looks at the start of the line and at both ends of the key.
[[nodiscard]] bool is_structure(std::string_view line, std::u16string_view key);

/// Whether `line` reads like running text rather than a headline: it holds a comma, a full stop or
/// the like.
[[nodiscard]] bool has_clause_mark(std::string_view line);

}  // namespace dedup::boilerplate
