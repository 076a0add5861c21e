// SPDX-License-Identifier: Apache-2.0
// Lessons: texts that teach how ideographs are read. Their notes look injected by their number, but
// are what the text is about: “行（háng）业”不读“行（xíng）业”.
#pragma once

#include <string_view>
#include <vector>

#include "text/repair/patient.h"
#include "text/repair/pinyin.h"

namespace dedup::text {

/// Whether `injected`, the notes that would go out of `lines` of `text`, are there to teach, so
/// that all have to stay. Linear but for sorting the notes.
[[nodiscard]] bool is_lesson(std::string_view text, const Patients& lines,
                             const std::vector<Note>& injected);

}  // namespace dedup::text
