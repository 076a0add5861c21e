// SPDX-License-Identifier: Apache-2.0
// What near-duplicates mean, written for reading: sets of strings instead of hashes, bits and
// bands. And random texts to try it on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <string_view>

namespace dedup::test {

/// Windows of five characters; a shorter key is one.
inline std::set<std::u32string> naive_shingles(std::u16string_view key) {
  std::u32string characters;
  for (const char16_t unit : key) {
    if (unit >= 0xDC00 && unit < 0xE000) {
      characters.back() = 0x10000 + ((characters.back() - 0xD800) << 10) + (unit - 0xDC00U);
    } else {
      characters.push_back(unit);
    }
  }
  std::set<std::u32string> shingles;
  for (std::size_t i = 0; i == 0 || i + 5 <= characters.size(); ++i) {
    shingles.insert(characters.substr(i, 5));
  }
  return shingles;
}

/// Counts of shingles of two keys.
struct NaiveResemblance {
  std::size_t here = 0;
  std::size_t there = 0;
  std::size_t common = 0;

  NaiveResemblance(std::u16string_view key, std::u16string_view other) {
    const auto a = naive_shingles(key);
    const auto b = naive_shingles(other);
    here = a.size();
    there = b.size();
    for (const auto& shingle : a) common += b.count(shingle);
  }
  /// |A ∩ B| / |A ∪ B| ≥ 8/10, |A ∩ B| / |A| ≥ 9/10: in integers.
  [[nodiscard]] bool resembles() const { return 10 * common >= 8 * (here + there - common); }
  [[nodiscard]] bool is_contained() const { return 10 * common >= 9 * here; }
  [[nodiscard]] double value() const {
    return static_cast<double>(common) / static_cast<double>(here + there - common);
  }
};

/// Random keys, the same in every run.
class RandomKeys {
 public:
  explicit RandomKeys(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t limit) { return random_() % limit; }

  /// One of 2,048 ideographs, none of which is a numeral.
  char16_t character() { return static_cast<char16_t>(0x6800 + below(2048)); }
  std::u16string key(std::size_t length) {
    std::u16string result;
    while (result.size() < length) result += character();
    return result;
  }
  /// The key after so many edits: substitutions, insertions, deletions.
  std::u16string edited(std::u16string key, std::size_t edits) {
    for (; edits > 0; --edits) {
      const std::size_t at = below(key.size());
      switch (below(3)) {
        case 0:
          key[at] = character();
          break;
        case 1:
          key.insert(at, 1, character());
          break;
        default:
          key.erase(at, 1);
      }
    }
    return key;
  }

 private:
  std::mt19937 random_;
};

}  // namespace dedup::test
