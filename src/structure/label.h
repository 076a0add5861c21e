// SPDX-License-Identifier: Apache-2.0
// Labels: 书名：山间小路, **漏洞描述：**, 【影响范围】全部版本.
#pragma once

#include <optional>
#include <string_view>

#include "text/blanks.h"

namespace dedup::structure {

struct Label {
  std::string_view name;   ///< without marks of emphasis
  std::string_view value;  ///< empty where the line ends with the label
};

/// The label that `text`, a line (valid UTF-8) without number and emphasis, begins with. No label:
/// what ends in a verb of speech (他说：), an hour (10:30), an address (https://), and what is
/// longer than a label. Reads the first 80 bytes and the end of a line.
[[nodiscard]] std::optional<Label> label_of(std::string_view text) noexcept;

/// Whether a line ends in a colon, emphasis and blanks aside: it announces what follows.
[[nodiscard]] bool is_lead_in(std::string_view text) noexcept;

[[nodiscard]] std::string_view strip_emphasis(std::string_view text) noexcept;

/// `text` without blanks and Markdown's emphasis at both ends: **甲** -> 甲. Most lines have
/// neither, which their first and last bytes tell.
[[nodiscard]] inline std::string_view without_emphasis(std::string_view text) noexcept {
  const auto marks = [](char c) { return c == '*' || c == '_'; };
  const bool bare = !text.empty() && !text::may_begin_blank(text) && !text::may_end_blank(text) &&
                    !marks(text.front()) && !marks(text.back());
  return bare ? text : strip_emphasis(text);
}

}  // namespace dedup::structure
