// SPDX-License-Identifier: Apache-2.0
// The order that makes a replaced file safe: write, fsync the file, rename, fsync the directory. An
// unnamed file (O_TMPFILE) leaves nothing behind when the process is killed; it gets a name only
// before the rename, since linkat(2) cannot replace. A name that a kill leaves there all the same
// is cleared away by the next run.
#include "bytes/replacement.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "bytes/fault.h"
#include "bytes/leftover.h"

namespace dedup::tool {
namespace {

namespace fs = std::filesystem;

/// How much of a directory is looked at for what a killed run left: enough for most, and nothing
/// that a million files beside the output would make felt.
constexpr std::size_t kMostEntries = 4096;

/// The path under which an unnamed file can be given a name.
std::string link_source(int descriptor) { return "/proc/self/fd/" + std::to_string(descriptor); }

}  // namespace

bool take_manners(int descriptor, const struct stat& old) noexcept {
  // Looking costs less than changing what is right already.
  struct stat made {};
  if (::fstat(descriptor, &made) != 0) return false;
  if (made.st_uid != old.st_uid || made.st_gid != old.st_gid) {
    // Only root can give files away. Where that fails the file is ours, and its mode still holds.
    const int given = ::fchown(descriptor, old.st_uid, old.st_gid);
    static_cast<void>(given);
  }
  const mode_t mode = old.st_mode & 0777;
  return (made.st_mode & 07777) == mode || ::fchmod(descriptor, mode) == 0;
}

Replacement::Replacement(const fs::path& path, const std::string& label)
    : Replacement(Directory(path.parent_path(), label), path.filename().string(), label) {
  const auto old = directory_.status(name_);
  const bool exists = old && S_ISREG(old->st_mode);
  // A file that may not be written is not replaced either, though its directory would allow it.
  if (exists && ::faccessat(directory_.number(), name_.c_str(), W_OK, AT_EACCESS) != 0) fail(errno);
  clear_leftovers(directory_, kMostEntries);
  create(exists ? 0600 : 0666);
  if (exists && !take_manners(file_.number(), *old)) fail(errno);
}

Replacement::~Replacement() {
  if (!temporary_.empty()) ::unlinkat(directory_.number(), temporary_.c_str(), 0);
}

Replacement::Replacement(Replacement&& other) noexcept
    : directory_(std::move(other.directory_)),
      name_(std::move(other.name_)),
      label_(std::move(other.label_)),
      file_(std::move(other.file_)),
      temporary_(std::exchange(other.temporary_, {})),
      placed_(other.placed_) {}

void Replacement::create(mode_t mode) {
  file_ = open_at(directory_.number(), ".", O_TMPFILE | O_RDWR, mode);
  if (file_.number() < 0 && errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL) fail(errno);
  if (file_.number() < 0 || ::access(link_source(file_.number()).c_str(), F_OK) != 0) {
    create_named(mode);
  } else {
    hold(file_.number());
  }
}

void Replacement::create_named(mode_t mode) {
  constexpr int kFlags = O_CREAT | O_EXCL | O_RDWR;
  do {
    temporary_ = temporary_name();
    file_ = open_at(directory_.number(), temporary_.c_str(), kFlags, mode);
    if (file_.number() < 0 && errno != EEXIST) {
      const int error = errno;
      temporary_.clear();
      fail(error);
    }
    if (file_.number() >= 0) hold(file_.number());
  } while (file_.number() < 0 || !is_still(directory_, temporary_, file_.number()));
}

void Replacement::prepare() {
  if (const int error = make_durable(file_.number())) fail(error);
  if (const int error = close_once(file_.number())) fail(error);
  if (!placed_ && temporary_.empty()) give_name();
}

void Replacement::publish(Publication& publication) {
  if (placed_) return;
  const int at = directory_.number();
  if (::renameat(at, temporary_.c_str(), at, name_.c_str()) != 0) {
    publication.failed(label_, errno);
  }
  publication.made();
  placed_ = true;
  temporary_.clear();
  if (const int error = directory_.sync()) publication.unsure(label_, error);
}

void Replacement::give_name() {
  const std::string unnamed = link_source(file_.number());
  const int at = directory_.number();
  for (;;) {
    std::string name = temporary_name();
    if (::linkat(AT_FDCWD, unnamed.c_str(), at, name.c_str(), AT_SYMLINK_FOLLOW) == 0) {
      temporary_ = std::move(name);
      return;
    }
    if (errno != EEXIST) fail(errno);
  }
}

void Replacement::fail(int error) const { throw OutputError(label_ + ": " + cause(error)); }

}  // namespace dedup::tool
