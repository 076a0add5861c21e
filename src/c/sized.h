// SPDX-License-Identifier: Apache-2.0
// Structs of the C face, which grow: the first member of each says how much of it the caller knows.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

#include "dedup/c.h"
#include "dedup/error.h"

namespace dedup::c {

/// What the caller set of a struct, on top of `defaults`. Throws InvalidOption for a size that is
/// none, and where something is set that this library does not know.
template <typename Struct>
[[nodiscard]] Struct known(const Struct& given, Struct defaults, const char* name) {
  if (given.size < sizeof given.size) {
    throw InvalidOption(std::string(name) + ".size is not set");
  }
  const auto* const bytes = reinterpret_cast<const char*>(&given);
  const auto is_set = [](char byte) { return byte != 0; };
  if (given.size > sizeof defaults &&
      std::any_of(bytes + sizeof defaults, bytes + given.size, is_set)) {
    throw InvalidOption(std::string(name) + " sets what only a later library knows");
  }
  std::memcpy(&defaults, bytes, std::min(given.size, sizeof defaults));
  return defaults;
}

/// Gives as much of `value` as the caller knows, which `out` says; its size stays.
template <typename Struct>
dedup_code give(Struct& out, const Struct& value) noexcept {
  if (out.size < sizeof out.size) {
    return DEDUP_INVALID_OPTION;  // it is not set
  }
  const std::size_t size = std::min(out.size, sizeof value);
  std::memcpy(reinterpret_cast<char*>(&out) + sizeof out.size,
              reinterpret_cast<const char*>(&value) + sizeof value.size, size - sizeof out.size);
  return DEDUP_OK;
}

/// The same for a struct of which nothing is set yet, with zeros behind what this library knows: so
/// a caller that knows more sets nothing there unless he means to.
template <typename Struct>
void fill(Struct& out, std::size_t size, const Struct& value) noexcept {
  if (size < sizeof out.size) {
    return;
  }
  std::memset(&out, 0, size);
  out.size = size;
  static_cast<void>(give(out, value));
}

[[nodiscard]] inline std::string_view view(dedup_bytes bytes) noexcept {
  return bytes.data == nullptr ? std::string_view() : std::string_view(bytes.data, bytes.size);
}
[[nodiscard]] inline dedup_bytes bytes(std::string_view text) noexcept {
  return {text.data(), text.size()};
}

}  // namespace dedup::c
