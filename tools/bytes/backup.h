// SPDX-License-Identifier: Apache-2.0
// How the original of a file that is replaced in its place is called.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace dedup::tool {

/// As in GNU sed: each * of `suffix` stands for the name, and without one it follows the name. Both
/// are single components of a path: a.txt, of .bak a.txt.bak, of old-* old-a.txt.
[[nodiscard]] std::string backup_name(std::string_view name, std::string_view suffix);

/// Where the original of a file stands then: beside it, links followed.
[[nodiscard]] std::filesystem::path backup_path(const std::string& path, std::string_view suffix);

/// Whether `name` is what the original of some other would be called. False for an empty suffix.
[[nodiscard]] bool is_backup_name(std::string_view name, std::string_view suffix);

}  // namespace dedup::tool
