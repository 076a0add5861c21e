// SPDX-License-Identifier: Apache-2.0
// A set of bytes that is asked for at each line or byte, so not searched one by one.
#pragma once

#include <array>
#include <string_view>

namespace dedup::text {

class ByteSet {
 public:
  ByteSet() = default;
  constexpr explicit ByteSet(std::string_view bytes) {
    for (const char c : bytes) {
      add(c);
    }
  }
  constexpr void add(char c) noexcept { has_[static_cast<unsigned char>(c)] = true; }
  [[nodiscard]] constexpr bool has(char c) const noexcept {
    return has_[static_cast<unsigned char>(c)];
  }

 private:
  std::array<bool, 256> has_{};
};

}  // namespace dedup::text
