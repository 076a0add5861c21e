// SPDX-License-Identifier: Apache-2.0
// What decides the keys: two builds that differ in any of these must not share fingerprints.
//
// All may be called on any thread at any time and cost nothing to speak of. Views live as long as
// the program.
#pragma once

#include <string_view>

#include "dedup/export.h"

namespace dedup {

/// The version of the program and of the library, e.g. "0.1.0"; at the head of each edit list.
[[nodiscard]] DEDUP_EXPORT std::string_view version() noexcept;
/// The ICU library that was built against and is in use, e.g. "72.1".
[[nodiscard]] DEDUP_EXPORT std::string_view icu_version();
/// The version of Unicode that the tables were made from, e.g. "15.0".
[[nodiscard]] DEDUP_EXPORT std::string_view unicode_version() noexcept;
/// A digest of the folding tables: the version of the key recipe, 16 hexadecimal digits. What was
/// learned under another recipe is refused, because its keys would meet no others.
[[nodiscard]] DEDUP_EXPORT std::string_view key_recipe() noexcept;

/// Whether this build can do what Options::script asks for: it has OpenCC.
[[nodiscard]] DEDUP_EXPORT bool converts_scripts() noexcept;

}  // namespace dedup
