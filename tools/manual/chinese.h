// SPDX-License-Identifier: Apache-2.0
// The short help in Chinese.
#pragma once

#include <string_view>

#include "manual/option_table.h"

namespace dedup::tool {

/// What -h says around its options.
struct ChineseHelp {
  std::string_view command;  ///< the name of the manual
  std::string_view purpose;
  std::string_view ending;
};
[[nodiscard]] const ChineseHelp& chinese_help(const Manual& manual);

/// An option in one line, with what stands where it is not given; empty where the table has none.
[[nodiscard]] std::string_view chinese_summary(const Manual& manual,
                                               const OptionEntry& option) noexcept;

/// A remark on an example.
[[nodiscard]] std::string_view chinese_comment(const Example& example) noexcept;

/// The heading of a group.
[[nodiscard]] std::string_view chinese_heading(Group group) noexcept;

}  // namespace dedup::tool
