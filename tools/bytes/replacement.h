// SPDX-License-Identifier: Apache-2.0
// A new file that takes the place of another in one step, or leaves no trace.
#pragma once

#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <utility>

#include "bytes/directory.h"
#include "bytes/publication.h"

namespace dedup::tool {

/// Gives a new file owner and mode of the one that it will replace, as far as we may. False where
/// the mode could not be set.
[[nodiscard]] bool take_manners(int descriptor, const struct stat& old) noexcept;

/// The file has no name before prepare() where the file system allows that, else a temporary one
/// beside the other. Its directory is held open from the start.
class Replacement {
 public:
  /// Keeps owner and mode of an existing file at `path`. Throws OutputError about `label`.
  Replacement(const std::filesystem::path& path, const std::string& label);
  ~Replacement();
  Replacement(Replacement&& other) noexcept;
  Replacement& operator=(Replacement&&) = delete;

  [[nodiscard]] int descriptor() const noexcept { return file_.number(); }

  /// Makes the bytes durable and gives them a temporary name: what can fail. Throws OutputError.
  /// Once the file is in its place, only what was written since is made durable.
  void prepare();

  /// Puts the file in its place, if it is not there yet. Requires prepare(). More may be written.
  void publish(Publication& publication);

 private:
  Replacement(Directory directory, std::string name, std::string label)
      : directory_(std::move(directory)), name_(std::move(name)), label_(std::move(label)) {}
  void create(mode_t mode);
  void create_named(mode_t mode);
  void give_name();
  [[noreturn]] void fail(int error) const;

  Directory directory_;
  std::string name_;
  std::string label_;
  Descriptor file_;
  std::string temporary_;  // empty while the file has no name
  bool placed_ = false;
};

}  // namespace dedup::tool
