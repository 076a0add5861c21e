// SPDX-License-Identifier: Apache-2.0
// The only file of the library that touches the file system. Interrupted calls and short transfers
// do not show.
#include "walls/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "dedup/error.h"

namespace dedup::files {
namespace {

/// Calls until no signal comes between.
template <typename Call>
int uninterrupted(const Call& call) noexcept {
  int result = call();
  while (result < 0 && errno == EINTR) {
    result = call();
  }
  return result;
}

/// Open for both, or -1 with the reason in errno.
int open_unnamed(const std::string& directory) noexcept {
#ifdef O_TMPFILE
  const int descriptor = uninterrupted(
      [&] { return ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600); });
  // Other errors say that the file system or the kernel knows no unnamed files.
  if (descriptor >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) {
    return descriptor;
  }
#endif
  std::string name = directory + "/.dedup-XXXXXX";
  const int named = uninterrupted([&] {
    name.replace(name.size() - 6, 6, "XXXXXX");
    return ::mkostemp(name.data(), O_CLOEXEC);
  });
  if (named >= 0 && ::unlink(name.c_str()) != 0) {  // the name goes before the first byte comes
    const int error = errno;
    ::close(named);
    errno = error;
    return -1;
  }
  return named;
}

}  // namespace

UnnamedFile::UnnamedFile(std::string directory)
    : directory_(std::move(directory)), descriptor_(open_unnamed(directory_)) {
  if (descriptor_ < 0) {
    fail(errno);
  }
}

UnnamedFile::~UnnamedFile() { ::close(descriptor_); }

void UnnamedFile::write(std::uint64_t offset, std::span<const std::byte> bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent =
        ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (sent > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
      offset += static_cast<std::uint64_t>(sent);
    } else if (sent == 0 || errno != EINTR) {
      fail(sent == 0 ? EIO
                     : errno);  // no progress and no reason: trying again could go on for ever
    }
  }
}

void UnnamedFile::read(std::uint64_t offset, std::span<std::byte> bytes) const {
  while (!bytes.empty()) {
    const ssize_t got =
        ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (got > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(got));
      offset += static_cast<std::uint64_t>(got);
    } else if (got == 0) {
      throw ScratchError(directory_, "a temporary file was cut short");
    } else if (errno != EINTR) {
      fail(errno);
    }
  }
}

void UnnamedFile::release(std::uint64_t offset, std::uint64_t bytes) const noexcept {
#ifdef FALLOC_FL_PUNCH_HOLE
  static_cast<void>(::fallocate(descriptor_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                                static_cast<off_t>(offset), static_cast<off_t>(bytes)));
#endif
}

void UnnamedFile::fail(int error) const {
  throw ScratchError(directory_, std::generic_category().message(error));
}

}  // namespace dedup::files
