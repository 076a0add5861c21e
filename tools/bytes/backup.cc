// SPDX-License-Identifier: Apache-2.0
#include "bytes/backup.h"

#include <algorithm>

#include "bytes/paths.h"

namespace dedup::tool {

std::string backup_name(std::string_view name, std::string_view suffix) {
  if (suffix.find('*') == suffix.npos) return std::string(name).append(suffix);
  std::string backup;
  for (const char c : suffix) {
    if (c == '*') {
      backup += name;
    } else {
      backup += c;
    }
  }
  return backup;
}

std::filesystem::path backup_path(const std::string& path, std::string_view suffix) {
  const std::filesystem::path file = followed(path);
  return file.parent_path() / backup_name(file.filename().string(), suffix);
}

/// All stars stand for the same, so the lengths tell how long that would be.
bool is_backup_name(std::string_view name, std::string_view suffix) {
  if (suffix.empty()) return false;
  const auto stars = static_cast<std::size_t>(std::ranges::count(suffix, '*'));
  const std::size_t times = std::max<std::size_t>(stars, 1);
  const std::size_t fixed = suffix.size() - stars;
  if (name.size() <= fixed || (name.size() - fixed) % times != 0) return false;
  const std::size_t start = stars == 0 ? 0 : suffix.find('*');
  const std::string_view original = name.substr(start, (name.size() - fixed) / times);
  return original != name && backup_name(original, suffix) == name;
}

}  // namespace dedup::tool
