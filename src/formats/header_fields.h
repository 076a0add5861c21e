// SPDX-License-Identifier: Apache-2.0
// Header fields as WARC and HTTP write them: `Name: value` lines, ended by \r\n or \n.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dedup::formats {

/// A longer header is none: nobody's is, and it is held until its end comes.
inline constexpr std::size_t kLongestHeader = std::size_t{64} << 10;

/// Where a header ends that starts at the front of `bytes`: behind its first empty line. Looks from
/// `from` on, which is within the header. Nothing where the end is still to come.
[[nodiscard]] std::optional<std::size_t> header_end(std::string_view bytes, std::size_t from);

/// `text` without the blanks about it.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

/// Whether two words are the same but for the case of ASCII letters.
[[nodiscard]] bool same_word(std::string_view left, std::string_view right) noexcept;

/// `text` with small ASCII letters.
[[nodiscard]] std::string lowered(std::string_view text);

/// A header: its first line, and the fields behind it. Values have no blanks about them; a folded
/// one has a space for each fold. A line without a colon says nothing.
class HeaderFields {
 public:
  HeaderFields() = default;
  explicit HeaderFields(std::string_view header);

  [[nodiscard]] const std::string& first_line() const noexcept { return first_line_; }

  /// The first field of that name, in whatever case; nothing where there is none.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const noexcept;

  /// The same, empty where there is none.
  [[nodiscard]] std::string_view value(std::string_view name) const noexcept {
    return find(name).value_or(std::string_view());
  }

 private:
  void add(std::string_view line);

  std::string first_line_;
  std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace dedup::formats
