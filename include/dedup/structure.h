// SPDX-License-Identifier: Apache-2.0
// Structure: what the lines of a document are, and which of them mean something only together. The
// rules judge by it: a block is a paragraph of prose or a group, sentences are looked for in prose
// alone, code and the rows of tables are no boilerplate.
//
//   for (const dedup::StructureLine& line : dedup::structure_of(text)) {
//     std::cout << (line.joins ? "  " : "- ") << dedup::name(line.kind) << '\n';
//   }
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "dedup/export.h"

namespace dedup {

/// What a line is, by its shape and its neighbours.
enum class LineKind : std::uint8_t {
  blank,    ///< nothing that can be seen
  prose,    ///< running text, the only kind that has sentences: `他推开门，屋里没有人。`
  heading,  ///< a short line that announces what follows: `二、晒场怎样安排`, `## 语法`
  label,    ///< ends in a colon; what it labels follows: `**漏洞描述：**`
  field,    ///< a label with its value in one line: `书名：山间小路`
  item,     ///< of a list, numbered or with a bullet: `（二）制定办法。`, `- 甲`
  row,      ///< of a table, cells parted by | or tabs, or a frame: `| 封面 | 第一页 |`
  code,     ///< source text, fenced, indented or plain: `scroll(0, 0);`
  media,    ///< an image or a bare link and nothing else: `![图](https://example.org/a)`
  rule,     ///< a line drawn across: `----------`
  markup,   ///< tags of HTML, with what stands between them: `<td>甲</td>`
};

/// "prose", "heading", … as the enumerators are called. Never changes for a kind.
[[nodiscard]] DEDUP_EXPORT std::string_view name(LineKind kind) noexcept;

/// A line of a document.
struct StructureLine {
  std::size_t start = 0;            ///< byte offset of its first byte
  std::size_t end = 0;              ///< behind its last, without the line end
  LineKind kind = LineKind::blank;  ///< what it is
  bool joins = false;  ///< belongs to one block with the line before: code, a table, a record, a
                       ///< list, a procedure, a zone, a label with what it labels
};

/// The lines of `text`, which is valid UTF-8 as a Cleaner writes it, in order; a line ends at `\n`,
/// `\r\n` or `\r`. A pure function, safe on any thread; time and memory linear in the text. A
/// Cleaner sees the same in what it repaired, window by window.
[[nodiscard]] DEDUP_EXPORT std::vector<StructureLine> structure_of(std::string_view text);

}  // namespace dedup
