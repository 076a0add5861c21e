// SPDX-License-Identifier: Apache-2.0
#include "bytes/json_text.h"

namespace dedup::tool {

std::string json_string(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  constexpr std::string_view kNamed = "\"\\\b\f\n\r\t";
  constexpr std::string_view kNames = "\"\\bfnrt";
  std::string out = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (const std::size_t named = kNamed.find(c); named != kNamed.npos) {
      out += '\\';
      out += kNames[named];
    } else if (code < 0x20) {
      out += "\\u00";
      out += kDigits[code >> 4];
      out += kDigits[code & 15];
    } else {
      out += c;
    }
  }
  return out += '"';
}

}  // namespace dedup::tool
