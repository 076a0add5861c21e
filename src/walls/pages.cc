// SPDX-License-Identifier: Apache-2.0
#include "walls/pages.h"

#if defined(__linux__)
#include <sys/mman.h>
#include <unistd.h>
#endif

#include <cstdint>

namespace dedup::pages {

#if defined(__linux__)

void prefer_huge(void* start, std::size_t bytes) noexcept {
  constexpr std::size_t kLarge = std::size_t{8} << 20;
  if (bytes < kLarge) {
    return;
  }
  // The page that it begins in as well, and the one that it ends in: advice on a part of what was
  // mapped in one go would tear that in two, and then realloc() had to copy it.
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const std::size_t before = reinterpret_cast<std::uintptr_t>(start) % page;
  const std::size_t whole = (before + bytes + page - 1) / page * page;
  static_cast<void>(::madvise(static_cast<std::byte*>(start) - before, whole, MADV_HUGEPAGE));
}

#else

void prefer_huge(void* /*start*/, std::size_t /*bytes*/) noexcept {}

#endif

}  // namespace dedup::pages
