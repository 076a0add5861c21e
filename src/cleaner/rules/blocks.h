// Rules 3 and 4 of the design: repeated blocks and repeated runs of three blocks.
//
// An earlier copy counts whether or not it was removed itself, so what is found depends only on the
// positions and keys that the rules are shown. Three in a row may condemn the two before the third:
// a verdict is final once two more blocks have followed that layer 1 left.
//
//   blocks of a stretch of a window → asks → index, or the document's own keys → answers → findings
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "cleaner/census.h"
#include "cleaner/rules/last_three.h"
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
  [[nodiscard]] BlockNumber open() const noexcept { return recent_.open(); }

 private:
  /// Keys to ask for in one place, and the blocks they speak of.
  struct Question {
    std::vector<memory::Ask> asks;
    std::vector<BlockNumber> blocks;
  };

  void gather(const Window& window, const Block& block, BlockNumber number);
  void gather_run(const Block& last);
  void ask(memory::Kind kind, bool across, const std::vector<memory::Ask>& asks);
  void ask_blocks(Question& question, bool across);
  void count_blocks(const Window& window, std::size_t first, std::size_t end, BlockNumber number);
  void ask_runs();
  [[nodiscard]] bool is_across(std::uint32_t weight) const noexcept;

  const Options& options_;
  Census* census_;
  memory::Index& index_;
  memory::SeenKeys own_;  // of the document at hand: what is too light for others, or not theirs
  std::uint64_t document_ = 0;
  LastThree recent_;

  Question across_;  // these are scratch, kept for their memory
  Question within_;
  std::vector<memory::Ask> runs_;
  std::vector<std::array<BlockNumber, 3>> run_blocks_;
  std::vector<memory::Answer> answers_;
  std::vector<Finding> findings_;
};

}  // namespace dedup::cleaner
