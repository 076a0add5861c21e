// SPDX-License-Identifier: Apache-2.0
// Values of options: words that were typed, checked one by one. Every message has one shape, and a
// value that is still to come is told from one that makes no sense. Each throws UsageError.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace dedup::tool {

using Words = std::vector<std::string>;
using Values = std::initializer_list<std::string_view>;

/// For a value that makes no sense: "--keep takes first, none, not …".
[[noreturn]] void refuse_value(const std::string& option, const std::string& wanted,
                               const std::string& value);

/// The same for a value that is none of `choices`; names the one that was meant, if that is clear.
[[noreturn]] void refuse_choice(const std::string& option, const Words& choices,
                                const std::string& value);

/// Checks the value of an option, which is one of `words`.
void check(const std::string& option, const std::string& value, Values words);

[[nodiscard]] std::uint32_t number(const std::string& option, const std::string& value,
                                   std::uint32_t most = ~std::uint32_t{0});

/// A number from `least` to `most`, written as 0.8 or .8.
[[nodiscard]] double fraction(const std::string& option, const std::string& value, double least,
                              double most);

/// A number of bytes: 64M, 1.5G, 512KiB (all times 1024), or with "%" a share of `whole`.
[[nodiscard]] std::uint64_t size(const std::string& option, const std::string& value,
                                 std::uint64_t whole);

/// A line of text without its end: UTF-8; empty, too.
void check_line(const std::string& option, const std::string& value);

/// The arguments as they could be typed again, for the header of the edit list.
[[nodiscard]] std::string typed(const Words& words);

/// The suffix of --in-place, as backup_name() takes it. A * alone would be the file itself, which
/// keeps no backup. Throws UsageError.
[[nodiscard]] std::string backup_suffix(const std::string& value);

}  // namespace dedup::tool
