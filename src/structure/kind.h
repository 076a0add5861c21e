// SPDX-License-Identifier: Apache-2.0
// The vocabulary of structure: what a line of a document is. Everything that asks "is this a list,
// a table, code?" asks in these words.
//
//   prose     running text, the only kind that has sentences       他推开门，屋里没有人。
//   heading   a short line that announces what follows             二、晒场怎样安排   ## 语法
//   label     ends in a colon; what it labels follows              **漏洞描述：**
//   field     a label with its value in one line                   书名：山间小路
//   item      of a list, numbered or with a bullet                 （二）制定管理办法。   - 甲
//   row       of a table: cells parted by | or tabs, or its frame  | 封面 | 第一页 |
//   code      source text, fenced, indented or plain               scroll(0, 0);
//   media     an image or a bare link, and nothing else            ![图](https://example.org/a.png)
//   rule      a line drawn across                                  ----------
//   markup    tags of HTML, with what stands between them          <td>甲</td>
#pragma once

#include <cstdint>

namespace dedup::structure {

enum class Kind : std::uint8_t {
  blank,
  prose,
  heading,
  label,
  field,
  item,
  row,
  code,
  media,
  rule,
  markup,
};

/// Whether lines of this kind have sentences.
[[nodiscard]] constexpr bool has_sentences(Kind kind) noexcept {
  return kind == Kind::prose || kind == Kind::heading;
}

/// Whether what stands in lines of this kind is text that an author wrote for readers: neither
/// source nor addresses.
[[nodiscard]] constexpr bool is_written(Kind kind) noexcept {
  return kind != Kind::code && kind != Kind::media && kind != Kind::rule && kind != Kind::markup;
}

}  // namespace dedup::structure
