// SPDX-License-Identifier: Apache-2.0
#include "text/characters.h"

#include <algorithm>

#include "text/tables.h"

namespace dedup::text {
namespace {

using Pair = std::pair<char32_t, char32_t>;

char32_t map(char32_t c, const Pair* pairs, std::size_t count) noexcept {
  const Pair* const end = pairs + count;
  const Pair* const found = std::lower_bound(
      pairs, end, c, [](const Pair& pair, char32_t key) { return pair.first < key; });
  return found != end && found->first == c ? found->second : c;
}

bool has(char32_t c, std::uint32_t flag) noexcept { return (tables::entry(c) & flag) != 0; }

}  // namespace

bool is_han(char32_t c) noexcept { return has(c, tables::kHan); }
bool is_radical(char32_t c) noexcept { return has(c, tables::kRadical); }
bool is_traditional_only(char32_t c) noexcept { return has(c, tables::kTraditionalOnly); }
bool is_common(char32_t c) noexcept { return has(c, tables::kCommon); }
bool is_mark(char32_t c) noexcept { return has(c, tables::kMark); }
bool is_pictograph(char32_t c) noexcept { return has(c, tables::kPictograph); }
bool is_rtl(char32_t c) noexcept { return has(c, tables::kRightToLeft); }
bool is_joining(char32_t c) noexcept { return has(c, tables::kJoining); }

char32_t unified(char32_t c) noexcept {
  return is_radical(c) ? map(c, tables::radicals, tables::radical_count) : c;
}

char32_t mirrored(char32_t c) noexcept { return map(c, tables::mirrors, tables::mirror_count); }

std::string_view reading(char32_t c) noexcept {
  constexpr std::size_t kMask = (std::size_t{1} << tables::kBlockBits) - 1;
  const std::size_t block = tables::reading_index[c >> tables::kBlockBits];
  return tables::readings[tables::reading_of[(block << tables::kBlockBits) + (c & kMask)]];
}

bool is_syllable(std::string_view toneless) noexcept {
  // ü may be typed as v: "lv" is "lü", the only place where v occurs.
  char plain[8];
  if (toneless.empty() || toneless.size() > 7) {
    return false;
  }
  std::size_t size = 0;
  for (const char c : toneless) {
    if (size + 2 > sizeof plain) {
      return false;
    }
    if (c == 'v') {
      plain[size++] = '\xC3';
      plain[size++] = '\xBC';
    } else {
      plain[size++] = c;
    }
  }
  return std::binary_search(tables::syllables, tables::syllables + tables::syllable_count,
                            std::string_view(plain, size));
}

}  // namespace dedup::text
