// SPDX-License-Identifier: Apache-2.0
// What tells that a file is still the one it was, without reading it.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <optional>
#include <string>

namespace dedup::tool {

/// A regular file at a moment. Whoever writes to it changes the size or the time.
struct FileState {
  dev_t device = 0;
  ino_t inode = 0;
  std::uint64_t size = 0;     ///< bytes
  std::int64_t modified = 0;  ///< nanoseconds since 1970

  bool operator==(const FileState&) const = default;
  /// The same where the file may have been moved, or its system mounted anew.
  [[nodiscard]] bool same_bytes(const FileState& other) const noexcept {
    return size == other.size && modified == other.modified;
  }
};

/// Nothing for what is no regular file.
[[nodiscard]] std::optional<FileState> state_of(const struct stat& status) noexcept;

/// Of an open file; nothing likewise.
[[nodiscard]] std::optional<FileState> state_of(int descriptor) noexcept;

/// Of the file at a path, links followed; nothing likewise, and where nothing stands there.
[[nodiscard]] std::optional<FileState> state_at(const std::string& path) noexcept;

}  // namespace dedup::tool
