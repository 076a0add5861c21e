// SPDX-License-Identifier: Apache-2.0
// File names: how they are shown, and when two of them are the same file.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace dedup::tool {

/// `text` fit for a terminal: control characters and bytes that are not UTF-8 as \n, \t or \xHH, so
/// that no name can move the cursor or fake a second message.
[[nodiscard]] std::string shown(std::string_view text);

/// The extension of a name, that of a compression aside, in small letters and with its dot; empty
/// if it has none: .html of a.HTML.gz.
[[nodiscard]] std::string content_extension(const std::string& name);

/// What the kernel knows a file by.
struct FileId {
  dev_t device = 0;
  ino_t inode = 0;
  bool regular = false;
  friend bool operator==(const FileId&, const FileId&) = default;
};

/// The file behind an operand ("-" is standard input); nothing if there is none.
[[nodiscard]] std::optional<FileId> input_id(const std::string& operand);
[[nodiscard]] std::optional<FileId> descriptor_id(int descriptor);

/// The path that `path` leads to through symbolic links at its end. The file need not exist.
[[nodiscard]] std::filesystem::path followed(std::filesystem::path path);

/// Whether writing to both means writing to the same place: one path, or one regular file.
[[nodiscard]] bool same_place(const std::filesystem::path& left,
                              const std::filesystem::path& right);

/// The one name under which a file is replaced, however its path is spelled and links lead there.
[[nodiscard]] std::filesystem::path canonical_name(const std::filesystem::path& path);

/// The number N where `path` is a name of this process's descriptor N, such as /dev/stdout.
[[nodiscard]] std::optional<int> descriptor_number(const std::filesystem::path& path);

/// Where `operand` belongs below `directory`: relative paths are mirrored, absolute ones re-rooted.
/// Throws UsageError where the path has a ".." in it.
[[nodiscard]] std::filesystem::path mirrored(const std::filesystem::path& directory,
                                             const std::string& operand);

}  // namespace dedup::tool
