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
};

/// Sorted by code point.
constexpr ToneLetter kToneLetters[] = {
    {U'à', 'a'}, {U'á', 'a'}, {U'è', 'e'}, {U'é', 'e'}, {U'ì', 'i'}, {U'í', 'i'}, {U'ò', 'o'},
    {U'ó', 'o'}, {U'ù', 'u'}, {U'ú', 'u'}, {U'ā', 'a'}, {U'ē', 'e'}, {U'ě', 'e'}, {U'ī', 'i'},
    {U'ń', 'n'}, {U'ň', 'n'}, {U'ō', 'o'}, {U'ū', 'u'}, {U'ǎ', 'a'}, {U'ǐ', 'i'}, {U'ǒ', 'o'},
    {U'ǔ', 'u'}, {U'ǖ', 'v'}, {U'ǘ', 'v'}, {U'ǚ', 'v'}, {U'ǜ', 'v'}, {U'ǹ', 'n'}, {U'ḿ', 'm'},
};
static_assert(std::is_sorted(std::begin(kToneLetters), std::end(kToneLetters),
                             [](ToneLetter a, ToneLetter b) { return a.c < b.c; }));

constexpr char32_t kDiaeresis = 0x0308;

/// Macron, acute, caron, grave.
bool is_tone(char32_t c) { return c == 0x0304 || c == 0x0301 || c == 0x030C || c == 0x0300; }

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
    }
  }
  if (plain == 0 || size_ == kLongest) {
    return false;
  }
  toned_ |= c >= 0x80 && c != U'ü';
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
  } else if (is_tone(c)) {
    toned_ = true;
  } else {
    return false;
  }
  ++marks_;
  return true;
}

}  // namespace dedup::text
