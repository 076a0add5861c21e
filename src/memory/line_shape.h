// What the text of a line shows and its matching key does not: structure, quotations, signs. Each
// function is a pure scan of the line, made only for lines that a cue already speaks against.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dedup::memory {

enum class LineShape : std::uint8_t {
  plain,
  item,    ///< heading, list item or table row of Markdown: `## 相关阅读`, `- 作者：张三`
  clause,  ///< clause of a law or a contract: `（三）`, `第五条`, `二、`
};
[[nodiscard]] LineShape shape_of(std::string_view line);

/// Whether a copyright sign stands in a line that is not a comment in a program's source.
[[nodiscard]] bool shows_copyright_sign(std::string_view line);

/// `line` without what stands in quotation marks or title marks; nothing if it quotes nothing.
[[nodiscard]] std::optional<std::string> without_quotations(std::string_view line);

}  // namespace dedup::memory
