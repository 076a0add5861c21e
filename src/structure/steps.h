// SPDX-License-Identifier: Apache-2.0
// Steps: how the items of a procedure reach over what stands between them. Unlike the items of
// other lists, steps come with what they are about, and often without an indent:
//
//   1. 输入下列命令。      first
//   ```cmd                 shown: source, a picture, a zone
//   run /all
//   ```
//   窗口会列出所有文件。   an outcome
//   2. 关闭窗口。          the next
//   > 不要切断电源。       what is left of the last one
//   ## 另请参阅
//
// What is shown tells a procedure from paragraphs that are numbered, and lets 1. 1. 1. count, as
// Markdown has it. All look-ahead is bounded by kMostBetween parts.
#pragma once

#include <cstddef>

#include "structure/ground.h"

namespace dedup::structure {

/// A line, and whether anything is shown on the way to it.
struct Reach {
  std::size_t at = 0;
  bool shown = false;
};

/// Whether line i is the next item of the list that begins with `first`. Numbers need not follow:
/// Markdown counts 1. 1. 1., and lists lose items.
[[nodiscard]] bool goes_on(const Ground& ground, std::size_t first, std::size_t i) noexcept;

/// Whether something is shown at line i rather than told.
[[nodiscard]] bool is_shown(const Ground& ground, std::size_t i) noexcept;

/// Whether a zone begins at line i that begins with a step, for some readers, of the list that
/// begins with `first`.
[[nodiscard]] bool holds_step(const Ground& ground, std::size_t first, std::size_t i) noexcept;

/// The line that follows item `last`, which ends at `end`, or the next item of the list that begins
/// with `first` if what stands between belongs to the last.
[[nodiscard]] Reach next_item(const Ground& ground, std::size_t first, std::size_t last,
                              std::size_t end) noexcept;

/// Behind what is left of the last step, which ends at `end`: what is shown, notes, and an outcome
/// where nothing else follows below the heading.
[[nodiscard]] std::size_t steps_end(const Ground& ground, std::size_t end) noexcept;

}  // namespace dedup::structure
