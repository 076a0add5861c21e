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

  /// Whether the block is compared with any: few are, so this is asked before anything else.
  [[nodiscard]] static bool compares(const Block& block) noexcept {
    return block.near != Block::kNoNear;
  }

  /// The next block that is compared and that the layers before left; what is kept is remembered as
  /// a witness. The window must live until let_go().
  [[nodiscard]] std::optional<Finding> judge(const Window& window, const Block& block,
                                             BlockNumber number);

  /// Before the window goes, all of whose blocks were judged.
  void let_go(const Window& window);

  /// A block that is compared and will be judged soon.
  void prefetch(const Window& window, const Block& block);

 private:
  [[nodiscard]] std::optional<memory::NearVerdict> find_or_add(const Window& window,
                                                               const Block& block);

  bool wide_;
  memory::Index& index_;
  memory::NearIndex own_;  // of the window
  std::uint64_t document_ = 0;
  const Window* window_ = nullptr;  // that own_ refers to
};

}  // namespace dedup::cleaner
