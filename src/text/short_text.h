// SPDX-License-Identifier: Apache-2.0
// A short text that lies where it is written, for tables of many: a table of string_views is one of
// pointers, all of which the loader has to set at each start.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dedup::text {

/// Of at most `most` bytes; a longer one does not compile.
template <std::size_t most>
class ShortText {
 public:
  template <std::size_t size>
  requires(size <= most + 1) consteval ShortText(
      const char (&text)[size]) noexcept  // NOLINT(google-explicit-constructor)
      : size_(size - 1) {
    std::copy_n(text, size - 1, letters_);
  }

  /// As long as this is there.
  constexpr operator std::string_view() const noexcept {  // NOLINT(google-explicit-constructor)
    return {letters_, size_};
  }

 private:
  char letters_[most] = {};
  std::uint8_t size_;
};

}  // namespace dedup::text
