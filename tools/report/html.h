// SPDX-License-Identifier: Apache-2.0
// Text and numbers as a page of HTML shows them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dedup::tool {

/// `text`, which is UTF-8, as the content of an element or of a quoted attribute.
[[nodiscard]] std::string escaped(std::string_view text);

/// The same for an element, where what nobody can see is written as its number: U+200B.
[[nodiscard]] std::string made_visible(std::string_view text);

/// `json` as the content of a script element, which no text in it can end.
[[nodiscard]] std::string as_script(std::string_view json);

/// The first `bytes` of `text`, or a few less, so that no character is cut.
[[nodiscard]] std::string_view first_bytes(std::string_view text, std::size_t bytes) noexcept;
/// The last ones.
[[nodiscard]] std::string_view last_bytes(std::string_view text, std::size_t bytes) noexcept;

/// 13204 is "13,204".
[[nodiscard]] std::string grouped(std::uint64_t number);

/// "1.3 MB", of 1,000,000 bytes each.
[[nodiscard]] std::string rough_bytes(std::uint64_t bytes);

/// A share in hundredths: "4.6 %"; what is not nothing is not "0.0 %" but "<0.1 %".
[[nodiscard]] std::string percent(std::uint64_t part, std::uint64_t whole);

}  // namespace dedup::tool
