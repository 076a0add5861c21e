// SPDX-License-Identifier: Apache-2.0
// Mojibake: lines that were read in a wrong charset before they came here, and written as UTF-8.
//
//   UTF-8 read as Latin-1, Windows-1252 or Mac Roman   æµ‹è¯• for 测试
//   UTF-8 read as GBK                                  娴嬭瘯 for 测试
//   GBK read as Latin-1 or as Big5                     ²âÊÔ, 聆彸
//   Big5 read as GBK                                   代刚 for 測試
//
// A line is put right as a whole or not at all. Each of its characters must stand for bytes, and
// these must be UTF-8 that holds ideographs, which no line in Latin letters is by chance, or else
// read as Chinese in GBK or Big5 (see ../charset/likelihood.h). Ideographs are bytes of UTF-8 by
// chance, if seldom: so what they stand for has to be far likelier than they are. A line that
// quotes mojibake among other characters stays, as do fences, and lines near those that speak of it
// (see mentions.h).
//
// Where bytes were lost nothing is proven, but for the end of a full stop (see lost_stop.h). Such
// lines stay, and are told: see also filler.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/repair/patient.h"

namespace dedup::text {

/// What `line` was before; nothing where that cannot be proven. `latin`: false if it is known to
/// have no letters that are Latin and not ASCII, as most lines have none.
[[nodiscard]] std::optional<std::string> unmangled(std::string_view line, bool latin = true);

/// Whether `line`, which unmangled() has no answer for, still looks as if it was misread.
[[nodiscard]] bool looks_mangled(std::string_view line, bool latin = true);

/// Puts those of all `lines` of `text` right that are mojibake throughout, and marks those that
/// look like it and stay as `mangled`; whether any was put right. Requires: `fenced` is set.
/// Linear.
bool settle_mojibake(std::string_view text, Patients& lines);

}  // namespace dedup::text
