// SPDX-License-Identifier: Apache-2.0
#include "bytes/descriptor.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace dedup::tool {

Descriptor::~Descriptor() {
  if (number_ > STDERR_FILENO) ::close(number_);
}

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

int Descriptor::release() noexcept { return std::exchange(number_, -1); }

Descriptor open_at(int directory, const char* path, int flags, mode_t mode) noexcept {
  for (;;) {
    const int number = ::openat(directory, path, flags | O_CLOEXEC, mode);
    if (number >= 0 || errno != EINTR) return Descriptor(number);
  }
}

int write_fully(int descriptor, std::string_view bytes) noexcept {
  while (!bytes.empty()) {
    const ssize_t sent = ::write(descriptor, bytes.data(), bytes.size());
    if (sent == 0) return EIO;
    if (sent < 0 && errno != EINTR) return errno;
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return 0;
}

int make_durable(int descriptor) noexcept {
  while (::fsync(descriptor) != 0) {
    if (errno == EINVAL || errno == ENOTSUP) return 0;
    if (errno != EINTR) return errno;
  }
  return 0;
}

int close_once(int descriptor) noexcept {
  const int copy = ::fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  return copy >= 0 && ::close(copy) != 0 && errno != EINTR ? errno : 0;
}

}  // namespace dedup::tool
