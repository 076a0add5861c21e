// SPDX-License-Identifier: Apache-2.0
#include "text/repair/syllable.h"

#include <algorithm>
#include <iterator>

#include "walls/utf8.h"

namespace dedup::text {
namespace {

struct ToneLetter {
  char32_t c;
  char plain;
  std::uint8_t tone;
};

/// Sorted by code point.
constexpr ToneLetter kToneLetters[] = {
    {U'à', 'a', 4}, {U'á', 'a', 2}, {U'è', 'e', 4}, {U'é', 'e', 2}, {U'ì', 'i', 4}, {U'í', 'i', 2},
    {U'ò', 'o', 4}, {U'ó', 'o', 2}, {U'ù', 'u', 4}, {U'ú', 'u', 2}, {U'ā', 'a', 1}, {U'ē', 'e', 1},
    {U'ě', 'e', 3}, {U'ī', 'i', 1}, {U'ń', 'n', 2}, {U'ň', 'n', 3}, {U'ō', 'o', 1}, {U'ū', 'u', 1},
    {U'ǎ', 'a', 3}, {U'ǐ', 'i', 3}, {U'ǒ', 'o', 3}, {U'ǔ', 'u', 3}, {U'ǖ', 'v', 1}, {U'ǘ', 'v', 2},
    {U'ǚ', 'v', 3}, {U'ǜ', 'v', 4}, {U'ǹ', 'n', 4}, {U'ḿ', 'm', 2},
};
static_assert(std::is_sorted(std::begin(kToneLetters), std::end(kToneLetters),
                             [](ToneLetter a, ToneLetter b) { return a.c < b.c; }));

constexpr char32_t kDiaeresis = 0x0308;

/// Of a combining macron, acute, caron or grave; 0 of others.
std::uint8_t tone_of(char32_t mark) {
  constexpr char32_t kTones[] = {0x0304, 0x0301, 0x030C, 0x0300};
  const auto* const found = std::find(std::begin(kTones), std::end(kTones), mark);
  return found == std::end(kTones) ? std::uint8_t{0}
                                   : static_cast<std::uint8_t>(found - std::begin(kTones) + 1);
}

}  // namespace

std::uint64_t Syllable::packed() const noexcept {
  std::uint64_t value = 0;
  for (const char c : letters()) {
    value = value << 5 | static_cast<std::uint64_t>(c - 'a' + 1);
  }
  return value;
}

Syllable Syllable::read(std::string_view text, std::size_t& at) noexcept {
  Syllable syllable;
  while (at < text.size()) {
    std::size_t behind = at;
    if (!syllable.take(utf8::next(text, behind))) {
      break;
    }
    at = behind;
  }
  return syllable;
}

bool Syllable::take(char32_t c) noexcept {
  if (c >= 0x0300 && c < 0x0370) {
    return take_mark(c);
  }
  char plain = 0;
  std::uint8_t tone = 0;
  if (c >= U'a' && c <= U'z') {
    plain = static_cast<char>(c);
  } else if (c == U'ü') {
    plain = 'v';
  } else {
    const auto* const found =
        std::lower_bound(std::begin(kToneLetters), std::end(kToneLetters), c,
                         [](ToneLetter entry, char32_t key) { return entry.c < key; });
    if (found != std::end(kToneLetters) && found->c == c) {
      plain = found->plain;
      tone = found->tone;
    }
  }
  if (plain == 0 || size_ == kLongest) {
    return false;
  }
  tone_ = std::max(tone_, tone);
  letters_[size_++] = plain;
  marks_ = 0;
  return true;
}

bool Syllable::take_mark(char32_t c) noexcept {
  // A letter has at most a diaeresis and a tone.
  if (size_ == 0 || marks_ == 2) {
    return false;
  }
  char& last = letters_[size_ - 1U];
  if (c == kDiaeresis && last == 'u') {
    last = 'v';
  } else if (const std::uint8_t tone = tone_of(c); tone > 0) {
    tone_ = tone;
  } else {
    return false;
  }
  ++marks_;
  return true;
}

}  // namespace dedup::text
