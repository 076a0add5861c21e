// SPDX-License-Identifier: Apache-2.0
#include "bytes/file_state.h"

namespace dedup::tool {

std::optional<FileState> state_of(const struct stat& status) noexcept {
  if (!S_ISREG(status.st_mode)) return std::nullopt;
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  return FileState{status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
                   status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec};
}

std::optional<FileState> state_of(int descriptor) noexcept {
  struct stat status {};
  return ::fstat(descriptor, &status) == 0 ? state_of(status) : std::nullopt;
}

std::optional<FileState> state_at(const std::string& path) noexcept {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? state_of(status) : std::nullopt;
}

}  // namespace dedup::tool
