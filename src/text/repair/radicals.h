// SPDX-License-Identifier: Apache-2.0
// Radicals: code points that PDF extraction leaves in the place of ideographs, such as U+2F2F for
// 工.
#pragma once

#include <string_view>

#include "text/repair/changes.h"
#include "text/repair/patient.h"

namespace dedup::text {

/// The changes that put the unified ideograph for each radical of a line of prose, but where it is
/// meant as a radical: in a list of them, by itself in quotation marks, or beside its ideograph by
/// itself. Linear.
[[nodiscard]] Changes unify_radicals(std::string_view line);

/// Whether a line is about radicals, which then stay in it and in the lines next to it: it says so
/// (部首, 偏旁, 康熙) or names one of their code points.
[[nodiscard]] bool is_about_radicals(std::string_view line);

/// Puts ideographs for the radicals of all `lines` of `text`; in code and beside tags only for
/// those between two ideographs. Requires: `before` and `fenced` are set. Linear.
void unify_lines(std::string_view text, Patients& lines);

}  // namespace dedup::text
