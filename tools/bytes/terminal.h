// SPDX-License-Identifier: Apache-2.0
// What a terminal is shown, and others are not.
#pragma once

namespace dedup::tool {

/// --color
enum class Colour { automatic, always, never };

/// Whether what is written to the descriptor has colours: where nobody said so, on a terminal that
/// has some, unless $NO_COLOR is set to anything.
[[nodiscard]] bool has_colours(Colour colour, int descriptor);

/// Whether the descriptor is a terminal.
[[nodiscard]] bool is_terminal(int descriptor) noexcept;

}  // namespace dedup::tool
