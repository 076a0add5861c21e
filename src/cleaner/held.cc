// SPDX-License-Identifier: Apache-2.0
// Held windows in their order, each in one of two forms: whole, or as its text on disk.
//
//   held_    [ whole or on disk … on disk | whole … whole ]
//                                           pushed since the last spill()
//
// On disk goes the text alone: what analysis made of it is several times as long, and is made again
// when the window is wanted. bytes_ counts what is whole; the file lives as long as anything is
// held.
#include "cleaner/held.h"

#include <span>
#include <utility>

namespace dedup::cleaner {

HeldWindows::HeldWindows(const Analyser& analyser, memory::Budget& budget)
    : analyser_(analyser), budget_(budget) {
  budget_.join(*this);
}

void HeldWindows::push(std::unique_ptr<Window> window) {
  const std::size_t bytes = window->memory();
  // More than a quarter of the budget is not worth the room that others would have to give.
  const bool fits = !budget_.limited() || bytes <= budget_.bytes() / 4;
  if (fits) {
    budget_.reserve(bytes);
  }
  bytes_ += bytes;
  held_.push_back({.window = std::move(window), .stretch = {}});
  if (!fits) {
    spill();  // rather than making the others give all they have, in vain
  }
}

std::unique_ptr<Window> HeldWindows::pop() {
  Held held = std::move(held_.front());
  held_.pop_front();
  if (held.window == nullptr) {
    held.window = bring_back(held);
  } else {
    bytes_ -= held.window->memory();
  }
  if (held_.empty()) {
    file_.reset();
  }
  return std::move(held.window);
}

void HeldWindows::clear() noexcept {
  held_.clear();
  file_.reset();
  bytes_ = 0;
}

/// All that is whole goes at once: the text is written once, and the budget asks seldom.
void HeldWindows::spill() {
  if (file_ == nullptr) {
    file_ = budget_.scratch().create();
    written_ = 0;
  }
  for (Held& held : held_) {
    if (held.window != nullptr) {
      put_away(held);
    }
  }
  bytes_ = 0;
}

void HeldWindows::put_away(Held& held) {
  const std::string text = std::exchange(held.window->stretch.text, {});
  file_->append(std::as_bytes(std::span(text)));
  held.place = written_;
  held.size = text.size();
  written_ += text.size();
  held.stretch = std::move(held.window->stretch);
  held.page = std::move(held.window->page);
  held.window.reset();
}

/// Analysis depends on the text and the host alone, so the window is what it was.
std::unique_ptr<Window> HeldWindows::bring_back(Held& held) {
  auto window = std::make_unique<Window>();
  window->stretch = std::move(held.stretch);
  window->page = std::move(held.page);
  window->stretch.text.resize(held.size);
  file_->read(held.place, std::as_writable_bytes(std::span(window->stretch.text)));
  analyser_.analyse(*window, host_, workbench_);
  return window;
}

}  // namespace dedup::cleaner
