// SPDX-License-Identifier: Apache-2.0
#include "walls/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "dedup/error.h"
#include "walls/transfer.h"

namespace dedup::files {
namespace {

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
  if (const int error = write_at(descriptor_, offset, bytes)) fail(error);
}

void UnnamedFile::read(std::uint64_t offset, std::span<std::byte> bytes) const {
  if (const int error = read_at(descriptor_, offset, bytes)) fail(error);
  if (!bytes.empty()) throw ScratchError(directory_, "a temporary file was cut short");
}

void UnnamedFile::release(std::uint64_t offset, std::uint64_t bytes) const noexcept {
  release_at(descriptor_, offset, bytes);
}

void UnnamedFile::fail(int error) const {
  throw ScratchError(directory_, std::generic_category().message(error));
}

}  // namespace dedup::files
