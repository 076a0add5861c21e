// SPDX-License-Identifier: Apache-2.0
// The charsets that text is read in, and what people call them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dedup::text {

/// GBK, GB 2312 and code page 936 are read as GB18030, code page 950 and HKSCS as Big5, since each
/// is a part of that, and labels seldom tell them apart.
enum class Charset : std::uint8_t {
  utf8,
  utf16le,
  utf16be,
  utf32le,
  utf32be,
  gb18030,
  big5,
  euc_tw,
};
inline constexpr std::size_t kCharsetCount = 8;

/// A set of them.
class Charsets {
 public:
  constexpr Charsets() = default;
  constexpr explicit Charsets(Charset one) : bits_(1U << static_cast<unsigned>(one)) {}
  static constexpr Charsets all() { return Charsets((1U << kCharsetCount) - 1); }

  [[nodiscard]] constexpr bool has(Charset one) const noexcept {
    return (bits_ >> static_cast<unsigned>(one) & 1U) != 0;
  }
  [[nodiscard]] constexpr bool is_one() const noexcept { return (bits_ & (bits_ - 1)) == 0; }
  [[nodiscard]] constexpr Charsets operator|(Charsets other) const noexcept {
    return Charsets(bits_ | other.bits_);
  }
  friend constexpr bool operator==(Charsets, Charsets) = default;

 private:
  constexpr explicit Charsets(unsigned bits) : bits_(bits) {}
  unsigned bits_ = 0;
};

/// The name in reports, e.g. "GB18030".
[[nodiscard]] std::string_view name(Charset charset) noexcept;

/// What a name stands for, whatever its case, with or without hyphens and underscores: one charset;
/// for "utf-16" and "utf-32" both orders of bytes, the likelier first; for "auto" all. Nothing
/// where the name is unknown.
[[nodiscard]] std::optional<Charsets> charsets_called(std::string_view name);

/// All names, for a message.
[[nodiscard]] std::string charset_names();

}  // namespace dedup::text
