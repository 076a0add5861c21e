// SPDX-License-Identifier: Apache-2.0
// Temporary files and directories: how they are called, how a run holds its own, and how it clears
// away those of a run that was killed.
//
// A temporary is held by a lock (flock) for as long as its run lives, and the kernel drops the lock
// with the run. So whoever gets the lock knows that nobody will use the file any more.
#pragma once

#include <string>
#include <string_view>

#include "bytes/directory.h"

namespace dedup::tool {

/// A name that nothing is likely to have; the caller makes sure. ".dedup-" and ten characters.
[[nodiscard]] std::string temporary_name();
[[nodiscard]] bool is_temporary_name(std::string_view name) noexcept;

/// Holds a temporary until its descriptor is closed. Where the file system has no locks nothing is
/// held, and nothing will be cleared away.
void hold(int descriptor) noexcept;

/// Whether `name` is still what the descriptor has open, so that nobody cleared it away before it
/// was held.
[[nodiscard]] bool is_still(const Directory& directory, const std::string& name,
                            int descriptor) noexcept;

/// Removes a directory with the numbered files in it; whatever else is there stays.
void remove_staging(const Directory& directory, const std::string& name, int staging) noexcept;

/// Removes what killed runs of this user left in `directory`, as far as it is found among the first
/// `most` entries. Never fails: it is a courtesy.
void clear_leftovers(const Directory& directory, std::size_t most) noexcept;

}  // namespace dedup::tool
