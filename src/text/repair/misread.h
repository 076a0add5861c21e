// SPDX-License-Identifier: Apache-2.0
// Misread: back from the characters of a line to the bytes that a decoder in a wrong charset took
// them for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dedup::text {

/// The charset that a line was read in, and is not in.
enum class Misread : std::uint8_t {
  windows,  ///< Windows-1252, and Latin-1 where that has controls
  mac,      ///< Mac Roman
  gbk,      ///< GBK, where 80 is the euro sign, and with the private use of its converters
  big5,
};

/// In Bytes::bytes, for U+FFFD: bytes that were lost. In no UTF-8.
inline constexpr char kLostByte = '\xFF';

struct Bytes {
  std::string bytes;
  std::size_t lost = 0;   ///< U+FFFD
  std::size_t alien = 0;  ///< characters that stand for no byte of the charset; left out

  /// Whether the line could be read so, and nothing of it is lost but what became a question mark.
  [[nodiscard]] bool whole() const noexcept { return lost == 0 && alien == 0; }
};

/// The bytes behind a line; nothing where too much of it is alien to say anything. Linear, and of
/// a line in another script a look at its first characters.
[[nodiscard]] std::optional<Bytes> bytes_behind(std::string_view line, Misread as);

}  // namespace dedup::text
