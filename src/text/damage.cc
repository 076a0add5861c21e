// SPDX-License-Identifier: Apache-2.0
#include "text/damage.h"

#include "text/ascii.h"
#include "text/characters.h"
#include "text/repair/private_use.h"
#include "text/repair/syllable.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

/// Whether the rest of a note stands at `at`, and then a letter that was half of a character:
/// jié)h. The kit took the first byte of the note's character for the second of another.
bool is_rest_of_note(std::string_view text, std::size_t at) {
  const Syllable syllable = Syllable::read(text, at);
  return syllable.toned() && is_syllable(syllable.letters()) && at + 1 < text.size() &&
         text[at] == ')' && is_letter(text[at + 1]);
}

bool is_kit_control(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '\x05' && text[at] <= '\x08';
}

bool has_ideograph_beside(std::string_view text, std::size_t start, std::size_t end) {
  return (start > 0 && is_han(utf8::previous(text, start))) ||
         (end < text.size() && is_han(utf8::next(text, end)));
}

bool is_damaged(std::string_view text, std::size_t start) {
  std::size_t end = start;
  const char32_t c = utf8::next(text, end);
  if (c == U'?') {
    return is_kit_control(text, end) || is_rest_of_note(text, end);
  }
  if (c == U'？') {
    return is_rest_of_note(text, end);
  }
  return c == utf8::kReplacement || (is_private_use(c) && has_ideograph_beside(text, start, end) &&
                                     !is_lost_character(text, start, end));
}

}  // namespace

void find_damage(std::string_view text, const Marks& marks, std::vector<std::size_t>& offsets) {
  marks.for_each(Mark::damage, 0, text.size(), [&](std::size_t at) {
    if (is_damaged(text, at)) {
      offsets.push_back(at);
    }
  });
}

}  // namespace dedup::text
