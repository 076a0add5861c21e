// SPDX-License-Identifier: Apache-2.0
// Verdicts: what the rules say of blocks, as values. A rule names a block by its number in the
// document and knows nothing of where the judge keeps it; so a verdict may as well come from
// elsewhere.
//
//   rule → Finding, Cut  (block number, reason, first copy)  → judge → Verdict of the block →
// editor
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "cleaner/window.h"
#include "dedup/edit.h"

namespace dedup::cleaner {

/// The number of a block entry in its document, from 0, through all windows, blank ones counted.
using BlockNumber = std::uint64_t;
inline constexpr BlockNumber kNoBlock = ~BlockNumber{0};

/// A rule condemns a block.
struct Finding {
  BlockNumber block = 0;
  Reason reason = Reason::repeated_block;
  std::optional<Position> first;
  std::optional<double> similarity;
  bool within = false;  ///< the copy is of the same document
};

/// A rule condemns a sentence of a block.
struct Cut {
  BlockNumber block = 0;
  std::uint32_t sentence = 0;  ///< within its block
  std::optional<Position> first;
};

/// A sentence that goes, and where the run that it repeats began.
struct SentenceCut {
  std::uint32_t sentence = 0;
  std::optional<Position> first;
};

/// What became of a block so far: the first reason that was found, or sentences that go.
struct Verdict {
  std::optional<Reason> removed;  ///< which rule of layer 1 did, the block says
  bool within = false;            ///< by rules 3 to 5, for a copy of the same document
  bool in_run = false;            ///< rule 4 found it, too, whatever removed it
  bool foreign = false;           ///< rule 4 found it, in another document
  bool stays = false;             ///< a verdict was taken back: 5 and 6 leave it alone, too
  std::optional<Position> first;
  std::optional<double> similarity;
  std::vector<SentenceCut> cuts;  ///< in order, each sentence once

  /// An earlier layer's word stands.
  void remove(Reason reason, std::optional<Position> earlier) {
    if (!removed) {
      removed = reason;
      first = earlier;
    }
  }

  void apply(const Finding& finding) {
    const bool run = finding.reason == Reason::repeated_run;
    in_run = in_run || run;
    foreign = foreign || (run && !finding.within);
    if (!removed) {
      remove(finding.reason, finding.first);
      similarity = finding.similarity;
      within = finding.within;
    }
  }

  void apply(const Cut& cut);
};

/// A block on its way from analysis to output.
struct Judged {
  /// Of the values below. Written out, or the compiler would clear all of it beforehand.
  Judged() noexcept {}  // NOLINT(modernize-use-equals-default)

  const Window* window = nullptr;
  const Block* block = nullptr;
  Verdict verdict;
};

/// Where a block begins in its document, and where it ends.
[[nodiscard]] inline std::uint64_t start_of(const Window& window, const Block& block) noexcept {
  return window.stretch.offset + block.line.start;
}
[[nodiscard]] inline std::uint64_t end_of(const Window& window, const Block& block) noexcept {
  return window.stretch.offset + block.line.end;
}

/// Bytes of a document that nothing waits for longer: its windows have to stay meanwhile.
inline constexpr std::uint64_t kLongestWait = text::kWindow;

/// The same for what ends in a window: parts of a dense one take up to 40 times their text.
[[nodiscard]] inline std::uint64_t longest_wait(const Window& window) noexcept {
  return window.stretch.part ? kLongestWait / 32 : kLongestWait;
}

/// Blocks that nothing waits for longer: short lines have little text, and much is known of each.
inline constexpr BlockNumber kMostBlocksWaiting = 8192;

/// Whether what began with block `first`, `start` bytes into the document, may not wait for block
/// `number` of the window.
[[nodiscard]] inline bool is_too_far(const Window& window, const Block& block, BlockNumber number,
                                     std::uint64_t start, BlockNumber first) noexcept {
  return start_of(window, block) - start > longest_wait(window) ||
         number - first > kMostBlocksWaiting;
}

}  // namespace dedup::cleaner
