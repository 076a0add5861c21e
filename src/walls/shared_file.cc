// SPDX-License-Identifier: Apache-2.0
// Locks are those of open file descriptions (fcntl(2), F_OFD_SETLK): the older kind belongs to the
// process, and is lost when anything in it closes any descriptor of the file. That kind only tells
// who writes, since the newer one does not know.
//
//   0 … 2^62 - 2    content
//   2^62 - 1        the signature of who writes: a lock of the older kind
//   2^62 + n        lock n
#include "walls/shared_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <system_error>
#include <utility>

#include "dedup/error.h"
#include "walls/transfer.h"

namespace dedup::files {
namespace {

constexpr off_t kLocks = off_t{1} << 62;  // the byte of lock 0
constexpr off_t kSignature = kLocks - 1;

struct flock lock_of(short type, off_t start, off_t length) noexcept {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = start;
  lock.l_len = length;
  return lock;
}

int open_with(const std::string& path, SharedFile::Access access) noexcept {
  const int flags = access == SharedFile::Access::read     ? O_RDONLY
                    : access == SharedFile::Access::update ? O_RDWR
                                                           : O_RDWR | O_CREAT;
  return uninterrupted([&] { return ::open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY, 0600); });
}

/// What makes a file of this name last, or its end.
void sync_folder_of(const std::string& path) noexcept {
  const std::size_t slash = path.rfind('/');
  const std::string folder =
      slash == std::string::npos ? "." : path.substr(0, slash == 0 ? 1 : slash);
  const int descriptor =
      uninterrupted([&] { return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); });
  if (descriptor < 0) return;
  static_cast<void>(::fsync(descriptor));
  ::close(descriptor);
}

}  // namespace

SharedFile::SharedFile(std::string path, Access access)
    : path_(std::move(path)), descriptor_(open_with(path_, access)) {
  if (descriptor_ < 0) fail(errno);
  struct stat state {};
  const bool known = ::fstat(descriptor_, &state) == 0;
  if (known && S_ISREG(state.st_mode)) return;
  ::close(descriptor_);
  fail("not a regular file");
}

SharedFile::~SharedFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

SharedFile::SharedFile(SharedFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

std::uint64_t SharedFile::size() const {
  struct stat state {};
  if (::fstat(descriptor_, &state) != 0) fail(errno);
  return static_cast<std::uint64_t>(state.st_size);
}

void SharedFile::read(std::uint64_t offset, std::span<std::byte> bytes) const {
  const std::uint64_t end = offset + bytes.size();
  if (const int error = read_at(descriptor_, offset, bytes)) fail(error);
  if (!bytes.empty()) fail("damaged: cut short at byte " + std::to_string(end - bytes.size()));
}

void SharedFile::write(std::uint64_t offset, std::span<const std::byte> bytes) const {
  if (const int error = write_at(descriptor_, offset, bytes)) fail(error);
}

void SharedFile::cut(std::uint64_t size) const {
  if (uninterrupted([&] { return ::ftruncate(descriptor_, static_cast<off_t>(size)); }) != 0) {
    fail(errno);
  }
}

void SharedFile::release(std::uint64_t offset, std::uint64_t bytes) const noexcept {
  release_at(descriptor_, offset, bytes);
}

void SharedFile::sync() const {
  if (uninterrupted([&] { return ::fdatasync(descriptor_); }) != 0) fail(errno);
}

void SharedFile::sync_name() const noexcept { sync_folder_of(path_); }

bool SharedFile::lock(std::uint64_t number, bool exclusive) const {
  struct flock wanted =
      lock_of(exclusive ? F_WRLCK : F_RDLCK, kLocks + static_cast<off_t>(number), 1);
  if (uninterrupted([&] { return ::fcntl(descriptor_, F_OFD_SETLK, &wanted); }) == 0) return true;
  if (errno != EAGAIN && errno != EACCES) fail(errno);
  return false;
}

void SharedFile::unlock(std::uint64_t number) const {
  struct flock wanted = lock_of(F_UNLCK, kLocks + static_cast<off_t>(number), 1);
  if (uninterrupted([&] { return ::fcntl(descriptor_, F_OFD_SETLK, &wanted); }) != 0) fail(errno);
}

bool SharedFile::others_hold(std::uint64_t first, std::uint64_t end) const {
  if (first >= end) return false;
  struct flock asked =
      lock_of(F_WRLCK, kLocks + static_cast<off_t>(first), static_cast<off_t>(end - first));
  if (uninterrupted([&] { return ::fcntl(descriptor_, F_OFD_GETLK, &asked); }) != 0) fail(errno);
  return asked.l_type != F_UNLCK;
}

void SharedFile::sign() const noexcept {
  struct flock wanted = lock_of(F_WRLCK, kSignature, 1);
  static_cast<void>(::fcntl(descriptor_, F_SETLK, &wanted));
}

std::optional<std::int64_t> SharedFile::signed_by() const noexcept {
  struct flock asked = lock_of(F_WRLCK, kSignature, 1);
  if (::fcntl(descriptor_, F_GETLK, &asked) != 0 || asked.l_type == F_UNLCK) return std::nullopt;
  return asked.l_pid;
}

bool SharedFile::is_in_place() const noexcept {
  struct stat open {};
  struct stat named {};
  return ::fstat(descriptor_, &open) == 0 && ::stat(path_.c_str(), &named) == 0 &&
         open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

bool SharedFile::is_remote() const noexcept {
  struct statfs state {};
  if (::fstatfs(descriptor_, &state) != 0) return false;
  switch (static_cast<std::uint32_t>(state.f_type)) {
    case 0x6969:      // NFS
    case 0x517B:      // SMB
    case 0xFE534D42:  // SMB2
    case 0xFF534D42:  // CIFS
    case 0x01021997:  // 9P
    case 0x5346414F:  // AFS
    case 0x00C36400:  // Ceph
      return true;
    default:
      return false;
  }
}

void SharedFile::rename_to(const std::string& path) {
  if (::rename(path_.c_str(), path.c_str()) != 0) fail(errno);
  path_ = path;
  sync_folder_of(path);
}

void SharedFile::remove() const noexcept { files::remove(path_); }

bool exists(const std::string& path) noexcept { return ::access(path.c_str(), F_OK) == 0; }

void remove(const std::string& path) noexcept { static_cast<void>(::unlink(path.c_str())); }

void SharedFile::fail(const std::string& cause) const { throw IndexError(path_, cause); }

void SharedFile::fail(int error) const { fail(std::generic_category().message(error)); }

void wait_a_moment(unsigned milliseconds) noexcept {
  const timespec time{static_cast<time_t>(milliseconds / 1000),
                      long{milliseconds % 1000} * 1'000'000};
  static_cast<void>(::nanosleep(&time, nullptr));
}

std::int64_t now() noexcept { return ::time(nullptr); }

std::uint64_t ticks() noexcept {
  timespec time{};
  static_cast<void>(::clock_gettime(CLOCK_MONOTONIC, &time));
  return static_cast<std::uint64_t>(time.tv_sec) * 1000 +
         static_cast<std::uint64_t>(time.tv_nsec) / 1'000'000;
}

std::int64_t process() noexcept { return ::getpid(); }

}  // namespace dedup::files
