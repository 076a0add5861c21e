// SPDX-License-Identifier: Apache-2.0
// The window pool: windows that were judged, to be filled again for the memory they hold. Of large
// ones two are kept, of small ones as many as a batch of small documents has. The text of a large
// one goes its own way: its memory is needed before there is a window, to gather the next text in.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cleaner/window.h"

namespace dedup::cleaner {

using WindowPointer = std::unique_ptr<Window>;

/// One thread at a time.
class WindowPool {
 public:
  /// A window for so much text, with whatever it held last: its text may be given back, the rest is
  /// analysed anew.
  [[nodiscard]] WindowPointer take(std::size_t bytes) {
    const bool small = bytes <= kSmallText;
    if (WindowPointer window = last_of(small ? small_ : large_)) return window;
    if (WindowPointer window = last_of(small ? large_ : small_)) return window;
    return std::make_unique<Window>();
  }

  /// Memory of a large text; empty where there is none.
  [[nodiscard]] std::string take_text() noexcept {
    if (texts_.empty()) return {};
    std::string last = std::move(texts_.back());
    texts_.pop_back();
    return last;
  }

  void give(WindowPointer window) {
    window->page.reset();
    const bool small = window->memory() <= kSmall;
    if (window->stretch.text.capacity() > text::kPiece) {
      give_text(std::exchange(window->stretch.text, {}));
    }
    if (small ? small_.size() < kMostSmall : large_.size() < kMostLarge) {
      (small ? small_ : large_).push_back(std::move(window));
    }
  }

 private:
  static constexpr std::size_t kMostLarge = 2;  // more come back only from what was held back
  static constexpr std::size_t kMostSmall = 128;
  static constexpr std::size_t kSmall = std::size_t{24} << 10;  // bytes that one holds
  static constexpr std::size_t kSmallText = kSmall / 8;

  void give_text(std::string text) {
    if (texts_.size() < kMostLarge) texts_.push_back(std::move(text));
  }

  /// Null where there is none.
  static WindowPointer last_of(std::vector<WindowPointer>& windows) {
    if (windows.empty()) return nullptr;
    WindowPointer last = std::move(windows.back());
    windows.pop_back();
    return last;
  }

  std::vector<WindowPointer> large_;
  std::vector<std::string> texts_;
  std::vector<WindowPointer> small_;
};

}  // namespace dedup::cleaner
