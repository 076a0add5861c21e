// SPDX-License-Identifier: Apache-2.0
#include "text/repair/filler.h"

#include <cstddef>

#include "text/lanes.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

constexpr std::size_t kLeastLost = 3;
constexpr std::size_t kLeastUnfilled = 6;  // 烫烫烫 is also what people say of soup
constexpr std::size_t kRun = 3;            // 烫 in a row, or it is a word

/// What a line is made of.
struct Count {
  std::size_t replaced = 0;  // U+FFFD
  std::size_t units = 0;     // 锟, which is in few words
  std::size_t rests = 0;     // 斤 and 拷
  std::size_t unfilled = 0;  // 烫 or 屯, in runs
  std::size_t others = 0;
};

Count count(std::string_view line) {
  Count counts;
  std::size_t run = 0;
  char32_t last = 0;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = utf8::next(line, at);
    if (c < 0x80) continue;
    run = c == last ? run + 1 : 1;
    last = c;
    if (c == utf8::kReplacement) {
      ++counts.replaced;
    } else if (c == U'锟') {
      ++counts.units;
    } else if (c == U'斤' || c == U'拷') {
      ++counts.rests;
    } else if ((c == U'烫' || c == U'屯') && run >= kRun) {
      counts.unfilled += run == kRun ? kRun : 1;
      counts.others -= run == kRun ? kRun - 1 : 0;
    } else {
      ++counts.others;
    }
  }
  return counts;
}

/// Whether there is any of what a line of filler holds besides 斤 and 拷.
bool may_hold_filler(std::string_view line) {
  return any_lane(line, [](const Triples& at) {
    return at.hold(utf8::kReplacementBytes) | at.hold("锟") | at.hold("烫") | at.hold("屯");
  });
}

}  // namespace

bool is_filler(std::string_view line) {
  if (!may_hold_filler(line)) {
    return false;  // as most
  }
  const Count counts = count(line);
  const std::size_t units = counts.replaced + counts.units;
  if (units >= kLeastLost) {
    return counts.replaced + counts.units + counts.rests >= counts.others;
  }
  return counts.unfilled >= kLeastUnfilled && counts.unfilled / 3 >= counts.others + units;
}

}  // namespace dedup::text
