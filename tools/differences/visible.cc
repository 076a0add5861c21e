// SPDX-License-Identifier: Apache-2.0
#include "differences/visible.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace dedup::tool {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

/// In order. Line separators are controls here: a terminal does with them as it likes.
constexpr std::array kUnsafe = {
    Range{0x00, 0x08},       Range{0x0A, 0x1F},     Range{0x7F, 0x9F},     Range{0xAD, 0xAD},
    Range{0x61C, 0x61C},     Range{0x180E, 0x180E}, Range{0x200B, 0x200B}, Range{0x200E, 0x200F},
    Range{0x2028, 0x202E},   Range{0x2060, 0x206F}, Range{0xFEFF, 0xFEFF}, Range{0xFFF9, 0xFFFB},
    Range{0xE0000, 0xE001F},
};

/// Invisible, and of use in honest text.
constexpr std::array kBlank = {
    Range{0x09, 0x09},     Range{0xA0, 0xA0},     Range{0x34F, 0x34F},     Range{0x115F, 0x1160},
    Range{0x1680, 0x1680}, Range{0x17B4, 0x17B5}, Range{0x180B, 0x180F},   Range{0x2000, 0x200D},
    Range{0x202F, 0x202F}, Range{0x205F, 0x205F}, Range{0x3000, 0x3000},   Range{0x3164, 0x3164},
    Range{0xFE00, 0xFE0F}, Range{0xFFA0, 0xFFA0}, Range{0x1D173, 0x1D17A}, Range{0xE0020, 0xE0FFF},
};

template <typename Ranges>
bool holds(const Ranges& ranges, char32_t c) {
  const auto behind =
      std::upper_bound(ranges.begin(), ranges.end(), c,
                       [](char32_t at, const Range& range) { return at < range.first; });
  return behind != ranges.begin() && c <= std::prev(behind)->last;
}

struct Decoded {
  char32_t character = 0;
  std::size_t size = 0;  // 0: the first byte begins none
};

constexpr bool continues(char c) noexcept {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

Decoded decode(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {};
  char32_t character = lead & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if (!continues(text[i])) return {};
    character = character << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  return {character, size};
}

void append_hex(std::string& out, char32_t value, unsigned least) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (unsigned digits = value > 0xFFFF ? 5 : least; digits > 0; --digits) {
    out += kDigits[value >> (digits - 1) * 4 & 0xFU];
  }
}

}  // namespace

void append_visible(std::string& out, std::string_view text, Spelling spelling) {
  while (!text.empty()) {
    const auto [character, size] = decode(text);
    if (size == 0) {
      out += '<';
      append_hex(out, static_cast<unsigned char>(text.front()), 2);
      out += '>';
      text.remove_prefix(1);
      continue;
    }
    if (holds(kUnsafe, character) ||
        (spelling == Spelling::invisible && holds(kBlank, character))) {
      out += "<U+";
      append_hex(out, character, 4);
      out += '>';
    } else {
      out += text.substr(0, size);
    }
    text.remove_prefix(size);
  }
}

std::uint64_t count_characters(std::string_view text) noexcept {
  return static_cast<std::uint64_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !continues(c); }));
}

std::size_t size_of_first(std::string_view text, std::size_t count) noexcept {
  std::size_t size = 0;
  for (; size < text.size(); ++size) {
    if (!continues(text[size]) && count-- == 0) break;
  }
  return size;
}

std::size_t size_of_last(std::string_view text, std::size_t count) noexcept {
  std::size_t size = 0;
  while (size < text.size() && count > 0) {
    ++size;
    if (!continues(text[text.size() - size])) --count;
  }
  return size;
}

}  // namespace dedup::tool
