// SPDX-License-Identifier: Apache-2.0
// Repair: takes the dirt of scraping out of a text. The rules are those of README, "Repair".
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "text/marks.h"
#include "text/repair/changes.h"

namespace dedup::text {

/// What repair finds in a text.
struct Repairs {
  Changes changes;
  std::vector<std::size_t> mangled;  ///< starts of lines that look like mojibake, and stay
};

/// The changes that repair `text`: whole lines of one document (or one window of it), UTF-8, not
/// starting with a byte order mark that is to stay. Repairing the result again changes nothing.
/// Linear in the length of `text`.
[[nodiscard]] Changes repair(std::string_view text);

/// The same for what stands behind `from`, where the marks of `text` are at hand. Text without dirt
/// then costs next to nothing.
[[nodiscard]] Changes repair(std::string_view text, const Marks& marks, std::size_t from = 0);

/// The same, or nothing where more than `most` places may need repair: so many changes, and what
/// they are found by, would take more memory than is wanted. Nothing of the kind was built then.
/// `escaped`: false of text that was taken out of mark-up, whose character references are decoded.
[[nodiscard]] std::optional<Repairs> repair_unless_dense(std::string_view text, const Marks& marks,
                                                         std::size_t from, std::size_t most,
                                                         bool escaped = true);

}  // namespace dedup::text
