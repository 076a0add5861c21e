// SPDX-License-Identifier: Apache-2.0
// OpenCC converts in steps: phrases, characters where no phrase is, and to Taiwan's standard then
// single characters of the result. Here all steps are taken when the dictionaries are read, so that
// a text takes one. That the result is the same is tested against the program of OpenCC.
#include "text/script/conversion.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "text/characters.h"
#include "walls/opencc.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

constexpr std::size_t kBasicPlane = std::size_t{1} << 16;
constexpr std::uint8_t kBoth = 0;
constexpr std::uint8_t kTarget = 1;
constexpr std::uint8_t kOther = 2;

using Variants = std::unordered_map<char32_t, std::string>;

/// Kana, also of half width, and the syllables of Hangul.
bool is_syllable_sign(char32_t c) noexcept {
  return (c >= 0x3041 && c < 0x3100) || (c >= 0xAC00 && c < 0xD7B0) || (c >= 0xFF66 && c < 0xFF9E);
}

char32_t first_character(std::string_view text) noexcept {
  std::size_t at = 0;
  return utf8::next(text, at);
}

bool is_one_character(std::string_view text) noexcept {
  std::size_t at = 0;
  static_cast<void>(utf8::next(text, at));
  return at == text.size();
}

/// A value with its characters in the variants of a region.
std::string in_variants(std::string_view value, const Variants& variants) {
  std::string result;
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t start = at;
    const auto variant = variants.find(utf8::next(value, at));
    result += variant == variants.end() ? value.substr(start, at - start) : variant->second;
  }
  return result;
}

std::size_t length(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Appends a change; one that goes on where the last ended becomes a part of it.
void append(Changes& changes, std::size_t start, std::size_t end, std::string_view replacement) {
  if (!changes.empty() && changes.back().end == start) {
    changes.back().end = end;
    changes.back().replacement += replacement;
  } else {
    changes.push_back({start, end, std::string(replacement), RepairKind::script});
  }
}

/// Characters of a phrase answer to one another in their order. (All phrases of OpenCC keep their
/// length; one that did not would change as a whole.)
void append_difference(std::string_view key, std::string_view value, std::size_t at,
                       Changes& changes) {
  if (length(key) != length(value)) {
    append(changes, at, at + key.size(), value);
    return;
  }
  for (std::size_t k = 0, v = 0; k < key.size();) {
    const std::size_t key_start = k;
    const std::size_t value_start = v;
    if (utf8::next(key, k) != utf8::next(value, v)) {
      append(changes, at + key_start, at + k, value.substr(value_start, v - value_start));
    }
  }
}

/// What a build of OpenCC knows, with the variants of Taiwan in what becomes Traditional.
struct Dictionary {
  Dictionary(const char* name, const std::string& directory, const Variants& variants)
      : entries(opencc::dictionary(name, directory)) {
    for (opencc::Entry& entry : entries) {
      entry.value = in_variants(entry.value, variants);
    }
  }
  std::vector<opencc::Entry> entries;
};

Variants variants_of_taiwan(const std::string& directory) {
  Variants variants;
  for (opencc::Entry& entry : opencc::dictionary("TWVariants", directory)) {
    variants.emplace(first_character(entry.key), std::move(entry.value));
  }
  return variants;
}

}  // namespace

Conversion::Conversion(Script target, const std::string& directory) : only_(kBasicPlane, kBoth) {
  const bool up = target == Script::traditional;
  const Variants variants = variants_of_taiwan(directory);
  const Dictionary simplified("STCharacters", directory, variants);
  const Dictionary traditional("TSCharacters", directory, {});
  add(Dictionary(up ? "STPhrases" : "TSPhrases", directory, up ? variants : Variants()).entries);
  add((up ? simplified : traditional).entries);
  if (up) {
    for (const auto& [character, variant] : variants) {
      std::string key;
      utf8::append(key, character);
      phrases_.add(key, variant);
    }
  }
  tell_apart(simplified.entries, up ? kOther : kTarget);
  tell_apart(traditional.entries, up ? kTarget : kOther);
}

void Conversion::add(const std::vector<opencc::Entry>& entries) {
  for (const opencc::Entry& entry : entries) {
    phrases_.add(entry.key, entry.value);
  }
}

/// Characters that must change are of one script alone: not 后, which may stay, nor 秘, which is 祕
/// only outside of Taiwan. What would change both ways tells nothing.
void Conversion::tell_apart(const std::vector<opencc::Entry>& entries, std::uint8_t script) {
  for (const opencc::Entry& entry : entries) {
    const char32_t c = first_character(entry.key);
    if (!entry.may_stay && entry.value != entry.key && is_one_character(entry.key) &&
        c < only_.size()) {
      only_[c] = only_[c] == kBoth ? script : kBoth;
    }
  }
}

Writing Conversion::weigh(std::string_view text) const noexcept {
  Writing writing;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::next(text, at);
    if (c < 0x2E80) {
      continue;
    }
    writing.ideographs += is_main_ideograph(c) || is_han(c) ? 1 : 0;
    writing.syllables += is_syllable_sign(c) ? 1 : 0;
    const std::uint8_t only = c < only_.size() ? only_[c] : kBoth;
    writing.target += only == kTarget ? 1 : 0;
    writing.other += only == kOther ? 1 : 0;
  }
  return writing;
}

void Conversion::convert(std::string_view text, const MarkupSpans& untouched,
                         Changes& changes) const {
  std::size_t at = 0;
  for (const MarkupSpan& span : untouched) {
    if (span.start > at) {
      convert_stretch(text.substr(0, span.start), at, changes);
    }
    at = std::max(at, span.end);
  }
  convert_stretch(text, at, changes);
}

void Conversion::convert_stretch(std::string_view text, std::size_t at, Changes& changes) const {
  while (at < text.size()) {
    const Phrases::Match match = phrases_.longest(text, at);
    if (match.size == 0) {
      static_cast<void>(utf8::next(text, at));
      continue;
    }
    append_difference(text.substr(at, match.size), match.value, at, changes);
    at += match.size;
  }
}

}  // namespace dedup::text
