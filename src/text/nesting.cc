// SPDX-License-Identifier: Apache-2.0
// Each pair is counted by itself, so that a careless （甲〉 does not open the rest of the line. A
// straight quotation mark opens and closes in turn, unless it stands for inches behind a digit. A
// tag is < with a letter, / or ! behind it, up to the next >.
#include "text/nesting.h"

#include <algorithm>
#include <string_view>

#include "text/ascii.h"
#include "text/blanks.h"
#include "walls/utf8.h"

namespace dedup::text {
namespace {

constexpr std::u32string_view kOpen = U"“‘「『（《〈【([{〔［";
constexpr std::u32string_view kClose = U"”’」』）》〉】)]}〕］";

bool opens_tag(std::string_view behind) noexcept {
  return !behind.empty() && (is_letter(behind[0]) || behind[0] == '/' || behind[0] == '!');
}

}  // namespace

bool Nesting::is_inside(std::size_t place) noexcept {
  while (at_ < place && at_ < line_.size()) {
    step();
  }
  return depth_ > 0 || straight_ || tag_;
}

void Nesting::step() noexcept {
  const std::size_t mark = at_;
  const char32_t c = utf8::next(line_, at_);
  if (is_letter(c) || (c >= 0x3100 && c < 0xFF00)) {
    return;
  }
  if (c == '<' || c == '>') {
    tag_ = c == '<' && (tag_ || opens_tag(std::string_view(line_).substr(at_)));
  } else if (c == '"') {
    const bool inches = !straight_ && mark > 0 && is_digit(line_[mark - 1]);
    straight_ = straight_ != !inches;
  } else if (const std::size_t open = kOpen.find(c); open != std::u32string_view::npos) {
    ++open_[open];
    ++depth_;
  } else if (const std::size_t close = kClose.find(c); close != std::u32string_view::npos) {
    if (open_[close] > 0) {
      --open_[close];
      --depth_;
    }
  }
}

}  // namespace dedup::text
