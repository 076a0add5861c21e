// SPDX-License-Identifier: Apache-2.0
// The Catch2 wall: the one file that knows which version it is. Version 2 is Debian 12's.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <cstddef>
#include <string>

#include "walls/utf8.h"

namespace Catch {

/// Keys in failure messages, readable.
template <>
struct StringMaker<std::u16string> {
  static std::string convert(const std::u16string& key) {
    std::string text = "u\"";
    for (std::size_t i = 0; i < key.size(); ++i) {
      const bool pair = key[i] >= 0xD800 && key[i] < 0xDC00 && i + 1 < key.size();
      const char32_t low = pair ? key[i + 1] : 0;
      dedup::utf8::append(text, pair ? ((key[i] - 0xD800U) << 10) + low + 0x2400U : key[i]);
      if (pair) ++i;
    }
    return text + '"';
  }
};

}  // namespace Catch
