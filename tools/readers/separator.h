// SPDX-License-Identifier: Apache-2.0
// Finding the lines that part the documents of a text, whatever the pieces it arrives in. No line
// is held: of one that may be a separator, only as much as a separator is long.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dedup::tool {

class SeparatorFinder {
 public:
  /// `line`: the separator without its line end; empty: any line of nothing but white space.
  explicit SeparatorFinder(std::string line) : line_(std::move(line)) {}

  /// A part of the text, or one separator with its line end (\n or \r\n).
  struct Part {
    std::string_view text;
    bool is_separator = false;
  };

  /// Takes the next part from the front of `chunk`; valid until the next call. Nothing when the
  /// chunk is used up.
  std::optional<Part> take(std::string_view& chunk);

  /// What is left at the end of the text: an unfinished line may be a separator, too.
  std::optional<Part> rest();

 private:
  std::optional<Part> take_line_start(std::string_view& chunk);
  Part take_text(std::string_view& chunk);
  [[nodiscard]] std::size_t longest() const noexcept;
  [[nodiscard]] bool may_begin(char byte) const noexcept;
  [[nodiscard]] bool may_become_separator(std::string_view start) const;
  [[nodiscard]] bool is_separator(std::string_view line) const;

  std::string line_;
  std::string held_;           // the start of a line that may be a separator
  std::string out_;            // what take() gave out of it
  bool at_line_start_ = true;  // of the next byte, what is held included
};

}  // namespace dedup::tool
