// SPDX-License-Identifier: Apache-2.0
// Rule 5 of the design: near-duplicate blocks, within a window or in all documents.
#pragma once

#include <cstdint>
#include <optional>

#include "cleaner/verdict.h"
#include "dedup/options.h"
#include "memory/index.h"
#include "memory/near_index.h"

namespace dedup::cleaner {

/// Call order: (begin_document (judge* let_go)*)*. One thread.
class NearRepeats {
 public:
  /// All references must outlive it.
  NearRepeats(const Options& options, memory::Index& index, memory::Budget& budget);

  void begin_document(std::uint64_t document) { document_ = document; }

  /// The next block that the layers before left; what is kept is remembered as a witness. The
  /// window must live until let_go().
  [[nodiscard]] std::optional<Finding> judge(const Window& window, const Block& block,
                                             BlockNumber number) {
    return is_compared(block) ? judge_near(window, block, number) : std::nullopt;
  }

  /// Before the window goes, all of whose blocks were judged.
  void let_go(const Window& window);

  /// A block that will be judged soon.
  void prefetch(const Window& window, const Block& block) {
    if (is_compared(block)) {
      fetch(window, block);
    }
  }

 private:
  /// As few are: asked before anything is called.
  [[nodiscard]] static bool is_compared(const Block& block) noexcept {
    return block.near != Block::kNoNear;
  }
  [[nodiscard]] std::optional<Finding> judge_near(const Window& window, const Block& block,
                                                  BlockNumber number);
  void fetch(const Window& window, const Block& block);
  [[nodiscard]] std::optional<memory::NearVerdict> find_or_add(const Window& window,
                                                               const Block& block);

  bool wide_;
  memory::Index& index_;
  memory::NearIndex own_;  // of the window
  std::uint64_t document_ = 0;
  const Window* window_ = nullptr;  // that own_ refers to
};

}  // namespace dedup::cleaner
