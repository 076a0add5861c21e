// SPDX-License-Identifier: Apache-2.0
// What the text of a line shows and its matching key does not: structure, quotations, signs. Each
// function is a pure scan of the line, made only for lines that a cue already speaks against.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dedup::boilerplate {

enum class LineShape : std::uint8_t {
  plain,
  item,    ///< heading, list item or table row of Markdown: `## 相关阅读`, `- 作者：张三`
  row,     ///< row of a table: `分享 22.3 27.9`; two groups of four digits are a telephone number
  clause,  ///< clause of a law or a contract: `（三）`, `第五条`, `二、`
};
[[nodiscard]] LineShape shape_of(std::string_view line);

/// Blanks of ASCII only: what is indented by U+3000 is a paragraph. Hardly a line has any, and many
/// questions begin here: so no search is called for.
[[nodiscard]] constexpr std::string_view without_indent(std::string_view line) noexcept {
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  return line;
}

/// Whether a copyright sign stands in a line that is not a comment in a program's source.
[[nodiscard]] bool shows_copyright_sign(std::string_view line);

/// Whether the marks of a sentence are in `text`.
[[nodiscard]] bool has_sentence_mark(std::string_view text);

/// Whether `line` reads like running text rather than a headline: it holds a comma, a full stop or
/// the like.
[[nodiscard]] bool has_clause_mark(std::string_view line);

/// Whether marks that no headline has are in `text`: it ends a sentence or names a book.
[[nodiscard]] bool has_prose_mark(std::string_view text);

/// Whether `line` is a quotation of Markdown or has a link of it.
[[nodiscard]] bool shows_markdown_link(std::string_view line);

/// Whether a short `line` starts with `sign` and a year, as © 2001-2006 does.
[[nodiscard]] bool starts_with_year(std::string_view line, std::string_view sign);

/// Whether marks, but no bracket, stand before and behind all letters of `line`: - END -
[[nodiscard]] bool has_ornaments(std::string_view line);

/// Whether `line` is names, a date and perhaps an hour, with `word` as its first word or at the
/// start of its last: 原创 林某 海边观察 2023-05-06 08:00 发表于北京
[[nodiscard]] bool is_dated(std::string_view line, std::u16string_view word);

/// What stands in the brackets that begin and end `line`; nothing if it has none.
[[nodiscard]] std::optional<std::string_view> inside_brackets(std::string_view line);

/// The words of `line`, which blanks and 、 part.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view line);

/// `line` without what stands in quotation marks or title marks; nothing if it quotes nothing.
[[nodiscard]] std::optional<std::string> without_quotations(std::string_view line);

}  // namespace dedup::boilerplate
