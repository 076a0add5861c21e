// SPDX-License-Identifier: Apache-2.0
#include "bytes/terminal.h"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace dedup::tool {
namespace {

std::string_view variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

}  // namespace

bool is_terminal(int descriptor) noexcept { return ::isatty(descriptor) == 1; }

bool has_colours(Colour colour, int descriptor) {
  if (colour != Colour::automatic) return colour == Colour::always;
  return is_terminal(descriptor) && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
}

}  // namespace dedup::tool
