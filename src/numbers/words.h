// SPDX-License-Identifier: Apache-2.0
// A key as a sequence of words, a word being an ideograph or a whole run of anything else:
//
//   key     从v2.0升到v2.1        words   从 [v2.0] 升 到 [v2.1]        runs   v2.0 v2.1
//
// Runs are words of other scripts, figures, identifiers: of them texts must have the same, while an
// ideograph may be a typing error.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace dedup::numbers {

/// An ideograph, kana or syllable by its one or two units; above all of these, the hash of a run.
/// Two runs share one with probability 2^-63.
using Word = std::uint64_t;
using Words = std::span<const Word>;

inline constexpr Word kRun = Word{1} << 32;

constexpr bool is_run(Word word) noexcept { return word >= kRun; }

/// Whether it may be, or hold, a numeral: all runs are taken for such.
[[nodiscard]] bool is_figure(Word word) noexcept;

/// Where `seed` is in `words`; nothing if nowhere.
[[nodiscard]] Words search(Words words, Words seed);

/// Of a key that outlives it.
struct WordedKey {
  std::vector<Word> words;
  std::vector<std::u16string_view> runs;  ///< in their order

  explicit WordedKey(std::u16string_view key);
};

/// The runs among them; sorted, since clauses may be moved.
[[nodiscard]] std::vector<Word> runs_of(Words words);

/// Where an ideograph stands inside a run of the earlier text, a typing error as any other, puts
/// that run: xm好l for xml. In a few places at most; the runs of `later` are stale then.
void mend(const WordedKey& earlier, WordedKey& later);

}  // namespace dedup::numbers
