// SPDX-License-Identifier: Apache-2.0
// What the words or marks of a list begin with: nearly every key, and every place of a text, begins
// with none of it, and then the list need not be gone through.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>

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

/// The bytes that the marks of a text begin with, none of which is empty; `text` says what of each
/// it is.
template <class Marks, class Text = std::identity>
[[nodiscard]] consteval std::array<bool, 256> first_bytes(const Marks& marks, Text text = {}) {
  std::array<bool, 256> first{};
  for (const auto& mark : marks) {
    first[static_cast<unsigned char>(std::invoke(text, mark).front())] = true;
  }
  return first;
}

}  // namespace dedup::boilerplate
