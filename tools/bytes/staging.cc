// SPDX-License-Identifier: Apache-2.0
#include "bytes/staging.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "bytes/fault.h"
#include "bytes/leftover.h"
#include "bytes/paths.h"

namespace dedup::tool {

/// Two mounts of one file system share its device, and no rename leads from one to the other.
Mount mount_of(const Directory& directory) {
  struct stat status {};
  if (::fstat(directory.number(), &status) != 0) {
    throw OutputError(shown(directory.path().string()) + ": " + cause());
  }
  Mount mount{status.st_dev, 0};
#ifdef STATX_MNT_ID
  struct statx more {};
  if (::statx(directory.number(), "", AT_EMPTY_PATH, STATX_MNT_ID, &more) == 0 &&
      (more.stx_mask & STATX_MNT_ID) != 0) {
    mount.number = more.stx_mnt_id;
  }
#endif
  return mount;
}

/// Between making it and holding it another run may have cleared it away: then it is made anew.
Staging::Staging(Directory parent, const std::string& label)
    : parent_(std::move(parent)), mount_(mount_of(parent_)) {
  do {
    name_ = temporary_name();
    if (::mkdirat(parent_.number(), name_.c_str(), 0700) != 0) {
      if (errno == EEXIST) continue;
      throw OutputError(label + ": " + cause());
    }
    try {
      directory_ = parent_.enter(name_);
      if (directory_) hold(directory_->number());
    } catch (...) {
      ::unlinkat(parent_.number(), name_.c_str(), AT_REMOVEDIR);
      throw;
    }
  } while (!directory_ || !is_still(parent_, name_, directory_->number()));
}

/// Files are numbered; what is not there any more costs a call that fails.
Staging::~Staging() {
  for (std::uint64_t i = 0; gone_ < created_ && i < created_; ++i) {
    ::unlinkat(directory_->number(), std::to_string(i).c_str(), 0);
  }
  ::unlinkat(parent_.number(), name_.c_str(), AT_REMOVEDIR);
}

Descriptor Staging::create(std::uint64_t number, mode_t mode) const noexcept {
  constexpr int kFlags = O_CREAT | O_EXCL | O_WRONLY;
  return open_at(directory_->number(), std::to_string(number).c_str(), kFlags, mode);
}

std::optional<FileState> Staging::state(std::uint64_t number) const noexcept {
  struct stat status {};
  const std::string name = std::to_string(number);
  const int failed = ::fstatat(directory_->number(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW);
  return failed == 0 ? state_of(status) : std::nullopt;
}

/// It may not have been made.
void Staging::drop(std::uint64_t number) noexcept {
  const int failed = ::unlinkat(directory_->number(), std::to_string(number).c_str(), 0);
  if (failed == 0 || errno == ENOENT) gone_ += 1;
}

int Staging::place(std::uint64_t number, const Directory& directory,
                   const std::string& name) noexcept {
  const std::string old = std::to_string(number);
  const int failed =
      ::renameat(directory_->number(), old.c_str(), directory.number(), name.c_str());
  if (failed != 0) return errno;
  gone_ += 1;
  return 0;
}

void Staging::sync() const {
  while (::syncfs(directory_->number()) != 0) {
    if (errno == EINVAL || errno == ENOTSUP || errno == ENOSYS) return;
    if (errno != EINTR) {
      throw OutputError(shown((parent_.path() / name_).string()) + ": " + cause());
    }
  }
}

}  // namespace dedup::tool
