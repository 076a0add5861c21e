// SPDX-License-Identifier: Apache-2.0
// Files without a name: gone with the process however that ends.
#pragma once

#include <string>
#include <string_view>

#include "bytes/descriptor.h"

namespace dedup::tool {

/// Where such files lie: what was asked for, else $TMPDIR, else /tmp.
[[nodiscard]] std::string temporary_directory(const std::string& wanted);

/// An empty file, open for both. Throws OutputError.
[[nodiscard]] Descriptor unnamed_file(const std::string& directory);

/// Writes all of it at the file's position. Throws OutputError that names the directory.
void write_all(const Descriptor& file, std::string_view bytes, const std::string& directory);

}  // namespace dedup::tool
