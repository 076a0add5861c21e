// SPDX-License-Identifier: Apache-2.0
// Rules 3 and 4 of the design: repeated blocks and repeated runs of three blocks.
//
// An earlier copy counts whether or not it was removed itself, so what is found depends only on the
// positions and keys that the rules are shown. Three in a row may condemn the two before the third:
// a verdict is final once two more blocks have followed that layer 1 left.
//
//   blocks of a stretch → BlockAsker → index, or the document's own keys → answers → findings
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cleaner/census.h"
#include "cleaner/rules/block_asker.h"
#include "cleaner/rules/own_keys.h"
#include "cleaner/verdict.h"
#include "dedup/options.h"
#include "memory/index.h"
#include "memory/seen_keys.h"

namespace dedup::cleaner {

/// Call order: (begin_document judge*)*. One thread.
class BlockRepeats {
 public:
  /// `census` counted the copies where none is to stay; else null. All references must outlive it.
  BlockRepeats(const Options& options, Census* census, memory::Index& index,
               memory::Budget& budget);

  void begin_document(std::uint64_t document);

  /// What is found of blocks first to end of a window, and of the two that layer 1 left before
  /// them; `number` is that of the first. Valid until the next call.
  [[nodiscard]] std::span<const Finding> judge(const Window& window, std::size_t first,
                                               std::size_t end, BlockNumber number);

  /// The earliest block whose verdict may still change, or kNoBlock.
  [[nodiscard]] BlockNumber open() const noexcept { return asker_.open(); }

 private:
  template <std::size_t kBlocks>
  void ask(memory::Kind kind, bool across, const BlockQuestion<kBlocks>& question, Reason reason);
  template <std::size_t kBlocks>
  void tell_own(const BlockQuestion<kBlocks>& question, std::size_t found, OwnKeys& brought);
  void count_blocks(const Window& window, std::size_t first, std::size_t end, BlockNumber number);

  const Options& options_;
  Census* census_;
  memory::Index& index_;
  memory::SeenKeys own_;  // of the document at hand: what is too light for others, or not theirs
  OwnKeys brought_;       // by the document, of those asked about across
  OwnKeys brought_runs_;  // the same of runs
  BlockAsker asker_;
  std::uint64_t document_ = 0;

  BlockAsks asks_;  // these are scratch, kept for their memory
  std::vector<memory::Answer> answers_;
  std::vector<Finding> findings_;
};

}  // namespace dedup::cleaner
