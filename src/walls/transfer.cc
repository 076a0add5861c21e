// SPDX-License-Identifier: Apache-2.0
#include "walls/transfer.h"

#include <fcntl.h>
#include <unistd.h>

namespace dedup::files {

/// No progress and no reason is an error, too: trying again could go on for ever.
int write_at(int descriptor, std::uint64_t offset, std::span<const std::byte> bytes) noexcept {
  while (!bytes.empty()) {
    const ssize_t sent = uninterrupted([&] {
      return ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    });
    if (sent <= 0) return sent == 0 ? EIO : errno;
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
    offset += static_cast<std::uint64_t>(sent);
  }
  return 0;
}

int read_at(int descriptor, std::uint64_t offset, std::span<std::byte>& bytes) noexcept {
  while (!bytes.empty()) {
    const ssize_t got = uninterrupted([&] {
      return ::pread(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    });
    if (got <= 0) return got == 0 ? 0 : errno;
    bytes = bytes.subspan(static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
  return 0;
}

void release_at(int descriptor, std::uint64_t offset, std::uint64_t bytes) noexcept {
#ifdef FALLOC_FL_PUNCH_HOLE
  static_cast<void>(::fallocate(descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                                static_cast<off_t>(offset), static_cast<off_t>(bytes)));
#endif
}

}  // namespace dedup::files
