// What decides the keys: two builds that differ in any of these must not share fingerprints.
#pragma once

#include <string_view>

#include "dedup/export.h"

namespace dedup {

/// The program's version, e.g. "0.1.0".
[[nodiscard]] DEDUP_EXPORT std::string_view version() noexcept;
/// The ICU library in use, e.g. "72.1".
[[nodiscard]] DEDUP_EXPORT std::string_view icu_version();
/// The version of Unicode that the tables were made from, e.g. "15.0".
[[nodiscard]] DEDUP_EXPORT std::string_view unicode_version() noexcept;
/// A digest of the folding tables: the version of the key recipe, 16 hexadecimal digits.
[[nodiscard]] DEDUP_EXPORT std::string_view key_recipe() noexcept;

}  // namespace dedup
