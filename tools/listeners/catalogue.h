// SPDX-License-Identifier: Apache-2.0
// Messages in the language of whoever reads them. English is the source: what a message says is
// decided where it arises, and this is a table of its forms with their translations. What is read
// by programs (texts, lists, --stats=json, exit statuses) is the same in every language.
#pragma once

#include <string>
#include <string_view>

namespace dedup::tool {

/// Whether messages are in Chinese: by LC_ALL, LC_MESSAGES and LANG, of which the first that is set
/// and not empty counts.
[[nodiscard]] bool speaks_chinese() noexcept;

/// A message in Chinese. What the table does not have stays as it is, and so do names and numbers.
[[nodiscard]] std::string in_chinese(std::string_view message);

}  // namespace dedup::tool
