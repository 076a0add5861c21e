// SPDX-License-Identifier: Apache-2.0
// What rules 3 and 4 ask about the blocks of a document: a pure function of the windows, so that it
// can be had without judging them.
//
//   blocks that layer 1 left   → across, or within their own document   by weight
//   three of them in a row     → runs
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "cleaner/rules/last_three.h"
#include "cleaner/verdict.h"
#include "dedup/options.h"
#include "memory/keys.h"
#include "numbers/fingerprint.h"

namespace dedup::cleaner {

/// Keys to ask for, and the blocks that go where a key was there: one, or the three of a run.
template <std::size_t kBlocks>
struct BlockQuestion {
  std::vector<memory::Ask> asks;
  std::vector<std::array<BlockNumber, kBlocks>> blocks;

  void add(const memory::Ask& ask, const std::array<BlockNumber, kBlocks>& of) {
    asks.push_back(ask);
    blocks.push_back(of);
  }
  void clear() noexcept {
    asks.clear();
    blocks.clear();
  }
};

struct BlockAsks {
  BlockQuestion<1> across;  ///< of all documents
  BlockQuestion<1> within;  ///< of the document at hand
  BlockQuestion<3> runs;    ///< of all documents, or with Scope::document of the one at hand

  void clear() noexcept {
    across.clear();
    within.clear();
    runs.clear();
  }
};

/// Call order: (begin_document gather*)*. One thread.
class BlockAsker {
 public:
  /// Both must outlive it.
  BlockAsker(const Options& options, const numbers::Fingerprinter& fingerprinter)
      : options_(options), fingerprinter_(fingerprinter) {}

  void begin_document() noexcept { recent_.clear(); }

  /// Appends what is asked about blocks first to end of a window; `number` is that of the first.
  void gather(const Window& window, std::size_t first, std::size_t end, BlockNumber number,
              BlockAsks& asks);

  /// The earliest block that a later run may begin with, or kNoBlock.
  [[nodiscard]] BlockNumber open() const noexcept { return recent_.open(); }

 private:
  void gather(const Window& window, const Block& block, BlockNumber number, BlockAsks& asks);
  void gather_run(const Block& last, BlockAsks& asks);
  [[nodiscard]] bool is_across(std::uint32_t weight) const noexcept;

  const Options& options_;
  const numbers::Fingerprinter& fingerprinter_;
  LastThree recent_;
};

}  // namespace dedup::cleaner
