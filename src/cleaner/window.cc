// SPDX-License-Identifier: Apache-2.0
#include "cleaner/window.h"

namespace dedup::cleaner {

std::size_t Window::memory() const noexcept {
  return sizeof(Window) + stretch.text.capacity() + changes.capacity() * sizeof(text::Change) +
         blocks.capacity() * sizeof(Block) + sentences.capacity() * sizeof(Sentence) +
         keys.capacity() * sizeof(char16_t) + near_bands.capacity() * sizeof(numbers::Bands) +
         sample.sketch.capacity() * sizeof(std::uint64_t);
}

text::Changes changes_of(const Window& window, const Block& block) {
  const auto first = window.changes.begin() + block.first_change;
  text::Changes changes(first, first + block.change_count);
  for (text::Change& change : changes) {
    change.start -= block.line.start;
    change.end -= block.line.start;
  }
  return changes;
}

std::string repaired_content(const Window& window, const Block& block) {
  return text::apply(content_of(window, block), changes_of(window, block));
}

}  // namespace dedup::cleaner
