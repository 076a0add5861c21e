// SPDX-License-Identifier: Apache-2.0
#include "differences/stretch.h"

#include "differences/visible.h"

namespace dedup::tool {
namespace {

constexpr std::size_t kShown = 40;    // characters at each end
constexpr std::size_t kLeast = 20;    // fewer than these are not worth a gap
constexpr std::size_t kHeld = 65536;  // bytes

}  // namespace

void Stretch::add(std::string_view text) {
  tail_ += text;
  if (tail_.size() > kHeld) shorten();
}

/// The end may be within a character, of which the rest is to come: one more than is shown stays.
void Stretch::shorten() {
  if (head_.empty()) {
    head_ = tail_.substr(0, size_of_first(tail_, kShown));
    tail_.erase(0, head_.size());
  }
  const std::size_t gone = tail_.size() - size_of_last(tail_, kShown + 1);
  dropped_ += count_characters(std::string_view(tail_).substr(0, gone));
  tail_.erase(0, gone);
}

void Stretch::append_to(std::string& line, const Palette& palette) const {
  const std::uint64_t characters = count_characters(head_) + dropped_ + count_characters(tail_);
  if (characters <= 2 * kShown + kLeast) {
    append_visible(line, tail_, Spelling::unsafe);
    return;
  }
  const std::string_view start = head_.empty() ? tail_ : head_;
  append_visible(line, start.substr(0, size_of_first(start, kShown)), Spelling::unsafe);
  line.append(palette.faint).append("[… ");
  line.append(std::to_string(characters - 2 * kShown)).append(" characters …]");
  line += palette.unfaint;
  const std::string_view end = tail_;
  append_visible(line, end.substr(end.size() - size_of_last(end, kShown)), Spelling::unsafe);
}

void Stretch::clear() {
  head_.clear();
  dropped_ = 0;
  tail_.clear();
}

}  // namespace dedup::tool
