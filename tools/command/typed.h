// SPDX-License-Identifier: Apache-2.0
// The words of a command line, split by the table of options of a command.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "command/values.h"
#include "manual/option_table.h"

namespace dedup::tool {

/// What was typed. Options are named as in their table, by the letter where they have no name; one
/// that the table does not have is a mistake of the program: std::logic_error.
class Typed {
 public:
  /// Splits `words`. Throws UsageError where an option lacks its value or a flag has one; all else
  /// that can be wrong is left to check().
  Typed(const Words& words, std::span<const OptionEntry> options);

  /// Throws UsageError for options that are not in the table, that are given twice
  /// or without a value, or that exclude one another.
  void check() const;

  [[nodiscard]] bool given(std::string_view name) const;
  /// None where it is not given, or given without one.
  [[nodiscard]] std::optional<std::string> value(std::string_view name) const;
  /// The value, else the one that the table says stands for it.
  [[nodiscard]] std::string choice(std::string_view name) const;
  /// Of an option that may be given several times.
  [[nodiscard]] Words values(std::string_view name) const;

  /// What is no option, with all that stands behind "--".
  [[nodiscard]] const Words& operands() const noexcept { return operands_; }

 private:
  void refuse_unknown() const;
  [[nodiscard]] const OptionEntry& entry(std::string_view name) const;
  [[nodiscard]] const Words& found(std::string_view name) const;

  std::span<const OptionEntry> options_;
  std::map<std::string, Words, std::less<>> found_;  // by name; one element each time it was given
  Words operands_;
  std::size_t behind_bar_ = 0;  // of the operands, at their end
};

}  // namespace dedup::tool
