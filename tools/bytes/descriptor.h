// SPDX-License-Identifier: Apache-2.0
// File descriptors: one that closes itself, and the loop that writes all of a text to one.
#pragma once

#include <sys/types.h>

#include <string_view>

namespace dedup::tool {

/// A file descriptor that closes itself; the standard streams are left open.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) noexcept : number_(number) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  [[nodiscard]] int number() const noexcept { return number_; }
  /// Gives the descriptor out of hand, to be closed with a look at the result.
  int release() noexcept;

 private:
  int number_;
};

/// open(2) below a directory (AT_FDCWD: the working one), whatever signals come. Always O_CLOEXEC.
/// errno tells why where the number is negative.
[[nodiscard]] Descriptor open_at(int directory, const char* path, int flags,
                                 mode_t mode = 0) noexcept;

/// Writes all of it; signals and short writes do not show. Returns the error number, 0 for none: a
/// system that takes nothing of a write and names no error is one that fails (EIO).
[[nodiscard]] int write_fully(int descriptor, std::string_view bytes) noexcept;

/// Makes the bytes of a file, or the names in a directory, last. Returns the error number, 0 for
/// none: a file system that knows no such thing cannot be blamed for not doing it.
[[nodiscard]] int make_durable(int descriptor) noexcept;

/// Closes a copy of the descriptor: a network file system may tell only then that it did not keep
/// what was written. Returns the error number, 0 for none.
[[nodiscard]] int close_once(int descriptor) noexcept;

}  // namespace dedup::tool
