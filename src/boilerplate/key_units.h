// SPDX-License-Identifier: Apache-2.0
// Units of a matching key, as rules see them.
#pragma once

namespace dedup::boilerplate {

/// Whether a unit belongs to an ideograph or a kana; other units are letters and digits, whose runs
/// weigh 1 however long they are.
[[nodiscard]] constexpr bool is_ideographic(char16_t unit) noexcept {
  return (unit >= 0x3005 && unit <= 0x9FFF) || (unit >= 0xF900 && unit <= 0xFAFF) ||
         (unit >= 0xD840 && unit <= 0xDFFF);
}

}  // namespace dedup::boilerplate
