// SPDX-License-Identifier: Apache-2.0
// What of a line counts where documents are compared: neither addresses nor tags, or pages that
// share a list of links would be taken for one.
//
//   试用地址：https://example.org/oss?id=7，欢迎反馈      试用地址：，欢迎反馈
//   [甲](https://example.org/s?id=7&sn=8a7d11c09be1)      nothing: mostly an address
//   <p style="margin:0">水轮机的轴承</p>                  水轮机的轴承
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "structure/kind.h"
#include "text/tags.h"

namespace dedup::cleaner {

/// The prose of a line that holds anything else; nothing if all of it is prose, or none by its
/// kind. `tags` is the state at the end of the line of mark-up before this one, of which it becomes
/// the new. Linear.
[[nodiscard]] std::optional<std::string> prose_of(std::string_view line, structure::Kind kind,
                                                  text::TagState& tags);

}  // namespace dedup::cleaner
