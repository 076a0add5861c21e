// SPDX-License-Identifier: Apache-2.0
// Dense windows: those full of dirt or of tiny sentences, of which so much would be known that a
// few of them took all memory. They are taken apart, and the parts analysed one after the other by
// who judges them: a part is forgotten before the next is analysed. What is dense depends on the
// window alone, so that the output does not depend on threads or memory.
//
//   window 4 MiB, dense   →   part 64 KiB, part, part …   each a window of its own
//
// So is the text of a page that is too long for a window: it comes as one.
#pragma once

#include <memory>
#include <utility>

#include "cleaner/analysis.h"
#include "cleaner/window.h"
#include "text/lines.h"

namespace dedup::cleaner {

/// One thread at a time.
class DenseWindows {
 public:
  /// `analyser` must outlive it.
  explicit DenseWindows(const Analyser& analyser) : analyser_(analyser) {}

  /// Gives an analysed window to `take`; a dense one part by part, and what is longer than a window
  /// in windows first. `host`: of its document.
  template <typename Take>
  void give(std::unique_ptr<Window> window, boilerplate::Host host, Take take) {
    if (!window->dense) [[likely]] {
      take(std::move(window));
      return;
    }
    const auto page = std::move(window->page);
    const std::size_t size = is_longer_than_window(window->stretch) ? text::kWindow : kPart;
    text::Windower parts(std::move(window->stretch), size);
    window.reset();
    while (auto stretch = parts.rest()) {
      auto part = std::make_unique<Window>();
      part->stretch = std::move(*stretch);
      part->page = page;
      analyser_.analyse(*part, host, workbench_);
      give(std::move(part), host, take);
    }
  }

 private:
  const Analyser& analyser_;
  Workbench workbench_;
};

}  // namespace dedup::cleaner
