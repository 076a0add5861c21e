// SPDX-License-Identifier: Apache-2.0
// Text between two changes, or a line without any, of which the ends are of interest.
//
//   濱海海洋館今夏[… 2920 characters …]餵食企鵝。
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "differences/palette.h"

namespace dedup::tool {

/// Memory: some 64 KiB, whatever is added.
class Stretch {
 public:
  /// The next bytes of the text, cut anywhere.
  void add(std::string_view text);
  /// Appends all of a short text; of a long one both ends, and how much is between them. What is
  /// shown does not depend on how the text was cut.
  void append_to(std::string& line, const Palette& palette) const;
  void clear();
  [[nodiscard]] bool empty() const noexcept { return head_.empty() && tail_.empty(); }

 private:
  void shorten();

  std::string head_;           // set once the text is too long to be held
  std::uint64_t dropped_ = 0;  // characters behind it
  std::string tail_;
};

}  // namespace dedup::tool
