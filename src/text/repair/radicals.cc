// SPDX-License-Identifier: Apache-2.0
#include "text/repair/radicals.h"

#include <utility>

#include "text/characters.h"
#include "walls/utf8.h"

namespace dedup::text {

Changes unify_radicals(std::string_view line) {
  Changes changes;
  bool han_before = false;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t start = at;
    const char32_t c = utf8::next(line, at);
    const bool radical = is_radical(c);
    if (radical && han_before && at < line.size()) {
      std::size_t behind = at;
      const char32_t next = utf8::next(line, behind);
      if (is_han(next) || is_radical(next)) {
        Change change{start, at, {}, RepairKind::radical};
        utf8::append(change.replacement, unified(c));
        changes.push_back(std::move(change));
      }
    }
    han_before = radical || is_han(c);
  }
  return changes;
}

}  // namespace dedup::text
