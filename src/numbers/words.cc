// SPDX-License-Identifier: Apache-2.0
#include "numbers/words.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "numbers/numerals.h"
#include "numbers/shingles.h"

namespace dedup::numbers {
namespace {

/// Radicals, kana, ideographs and what lies beyond: each is a word.
constexpr bool is_word_by_itself(char16_t unit) noexcept { return unit >= 0x2E80; }

/// The bit kRun is always set, so that no run is taken for an ideograph.
Word run_of(std::u16string_view units) noexcept {
  std::uint64_t hash = 0x243F6A8885A308D3;
  for (const char16_t unit : units) hash = multiply_and_fold(hash ^ unit, 0xB3ED9C5F86D2A0E7);
  return hash | kRun;
}

/// Whether `run` with an ideograph inside, too many or in the place of a letter, is these two.
bool is_broken(std::u16string_view run, std::u16string_view left,
               std::u16string_view right) noexcept {
  const std::size_t both = left.size() + right.size();
  return (run.size() == both || run.size() == both + 1) && run.starts_with(left) &&
         run.ends_with(right);
}

}  // namespace

bool is_figure(Word word) noexcept {
  return is_run(word) || (word <= 0xFFFF && may_be_numeral(static_cast<char16_t>(word)));
}

/// Not by std::ranges, of whose views in libstdc++ 12 clang 14 takes no search.
Words search(Words words, Words seed) {
  const auto at = std::search(words.begin(), words.end(), seed.begin(), seed.end());
  return at == words.end()
             ? Words{}
             : words.subspan(static_cast<std::size_t>(at - words.begin()), seed.size());
}

WordedKey::WordedKey(std::u16string_view key) {
  words.reserve(key.size());
  for (std::size_t at = 0; at < key.size();) {
    std::size_t end = at;
    while (end < key.size() && !is_word_by_itself(key[end])) ++end;
    if (end > at) {
      runs.push_back(key.substr(at, end - at));
      words.push_back(run_of(runs.back()));
      at = end;
      continue;
    }
    const std::u16string_view character = whole_characters(key.substr(at), 1);
    words.push_back(character.size() == 1 ? Word{character[0]}
                                          : Word{character[0]} << 16 | character[1]);
    at += character.size();
  }
}

std::vector<Word> runs_of(Words words) {
  std::vector<Word> runs;
  std::ranges::copy_if(words, std::back_inserter(runs), is_run);
  std::ranges::sort(runs);
  return runs;
}

/// `run` is how many runs have been met, so that later.runs[run - 1] is the one at words[i]:
///
///   words   在 [xm] 好 [l] 里        one word between two runs: a candidate is xml or xm?l
void mend(const WordedKey& earlier, WordedKey& later) {
  constexpr std::size_t kMost = 8;
  std::size_t tried = 0;
  std::size_t run = 0;
  for (std::size_t i = 0; i + 2 < later.words.size() && tried < kMost; ++i) {
    if (!is_run(later.words[i])) {
      continue;
    }
    ++run;
    if (!is_run(later.words[i + 2])) {
      continue;
    }
    ++tried;
    const auto whole = std::ranges::find_if(earlier.runs, [&](std::u16string_view candidate) {
      return is_broken(candidate, later.runs[run - 1], later.runs[run]);
    });
    if (whole != earlier.runs.end()) {
      const auto at = later.words.begin() + static_cast<std::ptrdiff_t>(i);
      *at = run_of(*whole);
      later.words.erase(at + 1, at + 3);
      ++run;  // the right one has gone with it
    }
  }
}

}  // namespace dedup::numbers
