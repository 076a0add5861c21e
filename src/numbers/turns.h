// SPDX-License-Identifier: Apache-2.0
// The words that novelty.h knows: which turn the meaning of a sentence though they are one
// ideograph, and how a lead-in begins and ends. All as the fold writes them, in Simplified.
#pragma once

#include <string_view>

namespace dedup::numbers {

/// 不 没 未 无 and the like.
[[nodiscard]] bool is_negation(char16_t ideograph) noexcept;

/// Whether one stands where the other would say something else: 高 and 低, 男 and 女, 甲 and 乙. Not
/// an ideograph and itself.
[[nodiscard]] bool are_opposed(char16_t a, char16_t b) noexcept;

/// Whether one names another than the other does between these two, 0 where no ideograph is: any
/// before 某, and surnames behind 老, 小 and 阿. Elsewhere a surname is an ideograph as any other.
[[nodiscard]] bool are_others(char16_t a, char16_t b, char16_t before, char16_t behind) noexcept;

/// Whether it may be a unit behind a numeral, or a part of one: 克, and 毫 of 毫克.
[[nodiscard]] bool is_unit_of_measure(char16_t ideograph) noexcept;

/// Whether this head of a text says no more than who reports it: 据本报记者报道, 本报讯, 记者李明,
/// 日前记者获悉, 最新消息, 摘要.
[[nodiscard]] bool leads_in(std::u16string_view head) noexcept;

}  // namespace dedup::numbers
