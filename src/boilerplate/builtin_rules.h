// SPDX-License-Identifier: Apache-2.0
// The built-in boilerplate rules: rules.txt, as a string and laid out, both made by the build.
#pragma once

#include <string_view>

#include "boilerplate/rule_tables.h"

namespace dedup::boilerplate {

/// The rules in the grammar of grammar.h. Static storage.
[[nodiscard]] std::string_view builtin_rules() noexcept;

/// What LaidOut makes of them. Static storage.
[[nodiscard]] const RuleTables& builtin_tables() noexcept;

}  // namespace dedup::boilerplate
