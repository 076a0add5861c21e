// SPDX-License-Identifier: Apache-2.0
// The built-in boilerplate rules: the text of rules.txt, made a string by the build.
#pragma once

#include <string_view>

namespace dedup::boilerplate {

/// The rules in the grammar of grammar.h. Static storage.
[[nodiscard]] std::string_view builtin_rules() noexcept;

}  // namespace dedup::boilerplate
