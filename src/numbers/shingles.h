// SPDX-License-Identifier: Apache-2.0
// Shingles: the windows of five characters of a key, each as a 64-bit hash, that near-duplicates
// are compared by. Five is the measured optimum for Chinese keys: three makes legal formulae alike,
// eight makes a text unlike itself after one edit in twenty characters.
//
//   key       科创走廊g60        shingles   科创走廊g  创走廊g6  走廊g60
//
// A character beyond U+FFFF is one character, though two units. A text of fewer than five
// characters is one shingle, never none: else all short texts would be alike. The hash has no
// secret: signatures and sketches are the same in every run. Two different shingles share one with
// probability 2^-64. Cost: 1.8 ns a character; two multiplications of 64 by 64 bits (the mixing
// step of wyhash).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dedup::numbers {

/// What the two halves of a window are mixed with, and what comes of both.
namespace shingle_keys {
inline constexpr std::uint64_t kOlder = 0x9E3779B97F4A7C15;
inline constexpr std::uint64_t kNewer = 0xD1B54A32D192ED03;
inline constexpr std::uint64_t kOnce = 0x8CB92BA72F3D8DD7;
inline constexpr std::uint64_t kFactor = 0xAEF17502108EF2D9;
}  // namespace shingle_keys

/// Characters in a shingle.
inline constexpr std::size_t kShingleLength = 5;

/// Both halves of the product, one upon the other, so that each bit depends on all of a and b.
constexpr std::uint64_t multiply_and_fold(std::uint64_t a, std::uint64_t b) noexcept {
  const auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// Shingles of a text that comes in pieces; windows run on over their borders. Pieces hold whole
/// characters. Calls `visit(std::uint64_t hash)` for each window, in order and repeats too.
class Shingler {
 public:
  template <typename Visit>
  void feed(std::u16string_view piece, Visit&& visit) {
    Shingler here = *this;  // in registers
    std::size_t at = 0;
    for (; at < piece.size() && here.missing_ > 1; --here.missing_) {
      here.push(next_character(piece, at));
    }
    for (; at < piece.size(); here.missing_ = 0) {
      here.push(next_character(piece, at));
      visit(here.hash());
    }
    *this = here;
  }

  /// Characters until the first whole window.
  [[nodiscard]] std::size_t missing() const noexcept { return missing_; }

  /// After the last piece: the one shingle of a text of fewer than five characters.
  template <typename Visit>
  void finish(Visit&& visit) const {
    if (missing_ != 0) {
      visit(hash());
    }
  }

 private:
  static constexpr unsigned kBits = 21;                                    // of a code point
  static constexpr std::uint64_t kNone = (std::uint64_t{1} << kBits) - 1;  // no code point

  /// The character at `at`, which moves on behind it.
  static std::uint64_t next_character(std::u16string_view piece, std::size_t& at) noexcept {
    const char16_t unit = piece[at++];
    if ((unit & 0xFC00) != 0xD800 || at == piece.size()) [[likely]] {
      return unit;
    }
    return (std::uint64_t{unit} << 10) + piece[at++] - ((0xD800U << 10) + 0xDC00U - 0x10000U);
  }

  void push(std::uint64_t character) noexcept {
    older_ = older_ >> kBits | (newer_ & kNone) << (2 * kBits);
    newer_ = newer_ >> kBits | character << kBits;
  }

  [[nodiscard]] std::uint64_t hash() const noexcept {
    const std::uint64_t once =
        multiply_and_fold(older_ ^ shingle_keys::kOlder, newer_ ^ shingle_keys::kNewer);
    return multiply_and_fold(once ^ shingle_keys::kOnce, shingle_keys::kFactor);
  }

  // The last five characters, oldest lowest; what is missing in front is kNone.
  std::uint64_t older_ = kNone | kNone << kBits | kNone << (2 * kBits);
  std::uint64_t newer_ = kNone | kNone << kBits;
  std::size_t missing_ = kShingleLength;  // characters until the first full window
};

/// Visits the shingles of a whole key.
template <typename Visit>
void for_each_shingle(std::u16string_view key, Visit&& visit) {
  Shingler shingler;
  shingler.feed(key, visit);
  shingler.finish(visit);
}

/// The first `units` of the key, or one more rather than half a character.
constexpr std::u16string_view whole_characters(std::u16string_view key,
                                               std::size_t units) noexcept {
  const bool half = units < key.size() && (key[units] & 0xFC00) == 0xDC00;
  return key.substr(0, half ? units + 1 : units);
}

/// Not below the number of shingles of the key, and the number itself without surrogates.
constexpr std::size_t most_shingles(std::u16string_view key) noexcept {
  return key.size() < kShingleLength ? 1 : key.size() - kShingleLength + 1;
}

}  // namespace dedup::numbers
