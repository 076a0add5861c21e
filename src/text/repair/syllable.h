// SPDX-License-Identifier: Apache-2.0
// One syllable of pinyin as it is found in text: letters, with or without a tone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dedup::text {

/// Letters a to z without their tones; ü is written v.
class Syllable {
 public:
  static constexpr std::size_t kLongest = 7;

  [[nodiscard]] std::string_view letters() const noexcept { return {letters_.data(), size_}; }
  [[nodiscard]] bool toned() const noexcept { return tone_ > 0; }
  /// 1 to 4, or 0 without one.
  [[nodiscard]] std::uint8_t tone() const noexcept { return tone_; }

  /// A number that is the same for the same letters only.
  [[nodiscard]] std::uint64_t packed() const noexcept;

  /// Reads the letters at `at`, which moves behind them: lower case, tones as precomposed letters
  /// or as combining marks, ü or v. Reads no more than kLongest letters.
  [[nodiscard]] static Syllable read(std::string_view text, std::size_t& at) noexcept;

 private:
  bool take(char32_t c) noexcept;
  bool take_mark(char32_t c) noexcept;

  std::array<char, kLongest> letters_{};
  std::uint8_t size_ = 0;
  std::uint8_t marks_ = 0;  // combining marks on the last letter
  std::uint8_t tone_ = 0;
};

}  // namespace dedup::text
