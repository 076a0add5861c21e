// SPDX-License-Identifier: Apache-2.0
// What the words or marks of a list begin with: nearly every key, and every place of a text, begins
// with none of it, and then the list need not be gone through.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "text/byte_set.h"

namespace dedup::boilerplate {

/// Of words as keys have them. Small, and so not exact.
class FirstUnits {
 public:
  constexpr void add(char16_t unit) noexcept { bits_[word_of(unit)] |= bit_of(unit); }
  /// No is sure.
  [[nodiscard]] constexpr bool may_hold(char16_t unit) const noexcept {
    return (bits_[word_of(unit)] & bit_of(unit)) != 0;
  }

 private:
  static constexpr std::size_t kWords = 16;
  static constexpr std::size_t word_of(char16_t unit) noexcept { return unit / 64U % kWords; }
  static constexpr std::uint64_t bit_of(char16_t unit) noexcept {
    return std::uint64_t{1} << (unit % 64U);
  }

  std::array<std::uint64_t, kWords> bits_{};
};

/// The bytes that the marks of a text begin with, none of which is empty; `text_of` says what of
/// each it is.
template <class Marks, class TextOf = std::identity>
[[nodiscard]] consteval text::ByteSet first_bytes(const Marks& marks, TextOf text_of = {}) {
  text::ByteSet first;
  for (const auto& mark : marks) {
    first.add(std::invoke(text_of, mark).front());
  }
  return first;
}

}  // namespace dedup::boilerplate
