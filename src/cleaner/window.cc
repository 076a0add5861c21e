// SPDX-License-Identifier: Apache-2.0
#include "cleaner/window.h"

#include <cstddef>
#include <utility>

namespace dedup::cleaner {
namespace {

/// Moves the items from `first` on to the end of another row.
template <typename Item>
void move_from(std::vector<Item>& items, std::size_t first, std::vector<Item>& to) {
  const auto begin = items.begin() + static_cast<std::ptrdiff_t>(first);
  to.assign(std::make_move_iterator(begin), std::make_move_iterator(items.end()));
  items.erase(begin, items.end());
}

/// The stretch from `start` on, where `block` begins.
text::Stretch cut_stretch(text::Stretch& stretch, const Block& block) {
  const std::size_t start = block.line.start;
  text::Stretch tail;
  tail.text = stretch.text.substr(start);
  tail.offset = stretch.offset + start;
  tail.line = block.line.number;
  tail.lines = stretch.line + stretch.lines - tail.line;
  tail.inside_line = block.line.continues;
  tail.part = stretch.part;
  stretch.text.resize(start);
  stretch.lines = tail.line - stretch.line;
  return tail;
}

/// What refers to the window refers to the tail.
void refer_to_tail(Window& tail, const Block& head) {
  const std::size_t start = head.line.start;
  for (text::Change& change : tail.changes) {
    change.start -= start;
    change.end -= start;
  }
  const std::uint32_t first_change = head.first_change;
  const std::uint32_t first_sentence = head.first_sentence;
  for (Block& block : tail.blocks) {
    block.line.start -= start;
    block.line.content_end -= start;
    block.line.end -= start;
    block.first_change -= first_change;
    block.first_sentence -= first_sentence;
  }
}

}  // namespace

std::size_t Window::memory() const noexcept {
  return sizeof(Window) + stretch.text.capacity() + changes.capacity() * sizeof(text::Change) +
         blocks.capacity() * sizeof(Block) + sentences.capacity() * sizeof(Sentence) +
         keys.capacity() * sizeof(char16_t) + near_bands.capacity() * sizeof(numbers::Bands) +
         sample.sketch.capacity() * sizeof(std::uint64_t);
}

std::unique_ptr<Window> cut_tail(Window& window, std::size_t first) {
  const Block head = window.blocks[first];
  auto tail = std::make_unique<Window>();
  tail->tail = true;
  tail->page = window.page;
  tail->stretch = cut_stretch(window.stretch, head);
  move_from(window.changes, head.first_change, tail->changes);
  move_from(window.sentences, head.first_sentence, tail->sentences);
  move_from(window.blocks, first, tail->blocks);
  refer_to_tail(*tail, head);
  return tail;
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
