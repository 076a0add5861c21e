// SPDX-License-Identifier: Apache-2.0
#include "text/code.h"

#include <cstddef>

#include "text/ascii.h"
#include "text/blanks.h"
#include "text/characters.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

std::string_view trimmed(std::string_view line) noexcept {
  std::size_t start = 0;
  for (std::size_t at = 0; at < line.size() && is_white(utf8::next(line, at));) {
    start = at;
  }
  line.remove_prefix(start);
  std::size_t end = line.size();
  for (std::size_t at = end; at > 0 && is_white(utf8::previous(line, at));) {
    end = at;
  }
  return line.substr(0, end);
}

bool is_indented(std::string_view line) noexcept {
  std::size_t spaces = 0;
  bool tab = false;
  std::size_t at = 0;
  for (; at < line.size() && (line[at] == ' ' || line[at] == '\t'); ++at) {
    spaces += line[at] == ' ' ? 1 : 0;
    tab |= line[at] == '\t';
  }
  if (at == line.size() || (spaces < 4 && !tab)) {
    return false;
  }
  return !is_wide_blank(utf8::next(line, at));
}

bool holds_tag(std::string_view line) noexcept {
  for (std::size_t at = line.find('<'); at != std::string_view::npos; at = line.find('<', at + 1)) {
    if (at + 1 < line.size()) {
      const char next = line[at + 1];
      if (is_letter(next) || next == '/' || next == '!') {
        return true;
      }
    }
  }
  return false;
}

bool is_dominated_by_marks(std::string_view line) noexcept {
  constexpr std::string_view kMarks = "{}[]<>=$\\|^_@*+/%";
  std::size_t marks = 0;
  std::size_t ideographs = 0;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = utf8::next(line, at);
    if (c < 0x80) {
      marks += kMarks.find(static_cast<char>(c)) != std::string_view::npos ? 1 : 0;
    } else {
      ideographs += is_han(c) ? 1 : 0;
    }
  }
  return marks > ideographs;
}

}  // namespace

std::optional<Fence> fence(std::string_view line) noexcept {
  line = trimmed(line);
  if (!line.starts_with("```") && !line.starts_with("~~~")) {
    return std::nullopt;
  }
  const char mark = line.front();
  const std::size_t behind = line.find_first_not_of(mark);
  if (behind == std::string_view::npos) {
    return Fence{mark, true};
  }
  // Behind the marks of a fence stands the name of a language.
  for (const char c : line.substr(behind)) {
    if (static_cast<unsigned char>(c) >= 0x80 || c == mark) {
      return std::nullopt;
    }
  }
  return Fence{mark, false};
}

bool is_code_like(std::string_view line) noexcept {
  return is_indented(line) || line.find('`') != std::string_view::npos || holds_tag(line) ||
         line.find("href=") != std::string_view::npos ||
         line.find("src=") != std::string_view::npos || is_dominated_by_marks(line);
}

bool holds_link(std::string_view line) noexcept {
  return line.find("](") != std::string_view::npos;
}

}  // namespace dedup::text
