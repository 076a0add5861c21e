// SPDX-License-Identifier: Apache-2.0
// Bytes to and from places of a file, all of them: what the walls to files have in common.
// Interrupted calls and short transfers do not show. Each says the error of the system, or 0.
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <span>

namespace dedup::files {

/// Calls until no signal comes between.
template <typename Call>
auto uninterrupted(const Call& call) noexcept {
  auto result = call();
  while (result < 0 && errno == EINTR) {
    result = call();
  }
  return result;
}

[[nodiscard]] int write_at(int descriptor, std::uint64_t offset,
                           std::span<const std::byte> bytes) noexcept;

/// Reads until `bytes` are full or the file ends; what it read is left off their head.
[[nodiscard]] int read_at(int descriptor, std::uint64_t offset,
                          std::span<std::byte>& bytes) noexcept;

/// Gives the space of these bytes back to the disk, where the file system can do that.
void release_at(int descriptor, std::uint64_t offset, std::uint64_t bytes) noexcept;

}  // namespace dedup::files
