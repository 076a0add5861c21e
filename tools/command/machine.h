// SPDX-License-Identifier: Apache-2.0
// What the machine has.
#pragma once

#include <cstdint>

namespace dedup::tool {

/// Bytes of memory that this process may use: those of the machine, or what a control group that it
/// is in allows, if that is less.
[[nodiscard]] std::uint64_t machine_memory();

}  // namespace dedup::tool
