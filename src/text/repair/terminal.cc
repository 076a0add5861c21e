// SPDX-License-Identifier: Apache-2.0
// The forms of ECMA-48, and of titles and links those of xterm:
//
//   ESC [ parameters intermediates final     31;1m   ?25l   K   2 q
//   ESC ] number ; text BEL                  0;标题
//   ESC ] number ; text ESC \                8;;https://a.example/
//
// No part of a sequence but its end holds an ESC, so a search never runs past the next one, and no
// byte is passed twice.
#include "text/repair/terminal.h"

#include <algorithm>
#include <cstddef>

#include "text/ascii.h"

namespace dedup::text {
namespace {

constexpr char kEscape = '\x1B';
constexpr char kBell = '\a';
constexpr std::size_t kLongestText =
    4096;  // of a command: links are long, paragraphs no part of it

/// The first place behind `at` whose character is not from `low` to `high`.
std::size_t behind_all(std::string_view line, std::size_t at, char low, char high) {
  while (at < line.size() && line[at] >= low && line[at] <= high) {
    ++at;
  }
  return at;
}

/// Behind the sequence whose parameters may begin at `at`; 0 if there is none. No terminal knows
/// one that ends in a bracket: [1] behind a stray ESC is a footnote.
std::size_t end_of_sequence(std::string_view line, std::size_t at) {
  at = behind_all(line, at, '0', '?');
  at = behind_all(line, at, ' ', '/');
  const bool final = at < line.size() && line[at] >= '@' && line[at] <= '~' && line[at] != ']';
  return final ? at + 1 : 0;
}

/// Behind the command whose number may begin at `at`; 0 if there is none.
std::size_t end_of_command(std::string_view line, std::size_t at) {
  const std::size_t number = at;
  at = behind_all(line, at, '0', '9');
  if (at == number) {
    return 0;
  }
  if (line.substr(at, 1) == ";") {
    const std::size_t most = std::min(line.size(), at + kLongestText);
    while (at < most && static_cast<unsigned char>(line[at]) >= ' ') {
      ++at;
    }
  }
  const std::string_view end = line.substr(at, 2);
  return end.starts_with(kBell) ? at + 1 : end == "\x1B\\" ? at + 2 : 0;
}

}  // namespace

Changes remove_terminal_sequences(std::string_view line) {
  Changes changes;
  for (std::size_t at = line.find(kEscape); at != line.npos; at = line.find(kEscape, at)) {
    const std::string_view introducer = line.substr(at + 1, 1);
    const std::size_t end = introducer == "["   ? end_of_sequence(line, at + 2)
                            : introducer == "]" ? end_of_command(line, at + 2)
                                                : 0;
    append_deletion(changes, at, std::max(at, end), RepairKind::control);
    at = std::max(at + 1, end);
  }
  return changes;
}

}  // namespace dedup::text
