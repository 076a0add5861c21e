// SPDX-License-Identifier: Apache-2.0
#include "dedup/version.h"

#include "text/tables.h"
#include "walls/icu.h"
#include "walls/opencc.h"

namespace dedup {

std::string_view version() noexcept { return DEDUP_VERSION; }
std::string_view icu_version() { return icu::version(); }
std::string_view unicode_version() noexcept { return text::tables::unicode_version; }
std::string_view key_recipe() noexcept { return text::tables::digest; }
bool converts_scripts() noexcept { return opencc::is_built_in(); }

}  // namespace dedup
