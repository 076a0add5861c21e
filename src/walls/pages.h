// SPDX-License-Identifier: Apache-2.0
// The wall to the system's memory.
#pragma once

#include <cstddef>

namespace dedup::pages {

/// Advises that large pages would serve this memory well: it is large and visited at random, so
/// that a small page each costs more than all the rest. Never fails; where the system knows no such
/// advice, nothing happens.
void prefer_huge(void* start, std::size_t bytes) noexcept;

}  // namespace dedup::pages
