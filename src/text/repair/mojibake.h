// SPDX-License-Identifier: Apache-2.0
// Mojibake: lines that were read in a wrong charset before they came here, and written as UTF-8.
//
//   UTF-8 read as Latin-1, Windows-1252 or Mac Roman
//   GBK read as Latin-1
//
// A line is put right as a whole or not at all. Each of its characters must stand for a byte, and
// the bytes must be UTF-8 that holds ideographs, which no line in Latin letters is by chance, or
// else read as Chinese in GBK (see ../charset/likelihood.h). A line that quotes mojibake among
// ideographs has characters that stand for no byte, and stays; so do code and fences.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/repair/patient.h"

namespace dedup::text {

/// What `line` was before; nothing where that cannot be proven.
[[nodiscard]] std::optional<std::string> unmangled(std::string_view line);

/// Puts all `lines` right that are mojibake throughout; whether there were any. Requires: `fenced`
/// is set. Linear.
bool settle_mojibake(Patients& lines);

}  // namespace dedup::text
