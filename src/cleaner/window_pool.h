// SPDX-License-Identifier: Apache-2.0
// The window pool: windows that were judged, to be filled again for the memory they hold.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "cleaner/window.h"

namespace dedup::cleaner {

using WindowPointer = std::unique_ptr<Window>;

/// One thread at a time.
class WindowPool {
 public:
  /// A window with whatever it held last: its text may be given back, the rest is analysed anew.
  [[nodiscard]] WindowPointer take() {
    if (spent_.empty()) {
      return std::make_unique<Window>();
    }
    WindowPointer window = std::move(spent_.back());
    spent_.pop_back();
    return window;
  }

  void give(WindowPointer window) {
    window->page.reset();
    if (spent_.size() < kMost) {
      spent_.push_back(std::move(window));
    }
  }

 private:
  static constexpr std::size_t kMost = 2;  // more come back only from what was held back or small
  std::vector<WindowPointer> spent_;
};

}  // namespace dedup::cleaner
