// SPDX-License-Identifier: Apache-2.0
// A path below a directory is walked component by component, each looked up in the one before and
// none through a link. (openat2(2) would do it in one call where the kernel has it; the walk is as
// safe, and one way to test instead of two.)
#include "bytes/directory.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "bytes/fault.h"
#include "bytes/paths.h"

namespace dedup::tool {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, int error) {
  throw OutputError(shown(path.string()) + ": " + cause(error));
}

struct Opened {
  Descriptor handle;
  bool readable;
};

Opened open_directory(int at, const char* name, int flags) {
  flags |= O_DIRECTORY;
  Descriptor handle = open_at(at, name, O_RDONLY | flags);
  if (handle.number() >= 0 || errno != EACCES) return {std::move(handle), true};
  return {open_at(at, name, O_PATH | flags), false};
}

}  // namespace

Directory::Directory(fs::path path, const std::string& label) : path_(std::move(path)) {
  auto [handle, readable] = open_directory(AT_FDCWD, path_.empty() ? "." : path_.c_str(), 0);
  if (handle.number() < 0) throw OutputError(label + ": " + cause());
  handle_ = std::move(handle);
  readable_ = readable;
}

std::optional<Directory> Directory::enter(const fs::path& name) const {
  auto [handle, readable] = open_directory(number(), name.c_str(), O_NOFOLLOW);
  if (handle.number() >= 0) {
    return Directory(name == "." ? path_ : path_ / name, std::move(handle), readable);
  }
  if (errno == ENOENT) return std::nullopt;
  int error = errno;
  if (error == ENOTDIR) {
    const auto found = status(name.string());
    if (found && S_ISLNK(found->st_mode)) error = ELOOP;
  }
  fail(path_ / name, error);
}

bool Directory::make(const fs::path& name, mode_t mode) const {
  if (::mkdirat(number(), name.c_str(), mode) != 0) {
    if (errno == EEXIST) return false;
    fail(path_ / name, errno);
  }
  if (const int error = sync()) {
    ::unlinkat(number(), name.c_str(), AT_REMOVEDIR);
    fail(path_, error);
  }
  return true;
}

std::optional<struct stat> Directory::status(const std::string& name) const {
  struct stat found {};
  if (::fstatat(number(), name.c_str(), &found, AT_SYMLINK_NOFOLLOW) == 0) return found;
  if (errno == ENOENT) return std::nullopt;
  fail(path_ / name, errno);
}

int Directory::sync() const noexcept { return readable_ ? make_durable(number()) : 0; }

}  // namespace dedup::tool
