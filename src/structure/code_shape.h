// SPDX-License-Identifier: Apache-2.0
// Source code and mark-up, told by what a line holds.
#pragma once

#include <string_view>

namespace dedup::structure {

/// Whether `text`, a line (valid UTF-8) without indent, is source text in some language: mostly
/// ASCII with the marks that join code, or a comment. Reads at most its first 160 bytes.
///
///   return left != right;     int n = 0; // 数量     </br>     // 返回顶部
[[nodiscard]] bool is_source_text(std::string_view text) noexcept;

/// Whether the line is mark-up: it begins with a tag that is no frame of prose, or that is a good
/// part of it.
///
///   <td style="…">甲</td>     but not     <b>注</b>：三乘四     <p>话说天下大势，…</p>
[[nodiscard]] bool is_markup(std::string_view text) noexcept;

/// <table> tags opened in the line and not closed in it; negative for closed ones.
[[nodiscard]] int open_tables(std::string_view text) noexcept;

}  // namespace dedup::structure
