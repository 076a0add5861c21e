// SPDX-License-Identifier: Apache-2.0
// Hostile text: units out of which the text is made that a quadratic pass would choke on, and the
// ways in which two of them are put together.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace dedup::test {

/// Every kind of thing that some rule looks for, whole, open and cut off.
[[nodiscard]] std::span<const std::string_view> hostile_units() noexcept;

enum class Shape {
  line,    ///< ababab… in one line
  halves,  ///< aaaa…bbbb… in one line: all that opens before all that closes
  lines,   ///< numbered lines of ababab…, so that no two are alike
  notice,  ///< ababab… in one line between two cues, so that boilerplate rules look closely
};
inline constexpr std::array kShapes{Shape::line, Shape::halves, Shape::lines, Shape::notice};
[[nodiscard]] std::string_view name(Shape shape) noexcept;

/// About so many bytes of the units `a` and `b`.
[[nodiscard]] std::string hostile_text(Shape shape, std::string_view a, std::string_view b,
                                       std::size_t bytes);

}  // namespace dedup::test
