// SPDX-License-Identifier: Apache-2.0
// A directory of temporaries, ".dedup-" and ten characters, in which files are written that are
// then renamed to where they belong. It goes with its owner; that of a killed run is removed by the
// next one that looks there.
#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <optional>
#include <string>

#include "bytes/descriptor.h"
#include "bytes/directory.h"
#include "bytes/file_state.h"

namespace dedup::tool {

/// How far a rename leads: a file system, and one of the places where it is mounted.
struct Mount {
  dev_t device = 0;
  std::uint64_t number = 0;  ///< 0 where the kernel does not tell

  bool operator==(const Mount&) const = default;
};

/// Throws OutputError.
[[nodiscard]] Mount mount_of(const Directory& directory);

class Staging {
 public:
  /// Makes the directory in `parent`. Throws OutputError about `label`.
  Staging(Directory parent, const std::string& label);
  /// What was neither placed nor dropped goes.
  ~Staging();
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  /// The name of a file that will be made here.
  [[nodiscard]] std::uint64_t reserve() noexcept { return created_++; }
  /// Makes it. Negative where that fails; see errno. Any thread.
  [[nodiscard]] Descriptor create(std::uint64_t number, mode_t mode) const noexcept;

  /// Of a file that stands here. Any thread.
  [[nodiscard]] std::optional<FileState> state(std::uint64_t number) const noexcept;

  /// Removes a file.
  void drop(std::uint64_t number) noexcept;

  /// Renames a file to where it belongs. Returns the error number, 0 for none.
  [[nodiscard]] int place(std::uint64_t number, const Directory& directory,
                          const std::string& name) noexcept;

  /// Makes all files here durable at once, by writing out the file system. One that knows no such
  /// thing cannot be blamed. Throws OutputError.
  void sync() const;

  [[nodiscard]] const Mount& mount() const noexcept { return mount_; }

 private:
  Directory parent_;
  Mount mount_;
  std::string name_;
  std::optional<Directory> directory_;
  std::uint64_t created_ = 0;
  std::uint64_t gone_ = 0;  // placed or dropped
};

/// A file on its way: made in the staging directory, and to be placed.
struct Staged {
  Staging* staging = nullptr;
  std::uint64_t number = 0;
  std::optional<struct stat> old;  ///< what it will replace, whose manners it is to take over

  /// Makes it; nobody else can reach it here. Negative where that fails, see errno. Any thread.
  [[nodiscard]] Descriptor create() const noexcept {
    return staging->create(number, old ? old->st_mode & 0777 : 0666);
  }
  void drop() const noexcept { staging->drop(number); }
  [[nodiscard]] std::optional<FileState> state() const noexcept { return staging->state(number); }
  /// See Staging.
  [[nodiscard]] int place(const Directory& directory, const std::string& name) const noexcept {
    return staging->place(number, directory, name);
  }
};

}  // namespace dedup::tool
