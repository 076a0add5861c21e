// SPDX-License-Identifier: Apache-2.0
// The colours of what is shown to people, as sequences for a terminal.
#pragma once

#include <string_view>

namespace dedup::tool {

/// Each member starts a style; what ends it within a line or at the end of one stands beside it.
/// All are empty where there are no colours, so that whoever writes need not ask.
struct Palette {
  std::string_view title = {};    ///< what names a document
  std::string_view place = {};    ///< where a piece of it begins
  std::string_view note = {};     ///< why something went
  std::string_view removed = {};  ///< lines as they were
  std::string_view added = {};    ///< lines as they are now
  std::string_view mark = {};     ///< within a line: what changed
  std::string_view unmark = {};   ///< ends that
  std::string_view faint = {};    ///< within a line: what stands for text that is not shown
  std::string_view unfaint = {};  ///< ends that
  std::string_view end = {};      ///< ends any of them
};

/// The colours that diffs have elsewhere, or none.
[[nodiscard]] constexpr Palette palette(bool colours) noexcept {
  if (!colours) return {};
  return {.title = "\x1b[1m",
          .place = "\x1b[36m",
          .note = "\x1b[33m",
          .removed = "\x1b[31m",
          .added = "\x1b[32m",
          .mark = "\x1b[7m",
          .unmark = "\x1b[27m",
          .faint = "\x1b[2m",
          .unfaint = "\x1b[22m",
          .end = "\x1b[m"};
}

}  // namespace dedup::tool
