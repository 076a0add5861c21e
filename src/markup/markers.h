// SPDX-License-Identifier: Apache-2.0
// What stands before the items of lists.
//
//   <ol type=A>                              A. 甲   B. 乙
//   <ol style="list-style: lower-roman">     i. 甲   ii. 乙
//   <ul>                                     - 甲    - 乙
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dedup::markup {

/// How the items of a list are counted.
enum class Counting : std::uint8_t {
  none,    ///< not, nor marked
  bullet,  ///< not, but marked
  decimal,
  lower_alpha,
  upper_alpha,
  lower_roman,
  upper_roman,
};

/// What the attribute type= of a list or an item says; nothing where it is another's.
[[nodiscard]] std::optional<Counting> counting_of_type(std::string_view type) noexcept;

/// What a style says by list-style or list-style-type; of what is said twice the last counts.
[[nodiscard]] std::optional<Counting> counting_of_style(std::string_view style) noexcept;

/// What stands before an item, a blank at its end. What letters cannot count has digits, as
/// browsers have it; great numbers are none of items.
[[nodiscard]] std::string marker_of(Counting counting, std::int64_t item);

/// Whether the text of an item begins with a number of its own, so that `marker` would be its
/// second: 1. 甲, （一）甲, or A、甲 where it is counted in letters.
[[nodiscard]] bool is_marked_already(std::string_view text, std::string_view marker) noexcept;

}  // namespace dedup::markup
