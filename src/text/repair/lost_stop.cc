// SPDX-License-Identifier: Apache-2.0
#include "text/repair/lost_stop.h"

#include <cstddef>
#include <string_view>

#include "text/characters.h"
#include "walls/json.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

/// Whether a text may go on with 〇 rather than end: 二〇一
bool ends_in_numerals(std::string_view text) {
  constexpr std::u32string_view kNumerals = U"〇零一二三四五六七八九0123456789";
  std::size_t at = text.size();
  for (int i = 0; i < 2; ++i) {
    if (at == 0 || kNumerals.find(utf8::previous(text, at)) == std::u32string_view::npos) {
      return false;
    }
  }
  return true;
}

/// Whether a bracket of the block of 。 is open at the end of a text. Its end begins with the same
/// two bytes.
bool holds_open_bracket(std::string_view text) {
  std::size_t open = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::next(text, at);
    if (c < 0x3008 || c > 0x301B || c == 0x3012 || c == 0x3013) continue;
    if (c % 2 == 0) {
      ++open;
    } else if (open > 0) {
      --open;
    }
  }
  return open > 0;
}

}  // namespace

void restore_stop(Bytes& behind) {
  const std::string_view all = behind.bytes;
  const bool marked = all.ends_with('?') || all.ends_with(kLostByte);
  const std::string_view line = all.substr(0, all.size() - (marked ? 1 : 0));
  constexpr std::string_view kHead = "\xE3\x80";
  if (!line.ends_with(kHead)) return;
  const std::string_view before = line.substr(0, line.size() - kHead.size());
  if (!json::is_valid_utf8(before) || before.empty()) return;
  std::size_t end = before.size();
  if (!is_han(utf8::previous(before, end)) || ends_in_numerals(before) ||
      holds_open_bracket(before)) {
    return;
  }
  behind.lost -= all.ends_with(kLostByte) ? 1 : 0;
  behind.bytes.resize(line.size());
  behind.bytes += '\x82';
}

}  // namespace dedup::text
