// SPDX-License-Identifier: Apache-2.0
// Directories held open. What a path led to when it was opened stays what is written to, whoever
// puts a symbolic link in its place meanwhile: every name is looked up from the descriptor.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "bytes/descriptor.h"

namespace dedup::tool {

class Directory {
 public:
  /// The directory at `path`, links followed: it was named by the user. Empty is the working
  /// directory. Throws OutputError about `label`.
  Directory(std::filesystem::path path, const std::string& label);

  /// A directory in this one; nothing if there is none. Throws OutputError for what is something
  /// else, a symbolic link among it: none is followed. `name` is one component; "." is this one
  /// once more.
  [[nodiscard]] std::optional<Directory> enter(const std::filesystem::path& name) const;

  /// Makes a directory in this one, durably; false if the name is taken. Throws OutputError.
  bool make(const std::filesystem::path& name, mode_t mode = 0777) const;

  [[nodiscard]] int number() const noexcept { return handle_.number(); }
  /// As it was named, for messages; empty for the working directory.
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

  /// What stands under a name, a link as itself; nothing if nothing does.
  [[nodiscard]] std::optional<struct stat> status(const std::string& name) const;

  /// Makes its names durable. Returns the error number, 0 for none. One that may be written but not
  /// read cannot be synced: what was renamed in it stands all the same.
  [[nodiscard]] int sync() const noexcept;

 private:
  Directory(std::filesystem::path path, Descriptor handle, bool readable)
      : path_(std::move(path)), handle_(std::move(handle)), readable_(readable) {}

  std::filesystem::path path_;
  Descriptor handle_;
  bool readable_ = true;
};

}  // namespace dedup::tool
